"""The words of gifts and hospitality. Standard library only."""

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class OfferKind(StrEnum):
    """What was offered (RULEBOOK §8). The last four go to the organisation, not to a person."""

    GIFT = "gift"
    CASH = "cash"
    PROMOTIONAL = "promotional"
    MEAL = "meal"
    TRAVEL = "travel"
    SPONSORED_EVENT = "sponsored_event"
    SPONSORED_RESEARCH = "sponsored_research"
    SPONSORED_POST = "sponsored_post"
    DONATION = "donation"


class OfferSource(StrEnum):
    """Who offered it."""

    SUPPLIER = "supplier"
    PATIENT = "patient"
    OTHER = "other"


class Response(StrEnum):
    """What became of the offer."""

    DECLINED = "declined"
    KEPT = "kept"
    PASSED_ON = "passed_on"


class Answer(StrEnum):
    """What the rules say to an offer, from the freest to the strictest."""

    MAY_ACCEPT = "may_accept"
    ORGANISATION_ONLY = "organisation_only"
    NEEDS_APPROVAL = "needs_approval"
    MUST_DECLINE = "must_decline"


class GiftStatus(StrEnum):
    """Where an entry stands."""

    RECORDED = "recorded"
    APPROVED = "approved"  # a senior manager approved it
    NOT_APPROVED = "not_approved"
    WITHDRAWN = "withdrawn"  # entered by mistake; it stays, marked


FOR_A_PERSON = (OfferKind.GIFT, OfferKind.CASH, OfferKind.PROMOTIONAL, OfferKind.MEAL, OfferKind.TRAVEL)
FOR_THE_BODY = (
    OfferKind.SPONSORED_EVENT, OfferKind.SPONSORED_RESEARCH, OfferKind.SPONSORED_POST, OfferKind.DONATION, OfferKind.GIFT,
)  # fmt: skip
SPONSORSHIP = frozenset(FOR_THE_BODY) - {OfferKind.GIFT}
HOSPITALITY = frozenset({OfferKind.MEAL, OfferKind.TRAVEL})
STRICTNESS = tuple(Answer)

KIND_WORDS = {
    OfferKind.GIFT: "Gift",
    OfferKind.CASH: "Cash, voucher or token",
    OfferKind.PROMOTIONAL: "Promotional item",
    OfferKind.MEAL: "Meal or refreshments",
    OfferKind.TRAVEL: "Travel or accommodation",
    OfferKind.SPONSORED_EVENT: "Sponsored event",
    OfferKind.SPONSORED_RESEARCH: "Sponsored research",
    OfferKind.SPONSORED_POST: "Sponsored post",
    OfferKind.DONATION: "Donation",
}
KIND_HINTS = {
    OfferKind.GIFT: "Goods or a service, free or below its price. For example wine, flowers, a book, tickets",
    OfferKind.CASH: "Anything that can be spent like money",
    OfferKind.PROMOTIONAL: "A cheap item with a company’s name on it, like a pen or a mug",
    OfferKind.MEAL: "For example lunch at a meeting, dinner at a conference",
    OfferKind.TRAVEL: "For example a train ticket, a flight, a hotel room",
    OfferKind.SPONSORED_EVENT: "Somebody pays for a meeting, training or conference that we hold",
    OfferKind.SPONSORED_RESEARCH: "Somebody pays for research that we do",
    OfferKind.SPONSORED_POST: "Somebody pays for a post, or a part of one",
    OfferKind.DONATION: "Money or goods for the organisation or its charitable fund",
}
SOURCE_WORDS = {
    OfferSource.SUPPLIER: "A supplier or contractor, or somebody who may become one",
    OfferSource.PATIENT: "A patient, or a patient’s family",
    OfferSource.OTHER: "Somebody else",
}
SOURCE_SHORT = {
    OfferSource.SUPPLIER: "Supplier or likely supplier",
    OfferSource.PATIENT: "Patient or family",
    OfferSource.OTHER: "Other",
}
RESPONSE_WORDS = {
    Response.DECLINED: "Declined",
    Response.KEPT: "Accepted",
    Response.PASSED_ON: "Accepted for the organisation",
}
ANSWER_WORDS = {
    Answer.MAY_ACCEPT: "You may keep this",
    Answer.ORGANISATION_ONLY: "You may take this only for the organisation",
    Answer.NEEDS_APPROVAL: "Decline this, unless a senior manager approves it",
    Answer.MUST_DECLINE: "This must be declined",
}


@dataclass(frozen=True)
class OfferFacts:
    """An offer as the rules judge it. `value` in pounds, real or estimated; `is_beyond_modest`: business or first class, abroad, or more
    than the organisation would pay for; `is_approved`: a senior manager approved it; `earlier` is the sum of what the same person took
    from the same source in the months before; `is_stated`: that it was approved, an older register says."""

    kind: OfferKind
    source: OfferSource
    value: Decimal
    is_beyond_modest: bool = False
    is_approved: bool = False
    earlier: Decimal = Decimal(0)
    is_stated: bool = False


@dataclass(frozen=True)
class Verdict:
    """What the rules of its day say to an offer: whether it may be taken, whether it is declared, and why."""

    answer: Answer
    must_declare: bool
    reason: str
    rule_ids: tuple[str, ...]

    @property
    def words(self) -> str:
        return ANSWER_WORDS[self.answer]


@dataclass(frozen=True)
class Against:
    """How what happened does not fit the rules, in words; `is_possible_breach` False while an approval may still come. Empty words: it
    fits."""

    words: str = ""
    is_possible_breach: bool = False

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def tag(self) -> str:
        return "possible breach" if self.is_possible_breach else "no approval yet"


@dataclass(frozen=True)
class GiftDetails:
    """An offer, as declared. `offeror_id` is an organisation of the reference data, None for the declarant's own words. Only an older
    register leaves out who they are to the body (`source`) and what it was worth (`value`), or gives no day (`offered_on_or_before`)."""

    kind: OfferKind
    source: OfferSource | None
    offeror: str
    description: str
    value: Decimal | None
    is_estimate: bool
    offered_on: date
    response: Response
    reason: str
    offeror_id: uuid.UUID | None = None
    business: str = ""
    is_beyond_modest: bool = False
    received_on: date | None = None
    comments: str = ""
    keep_private_because: str = ""
    keep_private_fields: tuple[str, ...] = ()  # names of columns; none: all that can be withheld
    offered_on_or_before: bool = False
    is_taken_over: bool = False


@dataclass(frozen=True)
class Approval:
    """That a senior manager approved an offer, or did not: on which day (None: nobody says it), in which words. `is_stated`: an older
    register says so, and nobody decided here."""

    is_approved: bool
    on: date | None
    words: str
    is_stated: bool = True

    @property
    def told(self) -> str:
        """What is kept of it as the reason: whose words they are, and the words."""
        return f"{AS_STATED} “{self.words}”" if self.is_stated else self.words


AS_STATED = "As the older register says:"


@dataclass(frozen=True)
class ApprovalDetails:
    """What a senior manager decided about an offer, and when."""

    is_approved: bool
    decided_on: date
    note: str
