"""The words of a dispute about a ruling: who did what, and what whoever presided did next. Standard library only."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DisputeKind(StrEnum):
    """What somebody did when a ruling on them was put into practice."""

    REFUSED = "refused"
    DISPUTED = "disputed"


class Response(StrEnum):
    """What whoever presided did next. The ruling stands until they change it (RULEBOOK §23 no. 50)."""

    STOOD = "stood"
    CHANGED = "changed"
    ADJOURNED = "adjourned"


KIND_WORDS = {
    DisputeKind.REFUSED: "They refused to leave",
    DisputeKind.DISPUTED: "They disputed the ruling",
}
RESPONSE_WORDS = {
    Response.STOOD: "The ruling stood",
    Response.CHANGED: "The ruling was changed",
    Response.ADJOURNED: "The meeting was adjourned, or the item put off",
}
DONE = {DisputeKind.REFUSED: "refused to leave", DisputeKind.DISPUTED: "disputed the ruling"}


@dataclass(frozen=True)
class DisputeDetails:
    """What is recorded. `at` None: the time is not known."""

    kind: DisputeKind
    said: str
    at: datetime | None
    response: Response
    did: str = ""


@dataclass(frozen=True)
class DisputeFact:
    """A dispute that stands on record. `presided` is "" where it is not known who was in the chair."""

    dispute_id: uuid.UUID
    person: str
    name: str
    kind: DisputeKind
    said: str
    at: datetime | None
    response: Response
    did: str
    presided: str
