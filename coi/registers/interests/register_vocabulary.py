"""The words of the register's page: what a reader asks for, and its rows. Standard library only."""

import uuid
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coi.registers.interests.columns import described
from coi.registers.interests.vocabulary import (
    SHORT_TYPE_WORDS,
    VIA_WORDS,
    DeclaredOn,
    Directness,
    InterestRole,
    InterestStatus,
    InterestType,
    Via,
)


class Showing(StrEnum):
    """Which rows of the register a reader asks for."""

    EVERYTHING = "everything"
    WAITING = "waiting"  # mitigation is not agreed yet
    UNMATCHED = "unmatched"  # an organisation in the declarant's own words
    NOTHING_ON_FILE = "nothing"  # people who have not declared yet
    LEFT = "left"  # what people declared who have left


SHOWING_WORDS = {
    Showing.EVERYTHING: "Everything",
    Showing.WAITING: "Interests that wait for their mitigation",
    Showing.UNMATCHED: "Interests with an unmatched organisation",
    Showing.NOTHING_ON_FILE: "People who have not declared yet",
    Showing.LEFT: "People who have left",
}


@dataclass(frozen=True)
class NamedRow:
    """An organisation on the register page: the declarant's words, and what the reference data calls it now (empty: unmatched)."""

    text: str
    name: str

    @property
    def is_unmatched(self) -> bool:
        return not self.name


@dataclass(frozen=True)
class RegisterRow:
    """A row of the register page. Without `interest_id` it says that somebody had nothing to declare (`nil_on`), or has not declared
    yet. `late` and `end_late` (its end was told late) fit a tag, or are
    empty; `is_restricted`: there is a request not to publish it, open or granted."""

    person_id: uuid.UUID
    name: str
    positions: str = ""
    nil_on: DeclaredOn | None = None
    interest_id: uuid.UUID | None = None
    reference: str = ""
    type: InterestType | None = None
    directness: Directness | None = None
    via: Via | None = None
    role: InterestRole | None = None
    nature: str = ""
    arose_on: date | None = None
    ended_on: date | None = None
    is_pursuing: bool = False
    status: InterestStatus | None = None
    mitigation: str = ""
    organisations: tuple[NamedRow, ...] = ()
    late: str = ""
    end_late: str = ""
    is_restricted: bool = False
    is_disposed: bool = False
    left_on: date | None = None  # their last day, where they have left

    def __hash__(self) -> int:  # equality compares everything; a hundred rows are found again by what tells them apart
        return hash((self.reference, self.name, self.nature))

    @property
    def type_words(self) -> str:
        """The type without the word "interest", which the column says."""
        return SHORT_TYPE_WORDS[self.type] if self.type else ""

    @property
    def described(self) -> str:
        return described(self.nature, self.role, is_in_one=bool(self.organisations))

    @property
    def via_words(self) -> str:
        return VIA_WORDS[self.via] if self.via else ""
