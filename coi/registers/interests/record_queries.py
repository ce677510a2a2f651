"""Reading what is on record about one person at a body."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from coi import clock
from coi.database import db
from coi.errors import NotFound
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests.leaver_queries import last_day_at, versions_here
from coi.registers.interests.models import Declaration, Interest, InterestOrganisation, InterestVersion
from coi.registers.interests.people_queries import people_on_file_for
from coi.registers.interests.queries import declarations_of, names_of_accounts
from coi.registers.interests.record import Told, line_of_nil, lines_of_interest
from coi.registers.interests.vocabulary import DeclarationKind
from coi.registers.interests.withheld_queries import withheld_fields


def person_on_file(person_id: uuid.UUID, actor: Actor, body_id: uuid.UUID, on: date) -> Person:
    """Returns somebody whose record the actor may read, also who has left. Raises NotFound."""
    ids = people_on_file_for(actor, Permission.REGISTERS_INTEREST_READ, body_id, on)
    found = db.session.scalar(sa.select(Person).where(Person.id == person_id, Person.id.in_(ids)))
    if found is None:
        raise NotFound("There is no such person")
    return found


def record_of(person: Person, body_id: uuid.UUID, since: date | None, at: datetime) -> list[Told]:
    """Returns what the register of a body learned about a person since a day, the earliest first, as far as the public may read it today.
    Of whoever has left, what is of this body. Rules: REG-01, REG-04, REG-06; RULEBOOK §23 scenario 55."""
    on = clock.local(at).date()
    left_on, withheld = last_day_at(person.id, body_id, on, instant=at), withheld_fields(body_id, at=at)
    every = {each: _versions(each, body_id, left_on, at) for each in _interests(person.id)}
    names = names_of_accounts({each.recorded_by for rows in every.values() for each in rows if each.recorded_by})
    told = [
        line
        for interest, versions in every.items()
        if versions
        for line in lines_of_interest(interest, versions, names, withheld.get(interest.reference, frozenset()))
    ]
    nil = [each for each in declarations_of(person.id) if each.kind is DeclarationKind.NIL]
    told += [line_of_nil(each) for each in nil if _is_of_here(each, body_id, left_on)]
    return sorted((each for each in told if since is None or each.on >= since), key=lambda each: (each.on, each.order))


def _interests(person_id: uuid.UUID) -> list[Interest]:
    versions = selectinload(Interest.versions)
    wanted = sa.select(Interest).where(Interest.person_id == person_id, Interest.disposed_at.is_(None)).options(
        versions.selectinload(InterestVersion.organisations).joinedload(InterestOrganisation.organisation),
        versions.joinedload(InterestVersion.declaration),
    )  # fmt: skip
    return list(db.session.scalars(wanted.order_by(Interest.reference)))


def _versions(interest: Interest, body_id: uuid.UUID, left_on: date | None, at: datetime) -> list[InterestVersion]:
    if left_on is None:
        return list(interest.versions)
    first = interest.versions[0].declaration
    if first is not None and not _is_of_here(first, body_id, left_on):
        return []
    return versions_here(interest, body_id, clock.local(at).date(), instant=at)


def _is_of_here(said: Declaration, body_id: uuid.UUID, left_on: date | None) -> bool:
    """Whether a declaration is of a body, as `leaver_queries.declared_here` has it."""
    if left_on is None or said.body_id == body_id or clock.local(said.submitted_at).date() <= left_on:
        return True
    return said.body_id is None and (said.declared_on <= left_on or bool(said.is_leaving))
