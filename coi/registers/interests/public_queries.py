"""Reading what the public may see of the register of interests on a day, and what may not be shown whatever an edition said."""

import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from flask import current_app

from coi import clock
from coi.committees.queries import seats_on
from coi.database import Instant, db
from coi.guidance.rulesets import FIRST_DAY, effective
from coi.guidance.vocabulary import Rulebook
from coi.organisations.models import Organisation
from coi.organisations.policy_queries import rulebook_of
from coi.organisations.vocabulary import KIND_WORDS
from coi.people.models import Person
from coi.people.queries import posts_on
from coi.registers.columns import PublicRow
from coi.registers.interests.columns import (
    WITHHOLDABLE,
    PublicFacts,
    PublicOrganisation,
    public_row,
)
from coi.registers.interests.left_public_queries import (
    COLUMNS,
    FIRST,
    SPELLS,
    nil_returns_of_leavers,
    versions_of_leavers,
)
from coi.registers.interests.lifecycle import InEditions
from coi.registers.interests.models import (
    Declaration,
    Interest,
    InterestOrganisation,
    InterestVersion,
)
from coi.registers.interests.vocabulary import DeclarationKind, DeclaredOn
from coi.registers.interests.withheld_queries import withheld_fields
from coi.registers.retention import Periods, public_until
from coi.registers.vocabulary import RegisterKind

BATCH = 500
EDITIONS = "coi.editions_with"
"""Where wiring plugs in which editions have an entry: the publication is a floor above."""
P, INT, V, D, N, ORG = (
    model.__table__.c
    for model in (Person, Interest, InterestVersion, Declaration, InterestOrganisation, Organisation)
)  # fmt: skip


@dataclass(frozen=True)
class _Holder:
    """Somebody on the register, from their first day at the body to the last one (None: they are still there)."""

    person_id: uuid.UUID
    name: str
    sort_key: str
    left_on: date | None
    posts: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()


def public_rows(body_id: uuid.UUID, *, on: date, at: datetime) -> Iterator[PublicRow]:
    """Yields everything of the register that may be public on a day, as known at an instant, in the order of the register: what is
    withheld is left out, and what ended stays for its public months. Whoever left counts as having ended their interests that day.
    Rules: REG-02, REG-03, REG-06; RULEBOOK §7.2–7.4."""
    withheld = withheld_fields(body_id, at=at)
    rulebook = rulebook_of(body_id)
    holders = _holders(body_id, on, at, rulebook)
    for start in range(0, len(holders), BATCH):
        for facts in _facts(_placed(holders[start : start + BATCH], body_id, on, at), body_id, on, at, rulebook):
            row = public_row(facts, withheld.get(facts.reference, frozenset()))
            if (row.public_until is None or row.public_until >= on) and not _is_gone(row):
                yield row


def replaced_by_then(body_id: uuid.UUID, references: Collection[str], *, at: datetime) -> frozenset[str]:
    """Returns which of these rows a later declaration replaced, as known at an instant: nil returns of people who are still on the
    register that day; of whoever has left, a declaration of this body. Rule: REG-02."""
    listed = sorted(references)
    found: dict[str, uuid.UUID] = {}
    for start in range(0, len(listed), BATCH):
        asked = {"references": listed[start : start + BATCH], "instant": at}
        found |= {row.reference: row.person_id for row in db.session.execute(_REPLACED, asked)}
    if not found:
        return frozenset()
    on = clock.local(at).date()
    here = {
        each.person_id: each.left_on is not None for each in _holders(body_id, on, at, rulebook_of(body_id))
    }  # whether they have left
    left = [person_id for person_id in found.values() if here.get(person_id)]
    stands_still = {row.reference for row in nil_returns_of_leavers(left, body_id, on, at).values()} if left else set()
    return frozenset(
        reference for reference, person_id in found.items() if person_id in here and reference not in stands_still
    )


def editions_with(body_id: uuid.UUID, reference: str, at: datetime) -> InEditions:
    """Returns which editions of the public register of a body have an interest, as known at an instant. Rule: REG-02."""
    found: Callable[..., InEditions] = current_app.extensions[EDITIONS]
    return found(body_id, RegisterKind.INTERESTS, reference, at)


def periods_on(ended_on: date, rulebook: Rulebook) -> Periods:
    """Returns how long an interest that ended on a day is public and kept, by a body's rules of that day. Rules: REG-03, REG-04."""
    return _periods(max(ended_on, FIRST_DAY), rulebook)


@lru_cache(maxsize=4096)
def _periods(on: date, rulebook: Rulebook) -> Periods:
    rules = effective(rulebook, on)
    return Periods(rules.number("public_after_expiry_months"), rules.number("private_retention_years"))


def last_public_day(ended_on: date | None, rulebook: Rulebook) -> date | None:
    """Returns the last day on which an interest that ended on a day is public. Rule: REG-03."""
    return None if ended_on is None else public_until(ended_on, periods_on(ended_on, rulebook).public_months)


def _is_gone(row: PublicRow) -> bool:
    """Whether nothing is left to show: everything that may be withheld is."""
    return all(row.values[name] is None for name in WITHHOLDABLE)


def _holders(body_id: uuid.UUID, on: date, at: datetime, rulebook: Rulebook) -> list[_Holder]:
    """Who belongs on the public register on a day: from the first day of a post or seat until the public months after the last."""
    found = []
    for row in db.session.execute(_HOLDERS, {"body_id": body_id, "on": on, "instant": at}).all():
        left_on = None if row.is_there else row.last
        until = last_public_day(left_on, rulebook)
        if until is None or until >= on:
            found.append(_Holder(row.id, row.name, row.sort_key, left_on))
    return found


def _placed(holders: Sequence[_Holder], body_id: uuid.UUID, on: date, at: datetime) -> list[_Holder]:
    """The same people with the posts and seats that they hold on the day, or held on their last."""
    days: dict[date, list[uuid.UUID]] = {}
    for each in holders:
        days.setdefault(min(on, each.left_on or on), []).append(each.person_id)
    posts: dict[uuid.UUID, list[str]] = {}
    seats: dict[uuid.UUID, list[str]] = {}
    for day, ids in days.items():
        posts |= posts_on(ids, body_id, day, at)
        seats |= seats_on(ids, body_id, day, at)
    return [
        _Holder(each.person_id, each.name, each.sort_key, each.left_on,
                tuple(dict.fromkeys(posts.get(each.person_id, ()))), tuple(dict.fromkeys(seats.get(each.person_id, ()))))
        for each in holders
    ]  # fmt: skip


def _facts(
    holders: Sequence[_Holder], body_id: uuid.UUID, on: date, at: datetime, rulebook: Rulebook
) -> Iterator[PublicFacts]:
    """The rows of these people: their nil return where that was the last they said, then their interests by reference; of whoever has
    left, as they stand at this body."""
    asked = {"ids": [each.person_id for each in holders if each.left_on is None], "instant": at}
    left = [each.person_id for each in holders if each.left_on is not None]
    versions: dict[uuid.UUID, list[sa.Row[Any]]] = {}
    for row in [
        *db.session.execute(_VERSIONS, asked).all(),
        *(versions_of_leavers(left, body_id, on, at) if left else ()),
    ]:
        versions.setdefault(row.person_id, []).append(row)
    named = _named([row.id for rows in versions.values() for row in rows])
    nil = {row.person_id: row for row in db.session.execute(_NIL, asked).all()}
    nil |= nil_returns_of_leavers(left, body_id, on, at) if left else {}
    for holder in holders:
        if holder.person_id in nil:
            yield _nil_facts(holder, nil[holder.person_id], rulebook)
        for row in versions.get(holder.person_id, ()):
            yield _interest_facts(holder, row, named.get(row.id, ()), rulebook)


def _named(version_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[PublicOrganisation, ...]]:
    found: dict[uuid.UUID, tuple[PublicOrganisation, ...]] = {}
    for start in range(0, len(version_ids), BATCH):
        for row in db.session.execute(_ORGANISATIONS, {"ids": version_ids[start : start + BATCH]}).all():
            known = PublicOrganisation(row.name, KIND_WORDS[row.kind], row.code or "") if row.name else None
            found[row.version_id] = (*found.get(row.version_id, ()), known or PublicOrganisation(row.text))
    return found


def _nil_facts(holder: _Holder, row: sa.Row[Any], rulebook: Rulebook) -> PublicFacts:
    recorded_on = clock.local(row.submitted_at).date()
    return PublicFacts(
        reference=row.reference, name=holder.name, sort_key=holder.sort_key, declared=DeclaredOn(row.declared_on, bool(row.on_or_before)),
        person_id=str(holder.person_id), positions=holder.posts, committees=holder.committees, recorded_on=recorded_on,
        updated_on=recorded_on, public_until=last_public_day(holder.left_on, rulebook),
    )  # fmt: skip


def _interest_facts(
    holder: _Holder, row: sa.Row[Any], named: tuple[PublicOrganisation, ...], rulebook: Rulebook
) -> PublicFacts:
    ends = [day for day in (row.ended_on, holder.left_on) if day]
    return PublicFacts(
        reference=row.reference, name=holder.name, sort_key=holder.sort_key,
        declared=DeclaredOn(row.first_declared_on, bool(row.on_or_before)), person_id=str(holder.person_id),
        positions=holder.posts, committees=holder.committees, organisations=named, type=row.type, via=row.via,
        role=row.role, nature=row.nature, arose_on=row.arose_on, ended_on=row.ended_on, is_pursuing=row.is_pursuing,
        mitigation=row.mitigation, recorded_on=clock.local(row.first_recorded_at).date(),
        updated_on=clock.local(row.recorded_at).date(), public_until=last_public_day(min(ends), rulebook) if ends else None,
    )  # fmt: skip


_body = sa.bindparam("body_id", type_=sa.Uuid())
_on = sa.bindparam("on", type_=sa.Date())
_instant = sa.bindparam("instant", type_=Instant())
_ids = sa.bindparam("ids", expanding=True, type_=sa.Uuid())
_is_there = sa.func.max(sa.case((sa.or_(SPELLS.c.valid_to.is_(None), SPELLS.c.valid_to >= _on), 1), else_=0))
_HOLDERS = (
    sa.select(P.id, P.name, P.sort_key, _is_there.label("is_there"), sa.func.max(SPELLS.c.valid_to).label("last"))
    .select_from(Person.__table__.join(SPELLS, SPELLS.c.person_id == P.id))
    .where(SPELLS.c.valid_from <= _on)
    .group_by(P.id, P.name, P.sort_key)
    .order_by(P.sort_key, P.id)
)
_standing = (
    sa.select(V.interest_id, sa.func.max(V.number).label("number"))
    .join(Interest.__table__, INT.id == V.interest_id)
    .where(V.recorded_at <= _instant, INT.person_id.in_(_ids))
    .group_by(V.interest_id)
    .subquery()
)
_VERSIONS = (
    sa.select(*COLUMNS)
    .select_from(_standing)
    .join(InterestVersion.__table__, sa.and_(V.interest_id == _standing.c.interest_id, V.number == _standing.c.number))
    .join(Interest.__table__, INT.id == V.interest_id)
    .join(FIRST, sa.and_(FIRST.c.interest_id == V.interest_id, FIRST.c.number == 1))
    .order_by(INT.person_id, INT.reference)
)  # fmt: skip
_ORGANISATIONS = (
    sa.select(N.version_id, N.text, ORG.name, ORG.kind, ORG.code)
    .select_from(InterestOrganisation.__table__.outerjoin(Organisation.__table__, ORG.id == N.organisation_id))
    .where(N.version_id.in_(_ids))
    .order_by(N.version_id, N.position)
)
_later = Declaration.__table__.alias()
_said_since = sa.exists().where(
    _later.c.person_id == D.person_id, _later.c.submitted_at <= _instant,
    sa.or_(
        _later.c.submitted_at > D.submitted_at,
        sa.and_(_later.c.submitted_at == D.submitted_at, _later.c.reference > D.reference),
    ),
)  # fmt: skip
_NIL = sa.select(D.person_id, D.reference, D.declared_on, D.on_or_before, D.submitted_at).where(
    D.person_id.in_(_ids), D.kind == DeclarationKind.NIL, D.submitted_at <= _instant, ~_said_since
)
_REPLACED = sa.select(D.person_id, D.reference).where(
    D.reference.in_(sa.bindparam("references", expanding=True, type_=sa.Text())),
    D.kind == DeclarationKind.NIL, _said_since,
)  # fmt: skip
