"""Reading the members of a body with what they declared, to compare them with lists from outside."""

import uuid
from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coi import clock
from coi.database import db
from coi.organisations.models import Organisation, OrganisationRelation
from coi.organisations.vocabulary import OrganisationStatus, RelationKind
from coi.people.queries import people
from coi.people.vocabulary import PersonDetails
from coi.registers.interests.models import InterestVersion
from coi.registers.interests.queries import interests_known_at
from coi.registers.prompts.vocabulary import Declared, Member, Tie

_TYING = (RelationKind.SHAREHOLDER_IN, RelationKind.OWNED_BY, RelationKind.MEMBER_OF_PCN)


def members_of(body_id: uuid.UUID, at: datetime, *, only: Collection[uuid.UUID] | None = None) -> list[Member]:
    """Returns the people of a body, or `only` these of them, with what the register says of them at an instant."""
    here = [each for each in people(body_id) if only is None or each.id in only]
    versions = [each for each in interests_known_at([one.id for one in here], at) if each.interest.disposed_at is None]
    named = {each.organisation_id for one in versions for each in one.organisations if each.organisation_id}
    successors, ties = _successors(named), _ties(named, clock.local(at).date())
    declared: dict[uuid.UUID, list[Declared]] = {}
    for each in versions:
        declared.setdefault(each.interest.person_id, []).extend(_declared(each, successors, ties))
    return [
        Member(
            one.name, PersonDetails(one.given_names, one.family_name, one.title), tuple(declared.get(one.id, ())), one.id
        )
        for one in here
    ]  # fmt: skip


def _declared(
    version: InterestVersion, successors: dict[uuid.UUID, list[str]], ties: dict[uuid.UUID, list[Tie]]
) -> list[Declared]:
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
                ties=tuple(ties.get(organisation.id, ())) if organisation else (),
            )
        )
    return found


def _ties(ids: Collection[uuid.UUID], on: date) -> dict[uuid.UUID, list[Tie]]:
    """What these organisations own, belong to or are owned by on a day, of either end."""
    one, other = aliased(Organisation), aliased(Organisation)
    row = OrganisationRelation
    rows = db.session.execute(
        sa.select(row.from_id, row.to_id, one.name, other.name, row.kind)
        .join(one, one.id == row.from_id)
        .join(other, other.id == row.to_id)
        .where(
            row.kind.in_(_TYING), sa.or_(row.from_id.in_(ids), row.to_id.in_(ids)),
            sa.or_(row.valid_from.is_(None), row.valid_from <= on), sa.or_(row.valid_to.is_(None), row.valid_to >= on),
        )
        .order_by(one.sort_key, other.sort_key)
    )  # fmt: skip
    found: dict[uuid.UUID, list[Tie]] = {}
    for from_id, to_id, name, other_name, kind in rows:
        words = f"{name} is {kind.phrase} {other_name}"
        found.setdefault(from_id, []).append(Tie(other_name, words))
        if kind is not RelationKind.MEMBER_OF_PCN:
            found.setdefault(to_id, []).append(Tie(name, words))
    return found


def _successors(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    rows = db.session.execute(
        sa.select(OrganisationRelation.from_id, Organisation.name)
        .join(Organisation, Organisation.id == OrganisationRelation.to_id)
        .where(OrganisationRelation.kind == RelationKind.SUCCEEDED_BY, OrganisationRelation.from_id.in_(ids))
        .order_by(Organisation.sort_key)
    )  # fmt: skip
    found: dict[uuid.UUID, list[str]] = {}
    for organisation_id, name in rows:
        found.setdefault(organisation_id, []).append(name)
    return found
