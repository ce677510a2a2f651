"""Who may see a job."""

import uuid
from datetime import datetime

import pytest
from flask import Flask

from coi.errors import NotFound
from coi.jobs import queries
from coi.jobs.commands import enqueue
from coi.permissions.vocabulary import NOBODY, Actor, system_actor

SIAN = Actor(name="Siân", account_id=uuid.UUID(int=1))
OLA = Actor(name="Ola", account_id=uuid.UUID(int=2))


def test_a_job_is_seen_by_who_asked_for_it(app: Flask, at: datetime) -> None:
    job = enqueue("a", {}, actor=SIAN, at=at)
    assert queries.job(job.id, SIAN) is job


@pytest.mark.parametrize("actor", [OLA, NOBODY, system_actor("job")])
def test_a_job_of_somebody_else_is_not_there(app: Flask, at: datetime, actor: Actor) -> None:
    for asked_by in (SIAN, system_actor("job")):
        job = enqueue("a", {}, actor=asked_by, at=at)
        with pytest.raises(NotFound):
            queries.job(job.id, actor)


def test_a_job_that_never_was_is_not_there(app: Flask) -> None:
    with pytest.raises(NotFound):
        queries.job(uuid.uuid4(), SIAN)
