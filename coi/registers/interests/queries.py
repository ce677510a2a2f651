"""Reading the register of interests: as known at any instant, per person, per body; what waits for somebody."""

import uuid
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from coi import clock
from coi.accounts.models import Account
from coi.database import db
from coi.errors import NotFound
from coi.organisations.policy_queries import rules_of
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.aliases.queries import keys_of_nobody
from coi.registers.aliases.rules import search_key
from coi.registers.interests.leaver_queries import left_interests
from coi.registers.interests.models import (
    Declaration,
    Interest,
    InterestConfirmation,
    InterestOrganisation,
    InterestVersion,
    RedactionRequest,
)
from coi.registers.interests.people_queries import people_of_body, people_visible_to
from coi.registers.interests.rules import Refresh, refresh
from coi.registers.interests.vocabulary import DeclaredOn, InterestStatus


def known_at(instant: datetime) -> sa.Select[tuple[InterestVersion]]:
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
            known_at(instant)
            .join(InterestVersion.interest)
            .where(Interest.person_id.in_(person_ids))
            .options(
                contains_eager(InterestVersion.interest),
                selectinload(InterestVersion.organisations).joinedload(InterestOrganisation.organisation),
            )
            .order_by(Interest.reference)
        )
    )


_LAST_DECLARED = (
    sa.select(
        Declaration.person_id,
        sa.func.max(Declaration.declared_on).label("latest_on"),
        sa.func.max(sa.case((Declaration.on_or_before.is_not(sa.true()), Declaration.declared_on))).label("exact_on"),
    )
    .where(
        Declaration.person_id.in_(sa.bindparam("people", expanding=True)),
        sa.or_(
            Declaration.submitted_at <= sa.bindparam("instant"), Declaration.declared_on < sa.bindparam("made_before")
        ),
    )
    .group_by(Declaration.person_id)
)


def last_declared(
    person_ids: Collection[uuid.UUID], instant: datetime, *, made_before: date = date.min
) -> dict[uuid.UUID, DeclaredOn]:
    """Returns, per person, the day of the last declaration or nil return that was on file at `instant`; or that was made before a day,
    whenever somebody typed it."""
    given = {"people": list(person_ids), "instant": instant, "made_before": made_before}
    found = db.session.execute(_LAST_DECLARED, given)
    return {row.person_id: DeclaredOn(row.latest_on, row.exact_on != row.latest_on) for row in found}


def visible_interest(
    interest_id: uuid.UUID, actor: Actor, permission: Permission, body_id: uuid.UUID, at: datetime
) -> Interest:
    """Returns an interest, with all its versions, of somebody who belonged to the body at an instant, or declared it before they left.
    Raises NotFound, for what is not there and what is not to be seen alike."""
    on = clock.local(at).date()
    return _interest(
        Interest.id == interest_id,
        sa.or_(
            Interest.person_id.in_(people_visible_to(actor, permission, body_id, on, instant=at)),
            Interest.id.in_(left_interests(actor, permission, body_id, on, instant=at)),
        ),
    )


def own_interest(interest_id: uuid.UUID, actor: Actor) -> Interest:
    """Returns an interest of the actor's own, wherever it was declared. Raises NotFound."""
    return _interest(Interest.id == interest_id, Interest.person_id == actor.person_id)


def names_of_accounts(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Returns, per account, the name of the person behind it."""
    rows = sa.select(Account.id, Person.name).join(Person, Person.id == Account.person_id).where(Account.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(rows)}


def refresh_of(person_id: uuid.UUID, instant: datetime, body_id: uuid.UUID) -> Refresh:
    """Returns when a person last declared and when to declare again, by the rules of a body then. Rule: DECL-04."""
    on = clock.local(instant).date()
    last = last_declared([person_id], instant).get(person_id)
    found = refresh(last.day if last else None, on=on, refresh_months=rules_of(body_id, on).number("refresh_months"))
    return replace(found, or_before=last is not None and last.or_before)


def interests(ids: Collection[uuid.UUID]) -> list[Interest]:
    """Returns these interests, without their versions."""
    return list(db.session.scalars(sa.select(Interest).where(Interest.id.in_(ids)).order_by(Interest.reference)))


def interest(interest_id: uuid.UUID) -> Interest:
    """Returns an interest with all its versions, whoever asks. Raises NotFound."""
    return _interest(Interest.id == interest_id)


def _interest(*conditions: sa.ColumnElement[bool]) -> Interest:
    versions = selectinload(Interest.versions)
    found = db.session.scalar(
        sa.select(Interest).where(*conditions).options(
            joinedload(Interest.person),
            versions.selectinload(InterestVersion.organisations).joinedload(InterestOrganisation.organisation),
            versions.joinedload(InterestVersion.declaration),
        )
    )  # fmt: skip
    if found is None:
        raise NotFound("There is no such interest")
    return found


def named_organisation(interest: Interest, position: int, number: int | None = None) -> InterestOrganisation:
    """Returns the organisation at a position of the version that stands, or of version `number`. Raises NotFound."""
    versions = [each for each in interest.versions if number is None or each.number == number]
    named = versions[-1].organisations if versions else []
    found = next((each for each in named if each.position == position), None)
    if found is None:
        raise NotFound("There is no such organisation in the interest")
    return found


def lock(row: Interest | RedactionRequest) -> None:
    """Reads a row afresh and keeps other writers from it until the transaction ends."""
    db.session.execute(sa.select(type(row).id).where(type(row).id == row.id).with_for_update())
    db.session.expire(row, ["versions"] if isinstance(row, Interest) else ["state", "decisions"])


def open_references_of(person_id: uuid.UUID, instant: datetime) -> list[str]:
    """Returns the references of a person's interests that had not ended, as the register knew it at an instant."""
    rows = (
        known_at(instant)
        .join(InterestVersion.interest)
        .where(Interest.person_id == person_id, InterestVersion.ended_on.is_(None), Interest.disposed_at.is_(None))
        .with_only_columns(Interest.reference)
    )
    return list(db.session.scalars(rows.order_by(Interest.reference)))


def standing_of(person_id: uuid.UUID, instant: datetime) -> list[InterestVersion]:
    """Returns the interests of a person that had not ended, as the register knew them at an instant, by reference."""
    return [
        each
        for each in interests_known_at([person_id], instant)
        if each.ended_on is None and each.interest.disposed_at is None
    ]


def last_confirmed_on(interest_ids: Collection[uuid.UUID], instant: datetime) -> dict[uuid.UUID, date]:
    """Returns, per interest, the last day on which its holder said that it is still right. RULEBOOK §6.2."""
    rows = db.session.execute(
        sa.select(InterestVersion.interest_id, sa.func.max(Declaration.declared_on))
        .join(InterestConfirmation, InterestConfirmation.version_id == InterestVersion.id)
        .join(Declaration, Declaration.id == InterestConfirmation.declaration_id)
        .where(InterestVersion.interest_id.in_(interest_ids), Declaration.submitted_at <= instant)
        .group_by(InterestVersion.interest_id)
    )
    return {row.interest_id: row[1] for row in rows}


def declaration_of(declaration_id: uuid.UUID) -> tuple[Declaration, list[InterestVersion]]:
    """Returns a declaration with the versions that it made. Raises NotFound."""
    found = db.session.get(Declaration, declaration_id, options=[joinedload(Declaration.person)])
    if found is None:
        raise NotFound("There is no such declaration")
    made = sa.select(InterestVersion).where(InterestVersion.declaration_id == declaration_id)
    made = made.join(InterestVersion.interest).options(
        contains_eager(InterestVersion.interest), selectinload(InterestVersion.organisations)
    )
    return found, list(db.session.scalars(made.order_by(Interest.reference, InterestVersion.number)))


def first_declared(interest_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, DeclaredOn]:
    """Returns, per interest, the day on which it was first declared: the one that lateness counts from."""
    first = sa.select(InterestVersion.interest_id, InterestVersion.declared_on, InterestVersion.on_or_before).where(
        InterestVersion.interest_id.in_(interest_ids), InterestVersion.number == 1
    )
    return {row.interest_id: DeclaredOn(row.declared_on, bool(row.on_or_before)) for row in db.session.execute(first)}


def redactions_of(interest_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, RedactionRequest]:
    """Returns, per interest, the latest request not to publish it."""
    asked = sa.select(RedactionRequest).where(RedactionRequest.interest_id.in_(interest_ids))
    asked = asked.options(selectinload(RedactionRequest.decisions))
    return {each.interest_id: each for each in db.session.scalars(asked.order_by(RedactionRequest.requested_at))}


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
            known_at(instant)
            .join(InterestVersion.interest)
            .join(Interest.person)
            .where(
                Interest.person_id.in_(people_of_body(body_id, on)),
                InterestVersion.status == InterestStatus.SUBMITTED,
                Interest.disposed_at.is_(None),
            )
            .options(
                contains_eager(InterestVersion.interest).contains_eager(Interest.person),
                selectinload(InterestVersion.organisations),
            )
            .order_by(InterestVersion.recorded_at)
        )
    )


def unmatched(body_id: uuid.UUID, instant: datetime, on: date) -> list[InterestOrganisation]:
    """Returns the organisations that were declared as free text and are not matched to the reference data yet, but for words that the
    body was taught to mean none of it."""
    found = in_words_alone(body_id, instant, on)
    nobody = keys_of_nobody(body_id) if found else frozenset()
    return [each for each in found if search_key(each.text) not in nobody] if nobody else found


def in_words_alone(body_id: uuid.UUID, instant: datetime, on: date) -> list[InterestOrganisation]:
    """Returns the organisations that were declared as free text and are not matched to the reference data, whether they may be or not."""
    standing = (
        known_at(instant)
        .join(InterestVersion.interest)
        .where(Interest.person_id.in_(people_of_body(body_id, on)), Interest.disposed_at.is_(None))
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


def kept_texts(body_id: uuid.UUID, on: date) -> list[str]:
    """Returns the words on the register of a body that are matched to nothing and are not to be: it was said that they mean none."""
    nobody = keys_of_nobody(body_id)
    if not nobody:
        return []
    words = (
        sa.select(InterestOrganisation.text)
        .join(InterestOrganisation.version)
        .join(InterestVersion.interest)
        .where(InterestOrganisation.organisation_id.is_(None), Interest.person_id.in_(people_of_body(body_id, on)))
        .distinct()
    )
    return sorted(text for text in db.session.scalars(words) if search_key(text) in nobody)
