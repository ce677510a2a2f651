"""The words of declarations for a procurement: who is asked, what they declare, what is done about a conflict. Standard library only."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

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


@dataclass(frozen=True)
class DeclaredPerson:
    """A relevant person of a bidder, and what was declared for them: empty where they have no interest."""

    name: str
    interest: str


@dataclass(frozen=True)
class LinkDeclaration:
    """What was declared by a link: an answer to each question, empty where it is no, and the relevant persons."""

    declared_by: str
    answers: Mapping[str, str] = field(hash=False)
    people: tuple[DeclaredPerson, ...] = ()

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
