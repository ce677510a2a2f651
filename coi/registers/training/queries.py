"""Reading the training record: who is due at a body, and what is on record for a person."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from coi import clock
from coi.accounts.models import RoleGrant
from coi.database import db
from coi.errors import NotFound
from coi.guidance.rulesets import FIRST_DAY, effective
from coi.organisations.policy_queries import rulebook_of
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Permission, Role
from coi.registers.people_sheets import Finder, Known
from coi.registers.standing import Standing
from coi.registers.standing_queries import work_list
from coi.registers.training.models import TrainingRecord
from coi.registers.training.rules import OnRecord, PassMark, Record, TrainingVerdict, training_of
from coi.registers.work_list import Line

ASKED = (Role.GOVERNANCE_LEAD, Role.GUARDIAN, Role.SECRETARY, Role.CHAIR)
"""Besides members of committees: whoever holds one of these roles."""


@dataclass(frozen=True)
class TrainingLine:
    """A person on the page of training."""

    line: Line
    verdict: TrainingVerdict


def training_list(
    body_id: uuid.UUID, actor: Actor, at: datetime, *, known_at: datetime | None = None
) -> list[TrainingLine]:
    """Returns the people of a body with where they stand with training, in the order of the register; `known_at`: then, as it was known
    then. Whoever is away for long is not asked. Rule: TRN-01."""
    at = known_at or at
    on = clock.local(at).date()
    lines = work_list(body_id, actor, at, permission=Permission.REGISTERS_STANDING_KEEP, known_at=known_at)
    ids = [line.person_id for line in lines]
    records, roles = _records(ids, at), _with_role(body_id, on)
    book = rulebook_of(body_id)
    months = effective(book, on).number("training_months")
    mark = pass_mark_of(body_id)
    return [
        TrainingLine(
            line,
            training_of(
                records.get(line.person_id, ()), is_asked=_is_asked(line, roles), months=months, pass_mark=mark, on=on
            ),
        )
        for line in lines
    ]


def pass_mark_of(body_id: uuid.UUID) -> PassMark:
    """Returns what asks for the pass mark of a day at a body."""
    book = rulebook_of(body_id)
    return lambda on: effective(book, on).number("training_pass_percent") if on >= FIRST_DAY else None


def _is_asked(line: Line, with_role: Collection[uuid.UUID]) -> bool:
    return line.standing is not Standing.ABSENT and (bool(line.committees) or line.person_id in with_role)


def _records(ids: Collection[uuid.UUID], at: datetime) -> dict[uuid.UUID, list[Record]]:
    wanted = sa.select(
        TrainingRecord.person_id, TrainingRecord.module, TrainingRecord.done_on, TrainingRecord.score
    ).where(
        TrainingRecord.person_id.in_(ids), TrainingRecord.recorded_at <= at,
        sa.or_(TrainingRecord.withdrawn_at.is_(None), TrainingRecord.withdrawn_at > at),
    )  # fmt: skip
    found: dict[uuid.UUID, list[Record]] = {}
    for row in db.session.execute(wanted.order_by(TrainingRecord.done_on, TrainingRecord.id)).all():
        found.setdefault(row.person_id, []).append(Record(row.module, row.done_on, row.score))
    return found


def _with_role(body_id: uuid.UUID, on: date) -> set[uuid.UUID]:
    lasting = sa.or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= on)
    wanted = sa.select(RoleGrant.person_id).where(
        RoleGrant.body_id == body_id, RoleGrant.role.in_(ASKED), RoleGrant.valid_from <= on, lasting
    )
    return set(db.session.scalars(wanted))


def records_of(person_id: uuid.UUID, known_at: datetime | None = None) -> list[TrainingRecord]:
    """Returns what was on record for a person at an instant (None: now), the newest first, withdrawn ones too."""
    wanted = sa.select(TrainingRecord).where(TrainingRecord.person_id == person_id)
    if known_at is not None:
        wanted = wanted.where(TrainingRecord.recorded_at <= known_at)
    return list(db.session.scalars(wanted.order_by(TrainingRecord.done_on.desc(), TrainingRecord.id)))


def record(record_id: uuid.UUID, person_ids: Collection[uuid.UUID]) -> TrainingRecord:
    """Returns a training on record of one of these people. Raises NotFound."""
    found = db.session.get(TrainingRecord, record_id)
    if found is None or found.person_id not in person_ids:
        raise NotFound("There is no such training on record")
    return found


def on_record(person_ids: Collection[uuid.UUID]) -> OnRecord:
    """Returns what these people have on record: the scores by person, module and day. Nobody else enters anything for them
    until the transaction ends: two windows that take the same sheet do not double it."""
    db.session.execute(
        sa.select(Person.id).where(Person.id.in_(person_ids)).order_by(Person.id).with_for_update(of=Person.__table__)
    )
    wanted = sa.select(TrainingRecord.person_id, TrainingRecord.module, TrainingRecord.done_on, TrainingRecord.score)
    wanted = wanted.where(TrainingRecord.person_id.in_(person_ids), TrainingRecord.withdrawn_at.is_(None))
    found: dict[tuple[uuid.UUID, str, date], set[int | None]] = {}
    for row in db.session.execute(wanted).all():
        found.setdefault((row.person_id, row.module.value, row.done_on), set()).add(row.score)
    return found


def finder_among(person_ids: Collection[uuid.UUID]) -> Finder:
    """Returns what finds these people by name and address."""
    rows = sa.select(Person.id, Person.name, Person.sort_key, Person.email).where(Person.id.in_(person_ids))
    return Finder(Known(str(row.id), row.name, row.sort_key, row.email) for row in db.session.execute(rows).all())
