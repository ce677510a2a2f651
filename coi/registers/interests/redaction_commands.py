"""What the Guardian does about a request not to publish: decides it field by field, and looks at it again. One use case, one entry."""

import uuid
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Actor
from coi.registers.interests import queries
from coi.registers.interests.models import RedactionDecision, RedactionRequest
from coi.registers.interests.redaction import asked_for, check_decision, decisions_at, state_at, state_of_all
from coi.registers.interests.redaction_queries import bodies_of_holder
from coi.registers.interests.vocabulary import RedactionDetails, RedactionState


def decide_redaction(
    request: RedactionRequest,
    *,
    granted: bool,
    reason: str,
    actor: Actor,
    at: datetime,
    body_id: uuid.UUID | None = None,
) -> RedactionRequest:
    """Decides a request as it was asked: withholds every field that it names, or none. Rule: REG-06; RULEBOOK §7.3."""
    withheld = asked_for(request.fields) if granted else frozenset()
    return decide_fields(request, RedactionDetails(withheld, reason), actor=actor, at=at, body_id=body_id)


def decide_fields(
    request: RedactionRequest,
    details: RedactionDetails,
    *,
    actor: Actor,
    at: datetime,
    body_id: uuid.UUID | None = None,
) -> RedactionRequest:
    """The Guardian of a body decides a request field by field, for its register (None: for every register). Nobody decides about their
    own interest: a colleague who is named Guardian too does. Rules: REG-06, REG-07; RULEBOOK §7.3."""
    queries.lock(request)
    if state_at(request, body_id) is not RedactionState.REQUESTED:
        raise RuleBroken("This request was already decided", rule="REG-06")
    return _decided(request, details, actor, at, body_id, Event.REDACTION_DECIDED)


def review_redaction(
    request: RedactionRequest,
    details: RedactionDetails,
    *,
    number: int,
    actor: Actor,
    at: datetime,
    body_id: uuid.UUID | None = None,
) -> RedactionRequest:
    """The Guardian of a body looks again at what its register withholds: keeps it, withholds more or less, or ends it. `number` is the
    decision that they looked at. Rule: REG-06; RULEBOOK §7.3."""
    queries.lock(request)
    if state_at(request, body_id) is not RedactionState.GRANTED:
        raise RuleBroken("Nothing is withheld under this request", rule="REG-06")
    here = decisions_at(request, body_id)
    if here and here[-1].number != number:
        raise RuleBroken("Somebody decided again meanwhile. Look at their decision first", rule="REG-06")
    return _decided(request, details, actor, at, body_id, Event.REDACTION_REVIEWED)


def _decided(
    request: RedactionRequest,
    details: RedactionDetails,
    actor: Actor,
    at: datetime,
    body_id: uuid.UUID | None,
    event: Event,
) -> RedactionRequest:
    is_own = actor.person_id is not None and actor.person_id == request.record.person_id
    check_decision(details, asked=request.fields, is_own=is_own, today=clock.local(at).date())
    decision = RedactionDecision(
        id=uuid.uuid4(), number=len(request.decisions) + 1, decided_by=actor.person_id, decided_at=at,
        withheld=sorted(details.withheld), reason=details.reason.strip(), legal_advice=details.legal_advice.strip(),
        review_on=details.review_on if details.withheld else None, body_id=body_id,
    )  # fmt: skip
    request.decisions.append(decision)
    request.state = state_of_all(request, {body_id, *bodies_of_holder(request, clock.local(at).date())})
    request.decided_by, request.decided_at, request.decision_reason = actor.person_id, at, decision.reason
    db.session.flush()
    log.record(event, subject=request if request.gift is None else request.gift, actor=actor, at=at, body_id=body_id)
    return request
