"""Reading who moved in and out at a meeting, and to whom the chair was handed over, in the order of recording."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coi.database import db
from coi.meetings.models import AgendaItem, ChairHandover, Presence
from coi.meetings.presence import Movement, as_it_happened


def movements_of(meeting_id: uuid.UUID) -> list[Movement]:
    """Returns every movement recorded at a meeting, in the order of recording, with when its item began."""
    return [movement for _, movement in _recorded(meeting_id)]


def presence_as_it_happened(meeting_id: uuid.UUID) -> list[Presence]:
    """Returns the movements that stand, in the order in which they happened, whenever somebody typed or corrected them."""
    recorded = _recorded(meeting_id)
    rows = {movement.number: row for row, movement in recorded}
    return [rows[movement.number] for movement in as_it_happened([movement for _, movement in recorded])]


def _recorded(meeting_id: uuid.UUID) -> list[tuple[Presence, Movement]]:
    rows = db.session.execute(
        sa.select(Presence, AgendaItem.opened_at)
        .outerjoin(AgendaItem, AgendaItem.id == Presence.item_id)
        .where(Presence.meeting_id == meeting_id)
        .order_by(Presence.number)
    ).all()
    numbers = {row.id: row.number for row, _ in rows}
    return [
        (row, Movement(
            str(row.person_id), row.kind, row.number, row.at, opened_at, row.reason,
            str(row.item_id) if row.item_id else None, numbers.get(row.corrects_id) if row.corrects_id else None,
        ))
        for row, opened_at in rows
    ]  # fmt: skip


def standing_presence_of(meeting_id: uuid.UUID) -> list[Presence]:
    """Returns the movements that stand, in the order of recording: those that a later one corrects are left out."""
    later = aliased(Presence)
    return list(
        db.session.scalars(
            sa.select(Presence)
            .where(Presence.meeting_id == meeting_id, ~sa.exists().where(later.corrects_id == Presence.id))
            .order_by(Presence.number)
        )
    )


def handovers_of(meeting_id: uuid.UUID) -> list[ChairHandover]:
    """Returns every time that the chair was handed over at a meeting, in order."""
    return list(
        db.session.scalars(
            sa.select(ChairHandover)
            .join(AgendaItem, AgendaItem.id == ChairHandover.item_id)
            .where(AgendaItem.meeting_id == meeting_id)
            .order_by(ChairHandover.handed_over_at, ChairHandover.id)
        )
    )
