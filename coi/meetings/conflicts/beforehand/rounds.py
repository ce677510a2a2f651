"""A round of asking before meetings: everybody who is expected at a meeting whose time has come, one after the other, each in a
transaction of their own. Broken off and begun again, it asks nobody twice and misses nobody."""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.conflicts.beforehand import commands, queries, rules
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.models import Meeting
from coi.organisations.models import Body
from coi.organisations.queries import bodies
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.chasing.queries import plans

logger = logging.getLogger(__name__)


def ask_round(
    *, site: str, actor: Actor, at: datetime, tell: Callable[[int, int], None] = lambda _done, _all: None
) -> int:
    """Asks everybody of whom it is time, by the days that each body set, and commits after each. Returns how many were asked. `tell` is
    called with how many were looked at, and of how many."""
    due, asked = _due(at), 0
    db.session.rollback()
    for number, (meeting_id, person_id) in enumerate(due, start=1):
        meeting, person = db.session.get_one(Meeting, meeting_id), db.session.get_one(Person, person_id)
        try:
            body = db.session.get_one(Body, meeting.body_id)
            request = commands.ask_beforehand(meeting, person, body, site=site, actor=actor, at=at)
        except RuleBroken as broken:
            db.session.rollback()
            logger.info("%s was not asked before a meeting: %s", person_id, broken.reason)
        else:
            db.session.commit()
            asked += request is not None
        tell(number, len(due))
    return asked


def _due(at: datetime) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Who is to be asked before which meeting."""
    on = clock.local(at).date()
    days = {body: plan.meeting_days for body, plan in plans([each.id for each in bodies()]).items()}
    asking = {body: number for body, number in days.items() if number is not None}
    if not asking:
        return []
    found = []
    for meeting in queries.planned_between(asking, on, on + timedelta(days=max(asking.values()))):
        if rules.is_time(meeting.held_on, on, asking[meeting.body_id]):
            conflicts = _conflicts(meeting, at)
            found += [(meeting.id, each.person_id) for each in conflicts if each.can_be_asked]
    return found


def _conflicts(meeting: Meeting, at: datetime) -> list[queries.Expected]:
    """Who is expected; nobody where a committee has no terms of reference, so that nobody can be said to be."""
    try:
        return queries.expected_at(meeting.id, conflicts_at(meeting, known_at=at, items=[]))
    except RuleBroken:
        return []
