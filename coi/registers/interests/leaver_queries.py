"""Who left a body, their last day there, and which of their interests its register still knows."""

import uuid
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coi import clock
from coi.clock import months_after
from coi.committees.joint_queries import SERVED
from coi.committees.models import Membership
from coi.database import db, stands
from coi.errors import NotFound
from coi.guidance.rulesets import effective
from coi.organisations.policy_queries import rulebook_of
from coi.people.models import Appointment, Person
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests.models import Declaration, Interest, InterestVersion

BodyId = uuid.UUID | sa.BindParameter[uuid.UUID]
Day = date | sa.BindParameter[date]
Moment = datetime | sa.BindParameter[datetime] | None


def leavers_of(
    body_id: BodyId,
    on: Day,
    *,
    instant: Moment = None,
    committees: Collection[uuid.UUID] | sa.BindParameter[Collection[uuid.UUID]] | None = None,
) -> sa.Select[tuple[uuid.UUID, date]]:
    """Returns a select of the people whose last post or seat at a body was over before a day, with its last day (`left_on`). `instant`:
    posts and seats as they were known then; `committees`: only who sat on one of them."""
    seats = sa.select(Membership.person_id, Membership.valid_to).where(
        Membership.committee_id.in_(sa.select(SERVED.c.committee_id).where(SERVED.c.body_id == body_id)), stands(Membership, instant)
    )  # fmt: skip
    posts = sa.select(Appointment.person_id, Appointment.valid_to).where(
        Appointment.body_id == body_id, stands(Appointment, instant)
    )
    spells = sa.union_all(posts, seats).subquery().c
    is_here = sa.func.max(sa.case((sa.or_(spells.valid_to.is_(None), spells.valid_to >= on), 1), else_=0))
    left = sa.select(spells.person_id, sa.func.max(spells.valid_to).label("left_on"))
    left = left.group_by(spells.person_id).having(is_here == 0)
    if committees is not None:
        sat = sa.select(Membership.person_id).where(
            Membership.committee_id.in_(committees), stands(Membership, instant)
        )
        left = left.where(spells.person_id.in_(sat))
    return left


def last_day_at(person_id: uuid.UUID, body_id: uuid.UUID, on: date, *, instant: datetime) -> date | None:
    """Returns the last day at a body of somebody who left it by a day, as it was known at an instant; None for whoever has not left."""
    left = leavers_of(body_id, on, instant=instant).subquery()
    return db.session.scalar(sa.select(left.c.left_on).where(left.c.person_id == person_id))


def made_here(act: Any, recorded_at: Any, body_id: BodyId, left_on: Any) -> sa.ColumnElement[bool]:
    """Returns the condition that an act of declaring, or about what was declared, is of a body that its holder left: it was made there,
    be it after their last day, or anywhere until then, since people declare once for all their bodies. What is done at another body after
    they left is not of this one. `act`: the columns of a declaration or version. Rules: REG-01, REG-02, REG-07."""
    return sa.or_(act.body_id.is_not_distinct_from(body_id), sa.func.date(recorded_at, type_=sa.Date()) <= left_on)


def declared_here(said: Any, body_id: BodyId, left_on: Any) -> sa.ColumnElement[bool]:
    """Returns that condition of a declaration. One of which nobody says where it was made is of the body where it is dated until the last
    day, or was made on leaving. `said`: the columns."""
    of_nobody = sa.and_(said.body_id.is_(None), sa.or_(said.declared_on <= left_on, said.is_leaving.is_(sa.true())))
    return sa.or_(made_here(said, said.submitted_at, body_id, left_on), of_nobody)


def said_here(version: Any, body_id: BodyId, left_on: Any) -> sa.ColumnElement[bool]:
    """Returns that condition of a version of an interest that was first declared so (`told_here`). A copy keeps the declaration of the
    version before, so that alone its own body and instant tell. `version`: the columns."""
    return sa.or_(version.number == 1, made_here(version, version.recorded_at, body_id, left_on))


def told_here(interest_id: Any, body_id: BodyId, left_on: Any) -> sa.ColumnElement[bool]:
    """Returns the condition that an interest was first declared so that it is of a body which its holder left."""
    first, said = aliased(InterestVersion), aliased(Declaration)
    by_declaring = first.interest_id == interest_id, first.number == 1, said.id == first.declaration_id
    return sa.exists().where(*by_declaring, declared_here(said, body_id, left_on))


def versions_here(interest: Interest, body_id: uuid.UUID, on: date, *, instant: datetime) -> list[InterestVersion]:
    """Returns the versions of an interest that were known at an instant and that a body may read: of somebody who left it by a day, what
    is of that body. Rules: REG-01, REG-04."""
    left = leavers_of(body_id, on, instant=instant).subquery()
    told = sa.select(InterestVersion.id).join(left, left.c.person_id == interest.person_id)
    told = told.where(InterestVersion.interest_id == interest.id, ~said_here(InterestVersion, body_id, left.c.left_on))
    elsewhere = set(db.session.scalars(told))
    return [each for each in interest.versions if each.recorded_at <= instant and each.id not in elsewhere]


def to_act_on(interest: Interest, body_id: uuid.UUID, at: datetime) -> Interest:
    """Returns an interest that a body may read, as long as what stands was declared there. Raises NotFound where somebody who has left
    changed it elsewhere since: whoever looks after them there acts on it."""
    here = versions_here(interest, body_id, clock.local(at).date(), instant=at)
    if here[-1] is not interest.versions[-1]:
        raise NotFound("They have left, and what they declared here can only be read")
    return interest


def left_interests(
    actor: Actor, permission: Permission, body_id: uuid.UUID, on: date, *, instant: datetime | None = None
) -> sa.Select[tuple[uuid.UUID]]:
    """Returns a select of the interests that people declared at a body before they left it, of those whom `actor` may handle with
    `permission`."""
    left = leavers_of(body_id, on, instant=instant, committees=committees_where(actor, permission, body_id)).subquery()
    return (
        sa.select(Interest.id)
        .join(left, left.c.person_id == Interest.person_id)
        .where(told_here(Interest.id, body_id, left.c.left_on))
    )


def left_declarations(
    actor: Actor, permission: Permission, body_id: uuid.UUID, on: date
) -> sa.Select[tuple[uuid.UUID]]:
    """Returns a select of the declarations that these people made before they left, or there."""
    left = leavers_of(body_id, on, committees=committees_where(actor, permission, body_id)).subquery()
    theirs = sa.select(Declaration.id).join(left, left.c.person_id == Declaration.person_id)
    return theirs.where(declared_here(Declaration, body_id, left.c.left_on))


def leavers_to_enter_for(actor: Actor, body_id: uuid.UUID, on: date) -> list[tuple[Person, date]]:
    """Returns the people who left within the years for which the register keeps what ended, with their last day, in the order of the
    register: their last declaration may still have to be entered. Rules: DECL-03, REG-04; RULEBOOK §6.1."""
    permission = Permission.REGISTERS_INTEREST_ENTER
    years = effective(rulebook_of(body_id), on).number("private_retention_years") or 0
    left = leavers_of(body_id, on, committees=committees_where(actor, permission, body_id)).subquery()
    wanted = sa.select(Person, left.c.left_on).join(left, left.c.person_id == Person.id)
    recent = wanted.where(left.c.left_on >= months_after(on, -12 * years)).order_by(Person.sort_key, Person.id)
    return [(row[0], row[1]) for row in db.session.execute(recent)]
