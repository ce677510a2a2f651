"""Reading what screening looks at besides what people hold, as frozen facts: relations between organisations, staff, the bodies whose
meeting it is. The statements are made once, since every agenda page asks them."""

import uuid
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from coi.accounts.models import RoleGrant
from coi.committees.models import CommitteeBody
from coi.database import db
from coi.meetings.models import Meeting
from coi.organisations.models import Body, Organisation, OrganisationRelation
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.people.models import Person
from coi.permissions.vocabulary import Role


class Relation(NamedTuple):
    """From one organisation, of this kind, to another, from when to when; and what the other is called."""

    from_id: uuid.UUID
    to_id: uuid.UUID
    kind: RelationKind
    valid_from: date | None
    valid_to: date | None
    detail: str | None
    to_code: str | None
    to_name: str
    from_kind: OrganisationKind


HOPS = 3
"""How many relations a path may follow from an organisation: practice, network, federation, company."""

_IDS = sa.bindparam("ids", expanding=True)
_BODIES = (
    sa.select(Body.ods_code, Body.area_codes, Body.name)
    .outerjoin(CommitteeBody, CommitteeBody.body_id == Body.id)
    .where(sa.or_(Body.id == sa.bindparam("body"), CommitteeBody.committee_id.in_(_IDS)))
    .distinct()
)
_REACHED = (
    sa.select(Organisation.id, sa.literal(1).label("step"))
    .where(Organisation.id.in_(_IDS))
    .cte("reached", recursive=True)
)
_REACHED = _REACHED.union(
    sa.select(OrganisationRelation.to_id, _REACHED.c.step + 1)
    .join(_REACHED, OrganisationRelation.from_id == _REACHED.c.id)
    .where(_REACHED.c.step < HOPS)
)
_NEAREST = sa.select(_REACHED.c.id, sa.func.min(_REACHED.c.step).label("step")).group_by(_REACHED.c.id).subquery()
_FROM = sa.orm.aliased(Organisation)
_RELATIONS = (
    sa.select(
        OrganisationRelation.from_id, OrganisationRelation.to_id, OrganisationRelation.kind, OrganisationRelation.valid_from,
        OrganisationRelation.valid_to, OrganisationRelation.detail, Organisation.code, Organisation.name, _FROM.kind,
    )
    .join(_NEAREST, _NEAREST.c.id == OrganisationRelation.from_id)
    .join(Organisation, Organisation.id == OrganisationRelation.to_id)
    .join(_FROM, _FROM.id == OrganisationRelation.from_id)
    .order_by(_NEAREST.c.step, OrganisationRelation.valid_from, OrganisationRelation.id)
)  # fmt: skip
_ORGANISATIONS = sa.select(Organisation.id, Organisation.code, Organisation.name).where(Organisation.id.in_(_IDS))
_SECRETARIES = (
    sa.select(Person.id, Person.name)
    .join(RoleGrant, RoleGrant.person_id == Person.id)
    .where(
        RoleGrant.role == Role.SECRETARY,
        RoleGrant.body_id == sa.bindparam("body"),
        sa.or_(RoleGrant.committee_id.is_(None), RoleGrant.committee_id.in_(_IDS)),
        RoleGrant.valid_from <= sa.bindparam("day"),
        sa.or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= sa.bindparam("day")),
    )
    .distinct()
)


def bodies_meeting(body_id: uuid.UUID, committee_ids: Iterable[uuid.UUID]) -> tuple[frozenset[str], frozenset[str]]:
    """Returns the codes and the folded names of the bodies whose meeting it is: the one that keeps the papers, and those that a joint
    committee decides for besides."""
    rows = db.session.execute(_BODIES, {"body": body_id, "ids": list(committee_ids)}).all()
    codes = {code for row in rows for code in (row.ods_code, *row.area_codes) if code}
    return frozenset(codes), frozenset(row.name.casefold() for row in rows)


def relations_from(organisation_ids: Collection[uuid.UUID]) -> list[Relation]:
    """Returns the relations that lead on from these organisations, a few steps out, the nearest first: one query."""
    return [Relation._make(row) for row in db.session.execute(_RELATIONS, {"ids": list(organisation_ids)})]


def called(organisation_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[str | None, str]]:
    """Returns the code and name of each of these organisations."""
    if not organisation_ids:
        return {}
    rows = db.session.execute(_ORGANISATIONS, {"ids": list(organisation_ids)})
    return {row.id: (row.code, row.name) for row in rows}


def secretaries_of(meeting: Meeting, committee_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Returns the secretaries of a meeting: staff whose interests matter although they decide nothing."""
    given = {"ids": list(committee_ids), "body": meeting.body_id, "day": meeting.held_on}
    return {row.id: row.name for row in db.session.execute(_SECRETARIES, given)}
