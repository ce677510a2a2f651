"""Keeping the register of procurement decisions: enter, begin from a meeting, correct, answer the checklist, take a declaration. One use
case, one ledger entry."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db, next_number
from coi.errors import RuleBroken
from coi.organisations.policy_queries import rules_of
from coi.permissions.vocabulary import Actor
from coi.registers.procurement import queries, rules
from coi.registers.procurement.checklist import Question, questions_for
from coi.registers.procurement.models import ProcurementDecision, ProcurementDeclaration, ProcurementVersion
from coi.registers.procurement.vocabulary import (
    SIDE_WORDS,
    DecisionDetails,
    DeclarationDetails,
    MeetingDecision,
    State,
)


def enter_decision(
    body_id: uuid.UUID, details: DecisionDetails, *, is_draft: bool = False, actor: Actor, at: datetime
) -> ProcurementDecision:
    """Puts a decision on the register, or keeps it as a draft. What is missing is said beside it and stops nothing.
    Rule: PROC-03; RULEBOOK §16, §17.8."""
    _check(body_id, details, at, is_draft=is_draft)
    row = _new(body_id, State.DRAFT if is_draft else State.ON_REGISTER, details, at)
    add_version(row, Change(details, is_draft=is_draft), actor, at)
    event = Event.PROCUREMENT_BEGUN if is_draft else Event.PROCUREMENT_ENTERED
    log.record(event, subject=row, actor=actor, at=at, body_id=body_id)
    return row


def begin_from_meeting(found: MeetingDecision, *, actor: Actor, at: datetime) -> ProcurementDecision:
    """Begins a row from the decision of a meeting with what its record says, and nothing that it does not: which outcome, process and
    provider it was, somebody says who completes it. The same decision begins one row. Rule: PROC-03; RULEBOOK §16, W16."""
    there = queries.of_meeting_decisions([found.decision_id]).get(found.decision_id)
    if there is not None:
        return there
    details = DecisionDetails(
        title=found.title, description=found.description, outcome=None, outcome_details=found.decided, arrangement=None,
        arrangement_details="", service_kind=None, route=None, route_reasons="", is_gp_provider=None, clinical_lead="",
        contract_manager="", process=found.process, committee=found.committee, decided_on=found.decided_on, involved=found.involved,
        conflicts=found.conflicts, mitigations=found.mitigations, justification=found.justification, supplier=None,
        other_suppliers=(), value_total=found.value, value_body=None, starts_on=None, ends_on=None, intended_on=None,
        representations="", comments="", public_from=found.decided_on,
    )  # fmt: skip
    row = _new(found.body_id, State.DRAFT, details, at)
    row.decision_id, row.item_reference = found.decision_id, found.item_reference
    row.origin, row.concerned = f"item {found.item_reference}, {found.committee}", list(found.concerned)
    add_version(row, Change(details, note=f"Begun from item {found.item_reference}", is_draft=True), actor, at)
    log.record(Event.PROCUREMENT_BEGUN, subject=row, actor=actor, at=at, body_id=found.body_id)
    return row


def correct_decision(
    row: ProcurementDecision, details: DecisionDetails, *, version: int, note: str = "", is_draft: bool = False, actor: Actor,
    at: datetime,
) -> ProcurementVersion:  # fmt: skip
    """Completes a draft, keeps it as a draft, or corrects a row: a new version; what the register said before is kept. What is on the
    register does not go back to a draft; what was taken over from an older register may go on saying less. Rule: PROC-03."""
    current, stays = queries.current_version(row, version, details), is_draft and row.state is State.DRAFT
    _check(row.body_id, details, at, is_draft=stays or row.is_taken_over)
    if (stays or row.state is State.ON_REGISTER) and _says_the_same(current, details):
        raise RuleBroken("Change at least one answer. Nothing differs from what the register says", rule="PROC-03")
    if row.state is State.ON_REGISTER and not note.strip():
        raise RuleBroken("Enter what changed, and why", field="note", rule="PROC-03")
    row.state = State.DRAFT if stays else State.ON_REGISTER
    change = Change(details, current, note=note.strip(), is_draft=stays, is_checked=still_checked(current, details))
    new = add_version(row, change, actor, at)
    log.record(Event.PROCUREMENT_CORRECTED, subject=row, actor=actor, at=at, body_id=row.body_id)
    return new


def answer_checklist(
    row: ProcurementDecision, answers: dict[str, str], *, version: int, is_complete: bool = False, actor: Actor, at: datetime
) -> ProcurementVersion:  # fmt: skip
    """Keeps the answers to the procurement checklist, as a version of the row. A blank line stops "complete", and not the answers that
    there are. Rule: PROC-02; RULEBOOK §17.7."""
    current = queries.current_version(row, version)
    given = {code: text.strip() for code, text in answers.items() if text.strip()}
    blank = [question for question in _asked(current) if question.code not in given]
    if is_complete and blank:
        raise RuleBroken(
            "Answer this question, or save the checklist as it is", field=f"q_{blank[0].code}", rule="PROC-02"
        )
    if given == current.answers and is_complete == current.is_checked:
        raise RuleBroken("Answer at least one question", rule="PROC-02")
    note = "The checklist was answered" + (", and is complete" if is_complete else "")
    change = Change(queries.details_of(current), current, note, current.is_draft, is_complete, given)
    new = add_version(row, change, actor, at)
    log.record(Event.PROCUREMENT_CHECKED, subject=row, actor=actor, at=at, body_id=row.body_id)
    return new


def take_declaration(
    row: ProcurementDecision, details: DeclarationDetails, *, actor: Actor, at: datetime
) -> ProcurementDeclaration:
    """Enters what a bidder, one of their relevant persons or an evaluator declared, and how it was managed. It stays private.
    Rule: PROC-02; RULEBOOK §16, §17.9."""
    queries.check_kept(row)
    if details.declared_on > clock.local(at).date():
        raise RuleBroken("Enter a day that has passed", field="declared_on", rule="PROC-02")
    asked = next((each for each in row.asked if each.id == details.asked_id), None)
    if asked is not None and asked.side is not details.side:
        raise RuleBroken(f"{asked.name} was asked as {SIDE_WORDS[asked.side].lower()}", field="side", rule="PROC-02")
    made = ProcurementDeclaration(
        id=uuid.uuid4(), decision=row, side=details.side, declared_by=details.declared_by, organisation=details.organisation,
        interest=details.interest, management=details.management, declared_on=details.declared_on,
        has_undertaken=details.has_undertaken, has_conflict=details.has_conflict, recorded_at=at, recorded_by=actor.person_id,
        declarant=asked,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    log.record(Event.PROCUREMENT_DECLARED, subject=row, actor=actor, at=at, body_id=row.body_id)
    return made


def _check(body_id: uuid.UUID, details: DecisionDetails, at: datetime, *, is_draft: bool) -> None:
    regime = rules.regime_of(rules_of(body_id, details.decided_on), details.service_kind)
    rules.check_details(details, regime, today=clock.local(at).date(), is_draft=is_draft)


def _asked(stands: ProcurementVersion | DecisionDetails) -> tuple[Question, ...]:
    return questions_for(stands.decided_on, stands.route, is_gp_provider=bool(stands.is_gp_provider))


def still_checked(stands: ProcurementVersion, details: DecisionDetails) -> bool:
    """Returns whether a checklist that was complete still is, under changed details: not where they ask other questions. Rule: PROC-02."""
    return stands.is_checked and _asked(stands) == _asked(details)


def reference_start(details: DecisionDetails) -> str:
    """Returns how the reference of a decision starts, by the financial year in which it was taken."""
    year = details.decided_on.year if details.decided_on.month >= 4 else details.decided_on.year - 1
    return f"PD/{year}-{(year + 1) % 100:02d}/"


def number_from(start: str) -> int:
    """Returns the number of the next decision whose reference starts so."""
    return next_number(ProcurementDecision.reference, start)


def _new(body_id: uuid.UUID, state: State, details: DecisionDetails, at: datetime) -> ProcurementDecision:
    start = reference_start(details)
    row = ProcurementDecision(
        id=uuid.uuid4(), body_id=body_id, state=state, item_reference="", opened_at=at,
        reference=f"{start}{number_from(start):03d}",
    )  # fmt: skip
    db.session.add(row)
    return row


@dataclass(frozen=True)
class Change:
    """What a new version says, after which."""

    details: DecisionDetails
    after: ProcurementVersion | None = None
    note: str = ""
    is_draft: bool = False
    is_checked: bool = False
    answers: dict[str, str] | None = None


def add_version(row: ProcurementDecision, change: Change, actor: Actor, at: datetime) -> ProcurementVersion:
    """Puts one more version under a row. The caller records it."""
    details, supplier, after = change.details, change.details.supplier, change.after
    kept = dict(after.answers) if after else {}
    new = ProcurementVersion(
        id=uuid.uuid4(), decision=row, number=after.number + 1 if after else 1, recorded_at=at, recorded_by=actor.person_id,
        change_note=change.note, supplier_text=supplier.name if supplier else "",
        supplier_organisation_id=supplier.organisation_id if supplier else None, supplier_address=supplier.address if supplier else "",
        other_suppliers=list(details.other_suppliers), answers=kept if change.answers is None else change.answers,
        is_draft=change.is_draft, is_checked=change.is_checked, **{name: getattr(details, name) for name in queries.PLAIN},
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
