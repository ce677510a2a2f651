"""Reading the queues: the next organisation to match, the next mitigation to agree, one after the other."""

import uuid
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coi import clock
from coi.database import db
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests import queries as interests
from coi.registers.interests.models import InterestOrganisation, InterestVersion
from coi.registers.interests.people_queries import people_visible_to


@dataclass(frozen=True)
class Place:
    """Where somebody is in a queue: how many wait in all, and how many of them come after this one."""

    waiting: int
    left: int


def _visible(actor: Actor, permission: Permission, body_id: uuid.UUID, at: datetime) -> set[uuid.UUID]:
    ids = people_visible_to(actor, permission, body_id, clock.local(at).date())
    return set(db.session.scalars(sa.select(Person.id).where(Person.id.in_(ids))))


def next_unmatched(
    actor: Actor, body_id: uuid.UUID, at: datetime, *, after: str = ""
) -> tuple[InterestOrganisation | None, Place]:
    """Returns the organisation to match next after a place in the queue (as `key_of` gives it), None at its end; by reference."""
    mine = _visible(actor, Permission.REGISTERS_INTEREST_READ, body_id, at)
    rows = [
        each
        for each in interests.unmatched(body_id, at, clock.local(at).date())
        if each.version.interest.person_id in mine
    ]
    rows.sort(key=key_of)
    coming = [each for each in rows if key_of(each) > after]
    return (coming[0] if coming else None), Place(len(rows), max(len(coming) - 1, 0))


def key_of(named: InterestOrganisation) -> str:
    """Returns where an organisation stands in the queue."""
    return f"{named.version.interest.reference}:{named.position:03d}"


def next_mitigation(
    actor: Actor, body_id: uuid.UUID, at: datetime, *, after: str = ""
) -> tuple[InterestVersion | None, Place]:
    """Returns the interest of somebody else whose mitigation is to be agreed next, None at the end of the queue; by reference."""
    mine = _visible(actor, Permission.REGISTERS_INTEREST_MITIGATE, body_id, at) - {actor.person_id}
    rows = [
        each
        for each in interests.waiting_for_mitigation(body_id, at, clock.local(at).date())
        if each.interest.person_id in mine
    ]
    rows.sort(key=lambda each: each.interest.reference)
    coming = [each for each in rows if each.interest.reference > after]
    return (coming[0] if coming else None), Place(len(rows), max(len(coming) - 1, 0))
