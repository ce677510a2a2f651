"""Reading where one interest matters: the items of past and coming meetings on which it was flagged or is."""

import uuid
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coi.database import db
from coi.errors import NotFound
from coi.meetings.conflicts.models import ConflictFlag
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.queries import agenda_for, agenda_of, meetings_of, visible_to
from coi.meetings.vocabulary import MeetingState
from coi.meetings.withholding import items_kept_from
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests.models import Interest, InterestVersion
from coi.registers.interests.queries import visible_interest


@dataclass(frozen=True)
class WhereItMatters:
    """An item on which an interest is flagged, and by which paths in words."""

    item: AgendaItem
    why: tuple[str, ...]

    @property
    def meeting(self) -> Meeting:
        return self.item.meeting


def interest_to_ask_about(interest_id: uuid.UUID, *, actor: Actor, body_id: uuid.UUID, at: datetime) -> Interest:
    """Returns an interest of the actor's own, or one that they may read on the register. Raises NotFound."""
    interest = db.session.get(Interest, interest_id)
    if interest is not None and actor.person_id is not None and interest.person_id == actor.person_id:
        return interest
    if not allows(actor, Permission.REGISTERS_INTEREST_READ, body_id):
        raise NotFound("There is no such interest")
    return visible_interest(interest_id, actor, Permission.REGISTERS_INTEREST_READ, body_id, at)


def where_it_matters(interest: Interest, *, actor: Actor, body_id: uuid.UUID, at: datetime) -> list[WhereItMatters]:
    """Returns the items that an interest touches, the latest meeting first: those on which it was flagged and something was done, and
    those of meetings to come on which it is flagged now, or may be once it is settled whom its words mean. What a ruling keeps from
    `actor` is left out."""
    found = {item.id: WhereItMatters(item, why) for item, why in _stored(interest, actor, body_id)}
    for meeting in meetings_of(body_id, actor=actor, states=(MeetingState.PLANNED, MeetingState.OPEN)):
        items = agenda_for(actor, agenda_of(meeting)).items
        conflicts = conflicts_at(meeting, known_at=at, items=items, reader=actor)
        for item in items:
            flags, asked = conflicts.flags.get(item.id, ()), conflicts.to_settle.get(item.id, ())
            why = (
                *(each.why for each in flags if each.interest_id == interest.id and each.is_live),
                *(f"Not settled: {each.said}" for each in asked if each.interest_id == interest.id),
            )
            if why:
                found[item.id] = WhereItMatters(item, why)
    order = sorted(found.values(), key=lambda each: each.item.position)
    return sorted(order, key=lambda each: each.meeting.held_on, reverse=True)


def _stored(interest: Interest, actor: Actor, body_id: uuid.UUID) -> list[tuple[AgendaItem, tuple[str, ...]]]:
    rows = db.session.scalars(
        sa.select(ConflictFlag)
        .join(AgendaItem, AgendaItem.id == ConflictFlag.item_id)
        .join(AgendaItem.meeting)
        .join(InterestVersion, InterestVersion.id == ConflictFlag.interest_version_id)
        .where(
            InterestVersion.interest_id == interest.id, visible_to(actor, body_id), Meeting.state == MeetingState.CLOSED
        )
        .order_by(AgendaItem.position, ConflictFlag.recorded_at)
    ).all()
    kept = items_kept_from(actor)
    items = {
        item.id: item
        for item in db.session.scalars(
            sa.select(AgendaItem)
            .where(AgendaItem.id.in_({row.item_id for row in rows} - kept))
            .options(joinedload(AgendaItem.meeting))
        )
    }
    why: dict[uuid.UUID, tuple[str, ...]] = {}
    for row in rows:
        why[row.item_id] = (*why.get(row.item_id, ()), " → ".join(row.path))
    return [(item, why[item_id]) for item_id, item in items.items()]
