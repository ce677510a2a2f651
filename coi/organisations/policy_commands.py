"""Writing a body's own policy: stricter figures, from a day on."""

import uuid
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.guidance.figures import FIGURES, may_be_set, said
from coi.guidance.rulesets import FIRST_DAY, guidance_on, with_policy
from coi.organisations import policy_queries as queries
from coi.organisations.models import Body, BodyPolicy
from coi.organisations.vocabulary import PolicyDetails
from coi.permissions.vocabulary import Actor


def set_policy(body: Body, details: PolicyDetails, *, version: int, actor: Actor, at: datetime) -> BodyPolicy:
    """Records a figure of the body's own policy, from a day on; a figure without a value goes back to the guidance. What was recorded
    before stays. `version` is the number of the last record of this figure that the editor saw, 0 for none. Raises RuleBroken where the
    figure is laxer than the guidance of that day or cannot be set, or the day is past and nobody says why: what happened since is judged
    anew by it, which the record says. EditConflict where somebody else recorded one meanwhile. Rule: a body
    may be stricter, never laxer; RULEBOOK §1."""
    _check(body, details, at)
    queries.lock_policy(body.id)
    earlier = queries.policy_history(body.id, details.name)
    if (earlier[-1].number if earlier else 0) != version:
        raise _conflict(earlier[-1], details)
    if details.value is None and not earlier:
        raise RuleBroken("There is no figure of your own to take back. The guidance applies", field="value")
    number = max((each.number for each in queries.policy_history(body.id)), default=0) + 1
    policy = BodyPolicy(
        id=uuid.uuid4(), body_id=body.id, number=number, name=details.name, valid_from=details.valid_from,
        value=None if details.value is None else str(details.value), source=_source(details, at), recorded_at=at,
        recorded_by=actor.account_id,
    )  # fmt: skip
    db.session.add(policy)
    log.record(Event.POLICY_SET, subject=policy, actor=actor, at=at, body_id=body.id)
    return policy


def _source(details: PolicyDetails, at: datetime) -> str:
    """Where the policy says so, and, of one that was entered after its first day, why."""
    source = details.source.strip()
    if details.valid_from >= clock.local(at).date():
        return source
    return f"{source}. Entered after its first day, because: {details.late_because.strip()}"


def _check(body: Body, details: PolicyDetails, at: datetime) -> None:
    if not may_be_set(details.name):
        raise RuleBroken("A body cannot set this figure in its own policy")
    if not details.source.strip():
        raise RuleBroken("Enter where your policy says so", field="source")
    if details.valid_from < FIRST_DAY:
        raise RuleBroken(
            "The day must be 1 April 2013 or later. There are no rules for earlier days", field="valid_from"
        )
    if details.value is not None:
        _check_figure(body, details, at)
    if details.valid_from < clock.local(at).date() and not details.late_because.strip():
        raise RuleBroken(
            "This day is in the past. Enter today or later, or say below why it counts from then", field="valid_from",
            options=("enter today or a later day", "say why it counts from a day in the past"),
        )  # fmt: skip


def _check_figure(body: Body, details: PolicyDetails, at: datetime) -> None:
    assert details.value is not None
    guidance = guidance_on(body.kind.value, details.valid_from)
    try:
        with_policy(guidance, {details.name: details.value})
        with_policy(guidance_on(body.kind.value, clock.local(at).date()), {details.name: details.value})
    except RuleBroken as broken:
        raise RuleBroken(broken.reason, field="value") from None


def _conflict(latest: BodyPolicy, details: PolicyDetails) -> EditConflict:
    def words(value: object, valid_from: object) -> dict[str, str]:
        return {"Figure": str(value), "From": str(valid_from)}

    theirs = said(latest.name, queries.value_of(latest.name, latest.value)) if latest.value else "The guidance applies"
    yours = said(details.name, details.value) if details.value is not None else "The guidance applies"
    return EditConflict(
        FIGURES[details.name].words,
        theirs=words(theirs, f"{latest.valid_from.day} {latest.valid_from:%B %Y}"),
        yours=words(yours, f"{details.valid_from.day} {details.valid_from:%B %Y}"),
    )
