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
from coi.registers.gifts.taking_over import suspect
from coi.registers.importing import queries
from coi.registers.importing.gifts import queries as gift_queries
from coi.registers.importing.gifts.planning import plan_of as gifts_plan
from coi.registers.importing.gifts.vocabulary import StatedGift
from coi.registers.importing.gifts.writing import GiftWriter
from coi.registers.importing.models import RegisterImport
from coi.registers.importing.planning import plan_of
from coi.registers.importing.procurement import queries as decision_queries
from coi.registers.importing.procurement.planning import plan_of as decisions_plan
from coi.registers.importing.procurement.vocabulary import StatedDecision
from coi.registers.importing.procurement.writing import DecisionWriter
from coi.registers.importing.row_plans import AnyPlan
from coi.registers.importing.taking import Taking
from coi.registers.importing.vocabulary import Answers, Matches, Plan, Stated
from coi.registers.importing.writing import Writer, all_corrections, all_counts, answered
from coi.registers.interests.rules import check_paper
from coi.registers.interests.versions import ask_to_screen, ask_what_is_lost
from coi.registers.vocabulary import RegisterKind


@dataclass(frozen=True)
class ReadRegister:
    """A register as it was read: which it is, its rows, its columns, the organisations found in it, and the day on which it was right
    (None: nobody said it yet, and then there are no rows)."""

    stated: Sequence[Stated] | Sequence[StatedDecision] | Sequence[StatedGift]
    columns: dict[str, int]
    matches: Matches
    as_at: date | None
    corrections: Mapping[str, Any] = field(default_factory=dict)  # by row: what somebody said instead of the file
    register: RegisterKind = RegisterKind.INTERESTS


def plan_for(body: Body, read: ReadRegister, answers: Answers, at: datetime, *, actor: Actor) -> AnyPlan:
    """Returns what an import would do now. Who was meant by a name in an earlier import is meant again, unless `answers` says else."""
    if read.register is RegisterKind.PROCUREMENT:
        rows = cast(Sequence[StatedDecision], read.stated)
        known_here = decision_queries.known(body.id, actor, at)
        withheld = decision_queries.withheld_people(body.id)
        return decisions_plan(rows, known_here, answers, clock.local(at).date(), read.as_at, withheld)
    answers = replace(answers, remembered=queries.earlier_people(body.id))
    if read.register is RegisterKind.GIFTS:
        offers = cast(Sequence[StatedGift], read.stated)
        people = queries.known_people(body.id, {each.who for each in offers}, at)
        known_gifts, ours = gift_queries.known(body.id, at), (body.name, body.slug)
        return gifts_plan(
            offers,
            people,
            known_gifts,
            answers,
            clock.local(at).date(),
            read.as_at,
            rulebook=rulebook_of(body),
            ours=ours,
        )
    stated = cast(Sequence[Stated], read.stated)
    known = queries.known(body.id, {each.who for each in stated}, at)
    return plan_of(stated, known, answers, rulebook_of(body), read.as_at, read.matches)


def import_register(
    body: Body, file: StoredFile, read: ReadRegister, answers: Answers, *, actor: Actor, at: datetime
) -> tuple[RegisterImport | None, AnyPlan]:
    """Takes over the rows of a register, all or nothing, and returns the import with what it did; None where everything stands there
    already. What will happen is decided here again, with other imports locked out, so that two at once double nothing. Raises RuleBroken
    where a row needs a person, or the register is dated later than today. Rules: DECL-04, DECL-06, REG-01, PROC-03,
    GIFT-01, HOSP-01."""
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
    people = _write(Taking(body.id, read.as_at, file.name, actor, at), plan, read)
    done = RegisterImport(
        id=uuid.uuid4(), body_id=body.id, file_id=file.id, register=read.register.value, as_at=read.as_at, columns=read.columns,
        people=people, left_out=sorted(answers.left_out),
        corrections=all_corrections(read.corrections, answers), counts=dict(all_counts(plan)),
        imported_at=at, imported_by=actor.account_id,
    )  # fmt: skip
    db.session.add(done)
    log.record(Event.REGISTER_IMPORTED, subject=done, actor=actor, at=at, body_id=body.id)
    return done, plan


def _write(taking: Taking, plan: AnyPlan, read: ReadRegister) -> dict[str, str]:
    """Writes the rows, and returns who was meant where somebody had to choose."""
    if isinstance(plan, Plan):
        writer = Writer(taking, plan, read.matches)
        writer.write()
        ask_to_screen(writer.versions, taking.actor, taking.at)  # one job, however many rows
        return answered((each.holder for each in plan.proposals), writer.people.by_key)
    if read.register is RegisterKind.PROCUREMENT:
        DecisionWriter(taking, plan, read.matches).write()
        return {}
    offers = GiftWriter(taking, plan, read.matches)
    offers.write()
    made = [*(each.versions[-1] for each in offers.new), *offers.versions]
    suspect(made, taking.body_id, actor=taking.actor, at=taking.at)
    ask_what_is_lost(made, taking.actor, taking.at)
    return answered((each.holder for each in plan.proposals if each.holder), offers.people.by_key)
