"""The words of the register of procurement decisions and contracts awarded. Standard library only."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What was decided (RULEBOOK §16: new, extension, material variation)."""

    AWARDED = "awarded"
    INTENDED = "intended"
    EXTENDED = "extended"
    VARIED = "varied"
    GO_TO_PROCUREMENT = "go_to_procurement"
    NOT_AWARDED = "not_awarded"
    ABANDONED = "abandoned"

    @property
    def is_award(self) -> bool:
        """Whether there is a contract with a supplier."""
        return self in (Outcome.AWARDED, Outcome.EXTENDED, Outcome.VARIED)

    @property
    def names_supplier(self) -> bool:
        """Whether somebody has the contract, or is to have it once the standstill is over."""
        return self.is_award or self is Outcome.INTENDED


class Arrangement(StrEnum):
    """Whose contract it is: the type column of the register."""

    OWN = "own"
    COLLABORATIVE = "collaborative"


class ServiceKind(StrEnum):
    """What is bought. It decides which regime applies."""

    HEALTH_CARE = "health_care"
    OTHER = "other"


class Route(StrEnum):
    """How the supplier was chosen. The first six are those of the Provider Selection Regime."""

    DIRECT_A = "direct_a"
    DIRECT_B = "direct_b"
    DIRECT_C = "direct_c"
    MOST_SUITABLE = "most_suitable"
    COMPETITIVE = "competitive"
    URGENT = "urgent"
    ANY_QUALIFIED = "any_qualified"
    SINGLE_TENDER = "single_tender"
    FRAMEWORK = "framework"


class Side(StrEnum):
    """Who makes a declaration for a procurement (RULEBOOK §17.9)."""

    BIDDER = "bidder"
    RELEVANT_PERSON = "relevant_person"
    EVALUATOR = "evaluator"
    MODERATOR = "moderator"
    ADVISER = "adviser"

    @property
    def sees_bids(self) -> bool:
        """Whether they declare before they see a bid."""
        return self in (Side.EVALUATOR, Side.MODERATOR, Side.ADVISER)


class State(StrEnum):
    """Draft: begun, for example from a meeting's decision. On the register: public from its day on."""

    DRAFT = "draft"
    ON_REGISTER = "on_register"


class Showing(StrEnum):
    """Which rows of the register a reader asks for."""

    EVERYTHING = "everything"
    DRAFTS = "drafts"
    ON_REGISTER = "on_register"
    INCOMPLETE = "incomplete"
    UNMATCHED = "unmatched"


OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.AWARDED: "New contract awarded",
    Outcome.INTENDED: "Intends to award a new contract",
    Outcome.EXTENDED: "Existing contract extended",
    Outcome.VARIED: "Existing contract varied materially",
    Outcome.GO_TO_PROCUREMENT: "Decided to procure, not awarded yet",
    Outcome.NOT_AWARDED: "Decided not to award",
    Outcome.ABANDONED: "Procurement abandoned",
}
ARRANGEMENT_WORDS: Mapping[Arrangement, str] = {
    Arrangement.OWN: "The body’s own procurement",
    Arrangement.COLLABORATIVE: "Collaborative procurement with others",
}
SERVICE_WORDS: Mapping[ServiceKind, str] = {
    ServiceKind.HEALTH_CARE: "Health care services",
    ServiceKind.OTHER: "Something else, such as premises or software",
}
ROUTE_WORDS: Mapping[Route, str] = {
    Route.DIRECT_A: "Direct award process A: only one provider is capable",
    Route.DIRECT_B: "Direct award process B: patients choose, no limit on providers",
    Route.DIRECT_C: "Direct award process C: the existing provider goes on",
    Route.MOST_SUITABLE: "Most suitable provider process",
    Route.COMPETITIVE: "Competitive process",
    Route.URGENT: "Urgent award or modification, for a time only",
    Route.ANY_QUALIFIED: "Any qualified provider",
    Route.SINGLE_TENDER: "Direct award or single tender waiver (not the Provider Selection Regime)",
    Route.FRAMEWORK: "Call-off from a framework",
}
SIDE_WORDS: Mapping[Side, str] = {
    Side.BIDDER: "A bidder or contractor",
    Side.RELEVANT_PERSON: "A relevant person of a bidder",
    Side.EVALUATOR: "An evaluator",
    Side.MODERATOR: "A moderator",
    Side.ADVISER: "An adviser",
}
SHOWING_WORDS: Mapping[Showing, str] = {
    Showing.EVERYTHING: "Everything",
    Showing.DRAFTS: "Drafts",
    Showing.ON_REGISTER: "On the register",
    Showing.INCOMPLETE: "Something is missing",
    Showing.UNMATCHED: "Supplier to match",
}
REGIME_WORDS: Mapping[str, str] = {
    "ppccr_2013": "Procurement, Patient Choice and Competition Regulations 2013",
    "pcr_2015": "Public Contracts Regulations 2015",
    "psr_2023": "Provider Selection Regime",
    "procurement_act_2023": "Procurement Act 2023",
}
PREFILLED: Mapping[str, str] = {
    "title": "the title of the item",
    "description": "the summary of the item",
    "outcome_details": "the words of the decision",
    "decided_on": "the day of the decision",
    "committee": "the decision",
    "process": "the decision and how it was taken",
    "involved": "the quorum and the rulings",
    "conflicts": "what was flagged and declared",
    "mitigations": "the chair’s rulings",
    "justification": "the reasons of the rulings",
    "value_total": "the sum that it names",
    "public_from": "the day of the decision. Make it later if the award is confidential until the notice",
}
"""What a draft takes from a meeting’s record, and from which part of it."""


def label(words: Mapping[Any, str], answer: StrEnum | None) -> str:
    """Returns the words of an answer; empty where a draft has none yet."""
    return "" if answer is None else words[answer]


@dataclass(frozen=True)
class Supplier:
    """Who gets the contract: matched to an organisation, or in words."""

    name: str
    organisation_id: uuid.UUID | None = None
    code: str = ""
    address: str = ""


@dataclass(frozen=True)
class DecisionDetails:
    """A row of the register as it is entered (RULEBOOK §17.8), with what the Provider Selection Regime records besides."""

    title: str
    description: str
    outcome: Outcome | None
    outcome_details: str
    arrangement: Arrangement | None
    arrangement_details: str
    service_kind: ServiceKind | None
    route: Route | None
    route_reasons: str
    is_gp_provider: bool | None
    clinical_lead: str
    contract_manager: str
    process: str
    committee: str
    decided_on: date
    involved: str
    conflicts: str
    mitigations: str
    justification: str
    supplier: Supplier | None
    other_suppliers: tuple[str, ...]
    value_total: Decimal | None
    value_body: Decimal | None
    starts_on: date | None
    ends_on: date | None
    intended_on: date | None
    representations: str
    comments: str
    public_from: date
    award_noticed_on: date | None = None
    notice_reference: str = ""
    cpv: str = ""  # the codes of the service, with a comma between them
    decided_on_or_before: bool = False  # an older register gives no day: this is the latest that it can have been

    @property
    def is_award(self) -> bool:
        return self.outcome is not None and self.outcome.is_award

    @property
    def names_supplier(self) -> bool:
        """Whether somebody has the contract; where an older register does not say what was decided, whether it names them."""
        return self.supplier is not None if self.outcome is None else self.outcome.names_supplier

    @property
    def has_terms(self) -> bool:
        """Whether a value and days are those of a contract, be it one to come: not once the procurement came to nothing."""
        return self.outcome not in (Outcome.NOT_AWARDED, Outcome.ABANDONED)

    @property
    def had_conflicts(self) -> bool:
        """Whether the summary tells of any: "None declared" does not, "None, except that Dr Ash is a partner" does."""
        return self.conflicts not in ("", NONE_FOUND) and not _SAYS_NONE.match(self.conflicts)


NONE_FOUND = "What was declared was looked at and found to be no conflict"
"""What the register says once everything that was declared turned out to be no conflict."""
_SAYS_NONE = re.compile(r"\s*(?:no|none|nil|nothing)\b(?!.*\b(?:but|except|apart from)\b)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class MeetingDecision:
    """What a meeting's decision says of a row of the register, and nothing that it does not say: gathered by the room of meetings.
    `decided`: its words. `concerned`: the organisations that the item was about, of whom none need have the contract."""

    decision_id: uuid.UUID
    body_id: uuid.UUID
    item_reference: str
    title: str
    description: str
    committee: str
    decided_on: date
    decided: str
    process: str
    involved: str
    conflicts: str
    mitigations: str
    justification: str
    value: Decimal | None = None
    concerned: tuple[str, ...] = ()


@dataclass(frozen=True)
class DeclarationDetails:
    """What a bidder, one of their relevant persons or an evaluator declares (RULEBOOK §17.9)."""

    side: Side
    declared_by: str
    organisation: str
    interest: str
    management: str
    declared_on: date
    has_undertaken: bool
    has_conflict: bool | None = None
    asked_id: uuid.UUID | None = None  # who was asked for it by mail, where somebody was


@dataclass(frozen=True)
class Facts:
    """A row of the register as it stands: what the rules, the public columns, the notices and the release need."""

    reference: str
    number: int
    recorded_at: datetime
    details: DecisionDetails
    regime: str | None
    standstill_working_days: int | None
    answers: Mapping[str, str] = field(default_factory=dict, hash=False)
    declarations: int = 0
    is_checked: bool = False
    undeclared: int = 0
    unmanaged: int = 0
    award_notice_days: int | None = None
    approach_notice_days: int | None = None
    is_taken_over: bool = False  # from an older register, which may say less
