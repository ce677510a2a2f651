"""The words of the room: what a decision rests on, what stops it, what a vote amounts to. Standard library, and the words
of lower rooms."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coi.committees.vocabulary import MemberClass, QuorumAssessment
from coi.guidance.function_vocabulary import ScopeVerdict
from coi.guidance.vocabulary import Effects
from coi.meetings.conflicts.presiding import Presiding
from coi.meetings.vocabulary import Capacity, Cast, PresenceKind

NOTED = "The committee noted the item."
"""What is recorded of an item that was noted, where nobody says what was."""


DEFER = "Defer the item to a later meeting"
REFER = "Refer the item to a body that can decide it"
REGARDLESS = "If it was decided all the same, record it as it happened: the minutes mark it as irregular"
LAST = (DEFER, REFER, REGARDLESS)
"""What can always be done, after everything that is said of one person or one thing."""


class StopCode(StrEnum):
    """What stops a decision."""

    ITEM_SETTLED = "item_settled"
    MEETING_NOT_OPEN = "meeting_not_open"
    INQUORATE = "inquorate"
    FLAG_WITHOUT_RULING = "flag_without_ruling"
    RULED_AFTERWARDS = "ruled_afterwards"
    STILL_IN_THE_ROOM = "still_in_the_room"
    CHAIR_CONFLICTED = "chair_conflicted"
    NOBODY_PRESIDES = "nobody_presides"
    FUNCTION_RESERVED = "function_reserved"
    PRIVATE_WITHOUT_REASON = "private_without_reason"
    VOTE_NOT_ENTITLED = "vote_not_entitled"
    VOTE_DOES_NOT_CARRY = "vote_does_not_carry"
    CASTING_WITHOUT_TIE = "casting_without_tie"
    TAKEN_UP_LATER = "taken_up_later"


@dataclass(frozen=True)
class Stop:
    """One reason why an item cannot be decided now, and what can be done about it, in words. `then`: the same as it is told afterwards, of
    what happened regardless."""

    code: StopCode
    sentence: str
    options: tuple[str, ...]
    rule_id: str
    person: str | None = None
    then: str = ""

    @property
    def told(self) -> str:
        """What stood against a decision that was taken, in the past."""
        return self.then or self.sentence


@dataclass(frozen=True)
class DecisionVerdict:
    """Whether the committee may decide the item now, and every stop where it may not. `notes` are printed, not obeyed."""

    stops: tuple[Stop, ...]
    notes: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.stops

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(stop.sentence for stop in self.stops)

    @property
    def options(self) -> tuple[str, ...]:
        """What can be done, each once: first what mends one of the stops, in their order, then what can be done whatever stops it."""
        found = dict.fromkeys(option for stop in self.stops for option in stop.options)
        return (*(each for each in found if each not in LAST), *(each for each in LAST if each in found))


@dataclass(frozen=True)
class OpenFlag:
    """A flag that nobody ruled on, of somebody who takes part in the meeting."""

    person: str
    name: str
    level_words: str
    why: str
    is_missing_declaration: bool = False


@dataclass(frozen=True)
class StandingRuling:
    """What a ruling means for an item: its effects, and whether its maker still has to confirm it."""

    person: str
    name: str
    effects: Effects
    is_confirmed: bool
    decided_by_name: str
    refuses: bool = False  # they said that they do not leave
    made_after: str = ""  # when it was made, in words, where that was after the decision


@dataclass(frozen=True)
class Elsewhere:
    """What the record of another meeting, `reference`, says of an item that it carries on (`is_later`), or that carries it on: that the
    same committee decided it there, or that nothing came of it yet."""

    reference: str
    is_later: bool
    is_decided: bool


@dataclass(frozen=True)
class DecisionFacts:
    """What a decision on an item by one committee rests on at a moment. `presiding` is who should preside, `in_the_chair`
    who does, `chair_is_right` whether they may."""

    item_title: str
    is_private: bool
    private_reason: str
    quorum: QuorumAssessment
    open_flags: tuple[OpenFlag, ...]
    rulings: tuple[StandingRuling, ...]
    in_the_meeting: frozenset[str]
    presiding: Presiding
    in_the_chair: str | None
    chair_is_right: bool
    scope: ScopeVerdict | None = None
    is_open: bool = True
    is_settled: bool = False
    elsewhere: Elsewhere | None = None
    undeclared: tuple[str, ...] = ()  # who attends without a seat, is in the room and has nothing on file
    temporary_allowed: bool = False  # the terms let somebody be invited as a member for this meeting


@dataclass(frozen=True)
class Ballot:
    """One vote as it is recorded."""

    person: str
    name: str
    cast: Cast


@dataclass(frozen=True)
class VoteFacts:
    """What a vote rests on: the voting members, who of them stood down for the item, who was away, who may vote, how many
    the quorum needs, and who presides with a second or casting vote (None: the terms give none)."""

    members: int
    stood_down: int
    away: int
    entitled: tuple[str, ...]
    quorum_needed: int
    casting: str | None = None


@dataclass(frozen=True)
class VoteResult:
    """What a vote amounts to. `carried` None: a tie that nobody could break. `arithmetic` is the sentence for the record."""

    counts: tuple[tuple[Cast, int], ...]
    carried: bool | None
    used_casting_vote: bool
    arithmetic: str

    def of(self, cast: Cast) -> int:
        return dict(self.counts).get(cast, 0)


@dataclass(frozen=True)
class AttendanceDetails:
    """A person's part in the meeting, as the secretary enters it. `joined_at` None with `has_joined`: the time is unknown."""

    person_id: uuid.UUID
    capacity: Capacity
    deputy_for: uuid.UUID | None = None
    apologies: bool = False
    is_remote: bool = False
    role_words: str = ""
    committee_id: uuid.UUID | None = None
    has_joined: bool = False
    joined_at: datetime | None = None
    member_class: MemberClass | None = None


class Attending(StrEnum):
    """Whether somebody is there when a meeting opens."""

    THERE = "there"
    REMOTE = "remote"
    APOLOGIES = "apologies"
    LATER = "later"


@dataclass(frozen=True)
class OpeningDetails:
    """Who is there when the meeting opens: everybody else who was expected sent apologies or comes late."""

    opened_at: datetime
    present: frozenset[uuid.UUID]
    apologies: frozenset[uuid.UUID] = frozenset()
    remote: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True)
class HandoverDetails:
    """Who takes the chair for an item, from when, and why where that is more than the rule says."""

    to_person_id: uuid.UUID
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class KeeperDetails:
    """Who keeps the record of an item, and in place of which secretary."""

    person_id: uuid.UUID
    in_place_of_id: uuid.UUID


@dataclass(frozen=True)
class NotesDetails:
    """Notes of the discussion as somebody typed them. `seen` is the mark of the notes that their page showed."""

    text: str
    seen: str

    def differs_from(self, saved: str) -> bool:
        """Whether there is something to save."""
        return self.text.strip() != saved

    def follows(self, saved: str) -> bool:
        """Whether they were written over the notes that are saved now, and nobody changed those meanwhile."""
        return self.seen == mark_of(saved)


def mark_of(notes: str) -> str:
    """Returns a short mark of notes, by which a page says which notes it showed."""
    return hashlib.sha256(notes.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class RoomPress:
    """The button that was pressed on the page of an item: what, and beside whom. Nothing: the notes are saved."""

    what: str
    person_id: uuid.UUID | None = None

    @property
    def movement(self) -> PresenceKind | None:
        """The movement that the button records, None for one that leads to a page."""
        return PresenceKind(self.what) if self.person_id and self.what in set(PresenceKind) else None
