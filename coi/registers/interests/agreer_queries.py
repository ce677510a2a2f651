"""Reading who agrees for whom: whom a body named, and in which group somebody is."""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coi.accounts.models import RoleGrant
from coi.committees.joint_queries import SERVED
from coi.committees.models import Membership
from coi.committees.vocabulary import Office
from coi.database import db
from coi.people.models import Person
from coi.permissions.rules import ROLE_TABLE
from coi.permissions.vocabulary import Permission, Role
from coi.registers.interests.models import MitigationAgreer
from coi.registers.interests.vocabulary import Declaring


def agreers_of(body_id: uuid.UUID) -> dict[Declaring, Person]:
    """Returns whom a body named last for each group."""
    rows = (
        sa.select(MitigationAgreer)
        .where(MitigationAgreer.body_id == body_id)
        .options(joinedload(MitigationAgreer.agreer))
    )
    found = db.session.scalars(rows.order_by(MitigationAgreer.named_at, MitigationAgreer.id))
    return {each.of_whom: each.agreer for each in found}


def who_could_agree(body_id: uuid.UUID, on: date) -> list[Person]:
    """Returns the people who may agree mitigations at a body on a day, in the order of the register."""
    roles = [role for role, granted in ROLE_TABLE.items() if Permission.REGISTERS_INTEREST_MITIGATE in granted]
    held = sa.select(RoleGrant.person_id).where(
        RoleGrant.body_id == body_id, RoleGrant.role.in_(roles), RoleGrant.valid_from <= on,
        sa.or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= on),
    )  # fmt: skip
    return list(db.session.scalars(sa.select(Person).where(Person.id.in_(held)).order_by(Person.sort_key, Person.id)))


def group_of(person_id: uuid.UUID, body_id: uuid.UUID, on: date) -> Declaring | None:
    """Returns the group that somebody is in at a body on a day; None for whoever is in none: staff."""
    guardian = sa.select(RoleGrant.id).where(
        RoleGrant.person_id == person_id, RoleGrant.body_id == body_id, RoleGrant.role == Role.GUARDIAN, RoleGrant.valid_from <= on,
        sa.or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= on),
    )  # fmt: skip
    if db.session.scalar(guardian.limit(1)):
        return Declaring.GUARDIAN
    seats = db.session.scalars(
        sa.select(Membership.office).join(SERVED, SERVED.c.committee_id == Membership.committee_id).where(
            Membership.person_id == person_id, SERVED.c.body_id == body_id, Membership.valid_from <= on, Membership.replaced_at.is_(None),
            sa.or_(Membership.valid_to.is_(None), Membership.valid_to >= on),
        )
    ).all()  # fmt: skip
    if Office.CHAIR in seats:
        return Declaring.CHAIR
    return Declaring.MEMBERS if seats else None
