"""What was declared at a meeting and had to reach the register: it ends by itself once it is there, or by a reason. One use case, one
ledger entry."""

import uuid
from datetime import datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.afterwards.models import TaskEnd
from coi.meetings.conflicts.afterwards.queries import held_now
from coi.meetings.conflicts.afterwards.rules import names_what_is_held
from coi.meetings.conflicts.afterwards.task_queries import Task, tasks_of
from coi.permissions.vocabulary import Actor
from coi.registers.interests.models import Interest


def end_tasks_by(interest: Interest, *, actor: Actor, at: datetime) -> list[TaskEnd]:
    """Ends the tasks of a person that an interest answers which came onto the register since: it names what they said at the meeting.
    In doubt a task waits for whoever keeps the register. Rule: DECL-01; USERS W10; RULEBOOK §23 scenario 26."""
    held = held_now(interest)
    return [
        _ended(task, interest, "", actor, at)
        for task in tasks_of(interest.person_id)
        if held.recorded_at >= task.said.recorded_at and names_what_is_held(task.said.text, held)
    ]


def end_task(task: Task, interest: Interest | None, reason: str, *, actor: Actor, at: datetime) -> TaskEnd:
    """Whoever keeps the register ends a task: by the interest that it is about, or by a reason why there is none. Raises NotFound for
    somebody else's interest, RuleBroken with neither. Rule: DECL-01; USERS W10."""
    if interest is not None and interest.person_id != task.said.person_id:
        raise NotFound("There is no such interest")
    if interest is None and not reason.strip():
        raise RuleBroken("Enter why it does not have to be on the register", field="reason", rule="DECL-01")
    return _ended(task, interest, reason.strip(), actor, at)


def _ended(task: Task, interest: Interest | None, reason: str, actor: Actor, at: datetime) -> TaskEnd:
    row = TaskEnd(
        id=uuid.uuid4(), declaration_id=task.said.id, interest_id=interest.id if interest else None, reason=reason,
        ended_by=actor.person_id, ended_at=at,
    )  # fmt: skip
    db.session.add(row)
    log.record(Event.MEETING_TASK_ENDED, subject=row, actor=actor, at=at, body_id=task.meeting.body_id)
    return row
