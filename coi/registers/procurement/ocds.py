"""Rows of the register as releases of the Open Contracting Data Standard 1.1. Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from coi.registers.procurement.cpv import eight_digits
from coi.registers.procurement.suppliers import supplier_of
from coi.registers.procurement.vocabulary import ROUTE_WORDS, DecisionDetails, Facts, Outcome, Route, Supplier

VERSION = "1.1"
UNREGISTERED = "ocds-000000"
"""Stands where a publisher has not registered a prefix of its own."""
SCHEME = "GB-NHS"  # the list of the NHS's Organisation Data Service, in the register of lists org-id.guide
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

Release = dict[str, Any]

_METHODS = {
    Route.DIRECT_A: "direct", Route.DIRECT_B: "direct", Route.DIRECT_C: "direct", Route.SINGLE_TENDER: "direct",
    Route.URGENT: "direct", Route.MOST_SUITABLE: "limited", Route.FRAMEWORK: "selective", Route.COMPETITIVE: "open",
    Route.ANY_QUALIFIED: "open",
}  # fmt: skip
_AWARD = {Outcome.INTENDED: "pending", Outcome.NOT_AWARDED: "unsuccessful", Outcome.ABANDONED: "cancelled"}
_TENDER = {
    Outcome.INTENDED: "active", Outcome.GO_TO_PROCUREMENT: "planned", Outcome.NOT_AWARDED: "unsuccessful",
    Outcome.ABANDONED: "cancelled",
}  # fmt: skip


@dataclass(frozen=True)
class Publisher:
    """Whose register it is."""

    name: str
    code: str
    uri: str
    prefix: str = UNREGISTERED


def release_package(rows: Iterable[Facts], publisher: Publisher, *, published_at: datetime) -> dict[str, Any]:
    """Returns a release package: one release for each row, in its present version. A row keeps its ocid for good; a release its id.
    Rule: PROC-03; OCDS 1.1."""
    return {
        "uri": publisher.uri,
        "version": VERSION,
        "publishedDate": _instant(published_at),
        "publisher": {"name": publisher.name, **({"scheme": SCHEME, "uid": publisher.code} if publisher.code else {})},
        "license": LICENCE,
        "releases": [release(each, publisher) for each in rows],
    }


def release(facts: Facts, publisher: Publisher) -> Release:
    """Returns the release of one row: planning where nothing is awarded yet, else the award and, where there is one, the contract."""
    details = facts.details
    buyer = {"id": _party_id(Supplier(publisher.name, code=publisher.code)), "name": publisher.name}
    suppliers = _suppliers(facts)
    found: Release = {
        "ocid": f"{publisher.prefix}-{_slug(facts.reference)}",
        "id": f"{_slug(facts.reference)}-{facts.number}",
        "date": _instant(facts.recorded_at),
        "tag": tags(facts),
        "initiationType": "tender",
        "language": "en",
        "parties": [
            _party(Supplier(publisher.name, code=publisher.code), "buyer"),
            *(_party(each, "supplier") for each in suppliers),
        ],
        "buyer": buyer,
        "tender": _tender(facts),
    }
    if _is_planned(details):
        found["planning"] = {"rationale": details.route_reasons or details.description or details.title}
        return found
    found["awards"] = [_award(facts, suppliers)]
    if details.is_award:
        found["contracts"] = [_contract(facts)]
    return found


def _is_planned(details: DecisionDetails) -> bool:
    """Whether nothing was decided about an award yet. An older register names a supplier and need not say what was decided."""
    return not details.names_supplier if details.outcome is None else details.outcome is Outcome.GO_TO_PROCUREMENT


def tags(facts: Facts) -> list[str]:
    """Returns the tags of a release, from the closed list of the standard."""
    outcome, first = facts.details.outcome, facts.number == 1
    if _is_planned(facts.details):
        return ["planning"] if first else ["planningUpdate"]
    if outcome is Outcome.ABANDONED:
        return ["tenderCancellation", "award" if first else "awardUpdate"]
    award = "award" if first else "awardUpdate"
    if not facts.details.is_award:
        return [award]
    return [award, "contract" if first else "contractUpdate"]


def _tender(facts: Facts) -> Release:
    details = facts.details
    found: Release = {
        "id": f"{_slug(facts.reference)}-tender", "title": details.title, "status": _status(details.outcome, _TENDER, "complete"),
        "mainProcurementCategory": "services",
    }  # fmt: skip
    if details.description:
        found["description"] = details.description
    codes = eight_digits(details.cpv)
    if codes:
        found["items"] = [{"id": code, "classification": {"scheme": "CPV", "id": code}} for code in codes]
    if details.route is not None:
        found["procurementMethod"] = _METHODS[details.route]
        found["procurementMethodDetails"] = ROUTE_WORDS[details.route]
    if details.route_reasons:
        found["procurementMethodRationale"] = details.route_reasons
    return found


def _award(facts: Facts, suppliers: list[Supplier]) -> Release:
    details = facts.details
    found: Release = {
        "id": f"{_slug(facts.reference)}-award", "title": details.title, "status": _status(details.outcome, _AWARD, "active"),
    }  # fmt: skip
    if not details.decided_on_or_before:
        found["date"] = _midnight(details.decided_on)
    if details.description:
        found["description"] = details.description
    if details.value_total is not None and details.names_supplier:
        found["value"] = _value(details.value_total)
    if suppliers:
        found["suppliers"] = [{"id": _party_id(each), "name": each.name} for each in suppliers]
    period = _period(facts)
    if period and details.has_terms:
        found["contractPeriod"] = period
    return found


def _contract(facts: Facts) -> Release:
    details = facts.details
    found: Release = {
        "id": f"{_slug(facts.reference)}-contract", "awardID": f"{_slug(facts.reference)}-award", "title": details.title,
        "status": "active",
    }  # fmt: skip
    if details.value_total is not None:
        found["value"] = _value(details.value_total)
    period = _period(facts)
    if period:
        found["period"] = period
    return found


def _suppliers(facts: Facts) -> list[Supplier]:
    details = facts.details
    first = [_read(details.supplier)] if details.supplier else []
    named: dict[str, Supplier] = {}
    for each in [*first, *(supplier_of(line)[0] for line in details.other_suppliers)]:
        named.setdefault(_party_id(each), each)
    return list(named.values()) if details.names_supplier else []


def _read(who: Supplier) -> Supplier:
    """A supplier in words may have its code in them."""
    if who.code or who.organisation_id is not None:
        return who
    read, _value = supplier_of(who.name)
    return replace(read, address=who.address or read.address)


def _status(outcome: Outcome | None, known: Mapping[Outcome, str], otherwise: str) -> str:
    return otherwise if outcome is None else known.get(outcome, otherwise)


def _party(who: Supplier, role: str) -> Release:
    found: Release = {"id": _party_id(who), "name": who.name, "roles": [role]}
    if who.code:
        found["identifier"] = {"scheme": SCHEME, "id": who.code, "legalName": who.name}
    if who.address:
        found["address"] = {"streetAddress": who.address, "countryName": "United Kingdom"}
    return found


def _party_id(who: Supplier) -> str:
    """The ODS code under its list; without one, an id that is the same wherever the name is."""
    if who.code:
        return f"{SCHEME}-{who.code}"
    return f"name-{hashlib.sha256(' '.join(who.name.casefold().split()).encode()).hexdigest()[:16]}"


def _value(amount: Decimal) -> Release:
    whole = amount == amount.to_integral_value()
    return {"amount": int(amount) if whole else float(amount), "currency": "GBP"}


def _period(facts: Facts) -> Release:
    found = {}
    if facts.details.starts_on:
        found["startDate"] = _midnight(facts.details.starts_on)
    if facts.details.ends_on:
        found["endDate"] = f"{facts.details.ends_on.isoformat()}T23:59:59Z"
    return found


def _slug(reference: str) -> str:
    return reference.replace("/", "-")


def _midnight(on: date) -> str:
    return f"{on.isoformat()}T00:00:00Z"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
