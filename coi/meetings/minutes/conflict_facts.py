"""The facts of one person’s conflict on an item, as minutes are composed from them: what was declared and ruled, and who moved. Standard
library and the meeting's words only."""

from dataclasses import dataclass
from datetime import date, datetime

from coi.meetings.disputes.vocabulary import DisputeFact
from coi.meetings.vocabulary import DeclaredPoint, Part, PresenceKind, PresidingBasis


@dataclass(frozen=True)
class DeclarationFacts:
    """An interest declared at the meeting, and at what point; or that there was none. `at` None: the time was not recorded. `about`: of
    what it was, where nothing else says. `registered`: what came onto the register after it was declared, and when, in words."""

    person: str
    name: str
    text: str
    point: DeclaredPoint
    at: datetime | None
    on_register: bool
    due_on: date | None = None
    has_nothing: bool = False
    is_withheld: bool = False
    about: str = ""
    registered: str = ""


@dataclass(frozen=True)
class SaidOfItemFacts:
    """That somebody declared an interest in one item, as a rule before it was reached, or that they had none. What it is stands there."""

    number: int
    part: Part
    name: str
    point: DeclaredPoint
    at: datetime | None = None
    has_nothing: bool = False


@dataclass(frozen=True)
class RulingFacts:
    """A ruling as it stands. `sentence` says in words what was ruled; `must_leave` that the person had to be out of the room at the
    decision; `lacks_magnitude` that an interest about money was only noted and nobody said how large it is."""

    sentence: str
    rationale: str
    decided_by: str
    basis: PresidingBasis
    made_at: datetime
    must_leave: bool
    recorded_by: str = ""
    is_dictated: bool = False
    is_confirmed: bool = True
    guardian_consulted: bool = False
    magnitude: str = ""
    lacks_magnitude: bool = False


@dataclass(frozen=True)
class DismissalFacts:
    """That every flag of somebody on an item was dismissed: why, by whom (empty: not recorded), and whether the Guardian was asked."""

    because: str
    by: str = ""
    guardian_consulted: bool = False


@dataclass(frozen=True)
class MovementFacts:
    """A movement in or out. `at` None: nobody knows the time, and the minutes say so."""

    person: str
    name: str
    kind: PresenceKind
    at: datetime | None
    for_conflict: bool
    note: str = ""


@dataclass(frozen=True)
class ConflictFacts:
    """One person's conflict on one item for one committee: the strongest flag, the others, what they declared first and `then`, of which
    flags nothing is recorded (`unspoken`), the ruling, where they were. `committee` is named where several meet in common: each decides
    for itself. `is_withheld`: its details are kept from the public, or somebody asked for that."""

    person: str
    name: str
    relation: str
    path: tuple[str, ...]
    nature: str
    others: tuple[str, ...] = ()
    rule_ids: tuple[str, ...] = ()
    dismissal: DismissalFacts | None = None
    declared: DeclarationFacts | None = None
    then: tuple[DeclarationFacts, ...] = ()
    unspoken: tuple[str, ...] = ()
    ruling: RulingFacts | None = None
    disputes: tuple[DisputeFact, ...] = ()
    movements: tuple[MovementFacts, ...] = ()
    in_room_at_decision: bool | None = None
    attended: bool = True
    counted: bool = False
    took_part: bool = False
    presided: bool = False
    committee: str = ""
    is_withheld: bool = False


RAISED = "raised with the chair"
"""The relation of a conflict that somebody told the chair of: the person's own word, or another's, whose name nobody learns."""
