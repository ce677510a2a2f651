"""The demo's gifts and hospitality: accepted, declined, passed on, waiting for approval, and one that should not have been kept."""

from dataclasses import dataclass
from decimal import Decimal

from coi.cli.demo.scene import Scene
from coi.registers.gifts import commands as gifts
from coi.registers.gifts.models import Gift
from coi.registers.gifts.vocabulary import (
    ApprovalDetails,
    GiftDetails,
    OfferKind,
    OfferSource,
    Response,
)

OFFERED = -75  # the first of the offers; all were made between the yearly review and the last meeting
FIRST_DAY, LAST_DAY = -365, 365
_S, _P, _X = OfferSource.SUPPLIER, OfferSource.PATIENT, OfferSource.OTHER
KEPT, DECLINED, PASSED_ON = Response.KEPT, Response.DECLINED, Response.PASSED_ON


@dataclass(frozen=True)
class DemoGift:
    """An offer: to whom (None: the board itself), how many days after the first, what, by whom and what became of it."""

    person: str | None
    day: int
    kind: OfferKind
    source: OfferSource
    offeror: str  # a key of an organisation, or words
    business: str
    description: str
    pounds: str
    response: Response
    reason: str
    declared: int = 2  # days after the offer
    approval: str = ""
    keep_private_because: str = ""


GIFTS = (
    DemoGift("nurse", 0, OfferKind.GIFT, _P, "Family of T, Kestrow", "", "Box of biscuits and a card", "12", KEPT, "A small thank-you",
             keep_private_because="The family is known in my street, and has had unkind letters"),
    DemoGift("gp", 4, OfferKind.PROMOTIONAL, _S, "ostrelle", "Digital health", "Mug with the company’s name", "5", KEPT, "All got one"),
    DemoGift("consultant", 9, OfferKind.GIFT, _S, "pellowe", "Surgical services", "Case of wine", "85", DECLINED, "From a likely bidder"),
    DemoGift("director", 15, OfferKind.MEAL, _S, "ostrelle", "Digital health", "Dinner after a product evening", "45", KEPT,
             "To learn about the product", approval="Approved before the event. Two officers went"),
    DemoGift("finance", 21, OfferKind.MEAL, _X, "council", "Council", "Lunch at the partnership day", "28", KEPT, "Part of the day"),
    DemoGift("gp2", 26, OfferKind.MEAL, _S, "pellowe", "Surgical services", "Lunch and a round of golf", "70", KEPT, "Invited as a guest",
             declared=55),
    DemoGift("chair", 30, OfferKind.GIFT, _P, "Patient group, Alderquay", "", "Framed print", "60", PASSED_ON,
             "Hangs in the board’s meeting room"),
    DemoGift("declarant", 33, OfferKind.CASH, _P, "Patient W", "", "£100 in an envelope", "100", DECLINED, "Always declined", declared=1),
    DemoGift(None, 38, OfferKind.SPONSORED_EVENT, _S, "ostrelle", "Digital health", "Room and catering for the protected learning day",
             "1800", PASSED_ON, "Open to all practices, no say in the programme"),
)  # fmt: skip


def declare_gifts(scene: Scene, *, after: int = FIRST_DAY, until: int = LAST_DAY) -> None:
    """Declares the offers that were declared after one day and until another, each on its day, and records the approval of one."""
    for each in sorted(GIFTS, key=lambda one: one.day + one.declared):
        if not after < OFFERED + each.day + each.declared <= until:
            continue
        gift = _declare(scene, each)
        if each.approval:
            details = ApprovalDetails(True, scene.days.on(OFFERED + each.day), each.approval)
            at = scene.days.at(OFFERED + each.day + each.declared, "16:00")
            gifts.decide_gift(gift, details, version=1, actor=scene.actor("governance"), at=at)


def _declare(scene: Scene, each: DemoGift) -> Gift:
    offered = scene.days.on(OFFERED + each.day)
    details = GiftDetails(
        kind=each.kind, source=each.source, offeror=scene.organisation_name(each.offeror), offeror_id=scene.organisation_id(each.offeror),
        business=each.business, description=each.description, value=Decimal(each.pounds), is_estimate=each.response is DECLINED,
        offered_on=offered, received_on=None if each.response is DECLINED else offered, response=each.response, reason=each.reason,
        keep_private_because=each.keep_private_because, keep_private_fields=("details", "reason"),
    )  # fmt: skip
    at = scene.days.at(OFFERED + each.day + each.declared, "15:00")
    person = scene.people[each.person] if each.person else None
    actor = scene.actor(each.person) if each.person else scene.actor("governance")
    return gifts.declare_gift(scene.body, person, details, actor=actor, at=at)
