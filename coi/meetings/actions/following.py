"""The job with which open actions go to whoever took over a role."""

import uuid
from datetime import date
from typing import Any

from coi import clock
from coi.accounts.queries import holds_role, last_day_at, roles_ended
from coi.jobs.vocabulary import JobContext
from coi.meetings.actions import commands, queries
from coi.permissions.vocabulary import Role


def follow_roles(payload: Any, context: JobContext) -> None:
    """Hands the open actions of the old holder at the body to the new one, an entry for each. Where the role was given back meanwhile,
    handed on, or its new holder has left, they stay where they are. Done twice, it finds none left."""
    assert context.body_id is not None
    on = clock.local(context.at).date()
    places = _taken_over(payload, context.body_id, on)
    if not places:
        return
    committees = None if None in places else [each for each in places if each is not None]
    actor = context.load_actor()
    for action in queries.open_actions_owned(uuid.UUID(payload["from"]), context.body_id, committees):
        commands.hand_over_action(action, uuid.UUID(payload["to"]), actor=actor, at=context.at)


def _taken_over(payload: Any, body_id: uuid.UUID, on: date) -> list[uuid.UUID | None]:
    """The committees (None: the whole body) for which the one holds the role on the day and the other does not any more."""
    old, new = uuid.UUID(payload["from"]), uuid.UUID(payload["to"])
    last = last_day_at(new, body_id)
    if last is not None and last < on:
        return []
    if "roles" not in payload:  # planned before a handover said which roles it was about: those that the one gave up
        asked = roles_ended(old, body_id, on)
    else:
        asked = [(Role(role), uuid.UUID(each) if each else None) for role, each in payload["roles"]]
    return [
        each
        for role, each in asked
        if holds_role(new, role, body_id, each, on) and not holds_role(old, role, body_id, each, on)
    ]
