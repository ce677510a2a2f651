"""Reading for starters, movers and leavers: who is known, which posts are held now, who left and still sits on a committee."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coi.accounts.belonging import stands_for_somebody
from coi.committees.models import Committee, Membership
from coi.database import db, stands
from coi.people.models import Appointment, Person
from coi.people.rules import sort_key
from coi.people.vocabulary import PersonDetails
from coi.registers.people_sheets import Finder, Known
from coi.registers.standing_queries import absences_of_body
from coi.registers.starters.vocabulary import Held


def finder_for(rows: Iterable[PersonDetails]) -> Finder:
    """Returns what finds the people whom rows may mean, by address or by name, anywhere in the installation: a person is one person,
    whatever bodies they serve."""
    emails, keys = set(), set()
    for each in rows:
        emails.add(each.email)
        keys.add(sort_key(each))
    known = sa.or_(sa.func.lower(Person.email).in_(emails - {""}), Person.sort_key.in_(keys))
    found = (
        sa.select(Person.id, Person.name, Person.sort_key, Person.email)
        .where(known, stands_for_somebody())
        .order_by(Person.sort_key, Person.id)
    )
    return Finder(Known(str(row.id), row.name, row.sort_key, row.email) for row in db.session.execute(found).all())


def held_now(body_id: uuid.UUID, on: date) -> tuple[list[Held], dict[str, str]]:
    """Returns the posts held at a body on a day or later, and the names of those who hold them, by id."""
    wanted = (
        sa.select(Appointment.id, Appointment.person_id, Appointment.post, Appointment.valid_from, Person.name)
        .join(Person, Person.id == Appointment.person_id)
        .where(
            Appointment.body_id == body_id, stands(Appointment),
            sa.or_(Appointment.valid_to.is_(None), Appointment.valid_to >= on),
        )
        .order_by(Person.sort_key, Appointment.valid_from, Appointment.id)
    )  # fmt: skip
    rows = db.session.execute(wanted).all()
    held = [Held(str(row.id), str(row.person_id), row.post, row.valid_from) for row in rows]
    return held, {str(row.person_id): row.name for row in rows}


def away_on(body_id: uuid.UUID, on: date) -> set[str]:
    """Returns who is away from a body for long on a day, or will be."""
    return {str(each.person_id) for each in absences_of_body(body_id, on)}


def people(ids: Collection[uuid.UUID]) -> dict[str, Person]:
    """Returns these people by id as text."""
    return {str(each.id): each for each in db.session.scalars(sa.select(Person).where(Person.id.in_(ids)))}


def posts(ids: Collection[uuid.UUID], body_id: uuid.UUID) -> dict[str, Appointment]:
    """Returns those of these posts at a body that still stand, by id as text."""
    wanted = sa.select(Appointment).where(Appointment.id.in_(ids), Appointment.body_id == body_id, stands(Appointment))
    return {str(each.id): each for each in db.session.scalars(wanted)}


@dataclass(frozen=True)
class LeftSeat:
    """A seat of somebody who holds no post at the body any more."""

    name: str
    committee: str
    committee_id: uuid.UUID
    left_on: date


def seats_of_leavers(body_id: uuid.UUID, on: date) -> list[LeftSeat]:
    """Returns the seats on a body's committees that are still filled by people who have left: their last post there is over, and they
    hold no other. The secretary says what becomes of each."""
    last = (
        sa.select(Appointment.person_id, sa.func.max(sa.func.coalesce(Appointment.valid_to, date.max)).label("until"))
        .where(Appointment.body_id == body_id, stands(Appointment))
        .group_by(Appointment.person_id)
        .subquery()
    )
    wanted = (
        sa.select(Person.name, Committee.name.label("committee"), Committee.id, last.c.until)
        .select_from(Membership)
        .join(Committee, Committee.id == Membership.committee_id)
        .join(Person, Person.id == Membership.person_id)
        .join(last, last.c.person_id == Membership.person_id)
        .where(
            Committee.body_id == body_id, stands(Membership), last.c.until < on,
            sa.or_(Membership.valid_to.is_(None), Membership.valid_to >= on),
        )
        .order_by(Person.sort_key, Committee.name)
    )  # fmt: skip
    return [LeftSeat(row.name, row.committee, row.id, row.until) for row in db.session.execute(wanted).all()]
