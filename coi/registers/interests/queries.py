"""Reading the register of interests: as known at any instant, per person, per body; what waits for somebody."""

import uuid
from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from coi.committees.models import Committee, Membership
from coi.database import db
from coi.errors import NotFound
from coi.people.models import Appointment, Person
from coi.registers.interests.models import (
    Declaration,
    Interest,
    InterestOrganisation,
    InterestVersion,
    RedactionRequest,
)
from coi.registers.interests.vocabulary import InterestStatus, RedactionState


def _known_at(instant: datetime) -> sa.Select[tuple[InterestVersion]]:
    """The version of each interest that stood on the register at an instant: the last one recorded until then."""
    later = aliased(InterestVersion)
    return (
        sa.select(InterestVersion)
        .where(InterestVersion.recorded_at <= instant)
        .where(
            ~sa.exists().where(
                later.interest_id == InterestVersion.interest_id,
                later.number > InterestVersion.number,
                later.recorded_at <= instant,
            )
        )
    )


def interests_known_at(person_ids: Collection[uuid.UUID], instant: datetime) -> list[InterestVersion]:
    """Returns every interest of these people as the register knew it at `instant`, ended ones included, with organisations."""
    return list(
        db.session.scalars(
            _known_at(instant)
            .join(InterestVersion.interest)
            .where(Interest.person_id.in_(person_ids))
            .options(
                contains_eager(InterestVersion.interest),
                selectinload(InterestVersion.organisations).joinedload(InterestOrganisation.organisation),
            )
            .order_by(Interest.reference)
        )
    )


def people_of_body(body_id: uuid.UUID, on: date) -> sa.Select[tuple[uuid.UUID]]:
    """Returns a select of the people whose interests belong on a body's register: its post-holders and its committees' members."""
    posts = sa.select(Appointment.person_id).where(
        Appointment.body_id == body_id, sa.or_(Appointment.valid_to.is_(None), Appointment.valid_to >= on)
    )
    seats = (
        sa.select(Membership.person_id)
        .join(Membership.committee)
        .where(Committee.body_id == body_id, sa.or_(Membership.valid_to.is_(None), Membership.valid_to >= on))
    )
    return sa.union(posts, seats).subquery().select()


def register_of(
    body_id: uuid.UUID, instant: datetime, on: date, *, find: str = "", limit: int = 100, offset: int = 0
) -> list[InterestVersion]:
    """Returns the private register of a body as known at `instant`: one version per interest, ordered by the person's sort key.
    `find` keeps rows whose person, organisation or nature has these words."""
    rows = (
        _known_at(instant)
        .join(InterestVersion.interest)
        .join(Interest.person)
        .where(Interest.person_id.in_(people_of_body(body_id, on)))
        .options(
            contains_eager(InterestVersion.interest).contains_eager(Interest.person),
            selectinload(InterestVersion.organisations).joinedload(InterestOrganisation.organisation),
            joinedload(InterestVersion.declaration),
        )
        .order_by(Person.sort_key, Interest.reference)
        .limit(limit)
        .offset(offset)
    )
    return list(db.session.scalars(_finding(rows, find)))


def register_size(body_id: uuid.UUID, instant: datetime, on: date, *, find: str = "") -> int:
    """Returns how many rows `register_of` has in all."""
    rows = (
        _known_at(instant)
        .join(InterestVersion.interest)
        .join(Interest.person)
        .where(Interest.person_id.in_(people_of_body(body_id, on)))
    )
    return (
        db.session.scalar(sa.select(sa.func.count()).select_from(_finding(rows, find).order_by(None).subquery())) or 0
    )


def _finding(rows: sa.Select[tuple[InterestVersion]], find: str) -> sa.Select[tuple[InterestVersion]]:
    for word in find.split():
        named = InterestVersion.organisations.any(InterestOrganisation.text.icontains(word, autoescape=True))
        rows = rows.where(
            sa.or_(
                Person.name.icontains(word, autoescape=True),
                InterestVersion.nature.icontains(word, autoescape=True),
                named,
            )
        )
    return rows


def nil_returns_of(body_id: uuid.UUID, instant: datetime, on: date) -> list[Declaration]:
    """Returns the latest declaration of each person of a body who had nothing to declare in it, by sort key."""
    later = aliased(Declaration)
    return list(
        db.session.scalars(
            sa.select(Declaration)
            .join(Declaration.person)
            .where(
                Declaration.person_id.in_(people_of_body(body_id, on)),
                Declaration.kind == "nil",
                Declaration.submitted_at <= instant,
                ~sa.exists().where(
                    later.person_id == Declaration.person_id,
                    later.submitted_at > Declaration.submitted_at,
                    later.submitted_at <= instant,
                ),
            )
            .options(contains_eager(Declaration.person))
            .order_by(Person.sort_key)
        )
    )


def last_declared_on(person_ids: Collection[uuid.UUID], instant: datetime) -> dict[uuid.UUID, date]:
    """Returns, per person, the date of the last declaration or nil return that was on file at `instant`."""
    found = db.session.execute(
        sa.select(Declaration.person_id, sa.func.max(Declaration.declared_on))
        .where(Declaration.person_id.in_(person_ids), Declaration.submitted_at <= instant)
        .group_by(Declaration.person_id)
    )
    return {person_id: last for person_id, last in found}


def interest(interest_id: uuid.UUID) -> Interest:
    """Returns an interest with all its versions. Raises NotFound."""
    found = db.session.scalar(
        sa.select(Interest)
        .where(Interest.id == interest_id)
        .options(
            joinedload(Interest.person),
            selectinload(Interest.versions)
            .selectinload(InterestVersion.organisations)
            .joinedload(InterestOrganisation.organisation),
            selectinload(Interest.versions).joinedload(InterestVersion.declaration),
        )
    )
    if found is None:
        raise NotFound("There is no such interest")
    return found


def declarations_of(person_id: uuid.UUID) -> list[Declaration]:
    """Returns a person's declarations and nil returns, the latest first."""
    return list(
        db.session.scalars(
            sa.select(Declaration).where(Declaration.person_id == person_id).order_by(Declaration.submitted_at.desc())
        )
    )


def waiting_for_mitigation(body_id: uuid.UUID, instant: datetime, on: date) -> list[InterestVersion]:
    """Returns the interests of a body whose mitigation is not agreed yet."""
    return list(
        db.session.scalars(
            _known_at(instant)
            .join(InterestVersion.interest)
            .join(Interest.person)
            .where(
                Interest.person_id.in_(people_of_body(body_id, on)), InterestVersion.status == InterestStatus.SUBMITTED
            )
            .options(
                contains_eager(InterestVersion.interest).contains_eager(Interest.person),
                selectinload(InterestVersion.organisations),
            )
            .order_by(InterestVersion.recorded_at)
        )
    )


def unmatched(body_id: uuid.UUID, instant: datetime, on: date) -> list[InterestOrganisation]:
    """Returns the organisations that were declared as free text and are not matched to the reference data yet."""
    standing = (
        _known_at(instant).join(InterestVersion.interest).where(Interest.person_id.in_(people_of_body(body_id, on)))
    )
    ids = standing.with_only_columns(InterestVersion.id)
    return list(
        db.session.scalars(
            sa.select(InterestOrganisation)
            .where(InterestOrganisation.version_id.in_(ids), InterestOrganisation.organisation_id.is_(None))
            .options(
                joinedload(InterestOrganisation.version)
                .joinedload(InterestVersion.interest)
                .joinedload(Interest.person)
            )
        )
    )


def open_redaction_requests(body_id: uuid.UUID, on: date) -> list[RedactionRequest]:
    """Returns the redaction requests that wait for the Guardian."""
    return list(
        db.session.scalars(
            sa.select(RedactionRequest)
            .join(RedactionRequest.interest)
            .where(
                RedactionRequest.state == RedactionState.REQUESTED, Interest.person_id.in_(people_of_body(body_id, on))
            )
            .options(contains_eager(RedactionRequest.interest).joinedload(Interest.person))
            .order_by(RedactionRequest.requested_at)
        )
    )
