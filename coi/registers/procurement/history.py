"""What a correction changed, field by field, as people read it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from coi.registers.procurement.notices import money
from coi.registers.procurement.vocabulary import (
    ARRANGEMENT_WORDS,
    OUTCOME_WORDS,
    ROUTE_WORDS,
    SERVICE_WORDS,
    DecisionDetails,
    Supplier,
)

HEADINGS: Mapping[str, str] = {
    "title": "Contract or service title", "description": "Description", "outcome": "What was decided", "outcome_details": "Details",
    "arrangement": "Whose procurement it is", "arrangement_details": "With whom", "service_kind": "What is bought",
    "route": "Procurement route", "route_reasons": "Why this route and this provider",
    "is_gp_provider": "Could GP practices or their federations provide it?", "clinical_lead": "Clinical lead",
    "contract_manager": "Contract manager", "process": "Decision-making process", "committee": "Name of the committee",
    "decided_on": "Decided on", "decided_on_or_before": "Decided on that day or before",
    "involved": "Who was involved", "conflicts": "Conflicts noted", "mitigations": "Actions to mitigate",
    "justification": "Justification for the actions", "supplier": "Contract awarded to", "other_suppliers": "Other suppliers",
    "value_total": "Contract value, total", "value_body": "Value to the body", "starts_on": "Contract starts", "ends_on": "Contract ends",
    "intended_on": "Notice of the intention to award", "representations": "Representations", "comments": "Comments",
    "public_from": "Public from", "award_noticed_on": "Notice of the award", "notice_reference": "Reference of the notice",
    "cpv": "CPV code",
}  # fmt: skip
_WORDS: Mapping[str, Mapping[Any, str]] = {
    "outcome": OUTCOME_WORDS, "arrangement": ARRANGEMENT_WORDS, "service_kind": SERVICE_WORDS, "route": ROUTE_WORDS,
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One field: what the register said, and what it says since."""

    heading: str
    before: str
    after: str


def changes(before: DecisionDetails, after: DecisionDetails) -> tuple[Change, ...]:
    """Returns what differs between two versions, in the order of the register. Rule: PROC-03."""
    return tuple(
        Change(heading, said(name, getattr(before, name)), said(name, getattr(after, name)))
        for name, heading in HEADINGS.items()
        if getattr(before, name) != getattr(after, name)
    )


def said(name: str, value: Any) -> str:
    """Returns a value of a field as a page says it."""
    if value is None or value == "" or value == ():
        return "Nothing"
    if isinstance(value, StrEnum):
        return _WORDS[name][value]
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, Supplier):
        return ", ".join(each for each in (value.name, value.address) if each)
    return "\n".join(value) if isinstance(value, tuple) else str(value)
