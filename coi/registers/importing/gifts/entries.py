"""The entry of the register that a row of the file makes, alone or over what stands there. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from coi.errors import RuleBroken
from coi.guidance.rulesets import FIRST_DAY, effective
from coi.guidance.vocabulary import Rulebook
from coi.organisations.naming import folded
from coi.registers.gifts.rules import check_details, judge, went_against
from coi.registers.gifts.vocabulary import (
    KIND_WORDS,
    RESPONSE_WORDS,
    SOURCE_SHORT,
    Against,
    Approval,
    GiftDetails,
    OfferFacts,
    OfferKind,
    OfferSource,
    Response,
)
from coi.registers.gifts.wording import money
from coi.registers.importing.gifts.vocabulary import KnownGift, StatedGift
from coi.wording import day, shortened

HEADINGS: Mapping[str, str] = {
    "kind": "Kind", "description": "What was offered", "value": "Value", "offeror": "Offered by", "source": "Who they are",
    "business": "Nature of their business", "offered_on": "Date of the offer", "response": "What happened", "received_on": "Date received",
    "declared_on": "Declared", "reason": "Reason", "approval": "Senior approval", "comments": "Other comments",
}  # fmt: skip
"""The fields that a row may say, in the order of the register, as a page says them."""
STAYS = ("kind", "response", "received_on")
"""The fields that stay of an offer that was disposed of, and that a row says for certain."""
FIELDS = (*HEADINGS, "is_estimate", "offered_on_or_before", "declared_on_or_before")
_WORDS: Mapping[str, Mapping[Any, str]] = {"kind": KIND_WORDS, "response": RESPONSE_WORDS, "source": SOURCE_SHORT}
_DAYS = ("offered_on", "declared_on")
_BARE: Mapping[str, Any] = {
    "kind": OfferKind.GIFT, "source": None, "offeror": "", "business": "", "description": "", "value": None, "is_estimate": False,
    "received_on": None, "reason": "", "comments": "", "approval": None, "offered_on_or_before": False, "declared_on_or_before": False,
}  # fmt: skip


def new_entry(stated: StatedGift, as_at: date, *, is_for_body: bool = False) -> dict[str, Any]:
    """Returns what a row says and nothing else. Where it gives no day, it was offered and declared on that of the register or before; it
    was not declared before it was offered."""
    made = {**_BARE, **stated.said}
    for name in _DAYS:
        if name not in stated.said:
            made |= {name: as_at, f"{name}_or_before": True}
    if made["offered_on_or_before"] and made["offered_on"] > made["declared_on"]:
        made["offered_on"] = made["declared_on"]
    return _fitting(made, is_for_body=is_for_body)


def changed_entry(stated: StatedGift, one: KnownGift) -> dict[str, Any]:
    """Returns what stands, with what a row says differently; what it leaves out stays as it is."""
    made, differing = dict(one.details), list(_differing(stated, one))
    for name in differing:
        made[name] = stated.said[name]
        if name in _DAYS:
            made[f"{name}_or_before"] = bool(stated.said.get(f"{name}_or_before"))
        if name == "value":
            made["is_estimate"] = stated.said.get("is_estimate", False)
    made["approval"] = stated.said.get("approval")  # what was decided before rests on what stood then
    return _fitting(made, is_for_body=not one.person_id)


def _fitting(made: dict[str, Any], *, is_for_body: bool) -> dict[str, Any]:
    """What the organisation itself accepted is nobody's own; what was declined was not received."""
    if is_for_body and made["response"] is Response.KEPT:
        made["response"] = Response.PASSED_ON
    if made["response"] is Response.DECLINED:
        made["received_on"] = made["approval"] = None
    return made


def details_of(made: Mapping[str, Any]) -> GiftDetails:
    """Returns an entry as it is declared; the day on which that was, and whether it was approved, stand beside it."""
    told = {name: value for name, value in made.items() if not name.startswith("declared_on") and name != "approval"}
    return GiftDetails(**told, is_taken_over=True)


def fault(made: Mapping[str, Any], today: date, *, is_for_body: bool) -> str:
    """Returns, in words, why a row cannot stand on the register as it is; empty where it can."""
    kind = KIND_WORDS[made["kind"]]
    try:
        check_details(details_of(made), today=today, is_for_body=is_for_body)
    except RuleBroken as broken:
        if broken.field != "kind":
            return broken.reason
        if is_for_body:
            return f"It is read as “{kind}”, which is offered to a person. Say in the column of kinds what the organisation was offered"
        return f"It is read as “{kind}”, which goes to the organisation. Enter “The organisation” as its recipient, or another kind"
    if made["declared_on"] < made["offered_on"]:
        return f"It was declared on {day(made['declared_on'])}, before it was offered on {day(made['offered_on'])}"
    return ""


def against(made: Mapping[str, Any], rulebook: Rulebook) -> Against:
    """Returns how an entry by itself does not fit the rules of its own day; nothing where it leaves open what they would ask."""
    value, source, on, told = made["value"], made["source"], made["offered_on"], made["approval"]
    if value is None or source is None or made["offered_on_or_before"] or on < FIRST_DAY:
        return Against()
    facts = OfferFacts(made["kind"], source, value, is_approved=bool(told and told.is_approved))
    is_refused = bool(told and not told.is_approved)
    return went_against(judge(facts, effective(rulebook, on)), made["response"], is_refused=is_refused)


def differences(stated: StatedGift, one: KnownGift) -> Iterator[str]:
    """Yields, in words, what a row says differently of an offer on the register."""
    for name in _differing(stated, one):
        before, since = (said(name, each) for each in (one.details, stated.said))
        yield f"{HEADINGS[name]}: {one.reference} says “{before}”, the row “{since}”"


def said(name: str, made: Mapping[str, Any]) -> str:
    """Returns a field of an entry as a page says it."""
    value = made.get(name)
    if value is None or value == "":
        return "Nothing"
    if isinstance(value, Decimal):
        return money(value, bool(made.get("is_estimate")))
    if isinstance(value, Approval):
        on = f" on {day(value.on)}" if value.on else ""
        return shortened(f"{'Approved' if value.is_approved else 'Not approved'}{on}. {value.told}", 160)
    if isinstance(value, date):
        return f"{'on or before ' if made.get(f'{name}_or_before') else ''}{day(value)}"
    words = _WORDS[name][value] if name in _WORDS else " ".join(str(value).split())
    return shortened(words, 120)


def is_theirs(made: Mapping[str, Any], stated: StatedGift) -> bool:
    """Whether both name one offeror, however it is spelt; patients are all called alike."""
    patients = [each.get("source") is OfferSource.PATIENT for each in (made, stated.said)]
    return all(patients) or folded(made["offeror"]) == folded(stated.said.get("offeror", ""))


def is_day(made: Mapping[str, Any], stated: StatedGift) -> bool:
    """Whether both can have been offered on one day."""
    on = stated.said.get("offered_on")
    if on is None or (made["offered_on_or_before"] and on <= made["offered_on"]):
        return True
    return _is_within(stated, made) or bool(made["offered_on"] == on)


def _is_within(stated: StatedGift, made: Mapping[str, Any]) -> bool:
    """Whether the register knows the day, and the file no more than its month or year, or the latest that it can have been."""
    on = stated.said.get("offered_on")
    if not on or not stated.said.get("offered_on_or_before"):
        return False
    return bool(made["offered_on"] <= on and (stated.earliest is None or stated.earliest <= made["offered_on"]))


def _differing(stated: StatedGift, one: KnownGift) -> Iterator[str]:
    """The fields of which a row says something else than what stands."""
    stands = one.details
    for name in HEADINGS:
        if name not in stated.said:
            continue
        value, before = stated.said[name], stands[name]
        if name == "offeror" and is_theirs(stands, stated):
            continue
        if name == "offered_on" and _is_within(stated, stands):
            continue
        if name == "response" and not one.person_id and value is Response.KEPT and before is Response.PASSED_ON:
            continue
        if name == "received_on" and stands["response"] is Response.DECLINED:
            continue
        if name == "approval" and before is not None and not before.is_stated:
            continue  # it was decided here
        if isinstance(value, str) and isinstance(before, str) and name not in _WORDS:
            if folded(value) != folded(before):
                yield name
        elif value != before or (
            name in _DAYS and stands[f"{name}_or_before"] and not stated.said.get(f"{name}_or_before")
        ):
            yield name
