"""Writing of imports: a file is taken in; its rows are taken over, all or nothing. One use case, one ledger entry."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, cast

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.files.models import StoredFile
from coi.organisations.models import Body
from coi.organisations.policy_queries import rulebook_of
from coi.permissions.vocabulary import Actor
from coi.registers.importing import queries
from coi.registers.importing.models import RegisterImport
from coi.registers.importing.planning import plan_of
from coi.registers.importing.procurement import queries as decision_queries
from coi.registers.importing.procurement.planning import plan_of as decisions_plan
from coi.registers.importing.procurement.vocabulary import DecisionPlan, StatedDecision
from coi.registers.importing.procurement.writing import DecisionWriter
from coi.registers.importing.taking import Taking
from coi.registers.importing.vocabulary import Answers, Matches, Plan, Stated
from coi.registers.importing.writing import Writer, all_corrections, all_counts, answered
from coi.registers.interests.rules import check_paper
from coi.registers.interests.versions import ask_to_screen
from coi.registers.vocabulary import RegisterKind


@dataclass(frozen=True)
class ReadRegister:
    """A register as it was read: which it is, its rows, its columns, the organisations found in it, and the day on which it was right
    (None: nobody said it yet, and then there are no rows)."""

    stated: Sequence[Stated] | Sequence[StatedDecision]
    columns: dict[str, int]
    matches: Matches
    as_at: date | None
    corrections: Mapping[str, Any] = field(default_factory=dict)  # by row: what somebody said instead of the file
    register: RegisterKind = RegisterKind.INTERESTS


def plan_for(body: Body, read: ReadRegister, answers: Answers, at: datetime, *, actor: Actor) -> Plan | DecisionPlan:
    """Returns what an import would do now. Who was meant by a name in an earlier import is meant again, unless `answers` says else."""
    if read.register is RegisterKind.PROCUREMENT:
        rows = cast(Sequence[StatedDecision], read.stated)
        known_here = decision_queries.known(body.id, actor, at)
        return decisions_plan(rows, known_here, answers, clock.local(at).date(), read.as_at)
    stated = cast(Sequence[Stated], read.stated)
    remembered = queries.earlier_people(body.id)
    known = queries.known(body.id, {each.who for each in stated}, at)
    return plan_of(stated, known, replace(answers, remembered=remembered), rulebook_of(body), read.as_at, read.matches)


def import_register(
    body: Body, file: StoredFile, read: ReadRegister, answers: Answers, *, actor: Actor, at: datetime
) -> tuple[RegisterImport | None, Plan | DecisionPlan]:
    """Takes over the rows of a register, all or nothing, and returns the import with what it did; None where everything stands there
    already. What will happen is decided here again, with other imports locked out, so that two at once double nothing. Raises RuleBroken
    where a row needs a person, or the register is dated later than today. Rules: DECL-04, DECL-06, REG-01, PROC-03."""
    if read.as_at is None:
        raise RuleBroken("Say on which day the register was right", field="as_at")
    check_paper(read.as_at, today=clock.local(at).date())
    queries.lock_imports(body.id)
    plan = plan_for(body, read, answers, at, actor=actor)
    if plan.needs_you:
        rows = "1 row needs" if plan.needs_you == 1 else f"{plan.needs_you:,} rows need"
        raise RuleBroken(
            f"{rows} you before anything is imported", options=("correct the file", "leave these rows out")
        )
    if not plan.changes_anything:
        return None, plan
    people = _write(Taking(body.id, read.as_at, file.name, actor, at), plan, read.matches)
    done = RegisterImport(
        id=uuid.uuid4(), body_id=body.id, file_id=file.id, register=read.register.value, as_at=read.as_at, columns=read.columns,
        people=people, left_out=sorted(answers.left_out),
        corrections=all_corrections(read.corrections, answers), counts=dict(all_counts(plan)),
        imported_at=at, imported_by=actor.account_id,
    )  # fmt: skip
    db.session.add(done)
    log.record(Event.REGISTER_IMPORTED, subject=done, actor=actor, at=at, body_id=body.id)
    return done, plan


def _write(taking: Taking, plan: Plan | DecisionPlan, matches: Matches) -> dict[str, str]:
    """Writes the rows, and returns who was meant where somebody had to choose."""
    if isinstance(plan, DecisionPlan):
        DecisionWriter(taking, plan, matches).write()
        return {}
    writer = Writer(taking, plan, matches)
    writer.write()
    ask_to_screen(writer.versions, taking.actor, taking.at)  # one job, however many rows
    return answered(plan, writer.people)
