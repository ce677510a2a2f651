"""The words of declarations for a procurement: who is asked, what they declare, what is done about a conflict. Standard library only."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from coi.registers.interests.vocabulary import InterestType
from coi.registers.procurement.vocabulary import Side


class Measure(StrEnum):
    """What is done about a conflict that was declared for a procurement."""

    OUT = "out"
    REPLACED = "replaced"
    LIMITED = "limited"
    INFORMATION = "information"
    SAFEGUARDS = "safeguards"
    BIDDER_EXCLUDED = "bidder_excluded"
    NO_CONFLICT = "no_conflict"

    @property
    def keeps_from_bids(self) -> bool:
        return self in (Measure.OUT, Measure.REPLACED)


MEASURE_WORDS: Mapping[Measure, str] = {
    Measure.OUT: "Takes no part in the procurement and sees no bids",
    Measure.REPLACED: "Replaced by somebody without a conflict",
    Measure.LIMITED: "Takes part only in what the interest does not touch",
    Measure.INFORMATION: "Kept from information that the other bidders do not have",
    Measure.SAFEGUARDS: "Stays, with safeguards that are written down",
    Measure.BIDDER_EXCLUDED: "The bidder is excluded",
    Measure.NO_CONFLICT: "It is no conflict for this procurement",
}
ASKED_SIDES = (Side.BIDDER, Side.EVALUATOR, Side.MODERATOR, Side.ADVISER)
"""Who can be asked by mail. A bidder names the relevant persons in the same declaration."""


@dataclass(frozen=True)
class AskedDetails:
    """Who is asked to declare for a procurement, and where the link goes."""

    side: Side
    name: str
    organisation: str
    email: str


class Nearness(StrEnum):
    """Whose interest a relevant person declares (RULEBOOK §17.9)."""

    PERSONAL = "personal"
    FAMILY = "family"
    FRIEND = "friend"
    ACQUAINTANCE = "acquaintance"


NEARNESS_WORDS: Mapping[Nearness, str] = {
    Nearness.PERSONAL: "Their own",
    Nearness.FAMILY: "Of somebody of the family",
    Nearness.FRIEND: "Of a friend",
    Nearness.ACQUAINTANCE: "Of an acquaintance",
}


@dataclass(frozen=True)
class Particulars:
    """What is told of a declared interest beside its description: whose it is, of what type, from when to when (None: it goes on)."""

    type: InterestType | None = None
    since: date | None = None
    until: date | None = None
    nearness: Nearness | None = None

    @property
    def as_kept(self) -> list[str]:
        """The same as plain text; nothing where nothing was told."""
        return (
            []
            if self == NOT_TOLD
            else [
                self.nearness or "",
                self.type or "",
                *(each.isoformat() if each else "" for each in (self.since, self.until)),
            ]
        )


NOT_TOLD = Particulars()


@dataclass(frozen=True)
class DeclaredPerson:
    """A relevant person of a bidder, and what was declared for them: empty where they have no interest."""

    name: str
    interest: str
    particulars: Particulars = NOT_TOLD


@dataclass(frozen=True)
class LinkDeclaration:
    """What was declared by a link: an answer to each question, empty where it is no, with the particulars of those that are a person's
    own, and the relevant persons."""

    declared_by: str
    answers: Mapping[str, str] = field(hash=False)
    people: tuple[DeclaredPerson, ...] = ()
    particulars: Mapping[str, Particulars] = field(default_factory=dict, hash=False)

    @property
    def has_conflict(self) -> bool:
        return any(self.answers.values()) or any(each.interest for each in self.people)


@dataclass(frozen=True)
class MeasureDetails:
    """What is done about a declared conflict. `conflict` is what the public reads of it; `explanation` stays private."""

    measure: Measure
    explanation: str
    conflict: str


def secret_of_link(link_id: uuid.UUID) -> str:
    """Returns what the outbox calls the secret of a link to declare for a procurement."""
    return f"procurement-link:{link_id}"
