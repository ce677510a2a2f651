"""Disposing of records. One use case, one entry, which names every section of the ledger that it erases."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from coi import clock
from coi.audit import log
from coi.audit.erasing import record_erasure
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations.models import Body
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.disposal import queries
from coi.registers.disposal.vocabulary import DISPOSED
from coi.registers.interests.models import Interest, RedactionRequest
from coi.registers.interests.vocabulary import Directness, InterestRole
from coi.registers.interests.wording import day
from coi.registers.models import Disposal


def dispose_of_interests(
    body: Body, ids: Collection[uuid.UUID], reason: str, *, actor: Actor, at: datetime
) -> Disposal:
    """Erases what interests said whose years of keeping are over, on the register and in the ledger; holder, reference, kind and dates
    stay. Raises RuleBroken where one is not due (any more), is the actor's own, or the actor looks after single committees alone.
    Rule: REG-04; RULEBOOK §7.4."""
    if committees_where(actor, Permission.REGISTERS_DISPOSAL_DO, body.id) is not None:
        raise RuleBroken("Ask somebody who looks after the whole organisation", rule="SEC-ROLE")
    if not ids:
        raise RuleBroken("Select at least one interest", field="interests", rule="REG-04")
    if not reason.strip():
        raise RuleBroken("Enter why they are disposed of", field="reason", rule="REG-04")
    log.lock(db.session.connection())
    due = {each.id: each for each in queries.due_interests(body.id, actor=actor, at=at)}
    if not set(ids) <= due.keys():
        raise RuleBroken("Some of them are not due any more. Look at the list again", field="interests", rule="REG-04")
    if any(due[each].is_own for each in ids):
        raise RuleBroken("Somebody else disposes of your own interests", field="interests", rule="REG-04")
    interests, requests = queries.whole_interests(ids), queries.requests_about(ids)
    made = Disposal(
        id=uuid.uuid4(), body_id=body.id, records=[each.reference for each in interests], reason=reason.strip(), disposed_at=at,
        disposed_by=actor.account_id, disposed_by_name=actor.name,
    )  # fmt: skip
    db.session.add(made)
    words = f"{DISPOSED} on {day(clock.local(at).date())}"
    blanked: list[Any] = []
    for interest in interests:
        blanked += _blanked(interest, words, at)
    for request in requests:
        blanked += _blanked_request(request, words)
    record_erasure(subject=made, rows=blanked, actor=actor, at=at, body_id=body.id)
    return made


def _blanked(interest: Interest, words: str, at: datetime) -> list[Any]:
    """Takes out of an interest what it said, in every version, and returns the rows that said it."""
    interest.disposed_at = at
    rows: list[Any] = []
    for version in interest.versions:
        version.nature, version.mitigation, version.change_note = words, "", ""
        version.directness, version.via, version.role = Directness.DIRECT, None, InterestRole.OTHER
        version.subtype = version.particulars = version.reveals_health = None
        rows.append(version)
        for named in version.organisations:
            named.text, named.organisation_id = DISPOSED, None
            rows.append(named)
    return rows


def _blanked_request(request: RedactionRequest, words: str) -> list[Any]:
    """Takes the reasons out of a request not to publish, and of what was decided about it."""
    request.reason, request.decision_reason = words, ""
    for decision in request.decisions:
        decision.reason, decision.legal_advice = words, ""
    return [request, *request.decisions]
