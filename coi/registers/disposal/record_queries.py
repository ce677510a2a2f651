"""Reading the procurement decisions and breaches whose years of keeping are over: those that a body set itself."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from coi import clock
from coi.database import db
from coi.guidance.rulesets import FIRST_DAY, effective
from coi.guidance.vocabulary import Rulebook
from coi.jobs.models import Job
from coi.jobs.queries import with_keys, with_keys_like
from coi.permissions.vocabulary import Actor
from coi.registers.breaches.models import Breach, BreachPerson, BreachReport
from coi.registers.breaches.queries import seen_by
from coi.registers.breaches.report_commands import CORRECTED, OPEN, key_of_correction, key_of_opening
from coi.registers.breaches.vocabulary import BreachState
from coi.registers.disposal.vocabulary import DueRecord
from coi.registers.procurement.models import ProcurementDecision, ProcurementDeclaration, ProcurementVersion
from coi.registers.procurement.standing_queries import decisions_known_to
from coi.registers.procurement.vocabulary import Outcome, State
from coi.registers.retention import Periods, due_since, years_of
from coi.registers.vocabulary import RegisterKind


def due_by_own_years(body_id: uuid.UUID, rulebook: Rulebook, *, actor: Actor, at: datetime) -> Iterator[DueRecord]:
    """Yields what is due on the registers for which a body sets the years itself; nothing of one for which it sets none today. Rule:
    REG-04; RULEBOOK §7.4."""
    on = clock.local(at).date()
    for register, due in ((RegisterKind.PROCUREMENT, _procurements), (RegisterKind.BREACHES, _breaches)):
        if effective(rulebook, on).number(years_of(register)) is not None:
            yield from due(body_id, actor, on, rulebook)


def _procurements(body_id: uuid.UUID, actor: Actor, on: date, rulebook: Rulebook) -> Iterator[DueRecord]:
    """Those that the actor may know, by reference. They count from the end of the contract, or from the decision where nothing was
    awarded; a contract without a last day has not ended."""
    for row in decisions_known_to(actor, body_id):
        last = row.versions[-1]
        end = over_on(last)
        if row.disposed_at is None and row.state is State.ON_REGISTER and end is not None:
            since = due_since(end, on, _periods(RegisterKind.PROCUREMENT, end, on, rulebook))
            if since:
                yield DueRecord(RegisterKind.PROCUREMENT, row.id, row.reference, last.title, end, False, *since)


def over_on(version: ProcurementVersion) -> date | None:
    """Returns the day from which the years of a procurement decision count; None where the contract has not ended for all that is known."""
    if version.outcome is Outcome.INTENDED:
        return None
    return version.ends_on if version.outcome is None or version.outcome.is_award else version.decided_on


def _breaches(body_id: uuid.UUID, actor: Actor, on: date, rulebook: Rulebook) -> Iterator[DueRecord]:
    """Those that the actor acts on, counted from the day on which they were closed."""
    for seen in seen_by(actor, body_id, on):
        breach = seen.breach
        if not seen.acts or breach.state is not BreachState.CLOSED or breach.closed_at is None or breach.disposed_at:
            continue
        end = clock.local(breach.closed_at).date()
        if since := due_since(end, on, _periods(RegisterKind.BREACHES, end, on, rulebook)):
            yield DueRecord(RegisterKind.BREACHES, breach.id, breach.reference, "", end, False, *since)


def whole_procurements(ids: Collection[uuid.UUID]) -> list[ProcurementDecision]:
    """Returns procurement decisions with everything that says something of them, locked until the transaction ends."""
    if not ids:
        return []
    declared = selectinload(ProcurementDecision.declarations).selectinload(ProcurementDeclaration.measures)
    wanted = sa.select(ProcurementDecision).where(ProcurementDecision.id.in_(ids))
    wanted = wanted.options(
        selectinload(ProcurementDecision.versions), selectinload(ProcurementDecision.asked), declared
    )
    ordered = wanted.order_by(ProcurementDecision.reference)
    return list(db.session.scalars(ordered.with_for_update().execution_options(populate_existing=True)))


def whole_breaches(ids: Collection[uuid.UUID]) -> list[Breach]:
    """Returns breaches with everything that says something of them, locked until the transaction ends."""
    if not ids:
        return []
    reports = selectinload(Breach.reports).selectinload(BreachReport.messages)
    wanted = (
        sa.select(Breach)
        .where(Breach.id.in_(ids))
        .options(selectinload(Breach.notes), selectinload(Breach.twins), reports)
    )
    ordered = wanted.order_by(Breach.reference)
    return list(db.session.scalars(ordered.with_for_update().execution_options(populate_existing=True)))


def named_in(breach_ids: Collection[uuid.UUID]) -> list[BreachPerson]:
    """Returns everybody who was ever named in these breaches, those taken out again too."""
    if not breach_ids:
        return []
    wanted = sa.select(BreachPerson).where(BreachPerson.breach_id.in_(breach_ids))
    return list(db.session.scalars(wanted.order_by(BreachPerson.id)))


def jobs_that_opened(breaches: Iterable[Breach]) -> list[Job]:
    """Returns the jobs that opened these breaches: they name whom they are about."""
    keys = [key_of_opening(each.subject_id) for each in breaches if each.subject_id]
    return with_keys(OPEN, keys) if keys else []


def jobs_that_corrected(breaches: Iterable[Breach]) -> list[Job]:
    """Returns the jobs that told these breaches how what they rest on was corrected: they say it, and of whom."""
    keys = [key_of_correction(each.subject_id) for each in breaches if each.subject_id]
    return with_keys_like(CORRECTED, keys) if keys else []


def _periods(register: RegisterKind, end: date, on: date, rulebook: Rulebook) -> Periods:
    """How long something is kept that was over on a day: by the body's figure of that day, or, where there was none yet, of today."""
    name = years_of(register)
    return Periods(None, effective(rulebook, max(end, FIRST_DAY)).number(name) or effective(rulebook, on).number(name))
