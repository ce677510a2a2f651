"""Declaring: submit, change, end, nil return, mitigation, redaction. One use case, one ledger entry."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db, next_number
from coi.errors import EditConflict, RuleBroken
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.interests import rules
from coi.registers.interests.models import (
    Declaration,
    Interest,
    InterestOrganisation,
    InterestVersion,
    RedactionRequest,
)
from coi.registers.interests.vocabulary import (
    DeclarationKind,
    InterestDetails,
    InterestStatus,
    NamedOrganisation,
    NilDetails,
    RedactionState,
)


def declare_interests(
    person: Person,
    interests: Sequence[InterestDetails],
    *,
    actor: Actor,
    at: datetime,
    kind: DeclarationKind = DeclarationKind.CHANGE,
    declared_on: date | None = None,
    body_id: uuid.UUID | None = None,
) -> Declaration:
    """Submits a declaration of one or several interests. They are on the private register at once, and screened on the next reading of
    any agenda; mitigation follows. Entered by somebody else, the record says so (`declared_on`: the date on the paper)."""
    today = clock.local(at).date()
    if not interests:
        raise RuleBroken("Add at least one interest, or make a nil return", rule="DECL-04")
    for details in interests:
        rules.check_interest(details, today=today)
    declaration = _declaration(person, kind, actor, at, declared_on or today, today)
    for details in interests:
        interest = Interest(id=uuid.uuid4(), person_id=person.id, reference=_reference(Interest, "I", today))
        db.session.add(interest)
        db.session.flush()  # the next reference counts this one
        _add_version(interest, 1, details, declaration, actor, at, declaration.declared_on)
        _ask_for_redaction(interest, details, at)
    log.record(Event.DECLARATION_SUBMITTED, subject=declaration, actor=actor, at=at, body_id=body_id)
    return declaration


def make_nil_return(
    person: Person,
    details: NilDetails,
    *,
    actor: Actor,
    at: datetime,
    declared_on: date | None = None,
    body_id: uuid.UUID | None = None,
) -> Declaration:
    """Records that a person declares to have no interest. A positive act, kept like any declaration. Rule: DECL-04."""
    today = clock.local(at).date()
    declaration = _declaration(person, DeclarationKind.NIL, actor, at, declared_on or today, today, details.statement)
    log.record(Event.NIL_RETURN_SUBMITTED, subject=declaration, actor=actor, at=at, body_id=body_id)
    return declaration


def change_interest(
    interest: Interest,
    details: InterestDetails,
    *,
    version: int,
    actor: Actor,
    at: datetime,
    note: str = "",
    body_id: uuid.UUID | None = None,
) -> InterestVersion:
    """Declares a change: a new version; what the register said before is kept. `version` is the number the editor saw; EditConflict
    shows both where somebody was faster. A changed interest waits for its mitigation to be agreed again."""
    today = clock.local(at).date()
    rules.check_interest(details, today=today)
    current = _current(interest, version, details)
    declaration = _declaration(interest.person, DeclarationKind.CHANGE, actor, at, today, today)
    new = _add_version(interest, current.number + 1, details, declaration, actor, at, today)
    new.change_note = note
    _ask_for_redaction(interest, details, at)
    log.record(Event.INTEREST_CHANGED, subject=interest, actor=actor, at=at, body_id=body_id)
    return new


def end_interest(
    interest: Interest, ended_on: date, *, version: int, actor: Actor, at: datetime, body_id: uuid.UUID | None = None
) -> InterestVersion:
    """Declares that an interest ended. It stays on the register for its public months and is kept after them."""
    current = _current(interest, version, None)
    if current.arose_on and ended_on < current.arose_on:
        raise RuleBroken(
            "The date the interest ended must be after the date it started", field="ended_on", rule="DECL-06"
        )
    if ended_on > clock.local(at).date():
        raise RuleBroken("The date the interest ended must be in the past", field="ended_on", rule="DECL-06")
    new = _next_version(current, actor, at)
    new.ended_on, new.is_pursuing, new.status = ended_on, False, InterestStatus.ENDED
    log.record(Event.INTEREST_ENDED, subject=interest, actor=actor, at=at, body_id=body_id)
    return new


def agree_mitigation(
    interest: Interest, text: str, *, version: int, actor: Actor, at: datetime, body_id: uuid.UUID | None = None
) -> InterestVersion:
    """Agrees what is done about an interest. Nobody agrees the mitigation of their own. Rule: DECL-07; RULEBOOK §6.3."""
    if actor.person_id is not None and actor.person_id == interest.person_id:
        raise RuleBroken("You cannot agree the mitigation of your own interest. Ask a colleague", rule="DECL-07")
    if not text.strip():
        raise RuleBroken("Enter the action taken to mitigate the risk", field="mitigation", rule="DECL-07")
    new = _next_version(_current(interest, version, None), actor, at)
    new.mitigation, new.mitigation_agreed_by = text.strip(), actor.person_id
    new.mitigation_agreed_on = clock.local(at).date()
    new.status = InterestStatus.ENDED if new.ended_on else InterestStatus.AGREED
    log.record(Event.MITIGATION_AGREED, subject=interest, actor=actor, at=at, body_id=body_id)
    return new


def match_organisation(
    named: InterestOrganisation,
    organisation_id: uuid.UUID,
    *,
    actor: Actor,
    at: datetime,
    body_id: uuid.UUID | None = None,
) -> InterestVersion:
    """Says which organisation of the reference data the declarant's words mean: a new version, the words kept."""
    interest = named.version.interest
    new = _next_version(_current(interest, named.version.number, None), actor, at)
    db.session.flush()
    for each in new.organisations:
        if each.position == named.position:
            each.organisation_id = organisation_id
    log.record(Event.ORGANISATION_MATCHED, subject=interest, actor=actor, at=at, body_id=body_id)
    return new


def decide_redaction(
    request: RedactionRequest,
    *,
    granted: bool,
    reason: str,
    actor: Actor,
    at: datetime,
    body_id: uuid.UUID | None = None,
) -> RedactionRequest:
    """The Guardian decides a request not to publish. Nobody decides their own. Rule: REG-06; RULEBOOK §7.3."""
    if actor.person_id == request.interest.person_id:
        raise RuleBroken("You cannot decide a request about your own interest", rule="REG-06")
    if request.state is not RedactionState.REQUESTED:
        raise RuleBroken("This request was already decided", rule="REG-06")
    if not reason.strip():
        raise RuleBroken("Enter the reason for the decision", field="reason", rule="REG-06")
    request.state = RedactionState.GRANTED if granted else RedactionState.REFUSED
    request.decided_by, request.decided_at, request.decision_reason = actor.person_id, at, reason.strip()
    log.record(Event.REDACTION_DECIDED, subject=request, actor=actor, at=at, body_id=body_id)
    return request


def _declaration(
    person: Person,
    kind: DeclarationKind,
    actor: Actor,
    at: datetime,
    declared_on: date,
    today: date,
    statement: str = "",
) -> Declaration:
    if declared_on > today:
        raise RuleBroken("The date of the declaration must be in the past", field="declared_on")
    declaration = Declaration(
        id=uuid.uuid4(), person_id=person.id, reference=_reference(Declaration, "D", today), kind=kind, declared_on=declared_on,
        submitted_at=at, entered_by=actor.account_id, entered_by_name=actor.name, on_behalf=actor.person_id != person.id,
        statement=statement,
    )  # fmt: skip
    db.session.add(declaration)
    return declaration


def _reference(model: type[Declaration] | type[Interest], letter: str, today: date) -> str:
    start = f"{letter}/{today.year}/"
    return f"{start}{next_number(model.reference, start):04d}"


def _current(interest: Interest, version: int, wanted: InterestDetails | None) -> InterestVersion:
    """The version that stands. Raises EditConflict where it is not the one that the editor saw."""
    current = interest.versions[-1]
    if current.number != version:
        yours = (
            {"Nature": wanted.nature, "Organisation": ", ".join(each.text for each in wanted.organisations)}
            if wanted
            else {}
        )
        theirs = {"Nature": current.nature, "Organisation": ", ".join(each.text for each in current.organisations)}
        raise EditConflict(f"Interest {interest.reference}", theirs=theirs, yours=yours)
    return current


def _add_version(
    interest: Interest,
    number: int,
    details: InterestDetails,
    declaration: Declaration,
    actor: Actor,
    at: datetime,
    declared_on: date,
) -> InterestVersion:
    version = InterestVersion(
        id=uuid.uuid4(), interest_id=interest.id, declaration_id=declaration.id, number=number, recorded_at=at,
        recorded_by=actor.account_id, type=details.type, directness=details.directness, via=details.via, role=details.role,
        nature=details.nature.strip(), arose_on=details.arose_on, aware_on=details.aware_on, declared_on=declared_on,
        ended_on=details.ended_on, is_pursuing=details.is_pursuing,
        status=InterestStatus.ENDED if details.ended_on else InterestStatus.SUBMITTED,
    )  # fmt: skip
    version.organisations = _organisations(details.organisations)
    interest.versions.append(version)
    return version


def _organisations(named: Sequence[NamedOrganisation]) -> list[InterestOrganisation]:
    return [
        InterestOrganisation(position=position, text=each.text.strip(), organisation_id=each.id)
        for position, each in enumerate(named, start=1)
    ]


def _next_version(current: InterestVersion, actor: Actor, at: datetime) -> InterestVersion:
    """A copy of what stands, under the next number, for a command to change in one respect."""
    kept = (
        "interest_id", "declaration_id", "type", "directness", "via", "role", "nature", "arose_on", "aware_on", "declared_on",
        "ended_on", "is_pursuing", "status", "mitigation", "mitigation_agreed_by", "mitigation_agreed_on",
    )  # fmt: skip
    version = InterestVersion(
        id=uuid.uuid4(), number=current.number + 1, recorded_at=at, recorded_by=actor.account_id,
        **{name: getattr(current, name) for name in kept},
    )  # fmt: skip
    version.organisations = [
        InterestOrganisation(position=each.position, text=each.text, organisation_id=each.organisation_id)
        for each in current.organisations
    ]
    current.interest.versions.append(version)
    return version


def _ask_for_redaction(interest: Interest, details: InterestDetails, at: datetime) -> None:
    """A reason not to publish opens a request for the Guardian and hides nothing. Rule: REG-06."""
    if details.keep_private_because.strip():
        db.session.add(
            RedactionRequest(
                interest_id=interest.id,
                reason=details.keep_private_because.strip(),
                requested_at=at,
                state=RedactionState.REQUESTED,
            )
        )
