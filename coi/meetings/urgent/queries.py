"""Reading the urgent decisions that items report."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from coi.database import db
from coi.errors import NotFound
from coi.meetings.chains import chain_of
from coi.meetings.models import AgendaItem
from coi.meetings.urgent.models import UrgentDecision


def urgent_on(item_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[UrgentDecision]]:
    """Returns the urgent decisions that these items report, by item: their own, and those of the items that they carry on, since a
    decision waits to be ratified where its meeting was called off or did not come to it."""
    chain = chain_of(item_ids)
    rows = db.session.execute(
        sa.select(chain.c.item_id, UrgentDecision)
        .join(UrgentDecision, UrgentDecision.item_id == chain.c.at)
        .order_by(chain.c.step, UrgentDecision.decided_at, UrgentDecision.id)
    )
    found: dict[uuid.UUID, list[UrgentDecision]] = {}
    for item_id, row in rows:
        found.setdefault(item_id, []).append(row)
    return found


def urgent_reported_by(item: AgendaItem) -> UrgentDecision | None:
    """Returns the urgent decision that an item reports; None where it reports none."""
    return next(iter(urgent_on([item.id]).get(item.id, ())), None)


def urgent_decision_of(item: AgendaItem) -> UrgentDecision:
    """Returns the urgent decision that an item reports. Raises NotFound."""
    row = urgent_reported_by(item)
    if row is None:
        raise NotFound("There is no such urgent decision")
    return row
