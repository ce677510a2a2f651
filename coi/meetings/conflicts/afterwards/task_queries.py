"""Reading what was declared at meetings and is not on the register yet, each scoped to whoever may see it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coi.database import db
from coi.errors import NotFound
from coi.meetings.conflicts.afterwards.models import TaskEnd
from coi.meetings.conflicts.ended_queries import SaidEnded, has_said_ended, said_ended
from coi.meetings.conflicts.models import MeetingDeclaration, was_not_corrected
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.queries import visible_to
from coi.meetings.withholding import records_kept_from
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests.models import Interest

KEEP = Permission.REGISTERS_STANDING_KEEP
_IS_DUE = (
    MeetingDeclaration.due_on.is_not(None), ~sa.exists().where(TaskEnd.declaration_id == MeetingDeclaration.id),
    was_not_corrected(),
)  # fmt: skip
_ORDER = (MeetingDeclaration.due_on, MeetingDeclaration.recorded_at, MeetingDeclaration.id)
_ROWS = (
    sa.select(MeetingDeclaration, Meeting, AgendaItem)
    .join(Meeting, Meeting.id == MeetingDeclaration.meeting_id)
    .outerjoin(AgendaItem, AgendaItem.id == MeetingDeclaration.item_id)
    .where(*_IS_DUE)
    .order_by(*_ORDER)
)


@dataclass(frozen=True)
class Task:
    """Something new that somebody declared at a meeting: by when it has to be on the register, and how long ago or ahead that is."""

    said: MeetingDeclaration
    meeting: Meeting
    item: AgendaItem | None
    due_on: date

    def days_late(self, on: date) -> int:
        """How many days the register waits already; below nought, how many are left."""
        return (on - self.due_on).days


def tasks_of(person_id: uuid.UUID, body_id: uuid.UUID | None = None) -> list[Task]:
    """Returns what a person has to declare for the register since they said it at a meeting, the most urgent first: at one body, or at
    all. Rule: DECL-01; USERS W10."""
    wanted = _ROWS.where(MeetingDeclaration.person_id == person_id)
    return _tasks(wanted if body_id is None else wanted.where(Meeting.body_id == body_id))


def open_tasks(actor: Actor, body_id: uuid.UUID) -> list[Task]:
    """Returns what was declared at meetings of a body that `actor` may see and is not on the register, the oldest first; without what a
    ruling keeps from them. Rule: DECL-01, MTG-03; USERS W10."""
    if not allows(actor, KEEP, body_id):
        return []
    found = _tasks(_ROWS.where(visible_to(actor, body_id, KEEP)))
    kept = records_kept_from(actor) if any(each.item for each in found) else frozenset()
    return [each for each in found if each.said.item_id not in kept]


def tasks_waiting(actor: Actor, body_id: uuid.UUID) -> tuple[list[Task], list[Task], list[SaidEnded]]:
    """Returns all of it for the first page, in one go: what `actor` has to declare for the register, what `open_tasks` would return, and
    what `said_ended` would."""
    scope = sa.and_(Meeting.body_id == body_id, MeetingDeclaration.person_id == actor.person_id)
    keeps = allows(actor, KEEP, body_id)
    here = sa.or_(scope, visible_to(actor, body_id, KEEP)) if keeps else scope
    is_here = sa.select(Meeting.id).where(Meeting.id == MeetingDeclaration.meeting_id, here).correlate_except(Meeting)
    one = sa.select(sa.literal(1).label("one")).subquery()  # a row to answer on where nothing is due
    rows = db.session.execute(
        sa.select(MeetingDeclaration, Meeting, AgendaItem, has_said_ended(actor.person_id, body_id))
        .select_from(one)
        .outerjoin(MeetingDeclaration, sa.and_(*_IS_DUE, is_here.exists()))
        .outerjoin(Meeting, Meeting.id == MeetingDeclaration.meeting_id)
        .outerjoin(AgendaItem, AgendaItem.id == MeetingDeclaration.item_id)
        .order_by(*_ORDER)
    ).all()
    found = [Task(said, meeting, item, said.due_on) for said, meeting, item, _ in rows if said and said.due_on]
    own = [each for each in found if each.said.person_id == actor.person_id]
    kept = open_tasks(actor, body_id) if keeps and any(each.item for each in found) else found if keeps else []
    return own, kept, said_ended(actor.person_id, body_id) if actor.person_id and rows[0][3] else []


def task(declaration_id: uuid.UUID, actor: Actor, body_id: uuid.UUID) -> Task:
    """Returns one of them. Raises NotFound."""
    for each in open_tasks(actor, body_id):
        if each.said.id == declaration_id:
            return each
    raise NotFound("There is no such task")


def ended_tasks(actor: Actor, body_id: uuid.UUID, most: int = 50) -> list[tuple[MeetingDeclaration, TaskEnd]]:
    """Returns the tasks that ended last, with how."""
    if not allows(actor, KEEP, body_id):
        return []
    rows = db.session.execute(
        sa.select(MeetingDeclaration, TaskEnd)
        .join(TaskEnd, TaskEnd.declaration_id == MeetingDeclaration.id)
        .join(Meeting, Meeting.id == MeetingDeclaration.meeting_id)
        .where(visible_to(actor, body_id, KEEP))
        .options(joinedload(TaskEnd.interest))
        .order_by(TaskEnd.ended_at.desc(), TaskEnd.id)
        .limit(most)
    ).all()
    kept = records_kept_from(actor) if rows else frozenset()
    return [(said, end) for said, end in rows if said.item_id not in kept]


def interests_to_choose(person_id: uuid.UUID) -> Sequence[Interest]:
    """Returns the interests of a person on the register, the newest first."""
    wanted = sa.select(Interest).where(Interest.person_id == person_id, Interest.disposed_at.is_(None))
    return db.session.scalars(wanted.order_by(Interest.reference.desc())).all()


def _tasks(wanted: sa.Select[tuple[MeetingDeclaration, Meeting, AgendaItem]]) -> list[Task]:
    rows = db.session.execute(wanted).all()
    return [Task(said, meeting, item, said.due_on) for said, meeting, item in rows if said.due_on]
