"""The statement behind a page of the private register: whose interests, of what they declared which version, in its order."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from coi.database import Instant
from coi.organisations.models import Organisation
from coi.organisations.naming import folded
from coi.people.models import Person
from coi.registers.interests.ending_queries import end_told_on
from coi.registers.interests.leaver_queries import declared_here, leavers_of, said_here, told_here
from coi.registers.interests.models import (
    Declaration,
    Interest,
    InterestOrganisation,
    InterestVersion,
    RedactionRequest,
)
from coi.registers.interests.people_queries import people_of_body
from coi.registers.interests.register_vocabulary import Showing
from coi.registers.interests.vocabulary import DeclarationKind, InterestStatus
from coi.registers.interests.withheld_queries import restricted_at

PERSON, INTEREST, VERSION, DECLARATION, NAMED, ORGANISATION = (
    model.__table__ for model in (Person, Interest, InterestVersion, Declaration, InterestOrganisation, Organisation)
)
P, INT, V, D, N, ORG, R = (
    *(table.c for table in (PERSON, INTEREST, VERSION, DECLARATION, NAMED, ORGANISATION)), RedactionRequest.__table__.c
)  # fmt: skip
_PERSON = (P.sort_key, P.id.label("person_id"), P.name)
"""Tables and columns, not entities: a hundred rows of entities cost more than all the rest of the page."""


@lru_cache(maxsize=64)
def rows_statement(words: tuple[str, ...], showing: Showing, by_committee: bool) -> sa.Select[Any]:
    """Returns the statement for one shape of question, built once: building it costs more than running it. It is asked with `body_id`,
    `on`, `instant`, `rows`, `skip`; with `committees` for a role that is held for single ones, and `kept` words for what is unmatched."""
    instant = sa.bindparam("instant", type_=Instant())
    body, on = sa.bindparam("body_id", type_=sa.Uuid()), sa.bindparam("on", type_=sa.Date())
    committees = sa.bindparam("committees", expanding=True, type_=sa.Uuid()) if by_committee else None
    people = people_of_body(body, on, instant=instant, committees=committees)
    left = leavers_of(body, on, instant=instant, committees=committees).subquery()
    selects = [] if showing is Showing.LEFT else [_interests(instant, people, words, showing)]
    if showing in (Showing.EVERYTHING, Showing.LEFT):
        selects.append(_of_leavers(instant, body, left, on, words, showing))
    if showing in (Showing.EVERYTHING, Showing.NOTHING_ON_FILE):
        selects.append(_without(instant, people, words, showing))
    if showing is Showing.LEFT:
        selects.append(_nil_of_leavers(instant, body, left, words))
    rows = sa.union_all(*selects).subquery()
    wanted = sa.select(rows, sa.func.count().over().label("total"))
    in_order = wanted.order_by(rows.c.sort_key, rows.c.person_id, rows.c.reference)
    of_page = in_order.limit(sa.bindparam("rows", type_=sa.Integer())).offset(sa.bindparam("skip", type_=sa.Integer()))
    return _with_versions(of_page.subquery(), instant, body)


def _with_versions(keys: sa.Subquery, instant: Any, body: Any) -> sa.Select[Any]:
    """The rows of a page with the version that each shows and the organisations that it names: a line for each of these."""
    key, first = keys.c, VERSION.alias()
    restricted = restricted_at(body).where(R.requested_at <= instant)
    return (
        sa.select(
            key.person_id, key.reference, key.name, key.nil_on, key.disposed_at, key.left_on, key.total,
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
        sa.select(*_interest_columns(sa.cast(sa.null(), sa.Date())))
        .select_from(standing)
        .join(VERSION, sa.and_(V.interest_id == standing.c.interest_id, V.number == standing.c.number))
        .join(INTEREST, INT.id == standing.c.interest_id)
        .join(PERSON, P.id == INT.person_id)
        .where(INT.person_id.in_(people))
    )
    rows = _named(rows, words)
    if showing is Showing.WAITING:
        return rows.where(V.status == InterestStatus.SUBMITTED, INT.disposed_at.is_(None))
    if showing is Showing.UNMATCHED:
        kept = sa.bindparam("kept", expanding=True, type_=sa.Text())
        unmatched = sa.exists().where(N.version_id == V.id, N.organisation_id.is_(None), N.text.not_in(kept))
        return rows.where(unmatched, INT.disposed_at.is_(None))
    return rows.where(sa.false()) if showing is Showing.NOTHING_ON_FILE else rows


def _of_leavers(
    instant: Any, body: Any, left: sa.Subquery, on: Any, words: tuple[str, ...], showing: Showing
) -> sa.Select[Any]:
    """What people declared before they left, as it stands at this body: all of it, or what has not ended."""
    newest = VERSION.alias()
    number = sa.select(sa.func.max(newest.c.number)).where(
        newest.c.interest_id == INT.id, newest.c.recorded_at <= instant, said_here(newest.c, body, left.c.left_on)
    )
    joined = left.join(INTEREST, INT.person_id == left.c.person_id).join(PERSON, P.id == left.c.person_id)
    standing = sa.and_(V.interest_id == INT.id, V.number == number.scalar_subquery())
    rows = sa.select(*_interest_columns(left.c.left_on)).select_from(joined.join(VERSION, standing))
    rows = _named(rows.where(told_here(INT.id, body, left.c.left_on)), words)
    return rows if showing is Showing.LEFT else rows.where(sa.or_(V.ended_on.is_(None), V.ended_on >= on))


def _interest_columns(left_on: Any) -> tuple[Any, ...]:
    nil_on, or_before = sa.cast(sa.null(), sa.Date()), sa.cast(sa.null(), sa.Boolean())
    shown = V.id.label("version_id"), nil_on.label("nil_on"), or_before.label("nil_or_before"), INT.disposed_at
    return (*_PERSON, INT.reference, *shown, left_on.label("left_on"))


def _named(rows: sa.Select[Any], words: tuple[str, ...]) -> sa.Select[Any]:
    """Those rows that have all the words in them."""
    for word in words:
        named = sa.exists().where(N.version_id == V.id, N.text.icontains(word, autoescape=True))
        rows = rows.where(
            sa.or_(_is_called(word), V.nature.icontains(word, autoescape=True), INT.reference == word, named)
        )
    return rows


def _without(instant: Any, people: Any, words: tuple[str, ...], showing: Showing) -> sa.Select[Any]:
    """The people without an interest on the register, with the day of their latest nil return where there is one."""
    latest = sa.and_(D.person_id == P.id, _is_latest(instant))
    has_interest = sa.exists().where(INT.person_id == P.id, V.interest_id == INT.id, V.recorded_at <= instant)
    is_nil = sa.and_(D.id.is_not(None), D.kind == DeclarationKind.NIL)
    rows = (
        sa.select(
            *_PERSON, sa.literal("").label("reference"), sa.cast(sa.null(), sa.Uuid()).label("version_id"),
            sa.case((is_nil, D.declared_on)).label("nil_on"), D.on_or_before.label("nil_or_before"),
            sa.cast(sa.null(), Instant()).label("disposed_at"), sa.cast(sa.null(), sa.Date()).label("left_on"),
        )
        .select_from(PERSON.outerjoin(DECLARATION, latest))
        .where(P.id.in_(people), sa.or_(is_nil, ~has_interest))
    )  # fmt: skip
    if showing is Showing.NOTHING_ON_FILE:
        rows = rows.where(D.id.is_(None))
    return rows.where(*(_is_called(word) for word in words))


def _nil_of_leavers(instant: Any, body: Any, left: sa.Subquery, words: tuple[str, ...]) -> sa.Select[Any]:
    """The nil returns of people who have left, where that was the last they said here."""

    def is_of_here(said: Any) -> sa.ColumnElement[bool]:
        return declared_here(said, body, left.c.left_on)

    return (
        sa.select(
            *_PERSON, sa.literal("").label("reference"), sa.cast(sa.null(), sa.Uuid()).label("version_id"),
            D.declared_on.label("nil_on"), D.on_or_before.label("nil_or_before"),
            sa.cast(sa.null(), Instant()).label("disposed_at"), left.c.left_on,
        )
        .select_from(PERSON)
        .join(left, left.c.person_id == P.id)
        .join(DECLARATION, sa.and_(D.person_id == P.id, _is_latest(instant, is_of_here)))
        .where(D.kind == DeclarationKind.NIL, is_of_here(D), *(_is_called(word) for word in words))
    )  # fmt: skip


def _is_latest(
    instant: Any, counts: Callable[[Any], sa.ColumnElement[bool]] = lambda _said: sa.true()
) -> sa.ColumnElement[bool]:
    """The condition that a declaration was the last that its person had made at an instant, of those that count."""
    later = DECLARATION.alias()
    superseded = sa.exists().where(
        later.c.person_id == D.person_id,
        later.c.submitted_at <= instant,
        counts(later.c),
        sa.or_(
            later.c.submitted_at > D.submitted_at,
            sa.and_(later.c.submitted_at == D.submitted_at, later.c.reference > D.reference),
        ),
    )
    return sa.and_(D.submitted_at <= instant, ~superseded)


def _is_called(word: str) -> sa.ColumnElement[bool]:
    by_key = P.sort_key.contains(folded(word), autoescape=True) if folded(word) else sa.false()
    return sa.or_(P.name.icontains(word, autoescape=True), by_key)
