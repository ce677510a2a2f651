"""Reading who keeps the record of an item in place of a secretary, who may be named to, and which items somebody keeps."""

import uuid
from collections.abc import Collection, Iterable
from datetime import date

import sqlalchemy as sa

from coi.accounts.models import Account, RoleGrant
from coi.database import db
from coi.errors import NotFound
from coi.meetings.conflicts.models import Ruling
from coi.meetings.keeper_models import RecordKeeper
from coi.meetings.minutes.models import Minutes
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.queries import item_of, live_item
from coi.meetings.vocabulary import ItemState, MeetingState, MinutesState
from coi.meetings.withholding import RECORD, leaves_everything, ruled_out_of
from coi.people.models import Person
from coi.permissions.rules import ROLE_TABLE
from coi.permissions.vocabulary import Actor, Permission


def keepers_of(item_ids: Collection[uuid.UUID]) -> list[RecordKeeper]:
    """Returns who keeps the record of items in place of whom, as it stands: the last named for each committee and secretary."""
    rows = db.session.scalars(
        sa.select(RecordKeeper).where(RecordKeeper.item_id.in_(item_ids)).order_by(RecordKeeper.number)
    )
    return _standing(rows)


def _standing(rows: Iterable[RecordKeeper]) -> list[RecordKeeper]:
    return list({(row.item_id, row.committee_id, row.in_place_of_id): row for row in rows}.values())


def last_number(item_id: uuid.UUID, committee_id: uuid.UUID, in_place_of_id: uuid.UUID) -> int:
    """Returns how often somebody was named to keep the record of an item for a committee in place of a secretary."""
    last = sa.select(sa.func.max(RecordKeeper.number)).where(
        RecordKeeper.item_id == item_id,
        RecordKeeper.committee_id == committee_id,
        RecordKeeper.in_place_of_id == in_place_of_id,
    )
    return db.session.scalar(last) or 0


def keeps_in_place(actor: Actor, item_id: uuid.UUID) -> bool:
    """Whether `actor` was named to keep the record of an item, no ruling since keeps them from it themselves, and the minutes are not
    confirmed yet: then nothing is left to keep."""
    if actor.person_id is None or all(row.person_id != actor.person_id for row in keepers_of([item_id])):
        return False
    return not (_is_minuted(item_id) or ruled_out_of(actor.person_id, [item_id]))


def _is_minuted(item_id: uuid.UUID) -> bool:
    confirmed = sa.select(Minutes.id).join(AgendaItem, AgendaItem.meeting_id == Minutes.meeting_id)
    confirmed = confirmed.where(AgendaItem.id == item_id, Minutes.state == MinutesState.CONFIRMED)
    return bool(db.session.scalar(sa.select(confirmed.exists())))


def item_to_keep(item_id: uuid.UUID, *, body_id: uuid.UUID, actor: Actor, besides: Permission = RECORD) -> AgendaItem:
    """Returns an item that `actor` keeps the record of: by their role (or whoever else holds `besides`), or because whoever presides
    named them for this item alone. Raises NotFound. Rule: MTG-03; DESIGN §1 (a named substitute acts)."""
    try:
        return item_of(item_id, body_id=body_id, actor=actor, permission=besides)
    except NotFound:
        found = live_item(item_id, Meeting.body_id == body_id) if keeps_in_place(actor, item_id) else None
        if found is None:
            raise
        return found


def items_to_keep(actor: Actor, body_id: uuid.UUID) -> list[AgendaItem]:
    """Returns the items of meetings to come or under way that `actor` was named to keep the record of, and is not kept from."""
    if actor.person_id is None:
        return []
    later = sa.orm.aliased(RecordKeeper)
    replaced = sa.exists().where(
        later.item_id == RecordKeeper.item_id, later.committee_id == RecordKeeper.committee_id,
        later.in_place_of_id == RecordKeeper.in_place_of_id, later.number > RecordKeeper.number,
    )  # fmt: skip
    found = db.session.scalars(
        sa.select(AgendaItem)
        .join(AgendaItem.meeting)
        .join(RecordKeeper, RecordKeeper.item_id == AgendaItem.id)
        .where(RecordKeeper.person_id == actor.person_id, ~replaced, Meeting.body_id == body_id)
        .where(Meeting.state != MeetingState.CLOSED, AgendaItem.state.in_((ItemState.PLANNED, ItemState.OPEN)))
        .order_by(Meeting.held_on, AgendaItem.position)
    ).unique()
    items = list(found)
    out = ruled_out_of(actor.person_id, [item.id for item in items]) if items else frozenset()
    return [item for item in items if item.id not in out]


def secretaries_of(meeting: Meeting, on: date) -> dict[uuid.UUID, str]:
    """Returns who keeps the record of a meeting by their role on a day, with their names."""
    recording = [role for role, permissions in ROLE_TABLE.items() if RECORD in permissions]
    committees = [row.committee_id for row in meeting.committees]
    rows = db.session.execute(
        sa.select(Person.id, Person.name, Person.sort_key)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role.in_(recording), *_holds(meeting.body_id, on))
        .where(sa.or_(RoleGrant.committee_id.is_(None), RoleGrant.committee_id.in_(committees)))
        .distinct()
        .order_by(Person.sort_key, Person.id)
    )
    return {row.id: row.name for row in rows}


def conflicted_secretaries(item: AgendaItem, on: date) -> dict[uuid.UUID, str]:
    """Returns those who keep the record of an item's meeting by their role and are kept from the item by a ruling."""
    found = secretaries_of(item.meeting, on)
    return {person: name for person, name in found.items() if ruled_out_of(person, [item.id])}


def could_keep(item: AgendaItem, on: date) -> dict[uuid.UUID, str]:
    """Returns who may be named to keep the record of an item: people who can sign in at the body on a day, and on whom no ruling
    stands for the item that takes its papers or its discussion from them."""
    keeping = [role for role, permissions in ROLE_TABLE.items() if Permission.MEETINGS_ITEM_KEEP in permissions]
    rows = db.session.execute(
        sa.select(Person.id, Person.name, Person.sort_key)
        .join(Account, Account.person_id == Person.id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(~Account.is_disabled, RoleGrant.role.in_(keeping), *_holds(item.meeting.body_id, on))
        .distinct()
        .order_by(Person.sort_key, Person.id)
    )
    out = {person for person, actions in _rulings_on(item).items() if not all(map(leaves_everything, actions))}
    return {row.id: row.name for row in rows if row.id not in out}


def _rulings_on(item: AgendaItem) -> dict[uuid.UUID, list[list[str]]]:
    """The actions of the rulings that stand on an item, one for each committee, by person."""
    last: dict[tuple[uuid.UUID, uuid.UUID], list[str]] = {}
    rows = db.session.execute(
        sa.select(Ruling.person_id, Ruling.committee_id, Ruling.actions)
        .where(Ruling.item_id == item.id)
        .order_by(Ruling.number)
    )
    for row in rows:
        last[row.person_id, row.committee_id] = row.actions
    found: dict[uuid.UUID, list[list[str]]] = {}
    for (person, _committee), actions in last.items():
        found.setdefault(person, []).append(actions)
    return found


def _holds(body_id: uuid.UUID, on: date) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        RoleGrant.body_id == body_id,
        RoleGrant.valid_from <= on,
        sa.or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= on),
    )
