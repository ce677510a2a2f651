"""Reading what is due for disposal, and what was disposed of."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from coi import clock
from coi.committees.joint_queries import SERVED
from coi.committees.models import Membership
from coi.database import db, stands
from coi.guidance.vocabulary import Rulebook
from coi.organisations.policy_queries import rulebook_of
from coi.people.models import Appointment, Person
from coi.permissions.vocabulary import Actor
from coi.registers.disposal.record_queries import due_by_own_years
from coi.registers.disposal.vocabulary import DueRecord
from coi.registers.gifts.models import Gift, GiftVersion
from coi.registers.gifts.public_queries import over_on
from coi.registers.gifts.queries import standing
from coi.registers.interests.leaver_queries import leavers_of, told_here
from coi.registers.interests.models import Interest, InterestVersion, RedactionRequest
from coi.registers.interests.public_queries import periods_on
from coi.registers.interests.queries import known_at
from coi.registers.models import Disposal
from coi.registers.retention import due_since, longest
from coi.registers.vocabulary import RegisterKind


@dataclass
class _Service:
    """At which bodies somebody serves or served, and their last day anywhere (None: they are still there, or will be)."""

    bodies: set[uuid.UUID] = field(default_factory=set)
    left_on: date | None = None
    is_there: bool = False


def due_records(body_id: uuid.UUID, *, actor: Actor, at: datetime) -> list[DueRecord]:
    """Returns what is due for disposal on the registers of a body: interests, gifts and hospitality, procurement decisions, breaches.
    Rule: REG-04."""
    kinds, rulebook = (_interests, _gifts, due_by_own_years), rulebook_of(body_id)
    return [each for kind in kinds for each in kind(body_id, rulebook, actor=actor, at=at)]


def _interests(body_id: uuid.UUID, rulebook: Rulebook, *, actor: Actor, at: datetime) -> list[DueRecord]:
    """Returns the interests of a body whose years of keeping are over, by reference: those that ended, and those of people who left
    every body, which count from their last day. What belongs to several bodies is kept as long as any of them asks. Rule: REG-04;
    RULEBOOK §7.4."""
    on = clock.local(at).date()
    services = _services(body_id, at, on)
    bodies = set().union(*(service.bodies for service in services.values()))
    rulebooks = {each: rulebook if each == body_id else rulebook_of(each) for each in bodies}
    found = []
    for row in db.session.execute(_standing(body_id, at)).all():
        service = services[row.person_id]
        end = row.ended_on or (None if service.is_there else service.left_on)
        if end is not None:
            due = _due(row, end, on, [rulebooks[each] for each in service.bodies], actor)
            found += [due] if due else []
    return found


def _gifts(body_id: uuid.UUID, rulebook: Rulebook, *, actor: Actor, at: datetime) -> list[DueRecord]:
    """Returns the offers declared to a body whose years of keeping are over, by reference; they count from the latest of the offer, the
    receipt and the declaration. Rule: REG-04; RULEBOOK §7.4."""
    rows = (
        sa.select(GiftVersion).join(GiftVersion.gift)
        .where(Gift.body_id == body_id, Gift.disposed_at.is_(None), standing(at))
        .options(contains_eager(GiftVersion.gift).options(joinedload(Gift.person), joinedload(Gift.body)))
        .order_by(Gift.reference)
    )  # fmt: skip
    versions, on, found = list(db.session.scalars(rows)), clock.local(at).date(), []
    for each in versions:
        over, gift = over_on(each), each.gift
        if since := due_since(over, on, periods_on(over, rulebook)):
            is_own = gift.person_id is not None and gift.person_id == actor.person_id
            found.append(
                DueRecord(RegisterKind.GIFTS, gift.id, gift.reference, gift.recipient, over, False, *since, is_own)
            )
    return found


def _due(
    row: sa.Row[tuple[uuid.UUID, str, uuid.UUID, str, date | None]],
    end: date,
    on: date,
    rulebooks: Sequence[Rulebook],
    actor: Actor,
) -> DueRecord | None:
    since = due_since(end, on, longest(periods_on(end, each) for each in rulebooks))
    if since is None:
        return None
    is_own = row.person_id == actor.person_id
    return DueRecord(RegisterKind.INTERESTS, row.id, row.reference, row.name, end, row.ended_on is None, *since, is_own)


def _services(body_id: uuid.UUID, at: datetime, on: date) -> dict[uuid.UUID, _Service]:
    found: dict[uuid.UUID, _Service] = defaultdict(_Service)
    posts = sa.select(Appointment.person_id, Appointment.body_id, Appointment.valid_to).where(stands(Appointment, at))
    seats = (
        sa.select(Membership.person_id, SERVED.c.body_id, Membership.valid_to)
        .join(SERVED, SERVED.c.committee_id == Membership.committee_id)
        .where(stands(Membership, at))
    )
    for query in (posts, seats):
        for row in db.session.execute(query.where(query.selected_columns[0].in_(_ever_at(body_id, at)))).all():
            service = found[row.person_id]
            service.bodies.add(row.body_id)
            if row.valid_to is None or row.valid_to >= on:
                service.is_there = True
            elif service.left_on is None or row.valid_to > service.left_on:
                service.left_on = row.valid_to
    return found


def _ever_at(body_id: uuid.UUID, at: datetime) -> sa.Select[tuple[uuid.UUID]]:
    """Everybody who ever held a post at a body or sat on one of its committees."""
    posts = sa.select(Appointment.person_id).where(Appointment.body_id == body_id, stands(Appointment, at))
    seats = (
        sa.select(Membership.person_id)
        .join(SERVED, SERVED.c.committee_id == Membership.committee_id)
        .where(SERVED.c.body_id == body_id, stands(Membership, at))
    )
    return sa.select(sa.union(posts, seats).subquery().c.person_id)


def _standing(body_id: uuid.UUID, at: datetime) -> sa.Select[tuple[uuid.UUID, str, uuid.UUID, str, date | None]]:
    """What stands of the interests of everybody who was ever here; of those who have left, what they declared here."""
    left = leavers_of(body_id, clock.local(at).date(), instant=at).subquery()
    return (
        known_at(at)
        .join(InterestVersion.interest)
        .join(Interest.person)
        .outerjoin(left, left.c.person_id == Interest.person_id)
        .where(Interest.person_id.in_(_ever_at(body_id, at)), Interest.disposed_at.is_(None))
        .where(sa.or_(left.c.person_id.is_(None), told_here(Interest.id, body_id, left.c.left_on)))
        .with_only_columns(Interest.id, Interest.reference, Interest.person_id, Person.name, InterestVersion.ended_on)
        .order_by(Interest.reference)
    )


def whole_interests(ids: Collection[uuid.UUID]) -> list[Interest]:
    """Returns interests with all their versions and organisations, locked until the transaction ends."""
    versions = selectinload(Interest.versions).joinedload(InterestVersion.organisations)
    wanted = sa.select(Interest).where(Interest.id.in_(ids)).options(versions).order_by(Interest.reference)
    return list(db.session.scalars(wanted.with_for_update().execution_options(populate_existing=True)))


def whole_gifts(ids: Collection[uuid.UUID]) -> list[Gift]:
    """Returns offers with all their versions, locked until the transaction ends."""
    wanted = sa.select(Gift).where(Gift.id.in_(ids)).options(selectinload(Gift.versions)).order_by(Gift.reference)
    return list(db.session.scalars(wanted.with_for_update().execution_options(populate_existing=True)))


def requests_about(ids: Collection[uuid.UUID]) -> list[RedactionRequest]:
    """Returns every request not to publish one of these records, with its decisions."""
    asked = sa.or_(RedactionRequest.interest_id.in_(ids), RedactionRequest.gift_id.in_(ids))
    wanted = sa.select(RedactionRequest).where(asked).options(joinedload(RedactionRequest.decisions))
    return list(db.session.scalars(wanted.order_by(RedactionRequest.id)).unique())


def disposals(body_id: uuid.UUID) -> list[Disposal]:
    """Returns what was disposed of at a body, the newest first."""
    wanted = sa.select(Disposal).where(Disposal.body_id == body_id)
    return list(db.session.scalars(wanted.order_by(Disposal.disposed_at.desc(), Disposal.id)))
