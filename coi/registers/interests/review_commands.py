"""What others do about an interest: agree the mitigation, match an organisation, decide a redaction. One use case, one entry."""

import uuid
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Actor
from coi.registers.interests import queries
from coi.registers.interests.models import Interest, InterestOrganisation, InterestVersion, RedactionRequest
from coi.registers.interests.versions import copy_of, current_version
from coi.registers.interests.vocabulary import InterestStatus, RedactionState


def agree_mitigation(
    interest: Interest, text: str, *, version: int, actor: Actor, at: datetime, body_id: uuid.UUID | None = None
) -> InterestVersion:
    """Agrees what is done about an interest. Nobody agrees the mitigation of their own. Rule: DECL-07; RULEBOOK §6.3."""
    if actor.person_id is not None and actor.person_id == interest.person_id:
        raise RuleBroken("You cannot agree the mitigation of your own interest. Ask a colleague", rule="DECL-07")
    if not text.strip():
        raise RuleBroken("Enter the action taken to mitigate the risk", field="mitigation", rule="DECL-07")
    new = copy_of(current_version(interest, version), actor, at)
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
    interest, position = named.version.interest, named.position
    new = copy_of(current_version(interest, named.version.number), actor, at)
    for each in new.organisations:
        if each.position == position:
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
    queries.lock(request)
    if actor.person_id is not None and actor.person_id == request.interest.person_id:
        raise RuleBroken(
            "You cannot decide a request about your own interest", rule="REG-06", options=("ask the deputy Guardian",)
        )
    if request.state is not RedactionState.REQUESTED:
        raise RuleBroken("This request was already decided", rule="REG-06")
    if not reason.strip():
        raise RuleBroken("Enter the reason for the decision", field="reason", rule="REG-06")
    request.state = RedactionState.GRANTED if granted else RedactionState.REFUSED
    request.decided_by, request.decided_at, request.decision_reason = actor.person_id, at, reason.strip()
    db.session.flush()
    log.record(Event.REDACTION_DECIDED, subject=request, actor=actor, at=at, body_id=body_id)
    return request
