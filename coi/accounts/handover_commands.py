"""Handing over and covering roles in one step: everything that somebody else takes on, in one entry."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coi import clock
from coi.accounts import queries, rules
from coi.accounts.models import RoleGrant
from coi.accounts.vocabulary import HandoverDetails, RoleDetails
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.jobs.commands import enqueue
from coi.permissions.vocabulary import Actor

FOLLOW = "actions.follow"
"""The job, in a room above, with which open actions go to the new holder."""


@dataclass(frozen=True)
class _Span:
    starts: date
    ends: date | None


def hand_over(
    grants: Sequence[RoleGrant], details: HandoverDetails, *, body_id: uuid.UUID, actor: Actor, at: datetime
) -> list[RoleGrant]:
    """Hands somebody's roles at a body over to another person from a day, or lets that person cover for them until a last day. Handed
    over, the old holder's roles end the day before and open actions follow; covered, the old holder keeps both. What waits for a role
    waits for whoever holds it. Raises RuleBroken where the actor may not give a role, it goes with a seat, or the other's duties stay
    apart from it: the restriction wins. Rule: SEC-ROLE; SECURITY §2.4.7."""
    if not grants:
        raise RuleBroken("Select at least one role", field="roles")
    today = clock.local(at).date()
    new = [each for grant in grants if (each := _given(grant, details, actor, body_id, today)) is not None]
    db.session.add_all(new)
    db.session.flush()
    if details.until is None:
        for grant in grants:
            _end(grant, details.starts, today)
    subject = new[0] if new else grants[0]
    note = {
        "kind": "covered" if details.until else "handed over",
        "from": str(grants[0].person_id),
        "to": str(details.to_id),
    }
    log.record(Event.ROLES_HANDED_OVER, subject=subject, actor=actor, at=at, body_id=body_id, note=note)
    if details.until is None and details.actions_follow:
        committees = sorted(str(each.committee_id) for each in grants if each.committee_id)
        scope = None if any(each.committee_id is None for each in grants) else committees
        payload = {"from": str(grants[0].person_id), "to": str(details.to_id), "committees": scope}
        enqueue(FOLLOW, payload, actor=actor, at=at, run_at=_when(details.starts, at), body_id=body_id)
    return new


def _given(
    grant: RoleGrant, details: HandoverDetails, actor: Actor, body_id: uuid.UUID, today: date
) -> RoleGrant | None:
    """The other's role for one of these; None where they hold it already on all the days."""
    span = _Span(max(details.starts, grant.valid_from), _earlier(grant.valid_to, details.until))
    held = queries.roles_not_over(details.to_id, span.starts)
    roles = [each.role for each in held if each.body_id == body_id]
    refusal = (
        rules.handover_refusal(grant.role, grant.person_id, details, roles, today=today)
        or rules.role_refusal(
            RoleDetails(details.to_id, grant.role, grant.body_id, span.starts, grant.committee_id, span.ends), actor
        )
    )  # fmt: skip
    if refusal:
        raise RuleBroken(refusal, rule="SEC-ROLE")
    for each in held:
        same = (each.role, each.body_id, each.committee_id) == (grant.role, grant.body_id, grant.committee_id)
        if (
            same
            and each.valid_from <= span.starts
            and (each.valid_to is None or (span.ends and each.valid_to >= span.ends))
        ):
            return None
    return RoleGrant(
        id=uuid.uuid4(), person_id=details.to_id, role=grant.role, body_id=grant.body_id, committee_id=grant.committee_id,
        valid_from=span.starts, valid_to=span.ends,
    )  # fmt: skip


def _end(grant: RoleGrant, starts: date, today: date) -> None:
    """Ends the old holder's role the day before the other's begins, at once where that is today."""
    last = rules.last_day_if_ended_at_once(grant.valid_from, starts)
    others = queries.other_administrators(grant, last)
    refusal = rules.end_refusal(
        grant.role,
        starts=grant.valid_from,
        ends=last,
        other_administrators=others,
        at_once=starts <= today or last < grant.valid_from,
    ) or queries.needed_until(grant, starts)
    if refusal:
        raise RuleBroken(refusal, rule="SEC-ROLE")
    grant.valid_to = _earlier(grant.valid_to, last)


def _earlier(first: date | None, second: date | None) -> date | None:
    known = [each for each in (first, second) if each is not None]
    return min(known, default=None)


def _when(starts: date, at: datetime) -> datetime:
    """When the actions go over: now, or as the day begins."""
    begins = datetime.combine(starts, datetime.min.time(), clock.LONDON)
    return max(at, begins)
