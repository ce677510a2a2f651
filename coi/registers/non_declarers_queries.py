"""Reading the lists of decision-makers who did not declare: the newest that a person confirmed, and whom a new one could name."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from coi.database import db
from coi.people.models import Person
from coi.registers.interests.models import Declaration
from coi.registers.models import NonDeclarer, NonDeclarersList
from coi.registers.standing import may_be_named
from coi.registers.standing_queries import lines_of_body
from coi.registers.work_list import Line

N, L = NonDeclarer.__table__.c, NonDeclarersList.__table__.c
_NAMED = (
    sa.select(N.person_id, L.id, L.as_at, L.confirmed_at)
    .where(L.id == N.list_id, L.body_id == sa.bindparam("body_id"), L.confirmed_at <= sa.bindparam("instant"))
    .order_by(L.confirmed_at, L.id)
)
"""Every list of a body with whom it names, built once: each public page of the register asks for it."""


@dataclass(frozen=True)
class NamedPerson:
    """Somebody on a confirmed list. `declared_since`: they have declared after the list was confirmed; nobody says of them any more that
    they did not."""

    person_id: uuid.UUID
    name: str
    positions: str
    due_on: date
    declared_since: bool


@dataclass(frozen=True)
class ConfirmedList:
    """A confirmed list. `still_named` is what may be published today; an empty list says that everybody declared."""

    id: uuid.UUID
    as_at: date
    confirmed_at: datetime
    confirmed_by: str
    note: str
    people: tuple[NamedPerson, ...]

    @property
    def still_named(self) -> tuple[NamedPerson, ...]:
        return tuple(each for each in self.people if not each.declared_since)


def newest_confirmed(body_id: uuid.UUID) -> ConfirmedList | None:
    """Returns the newest list that a person of the body confirmed; None where nobody ever did, and nothing may be published. Rule:
    REG-02."""
    wanted = sa.select(NonDeclarersList).where(NonDeclarersList.body_id == body_id)
    newest = wanted.order_by(NonDeclarersList.confirmed_at.desc(), NonDeclarersList.id).limit(1)
    found = db.session.scalar(newest.options(selectinload(NonDeclarersList.people)))
    if found is None:
        return None
    ids = [each.person_id for each in found.people]
    later = sa.select(Declaration.person_id).where(
        Declaration.person_id.in_(ids), Declaration.submitted_at > found.confirmed_at
    )
    since = set(db.session.scalars(later.distinct()))
    by = db.session.scalar(sa.select(Person.name).where(Person.id == found.confirmed_by)) or "The system"
    people = tuple(
        NamedPerson(each.person_id, each.name, each.positions, each.due_on, each.person_id in since)
        for each in found.people
    )
    return ConfirmedList(found.id, found.as_at, found.confirmed_at, by, found.note, people)


def list_known(body_id: uuid.UUID, at: datetime) -> NonDeclarersList | None:
    """Returns the list that was the newest confirmed one at an instant; None where there was none yet."""
    wanted = sa.select(NonDeclarersList).where(NonDeclarersList.body_id == body_id, NonDeclarersList.confirmed_at <= at)
    return db.session.scalar(wanted.order_by(NonDeclarersList.confirmed_at.desc(), NonDeclarersList.id).limit(1))


def lists_naming(
    body_id: uuid.UUID, at: datetime
) -> dict[uuid.UUID, list[sa.Row[tuple[uuid.UUID, uuid.UUID, date, datetime]]]]:
    """Returns, of each who was named by a list confirmed by then, the lists that name them, the oldest first."""
    found: dict[uuid.UUID, list[sa.Row[tuple[uuid.UUID, uuid.UUID, date, datetime]]]] = {}
    for row in db.session.execute(_NAMED, {"body_id": body_id, "instant": at}):
        found.setdefault(row.person_id, []).append(row)
    return found


def moments_declared(person_ids: Iterable[uuid.UUID], at: datetime) -> dict[uuid.UUID, list[datetime]]:
    """Returns when each of these people had declared by then."""
    said = sa.select(Declaration.person_id, Declaration.submitted_at).where(
        Declaration.person_id.in_(list(person_ids)), Declaration.submitted_at <= at
    )
    found: dict[uuid.UUID, list[datetime]] = {}
    for row in db.session.execute(said):
        found.setdefault(row.person_id, []).append(row.submitted_at)
    return found


def could_be_named(body_id: uuid.UUID, at: datetime) -> list[Line]:
    """Returns the people of a body whom a list could name now: overdue, not away for long, not within the days after starting. Members of
    committees always decide; of the others a person says who does (RULEBOOK §4)."""
    return [line for line in lines_of_body(body_id, at) if may_be_named(line.verdict)]
