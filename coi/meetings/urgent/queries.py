"""Reading the urgent decisions that items report."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from coi.database import db
from coi.errors import NotFound
from coi.meetings.models import AgendaItem
from coi.meetings.urgent.models import UrgentDecision


def urgent_on(item_ids: Collection[uuid.UUID]) -> list[UrgentDecision]:
    """Returns the urgent decisions that these items report."""
    found = sa.select(UrgentDecision).where(UrgentDecision.item_id.in_(item_ids))
    return list(db.session.scalars(found.order_by(UrgentDecision.decided_at, UrgentDecision.id)))


def urgent_decision_of(item: AgendaItem) -> UrgentDecision:
    """Returns the urgent decision that an item reports. Raises NotFound."""
    rows = urgent_on([item.id])
    if not rows:
        raise NotFound("There is no such urgent decision")
    return rows[0]
