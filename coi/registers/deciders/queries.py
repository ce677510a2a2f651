"""Reading who takes part in decisions though they sit on no committee, and of whom it waits to be said."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coi.database import db
from coi.people.models import Person
from coi.registers.deciders.models import DecisionMaker
from coi.registers.work_list import Line

D = DecisionMaker


@dataclass(frozen=True)
class Said:
    """What counts of somebody: the row, whether it was answered by then, and by whom."""

    row: DecisionMaker
    by: str
    is_answered: bool

    @property
    def decides(self) -> bool:
        return self.is_answered and bool(self.row.decides)


def newest(
    body_id: uuid.UUID, *, known_at: datetime | None = None, only: Collection[uuid.UUID] | None = None
) -> dict[uuid.UUID, Said]:
    """Returns what counts of each person of whom it was ever asked at a body, or of `only`; `known_at`: as it was known then."""
    who = aliased(Person)
    wanted = sa.select(D, who.name).outerjoin(who, who.id == D.answered_by).where(D.body_id == body_id)
    if only is not None:
        wanted = wanted.where(D.person_id.in_(only))
    if known_at is not None:
        wanted = wanted.where(D.asked_at <= known_at)
    found = {}
    for row, by in db.session.execute(wanted.order_by(D.asked_at, D.answered_at.is_(None), D.id)):
        is_answered = row.answered_at is not None and (known_at is None or row.answered_at <= known_at)
        found[row.person_id] = Said(row, by or "The system", is_answered)
    return found


def who_decide(body_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Returns the people of whom somebody said that they take part in decisions."""
    return frozenset(person_id for person_id, said in newest(body_id).items() if said.decides)


def why_asked(person_id: sa.ColumnElement[uuid.UUID], body_id: uuid.UUID, at: datetime) -> sa.ScalarSelect[str | None]:
    """Returns, as a column of a select of people, why it waited at an instant to be said of each; None where it did not."""
    waits = sa.or_(D.answered_at.is_(None), D.answered_at > at)
    asked = sa.select(sa.func.min(D.because)).where(D.person_id == person_id, D.body_id == body_id, D.asked_at <= at)
    return asked.where(waits).scalar_subquery()


def waiting_of(person_ids: Collection[uuid.UUID], body_id: uuid.UUID) -> dict[uuid.UUID, list[DecisionMaker]]:
    """Returns, of each of these people, what waits to be said."""
    wanted = sa.select(D).where(D.person_id.in_(person_ids), D.body_id == body_id, D.answered_at.is_(None))
    found: dict[uuid.UUID, list[DecisionMaker]] = {}
    for row in db.session.scalars(wanted.order_by(D.asked_at, D.id)):
        found.setdefault(row.person_id, []).append(row)
    return found


def is_settled(known: Mapping[uuid.UUID, Said], person_id: uuid.UUID, because: str) -> bool:
    """Whether nothing is left to ask of somebody for a reason: they are said to take part, the question waits already, or it was declined
    for the same reason."""
    said = known.get(person_id)
    return said is not None and (not said.is_answered or said.decides or said.row.because == because)


def to_say(lines: Sequence[Line], known: Mapping[uuid.UUID, Said], wanted: Collection[str]) -> list[Line]:
    """Returns the people of whom it is to be said: those who are wanted (ids as text), or without that those of whom it waits, then those
    who are said to take part, so that it can be said otherwise."""
    if wanted:
        return [line for line in lines if str(line.person_id) in wanted]
    waiting = [line for line in lines if line.person_id in known and not known[line.person_id].is_answered]
    return waiting + [line for line in lines if line.person_id in known and known[line.person_id].decides]
