"""Reading when the end of an interest was told, and judging it by the rules of that day."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from coi import clock
from coi.clock import months_after
from coi.database import Instant, db
from coi.guidance.rulesets import FIRST_DAY, standing_since
from coi.guidance.vocabulary import Rulebook
from coi.organisations.policy_queries import rulebook_of
from coi.registers.interests.ending import Ending
from coi.registers.interests.leaver_queries import leavers_of, said_here
from coi.registers.interests.limits import limits_on
from coi.registers.interests.models import Declaration, Interest, InterestVersion
from coi.registers.interests.people_queries import bound_since
from coi.registers.interests.public_queries import last_public_day, periods_on
from coi.registers.interests.subtypes import is_once
from coi.registers.interests.vocabulary import InterestSubtype
from coi.wording import day

INT, V = Interest.__table__.c, InterestVersion.__table__.c


def ending(ended_on: date | None, told_on: date | None, bound_on: date | None, rulebook: Rulebook) -> Ending | None:
    """Returns an end that was told on a day; None where there is none to judge, or no rules of that day to judge it by."""
    if ended_on is None or told_on is None or told_on < FIRST_DAY:
        return None
    return Ending(ended_on, told_on, limits_on(rulebook, told_on)[0], last_public_day(ended_on, rulebook), bound_on)


def public_after(rulebook: Rulebook, today: date) -> str:
    """Returns for how long what ends stays public, by the rules of the day on which it ended: those of today, and those before where they
    said otherwise and it can matter still. Rule: REG-03; RULEBOOK §7.4."""
    name = "public_after_expiry_months"
    starts = [each.valid_from for each in rulebook.policy if each.name == name and each.valid_from <= today]
    since = max([standing_since(rulebook.body_type, name, today), *starts])
    months, before = (periods_on(on, rulebook).public_months for on in (today, since - timedelta(days=1)))
    now = f"for at least {_months(months)} after that day" if months else "until that day"
    if (
        months == before or months_after(since, max(months or 0, before or 0)) < today
    ):  # else nothing from then is public today
        return f"{now}."
    then = f"for at least {_months(before)}" if before else "until that day"
    return f"{now}. If it ended before {day(since)}, it is {then}, by the rules then."


def _months(number: int) -> str:
    return f"{number} month{'' if number == 1 else 's'}"


def ending_told(interest: Interest, ended_on: date | None, told_on: date, body_id: uuid.UUID) -> Ending | None:
    """Returns what it would be to say on a day that an interest ended; None where nothing is remarkable about it, the register says so
    already, or it cannot be."""
    stands = interest.versions[-1]
    if is_once(stands.subtype):
        return None
    if ended_on is None or ended_on == stands.ended_on or (stands.arose_on and ended_on < stands.arose_on):
        return None
    bound_on = bound_since([interest.person_id]).get(interest.person_id)
    return ending(ended_on, told_on, bound_on, rulebook_of(body_id)) or None


def told_of(versions: Sequence[InterestVersion]) -> date | None:
    """Returns the day on which the end that the last of an interest's versions has was told; None where it has none, was declared with
    it, is of something that happens once, or an older register does not say when."""
    if is_once(versions[-1].subtype):
        return None
    told = next(each for each in versions if each.ended_on == versions[-1].ended_on)
    declaration = told.declaration
    if told.ended_on is None or told.number == 1 or declaration is None or declaration.on_or_before:
        return None
    return declaration.declared_on


def end_told_on(version: Any, first: Any) -> sa.ColumnElement[date | None]:
    """The same as a column of a statement that reads the version that stands and the first one."""
    other, said = InterestVersion.__table__.alias(), Declaration.__table__.alias()
    told = (
        sa.select(sa.case((said.c.on_or_before.is_(True), None), else_=said.c.declared_on))
        .join_from(other, said, said.c.id == other.c.declaration_id)
        .where(other.c.interest_id == version.interest_id, other.c.ended_on == version.ended_on)
        .order_by(other.c.number)
        .limit(1)
        .scalar_subquery()
    )
    is_news = sa.and_(
        version.ended_on.is_not(None), version.ended_on.is_distinct_from(first.ended_on),
        sa.func.coalesce(version.subtype, "").not_in([each.value for each in InterestSubtype if is_once(each)]),
    )  # fmt: skip
    return sa.case((is_news, told), else_=None).label("end_told_on")


def remarks_on(body_id: uuid.UUID, references: Collection[str], *, at: datetime) -> dict[str, str]:
    """Returns, per reference of an interest whose end was told late or after its public months, what is to be known before it is
    published. Rules: DECL-01, REG-03."""
    if not references:
        return {}
    first, standing = InterestVersion.__table__.alias(), InterestVersion.__table__.alias()
    left = leavers_of(body_id, clock.local(at).date(), instant=at).subquery()
    is_of_here = sa.or_(left.c.person_id.is_(None), said_here(standing.c, body_id, left.c.left_on))
    number = (
        sa.select(sa.func.max(standing.c.number))
        .where(standing.c.interest_id == V.interest_id, standing.c.recorded_at <= sa.bindparam("at", at, type_=Instant()), is_of_here)
        .scalar_subquery()
    )  # fmt: skip
    wanted = (
        sa.select(INT.reference, INT.person_id, V.ended_on, end_told_on(V, first.c))
        .select_from(Interest.__table__)
        .outerjoin(left, left.c.person_id == INT.person_id)
        .join(InterestVersion.__table__, sa.and_(V.interest_id == INT.id, V.number == number))
        .join(first, sa.and_(first.c.interest_id == INT.id, first.c.number == 1))
        .where(INT.reference.in_(sorted(references)), V.ended_on.is_not(None))
        .order_by(INT.reference)
    )
    rows = db.session.execute(wanted).all()
    bound, rulebook = bound_since({row.person_id for row in rows}), rulebook_of(body_id)
    found = {row.reference: ending(row.ended_on, row.end_told_on, bound.get(row.person_id), rulebook) for row in rows}
    return {
        key: f"{'. '.join(filter(None, (each.late_words, each.over_words)))}." for key, each in found.items() if each
    }
