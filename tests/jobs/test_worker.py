"""The worker: each job is done once, what failed is tried again, and rights are checked when it runs."""

import threading
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.database import db
from coi.errors import RuleBroken
from coi.jobs import queries
from coi.jobs.commands import claim, enqueue
from coi.jobs.models import Job
from coi.jobs.rules import FIRST_WAIT, JobCannotBeDone
from coi.jobs.vocabulary import Handler, JobContext, JobStatus, Schedule
from coi.jobs.worker import LEASE, Worker
from coi.permissions.vocabulary import Actor, Grant, Permission, Role, system_actor

SYSTEM = system_actor("cli")
SECOND = timedelta(seconds=1)


class Clock:
    """A clock that the test moves."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(at: datetime) -> Clock:
    return Clock(at)


@pytest.fixture
def worker(app: Flask, clock: Clock) -> Callable[..., Worker]:
    def make(
        handlers: dict[str, Handler], actors: tuple[Actor, ...] = (), schedules: tuple[Schedule, ...] = ()
    ) -> Worker:
        known = {actor.account_id: actor for actor in actors}
        return Worker(handlers, known.get, schedules, now=clock)  # type: ignore[arg-type]

    return make


def put(kind: str, payload: Any = None, *, at: datetime, actor: Actor = SYSTEM, **more: Any) -> uuid.UUID:
    job_id = enqueue(kind, payload or {}, actor=actor, at=at, **more).id
    db.session.commit()
    return job_id


def leave_a_trace(payload: Any, context: JobContext) -> None:
    """A handler whose effect can be counted: it enqueues a job that nobody does."""
    enqueue("trace", payload, actor=SYSTEM, at=context.at)


def traces() -> int:
    counted = db.session.scalar(sa.select(sa.func.count()).where(Job.kind == "trace")) or 0
    db.session.rollback()  # on SQLite a transaction left open would keep the worker waiting
    return counted


def broken(_payload: Any, _context: JobContext) -> None:
    enqueue("trace", {}, actor=SYSTEM, at=_context.at)
    raise RuleBroken("The register is being imported")


def test_a_job_is_done_once_and_its_work_is_kept(worker: Callable[..., Worker], at: datetime) -> None:
    job_id = put("a", {"n": 1}, at=at)
    hand = worker({"a": leave_a_trace})
    assert [hand.run_once(), hand.run_once()] == [True, False]
    job = queries.by_id(job_id)
    assert (job.status, job.attempts, job.finished_at, job.lease_until, traces()) == (JobStatus.DONE, 1, at, None, 1)


def test_a_job_enqueued_in_a_transaction_that_is_rolled_back_never_was(
    worker: Callable[..., Worker], at: datetime
) -> None:
    enqueue("a", {}, actor=SYSTEM, at=at)
    db.session.rollback()
    assert not worker({"a": leave_a_trace}).run_once()


def test_jobs_are_done_in_the_order_in_which_they_are_due_and_not_before(
    worker: Callable[..., Worker], clock: Clock, at: datetime
) -> None:
    done: list[str] = []
    hand = worker({"a": lambda payload, _context: done.append(payload["n"])})
    put("a", {"n": "later"}, at=at, run_at=at + SECOND)
    put("a", {"n": "first"}, at=at)
    assert [hand.run_once(), hand.run_once()] == [True, False]
    clock.at = at + SECOND
    hand.run_once()
    assert done == ["first", "later"]


def test_a_job_of_a_kind_that_this_worker_does_not_know_waits(worker: Callable[..., Worker], at: datetime) -> None:
    put("unknown", at=at)
    assert not worker({"a": leave_a_trace}).run_once()


def test_what_a_failed_attempt_did_is_not_kept_and_it_is_tried_again_later(
    worker: Callable[..., Worker], clock: Clock, at: datetime
) -> None:
    job_id = put("a", at=at)
    worker({"a": broken}).run_once()
    job = queries.by_id(job_id)
    assert (job.status, job.error, job.run_at) == (JobStatus.WAITING, "The register is being imported", at + FIRST_WAIT)
    db.session.rollback()
    clock.at = at + FIRST_WAIT
    worker({"a": leave_a_trace}).run_once()
    job = queries.by_id(job_id)
    assert (job.status, job.error, job.attempts, traces()) == (JobStatus.DONE, None, 2, 1)


def test_a_job_that_fails_every_time_is_given_up_and_says_why(
    worker: Callable[..., Worker], clock: Clock, at: datetime
) -> None:
    job_id = put("a", at=at, max_attempts=3)
    hand = worker({"a": broken})
    tries = 0
    while hand.run_once():
        tries += 1
        clock.at += timedelta(hours=2)
    job = queries.by_id(job_id)
    assert (tries, job.status, job.error) == (3, JobStatus.FAILED, "The register is being imported")


def test_a_fault_in_the_program_tells_the_user_nothing_of_its_inside(
    worker: Callable[..., Worker], at: datetime
) -> None:
    def faulty(_payload: Any, _context: JobContext) -> None:
        raise ValueError("secret of the database")

    job_id = put("a", at=at)
    worker({"a": faulty}).run_once()
    assert queries.by_id(job_id).error == "Something went wrong in the program (ValueError)"


def test_a_database_error_inside_a_handler_does_not_stop_the_worker(
    worker: Callable[..., Worker], at: datetime
) -> None:
    def faulty(_payload: Any, _context: JobContext) -> None:
        db.session.execute(sa.text("SELECT * FROM no_such_table"))

    job_id = put("a", at=at)
    hand = worker({"a": faulty, "b": leave_a_trace})
    hand.run_once()
    put("b", at=at)
    hand.run_once()
    assert (queries.by_id(job_id).status, traces()) == (JobStatus.WAITING, 1)


def test_what_cannot_be_done_is_not_tried_again(worker: Callable[..., Worker], at: datetime) -> None:
    def refuse(_payload: Any, _context: JobContext) -> None:
        raise JobCannotBeDone("The meeting was cancelled")

    job_id = put("a", at=at)
    worker({"a": refuse}).run_once()
    job = queries.by_id(job_id)
    assert (job.status, job.error) == (JobStatus.FAILED, "The meeting was cancelled")


def test_a_key_enqueued_five_times_is_one_job_until_it_is_finished(worker: Callable[..., Worker], at: datetime) -> None:
    jobs = {put("a", at=at, unique_key="daily") for _again in range(5)}
    hand = worker({"a": leave_a_trace})
    assert [hand.run_once(), hand.run_once()] == [True, False]
    assert put("a", at=at, unique_key="daily") not in jobs
    assert (len(jobs), traces()) == (1, 1)


def test_a_key_that_counts_for_ever_is_not_enqueued_again_when_it_is_finished(
    worker: Callable[..., Worker], at: datetime
) -> None:
    first = put("a", at=at, unique_key="once", runs_once=True)
    worker({"a": leave_a_trace}).run_once()
    assert put("a", at=at, unique_key="once", runs_once=True) == first


def test_jobs_without_a_key_do_not_stand_in_each_others_way(app: Flask, at: datetime) -> None:
    assert put("a", at=at) != put("a", at=at)


def test_a_job_in_hand_is_nobody_elses_until_its_lease_ends(
    worker: Callable[..., Worker], clock: Clock, at: datetime
) -> None:
    job_id = put("a", at=at)
    assert claim(["a"], at=at, lease_until=at + LEASE) is not None
    db.session.commit()  # and here its worker dies
    hand = worker({"a": leave_a_trace})
    clock.at = at + LEASE
    assert not hand.run_once()
    clock.at = at + LEASE + SECOND
    assert hand.run_once()
    job = queries.by_id(job_id)
    assert (job.status, job.attempts, traces()) == (JobStatus.DONE, 2, 1)


def test_a_job_that_kills_its_worker_every_time_is_given_up(
    worker: Callable[..., Worker], clock: Clock, at: datetime
) -> None:
    job_id = put("a", at=at, max_attempts=2)
    for _death in range(2):
        assert claim(["a"], at=clock.at, lease_until=clock.at + LEASE) is not None
        db.session.commit()
        clock.at += LEASE + SECOND
    worker({"a": leave_a_trace}).run_once()
    job = queries.by_id(job_id)
    assert (job.status, job.error) == (JobStatus.FAILED, "The work was broken off each time it was tried")
    assert traces() == 0


def test_a_worker_that_was_too_slow_keeps_nothing_when_another_took_over(
    worker: Callable[..., Worker], clock: Clock, at: datetime
) -> None:
    hands: list[Worker] = []

    def slow(payload: Any, context: JobContext) -> None:
        if context.attempt == 1:
            clock.at += LEASE + SECOND
            hands[0].run_once()
        leave_a_trace(payload, context)

    hands.append(worker({"a": slow}))
    job_id = put("a", at=at)
    hands[0].run_once()
    job = queries.by_id(job_id)
    assert (job.status, job.attempts, traces()) == (JobStatus.DONE, 2, 1)


def test_a_worker_that_was_too_slow_cannot_end_a_job_that_another_has_in_hand(
    app: Flask, worker: Callable[..., Worker], clock: Clock, at: datetime
) -> None:
    def slow(payload: Any, context: JobContext) -> None:
        with app.app_context():
            assert claim(["a"], at=at + LEASE + SECOND, lease_until=at + 3 * LEASE) is not None
            db.session.commit()
        leave_a_trace(payload, context)

    job_id = put("a", at=at)
    worker({"a": slow}).run_once()
    job = queries.by_id(job_id)
    assert (job.status, job.attempts, traces()) == (JobStatus.RUNNING, 2, 0)


def test_a_worker_that_was_too_slow_is_stopped_when_it_tells_of_its_progress(
    app: Flask, worker: Callable[..., Worker], at: datetime
) -> None:
    reached: list[str] = []

    def slow(_payload: Any, context: JobContext) -> None:
        with app.app_context():
            claim(["a"], at=at + LEASE + SECOND, lease_until=at + 3 * LEASE)
            db.session.commit()
        context.progress(1, 2, "1 of 2")
        reached.append("the end")

    put("a", at=at)
    worker({"a": slow}).run_once()
    assert reached == []


def test_two_workers_that_ask_at_the_same_time_get_different_jobs(app: Flask, at: datetime) -> None:
    there = {put("a", at=at), put("a", at=at)}
    first = claim(["a"], at=at, lease_until=at + LEASE)
    assert first is not None
    taken = {first.id}
    if db.engine.dialect.name == "sqlite":
        db.session.commit()  # on SQLite the second would wait for this
    with app.app_context():
        second = claim(["a"], at=at, lease_until=at + LEASE)
        assert second is not None
        taken.add(second.id)
        db.session.commit()
    assert taken == there


def test_progress_is_seen_while_the_job_runs_and_renews_its_lease(
    worker: Callable[..., Worker], clock: Clock, at: datetime
) -> None:
    seen: list[tuple[int, int, str, datetime | None]] = []

    def slow(_payload: Any, context: JobContext) -> None:
        clock.at = at + SECOND
        context.progress(3, 12, "3 of 12 papers")
        job = queries.by_id(context.job_id)
        seen.append((job.progress_done, job.progress_total, job.progress_words, job.lease_until))

    put("a", at=at)
    worker({"a": slow}).run_once()
    assert seen == [(3, 12, "3 of 12 papers", at + SECOND + LEASE)]


def test_progress_inside_an_open_transaction_waits_for_nobody(worker: Callable[..., Worker], at: datetime) -> None:
    def slow(payload: Any, context: JobContext) -> None:
        leave_a_trace(payload, context)
        context.progress(1, 2, "1 of 2")

    job_id = put("a", at=at)
    worker({"a": slow}).run_once()
    assert (queries.by_id(job_id).status, traces()) == (JobStatus.DONE, 1)


BODY, OTHER_BODY, COMMITTEE = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
EXPORT = Permission.REGISTERS_INTEREST_READ


def somebody(*grants: Grant) -> Actor:
    return Actor(name="A. Secretary", account_id=uuid.UUID(int=7), grants=grants)


SECRETARY = somebody(Grant(Role.SECRETARY, BODY))


def test_the_handler_gets_who_asked_as_they_stand_now(worker: Callable[..., Worker], at: datetime) -> None:
    put("a", at=at, actor=somebody(), permission=EXPORT, body_id=BODY)
    met: list[Actor] = []
    worker({"a": lambda _payload, context: met.append(context.load_actor())}, (SECRETARY,)).run_once()
    assert met == [SECRETARY]


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        ((), "closed"),
        ((somebody(),), "may no longer"),
        ((somebody(Grant(Role.SECRETARY, OTHER_BODY)),), "may no longer"),
        ((somebody(Grant(Role.SECRETARY, BODY, uuid.uuid4())),), "may no longer"),
    ],
    ids=["account closed", "role ended", "role at another body", "role in another committee"],
)
def test_a_job_is_refused_when_who_asked_may_no_longer_do_it(
    worker: Callable[..., Worker], at: datetime, now: tuple[Actor, ...], reason: str
) -> None:
    job_id = put("a", at=at, actor=SECRETARY, permission=EXPORT, body_id=BODY, committee_id=COMMITTEE)
    worker({"a": leave_a_trace}, now).run_once()
    job = queries.by_id(job_id)
    assert (job.status, traces()) == (JobStatus.FAILED, 0)
    assert reason in str(job.error)


def test_what_the_installation_asked_for_itself_needs_nobodys_rights(
    worker: Callable[..., Worker], at: datetime
) -> None:
    job_id = put("a", at=at, permission=EXPORT)
    worker({"a": leave_a_trace}).run_once()
    assert queries.by_id(job_id).status is JobStatus.DONE


def test_a_job_that_needs_rights_is_not_taken_from_somebody_without_an_account(app: Flask, at: datetime) -> None:
    visitor = Actor(name="A. Visitor", person_id=uuid.uuid4(), via="link")
    with pytest.raises(ValueError, match="needs an account"):
        enqueue("a", {}, actor=visitor, at=at, permission=EXPORT)


def test_a_round_of_a_schedule_runs_once_however_many_workers_there_are(
    worker: Callable[..., Worker], clock: Clock, at: datetime
) -> None:
    hourly = Schedule("audit.checkpoint", timedelta(hours=1))
    hands = [worker({hourly.kind: leave_a_trace}, schedules=(hourly,)) for _number in range(3)]
    for _minute in range(60):
        for hand in hands:
            hand.run_once()
        clock.at += timedelta(minutes=1)
    assert traces() == 1
    hands[0].run_once()
    assert traces() == 2


def test_a_schedule_without_a_handler_is_refused_when_the_worker_is_made(worker: Callable[..., Worker]) -> None:
    with pytest.raises(ValueError, match="No handler for the scheduled"):
        worker({}, schedules=(Schedule("audit.checkpoint", timedelta(hours=1)),))


def test_a_worker_told_to_stop_finishes_what_it_has_in_hand(worker: Callable[..., Worker], at: datetime) -> None:
    stop = threading.Event()

    def last(payload: Any, context: JobContext) -> None:
        stop.set()
        leave_a_trace(payload, context)

    put("a", at=at)
    put("a", at=at)
    worker({"a": last}).run_forever(stop)
    assert traces() == 1
