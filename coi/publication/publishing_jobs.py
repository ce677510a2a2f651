"""Publishing a large register as a job: asked for in a request, done by the worker, in sight meanwhile."""

import uuid
from datetime import datetime
from typing import Any

from coi.errors import RuleBroken
from coi.jobs.commands import enqueue
from coi.jobs.models import Job
from coi.jobs.queries import with_keys
from coi.jobs.rules import JobCannotBeDone
from coi.jobs.vocabulary import JobContext, JobStatus
from coi.organisations.models import Body
from coi.permissions.vocabulary import Actor, Permission
from coi.publication import commands, queries
from coi.publication.catalogue import REGISTERS, Register, register_of
from coi.publication.models import Edition
from coi.registers.vocabulary import RegisterKind

KIND = "publication.publish"
AT_ONCE = 500
"""So many entries are published while whoever asked waits: about a second. More are a job."""


def publish_or_ask(body: Body, register: Register, **asked: Any) -> Edition | None:
    """Publishes a register that is small enough while whoever asked waits, by how many entries it has now; asks for a job (and returns
    None) where it is not. `asked` is what `publish_edition` takes. Raises RuleBroken where nothing changed."""
    try:
        return commands.publish_edition(body, register, **asked, most=AT_ONCE)
    except commands.TooManyEntries:
        ask_to_publish(body, register, **asked)
        return None


def ask_to_publish(
    body: Body, register: Register, *, note: str, nothing_changed: bool, actor: Actor, at: datetime
) -> Job:
    """Asks for an edition of a register; where one is under way, that one."""
    payload = {"kind": register.kind.value, "note": note, "nothing_changed": nothing_changed}
    return enqueue(
        KIND, payload, actor=actor, at=at, unique_key=_key(body.id, register.kind), body_id=body.id,
        permission=Permission.PUBLICATION_EDITION_PUBLISH, max_attempts=3,
    )  # fmt: skip


def publish(payload: Any, context: JobContext) -> None:
    """Publishes the edition that was asked for, as things stand when it runs. Killed midway, nothing of it is kept."""
    register, actor = register_of(payload["kind"]), context.load_actor()
    context.progress(0, 1, "Gathering and sealing the entries")
    assert context.body_id is not None
    try:
        commands.publish_edition(
            queries.body_of(context.body_id), register, note=payload["note"], nothing_changed=payload["nothing_changed"],
            actor=actor, at=context.at,
        )  # fmt: skip
    except RuleBroken as broken:
        raise JobCannotBeDone(broken.reason) from broken


def under_way(body_id: uuid.UUID) -> dict[RegisterKind, Job]:
    """Returns, per register, the job that publishes it now, or the last one where that failed."""
    keys = {_key(body_id, kind): kind for kind in REGISTERS}
    last = {keys[str(job.unique_key)]: job for job in with_keys(KIND, keys)}
    return {kind: job for kind, job in last.items() if job.status is not JobStatus.DONE}


def _key(body_id: uuid.UUID, kind: RegisterKind) -> str:
    return f"publish {body_id} {kind}"
