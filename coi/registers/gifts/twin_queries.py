"""Reading which offers look the same as what is about to be declared."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from coi.database import db
from coi.registers.gifts.models import Gift, GiftVersion
from coi.registers.gifts.queries import V, offeror_key, standing
from coi.registers.gifts.vocabulary import KIND_WORDS, GiftDetails, GiftStatus
from coi.registers.gifts.wording import money
from coi.registers.twins import Twin


def twins_of(body_id: uuid.UUID, person_id: uuid.UUID | None, details: GiftDetails, at: datetime) -> list[Twin]:
    """Returns the entries of a body that look the same as an offer: to the same recipient, by the same offeror, of the same kind, on the
    same day. Rule: GIFT-02."""
    rows = (
        sa.select(GiftVersion).join(GiftVersion.gift)
        .where(Gift.body_id == body_id, Gift.person_id == person_id if person_id else Gift.person_id.is_(None),
               V.kind == details.kind, V.offered_on == details.offered_on, V.status != GiftStatus.WITHDRAWN, standing(at),
               V.offeror_key == offeror_key(details.offeror.strip(), details.offeror_id))
        .options(contains_eager(GiftVersion.gift)).order_by(Gift.reference)
    )  # fmt: skip
    return [
        Twin(
            each.gift.reference,
            f"{KIND_WORDS[each.kind]}, {each.description}, {money(each.value)}",
            each.declared_on,
            each.entered_by_name,
        )
        for each in db.session.scalars(rows)
    ]
