"""The facts that minutes are composed from: what was recorded, as frozen dataclasses. Standard library and the meeting's words only."""

from dataclasses import dataclass
from datetime import date, datetime, time

from coi.meetings.corrections.vocabulary import CorrectionFact
from coi.meetings.minutes.conflict_facts import ConflictFacts, DeclarationFacts, MovementFacts, SaidOfItemFacts
from coi.meetings.urgent.vocabulary import UrgentFact
from coi.meetings.vocabulary import (
    Capacity,
    Cast,
    Method,
    Outcome,
    Part,
    PresidingBasis,
    Standing,
)


@dataclass(frozen=True)
class AttendeeFacts:
    """A person's part in the meeting for one committee. `part_meeting`: they joined late or left early; `came` False: they were
    expected, and it is not recorded that they ever joined."""

    person: str
    name: str
    initials: str
    role: str
    capacity: Capacity
    apologies: bool = False
    deputy_for: str = ""
    part_meeting: bool = False
    is_remote: bool = False
    came: bool = True


@dataclass(frozen=True)
class QuorumFacts:
    """A quorum as it was taken: at the opening, or at the decision on an item. `counted` is (name, slot in words)."""

    quorate: bool
    taken_at: datetime
    rule: str
    counted: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    clinical: str = ""
    waiting: str = ""  # whom it left out because nobody had ruled on them, as a sentence


@dataclass(frozen=True)
class CommitteeFacts:
    """One committee of the meeting: who chairs it, who attended, whether it was quorate at the opening."""

    name: str
    chair: str
    attendees: tuple[AttendeeFacts, ...]
    opening: QuorumFacts | None = None


@dataclass(frozen=True)
class HandoverFacts:
    """Who presided over an item in place of the chair, by what right, from when to when (None: not returned, or not recorded), whether
    somebody recorded that it went back, or it did with the end of the item; of which committee, where several meet."""

    from_name: str
    to_name: str
    basis: PresidingBasis
    reason: str
    at: datetime
    committee: str = ""
    returned_at: datetime | None = None
    corrections: tuple[CorrectionFact, ...] = ()
    is_return_recorded: bool = True


@dataclass(frozen=True)
class KeeperFacts:
    """Who kept the record of an item in place of a secretary with an interest in it; or took it over, where the secretary had
    recorded some of it before."""

    name: str
    in_place_of: str
    took_over: bool = False


@dataclass(frozen=True)
class ClinicalViewFacts:
    """A clinical view that was obtained for an item: whose, as what, how, when (None: nobody knows) and what it says; and whether they were
    free of flags when it was recorded."""

    name: str
    role: str
    how: str
    on: date | None
    said: str
    screened: str


@dataclass(frozen=True)
class DecisionFacts:
    """What one committee decided on an item, and how. `votes` is (name, cast)."""

    committee: str
    outcome: Outcome
    text: str
    method: Method
    decided_at: datetime
    presiding: str
    arithmetic: str
    votes: tuple[tuple[str, Cast], ...] = ()
    quorum: QuorumFacts | None = None
    irregular_because: tuple[str, ...] = ()
    explanation: str = ""
    referred_to: str = ""
    corrections: tuple[CorrectionFact, ...] = ()
    contradicted: tuple[
        tuple[str, str, bool], ...
    ] = ()  # (person, name, was there) by movements, against what was taken
    in_the_chair: str = ""  # who it was by the handovers of the chair, where that is not who presided by the record


@dataclass(frozen=True)
class ActionFacts:
    reference: str
    text: str
    owner: str
    initials: str
    due_on: date | None


@dataclass(frozen=True)
class ItemFacts:
    """An item as it was taken. `put_off_by` says of which earlier meeting it is carried on."""

    number: int
    reference: str
    title: str
    part: Part
    asks_for_decision: bool
    standing: Standing | None = None
    private_reason: str = ""
    presenter: str = ""
    discussion: str = ""
    opened_at: datetime | None = None
    put_off_by: str = ""
    kept_functions: tuple[str, ...] = ()  # why a committee may not decide on its function
    urgent: tuple[UrgentFact, ...] = ()  # what was decided before the meeting
    conflicts: tuple[ConflictFacts, ...] = ()
    searched: str = ""
    unmatched: str = ""  # which of its organisations nobody could match, so that a conflict may be missing
    handovers: tuple[HandoverFacts, ...] = ()
    keepers: tuple[KeeperFacts, ...] = ()
    clinical_views: tuple[ClinicalViewFacts, ...] = ()
    had_nothing: tuple[SaidOfItemFacts, ...] = ()  # said at the item by people who have no conflict in it
    kept_by_conflicted: tuple[str, ...] = ()  # who recorded it, was ruled out of it, and nobody took the record over
    movements: tuple[MovementFacts, ...] = ()
    decisions: tuple[DecisionFacts, ...] = ()
    actions: tuple[ActionFacts, ...] = ()

    @property
    def was_taken(self) -> bool:
        """Whether it was begun, or settled without its beginning being recorded."""
        return self.opened_at is not None or (bool(self.decisions) and not self.was_put_off_untaken)

    @property
    def was_put_off_untaken(self) -> bool:
        """Whether it was put off without having been begun."""
        return self.opened_at is None and bool(self.decisions) and all(
            each.outcome is Outcome.DEFERRED for each in self.decisions
        )  # fmt: skip

    def is_irregular_for(self, reason: str) -> bool:
        """Whether a decision says already that it was taken against this."""
        told = ((each.committee, against) for each in self.decisions for against in each.irregular_because)
        return any(reason in (against, f"{committee}: {against}") for committee, against in told)

    def decisions_for(self, conflict: ConflictFacts) -> tuple[DecisionFacts, ...]:
        """Returns what the committee of a conflict decided."""
        return tuple(each for each in self.decisions if conflict.committee in ("", each.committee))


@dataclass(frozen=True)
class MeetingFacts:
    """Everything that the minutes of one meeting are composed from."""

    body: str
    title: str
    reference: str
    held_on: date
    starts_at: time
    venue: str
    opened_at: datetime | None
    closed_at: datetime | None
    committees: tuple[CommitteeFacts, ...]
    items: tuple[ItemFacts, ...]
    declarations: tuple[DeclarationFacts, ...] = ()
    said_of_items: tuple[SaidOfItemFacts, ...] = ()
    undeclared: tuple[str, ...] = ()  # who attended without a seat, has nothing on file and declared nothing
    movements: tuple[MovementFacts, ...] = ()
    confirmed_on: date | None = None
    confirmed_at_meeting: str = ""
    confirmed_by: str = ""
