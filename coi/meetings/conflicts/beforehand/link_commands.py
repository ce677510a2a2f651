"""What becomes of the links and mails of before a meeting when the meeting changes or somebody has answered. Each is part of the use case
that changed it, and of its ledger entry."""

from datetime import datetime

import sqlalchemy as sa

from coi import clock
from coi.database import db
from coi.meetings.conflicts.beforehand.models import BeforehandLink, BeforehandRequest
from coi.meetings.conflicts.beforehand.queries import links_of_request
from coi.meetings.conflicts.beforehand.rules import secret_of
from coi.meetings.models import Meeting
from coi.notifications.commands import cancel_messages


def links_follow(meeting: Meeting) -> None:
    """The links of a meeting that is on another day now work until the end of that day: nobody is asked twice. Rule: MTG-02."""
    asked = sa.select(BeforehandRequest.id).where(BeforehandRequest.meeting_id == meeting.id)
    until = clock.end_of_day(meeting.held_on)
    links = sa.update(BeforehandLink).where(BeforehandLink.request_id.in_(asked)).values(expires_at=until)
    db.session.execute(links.execution_options(synchronize_session="fetch"))


def nobody_answers(meeting: Meeting) -> None:
    """Keeps the mails that wait to ask people before a meeting from being sent: it was called off."""
    asked = db.session.scalars(sa.select(BeforehandRequest.id).where(BeforehandRequest.meeting_id == meeting.id))
    cancel_messages([secret_of(request_id) for request_id in asked])


def use_up(request: BeforehandRequest, at: datetime) -> None:
    """Somebody who was asked has answered, by a link or with their account: their links open nothing more, and a mail that was not sent
    yet is never sent."""
    for link in links_of_request(request.id):
        link.used_at = link.used_at or at
    cancel_messages([secret_of(request.id)])
