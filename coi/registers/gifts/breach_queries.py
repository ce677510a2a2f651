"""Reading an offer as a suspected breach: whether what happened went against the rules, and the facts that one is opened with."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from coi.database import db
from coi.errors import NotFound
from coi.organisations.policy_queries import rulebook_of
from coi.registers.breaches.vocabulary import BreachKind, BreachSource, Suspicion
from coi.registers.gifts import queries
from coi.registers.gifts.models import Gift
from coi.registers.gifts.rules import went_against
from coi.registers.gifts.vocabulary import RESPONSE_WORDS, Against, GiftStatus
from coi.registers.gifts.wording import money


def against_rules(gift: Gift, at: datetime) -> Against:
    """Returns how the entry as it stands does not fit the rules of the day of the offer. Rules: GIFT-01, GIFT-02, HOSP-01; RULEBOOK §8."""
    stands = gift.versions[-1]
    verdict = queries.verdicts_of([stands], rulebook_of(gift.body_id), at)[gift.id]
    if verdict is None or stands.status is GiftStatus.WITHDRAWN:
        return Against()
    return went_against(verdict, stands.response, is_refused=stands.status is GiftStatus.NOT_APPROVED)


def accepted_gift(gift_id: uuid.UUID, people: Sequence[uuid.UUID]) -> tuple[Suspicion, uuid.UUID] | None:
    """Returns an offer that was accepted against the rules as a suspected breach, and the body; None where the entry, as it stands, does
    not go against them any more. Raises NotFound. Rule: BRE-01."""
    gift = db.session.get(Gift, gift_id)
    if gift is None:
        raise NotFound("There is no such entry")
    stands = gift.versions[-1]
    against = against_rules(gift, stands.recorded_at)
    if not against.is_possible_breach:
        return None
    what = (
        f"Entry {gift.reference} of the register of gifts and hospitality: {stands.description}, "
        f"{money(stands.value, stands.is_estimate)}, from {stands.offeror} to {gift.recipient}. {RESPONSE_WORDS[stands.response]}. "
        f"{against.words}. Reason given: {stands.reason or 'none'}"
    )
    found = Suspicion(
        BreachSource.GIFT_ACCEPTED, "gift", gift.id, BreachKind.GIFT, what, stands.received_on or stands.offered_on, tuple(people)
    )  # fmt: skip
    return found, gift.body_id
