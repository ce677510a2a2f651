"""Reading the disputes about the rulings on items."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from coi.database import db
from coi.errors import NotFound
from coi.meetings.conflicts.models import Ruling
from coi.meetings.disputes.models import RulingDispute


def every_dispute_on(item_ids: Collection[uuid.UUID]) -> list[RulingDispute]:
    """Returns the disputes about rulings on these items, those that were struck out too, in the order of recording."""
    found = sa.select(RulingDispute).where(RulingDispute.item_id.in_(item_ids))
    return list(db.session.scalars(found.order_by(RulingDispute.recorded_at, RulingDispute.id)))


def disputes_on(item_ids: Collection[uuid.UUID]) -> list[RulingDispute]:
    """Returns the disputes that stand."""
    return [row for row in every_dispute_on(item_ids) if row.struck_at is None]


def dispute_of(dispute_id: uuid.UUID) -> RulingDispute:
    """Returns a dispute that stands. Raises NotFound."""
    row = db.session.get(RulingDispute, dispute_id)
    if row is None or row.struck_at is not None:
        raise NotFound("There is no such dispute")
    return row


def last_ruling(item_id: uuid.UUID, committee_id: uuid.UUID, person_id: uuid.UUID) -> Ruling | None:
    """Returns the ruling that stands on a person for an item; None where nobody ruled."""
    found = sa.select(Ruling).where(
        Ruling.item_id == item_id, Ruling.committee_id == committee_id, Ruling.person_id == person_id
    )
    return db.session.scalar(found.order_by(Ruling.number.desc()).limit(1))
