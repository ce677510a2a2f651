"""What an error of the database leaves in the server's log: never the words of a row. On both databases."""

import logging
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from coi import clock
from coi.database import db
from coi.jobs.commands import enqueue
from coi.jobs.models import Job
from coi.jobs.vocabulary import JobContext
from coi.jobs.worker import Worker
from coi.permissions.vocabulary import system_actor

PRIVATE = "Private words\nof a row\n[in lines"


def a_row_without_its_kind(_payload: Any, _context: JobContext) -> None:
    """What the database refuses, with private words beside it."""
    db.session.execute(sa.update(Job).values(progress_words=PRIVATE, kind=None))


def test_a_job_that_the_database_refuses_leaves_no_word_of_the_row_in_the_log(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    enqueue("a", {}, actor=system_actor("cli"), at=clock.now())
    db.session.commit()
    with caplog.at_level(logging.ERROR):
        Worker({"a": a_row_without_its_kind}, lambda _id: None).run_once()
    assert "IntegrityError" in caplog.text
    assert "kind" in caplog.text
    for line in PRIVATE.splitlines():
        assert line not in caplog.text
