"""Who was in the room for an item, what became of whom it concerned, and which flags went, as facts. Standard library."""

from dataclasses import dataclass
from datetime import datetime

from coi.assurance.proof import Proofs


@dataclass(frozen=True)
class LossFact:
    """A flag that the item reached no more since `at`, and since when somebody who presides knows it. `because` says who changed what."""

    name: str
    path: tuple[str, ...]
    because: str
    at: datetime
    seen_at: datetime | None = None
    seen_by: str = ""
    proofs: Proofs = ()


@dataclass(frozen=True)
class RoomFacts:
    """One committee before the item: who was in the room at the decision (`is_final`; else now, or who is expected), whether it
    could decide without the people who have an interest, and the clinical voice that this costs."""

    committee: str
    present: tuple[str, ...]
    taken_at: datetime | None
    is_final: bool
    has_begun: bool
    without_quorate: bool
    without_reasons: tuple[str, ...]
    rule: str
    lost_voices: tuple[str, ...] = ()
    remaining_voices: tuple[str, ...] = ()
    presiding: str = ""


@dataclass(frozen=True)
class AtDecision:
    """Where somebody was when one of several committees settled the item, and whether they voted there. `is_member` of that committee."""

    committee: str
    in_room: bool
    voted: bool
    is_member: bool
    took_part: bool = False
    counted: bool = False


@dataclass(frozen=True)
class ConcernedPerson:
    """Somebody with an interest in the item, and what became of them at the decision. `in_room` None: there was none yet, or the
    person sent apologies (`was_away`). `took_part` in the decision: by voting, or, without a vote, by being `counted` and not ruled out
    of deciding. Where several committees meet: `at` each that settled it, and `sits_for` by name."""

    person: str
    name: str
    why: tuple[str, ...]
    in_room: bool | None = None
    voted: bool = False
    took_part: bool = False
    counted: bool = False
    was_away: bool = False
    is_member: bool = True
    at: tuple[AtDecision, ...] = ()
    sits_for: tuple[str, ...] = ()
