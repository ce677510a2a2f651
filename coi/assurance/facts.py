"""What was recorded about an item, as facts with their proof: what its story is composed from. Standard library, and the words of
lower rooms."""

from dataclasses import dataclass
from datetime import date, datetime

from coi.assurance.outcome_facts import ActionFact, CorrectionTold, DecisionFact, MinutesFact, QuorumFact
from coi.assurance.proof import Proof, Proofs
from coi.assurance.room_facts import ConcernedPerson, LossFact, RoomFacts
from coi.meetings.vocabulary import DeclaredPoint, PresenceKind, PresidingBasis


@dataclass(frozen=True)
class InterestFact:
    """One version of an interest that matters to the item. `what` is the event that made the version; `late` says how late
    it was declared, "" where it was in time."""

    name: str
    reference: str
    nature: str
    role: str
    organisations: tuple[str, ...]
    through: str
    recorded_at: datetime
    declared: str  # the day in words: “on 3 May 2026”
    entered_by: str = ""
    on_behalf: bool = False
    late: str = ""
    mitigation: str = ""
    proofs: Proofs = ()


@dataclass(frozen=True)
class ConcernedFact:
    """An organisation that was named as concerned by the item, and in what relation. `removed_at`: it was taken off again."""

    name: str
    relation: str
    removed_at: datetime | None = None
    proofs: Proofs = ()


DIRECT = 3
"""The parts of a path with no organisation between: person, interest, item. Relations between organisations are entered on days of
their own, so that of a longer path the register and the agenda do not say since when it stood."""


@dataclass(frozen=True)
class FlagFact:
    """A flag on the item. `recorded_at` None: computed on reading, nobody acted on it, so the ledger does not have it yet. `stood` is the
    entry from which on register and agenda held what it rests on, where that was before somebody acted on it. `is_dismissed`: it does not
    count; `is_no_conflict`: because whoever presides said so, by name where that was kept."""

    person: str
    name: str
    level: str
    level_words: str
    path: tuple[str, ...]
    suggested: tuple[str, ...] = ()
    is_dismissed: bool = False
    reason: str = ""
    answer: str = ""
    recorded_at: datetime | None = None
    proofs: Proofs = ()
    stood: Proof | None = None
    is_no_conflict: bool = False
    dismissed_by: str = ""
    guardian_consulted: bool = False

    @property
    def why(self) -> str:
        """What it is and the path that it rests on."""
        return f"{self.level_words}. {' → '.join(self.path)}.".replace(" .", ".")


@dataclass(frozen=True)
class SpokenFact:
    """What somebody declared at the meeting. `at` None: the time was not recorded. `is_nothing`: they had nothing to declare.
    `is_corrected`: another entry stands in its place; `spoke_too`: whoever was silent here declared something of it besides;
    `registered`: what came onto the register later, and when, in words."""

    person: str
    name: str
    text: str
    point: DeclaredPoint
    at: datetime | None
    recorded_at: datetime
    on_register: bool
    is_nothing: bool = False
    due_on: date | None = None
    is_corrected: bool = False
    spoke_too: bool = False
    registered: str = ""
    proofs: Proofs = ()


@dataclass(frozen=True)
class RulingFact:
    """A ruling. `actions` in words; `discussed` and `in_room` say what it let the person do. `is_replaced`: a later one stands."""

    person: str
    name: str
    actions: tuple[str, ...]
    rationale: str
    decided_by: str
    basis: PresidingBasis
    made_at: datetime
    recorded_by: str
    is_dictated: bool
    confirmed_at: datetime | None
    may_discuss: bool
    may_stay: bool
    may_decide: bool
    guardian_consulted: bool = False
    is_replaced: bool = False
    committee: str = ""
    proofs: Proofs = ()
    magnitude: str = ""

    @property
    def is_confirmed(self) -> bool:
        return not self.is_dictated or self.confirmed_at is not None


@dataclass(frozen=True)
class UrgentTold:
    """An urgent decision that the item reports, in sentences as minutes say it."""

    sentences: tuple[str, ...]
    at: datetime
    audit_reported_on: date | None = None
    proofs: Proofs = ()
    struck_at: datetime | None = None
    struck_because: str = ""


@dataclass(frozen=True)
class Told:
    """What somebody did or said on the item, in words as minutes say it; since when it is struck out, with the reason."""

    name: str
    words: str
    at: datetime
    struck_at: datetime | None = None
    struck_because: str = ""
    proofs: Proofs = ()


class DisputeTold(Told):
    """What somebody did against the ruling on them."""


@dataclass(frozen=True)
class MoveFact:
    """A movement in or out for the item. `counts_from` is where it belongs in the story where its time is not known."""

    person: str
    name: str
    kind: PresenceKind
    at: datetime | None
    counts_from: datetime
    for_conflict: bool
    note: str = ""
    is_corrected: bool = False
    proofs: Proofs = ()


@dataclass(frozen=True)
class ChairFact:
    """The chair handed over for the item, and when it went back, if anybody recorded that. `first`: as for a decision."""

    from_name: str
    to_name: str
    basis: PresidingBasis
    reason: str
    at: datetime
    returned_at: datetime | None
    proofs: Proofs = ()
    committee: str = ""
    first: tuple[str, ...] = ()


class ViewFact(Told):
    """A clinical view that was recorded on the item."""


@dataclass(frozen=True)
class KeeperFact:
    """Who was named to keep the record of the item in place of a secretary, by whom."""

    name: str
    in_place_of: str
    named_by: str
    at: datetime
    proofs: Proofs = ()


@dataclass(frozen=True)
class StoryFacts:
    """Everything that was recorded about one item, with its proof."""

    title: str
    asks_for_decision: bool
    is_settled: bool
    opened_at: datetime | None
    closed_at: datetime | None
    reached_at: datetime | None = None  # the item, which may have been recorded later
    discussion: str = ""
    kept_functions: tuple[str, ...] = ()  # why a committee may not decide on its function
    class_words: str = ""  # “All practices of the area”, where the item concerns them
    agenda: Proofs = ()
    interests: tuple[InterestFact, ...] = ()
    concerned: tuple[ConcernedFact, ...] = ()
    flags: tuple[FlagFact, ...] = ()
    losses: tuple[LossFact, ...] = ()
    spoken: tuple[SpokenFact, ...] = ()
    rulings: tuple[RulingFact, ...] = ()
    corrections: tuple[CorrectionTold, ...] = ()
    disputes: tuple[DisputeTold, ...] = ()
    urgent: tuple[UrgentTold, ...] = ()
    chairs: tuple[ChairFact, ...] = ()
    keepers: tuple[KeeperFact, ...] = ()
    views: tuple[ViewFact, ...] = ()
    moves: tuple[MoveFact, ...] = ()
    quorums: tuple[QuorumFact, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
    actions: tuple[ActionFact, ...] = ()
    minutes: tuple[MinutesFact, ...] = ()
    meeting: Proofs = ()
    people: tuple[ConcernedPerson, ...] = ()
    rooms: tuple[RoomFacts, ...] = ()
    contradictions: tuple[str, ...] = ()  # what the record says otherwise in two places
    searched: str = ""
    is_unscreened: bool = False  # a decision is asked for, and no interest could be compared with it
