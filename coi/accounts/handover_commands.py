"""Handing over and covering roles in one step: everything that somebody else takes on, in one entry."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coi import clock
from coi.accounts import queries, rules
from coi.accounts.guardians import check_guardian
from coi.accounts.models import RoleGrant
from coi.accounts.vocabulary import HandoverDetails, RoleDetails
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.jobs.commands import enqueue
from coi.jobs.queries import waiting_jobs
from coi.permissions.vocabulary import Actor
from coi.wording import day

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
    apart from it: the restriction wins; and where something speaks against the other and nobody says why it is right. Rule: SEC-ROLE;
    SECURITY §2.4.7."""
    if not grants:
        raise RuleBroken("Select at least one role", field="roles")
    for grant in grants:
        check_guardian(grant.role, details.to_id, details.because, at)
    log.lock(db.session.connection())  # who else can look after accounts is counted below, and stays so
    today = clock.local(at).date()
    leaves_on = queries.last_day_at(details.to_id, body_id)
    if leaves_on is not None and leaves_on < details.starts:
        raise RuleBroken(
            f"Their last post here ends on {day(leaves_on)}, before the first day", field="to_id", rule="SEC-ROLE"
        )
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
        **({"because": details.because} if details.because else {}),
    }
    log.record(Event.ROLES_HANDED_OVER, subject=subject, actor=actor, at=at, body_id=body_id, note=note)
    if details.until is None and details.actions_follow:
        _let_actions_follow(grants, details, body_id, actor, at)
    return new


def _let_actions_follow(
    grants: Sequence[RoleGrant], details: HandoverDetails, body_id: uuid.UUID, actor: Actor, at: datetime
) -> None:
    """Asks for open actions to go over on the first day: those of the old holder, and those that were to come to them by a handover which
    has not begun yet. Whether the new holder has the role then is asked again on the day."""
    old = grants[0].person_id
    roles = {(each.role.value, str(each.committee_id) if each.committee_id else None) for each in grants}
    starts = max(details.starts, *(each.valid_from for each in grants))
    sources = {str(old): roles}
    for job in waiting_jobs(FOLLOW, body_id):
        coming = {(role, committee) for role, committee in job.payload.get("roles", ())} & roles
        if job.payload["to"] == str(old) and coming:
            sources.setdefault(job.payload["from"], set()).update(coming)
    for source, taken in sources.items():
        if source != str(details.to_id):
            listed = sorted(([role, committee] for role, committee in taken), key=str)
            payload = {"from": source, "to": str(details.to_id), "roles": listed}
            key = f"{FOLLOW}:{uuid.uuid5(body_id, f'{payload} {starts}')}"
            enqueue(FOLLOW, payload, actor=actor, at=at, run_at=_when(starts, at), unique_key=key, body_id=body_id)


def _given(
    grant: RoleGrant, details: HandoverDetails, actor: Actor, body_id: uuid.UUID, today: date
) -> RoleGrant | None:
    """The other's role for one of these; None where they hold it already on all the days."""
    span = _Span(max(details.starts, grant.valid_from), _earlier(grant.valid_to, details.until))
    if grant.valid_to is not None and grant.valid_to < span.starts:
        raise RuleBroken(
            f"This role ends on {day(grant.valid_to)}, before the first day", field="roles", rule="SEC-ROLE"
        )
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
