"""Keeping the register of procurement decisions: enter, begin from a meeting, correct, answer the checklist, take a declaration. One use
case, one ledger entry."""

import uuid
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db, next_number
from coi.errors import EditConflict, RuleBroken
from coi.organisations.policy_queries import rules_of
from coi.permissions.vocabulary import Actor
from coi.registers.procurement import queries, rules
from coi.registers.procurement.models import ProcurementDecision, ProcurementDeclaration, ProcurementVersion
from coi.registers.procurement.vocabulary import (
    OUTCOME_WORDS,
    Arrangement,
    DecisionDetails,
    DeclarationDetails,
    MeetingDecision,
    ServiceKind,
    State,
)


def enter_decision(body_id: uuid.UUID, details: DecisionDetails, *, actor: Actor, at: datetime) -> ProcurementDecision:
    """Puts a decision on the register. What is missing is said beside it and stops nothing. Rule: PROC-03; RULEBOOK §16, §17.8."""
    _check(body_id, details, at)
    row = _new(body_id, State.ON_REGISTER, details, at)
    _add_version(row, 1, details, {}, "", actor, at)
    log.record(Event.PROCUREMENT_ENTERED, subject=row, actor=actor, at=at, body_id=body_id)
    return row


def begin_from_meeting(found: MeetingDecision, *, actor: Actor, at: datetime) -> ProcurementDecision:
    """Begins a row from the decision of a meeting: who was involved, which conflicts were noted and how they were managed are filled in.
    It is a draft until somebody has completed it. The same decision begins one row. Rule: PROC-03; RULEBOOK §16, W16."""
    there = queries.of_meeting_decisions([found.decision_id]).get(found.decision_id)
    if there is not None:
        return there
    first = found.suppliers[0] if found.suppliers else None
    details = DecisionDetails(
        title=found.title, description=found.description, outcome=found.outcome, outcome_details="", arrangement=Arrangement.OWN,
        arrangement_details="", service_kind=ServiceKind.HEALTH_CARE, route=None, route_reasons="", is_gp_provider=False,
        clinical_lead="", contract_manager="", process=f"Decided at item {found.item_reference}", committee=found.committee,
        decided_on=found.decided_on, involved=found.involved, conflicts=found.conflicts, mitigations=found.mitigations,
        justification=found.justification, supplier=first, other_suppliers=tuple(each.name for each in found.suppliers[1:]),
        value_total=None, value_body=None, starts_on=None, ends_on=None, intended_on=None, representations="", comments="",
        public_from=found.decided_on,
    )  # fmt: skip
    row = _new(found.body_id, State.DRAFT, details, at)
    row.decision_id, row.item_reference = found.decision_id, found.item_reference
    _add_version(row, 1, details, {}, f"Begun from item {found.item_reference}", actor, at)
    log.record(Event.PROCUREMENT_BEGUN, subject=row, actor=actor, at=at, body_id=found.body_id)
    return row


def correct_decision(
    row: ProcurementDecision, details: DecisionDetails, *, version: int, note: str = "", actor: Actor, at: datetime
) -> ProcurementVersion:
    """Completes a draft, or corrects a row: a new version; what the register said before is kept. Rule: PROC-03."""
    current = _current(row, version, details)
    _check(row.body_id, details, at)
    if row.state is State.ON_REGISTER and _says_the_same(current, details):
        raise RuleBroken("Change at least one answer. Nothing differs from what the register says", rule="PROC-03")
    if row.state is State.ON_REGISTER and not note.strip():
        raise RuleBroken("Enter what changed, and why", field="note", rule="PROC-03")
    row.state = State.ON_REGISTER
    new = _add_version(row, current.number + 1, details, dict(current.answers), note.strip(), actor, at)
    log.record(Event.PROCUREMENT_CORRECTED, subject=row, actor=actor, at=at, body_id=row.body_id)
    return new


def answer_checklist(
    row: ProcurementDecision, answers: dict[str, str], *, version: int, actor: Actor, at: datetime
) -> ProcurementVersion:
    """Keeps the answers to the procurement checklist, as a version of the row. Rule: PROC-02; RULEBOOK §17.7."""
    current = _current(row, version, None)
    given = {code: text.strip() for code, text in answers.items() if text.strip()}
    if given == current.answers:
        raise RuleBroken("Answer at least one question", rule="PROC-02")
    details = queries.details_of(current)
    new = _add_version(row, current.number + 1, details, given, "The checklist was answered", actor, at)
    log.record(Event.PROCUREMENT_CHECKED, subject=row, actor=actor, at=at, body_id=row.body_id)
    return new


def take_declaration(
    row: ProcurementDecision, details: DeclarationDetails, *, actor: Actor, at: datetime
) -> ProcurementDeclaration:
    """Enters what a bidder, one of their relevant persons or an evaluator declared, and how it was managed. It stays private.
    Rule: PROC-02; RULEBOOK §16, §17.9."""
    if details.declared_on > clock.local(at).date():
        raise RuleBroken("Enter a day that has passed", field="declared_on", rule="PROC-02")
    made = ProcurementDeclaration(
        id=uuid.uuid4(), decision=row, side=details.side, declared_by=details.declared_by, organisation=details.organisation,
        interest=details.interest, management=details.management, declared_on=details.declared_on,
        has_undertaken=details.has_undertaken, recorded_at=at, recorded_by=actor.person_id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    log.record(Event.PROCUREMENT_DECLARED, subject=row, actor=actor, at=at, body_id=row.body_id)
    return made


def _check(body_id: uuid.UUID, details: DecisionDetails, at: datetime) -> None:
    regime = rules.regime_of(rules_of(body_id, details.decided_on), details.service_kind)
    rules.check_details(details, regime, today=clock.local(at).date())


def _new(body_id: uuid.UUID, state: State, details: DecisionDetails, at: datetime) -> ProcurementDecision:
    year = details.decided_on.year if details.decided_on.month >= 4 else details.decided_on.year - 1
    prefix = f"PD/{year}-{(year + 1) % 100:02d}/"
    row = ProcurementDecision(
        id=uuid.uuid4(), body_id=body_id, state=state, item_reference="", opened_at=at,
        reference=f"{prefix}{next_number(ProcurementDecision.reference, prefix):03d}",
    )  # fmt: skip
    db.session.add(row)
    return row


def _add_version(
    row: ProcurementDecision,
    number: int,
    details: DecisionDetails,
    answers: dict[str, str],
    note: str,
    actor: Actor,
    at: datetime,
) -> ProcurementVersion:
    supplier = details.supplier
    new = ProcurementVersion(
        id=uuid.uuid4(), decision=row, number=number, recorded_at=at, recorded_by=actor.person_id, change_note=note,
        supplier_text=supplier.name if supplier else "", supplier_organisation_id=supplier.organisation_id if supplier else None,
        supplier_address=supplier.address if supplier else "", other_suppliers=list(details.other_suppliers), answers=answers,
        **{name: getattr(details, name) for name in queries.PLAIN},
    )  # fmt: skip
    db.session.add(new)
    db.session.flush()
    return new


def _says_the_same(version: ProcurementVersion, details: DecisionDetails) -> bool:
    supplier = details.supplier
    entered = (supplier.name, supplier.organisation_id, supplier.address) if supplier else ("", None, "")
    stands = (version.supplier_text, version.supplier_organisation_id, version.supplier_address)
    plain = all(getattr(version, name) == getattr(details, name) for name in queries.PLAIN)
    return plain and entered == stands and tuple(version.other_suppliers) == details.other_suppliers


def _current(row: ProcurementDecision, version: int, details: DecisionDetails | None) -> ProcurementVersion:
    """The version that stands. Raises EditConflict where the editor saw an older one."""
    current = row.versions[-1]
    if current.number == version:
        return current
    theirs = {"Title": current.title, "Outcome": OUTCOME_WORDS[current.outcome], "Conflicts": current.conflicts}
    yours = (
        {"Title": details.title, "Outcome": OUTCOME_WORDS[details.outcome], "Conflicts": details.conflicts}
        if details
        else {}
    )
    raise EditConflict(f"Decision {row.reference}", theirs=theirs, yours=yours)
