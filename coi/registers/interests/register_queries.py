"""The register page: a hundred rows as the register knew them at an instant, read in a constant number of queries."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coi import clock
from coi.database import db
from coi.guidance.rulesets import FIRST_DAY, in_force_on
from coi.organisations.models import Organisation
from coi.people.models import Person
from coi.people.queries import posts_on
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests.models import (
    Declaration,
    Interest,
    InterestOrganisation,
    InterestVersion,
    RedactionRequest,
)
from coi.registers.interests.people_queries import bound_since, people_visible_to
from coi.registers.interests.rules import Lateness, lateness
from coi.registers.interests.vocabulary import (
    DeclarationKind,
    InterestStatus,
    NamedRow,
    RedactionState,
    RegisterRow,
    Showing,
)

ROWS = 100


@dataclass(frozen=True)
class Asked:
    """What a reader asks of the register: of which body, as known when, which words, which rows, which page."""

    body_id: uuid.UUID
    actor: Actor
    instant: datetime
    find: str = ""
    showing: Showing = Showing.EVERYTHING
    number: int = 1
    permission: Permission = Permission.REGISTERS_INTEREST_READ

    @property
    def on(self) -> date:
        return clock.local(self.instant).date()


@dataclass(frozen=True)
class RegisterPage:
    """A page of the register, and how many rows and pages there are in all."""

    rows: Sequence[RegisterRow] = field(default=())
    count: int = 0
    number: int = 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // ROWS))


def register_page(asked: Asked) -> RegisterPage:
    """Returns a page of a body's private register: each interest's version that stood at the instant, and a row for everybody who
    declared to have none, or has not declared yet. By surname, then reference."""
    rows = _keys(asked).subquery()
    count = db.session.scalar(sa.select(sa.func.count()).select_from(rows)) or 0
    number = min(max(asked.number, 1), max(1, -(-count // ROWS)))
    wanted = sa.select(rows).order_by(rows.c.sort_key, rows.c.person_id, rows.c.reference)
    found = db.session.execute(wanted.limit(ROWS).offset((number - 1) * ROWS)).all()
    return RegisterPage(_rows(found, asked), count, number)


def standing_versions(instant: datetime) -> sa.Select[tuple[uuid.UUID, int]]:
    """Returns a select of each interest and the number of its version that stood at an instant."""
    return (
        sa.select(InterestVersion.interest_id, sa.func.max(InterestVersion.number).label("number"))
        .where(InterestVersion.recorded_at <= instant)
        .group_by(InterestVersion.interest_id)
    )


def _keys(asked: Asked) -> sa.CompoundSelect:
    """Every row of the register as keys alone: the person, the reference, and the version or the nil return that it shows."""
    people = people_visible_to(asked.actor, asked.permission, asked.body_id, asked.on, instant=asked.instant)
    none = sa.null()
    standing = standing_versions(asked.instant).subquery()
    version = sa.and_(
        InterestVersion.interest_id == standing.c.interest_id, InterestVersion.number == standing.c.number
    )
    interests = (
        sa.select(
            Person.sort_key, Person.id.label("person_id"), Interest.reference, InterestVersion.id.label("version_id"),
            sa.cast(none, sa.Uuid()).label("declaration_id"),
        )
        .select_from(standing)
        .join(InterestVersion, version)
        .join(Interest, Interest.id == standing.c.interest_id)
        .join(Person, Person.id == Interest.person_id)
        .where(Interest.person_id.in_(people))
    )  # fmt: skip
    selects = [_shown(_finding(interests, asked.find), asked.showing)]
    if asked.showing in (Showing.EVERYTHING, Showing.NOTHING_ON_FILE):
        selects.append(_without(asked, people))
    return sa.union_all(*selects)


def _without(asked: Asked, people: sa.Select[tuple[uuid.UUID]]) -> sa.Select:
    """The people without an interest on the register, with their latest nil return where there is one."""
    later = aliased(Declaration)
    declared = sa.and_(Declaration.person_id == Person.id, Declaration.submitted_at <= asked.instant)
    superseded = sa.exists().where(
        later.person_id == Declaration.person_id,
        later.submitted_at <= asked.instant,
        sa.or_(
            later.submitted_at > Declaration.submitted_at,
            sa.and_(later.submitted_at == Declaration.submitted_at, later.reference > Declaration.reference),
        ),
    )
    has_interest = sa.exists().where(
        Interest.person_id == Person.id,
        InterestVersion.interest_id == Interest.id,
        InterestVersion.recorded_at <= asked.instant,
    )
    last_is_nil = sa.and_(Declaration.id.is_not(None), Declaration.kind == DeclarationKind.NIL)
    rows = (
        sa.select(
            Person.sort_key, Person.id.label("person_id"), sa.literal("").label("reference"),
            sa.cast(sa.null(), sa.Uuid()).label("version_id"), Declaration.id.label("declaration_id"),
        )
        .outerjoin(Declaration, sa.and_(declared, ~superseded))
        .where(Person.id.in_(people), sa.or_(last_is_nil, ~has_interest))
    )  # fmt: skip
    if asked.showing is Showing.NOTHING_ON_FILE:
        rows = rows.where(Declaration.id.is_(None))
    for word in asked.find.split():
        rows = rows.where(Person.sort_key.contains(word.casefold(), autoescape=True) | _has(Person.name, word))
    return rows


def _finding(rows: sa.Select, find: str) -> sa.Select:
    for word in find.split():
        named = sa.exists().where(
            InterestOrganisation.version_id == InterestVersion.id, _has(InterestOrganisation.text, word)
        )
        by_name = sa.or_(_has(Person.name, word), Person.sort_key.contains(word.casefold(), autoescape=True))
        rows = rows.where(sa.or_(by_name, _has(InterestVersion.nature, word), Interest.reference == word, named))
    return rows


def _has(column: sa.orm.InstrumentedAttribute[str], word: str) -> sa.ColumnElement[bool]:
    return column.icontains(word, autoescape=True)


def _shown(rows: sa.Select, showing: Showing) -> sa.Select:
    if showing is Showing.WAITING:
        return rows.where(InterestVersion.status == InterestStatus.SUBMITTED)
    if showing is Showing.UNMATCHED:
        return rows.where(
            sa.exists().where(
                InterestOrganisation.version_id == InterestVersion.id, InterestOrganisation.organisation_id.is_(None)
            )
        )
    return rows.where(sa.false()) if showing is Showing.NOTHING_ON_FILE else rows


def _rows(found: Sequence[sa.Row], asked: Asked) -> list[RegisterRow]:
    """The keys of a page with everything that its rows show: a constant number of queries, however many rows."""
    people = {row.person_id for row in found}
    versions = _versions([row.version_id for row in found if row.version_id], asked.instant)
    nils = _nils([row.declaration_id for row in found if row.declaration_id])
    names = {row.id: row.name for row in db.session.execute(_names_of(people))}
    posts = posts_on(people, asked.body_id, asked.on)
    bound = bound_since(people)
    made = []
    for row in found:
        person = {
            "person_id": row.person_id,
            "name": names[row.person_id],
            "positions": ", ".join(posts.get(row.person_id, ())),
        }
        if row.version_id is None:
            made.append(RegisterRow(**person, nil_on=nils.get(row.declaration_id)))
        else:
            made.append(_interest_row(person, *versions[row.version_id], bound.get(row.person_id)))
    return made


def _names_of(people: set[uuid.UUID]) -> sa.Select:
    return sa.select(Person.id, Person.name).where(Person.id.in_(people))


def _nils(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, date]:
    rows = sa.select(Declaration.id, Declaration.declared_on).where(
        Declaration.id.in_(ids), Declaration.kind == DeclarationKind.NIL
    )
    return {row.id: row.declared_on for row in db.session.execute(rows)} if ids else {}


def _versions(ids: Sequence[uuid.UUID], instant: datetime) -> dict[uuid.UUID, tuple[sa.Row, tuple[NamedRow, ...]]]:
    """The versions of a page as plain columns, each with its organisations."""
    first = aliased(InterestVersion)
    v = InterestVersion
    asked_for = sa.select(RedactionRequest.interest_id).where(
        RedactionRequest.requested_at <= instant, RedactionRequest.state != RedactionState.REFUSED
    )
    columns = sa.select(
        v.id, v.interest_id, Interest.reference, v.number, v.type, v.directness, v.via, v.role, v.nature, v.arose_on, v.aware_on,
        v.ended_on, v.is_pursuing, v.status, v.mitigation, v.recorded_at, first.declared_on.label("first_declared_on"),
        Declaration.on_behalf, v.interest_id.in_(asked_for).label("is_restricted"),
    )  # fmt: skip
    rows = db.session.execute(
        columns.join(Interest, Interest.id == v.interest_id)
        .join(first, sa.and_(first.interest_id == v.interest_id, first.number == 1))
        .outerjoin(Declaration, Declaration.id == v.declaration_id)
        .where(v.id.in_(ids))
    )
    named = _named(ids)
    return {row.id: (row, tuple(named.get(row.id, ()))) for row in rows}


def _named(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[NamedRow]]:
    rows = (
        sa.select(InterestOrganisation.version_id, InterestOrganisation.text, Organisation.name)
        .outerjoin(Organisation, Organisation.id == InterestOrganisation.organisation_id)
        .where(InterestOrganisation.version_id.in_(ids))
        .order_by(InterestOrganisation.version_id, InterestOrganisation.position)
    )
    named: dict[uuid.UUID, list[NamedRow]] = {}
    for version_id, text, name in db.session.execute(rows):
        named.setdefault(version_id, []).append(NamedRow(text, name or ""))
    return named


def _interest_row(
    person: dict[str, Any], row: sa.Row, named: tuple[NamedRow, ...], bound_on: date | None
) -> RegisterRow:
    late = late_by(row.arose_on, row.aware_on, row.first_declared_on, bound_on)
    return RegisterRow(
        **person, interest_id=row.interest_id, reference=row.reference, type=row.type, directness=row.directness, via=row.via,
        role=row.role, nature=row.nature, arose_on=row.arose_on, ended_on=row.ended_on, is_pursuing=row.is_pursuing,
        status=row.status, mitigation=row.mitigation, organisations=named, late=late.short, is_restricted=bool(row.is_restricted),
    )  # fmt: skip


def late_by(arose_on: date | None, aware_on: date | None, declared_on: date, bound_on: date | None = None) -> Lateness:
    """Returns how late an interest was declared by the rules of the day on which it was. Rules: DECL-01, DECL-02, DECL-03."""
    limit = _limit_on(declared_on)
    if limit is None:
        return Lateness(0, 0)
    return lateness(arose_on=arose_on, aware_on=aware_on, declared_on=declared_on, limit_days=limit, bound_on=bound_on)


@lru_cache(maxsize=4096)
def _limit_on(on: date) -> int | None:
    return in_force_on(on).number("declare_days") if on >= FIRST_DAY else None
