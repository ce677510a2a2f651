"""The register page: a hundred rows as the register knew them at an instant, read in a constant number of queries."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from coi.database import Instant, db
from coi.guidance.rulesets import FIRST_DAY
from coi.guidance.vocabulary import BodyType, Rulebook
from coi.organisations.models import Organisation
from coi.organisations.naming import folded
from coi.organisations.policy_queries import rulebook_of
from coi.people.models import Person
from coi.people.queries import posts_on
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Permission
from coi.registers.asking import ROWS, Asking, RowsPage
from coi.registers.disposal.vocabulary import DISPOSED
from coi.registers.interests.ending_queries import end_told_on, ending
from coi.registers.interests.limits import limits_on
from coi.registers.interests.models import (
    Declaration,
    Interest,
    InterestOrganisation,
    InterestVersion,
    RedactionRequest,
)
from coi.registers.interests.people_queries import bound_since, people_of_body
from coi.registers.interests.queries import kept_texts
from coi.registers.interests.register_vocabulary import NamedRow, RegisterRow, Showing
from coi.registers.interests.rules import Lateness, lateness
from coi.registers.interests.vocabulary import DeclarationKind, DeclaredOn, InterestStatus, RedactionState

NO_BODY = Rulebook(BodyType.ICB)
"""The guidance alone, where no body is known."""

PERSON, INTEREST, VERSION, DECLARATION, NAMED, ORGANISATION = (
    model.__table__ for model in (Person, Interest, InterestVersion, Declaration, InterestOrganisation, Organisation)
)
P, INT, V, D, N, ORG, R = (
    *(table.c for table in (PERSON, INTEREST, VERSION, DECLARATION, NAMED, ORGANISATION)), RedactionRequest.__table__.c
)  # fmt: skip
_PERSON = (P.sort_key, P.id.label("person_id"), P.name)
"""Tables and columns, not entities: a hundred rows of entities cost more than all the rest of the page."""


@dataclass(frozen=True)
class Asked(Asking):
    """What a reader asks of this register: which of its rows, read with which permission."""

    showing: Showing = Showing.EVERYTHING
    permission: Permission = Permission.REGISTERS_INTEREST_READ


def register_page(asked: Asked) -> RowsPage[RegisterRow]:
    """Returns a page of a body's private register: each interest's version that stood at the instant, and a row for everybody who
    declared to have none, or has not declared yet. By surname, then reference. A constant number of queries, however many rows."""
    number = max(asked.number, 1)
    found = _found(asked, number)
    if not found and number > 1:  # a page after the last one: the last one is shown
        first = _found(asked, 1)
        number = -(-first[0].total // ROWS) if first else 1
        found = _found(asked, number) if number > 1 else first
    return RowsPage(_rows(found, asked), found[0].total if found else 0, number)


def _found(asked: Asked, number: int) -> Sequence[sa.Row[Any]]:
    """The rows of a page: the person, and the version that it shows or the day of the nil return."""
    committees = committees_where(asked.actor, asked.permission, asked.body_id)
    statement = _statement(tuple(asked.find.split()), asked.showing, committees is not None)
    values: dict[str, Any] = {"body_id": asked.body_id, "on": asked.on, "instant": asked.instant}
    if committees is not None:
        values["committees"] = list(committees)
    if asked.showing is Showing.UNMATCHED:
        values["kept"] = kept_texts(asked.body_id, asked.on)
    return db.session.execute(statement, {**values, "rows": ROWS, "skip": (number - 1) * ROWS}).all()


@lru_cache(maxsize=64)
def _statement(words: tuple[str, ...], showing: Showing, by_committee: bool) -> sa.Select[Any]:
    """The statement behind `_found`, built once for each shape of question: building it costs more than running it."""
    instant = sa.bindparam("instant", type_=Instant())
    people = people_of_body(
        sa.bindparam("body_id", type_=sa.Uuid()), sa.bindparam("on", type_=sa.Date()), instant=instant,
        committees=sa.bindparam("committees", expanding=True, type_=sa.Uuid()) if by_committee else None,
    )  # fmt: skip
    selects = [_interests(instant, people, words, showing)]
    if showing in (Showing.EVERYTHING, Showing.NOTHING_ON_FILE):
        selects.append(_without(instant, people, words, showing))
    rows = sa.union_all(*selects).subquery()
    wanted = sa.select(rows, sa.func.count().over().label("total"))
    in_order = wanted.order_by(rows.c.sort_key, rows.c.person_id, rows.c.reference)
    of_page = in_order.limit(sa.bindparam("rows", type_=sa.Integer())).offset(sa.bindparam("skip", type_=sa.Integer()))
    return _with_versions(of_page.subquery(), instant)


def _with_versions(keys: sa.Subquery, instant: Any) -> sa.Select[Any]:
    """The rows of a page with the version that each shows and the organisations that it names: a line for each of these."""
    key, first = keys.c, VERSION.alias()
    restricted = sa.select(R.interest_id).where(
        R.interest_id.is_not(None), R.requested_at <= instant, R.state != RedactionState.REFUSED
    )
    return (
        sa.select(
            key.person_id, key.reference, key.name, key.nil_on, key.disposed_at, key.total,
            V.interest_id, V.type, V.directness, V.via, V.role,
            V.nature, V.arose_on, V.aware_on, V.ended_on, V.is_pursuing, V.status, V.mitigation,
            first.c.declared_on.label("first_declared_on"), first.c.on_or_before, key.nil_or_before,
            V.interest_id.in_(restricted).label("is_restricted"), end_told_on(V, first.c),
            N.text, ORG.name.label("organisation"),
        )
        .select_from(keys)
        .outerjoin(VERSION, V.id == key.version_id)
        .outerjoin(first, sa.and_(first.c.interest_id == V.interest_id, first.c.number == 1))
        .outerjoin(NAMED, N.version_id == key.version_id)
        .outerjoin(ORGANISATION, ORG.id == N.organisation_id)
        .order_by(key.sort_key, key.person_id, key.reference, N.position)
    )  # fmt: skip


def _interests(instant: Any, people: Any, words: tuple[str, ...], showing: Showing) -> sa.Select[Any]:
    """The interests on the register, each with the version that stood at the instant."""
    standing = (
        sa.select(V.interest_id, sa.func.max(V.number).label("number"))
        .where(V.recorded_at <= instant)
        .group_by(V.interest_id)
        .subquery()
    )
    rows = (
        sa.select(
            *_PERSON,
            INT.reference,
            V.id.label("version_id"),
            sa.cast(sa.null(), sa.Date()).label("nil_on"),
            sa.cast(sa.null(), sa.Boolean()).label("nil_or_before"),
            INT.disposed_at,
        )
        .select_from(standing)
        .join(VERSION, sa.and_(V.interest_id == standing.c.interest_id, V.number == standing.c.number))
        .join(INTEREST, INT.id == standing.c.interest_id)
        .join(PERSON, P.id == INT.person_id)
        .where(INT.person_id.in_(people))
    )
    for word in words:
        named = sa.exists().where(N.version_id == V.id, N.text.icontains(word, autoescape=True))
        rows = rows.where(
            sa.or_(_is_called(word), V.nature.icontains(word, autoescape=True), INT.reference == word, named)
        )
    if showing is Showing.WAITING:
        return rows.where(V.status == InterestStatus.SUBMITTED, INT.disposed_at.is_(None))
    if showing is Showing.UNMATCHED:
        kept = sa.bindparam("kept", expanding=True, type_=sa.Text())
        unmatched = sa.exists().where(N.version_id == V.id, N.organisation_id.is_(None), N.text.not_in(kept))
        return rows.where(unmatched, INT.disposed_at.is_(None))
    return rows.where(sa.false()) if showing is Showing.NOTHING_ON_FILE else rows


def _without(instant: Any, people: Any, words: tuple[str, ...], showing: Showing) -> sa.Select[Any]:
    """The people without an interest on the register, with the day of their latest nil return where there is one."""
    later = DECLARATION.alias()
    superseded = sa.exists().where(
        later.c.person_id == D.person_id,
        later.c.submitted_at <= instant,
        sa.or_(
            later.c.submitted_at > D.submitted_at,
            sa.and_(later.c.submitted_at == D.submitted_at, later.c.reference > D.reference),
        ),
    )
    latest = sa.and_(D.person_id == P.id, D.submitted_at <= instant, ~superseded)
    has_interest = sa.exists().where(INT.person_id == P.id, V.interest_id == INT.id, V.recorded_at <= instant)
    is_nil = sa.and_(D.id.is_not(None), D.kind == DeclarationKind.NIL)
    rows = (
        sa.select(
            *_PERSON, sa.literal("").label("reference"), sa.cast(sa.null(), sa.Uuid()).label("version_id"),
            sa.case((is_nil, D.declared_on)).label("nil_on"), D.on_or_before.label("nil_or_before"),
            sa.cast(sa.null(), Instant()).label("disposed_at"),
        )
        .select_from(PERSON.outerjoin(DECLARATION, latest))
        .where(P.id.in_(people), sa.or_(is_nil, ~has_interest))
    )  # fmt: skip
    if showing is Showing.NOTHING_ON_FILE:
        rows = rows.where(D.id.is_(None))
    return rows.where(*(_is_called(word) for word in words))


def _is_called(word: str) -> sa.ColumnElement[bool]:
    by_key = P.sort_key.contains(folded(word), autoescape=True) if folded(word) else sa.false()
    return sa.or_(P.name.icontains(word, autoescape=True), by_key)


def _rows(found: Sequence[sa.Row[Any]], asked: Asked) -> list[RegisterRow]:
    """The rows of a page with the posts of their people, and how late each interest was declared."""
    people = {row.person_id for row in found}
    posts = posts_on(people, asked.body_id, asked.on, asked.instant)
    bound = bound_since(people)
    rulebook = rulebook_of(asked.body_id)
    return [
        _row(tuple(lines), ", ".join(posts.get(person_id, ())), bound.get(person_id), rulebook)
        for (person_id, _reference), lines in groupby(found, key=_OF_ONE_ROW)
    ]


_OF_ONE_ROW = itemgetter(0, 1)
"""The person and the reference: the lines of one row of the register share them."""


@lru_cache(maxsize=1024)
def _row(lines: tuple[sa.Row[Any], ...], positions: str, bound_on: date | None, rulebook: Rulebook) -> RegisterRow:
    """A row of the register from its lines as they were read. Of the same lines it is made once: what is drawn of it is then found
    again without comparing it."""
    row = lines[0]
    person = (row.person_id, row.name, positions)
    if row.interest_id is None:
        return RegisterRow(*person, nil_on=DeclaredOn(row.nil_on, bool(row.nil_or_before)) if row.nil_on else None)
    named = tuple(NamedRow(each.text, each.organisation or "") for each in lines if each.text is not None)
    return _interest_row(person, row, named, bound_on, rulebook)


def _interest_row(
    person: tuple[uuid.UUID, str, str],
    row: sa.Row[Any],
    named: tuple[NamedRow, ...],
    bound_on: date | None,
    rulebook: Rulebook,
) -> RegisterRow:
    if row.disposed_at is not None:
        return RegisterRow(
            *person, interest_id=row.interest_id, reference=row.reference, nature=row.nature, arose_on=row.arose_on,
            ended_on=row.ended_on, status=row.status, organisations=(NamedRow(DISPOSED, DISPOSED),), is_disposed=True,
        )  # fmt: skip
    late = late_by(
        row.arose_on, row.aware_on, row.first_declared_on, bound_on, rulebook=rulebook, or_before=bool(row.on_or_before)
    )  # fmt: skip
    ended = ending(row.ended_on, row.end_told_on, bound_on, rulebook)
    return RegisterRow(
        *person, interest_id=row.interest_id, reference=row.reference, type=row.type, directness=row.directness, via=row.via,
        role=row.role, nature=row.nature, arose_on=row.arose_on, ended_on=row.ended_on, is_pursuing=row.is_pursuing,
        status=row.status, mitigation=row.mitigation, organisations=named, late=late.short,
        end_late=ended.short if ended else "", is_restricted=bool(row.is_restricted),
    )  # fmt: skip


def late_by(
    arose_on: date | None,
    aware_on: date | None,
    declared_on: date,
    bound_on: date | None = None,
    *,
    rulebook: Rulebook = NO_BODY,
    or_before: bool = False,
) -> Lateness:
    """Returns how late an interest was declared on both clocks, by the rules of the body (`rulebook`; without one, of the guidance alone)
    on the day on which it was. Rules: DECL-01, DECL-02, DECL-03."""
    if declared_on < FIRST_DAY:
        return Lateness(0, 0)
    days, from_arising = limits_on(rulebook, declared_on)
    return lateness(
        arose_on=arose_on, aware_on=aware_on, declared_on=declared_on, limit_days=days, arising_days=from_arising, bound_on=bound_on,
        or_before=or_before,
    )  # fmt: skip
