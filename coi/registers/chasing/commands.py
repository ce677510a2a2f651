"""Writing chasing: a new version of the plan, and a reminder. One use case, one entry."""

import uuid
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import EditConflict
from coi.notifications.commands import queue_message
from coi.organisations.models import Body
from coi.organisations.queries import body as body_of
from coi.permissions.vocabulary import Actor
from coi.registers.chasing import queries, rules
from coi.registers.chasing.models import Reminder, ReminderPlan
from coi.registers.chasing.vocabulary import Due, PlanDetails
from coi.registers.interests.link_commands import make_link
from coi.registers.interests.link_vocabulary import LinkPurpose
from coi.wording import moment


def change_plan(body: Body, details: PlanDetails, *, seen: int, actor: Actor, at: datetime) -> ReminderPlan:
    """Keeps a new version of how a body reminds. `seen` is the number of the version that the editor saw, 0 for none. Raises RuleBroken
    for a text or days that cannot be used, EditConflict where somebody was faster."""
    rules.check_plan(details)
    latest = queries.latest_plan(body.id)
    number = latest.number if latest else 0
    if number != seen:
        raise EditConflict("The reminders", theirs=_labelled(queries.plan_details(latest)), yours=_labelled(details))
    plan = ReminderPlan(
        id=uuid.uuid4(), body_id=body.id, number=number + 1, is_on=details.is_on, days_before=list(details.days_before),
        days_after=list(details.days_after), subject=details.subject, text=details.text, meeting_days=details.meeting_days,
        recorded_at=at,
        recorded_by=actor.account_id,
    )  # fmt: skip
    db.session.add(plan)
    log.record(Event.REMINDER_PLAN_CHANGED, subject=plan, actor=actor, at=at, body_id=body.id)
    return plan


def remind(due: Due, *, site: str, actor: Actor, at: datetime) -> Reminder | None:
    """Reminds a person of everything that they owe, with one mail and a link of their own; `site` is what addresses begin with. Returns
    None where somebody has just sent this very reminder. Its entry says what link it carries. Raises RuleBroken where no link
    can be made. Rules: DECL-03, DECL-04."""
    person = queries.locked_person(due.person_id)
    key = rules.key_of(due, clock.local(at).date())
    if queries.is_known(key):
        return None
    body, plan = body_of(due.lead.body_id), queries.latest_plan(due.lead.body_id)
    reminder = Reminder(
        id=uuid.uuid4(), person_id=person.id, body_id=body.id, unique_key=key, due_on=due.lead.due_on, step=due.step,
        plan_number=plan.number if plan else 0, sent_at=at, sent_by=actor.account_id, message_id=uuid.uuid4(),
    )  # fmt: skip
    purpose = LinkPurpose.INVITATION if due.is_first else LinkPurpose.CONFIRMATION
    link = make_link(person, purpose, body_id=body.id, site=site, at=at)
    details = queries.plan_details(plan)
    values = values_for(due, body, link=link.url, until=moment(link.expires_at))
    message = queue_message(
        person.email, rules.filled(details.subject, values), rules.filled(details.text, values), at=at,
        unique_key=f"reminder:{key}", secret=link.url, secret_of=link.secret_of,
    )  # fmt: skip
    assert message is not None, "the person's row is locked, and the key was free"
    reminder.message_id = message.id
    db.session.add(reminder)
    log.record(
        Event.REMINDER_SENT, subject=reminder, actor=actor, at=at, body_id=body.id, note={"purpose": purpose.value}
    )
    return reminder


def values_for(due: Due, body: Body, *, link: str, until: str) -> dict[str, str]:
    """Returns what fills the places of a text."""
    owed = "\n".join(each.line for each in due.owed)
    return {
        "name": due.name, "body": body.name, "owed": owed, "link": link, "until": until, "contact": body.contact or body.name
    }  # fmt: skip


def _labelled(details: PlanDetails) -> dict[str, str]:
    return {
        "Reminders are sent": "Yes" if details.is_on else "No",
        "Days before": ", ".join(map(str, details.days_before)),
        "Days after": ", ".join(map(str, details.days_after)),
        "Days before a meeting": "By hand alone" if details.meeting_days is None else str(details.meeting_days),
        "Subject": details.subject,
        "Text": details.text,
    }
