"""Reading the queues: the next organisation to match, the next mitigation to agree, one after the other."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coi import clock
from coi.database import db
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests import queries as interests
from coi.registers.interests.matching_queries import groups, key_of
from coi.registers.interests.models import Interest, InterestOrganisation, InterestVersion
from coi.registers.interests.people_queries import ids_visible_to


@dataclass(frozen=True)
class Place:
    """Where somebody is in a queue: how many wait in all, and how many of them come after this one."""

    waiting: int
    left: int


def next_unmatched(
    rows: Sequence[InterestOrganisation], *, after: str = ""
) -> tuple[list[InterestOrganisation], Place]:
    """Returns, of what waits to be matched, in its order, the next group of similar words whose first stands after a place in the queue (as
    `key_of` gives it); empty at its end."""
    coming = [each for each in groups(rows) if key_of(each[0]) > after]
    return (coming[0] if coming else []), Place(len(rows), sum(len(each) for each in coming[1:]))


def of_reference(reference: str, actor: Actor, body_id: uuid.UUID, at: datetime) -> InterestVersion | None:
    """Returns what stands of an interest by its reference; None where there is none of whose mitigation the actor has a say."""
    ids = ids_visible_to(actor, Permission.REGISTERS_INTEREST_MITIGATE, body_id, clock.local(at).date())
    wanted = sa.select(Interest).where(Interest.reference == reference, Interest.person_id.in_(ids))
    interest = db.session.scalar(wanted)
    return interest.versions[-1] if interest is not None else None


def next_mitigation(
    actor: Actor, body_id: uuid.UUID, at: datetime, *, after: str = ""
) -> tuple[InterestVersion | None, Place]:
    """Returns the interest of somebody else whose mitigation is to be agreed next, None at the end of the queue; by reference."""
    mine = ids_visible_to(actor, Permission.REGISTERS_INTEREST_MITIGATE, body_id, clock.local(at).date()) - {
        actor.person_id
    }
    rows = [
        each
        for each in interests.waiting_for_mitigation(body_id, at, clock.local(at).date())
        if each.interest.person_id in mine
    ]
    rows.sort(key=lambda each: each.interest.reference)
    coming = [each for each in rows if each.interest.reference > after]
    return (coming[0] if coming else None), Place(len(rows), max(len(coming) - 1, 0))
