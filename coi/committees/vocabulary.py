"""The words of committees: classes of members, offices, seats, quorum settings and verdicts."""

from dataclasses import dataclass
from enum import StrEnum

from coi.guidance.vocabulary import CommissioningModel as CommissioningModel


class MemberClass(StrEnum):
    """In which class a member sits on a committee. Lay means not a clinician (CCG); a non-executive is the ICB's
    counterpart."""

    LAY = "lay"
    GP = "gp"
    EXECUTIVE = "executive"
    NURSE = "nurse"
    SECONDARY_CARE = "secondary_care"
    NHS_ENGLAND = "nhs_england"
    PARTNER = "partner"
    NON_EXECUTIVE = "non_executive"
    PRACTICE_MANAGER = "practice_manager"
    COUNCILLOR = "councillor"
    NHS_REPRESENTATIVE = "nhs_representative"
    OTHER = "other"

    @property
    def is_clinical(self) -> bool:
        return self in (MemberClass.GP, MemberClass.NURSE, MemberClass.SECONDARY_CARE)


class Office(StrEnum):
    """An office of a committee. The acting chair is whoever presides over an item in the chair's place."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    CONVENING_CHAIR = "convening_chair"
    ACTING_CHAIR = "acting_chair"


class Capacity(StrEnum):
    """In which capacity a person fills a seat."""

    MEMBER = "member"
    DEPUTY = "deputy"
    TEMPORARY = "temporary"  # invited to one meeting, to keep the quorum


class Phase(StrEnum):
    """The moment at which a quorum is asked for."""

    OPENING = "opening"
    DISCUSSION = "discussion"
    DECISION = "decision"


class ConflictedCount(StrEnum):
    """Which people with a ruling on an item still count for it."""

    NEVER = "never"  # nobody with any ruling, not even an interest that was only noted
    NOTED_ONLY = "noted_only"  # whoever may stay and decide, because the interest was only noted
    DISCUSSION_ONLY = "discussion_only"  # these, and until the decision also whoever may join the discussion


class ConflictRelaxation(StrEnum):
    """What happens when conflicts alone take the quorum away."""

    NONE = "none"  # the item is not quorate
    REMAINING_MEMBERS = "remaining_members"  # whoever remains is a quorum for the item


class VacancyBase(StrEnum):
    """What a fraction is a fraction of."""

    ESTABLISHED = "established"  # the voting seats in the terms of reference, filled or not
    IN_POST = "in_post"  # the members in post


@dataclass(frozen=True)
class QuorumSettings:
    """How a rule is read. `distinct_persons`: nobody meets two conditions of the rule (the number of members needed is
    not such a condition: everybody who counts, counts towards it)."""

    count_deputies: bool = False
    count_virtual: bool = True
    conflicted_counts: ConflictedCount = ConflictedCount.NOTED_ONLY
    distinct_persons: bool = True
    conflict_relaxation: ConflictRelaxation = ConflictRelaxation.NONE
    vacancy_base: VacancyBase = VacancyBase.ESTABLISHED


@dataclass(frozen=True)
class Seat:
    """A seat as filled for an item. `person` is a key, `roles` are the posts that a rule may name, `management` the
    codes of the actions ruled for this item. A deputy's seat carries the class, posts and vote of the member that
    `stands_for` names by key, and the deputy's own person and name. `present` means: in the meeting at the moment asked
    about."""

    person: str
    name: str
    member_class: MemberClass
    voting: bool = True
    roles: frozenset[str] = frozenset()
    offices: frozenset[Office] = frozenset()
    organisation: str | None = None
    attributes: frozenset[str] = frozenset()
    present: bool = True
    capacity: Capacity = Capacity.MEMBER
    virtual: bool = False
    management: frozenset[str] = frozenset()
    stands_for: str | None = None
    unruled: str = ""  # where no ruling keeps them out: why they are taken to stand down, to go after their name

    def __hash__(self) -> int:  # equality compares everything; who sits there tells seats apart well enough
        return hash(self.person)

    @property
    def is_members_own(self) -> bool:
        """Whether a member of the committee fills it in person: no deputy, nobody who was invited for one meeting."""
        return self.capacity is Capacity.MEMBER and self.stands_for is None


@dataclass(frozen=True)
class ItemPredicateFacts:
    """What a quorum rule may ask about an item, and the moment at which it asks."""

    function: str | None = None
    purpose: str | None = None
    part: str | None = None
    attributes: frozenset[str] = frozenset()
    phase: Phase = Phase.DECISION


@dataclass(frozen=True)
class Counted:
    """A person who counts. `slot` says which condition they fill; it is empty where they only add to the number."""

    person: str
    name: str
    slot: str = ""


@dataclass(frozen=True)
class NotCounted:
    """A person who does not count, and why, to go after their name: "stood down for this item"."""

    person: str
    name: str
    why: str


@dataclass(frozen=True)
class QuorumAssessment:
    """Whether a committee is quorate for an item. `needed` is the smallest number of people that could be a quorum,
    `missing` what is wanting, `reasons` are sentences fit for the minutes. `lost_to_conflicts`: it would be quorate
    with everybody who stood down."""

    quorate: bool
    needed: int
    counted: tuple[Counted, ...]
    not_counted: tuple[NotCounted, ...]
    missing: tuple[str, ...]
    reasons: tuple[str, ...]
    rule_ids: tuple[str, ...]
    lost_to_conflicts: bool = False

    def __bool__(self) -> bool:
        return self.quorate


@dataclass(frozen=True)
class Finding:
    """Something about a committee's terms or members that the guidance asks to be put right, or explained."""

    rule_id: str
    sentence: str


@dataclass(frozen=True)
class ClinicalMember:
    name: str
    member_class: MemberClass


@dataclass(frozen=True)
class ClinicalVoice:
    """Who with a clinical background remains for an item, who of them stands down, and that in a sentence; what can be done about it."""

    remaining: tuple[ClinicalMember, ...]
    lost: tuple[ClinicalMember, ...]
    sentence: str
    advice: str = ""
