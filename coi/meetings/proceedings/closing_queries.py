"""Reads what was recorded last of a meeting, for its closing time: nothing happened after the meeting closed."""

from datetime import datetime

import sqlalchemy as sa

from coi.database import db
from coi.meetings.conflicts.seats import handovers_of, standing_presence_of
from coi.meetings.models import AgendaItem, Decision, Meeting
from coi.meetings.queries import agenda_of
from coi.meetings.vocabulary import PresenceReason


def last_fact(meeting: Meeting) -> tuple[datetime, str] | None:
    """Returns when the last thing with a time was recorded to have happened at a meeting, and what it was in words: an item reached or
    settled, somebody who came or went, the chair handed over. The leaving that the closing itself recorded is none."""
    facts = [
        (item.opened_at, f"item {item.position} was reached")
        for item in agenda_of(meeting)
        if item.opened_at is not None
    ]
    settled = db.session.execute(
        sa.select(Decision.decided_at, AgendaItem.position)
        .join(AgendaItem, AgendaItem.id == Decision.item_id)
        .where(AgendaItem.meeting_id == meeting.id)
    )
    facts += [(row.decided_at, f"item {row.position} was settled") for row in settled]
    facts += [
        (row.at, f"a movement of {row.person.name} is recorded")
        for row in standing_presence_of(meeting.id)
        if row.at is not None and row.reason is not PresenceReason.END
    ]
    facts += [(row.handed_over_at, f"{row.to_person.name} took the chair") for row in handovers_of(meeting.id)]
    return max(facts, default=None)
