"""The words of a matter: what somebody did on it before a committee decides. Standard library only."""

import uuid
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PartKind(StrEnum):
    """What somebody had to do with a matter (RULEBOOK §23 scenario 40, §10.1)."""

    WROTE = "wrote"
    ADVISED = "advised"
    EVALUATED = "evaluated"
    DECLARED = "declared"  # an interest in it, at a sub-group


PART_WORDS = {
    PartKind.WROTE: "Wrote something for it, such as the business case",
    PartKind.ADVISED: "Advised on it",
    PartKind.EVALUATED: "Evaluated bids or applications",
    PartKind.DECLARED: "Declared an interest in it at a sub-group",
}
_VERBS = {PartKind.WROTE: "wrote", PartKind.ADVISED: "advised on", PartKind.EVALUATED: "evaluated"}


@dataclass(frozen=True)
class PartDetails:
    """What somebody did on a matter, or declared on it. `forum` is the sub-group or place; `management` what was done about a declared
    interest; `done_on` None: the day is not known."""

    person_id: uuid.UUID
    kind: PartKind
    text: str
    forum: str = ""
    done_on: date | None = None
    management: str = ""


@dataclass(frozen=True)
class EarlierItem:
    """An item that another one may continue, as a list of them calls it."""

    item_id: uuid.UUID
    matter_id: uuid.UUID | None
    label: str


@dataclass(frozen=True)
class EarlierBidder:
    """An organisation that an earlier item of the same matter named as a bidder."""

    organisation_id: uuid.UUID
    code: str | None
    name: str
    is_kept: bool = False  # only items name it that are not for whoever reads


@dataclass(frozen=True)
class Origin:
    """What somebody did on a matter before the meeting that takes it up, or declared on it elsewhere. `key` tells it from others;
    `interest_id` is the interest that was declared, where it is on the register."""

    key: str
    matter_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    kind: PartKind
    text: str
    forum: str = ""
    done_on: date | None = None
    management: str = ""
    interest_id: uuid.UUID | None = None
    part_id: uuid.UUID | None = None
    item_id: uuid.UUID | None = None  # on whose page it was entered, or at which it was declared
    is_kept: bool = False  # that item is not for whoever reads: it counts, and is not told

    @property
    def is_declared(self) -> bool:
        return self.kind is PartKind.DECLARED

    @property
    def note(self) -> str:
        """What they did, as it follows their name in a path: what was declared is told in full beside it."""
        return "declared an interest in it before" if self.is_declared else self.words

    @property
    def words(self) -> str:
        """What they did, without their name: "wrote the business case (Estates sub-group, 3 May 2026)"."""
        when = f"{self.done_on.day} {self.done_on:%B %Y}" if self.done_on else ""
        where = ", ".join(each for each in (self.forum, when) if each)
        said = f"declared an interest: {self.text}" if self.is_declared else f"{_VERBS[self.kind]} {self.text}"
        managed = f". What was done: {self.management}" if self.management else ""
        return f"{said.rstrip('.')}{f' ({where})' if where else ''}{managed}"
