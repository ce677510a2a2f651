"""Reading the action log, scoped to the committees that the actor may see."""

import uuid
from datetime import date
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from coi.database import db
from coi.errors import NotFound
from coi.meetings.actions.models import Action
from coi.meetings.actions.vocabulary import ActionState
from coi.meetings.models import AgendaItem, Meeting, MeetingCommittee
from coi.meetings.queries import visible_to
from coi.meetings.withholding import items_and_records_kept_from
from coi.permissions.vocabulary import Actor, Permission

Kept: TypeAlias = tuple[frozenset[uuid.UUID], frozenset[uuid.UUID]]


def _actions(body_id: uuid.UUID, actor: Actor, kept: Kept | None = None) -> sa.Select[tuple[Action]]:
    """The actions that `actor` may see: of an item whose record a ruling keeps from them, their own alone."""
    items, records = items_and_records_kept_from(actor) if kept is None else kept
    return (
        sa.select(Action)
        .join(Action.item)
        .join(AgendaItem.meeting)
        .where(visible_to(actor, body_id, Permission.MEETINGS_MEETING_READ))
        .where(Action.item_id.not_in(items) if items else sa.true())
        .where(sa.or_(Action.item_id.not_in(records), Action.owner_id == actor.person_id) if records else sa.true())
        .options(contains_eager(Action.item).contains_eager(AgendaItem.meeting))
    )


def action_log(body_id: uuid.UUID, *, actor: Actor) -> list[Action]:
    """Returns every action of a body that `actor` may see: open ones first, by due date."""
    open_first = sa.case((Action.state == ActionState.OPEN, 0), else_=1)
    no_date_last = sa.case((Action.due_on.is_(None), 1), else_=0)
    return list(
        db.session.scalars(_actions(body_id, actor).order_by(open_first, no_date_last, Action.due_on, Action.reference))
    )


def overdue(body_id: uuid.UUID, on: date, *, actor: Actor, kept: Kept | None = None) -> list[Action]:
    """Returns the open actions whose due date has passed. `kept`: the items and records kept from `actor`, where they are known already."""
    late = _actions(body_id, actor, kept).where(Action.state == ActionState.OPEN, Action.due_on < on)
    return list(db.session.scalars(late.order_by(Action.due_on)))


def action_of(action_id: uuid.UUID, *, body_id: uuid.UUID, actor: Actor) -> Action:
    """Returns an action. Raises NotFound where it is not there or not for `actor`."""
    found = db.session.scalar(_actions(body_id, actor).where(Action.id == action_id))
    if found is None:
        raise NotFound("There is no such action")
    return found


def actions_of_items(item_ids: list[uuid.UUID]) -> list[Action]:
    """Returns the actions raised at these items, by reference."""
    return list(
        db.session.scalars(
            sa.select(Action)
            .where(Action.item_id.in_(item_ids))
            .options(joinedload(Action.item), selectinload(Action.owner))
            .order_by(Action.reference)
        )
    )


def open_actions_owned(person_id: uuid.UUID, body_id: uuid.UUID, committees: list[uuid.UUID] | None) -> list[Action]:
    """Returns the open actions of a person at a body, whoever asks; with `committees`, those of their meetings alone."""
    wanted = (
        sa.select(Action)
        .join(Action.item)
        .join(AgendaItem.meeting)
        .where(Action.owner_id == person_id, Action.state == ActionState.OPEN, Meeting.body_id == body_id)
        .options(contains_eager(Action.item).contains_eager(AgendaItem.meeting))
    )
    if committees is not None:
        wanted = wanted.where(Meeting.committees.any(MeetingCommittee.committee_id.in_(committees)))
    return list(db.session.scalars(wanted.order_by(Action.reference)))
