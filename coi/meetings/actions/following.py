"""The job with which open actions go to whoever took over a role."""

import uuid
from typing import Any

from coi.jobs.vocabulary import JobContext
from coi.meetings.actions import commands, queries


def follow_roles(payload: Any, context: JobContext) -> None:
    """Hands the open actions of the old holder at the body to the new one, an entry for each. Done twice, it finds none left."""
    assert context.body_id is not None
    committees = None if payload["committees"] is None else [uuid.UUID(each) for each in payload["committees"]]
    actor = context.load_actor()
    for action in queries.open_actions_owned(uuid.UUID(payload["from"]), context.body_id, committees):
        commands.hand_over_action(action, uuid.UUID(payload["to"]), actor=actor, at=context.at)
