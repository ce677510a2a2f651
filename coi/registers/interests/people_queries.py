"""Whose interests belong on a body's register, and whose an actor may see or enter."""

import uuid
from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa

from coi.committees.joint_queries import SERVED
from coi.committees.models import Membership
from coi.database import db, stands
from coi.errors import NotFound
from coi.people.models import Appointment, Person
from coi.people.queries import called
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests.leaver_queries import leavers_of, leavers_to_enter_for
from coi.wording import day


def people_of_body(
    body_id: uuid.UUID | sa.BindParameter[uuid.UUID],
    on: date | sa.BindParameter[date],
    *,
    instant: datetime | sa.BindParameter[datetime] | None = None,
    committees: Collection[uuid.UUID] | sa.BindParameter[Collection[uuid.UUID]] | None = None,
) -> sa.Select[tuple[uuid.UUID]]:
    """Returns a select of the people whose interests belong on a body's register on a day: its post-holders and its committees'
    members, those who start later included. Whoever sits on a joint committee is on the register of each body that it serves.
    `instant`: posts and seats as they were known then; `committees`: only their members. Rules: REG-01, REG-07."""
    posts = sa.select(Appointment.person_id).where(
        Appointment.body_id == body_id,
        sa.or_(Appointment.valid_to.is_(None), Appointment.valid_to >= on),
        stands(Appointment, instant),
    )
    seats = sa.select(Membership.person_id).where(
        Membership.committee_id.in_(sa.select(SERVED.c.committee_id).where(SERVED.c.body_id == body_id)),
        sa.or_(Membership.valid_to.is_(None), Membership.valid_to >= on),
        stands(Membership, instant),
    )
    if committees is not None:
        return seats.where(Membership.committee_id.in_(committees)).distinct()
    return sa.select(sa.union(posts, seats).subquery().c.person_id)


def people_visible_to(
    actor: Actor, permission: Permission, body_id: uuid.UUID, on: date, *, instant: datetime | None = None
) -> sa.Select[tuple[uuid.UUID]]:
    """Returns a select of the people of a body whose interests `actor` may handle with `permission`: all of them, or, for a role held
    for single committees, their members."""
    return people_of_body(body_id, on, instant=instant, committees=committees_where(actor, permission, body_id))


def ids_visible_to(actor: Actor, permission: Permission, body_id: uuid.UUID, on: date) -> set[uuid.UUID]:
    """Returns who those people are."""
    ids = people_visible_to(actor, permission, body_id, on)
    return set(db.session.scalars(sa.select(Person.id).where(Person.id.in_(ids))))


def people_to_enter_for(actor: Actor, body_id: uuid.UUID, on: date) -> list[Person]:
    """Returns the people on whose behalf `actor` may enter declarations, in the order of the register."""
    ids = people_visible_to(actor, Permission.REGISTERS_INTEREST_ENTER, body_id, on)
    return list(db.session.scalars(sa.select(Person).where(Person.id.in_(ids)).order_by(Person.sort_key, Person.id)))


def people_on_file_for(
    actor: Actor, permission: Permission, body_id: uuid.UUID, on: date
) -> sa.Select[tuple[uuid.UUID]]:
    """Returns a select of the people of a body whom `actor` may handle with `permission`, and of those who left it."""
    left = leavers_of(body_id, on, committees=committees_where(actor, permission, body_id)).subquery()
    both = sa.union(people_visible_to(actor, permission, body_id, on), sa.select(left.c.person_id)).subquery()
    return sa.select(both.c.person_id)


def everybody_to_enter_for(actor: Actor, body_id: uuid.UUID, on: date) -> tuple[list[Person], dict[uuid.UUID, str]]:
    """Returns these people, then those who left, and what to call each in a list to choose from."""
    left = leavers_to_enter_for(actor, body_id, on)
    people = [*people_to_enter_for(actor, body_id, on), *(person for person, _ in left)]
    words = called(people, body_id, on)
    return people, words | {person.id: f"{words[person.id]}, left {day(left_on)}" for person, left_on in left}


def person_to_enter_for(person_id: uuid.UUID, actor: Actor, body_id: uuid.UUID, on: date) -> Person:
    """Returns one of them, or somebody who left, whose last declaration may be on paper. Raises NotFound. Rule: DECL-03."""
    ids = people_on_file_for(actor, Permission.REGISTERS_INTEREST_ENTER, body_id, on)
    found = db.session.scalar(sa.select(Person).where(Person.id == person_id, Person.id.in_(ids)))
    if found is None:
        raise NotFound("There is no such person")
    return found


def may_enter_for(person_id: uuid.UUID, actor: Actor, body_id: uuid.UUID, on: date) -> bool:
    """Whether a person is one of them, or left."""
    ids = people_on_file_for(actor, Permission.REGISTERS_INTEREST_ENTER, body_id, on)
    return bool(db.session.scalar(sa.select(sa.literal(person_id, sa.Uuid()).in_(ids))))


def belongs_to(person_id: uuid.UUID, body_id: uuid.UUID, on: date) -> bool:
    """Whether somebody's interests belong on a body's register on a day: they hold a post, sit on a committee, or will."""
    wanted = sa.select(sa.literal(person_id, sa.Uuid()).in_(people_of_body(body_id, on)))
    return bool(db.session.scalar(wanted))


def own_person(actor: Actor) -> Person:
    """Returns the person behind an account. Raises NotFound."""
    found = db.session.get(Person, actor.person_id) if actor.person_id else None
    if found is None:
        raise NotFound("There is no such person")
    return found


def bound_since(person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    """Returns, per person, the first day of their first post or seat at any body: before it they had nothing to declare to."""
    return {row.person_id: row.first for row in db.session.execute(_BOUND, {"ids": list(person_ids)}).all()}


_ids = sa.bindparam("ids", expanding=True, type_=sa.Uuid())
_either = sa.union_all(
    *(
        sa.select(table.c.person_id, table.c.valid_from).where(table.c.person_id.in_(_ids))
        for table in (Appointment.__table__, Membership.__table__)
    )
).subquery()
_BOUND = sa.select(_either.c.person_id, sa.func.min(_either.c.valid_from).label("first")).group_by(_either.c.person_id)
