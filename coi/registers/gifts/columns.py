"""What the register of gifts and hospitality publishes: its columns, and one offer as a row of them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coi.registers.columns import Column, ColumnKind, PublicRow, RegisterShape, Value
from coi.registers.gifts.vocabulary import (
    KIND_WORDS,
    RESPONSE_WORDS,
    SOURCE_SHORT,
    GiftStatus,
    OfferKind,
    OfferSource,
    Response,
)
from coi.registers.vocabulary import REGISTER_TITLES, RegisterKind

_T, _D, _B, _M, _L = ColumnKind.TEXT, ColumnKind.DATE, ColumnKind.BOOLEAN, ColumnKind.MONEY, ColumnKind.LIST
PATIENT = "A patient, or a patient’s family"


def _machine(name: str, heading: str, kind: ColumnKind = _T, description: str = "") -> Column:
    return Column(name, heading, kind, description, is_shown=False)


def _told(name: str, heading: str, kind: ColumnKind = _T, description: str = "") -> Column:
    return Column(name, heading, kind, description, is_shown=False, is_told=True)


def _shown(name: str, heading: str, kind: ColumnKind = _T, description: str = "") -> Column:
    return Column(name, heading, kind, description, is_withholdable=True)


SHAPE = RegisterShape(
    RegisterKind.GIFTS,
    REGISTER_TITLES[RegisterKind.GIFTS],
    (
        _shown("name", "Name", description="Whom it was offered to: a person, or the organisation itself"),
        _shown("position", "Position", description="Posts held at the body"),
        _shown("offered_on", "Date of offer", _D),
        _shown("response", "Accepted or declined"),
        _shown("received_on", "Date of receipt", _D, "Empty where it was declined"),
        _shown("declared_on", "Date declared", _D),
        _shown("kind", "Kind"),
        _shown("details", "Details", description="What was offered"),
        _shown("value", "Estimated value", _M, "In pounds, real or estimated"),
        _shown("offeror", "Offered by", _L, "A patient or their family is never named"),
        _shown("business", "Nature of their business"),
        _shown("reason", "Reason for accepting or declining"),
        _shown("approval", "Approval", description="Of a senior manager, where one was recorded"),
        _told("is_estimate", "Value is an estimate", _B),
        _told("source", "Kind of offeror"),
        _machine("offeror_identifier", "Offeror identifier", _L, "The code of the organisation, where it is known by one"),
        _machine("identifier_scheme", "Identifier scheme", description="GB-NHS: codes of the Organisation Data Service"),
        _machine("person_id", "Person identifier", description="Empty where the organisation itself received it"),
        _machine("gift_id", "Entry identifier", description="The reference of the entry"),
        _told("date_recorded", "Date entered on the register", _D),
        _told("date_updated", "Date last changed", _D),
        _machine("withheld", "Withheld", _L, "The names of columns that are kept from the public"),
    ),
)  # fmt: skip
SCHEME = "GB-NHS"
FIELD_WORDS: Mapping[str, str] = {column.name: column.heading for column in SHAPE.columns if column.is_withholdable}
"""What can be withheld, in the words of the register."""
_SAID_TWICE: Mapping[str, tuple[str, ...]] = {
    "name": ("person_id",),
    "value": ("is_estimate",),
    "offeror": ("offeror_identifier", "identifier_scheme"),
}
"""Columns that give a withheld one away, and go with it."""


@dataclass(frozen=True)
class PublicFacts:
    """What a row is made from. `person_id` is empty where the body itself is the recipient; `public_until` the last public day."""

    reference: str
    name: str
    sort_key: str
    kind: OfferKind
    source: OfferSource
    offeror: str
    description: str
    value: Decimal
    is_estimate: bool
    offered_on: date
    declared_on: date
    response: Response
    reason: str
    status: GiftStatus
    person_id: str = ""
    position: str = ""
    business: str = ""
    code: str = ""
    received_on: date | None = None
    decided_on: date | None = None
    recorded_on: date | None = None
    updated_on: date | None = None
    public_until: date | None = None


def hidden_with(fields: frozenset[str]) -> frozenset[str]:
    """Returns `fields` with what would give them away, all names where everything is withheld. Rule: REG-06; RULEBOOK §7.3."""
    return SHAPE.hidden_with(fields, _SAID_TWICE)


def public_row(facts: PublicFacts, hidden: frozenset[str] = frozenset()) -> PublicRow:
    """Returns an offer as the public may read it, without what is `hidden`; a row without its name is ordered last, so that its place
    gives nothing away. A patient is never named, nor are their words about who they are. Rules: GIFT-01, REG-02, REG-06; RULEBOOK
    §7.3, §17.4."""
    values = {name: None if name in hidden else value for name, value in _values(facts).items()}
    values["withheld"] = tuple(name for name in SHAPE.withholdable if name in hidden)
    return PublicRow(facts.reference, "~" if "name" in hidden else facts.sort_key, values, facts.public_until)


def _values(facts: PublicFacts) -> dict[str, Value]:
    is_patient = facts.source is OfferSource.PATIENT
    return {
        "name": facts.name, "position": facts.position or None, "offered_on": facts.offered_on, "response": RESPONSE_WORDS[facts.response],
        "received_on": facts.received_on, "declared_on": facts.declared_on, "kind": KIND_WORDS[facts.kind], "details": facts.description,
        "value": facts.value, "offeror": (PATIENT if is_patient else facts.offeror,),
        "business": None if is_patient else facts.business or None, "reason": facts.reason, "approval": _approval(facts),
        "is_estimate": facts.is_estimate, "source": SOURCE_SHORT[facts.source],
        "offeror_identifier": (facts.code,) if facts.code and not is_patient else (),
        "identifier_scheme": SCHEME if facts.code and not is_patient else None, "person_id": facts.person_id or None,
        "gift_id": facts.reference, "date_recorded": facts.recorded_on, "date_updated": facts.updated_on,
    }  # fmt: skip


def _approval(facts: PublicFacts) -> str | None:
    if facts.decided_on is None:
        return None
    said = {GiftStatus.APPROVED: "Approved", GiftStatus.NOT_APPROVED: "Not approved"}.get(facts.status)
    return f"{said} on {facts.decided_on.day} {facts.decided_on:%B %Y}" if said else None
