"""Reading who has a part in a meeting, where they are now, and every movement that was recorded."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from coi.database import db
from coi.meetings.conflicts.movement_queries import movements_of
from coi.meetings.conflicts.seats import attendance_of
from coi.meetings.models import Attendance, Meeting, Presence
from coi.meetings.presence import Movement, last_movement


@dataclass(frozen=True)
class PersonInMeeting:
    """A line of the attendance page: who, in which capacity, where they are now and since when."""

    attendance: Attendance
    last: Movement | None

    @property
    def is_in(self) -> bool:
        return self.last is not None and self.last.kind.is_in_the_meeting


def people_in_meeting(meeting: Meeting, movements: Sequence[Movement] | None = None) -> list[PersonInMeeting]:
    """Returns everybody who has a part in a meeting, each once, with their last movement (of `movements`, where these were
    read before)."""
    moves = movements_of(meeting.id) if movements is None else movements
    rows: dict[uuid.UUID, Attendance] = {}
    for row in attendance_of(meeting.id):
        rows.setdefault(row.person_id, row)
    return [PersonInMeeting(row, last_movement(moves, str(row.person_id))) for row in rows.values()]


def presence_of(meeting_id: uuid.UUID) -> list[Presence]:
    """Returns every recorded movement of a meeting, in the order of recording."""
    return list(
        db.session.scalars(sa.select(Presence).where(Presence.meeting_id == meeting_id).order_by(Presence.number))
    )
