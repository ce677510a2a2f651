"""The yearly confirmation: what stands on the register is answered for line by line, in one signed act with one ledger entry."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.interests import queries, rules, wording
from coi.registers.interests.models import Declaration, Interest, InterestConfirmation, InterestVersion
from coi.registers.interests.versions import (
    add_version,
    ask_for_redaction,
    ask_to_screen,
    ask_what_is_lost,
    copy_of,
    current_version,
    new_declaration,
    new_interest,
    parts_of,
    reason_of,
    says_the_same,
)
from coi.registers.interests.vocabulary import (
    PLAINLY,
    ConfirmationDetails,
    DeclarationKind,
    InterestStatus,
    Making,
    StandingAnswer,
    Still,
)


def confirm_register(
    person: Person,
    details: ConfirmationDetails,
    *,
    actor: Actor,
    at: datetime,
    body_id: uuid.UUID | None = None,
    making: Making = PLAINLY,
) -> Declaration:
    """Records what a person says of each line that the register has about them, and what is new besides: one declaration, with a version
    for whatever changed, ended or is new. Where nothing is left it is a nil return. Raises RuleBroken where a line is not answered for,
    EditConflict where one is not what the person was shown. Rules: DECL-04, REG-03; RULEBOOK §6.1."""
    today = clock.local(at).date()
    standing = {each.interest_id: each for each in queries.standing_of(person.id, at)}
    rules.check_confirmation(
        {key: each.interest.reference for key, each in standing.items()},
        {each.interest_id for each in details.standing},
    )
    for interest in details.new:
        rules.check_interest(interest, today=today)
    declaration = new_declaration(person, _kind(details), actor, at, None, details.statement, making, body_id=body_id)
    db.session.flush()
    changed = [
        _answered(standing[answer.interest_id].interest, answer, declaration, actor, at, today)
        for answer in details.standing
    ]
    for interest in details.new:
        made = new_interest(person, today)
        changed.append(add_version(made, 1, interest, declaration, actor, at))
        ask_for_redaction(made, reason_of(interest), at, parts_of(interest))
    ask_to_screen([each for each in changed if each is not None], actor, at)
    is_nil = declaration.kind is DeclarationKind.NIL
    event = Event.NIL_RETURN_SUBMITTED if is_nil else Event.DECLARATION_SUBMITTED
    log.record(event, subject=declaration, actor=actor, at=at, body_id=body_id)
    return declaration


def all_right(person_id: uuid.UUID, statement: str, at: datetime) -> ConfirmationDetails:
    """Returns the confirmation of somebody for whom every line is still right."""
    lines: Sequence[InterestVersion] = queries.standing_of(person_id, at)
    return ConfirmationDetails(
        statement, tuple(StandingAnswer(each.interest_id, each.number, Still.RIGHT) for each in lines)
    )


def _kind(details: ConfirmationDetails) -> DeclarationKind:
    remains = details.new or any(each.still is not Still.ENDED for each in details.standing)
    return DeclarationKind.ANNUAL if remains else DeclarationKind.NIL


def _answered(
    interest: Interest, answer: StandingAnswer, declaration: Declaration, actor: Actor, at: datetime, today: date
) -> InterestVersion | None:
    """What an answer makes of an interest: a confirmation, or a version. Returns the version of what was changed."""
    current = _current(interest, answer)
    if answer.still is Still.CHANGED and answer.details and not _says_the_same(current, answer):
        rules.check_interest(answer.details, today=today)
        changed = add_version(interest, current.number + 1, answer.details, declaration, actor, at)
        ask_for_redaction(interest, reason_of(answer.details), at, parts_of(answer.details))
        return changed
    if answer.still is Still.ENDED:
        rules.check_end(arose_on=current.arose_on, ended_on=answer.ended_on, today=today)
        ended = copy_of(current, actor, at, declaration.body_id)
        ended.declaration_id, ended.ended_on = declaration.id, answer.ended_on
        ended.is_pursuing, ended.status = False, InterestStatus.ENDED
        ask_what_is_lost([ended], actor, at)
    else:
        db.session.add(InterestConfirmation(declaration_id=declaration.id, version_id=current.id))
    return None


def _current(interest: Interest, answer: StandingAnswer) -> InterestVersion:
    """The version that stands, where it says what the person was shown: that somebody agreed a mitigation or matched an organisation
    meanwhile is no conflict."""
    queries.lock(interest)
    current = interest.versions[-1]
    seen = [each for each in interest.versions if each.number == answer.version]
    if seen and wording.lines_of(seen[0]) == wording.lines_of(current):
        return current
    return current_version(interest, answer.version, answer.details)


def _says_the_same(current: InterestVersion, answer: StandingAnswer) -> bool:
    assert answer.details is not None
    return says_the_same(current, answer.details) and not answer.details.keep_private_because.strip()
