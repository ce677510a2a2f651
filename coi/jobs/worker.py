"""The worker: takes a job for a while, runs its handler in a transaction of its own, and tries again what failed."""

import logging
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from coi import clock
from coi.database import db, reading_only
from coi.errors import CoiError
from coi.jobs import commands, queries
from coi.jobs.models import Job
from coi.jobs.rules import JobCannotBeDone, LeaseLost, NotAllowedNow, key_of_round, wait_after
from coi.jobs.vocabulary import Handler, JobContext, Schedule
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission, system_actor

logger = logging.getLogger(__name__)
SYSTEM = system_actor("job")
LEASE = timedelta(minutes=5)
IDLE_SECONDS = 1.0
_DIED = "The work was broken off each time it was tried"
_FAULT = "Something went wrong in the program"


@dataclass(frozen=True)
class _Claim:
    """What the worker keeps of the job that it holds, beside the session."""

    id: uuid.UUID
    kind: str
    payload: object
    attempt: int
    max_attempts: int
    account_id: uuid.UUID | None
    permission: Permission | None
    body_id: uuid.UUID | None
    committee_id: uuid.UUID | None

    @classmethod
    def of(cls, job: Job) -> "_Claim":
        permission = Permission(job.permission) if job.permission else None
        return cls(
            job.id, job.kind, job.payload, job.attempts, job.max_attempts, job.account_id, permission, job.body_id,
            job.committee_id,
        )  # fmt: skip


class Worker:
    """Does jobs, one after the other, inside an application context of the caller's. `handlers` maps a kind to its
    handler (handlers has the table), `actor_of` an account id to the actor as they stand now, None when the account is
    closed. Several workers may run, in threads, processes or machines."""

    def __init__(
        self,
        handlers: Mapping[str, Handler],
        actor_of: Callable[[uuid.UUID], Actor | None],
        schedules: Sequence[Schedule] = (),
        *,
        lease: timedelta = LEASE,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        unknown = [schedule.kind for schedule in schedules if schedule.kind not in handlers]
        if unknown:
            raise ValueError(f"No handler for the scheduled {', '.join(unknown)}")
        self._handlers = dict(handlers)
        self._kinds = sorted(handlers)
        self._actor_of = actor_of
        self._schedules = tuple(schedules)
        self._lease = lease
        self._now = now

    def run_forever(self, stop: threading.Event) -> None:
        """Does what is due until `stop` is set; the job in hand is finished first. A database that does not answer is
        asked again."""
        while not stop.is_set():
            try:
                busy = self.run_once()
            except sa.exc.OperationalError:
                logger.exception("the worker cannot reach the database")
                busy = False
            if not busy:
                stop.wait(IDLE_SECONDS)

    def run_once(self) -> bool:
        """Does one job. Returns whether there was one."""
        with current_app.app_context():
            self._start_rounds()
            claim = self._claim()
            if claim is None:
                return False
            if claim.attempt > claim.max_attempts:
                commands.give_up(claim.id, claim.attempt, _DIED, at=self._now())
                db.session.commit()
            else:
                self._run(claim)
            return True

    def _start_rounds(self) -> None:
        """Enqueues the present round of each schedule; looking first takes no lock."""
        at = self._now()
        keys = {schedule: key_of_round(schedule, at) for schedule in self._schedules}
        with reading_only():
            missing = [schedule for schedule, key in keys.items() if not queries.key_was_used(key)]
            db.session.rollback()
        for schedule in missing:
            commands.start_round(schedule.kind, keys[schedule], actor=SYSTEM, at=at)
        db.session.commit()

    def _claim(self) -> _Claim | None:
        at = self._now()
        with reading_only():
            due = queries.anything_due(self._kinds, at)
            db.session.rollback()
        job = commands.claim(self._kinds, at=at, lease_until=at + self._lease) if due else None
        claim = _Claim.of(job) if job else None
        db.session.commit()
        return claim

    def _run(self, claim: _Claim) -> None:
        try:
            self._handle(claim)
        except LeaseLost:
            db.session.rollback()
            logger.warning("job %s (%s) took longer than its lease and was taken over", claim.id, claim.kind)
        except JobCannotBeDone as refused:
            self._fail(claim, str(refused), again=False)
        except CoiError as broken:
            self._fail(claim, str(broken), again=True)
        except Exception as fault:  # the worker outlives whatever a handler does, as the error pages do for a view
            logger.exception("job %s (%s) failed", claim.id, claim.kind)
            self._fail(claim, f"{_FAULT} ({type(fault).__name__})", again=True)

    def _handle(self, claim: _Claim) -> None:
        """Runs the handler and marks the job done in one transaction: both are kept or neither is."""
        self._load_actor(claim)
        db.session.rollback()
        self._handlers[claim.kind](claim.payload, self._context(claim))
        db.session.flush()
        if not commands.finish(claim.id, claim.attempt, at=self._now()):
            raise LeaseLost
        db.session.commit()

    def _fail(self, claim: _Claim, reason: str, *, again: bool) -> None:
        db.session.rollback()
        at = self._now()
        if again and claim.attempt < claim.max_attempts:
            commands.try_again(claim.id, claim.attempt, reason, run_at=at + wait_after(claim.attempt))
        else:
            commands.give_up(claim.id, claim.attempt, reason, at=at)
        db.session.commit()

    def _context(self, claim: _Claim) -> JobContext:
        return JobContext(
            job_id=claim.id,
            body_id=claim.body_id,
            attempt=claim.attempt,
            max_attempts=claim.max_attempts,
            at=self._now(),
            progress=lambda done, total, words: self._progress(claim, done, total, words),
            load_actor=lambda: self._load_actor(claim),
        )

    def _load_actor(self, claim: _Claim) -> Actor:
        """Returns who asked, as they stand now. Raises NotAllowedNow when they may no longer do what the job needs."""
        if claim.account_id is None:
            return SYSTEM
        actor = self._actor_of(claim.account_id)
        if actor is None:
            raise NotAllowedNow("The account that asked for this has been closed")
        if claim.permission and not allows(actor, claim.permission, claim.body_id, claim.committee_id):
            raise NotAllowedNow("The account that asked for this may no longer do it")
        return actor

    def _progress(self, claim: _Claim, done: int, total: int, words: str) -> None:
        """Shows how far the job is, at once and beside the handler's transaction, and renews the lease. While that
        transaction is open on SQLite nothing else can write: then neither happens, nor can another worker take the
        job."""
        engine = db.engine
        if engine.dialect.name == "sqlite" and db.session().in_transaction():
            return
        held = commands.held_by(claim.id, claim.attempt).values(
            progress_done=done, progress_total=total, progress_words=words, lease_until=self._now() + self._lease
        )
        with engine.begin() as connection:
            if not connection.execute(held).rowcount:
                raise LeaseLost
