"""Gifts and hospitality for tests, all invented, made by the commands that make them in the product."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, system_actor
from coi.registers.gifts.commands import declare_gift
from coi.registers.gifts.models import Gift
from coi.registers.gifts.vocabulary import GiftDetails, OfferKind, OfferSource, Response

AT = datetime(2026, 5, 10, 9, 0, tzinfo=UTC)
SYSTEM = system_actor("cli")


def gift_details(**changes: Any) -> GiftDetails:
    """An offer: a box of chocolates of a family, kept."""
    given: dict[str, Any] = {
        "kind": OfferKind.GIFT, "source": OfferSource.PATIENT, "offeror": "Family of J, ward 4", "description": "Box of chocolates",
        "value": Decimal(20), "is_estimate": True, "offered_on": date(2026, 5, 8), "response": Response.KEPT, "reason": "Thanks for care",
        "received_on": date(2026, 5, 8),
    }  # fmt: skip
    return GiftDetails(**{**given, **changes})


def a_gift(body: Body, person: Person | None, *, actor: Actor = SYSTEM, at: datetime = AT, **changes: Any) -> Gift:
    """An offer on the register of a body, to a person or to the body itself."""
    return declare_gift(body, person, gift_details(**changes), actor=actor, at=at)
