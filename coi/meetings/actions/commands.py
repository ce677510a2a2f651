"""The action log: raise, update, close. One command, one ledger entry."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db, next_number
from coi.errors import RuleBroken
from coi.meetings.actions.models import Action
from coi.meetings.actions.vocabulary import ActionState
from coi.meetings.lifecycle import financial_year
from coi.meetings.models import AgendaItem
from coi.people.models import Person
from coi.permissions.vocabulary import Actor


@dataclass(frozen=True)
class ActionDetails:
    """What is to be done, by whom and by when (`due_on` None: no date was set)."""

    text: str
    owner: Person
    due_on: date | None


def raise_action(item: AgendaItem, details: ActionDetails, *, actor: Actor, at: datetime) -> Action:
    """Records an action that somebody undertook at an item."""
    if details.due_on and details.due_on < item.meeting.held_on:
        raise RuleBroken("The due date must be on or after the day of the meeting", field="due_on")
    start = f"{item.meeting.committees[0].committee.prefix}-A/{financial_year(item.meeting.held_on)}/"
    action = Action(
        id=uuid.uuid4(), item_id=item.id, reference=f"{start}{next_number(Action.reference, start):03d}", text=details.text,
        owner_id=details.owner.id, due_on=details.due_on, state=ActionState.OPEN, raised_at=at,
    )  # fmt: skip
    db.session.add(action)
    log.record(Event.ACTION_RAISED, subject=action, actor=actor, at=at, body_id=item.meeting.body_id)
    return action


def hand_over_action(action: Action, to_id: uuid.UUID, *, actor: Actor, at: datetime) -> Action:
    """Gives an open action to whoever took over the role of its owner. Raises RuleBroken for one that is closed."""
    if action.state is ActionState.CLOSED:
        raise RuleBroken("This action is already closed")
    action.owner_id = to_id
    log.record(Event.ACTION_HANDED_OVER, subject=action, actor=actor, at=at, body_id=action.item.meeting.body_id)
    return action


def update_action(action: Action, progress: str, *, is_done: bool, actor: Actor, at: datetime) -> Action:
    """Notes how far an action is, or closes it."""
    if action.state is ActionState.CLOSED:
        raise RuleBroken("This action is already closed")
    action.progress = progress
    if is_done:
        action.state, action.closed_on = ActionState.CLOSED, clock.local(at).date()
    event = Event.ACTION_CLOSED if is_done else Event.ACTION_UPDATED
    log.record(event, subject=action, actor=actor, at=at, body_id=action.item.meeting.body_id)
    return action
