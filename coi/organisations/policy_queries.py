"""Reading a body's own policy, and the rules that apply to a body on a day: the guidance with the policy applied."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa

from coi.database import db
from coi.guidance.figures import FIGURES
from coi.guidance.rulesets import FIRST_DAY, effective
from coi.guidance.vocabulary import PolicyFigure, Rulebook, RuleSet, Unit
from coi.organisations.models import Body, BodyPolicy

_POLICY = BodyPolicy.__table__.c
_FIGURES = (
    sa.select(_POLICY.name, _POLICY.value, _POLICY.valid_from, _POLICY.source, _POLICY.recorded_at)
    .where(_POLICY.body_id == sa.bindparam("body_id"))
    .order_by(_POLICY.number)
)


def rules_of(body: Body | uuid.UUID, on: date, *, known_at: datetime | None = None) -> RuleSet:
    """Returns the rules that a body goes by on a day: the guidance in force for its type, with its own stricter figures as they stood
    that day (as they were known at an instant, where one is given). A day before the body's own time is judged by its predecessors'
    rules. Ask once for many days: `rulebook_of`. Raises RuleBroken before 1 April 2013. Rule: DECL-01 and every figure; RULEBOOK §1."""
    return effective(rulebook_of(body, known_at=known_at), on)


def rulebook_of(body: Body | uuid.UUID, *, known_at: datetime | None = None) -> Rulebook:
    """Returns what a body goes by on any day, in one statement: `coi.guidance.rulesets.effective(rulebook, on)` gives the rules of a
    day without another."""
    found = body if isinstance(body, Body) else db.session.get_one(Body, body)
    rows = db.session.execute(_FIGURES, {"body_id": found.id}).all()
    return Rulebook(found.kind.value, tuple(_figure(row) for row in rows if known_at is None or row[4] <= known_at))


def strictest_of(rulebooks: Iterable[Rulebook], on: date, name: str) -> int | None:
    """Returns the lowest whole number that any of these bodies asks for on a day, such as `refresh_months` of somebody who serves
    several; None where none has a figure, or there were no rules yet."""
    if on < FIRST_DAY:
        return None
    found = [effective(each, on).number(name) for each in rulebooks]
    return min((each for each in found if each is not None), default=None)


def policy_history(body_id: uuid.UUID, name: str | None = None) -> list[BodyPolicy]:
    """Returns what a body recorded of its policy, of one figure where `name` is given, in order."""
    rows = sa.select(BodyPolicy).where(BodyPolicy.body_id == body_id).order_by(BodyPolicy.number)
    return list(db.session.scalars(rows if name is None else rows.where(BodyPolicy.name == name)))


def lock_policy(body_id: uuid.UUID) -> None:
    """Keeps other writers from a body's policy until the transaction ends. Rows that point to the body are written meanwhile."""
    db.session.execute(sa.select(Body.id).where(Body.id == body_id).with_for_update(key_share=True))


def _figure(row: sa.Row[tuple[str, str | None, date, str, datetime]]) -> PolicyFigure:
    name, value, valid_from, source, _recorded_at = row
    return PolicyFigure(name, value_of(name, value), valid_from, source)


def value_of(name: str, text: str | None) -> int | Decimal | None:
    """Returns a stored value as the figure counts it: pounds as Decimal, anything else as a whole number."""
    if text is None:
        return None
    return Decimal(text) if FIGURES[name].unit is Unit.POUNDS else int(text)
