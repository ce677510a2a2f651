"""The row of the register that a row of the file makes, alone or over what stands there. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from coi.errors import RuleBroken
from coi.organisations.naming import folded
from coi.registers.importing.procurement.vocabulary import KnownDecision, StatedDecision
from coi.registers.procurement.history import HEADINGS, said
from coi.registers.procurement.rules import check_details
from coi.registers.procurement.vocabulary import DecisionDetails, Supplier

_BLANK = DecisionDetails(
    title="", description="", outcome=None, outcome_details="", arrangement=None, arrangement_details="", service_kind=None, route=None,
    route_reasons="", is_gp_provider=None, clinical_lead="", contract_manager="", process="", committee="", decided_on=date.min,
    involved="", conflicts="", mitigations="", justification="", supplier=None, other_suppliers=(), value_total=None, value_body=None,
    starts_on=None, ends_on=None, intended_on=None, representations="", comments="", public_from=date.min,
)  # fmt: skip


STAYS = ("outcome", "arrangement", "route", "starts_on", "ends_on")
"""The fields that stay of a decision that was disposed of, besides the day on which it was taken."""
_OF_THE_DAY = ("decided_on", "decided_on_or_before")


def new_details(stated: StatedDecision, as_at: date, public_from: date) -> DecisionDetails:
    """Returns what a row says and nothing else. Where it gives no day it was decided on that of the register or before."""
    undated = {} if stated.said.get("decided_on") else {"decided_on": as_at, "decided_on_or_before": True}
    return replace(_BLANK, public_from=public_from, **{**undated, **stated.said})


def changed_details(stated: StatedDecision, one: DecisionDetails) -> DecisionDetails:
    """Returns what stands, with what a row says differently; what it leaves out stays as it is."""
    changed = {name: stated.said[name] for name in _differing(stated, one)}
    if "decided_on" in changed:
        changed["decided_on_or_before"] = bool(stated.said.get("decided_on_or_before"))
    supplier = changed.get("supplier")
    if supplier is not None and one.supplier is not None and not supplier.address:
        changed["supplier"] = replace(supplier, address=one.supplier.address)
    return replace(one, **changed)


def differences(stated: StatedDecision, one: KnownDecision) -> Iterator[str]:
    """Yields, in words, what a row says differently of a decision on the register."""
    for name in _differing(stated, one.details):
        before, since = (_short(name, value) for value in (getattr(one.details, name), stated.said[name]))
        yield f"{HEADINGS[name]}: {one.reference} says “{before}”, the row “{since}”"


def fault(details: DecisionDetails, today: date) -> str:
    """Returns, in words, why a row cannot stand on the register as it is; empty where it can."""
    try:
        check_details(details, None, today=today, is_draft=True)
    except RuleBroken as broken:
        heading = HEADINGS.get(broken.field or "", "")
        return f"{heading}: {broken.reason[0].lower()}{broken.reason[1:]}" if heading else broken.reason
    return ""


def same_supplier(one: Supplier | None, other: Supplier | None) -> bool:
    """Whether two name one supplier, however it is spelt."""
    return folded(one.name if one else "") == folded(other.name if other else "")


def _differing(stated: StatedDecision, one: DecisionDetails) -> list[str]:
    """The fields of which a row says something else than what stands."""
    found = [
        name for name, value in stated.said.items() if name not in _OF_THE_DAY and _differs(value, getattr(one, name))
    ]
    on, is_latest = stated.said.get("decided_on"), bool(stated.said.get("decided_on_or_before"))
    if on is None:
        return found
    is_other = on != one.decided_on or (one.decided_on_or_before and not is_latest)
    return ["decided_on", *found] if is_other and not is_within(stated, one) else found


def is_within(stated: StatedDecision, one: DecisionDetails) -> bool:
    """Whether the day that the register knows, or by which it knows it to have been, lies in the month or year of which the file knows no
    more."""
    first, last = stated.earliest, stated.latest
    return bool(first and last and first <= one.decided_on <= last)


def _differs(value: Any, stands: Any) -> bool:
    if isinstance(value, Supplier):
        moved = value.address and folded(value.address) != folded(stands.address if stands else "")
        return not same_supplier(value, stands) or bool(moved)
    if isinstance(value, tuple):
        return [folded(each) for each in value] != [folded(each) for each in stands]
    if isinstance(value, str) and isinstance(stands, str):
        return folded(value) != folded(stands)
    return bool(value != stands)


def _short(name: str, value: Any) -> str:
    told = " ".join(said(name, value).split())
    return f"{told[:119]}…" if len(told) > 120 else told
