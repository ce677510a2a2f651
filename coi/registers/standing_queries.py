"""Reading where the people of a body stand with declaring: a constant number of statements, however many people."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from coi import clock
from coi.committees.joint_queries import SERVED
from coi.committees.models import Committee, Membership
from coi.database import db, stands
from coi.guidance.rulesets import effective
from coi.guidance.vocabulary import Rulebook
from coi.organisations.policy_queries import rulebook_of
from coi.people.models import Appointment, Person
from coi.people.queries import names_known
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.deciders.queries import why_asked
from coi.registers.interests.ending_queries import end_told_on, ending
from coi.registers.interests.models import Declaration, Interest, InterestOrganisation, InterestVersion
from coi.registers.interests.people_queries import bound_since, people_of_body, people_visible_to
from coi.registers.interests.queries import kept_texts
from coi.registers.interests.register_queries import late_by
from coi.registers.interests.vocabulary import DeclarationKind, InterestStatus
from coi.registers.models import Absence
from coi.registers.standing import Figures, PersonFacts, Span, first_day_of, standing_of
from coi.registers.work_list import Line

LATE_DAYS = 365
"""How far back an interest that was declared late is still worth a look."""
A, M, D, V = Appointment.__table__.c, Membership.__table__.c, Declaration.__table__.c, InterestVersion.__table__.c


@dataclass(frozen=True)
class _Held:
    """Posts and seats at a body: words, committees, the first day of the latest, and of their service without a break anywhere."""

    words: dict[uuid.UUID, list[str]] = field(default_factory=dict)
    committees: dict[uuid.UUID, set[str]] = field(default_factory=dict)
    started_on: dict[uuid.UUID, date] = field(default_factory=dict)
    first_on: dict[uuid.UUID, date] = field(default_factory=dict)


@dataclass(frozen=True)
class _Work:
    """What waits with the interests of people, by person."""

    waiting: Counter[uuid.UUID] = field(default_factory=Counter)
    unmatched: Counter[uuid.UUID] = field(default_factory=Counter)
    late: Counter[uuid.UUID] = field(default_factory=Counter)


def figures_on(rulebook: Rulebook, on: date) -> Figures:
    """Returns the figures that a body's people are held to on a day. Rules: DECL-03, DECL-04."""
    rules = effective(rulebook, on)
    return Figures(rules.declare_days, rules.number("refresh_months"))


def work_list(
    body_id: uuid.UUID,
    actor: Actor,
    at: datetime,
    *,
    permission: Permission = Permission.REGISTERS_INTEREST_READ,
    with_work: bool = True,
    known_at: datetime | None = None,
) -> list[Line]:
    """Returns everybody at a body whose declarations the actor may look after, in the order of the register, with where they stand;
    `with_work`: and with what waits with their interests; `known_at`: then, as it was known then."""
    at = known_at or at
    ids = people_visible_to(actor, permission, body_id, clock.local(at).date(), instant=known_at)
    return _lines(ids, body_id, at, with_work=with_work, known_at=known_at)


def lines_of_body(body_id: uuid.UUID, at: datetime, *, only: Collection[uuid.UUID] | None = None) -> list[Line]:
    """Returns everybody at a body, whoever asks; with `only`, those of them alone. For reminders and lists: without what waits with their
    interests."""
    ids = people_of_body(body_id, clock.local(at).date())
    if only is not None:
        ids = sa.select(Person.id).where(Person.id.in_(ids), Person.id.in_(list(only)))
    return _lines(ids, body_id, at, with_work=False)


def _lines(
    ids: sa.Select[tuple[uuid.UUID]], body_id: uuid.UUID, at: datetime, *, with_work: bool = True, known_at: datetime | None = None
) -> list[Line]:  # fmt: skip
    on = clock.local(at).date()
    deciding = why_asked(Person.__table__.c.id, body_id, at).label("deciding")
    wanted = sa.select(Person.id, Person.name, Person.email, deciding).where(Person.id.in_(ids))
    people = db.session.execute(wanted.order_by(Person.sort_key, Person.id)).all()
    keys = [row.id for row in people]
    rulebook = rulebook_of(body_id)
    figures, held = figures_on(rulebook, on), _held(keys, body_id, on, known_at)
    work = _work(keys, body_id, at, rulebook) if with_work else _Work()
    facts = _facts(keys, held, body_id, at)
    then = names_known(keys, known_at) if known_at else {}
    return [
        Line(
            row.id, then[row.id].name if row.id in then else row.name, row.email, tuple(held.words.get(row.id, ())),
            frozenset(held.committees.get(row.id, ())),
            standing_of(facts[row.id], figures, on=on), work.waiting[row.id], work.unmatched[row.id], work.late[row.id],
            "" if row.id in held.committees else row.deciding or "",
        )
        for row in people
    ]  # fmt: skip


def _held(ids: Sequence[uuid.UUID], body_id: uuid.UUID, on: date, known_at: datetime | None) -> _Held:
    """What people hold on a day or will hold; where they start later, that is when they start."""
    found = _Held()
    posts = sa.select(
        A.person_id, A.body_id, A.post.label("words"), A.valid_from, A.valid_to, sa.null().label("committee_id")
    )
    posts = posts.where(A.person_id.in_(ids), stands(A, known_at))
    seats = sa.select(
        M.person_id, SERVED.c.body_id, SERVED.c.name.label("words"), M.valid_from, M.valid_to, M.committee_id
    )
    seats = seats.join_from(Membership.__table__, SERVED, SERVED.c.committee_id == M.committee_id).where(
        M.person_id.in_(ids), stands(M, known_at)
    )
    rows = [*db.session.execute(posts).all(), *db.session.execute(seats).all()]
    spans: dict[uuid.UUID, list[Span]] = {}
    for row in rows:
        spans.setdefault(row.person_id, []).append((row.valid_from, row.valid_to))
    found.first_on.update({each: first for each, held in spans.items() if (first := first_day_of(held, on))})
    lasting = [row for row in rows if row.valid_to is None or row.valid_to >= on]
    for row in sorted(lasting, key=lambda each: (each.valid_from, each.words)):
        if row.body_id == body_id:
            found.words.setdefault(row.person_id, []).append(row.words)
            if row.committee_id:
                found.committees.setdefault(row.person_id, set()).add(str(row.committee_id))
        earlier = found.started_on.get(row.person_id)
        if earlier is None or row.valid_from <= on:  # in the order of their first days: the latest that has begun
            found.started_on[row.person_id] = row.valid_from
    return found


def _facts(ids: Sequence[uuid.UUID], held: _Held, body_id: uuid.UUID, at: datetime) -> dict[uuid.UUID, PersonFacts]:
    declared = {row.person_id: row for row in db.session.execute(_LAST, {"ids": list(ids), "instant": at}).all()}
    away = _absences(ids, body_id, at)
    facts = {}
    for each in ids:
        last = declared.get(each)
        facts[each] = PersonFacts(
            started_on=held.started_on.get(each), first_on=held.first_on.get(each), declared_on=last.latest_on if last else None,
            is_nil=bool(last) and last.kind == DeclarationKind.NIL,
            or_before=bool(last) and last.exact_on != last.latest_on, **away.get(each, {}),
        )  # fmt: skip
    return facts


_ranked = (
    sa.select(
        D.person_id, D.kind, sa.func.max(D.declared_on).over(partition_by=D.person_id).label("latest_on"),
        sa.func.max(sa.case((D.on_or_before.is_not(sa.true()), D.declared_on))).over(partition_by=D.person_id).label("exact_on"),
        sa.func.row_number().over(partition_by=D.person_id, order_by=(D.submitted_at.desc(), D.reference.desc())).label("rank"),
    )
    .where(D.person_id.in_(sa.bindparam("ids", expanding=True)), D.submitted_at <= sa.bindparam("instant"))
    .subquery()
)  # fmt: skip
_LAST = sa.select(_ranked.c.person_id, _ranked.c.kind, _ranked.c.latest_on, _ranked.c.exact_on).where(
    _ranked.c.rank == 1
)


def away_on(person_ids: Collection[uuid.UUID], body_id: uuid.UUID, at: datetime) -> frozenset[str]:
    """Returns which of these people are away for long from a body on the day of an instant, as known then."""
    found = _absences(list(person_ids), body_id, at)
    return frozenset(str(each) for each, told in found.items() if "away_from" in told)


def _absences(ids: Sequence[uuid.UUID], body_id: uuid.UUID, at: datetime) -> dict[uuid.UUID, dict[str, Any]]:
    """Per person, the long absence that the day of an instant falls in, or the day after the last one before it, as known then."""
    on = clock.local(at).date()
    wanted = sa.select(Absence.person_id, Absence.since, Absence.until).where(
        Absence.person_id.in_(ids), Absence.body_id == body_id, Absence.since <= on, Absence.recorded_at <= at,
        sa.or_(Absence.withdrawn_at.is_(None), Absence.withdrawn_at > at),
    )  # fmt: skip
    found: dict[uuid.UUID, dict[str, Any]] = {}
    for row in db.session.execute(wanted.order_by(Absence.since, Absence.recorded_at)).all():
        if row.until is None or row.until >= on:
            found[row.person_id] = {"away_from": row.since, "away_until": row.until}
        elif "away_from" not in found.get(row.person_id, {}):
            back = row.until + timedelta(days=1)
            found[row.person_id] = {"returned_on": max(back, found.get(row.person_id, {}).get("returned_on", back))}
    return found


def _work(ids: Sequence[uuid.UUID], body_id: uuid.UUID, at: datetime, rulebook: Rulebook) -> _Work:
    """What waits with the interests that stand on the register."""
    on = clock.local(at).date()
    work, bound = _Work(), bound_since(ids)
    since = on - timedelta(days=LATE_DAYS)
    for row in db.session.execute(_interests(ids, at, kept_texts(body_id, on))).all():
        work.waiting[row.person_id] += row.status == InterestStatus.SUBMITTED
        work.unmatched[row.person_id] += row.unmatched
        if row.first_on >= since:
            late = late_by(
                row.arose_on, row.aware_on, row.first_on, bound.get(row.person_id), rulebook=rulebook,
                or_before=bool(row.on_or_before),
            )  # fmt: skip
            work.late[row.person_id] += bool(late)
        elif row.end_told_on and row.end_told_on >= since:
            ended = ending(row.ended_on, row.end_told_on, bound.get(row.person_id), rulebook)
            work.late[row.person_id] += bool(ended and ended.days_late)
    return work


def _interests(ids: Sequence[uuid.UUID], at: datetime, kept: Sequence[str]) -> sa.Select[Any]:
    interest, named = Interest.__table__.c, InterestOrganisation.__table__.c
    standing = (
        sa.select(V.interest_id, sa.func.max(V.number).label("number"))
        .join_from(InterestVersion.__table__, Interest.__table__)
        .where(V.recorded_at <= at, interest.person_id.in_(ids), interest.disposed_at.is_(None))
        .group_by(V.interest_id)
        .subquery()
    )
    first = InterestVersion.__table__.alias()
    unmatched = (
        sa.select(sa.func.count())
        .where(named.version_id == V.id, named.organisation_id.is_(None), named.text.not_in(kept))
        .scalar_subquery()
        .label("unmatched")
    )
    return (
        sa.select(
            interest.person_id,
            V.status,
            V.arose_on,
            V.aware_on,
            first.c.declared_on.label("first_on"),
            first.c.on_or_before,
            V.ended_on,
            end_told_on(V, first.c),
            unmatched,
        )
        .select_from(standing)
        .join(
            InterestVersion.__table__, sa.and_(V.interest_id == standing.c.interest_id, V.number == standing.c.number)
        )
        .join(Interest.__table__, interest.id == standing.c.interest_id)
        .join(first, sa.and_(first.c.interest_id == standing.c.interest_id, first.c.number == 1))
    )


def committee_names(ids: Iterable[str]) -> dict[str, str]:
    """Returns, per committee id as text, its name, in alphabetical order."""
    wanted = sa.select(Committee.id, Committee.name).where(Committee.id.in_([uuid.UUID(each) for each in ids]))
    return {str(row.id): row.name for row in db.session.execute(wanted.order_by(Committee.name, Committee.id))}


def absences_of_body(body_id: uuid.UUID, on: date) -> list[Absence]:
    """Returns the long absences at a body that are not over on a day, by name."""
    lasting = sa.or_(Absence.until.is_(None), Absence.until >= on)
    wanted = sa.select(Absence).where(Absence.body_id == body_id, Absence.withdrawn_at.is_(None), lasting)
    return sorted(db.session.scalars(wanted), key=lambda each: (each.person.sort_key, each.since, str(each.id)))


def absence(absence_id: uuid.UUID, person_ids: sa.Select[tuple[uuid.UUID]], body_id: uuid.UUID) -> Absence | None:
    """Returns a long absence at a body of one of these people; None where there is none, or it was withdrawn."""
    found = db.session.get(Absence, absence_id)
    if found is None or found.body_id != body_id or found.withdrawn_at is not None:
        return None
    return (
        found
        if db.session.scalar(sa.select(Person.id).where(Person.id == found.person_id, Person.id.in_(person_ids)))
        else None
    )


def open_absences(person_ids: Collection[uuid.UUID], body_id: uuid.UUID) -> list[Absence]:
    """Returns every absence of these people at a body that counts."""
    wanted = sa.select(Absence).where(
        Absence.person_id.in_(person_ids), Absence.body_id == body_id, Absence.withdrawn_at.is_(None)
    )
    return list(db.session.scalars(wanted.order_by(Absence.since, Absence.id)))
