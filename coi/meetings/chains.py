"""Selecting items together with those of earlier agendas that they carry on."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from coi.meetings.models import AgendaItem


def chain_of(item_ids: Collection[uuid.UUID]) -> sa.CTE:
    """Returns a selection of each of these items (`item_id`) with itself and every item that it carries on (`at`), and how many meetings
    ago that was (`step`)."""
    chain = (
        sa.select(AgendaItem.id.label("item_id"), AgendaItem.id.label("at"), sa.literal(0).label("step"))
        .where(AgendaItem.id.in_(item_ids))
        .cte("chain", recursive=True)
    )
    return chain.union_all(
        sa.select(chain.c.item_id, AgendaItem.continues_id, chain.c.step + 1)
        .join(chain, AgendaItem.id == chain.c.at)
        .where(AgendaItem.continues_id.is_not(None))
    )
