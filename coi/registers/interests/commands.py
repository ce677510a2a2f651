"""Declaring: submit, change, end, nil return. One use case, one ledger entry. The yearly confirmation stands in
confirming_commands.py, what others do about an interest in review_commands.py."""

import hashlib
import uuid
from collections.abc import Sequence
from datetime import date, datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.files.commands import store_file
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.interests import queries, rules
from coi.registers.interests.form_queries import forms_of
from coi.registers.interests.models import Declaration, DeclarationForm, Interest, InterestVersion
from coi.registers.interests.review_commands import agree_mitigation as agree_mitigation
from coi.registers.interests.versions import (
    add_version,
    ask_for_redaction,
    ask_to_screen,
    ask_what_is_lost,
    copy_of,
    current_version,
    keep_agreed,
    new_declaration,
    new_interest,
    parts_of,
    reason_of,
    says_the_same,
)
from coi.registers.interests.vocabulary import (
    PLAINLY,
    DeclarationKind,
    InterestDetails,
    InterestStatus,
    Making,
    NilDetails,
)


def declare_interests(
    person: Person,
    interests: Sequence[InterestDetails],
    *,
    actor: Actor,
    at: datetime,
    kind: DeclarationKind | None = None,
    declared_on: date | None = None,
    statement: str = "",
    body_id: uuid.UUID | None = None,
    making: Making = PLAINLY,
) -> Declaration:
    """Submits a declaration of one or several interests. They are on the private register at once, and screened on the next reading of
    any agenda; mitigation follows. Entered by somebody else, the record says so (`declared_on`: the date on the paper). Without
    `kind`, somebody's first is on appointment, each later one a change."""
    today = clock.local(at).date()
    if not interests:
        raise RuleBroken(
            "There is no interest to declare yet",
            rule="DECL-04",
            options=("add an interest", "say that you have nothing to declare"),
        )
    for details in interests:
        rules.check_interest(details, today=today)
    first = kind is None and not queries.declarations_of(person.id)
    kind = kind or (DeclarationKind.ON_APPOINTMENT if first else DeclarationKind.CHANGE)
    declaration = new_declaration(person, kind, actor, at, declared_on, statement, making, body_id=body_id)
    made = []
    for details in interests:
        interest = new_interest(person, today)
        made.append(add_version(interest, 1, details, declaration, actor, at))
        ask_for_redaction(interest, reason_of(details), at, parts_of(details))
    ask_to_screen(made, actor, at)
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
    making: Making = PLAINLY,
) -> Declaration:
    """Records that a person declares to have no interest. A positive act, kept like any declaration. Rule: DECL-04."""
    rules.check_nil(queries.open_references_of(person.id, at))
    declaration = new_declaration(
        person, DeclarationKind.NIL, actor, at, declared_on, details.statement, making, body_id=body_id
    )
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
    shows both where somebody was faster. A changed interest waits for its mitigation to be agreed again.
    Where all that is new is a reason not to publish it, what was agreed stays in force."""
    rules.check_interest(details, today=clock.local(at).date())
    current = current_version(interest, version, details)
    if says_the_same(current, details) and not details.keep_private_because.strip():
        raise RuleBroken("Change at least one answer. Nothing differs from what the register says")
    declaration = new_declaration(interest.person, DeclarationKind.CHANGE, actor, at, None, body_id=body_id)
    new = add_version(interest, current.number + 1, details, declaration, actor, at)
    if says_the_same(current, details):
        keep_agreed(current, new)
    new.change_note = note
    ask_for_redaction(interest, reason_of(details), at, parts_of(details))
    ask_to_screen([new], actor, at)
    log.record(Event.INTEREST_CHANGED, subject=interest, actor=actor, at=at, body_id=body_id)
    return new


def end_interest(
    interest: Interest, ended_on: date, *, version: int, actor: Actor, at: datetime, body_id: uuid.UUID | None = None
) -> InterestVersion:
    """Declares that an interest ended. It stays on the register for its public months and is kept after them. Rule: REG-03."""
    current = current_version(interest, version)
    if current.ended_on is not None:
        raise RuleBroken("This interest has already ended", rule="DECL-06")
    rules.check_end(arose_on=current.arose_on, ended_on=ended_on, today=clock.local(at).date())
    declaration = new_declaration(interest.person, DeclarationKind.CHANGE, actor, at, None, body_id=body_id)
    new = copy_of(current, actor, at, body_id)
    new.declaration_id, new.ended_on, new.is_pursuing, new.status = (
        declaration.id,
        ended_on,
        False,
        InterestStatus.ENDED,
    )
    ask_what_is_lost([new], actor, at)
    log.record(Event.INTEREST_ENDED, subject=interest, actor=actor, at=at, body_id=body_id)
    return new


def attach_form(
    declaration: Declaration, name: str, data: bytes, *, actor: Actor, at: datetime, body_id: uuid.UUID, largest: int
) -> DeclarationForm:
    """Keeps the scanned form that a declaration was entered from. Raises RuleBroken where the declarant made it themselves, or the file is
    not taken in (its kind, its size, what is in it), or is with the declaration already."""
    if not declaration.on_behalf:
        raise RuleBroken("This declaration was made by the person, not entered from paper", field="file")
    kept = forms_of([declaration.id])
    same = next((each.file.name for each in kept if each.file.sha256 == hashlib.sha256(data).hexdigest()), None)
    if same is not None:
        raise RuleBroken(f"This file is with the declaration already, as “{same}”", field="file")
    file = store_file(name, data, "declaration form", actor=actor, at=at, body_id=body_id, largest=largest)
    form = DeclarationForm(id=uuid.uuid4(), declaration_id=declaration.id, file_id=file.id)
    db.session.add(form)
    log.record(Event.FORM_ATTACHED, subject=declaration, actor=actor, at=at, body_id=body_id)
    return form
