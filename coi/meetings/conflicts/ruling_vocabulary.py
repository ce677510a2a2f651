"""The words of rulings on a conflict: one that stands, as facts, and whether one may be made. Standard library only."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from coi.meetings.vocabulary import PresidingBasis


def with_magnitude(rationale: str, magnitude: str) -> str:
    """Returns why a ruling was made, after how large the interest is where that was said."""
    return f"How large the interest is: {magnitude.rstrip('.')}. {rationale}" if magnitude else rationale


@dataclass(frozen=True)
class RulingFact:
    """A ruling that stands. `is_confirmed` is True unless it was written down as dictated and awaits its maker."""

    ruling_id: uuid.UUID
    item_id: uuid.UUID
    committee_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    number: int
    actions: tuple[str, ...]
    rationale: str
    guardian_consulted: bool
    decided_by: uuid.UUID
    decided_by_name: str
    basis: PresidingBasis
    made_at: datetime
    recorded_by_name: str
    is_dictated: bool
    confirmed_at: datetime | None
    action_words: tuple[str, ...] = ()
    ruled_since: datetime | None = None  # when the same was ruled first, where it was ruled again since
    magnitude: str = ""

    @property
    def because(self) -> str:
        """How large the interest is, where that was said, and why the ruling was made."""
        return with_magnitude(self.rationale, self.magnitude)

    @property
    def is_confirmed(self) -> bool:
        return not self.is_dictated or self.confirmed_at is not None


@dataclass(frozen=True)
class RulingVerdict:
    """Whether somebody may make this ruling, and if not, why, beside which field, and what else can be done."""

    allowed: bool
    reason: str = ""
    field: str | None = None
    rule_id: str = "MTG-06"
    options: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed
