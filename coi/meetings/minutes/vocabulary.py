"""The words of minutes: what they must show, what is missing, and where that is mended. Standard library only."""

from dataclasses import dataclass
from enum import StrEnum


class Element(StrEnum):
    """The five things that minutes must show for every conflict. Rule: MIN-01; RULEBOOK §15."""

    WHO = "who has the interest"
    NATURE = "the nature of the interest and why it is a conflict"
    ITEM = "the item it relates to, and when it was declared"
    MANAGED = "how it was decided that the conflict is managed, and by whom"
    EVIDENCE = "that it was managed as decided: when the person left and returned"


class Mend(StrEnum):
    """Where a gap is mended."""

    OPENING = "opening"
    CLOSING = "closing"
    ATTENDANCE = "attendance"
    COMMITTEE = "committee"
    DECISION = "decision"
    ACTION = "action"
    CONFLICT = "conflict"
    DECLARATION = "declaration"
    RULING = "ruling"
    KEEPER = "keeper"
    MOVEMENT = "movement"


@dataclass(frozen=True)
class Gap:
    """Something that the record lacks, so that the minutes cannot be final. `sentence` names it for the secretary; `mend`, the item's
    `reference` and `person_id` say where it is mended."""

    item: str
    person: str
    element: str
    sentence: str
    rule: str = "MIN-01"
    mend: Mend = Mend.DECISION
    reference: str = ""
    person_id: str = ""
