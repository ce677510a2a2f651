"""Reads what was recorded last of a meeting, for its closing time: nothing happened after the meeting closed."""

from datetime import datetime

import sqlalchemy as sa

from coi.clock import minute_of
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.conflicts.movement_queries import handovers_of, standing_presence_of
from coi.meetings.models import AgendaItem, Decision, Meeting
from coi.meetings.queries import agenda_of
from coi.meetings.timing import is_of_another_day
from coi.meetings.vocabulary import PresenceReason
from coi.wording import clock_time


def last_fact(meeting: Meeting) -> tuple[datetime, str] | None:
    """Returns when the last thing with a time was recorded to have happened at a meeting, and what it was in words: an item reached or
    settled, somebody who came or went, the chair handed over. What the closing itself recorded is none: who left then, and items put off
    because they were not taken; nor is a moment of a later day, which can only have been written down then."""
    facts = [
        (item.opened_at, f"item {item.position} was reached")
        for item in agenda_of(meeting)
        if item.opened_at is not None
    ]
    at_close = {decision.id for decision, _ in put_off_at_close(meeting, meeting.closed_at)}
    facts += [
        (decision.decided_at, f"item {item.position} was settled")
        for decision, item in _settled(meeting)
        if decision.id not in at_close
    ]
    facts += [
        (row.at, f"a movement of {row.person.name} is recorded")
        for row in standing_presence_of(meeting.id)
        if row.at is not None and row.reason is not PresenceReason.END
    ]
    facts += [(row.handed_over_at, f"{row.to_person.name} took the chair") for row in handovers_of(meeting.id)]
    return max((each for each in facts if not is_of_another_day(meeting, each[0])), default=None)


def put_off_at_close(meeting: Meeting, closed_at: datetime | None) -> list[tuple[Decision, AgendaItem]]:
    """Returns the items that were put off when the meeting closed, since nobody had taken them, each with the decision that says so."""
    return [
        (decision, item)
        for decision, item in _settled(meeting)
        if item.opened_at is None and decision.decided_at == closed_at
    ]


def closing_time(meeting: Meeting, when: datetime) -> datetime:
    """Returns when a meeting closed: to the minute as it was typed, and never before what happened within that minute. Raises
    RuleBroken where something happened later."""
    if meeting.opened_at is not None and when < meeting.opened_at:
        raise RuleBroken("Enter a time after the meeting was opened", field="closed_at")
    last = last_fact(meeting)
    if last is not None and when < minute_of(last[0]):
        raise RuleBroken(
            f"At {clock_time(last[0])} {last[1]}. Enter a closing time that is not before that", field="closed_at", rule="MTG-10",
        )  # fmt: skip
    return max(when, last[0]) if last else when


def _settled(meeting: Meeting) -> list[tuple[Decision, AgendaItem]]:
    wanted = (
        sa.select(Decision, AgendaItem)
        .join(AgendaItem, AgendaItem.id == Decision.item_id)
        .where(AgendaItem.meeting_id == meeting.id)
        .order_by(AgendaItem.position, Decision.committee_id)
    )
    return [(row[0], row[1]) for row in db.session.execute(wanted)]
