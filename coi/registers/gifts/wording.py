"""An offer line by line, as pages, receipts and the history show it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from coi.registers.gifts.vocabulary import (
    KIND_WORDS,
    RESPONSE_WORDS,
    SOURCE_SHORT,
    GiftStatus,
    OfferKind,
    OfferSource,
    Response,
)

NOT_RECORDED = "Not recorded"


class Offer(Protocol):
    """What a version and what was declared have in common."""

    @property
    def kind(self) -> OfferKind: ...
    @property
    def source(self) -> OfferSource | None: ...
    @property
    def offeror(self) -> str: ...
    @property
    def business(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def is_estimate(self) -> bool: ...
    @property
    def is_beyond_modest(self) -> bool: ...
    @property
    def offered_on(self) -> date: ...
    @property
    def offered_on_or_before(self) -> bool: ...
    @property
    def received_on(self) -> date | None: ...
    @property
    def response(self) -> Response: ...
    @property
    def reason(self) -> str: ...
    @property
    def comments(self) -> str: ...


@dataclass(frozen=True)
class Difference:
    """A line that a version changed."""

    label: str
    before: str
    after: str


def lines_of(offer: Offer, *, is_taken_over: bool = False) -> dict[str, str]:
    """Returns an offer line by line, in the order of the form (RULEBOOK §17.3). Of one that was taken over from an older register nobody
    knows whether it was received."""
    lines = {
        "What kind": KIND_WORDS[offer.kind],
        "Offered by": offer.offeror,
        "Who they are": SOURCE_SHORT[offer.source] if offer.source else NOT_RECORDED,
        "Nature of their business": offer.business or "Not given",
        "What was offered": offer.description,
        "Value": money(offer.value, offer.is_estimate),
    }
    if offer.kind is OfferKind.TRAVEL:
        lines["Business or first class, abroad, or more than we would pay for"] = (
            "Yes" if offer.is_beyond_modest else "No"
        )
    lines["Date of the offer"] = day(offer.offered_on, offer.offered_on_or_before)
    lines["What happened"] = RESPONSE_WORDS[offer.response]
    if offer.response is not Response.DECLINED:
        unsaid = NOT_RECORDED if is_taken_over else "Not received yet"
        lines["Date received"] = day(offer.received_on) if offer.received_on else unsaid
    lines["Reason"] = offer.reason or NOT_RECORDED
    if offer.comments:
        lines["Other comments"] = offer.comments
    return lines


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Difference, ...]:
    """Returns the lines that differ, those that came or went as well."""
    labels = dict.fromkeys([*after, *before])
    return tuple(
        Difference(label, before.get(label, "Nothing"), after.get(label, "Nothing"))
        for label in labels
        if before.get(label) != after.get(label)
    )


def decision_words(status: GiftStatus, decider: str, decided_on: date | None, note: str) -> str:
    """Returns who approved an offer or did not, and when; empty where nobody decided. An older register may leave out the day."""
    if status not in (GiftStatus.APPROVED, GiftStatus.NOT_APPROVED):
        return ""
    said = "Approved" if status is GiftStatus.APPROVED else "Not approved"
    by, on = f" by {decider}" if decider else "", f" on {day(decided_on)}" if decided_on else ""
    return f"{said}{by}{on}. {note}".strip()


def money(value: Decimal | None, is_estimate: bool = False) -> str:
    """Returns "£25", "£49.99", "about £25"; "Not recorded" where an older register does not say."""
    if value is None:
        return NOT_RECORDED
    pounds = f"£{value:,.0f}" if value == int(value) else f"£{value:,.2f}"
    return f"about {pounds}" if is_estimate else pounds


def day(on: date, or_before: bool = False) -> str:
    """Returns a date in words."""
    return f"{'On or before ' if or_before else ''}{on.day} {on:%B %Y}"
