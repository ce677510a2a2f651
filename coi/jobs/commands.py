"""Asking for work: a job is enqueued in the transaction of the change that needs it."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from coi.database import db, insert_unless_taken
from coi.jobs import queries
from coi.jobs.models import Job
from coi.jobs.vocabulary import JobStatus
from coi.permissions.vocabulary import Actor, Grant, Permission, Role


def enqueue(
    kind: str,
    payload: Any,
    *,
    actor: Actor,
    at: datetime,
    run_at: datetime | None = None,
    unique_key: str | None = None,
    runs_once: bool = False,
    body_id: uuid.UUID | None = None,
    committee_id: uuid.UUID | None = None,
    permission: Permission | None = None,
    max_attempts: int = 5,
) -> Job:
    """Enqueues a job of `kind` (the name in handlers) in the caller's transaction and returns it; while an unfinished job
    has the same `unique_key`, returns that one instead, and with `runs_once` a finished one too. `payload` is small
    JSON: ids, no content. `permission` is what the actor must still hold, at the body or committee, when the job runs.
    Raises ValueError for an actor whose rights could not be asked for then."""
    job_id = uuid.uuid4()
    values = {
        "id": job_id, "kind": kind, "payload": payload, "unique_key": unique_key, "runs_once": runs_once,
        "run_at": run_at or at, "attempts": 0, "max_attempts": max_attempts, "status": JobStatus.WAITING,
        "progress_done": 0, "progress_total": 0, "progress_words": "", "account_id": actor.account_id,
        "permission": _to_check(actor, permission), "body_id": body_id, "committee_id": committee_id, "created_at": at,
    }  # fmt: skip
    while True:
        if db.session.execute(insert_unless_taken(Job).values(values).returning(Job.id)).scalar():
            return queries.by_id(job_id)
        there = queries.with_key(str(unique_key))
        if there is not None:
            return there
        # The one that was in the way has just finished, so that the next attempt finds the key free.


def _to_check(actor: Actor, permission: Permission | None) -> Permission | None:
    """The permission to ask for again: none for the installation itself, which nobody can take rights from."""
    if permission is None or actor.is_signed_in:
        return permission
    if actor.person_id is None and Grant(Role.ADMINISTRATOR, None) in actor.grants:
        return None
    raise ValueError("A job that needs a permission needs an account whose rights can be asked for again")


def start_round(kind: str, key: str, *, actor: Actor, at: datetime) -> None:
    """Enqueues a round of a schedule, unless some worker has done so already."""
    if not queries.key_was_used(key):
        enqueue(kind, {}, actor=actor, at=at, unique_key=key, runs_once=True)


def claim(kinds: list[str], *, at: datetime, lease_until: datetime) -> Job | None:
    """Takes the next job that is due, or whose worker died, for one worker: no other gets it before `lease_until`.
    Returns None when there is nothing to do. The caller commits before it starts the work."""
    job = queries.next_due(kinds, at)
    if job is None:
        return None
    job.status = JobStatus.RUNNING
    job.attempts += 1
    job.lease_until = lease_until
    db.session.flush()
    return job


def finish(job_id: uuid.UUID, attempt: int, *, at: datetime) -> bool:
    """Marks a job done. Returns False, and changes nothing, when another worker has it by now."""
    return _change(job_id, attempt, status=JobStatus.DONE, finished_at=at, lease_until=None, error=None)


def try_again(job_id: uuid.UUID, attempt: int, reason: str, *, run_at: datetime) -> bool:
    """Puts a job back, to run at `run_at`, with one line on what went wrong."""
    return _change(job_id, attempt, status=JobStatus.WAITING, run_at=run_at, lease_until=None, error=_line(reason))


def give_up(job_id: uuid.UUID, attempt: int, reason: str, *, at: datetime) -> bool:
    """Marks a job failed, with one line on what went wrong."""
    return _change(job_id, attempt, status=JobStatus.FAILED, finished_at=at, lease_until=None, error=_line(reason))


def _change(job_id: uuid.UUID, attempt: int, **values: object) -> bool:
    changed = db.session.execute(held_by(job_id, attempt).values(**values))
    return bool(changed.rowcount)  # type: ignore[attr-defined]


def held_by(job_id: uuid.UUID, attempt: int) -> sa.Update:
    """Returns an update of a job that touches nothing unless that attempt still has it."""
    return sa.update(Job).where(Job.id == job_id, Job.status == JobStatus.RUNNING, Job.attempts == attempt)


def _line(reason: str) -> str:
    return " ".join(reason.split())[:500]
