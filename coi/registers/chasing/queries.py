"""Reading chasing: the plan in force, who is to be reminded today, what was sent."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from coi import clock
from coi.database import db
from coi.errors import NotFound
from coi.notifications.models import OutboxMessage
from coi.notifications.vocabulary import ENDED, MessageStatus
from coi.organisations.models import Body
from coi.organisations.queries import bodies
from coi.people.models import Person
from coi.registers.chasing import rules
from coi.registers.chasing.models import Reminder, ReminderPlan
from coi.registers.chasing.rules import is_too_soon, key_of, reached
from coi.registers.chasing.vocabulary import Due, Owed, PlanDetails
from coi.registers.interests.models import Declaration
from coi.registers.standing_queries import lines_of_body
from coi.registers.work_list import Line

MOST_SHOWN = 200


def latest_plan(body_id: uuid.UUID) -> ReminderPlan | None:
    """Returns the version of a body's plan that was recorded last."""
    wanted = sa.select(ReminderPlan).where(ReminderPlan.body_id == body_id)
    return db.session.scalar(wanted.order_by(ReminderPlan.number.desc()).limit(1))


def plan_details(found: ReminderPlan | None) -> PlanDetails:
    """Returns a plan as it can be edited; where there is none yet, what every body starts from."""
    if found is None:
        return PlanDetails()
    return PlanDetails(
        found.is_on, tuple(found.days_before), tuple(found.days_after), found.subject, found.text, found.meeting_days
    )  # fmt: skip


def plans(of: Collection[uuid.UUID]) -> dict[uuid.UUID, PlanDetails]:
    """Returns the plan of each of these bodies."""
    wanted = sa.select(ReminderPlan).where(ReminderPlan.body_id.in_(of)).order_by(ReminderPlan.number)
    found = {each.body_id: plan_details(each) for each in db.session.scalars(wanted)}
    return {each: found.get(each, PlanDetails()) for each in of}


def plan_versions(body_id: uuid.UUID) -> Sequence[ReminderPlan]:
    """Returns every version of a body's plan, the newest first."""
    wanted = sa.select(ReminderPlan).where(ReminderPlan.body_id == body_id)
    return db.session.scalars(wanted.order_by(ReminderPlan.number.desc())).all()


def due_now(at: datetime) -> list[Due]:
    """Returns the reminders that the schedules of all bodies ask for today: one for each person, with everything that they owe anywhere.
    Left out: who has no address, was sent this very reminder, or another one in the last days."""
    on = clock.local(at).date()
    everywhere = bodies()
    by_body = plans([each.id for each in everywhere])
    people = _owing(everywhere, at)
    last = last_reminded(people)
    found = []
    for lines in people.values():
        steps = [
            (line, body, reached(by_body[body.id], line.verdict.due_on, on))
            for body, line in lines
            if line.verdict.due_on
        ]
        led = [
            (line.verdict.due_on, body.name, step)
            for line, body, step in steps
            if by_body[body.id].is_on and step is not None
        ]
        if led and lines[0][1].email and not is_too_soon(last.get(lines[0][1].person_id), at):
            _, lead, step = min(led)
            found.append(_due(lines, step, lead))
    known = _keys(key_of(each, on) for each in found)
    return sorted((each for each in found if key_of(each, on) not in known), key=lambda each: each.name)


def due_by_hand(person_ids: Collection[uuid.UUID], body: Body, at: datetime) -> list[Due]:
    """Returns a reminder for each of these people of a body who owes anything and has an address, in that body's words."""
    people = _owing(bodies(), at, only=person_ids)
    return [
        _due(lines, None, body.name) for lines in people.values()
        if lines[0][1].email and any(each.id == body.id for each, _ in lines)
    ]  # fmt: skip


def _owing(
    everywhere: Collection[Body], at: datetime, *, only: Collection[uuid.UUID] | None = None
) -> dict[uuid.UUID, list[tuple[Body, Line]]]:
    """Per person, what they owe at which body."""
    people: dict[uuid.UUID, list[tuple[Body, Line]]] = {}
    for body in everywhere:
        for line in lines_of_body(body.id, at, only=only):
            if line.verdict.is_owing:
                people.setdefault(line.person_id, []).append((body, line))
    return people


def _due(lines: list[tuple[Body, Line]], step: int | None, lead: str) -> Due:
    owed = [
        Owed(body.id, body.name, line.positions, line.verdict.reason, line.verdict.due_on)
        for body, line in lines
        if line.verdict.due_on
    ]
    owed.sort(key=lambda each: (each.body != lead, each.due_on, each.body))
    one = lines[0][1]
    return Due(one.person_id, one.name, one.email, tuple(owed), step, not one.verdict.has_declared)


def last_reminded(person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    """Returns, per person, when they were last reminded."""
    wanted = sa.select(Reminder.person_id, sa.func.max(Reminder.sent_at)).where(
        Reminder.person_id.in_(list(person_ids))
    )
    rows = db.session.execute(wanted.group_by(Reminder.person_id)).all()
    return {row[0]: row[1] for row in rows}


def _keys(keys: Collection[str]) -> set[str]:
    return set(db.session.scalars(sa.select(Reminder.unique_key).where(Reminder.unique_key.in_(list(keys)))))


def is_known(key: str) -> bool:
    """Whether a reminder was sent already."""
    return db.session.scalar(sa.select(sa.exists().where(Reminder.unique_key == key))) or False


def locked_person(person_id: uuid.UUID) -> Person:
    """Returns a person, whom nobody else can remind until the transaction ends."""
    return db.session.scalars(sa.select(Person).where(Person.id == person_id).with_for_update()).one()


@dataclass(frozen=True)
class Sent:
    """A reminder as the page shows it, with the state of its mail."""

    id: uuid.UUID
    name: str
    sent_at: datetime
    reason: str
    status: MessageStatus | None
    error: str
    to_address: str
    mail_at: datetime | None
    answered_at: datetime | None = None  # when the person declared afterwards


def sent(body_id: uuid.UUID, person_ids: Collection[uuid.UUID]) -> list[Sent]:
    """Returns what was sent to these people in the words of a body, the newest first."""
    wanted = (
        sa.select(Reminder, OutboxMessage)
        .outerjoin(OutboxMessage, OutboxMessage.id == Reminder.message_id)
        .where(Reminder.body_id == body_id, Reminder.person_id.in_(list(person_ids)))
        .order_by(Reminder.sent_at.desc(), Reminder.id)
        .limit(MOST_SHOWN)
    )
    rows = db.session.execute(wanted).all()
    declared = _last_submitted({row[0].person_id for row in rows})
    return [_sent(row[0], row[1], declared.get(row[0].person_id)) for row in rows]


def _last_submitted(person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, sa.Row[tuple[uuid.UUID, datetime, date]]]:
    """Per person, when their newest declaration came in, and its day."""
    wanted = sa.select(
        Declaration.person_id, sa.func.max(Declaration.submitted_at, type_=Declaration.submitted_at.type),
        sa.func.max(Declaration.declared_on),
    )  # fmt: skip
    rows = db.session.execute(wanted.where(Declaration.person_id.in_(list(person_ids))).group_by(Declaration.person_id))
    return {row[0]: row for row in rows}


def _sent(
    reminder: Reminder, mail: OutboxMessage | None, declared: sa.Row[tuple[uuid.UUID, datetime, date]] | None
) -> Sent:
    is_answered = declared is not None and rules.is_answered(reminder.sent_at, declared[1], declared[2])
    return Sent(
        reminder.id, reminder.person.name, reminder.sent_at, when_words(reminder.step), mail.status if mail else None,
        (mail.last_error or "") if mail else "", mail.to_address if mail else "", mail.sent_at if mail else None,
        declared[1] if declared is not None and is_answered else None,
    )  # fmt: skip


def when_words(step: int | None) -> str:
    """Returns what a step of a plan is called."""
    if step is None:
        return "By hand"
    if step == 0:
        return "On the due date"
    days = "1 day" if abs(step) == 1 else f"{abs(step)} days"
    return f"{days} {'before' if step < 0 else 'after'} the due date"


def waiting_mails(body_id: uuid.UUID, person_ids: Collection[uuid.UUID]) -> list[tuple[str, OutboxMessage]]:
    """Returns the mails of reminders to these people that were not sent, the newest first, each with the name of whom it is to."""
    wanted = (
        sa.select(Reminder, OutboxMessage)
        .join(OutboxMessage, OutboxMessage.id == Reminder.message_id)
        .where(
            Reminder.body_id == body_id, Reminder.person_id.in_(list(person_ids)), OutboxMessage.status.not_in(ENDED)
        )
        .order_by(Reminder.sent_at.desc(), Reminder.id)
        .limit(MOST_SHOWN)
    )
    return [(row[0].person.name, row[1]) for row in db.session.execute(wanted).all()]


def mail_of(
    reminder_id: uuid.UUID, body_id: uuid.UUID, person_ids: Collection[uuid.UUID]
) -> tuple[Reminder, OutboxMessage]:
    """Returns a reminder to one of these people with its mail. Raises NotFound."""
    reminder = db.session.get(Reminder, reminder_id)
    if reminder is None or reminder.body_id != body_id or reminder.person_id not in person_ids:
        raise NotFound("There is no such reminder")
    mail = db.session.get(OutboxMessage, reminder.message_id)
    if mail is None:
        raise NotFound("There is no such mail any more")
    return reminder, mail
