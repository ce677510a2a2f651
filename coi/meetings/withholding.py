"""What a ruling keeps from somebody: private items, and the private part of minutes, until the minutes are confirmed.
Worked out at each request from the rulings that stand; no role passes it by."""

import uuid

import sqlalchemy as sa

from coi.database import db
from coi.guidance.actions import effects_of
from coi.meetings.conflicts.models import Ruling
from coi.meetings.minutes.models import Minutes
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.vocabulary import MinutesState, Part
from coi.permissions.vocabulary import Actor


def items_kept_from(actor: Actor) -> frozenset[uuid.UUID]:
    """Returns the private items that `actor` may not read, whatever their roles: a ruling takes the papers or the discussion from
    them, and the minutes are not confirmed. Where several committees ruled, one of them is enough.

    Rule: MTG-03, MTG-08; RULEBOOK §10.4; DESIGN §1."""
    return frozenset(item for item, _ in _kept(actor))


def minutes_kept_from(actor: Actor) -> frozenset[uuid.UUID]:
    """Returns the meetings of which `actor` reads the minutes without their private part: a ruling on a private item keeps it from
    them, and the minutes are not confirmed. Rule: MTG-03; RULEBOOK §10.7."""
    return frozenset(meeting for _, meeting in _kept(actor))


def _kept(actor: Actor) -> list[tuple[uuid.UUID, uuid.UUID]]:
    if actor.person_id is None:
        return []
    confirmed = sa.exists().where(Minutes.meeting_id == Meeting.id, Minutes.state == MinutesState.CONFIRMED)
    rows = db.session.execute(
        sa.select(Ruling.item_id, AgendaItem.meeting_id, Ruling.committee_id, Ruling.actions)
        .join(AgendaItem, AgendaItem.id == Ruling.item_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(Ruling.person_id == actor.person_id, AgendaItem.part == Part.PRIVATE, ~confirmed)
        .order_by(Ruling.number)
    )
    standing = {(item, meeting, committee): effects_of(actions) for item, meeting, committee, actions in rows}
    return [
        (item, meeting) for (item, meeting, _), effects in standing.items() if not (effects.papers and effects.discuss)
    ]
