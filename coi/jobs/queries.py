"""Reading jobs."""

import uuid
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from coi.database import db
from coi.errors import NotFound
from coi.jobs.models import Job
from coi.jobs.vocabulary import JobStatus
from coi.permissions.vocabulary import Actor


def job(job_id: uuid.UUID, actor: Actor) -> Job:
    """Returns a job that the actor asked for. Raises NotFound, also for somebody else's."""
    found = db.session.get(Job, job_id)
    if found is None or actor.account_id is None or found.account_id != actor.account_id:
        raise NotFound("There is no such job")
    return found


def by_id(job_id: uuid.UUID) -> Job:
    """Returns a job as the worker sees it, as it is in the database now."""
    return db.session.scalars(sa.select(Job).where(Job.id == job_id).execution_options(populate_existing=True)).one()


def with_key(unique_key: str) -> Job | None:
    """Returns the job that holds a unique key now."""
    taken = sa.or_(Job.status.in_((JobStatus.WAITING, JobStatus.RUNNING)), Job.runs_once)
    return db.session.scalars(sa.select(Job).where(Job.unique_key == unique_key, taken)).one_or_none()


def with_keys(kind: str, unique_keys: Iterable[str]) -> list[Job]:
    """Returns the jobs of a kind with one of these keys, the oldest first."""
    wanted = sa.select(Job).where(Job.kind == kind, Job.unique_key.in_(list(unique_keys)))
    return list(db.session.scalars(wanted.order_by(Job.created_at, Job.id)))


def with_keys_like(kind: str, beginnings: Iterable[str]) -> list[Job]:
    """Returns the jobs of a kind whose key begins in one of these ways, the oldest first."""
    begun = sa.or_(sa.false(), *(Job.unique_key.startswith(each, autoescape=True) for each in beginnings))
    return list(db.session.scalars(sa.select(Job).where(Job.kind == kind, begun).order_by(Job.created_at, Job.id)))


def waiting_jobs(kind: str, body_id: uuid.UUID) -> list[Job]:
    """Returns the jobs of a kind at a body that nobody has taken yet, the first to run on top."""
    wanted = sa.select(Job).where(Job.kind == kind, Job.body_id == body_id, Job.status == JobStatus.WAITING)
    return list(db.session.scalars(wanted.order_by(Job.run_at, Job.created_at, Job.id)))


def key_was_used(unique_key: str) -> bool:
    """Whether any job, finished or not, has or had a unique key."""
    return db.session.scalar(sa.select(sa.exists().where(Job.unique_key == unique_key))) or False


def _due(kinds: list[str], at: datetime) -> sa.ColumnElement[bool]:
    waiting = sa.and_(Job.status == JobStatus.WAITING, Job.run_at <= at)
    abandoned = sa.and_(Job.status == JobStatus.RUNNING, Job.lease_until < at)
    return sa.and_(Job.kind.in_(kinds), sa.or_(waiting, abandoned))


def anything_due(kinds: list[str], at: datetime) -> bool:
    """Whether there is a job to take. Takes no lock."""
    return db.session.scalar(sa.select(sa.exists().where(_due(kinds, at)))) or False


def next_due(kinds: list[str], at: datetime) -> Job | None:
    """Returns the job to do next and locks it. PostgreSQL steps over those that another worker is just taking; on
    SQLite the transaction itself lets nobody else write."""
    chosen = sa.select(Job).where(_due(kinds, at)).order_by(Job.run_at, Job.created_at, Job.id).limit(1)
    locked = chosen.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    return db.session.scalars(locked).one_or_none()
