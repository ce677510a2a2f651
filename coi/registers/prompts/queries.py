"""Reading the members of a body with what they declared, to compare them with lists from outside."""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa

from coi.database import db
from coi.organisations.models import Organisation, OrganisationRelation
from coi.organisations.vocabulary import OrganisationStatus, RelationKind
from coi.people.queries import people
from coi.people.vocabulary import PersonDetails
from coi.registers.interests.models import InterestVersion
from coi.registers.interests.queries import interests_known_at
from coi.registers.prompts.vocabulary import Declared, Member


def members_of(body_id: uuid.UUID, at: datetime, *, only: Collection[uuid.UUID] | None = None) -> list[Member]:
    """Returns the people of a body, or `only` these of them, with what the register says of them at an instant."""
    here = [each for each in people(body_id) if only is None or each.id in only]
    versions = [each for each in interests_known_at([one.id for one in here], at) if each.interest.disposed_at is None]
    successors = _successors(named.organisation_id for each in versions for named in each.organisations)
    declared: dict[uuid.UUID, list[Declared]] = {}
    for each in versions:
        declared.setdefault(each.interest.person_id, []).extend(_declared(each, successors))
    return [
        Member(
            one.name, PersonDetails(one.given_names, one.family_name, one.title), tuple(declared.get(one.id, ())), one.id
        )
        for one in here
    ]  # fmt: skip


def _declared(version: InterestVersion, successors: dict[uuid.UUID, list[str]]) -> list[Declared]:
    found = []
    for named in version.organisations:
        organisation = named.organisation
        into = tuple(successors.get(organisation.id, ())) if organisation else ()
        found.append(
            Declared(
                version.interest.reference,
                organisation.name if organisation else named.text,
                organisation.postcode if organisation else "",
                version.ended_on,
                organisation.closed_on if organisation else None,
                has_closed=organisation is not None
                and (organisation.status is OrganisationStatus.CLOSED or bool(into)),
                successors=into,
                interest_id=version.interest_id,
            )
        )
    return found


def _successors(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, list[str]]:
    rows = db.session.execute(
        sa.select(OrganisationRelation.from_id, Organisation.name)
        .join(Organisation, Organisation.id == OrganisationRelation.to_id)
        .where(OrganisationRelation.kind == RelationKind.SUCCEEDED_BY, OrganisationRelation.from_id.in_({each for each in ids if each}))
        .order_by(Organisation.sort_key)
    )  # fmt: skip
    found: dict[uuid.UUID, list[str]] = {}
    for organisation_id, name in rows:
        found.setdefault(organisation_id, []).append(name)
    return found
