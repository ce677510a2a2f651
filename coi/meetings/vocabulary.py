"""The words of a meeting: states, purposes, parts, presence, outcomes. Standard library only."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class MeetingState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Part(StrEnum):
    """Part 1 is held in public, part 2 in private by resolution."""

    PUBLIC = "public"
    PRIVATE = "private"


class Purpose(StrEnum):
    APPROVE = "approve"
    DECIDE = "decide"
    DISCUSS = "discuss"
    ASSURANCE = "assurance"
    NOTE = "note"
    INFORMATION = "information"

    @property
    def asks_for_a_decision(self) -> bool:
        return self in (Purpose.APPROVE, Purpose.DECIDE)


class Standing(StrEnum):
    """The standing items of an agenda, in their usual order (USERS d.3)."""

    WELCOME = "welcome"
    QUORACY = "quoracy"
    DECLARATIONS = "declarations"
    QUESTIONS = "questions"
    LAST_MINUTES = "last_minutes"
    ACTION_LOG = "action_log"
    OTHER_BUSINESS = "other_business"
    NEXT_MEETING = "next_meeting"


class Stage(StrEnum):
    """How far the matter of an item is. It changes what is suggested: clinicians may design what they may not award (RULEBOOK §16)."""

    STRATEGY = "strategy"
    DESIGN = "design"
    SPECIFICATION = "specification"
    EVALUATION = "evaluation"
    AWARD = "award"
    MONITORING = "monitoring"


class ItemState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    DECIDED = "decided"
    NOTED = "noted"
    DEFERRED = "deferred"
    REFERRED = "referred"
    REMOVED = "removed"


class AffectedRelation(StrEnum):
    """How an organisation is concerned by an item (RULEBOOK §24)."""

    CONTRACT_HOLDER = "contract_holder"
    BIDDER = "bidder"
    BENEFICIARY = "beneficiary"
    COMPETITOR = "competitor"
    PREMISES_OWNER = "premises_owner"
    FUNDER = "funder"
    SUBJECT = "subject"


class ClassScope(StrEnum):
    """A whole class that an item concerns at once."""

    NONE = "none"
    ALL_PRACTICES = "all_practices"
    PCN = "pcn"


class Capacity(StrEnum):
    MEMBER = "member"
    DEPUTY = "deputy"
    TEMPORARY = "temporary"  # a member for this meeting alone
    IN_ATTENDANCE = "in_attendance"


class PresenceKind(StrEnum):
    """A movement. A person who is in the gallery or removed is not in the meeting."""

    JOINED = "joined"
    LEFT = "left"
    RETURNED = "returned"
    REMOVED = "removed"  # of a remote attendee: to the lobby, or disconnected
    GALLERY = "gallery"

    @property
    def is_in_the_meeting(self) -> bool:
        return self in (PresenceKind.JOINED, PresenceKind.RETURNED)


class PresenceReason(StrEnum):
    CONFLICT = "conflict"
    OTHER = "other"
    START = "start"
    END = "end"


class DeclaredPoint(StrEnum):
    """At what point an interest was declared (RULEBOOK §15)."""

    BEFORE_MEETING = "before_meeting"
    START = "start"
    ON_JOINING = "on_joining"
    AT_ITEM = "at_item"
    DURING_ITEM = "during_item"
    NOT_DECLARED = "not_declared"


class FlagState(StrEnum):
    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class FlagSource(StrEnum):
    SCREENING = "screening"
    RAISED = "raised"
    DECLARED = "declared"  # at the meeting, of an interest that screening had not found for the item


class FlagAnswer(StrEnum):
    AGREE = "agree"
    ENDED = "ended"
    LINK = "link"
    NOT_ME = "not_me"


class SnapshotPhase(StrEnum):
    OPENING = "opening"
    DECISION = "decision"


class Outcome(StrEnum):
    APPROVED = "approved"
    NOT_APPROVED = "not_approved"
    AGREED = "agreed"
    NOTED = "noted"
    DEFERRED = "deferred"
    REFERRED = "referred"

    @property
    def is_a_decision(self) -> bool:
        return self in (Outcome.APPROVED, Outcome.NOT_APPROVED, Outcome.AGREED)


class Method(StrEnum):
    CONSENSUS = "consensus"
    VOTE = "vote"


class Cast(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"


class CastingVote(StrEnum):
    """How whoever presides used the second or casting vote on a tie: one of the two sides, or not at all."""

    FOR = "for"
    AGAINST = "against"
    NOT_USED = "not used"


class PresidingBasis(StrEnum):
    """By what right somebody presides (RULEBOOK §10.5)."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    AGREED_BY_MEMBERS = "agreed_by_members"


class MinutesState(StrEnum):
    DRAFT = "draft"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class MeetingDetails:
    held_on: date
    starts_at: time
    venue: str
    title: str = ""
    committee_ids: tuple[uuid.UUID, ...] = ()
    second_that_day: bool = True  # False: whoever plans is told first where a committee meets on that day already

    @property
    def mark(self) -> str:
        """A short mark of day, time, place and title, by which a page says which ones it showed."""
        words = "\n".join((self.held_on.isoformat(), f"{self.starts_at:%H:%M}", self.venue, self.title))
        return hashlib.sha256(words.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class AffectedDetails:
    """An organisation that an item concerns: picked (`organisation_id`) or free text, with its relation."""

    text: str
    relation: AffectedRelation
    organisation_id: uuid.UUID | None = None


@dataclass(frozen=True)
class ItemDetails:
    title: str
    purpose: Purpose
    part: Part = Part.PUBLIC
    description: str = ""
    presenter: str = ""
    function_code: str = ""
    class_scope: ClassScope = ClassScope.NONE
    private_reason: str = ""
    affected: tuple[AffectedDetails, ...] = ()
    pcn_id: uuid.UUID | None = None
    pcn_name: str = ""
    stage: Stage | None = None
    continues: uuid.UUID | None = None  # an earlier item, whose matter this one is about
    keeps_matter: bool = False  # it stays with the matter that it belongs to, whatever `continues` says
