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
from coi.wording import day

_T, _D, _B, _M, _L = ColumnKind.TEXT, ColumnKind.DATE, ColumnKind.BOOLEAN, ColumnKind.MONEY, ColumnKind.LIST
PATIENT = "A patient, or a patient’s family"
NOT_CONFIRMED = "Not confirmed yet"


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
        _shown("approval", "Approval", description="Of a senior manager, where one was recorded or an older register states it"),
        _told("dates", "What is known of the dates", description="Where an older register does not give the day"),
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
    "offered_on": ("dates",),
    "declared_on": ("dates",),
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
    source: OfferSource | None
    offeror: str
    description: str
    value: Decimal | None
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
    offered_on_or_before: bool = False
    declared_on_or_before: bool = False
    is_organisation: bool = False  # who offered it is known to be one
    is_approval_stated: bool = False  # an older register says it

    @property
    def is_nameable(self) -> bool:
        """Whether the public may read who offered it: nobody of whom an older register leaves open whether they are a patient."""
        return self.source is not OfferSource.PATIENT and (self.source is not None or self.is_organisation)


def hidden_with(fields: frozenset[str]) -> frozenset[str]:
    """Returns `fields` with what would give them away, all names where everything is withheld. Rule: REG-06; RULEBOOK §7.3."""
    return SHAPE.hidden_with(fields, _SAID_TWICE)


def public_row(facts: PublicFacts, hidden: frozenset[str] = frozenset()) -> PublicRow:
    """Returns an offer as the public may read it, without what is `hidden`; a row without its name is ordered last, so that its place
    gives nothing away. A patient is never named, nor are their words about who they are; nor is who may be one.
    Rules: GIFT-01, REG-02, REG-06; RULEBOOK §7.3, §17.4."""
    values = {name: None if name in hidden else value for name, value in _values(facts).items()}
    values["withheld"] = tuple(name for name in SHAPE.withholdable if name in hidden)
    return PublicRow(facts.reference, "~" if "name" in hidden else facts.sort_key, values, facts.public_until)


def _values(facts: PublicFacts) -> dict[str, Value]:
    source, is_named = facts.source, facts.is_nameable
    offeror = facts.offeror if is_named else PATIENT if source else NOT_CONFIRMED
    return {
        "name": facts.name, "position": facts.position or None, "offered_on": None if facts.offered_on_or_before else facts.offered_on,
        "response": RESPONSE_WORDS[facts.response], "received_on": facts.received_on,
        "declared_on": None if facts.declared_on_or_before else facts.declared_on, "dates": _dates(facts) or None,
        "kind": KIND_WORDS[facts.kind], "details": facts.description,
        "value": facts.value, "offeror": (offeror,),
        "business": facts.business or None if is_named else None, "reason": facts.reason or None, "approval": _approval(facts),
        "is_estimate": facts.is_estimate, "source": SOURCE_SHORT[source] if source else None,
        "offeror_identifier": (facts.code,) if facts.code and is_named else (),
        "identifier_scheme": SCHEME if facts.code and is_named else None, "person_id": facts.person_id or None,
        "gift_id": facts.reference, "date_recorded": facts.recorded_on, "date_updated": facts.updated_on,
    }  # fmt: skip


def _approval(facts: PublicFacts) -> str | None:
    said = {GiftStatus.APPROVED: "Approved", GiftStatus.NOT_APPROVED: "Not approved"}.get(facts.status)
    on = f" on {day(facts.decided_on)}" if facts.decided_on else ""
    return f"{said}{on}{', as the older register says' if facts.is_approval_stated else ''}" if said else None


def _dates(facts: PublicFacts) -> str:
    """What an older register leaves open of the days."""
    told = (
        ("Offered", facts.offered_on, facts.offered_on_or_before),
        ("Declared", facts.declared_on, facts.declared_on_or_before),
    )
    return ". ".join(f"{what} on or before {day(on)}" for what, on, is_open in told if is_open)
