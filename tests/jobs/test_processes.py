"""Three workers in three processes, one of them killed in the middle of a job: nothing is lost and nothing is done twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from coi import clock
from coi.database import db, reading_only
from coi.jobs.commands import enqueue
from coi.jobs.models import Job
from coi.jobs.vocabulary import JobStatus
from coi.permissions.vocabulary import system_actor

JOBS = 40
REPOSITORY = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).with_name("worker_process.py")


@pytest.fixture
def processes(app: Flask) -> Iterator[list[subprocess.Popen[bytes]]]:
    url = db.engine.url.render_as_string(hide_password=False)
    there = [
        subprocess.Popen([sys.executable, PROGRAM, url], stdin=subprocess.PIPE, cwd=REPOSITORY, env=_environment())
        for _number in range(3)
    ]
    yield there
    for process in there:
        process.stdin.close()  # type: ignore[union-attr]
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY)}


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 90
    while not is_so():
        assert time.monotonic() < until, "the workers did not get there"
        time.sleep(0.1)


def unfinished() -> int:
    with reading_only():
        count = db.session.scalar(
            sa.select(sa.func.count()).where(
                Job.kind != "trace", Job.status.in_((JobStatus.WAITING, JobStatus.RUNNING))
            )
        )
        db.session.rollback()
    return count or 0


def test_a_worker_killed_in_the_middle_of_a_job_loses_nothing_and_doubles_nothing(
    app: Flask, processes: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    said = tmp_path / "pid"
    system, at = system_actor("cli"), clock.now()
    for number in range(JOBS):
        kind = "deadly" if number == JOBS // 2 else "work"
        enqueue(kind, {"number": number, "say": str(said)}, actor=system, at=at)
    for _again in range(5):
        enqueue("work", {"number": JOBS}, actor=system, at=at, unique_key="daily", runs_once=True)
    db.session.commit()

    wait_until(lambda: said.exists() and said.read_text() != "")
    os.kill(int(said.read_text()), signal.SIGKILL)
    wait_until(lambda: unfinished() == 0)

    done = db.session.scalars(sa.select(Job).where(Job.kind != "trace")).all()
    traces = Counter(job.payload["number"] for job in db.session.scalars(sa.select(Job).where(Job.kind == "trace")))
    assert {job.status for job in done} == {JobStatus.DONE}
    assert [job.attempts for job in done if job.kind == "deadly"] == [2]
    assert traces == Counter(range(JOBS + 1))
    assert [process.poll() for process in processes].count(-signal.SIGKILL) == 1
