"""The words of corrections. Standard library only."""

import uuid
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CorrectionDetails:
    """Why something is corrected, and how many corrections of it the page showed."""

    because: str
    seen: int


@dataclass(frozen=True)
class CorrectedHandover:
    """When the chair was handed over, and when it went back (None: it has not); to whom (None: as it is on record) and why (empty: as it is
    on record)."""

    handed_over_at: datetime
    returned_at: datetime | None
    to_person_id: uuid.UUID | None = None
    reason: str = ""


@dataclass(frozen=True)
class CorrectionFact:
    """A correction as minutes, pages and the story tell it. `was` is what was recorded before, in sentences."""

    by: str
    at: datetime
    because: str
    was: tuple[str, ...]


@dataclass(frozen=True)
class DecisionAsRecorded:
    """What was recorded of a decision, in words. `votes` is (name, how they voted)."""

    outcome: str
    text: str
    how: str
    at: str
    presiding: str
    arithmetic: str
    votes: tuple[tuple[str, str], ...] = ()
    irregular_because: tuple[str, ...] = ()
    explanation: str = ""
