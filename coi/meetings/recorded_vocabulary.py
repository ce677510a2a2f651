"""The words of what is recorded at a meeting: movements, declarations, rulings and decisions, as they are entered."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from coi.meetings.vocabulary import Cast, CastingVote, DeclaredPoint, Method, Outcome, PresenceKind, PresenceReason


@dataclass(frozen=True)
class MovementDetails:
    """A movement in or out. `at` None: the time is not known, and the record says so, unless it `is_now`."""

    person_id: uuid.UUID
    kind: PresenceKind
    at: datetime | None
    reason: PresenceReason = PresenceReason.OTHER
    item_id: uuid.UUID | None = None
    note: str = ""
    corrects_id: uuid.UUID | None = None  # the movement that this one corrects
    is_so: bool = False  # although it changes who was in the room at a settled item
    is_now: bool = False  # it was pressed without a time, as it happened


@dataclass(frozen=True)
class MeetingDeclarationDetails:
    """An interest declared at a meeting, on the register or not; or that there is nothing to declare. `concerns`: the flags spoken of;
    `corrects_id`: the entry that this one replaces; `at`: when it is recorded, None where nobody spoke."""

    person_id: uuid.UUID
    point: DeclaredPoint
    text: str
    item_id: uuid.UUID | None = None
    interest_id: uuid.UUID | None = None
    at: datetime | None = None
    has_nothing: bool = False
    concerns: tuple[str, ...] = ()
    is_new: bool = False  # something that is not on the register, whatever it concerns besides
    corrects_id: uuid.UUID | None = None
    when: datetime | None = None  # the time that was entered
    is_so: bool = False  # although the record has them out of the room then


@dataclass(frozen=True)
class RulingDetails:
    """The chair's ruling on one person and one item, made now or `at` the time that was entered, at the meeting or before it (`is_before`).
    `decided_by` is who presides; `magnitude` says how large the interest is."""

    actions: tuple[str, ...]
    rationale: str
    decided_by: uuid.UUID
    guardian_consulted: bool = False
    at: datetime | None = None
    is_before: bool = False
    magnitude: str = ""


@dataclass(frozen=True)
class DecisionDetails:
    outcome: Outcome
    text: str
    method: Method = Method.CONSENSUS
    votes: tuple[tuple[uuid.UUID, Cast], ...] = ()
    decided_at: datetime | None = None
    explanation: str = ""
    referred_to: str = ""
    casting: CastingVote | None = None  # asked for on a tie alone
    presided: "Presided | None" = None  # where it was asked; else whoever is in the chair
    untaken: bool = False  # put off without having been begun
    lost_told: bool = False  # whoever presided was told which flags the item no longer reaches


@dataclass(frozen=True)
class Presided:
    """Who presided over an item, as it was said when it was put off. None: it is not known."""

    person_id: uuid.UUID | None
