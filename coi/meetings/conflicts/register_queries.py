"""Reading what screening looks at, as frozen facts: interests as the register knew them, relations between organisations,
staff. The statements are made once, since every agenda page asks them."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coi.accounts.models import RoleGrant
from coi.database import Instant, db
from coi.meetings.models import Meeting
from coi.organisations.models import Organisation, OrganisationRelation
from coi.organisations.vocabulary import RelationKind
from coi.people.models import Person
from coi.permissions.vocabulary import Role
from coi.registers.interests.models import Interest, InterestOrganisation, InterestVersion
from coi.registers.interests.vocabulary import Directness, InterestRole, InterestStatus, InterestType, Via


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation that an interest names. `organisation_id` None: the declarant's own words, matched to nothing."""

    row_id: uuid.UUID
    organisation_id: uuid.UUID | None
    text: str
    name: str
    code: str | None


@dataclass(frozen=True, slots=True)
class KnownVersion:
    """An interest as the register knew it at an instant."""

    version_id: uuid.UUID
    interest_id: uuid.UUID
    person_id: uuid.UUID
    type: InterestType
    directness: Directness
    via: Via | None
    role: InterestRole
    nature: str
    arose_on: date | None
    ended_on: date | None
    is_pursuing: bool
    status: InterestStatus
    organisations: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """From one organisation to another, from when to when; and what the other is called."""

    from_id: uuid.UUID
    to_id: uuid.UUID
    kind: RelationKind
    valid_from: date | None
    valid_to: date | None
    to_code: str | None
    to_name: str


HOPS = 3
"""How many relations a path may follow from an organisation: practice, network, federation, company."""

_IDS = sa.bindparam("ids", expanding=True)
_LATER = aliased(InterestVersion)
_VERSIONS = (
    sa.select(
        InterestVersion.id, InterestVersion.interest_id, Interest.person_id, InterestVersion.type, InterestVersion.directness,
        InterestVersion.via, InterestVersion.role, InterestVersion.nature, InterestVersion.arose_on, InterestVersion.ended_on,
        InterestVersion.is_pursuing, InterestVersion.status, InterestOrganisation.id, InterestOrganisation.organisation_id,
        InterestOrganisation.text, Organisation.name, Organisation.code,
    )
    .join(Interest, Interest.id == InterestVersion.interest_id)
    .outerjoin(InterestOrganisation, InterestOrganisation.version_id == InterestVersion.id)
    .outerjoin(Organisation, Organisation.id == InterestOrganisation.organisation_id)
    .where(
        Interest.person_id.in_(_IDS),
        InterestVersion.recorded_at <= sa.bindparam("instant", type_=Instant),
        ~sa.exists().where(
            _LATER.interest_id == InterestVersion.interest_id,
            _LATER.number > InterestVersion.number,
            _LATER.recorded_at <= sa.bindparam("instant", type_=Instant),
        ),
    )
    .order_by(Interest.reference, InterestVersion.id, InterestOrganisation.position)
)  # fmt: skip
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
_RELATIONS = (
    sa.select(
        OrganisationRelation.from_id, OrganisationRelation.to_id, OrganisationRelation.kind, OrganisationRelation.valid_from,
        OrganisationRelation.valid_to, Organisation.code, Organisation.name,
    )
    .join(_NEAREST, _NEAREST.c.id == OrganisationRelation.from_id)
    .join(Organisation, Organisation.id == OrganisationRelation.to_id)
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


def known_versions(person_ids: Collection[uuid.UUID], instant: datetime) -> list[KnownVersion]:
    """Returns every interest of these people as the register knew it at `instant`, ended ones included: the last version that
    was recorded until then."""
    rows = db.session.execute(_VERSIONS, {"ids": list(person_ids), "instant": instant}).all()
    found = []
    for _, group in groupby(rows, key=lambda row: row[0]):
        own = list(group)
        named = tuple(Named(each[12], each[13], each[14], each[15] or each[14], each[16]) for each in own if each[12])
        found.append(KnownVersion(*own[0][:12], named))
    return found


def relations_from(organisation_ids: Collection[uuid.UUID]) -> list[Relation]:
    """Returns the relations that lead on from these organisations, a few steps out, the nearest first: one query."""
    return [Relation(*row) for row in db.session.execute(_RELATIONS, {"ids": list(organisation_ids)})]


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
