"""Queueing mail: one address, never twice, in the transaction of the change."""

import uuid
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.jobs.models import Job
from coi.notifications import queries
from coi.notifications.commands import DELIVER, deliver_again, queue_message
from coi.notifications.models import OutboxMessage
from coi.notifications.vocabulary import MessageStatus

TO = "sian@practice.example"


def jobs() -> list[Job]:
    return list(db.session.scalars(sa.select(Job).where(Job.kind == DELIVER)))


def test_a_message_is_queued_with_one_delivery(app: Flask, at: datetime) -> None:
    later = at + timedelta(hours=1)
    message = queue_message(
        f" {TO} ", "Papers\r\nBcc: x@y.example", "See the papers.", at=at, unique_key="a", send_after=later
    )
    assert message is not None
    assert (message.to_address, message.subject, message.status) == (
        TO,
        "Papers Bcc: x@y.example",
        MessageStatus.WAITING,
    )
    assert [(job.payload, job.run_at) for job in jobs()] == [({"message_id": str(message.id)}, later)]


def test_the_same_message_is_never_queued_twice(app: Flask, at: datetime) -> None:
    assert queue_message(TO, "Papers", "See the papers.", at=at, unique_key="papers-14-sian") is not None
    assert queue_message(TO, "Papers", "See the papers.", at=at, unique_key="papers-14-sian") is None
    assert (len(jobs()), len(queries.unsent_messages())) == (1, 1)


def test_a_message_to_two_people_is_refused_and_nothing_is_stored(app: Flask, at: datetime) -> None:
    with pytest.raises(RuleBroken, match="Enter one email address"):
        queue_message(f"{TO}, ola@practice.example", "Papers", "See the papers.", at=at, unique_key="a")
    assert (jobs(), queries.unsent_messages()) == ([], [])


def test_a_message_goes_with_the_change_that_it_tells_of(app: Flask, at: datetime) -> None:
    queue_message(TO, "Papers", "See the papers.", at=at, unique_key="a")
    db.session.rollback()
    assert (jobs(), db.session.scalars(sa.select(OutboxMessage)).all()) == ([], [])


def test_a_message_that_failed_can_be_delivered_again_and_one_that_was_sent_cannot(app: Flask, at: datetime) -> None:
    for status, count in ((MessageStatus.FAILED, 1), (MessageStatus.SENT, 0)):
        message = queue_message(TO, "Papers", "See the papers.", at=at, unique_key=status)
        assert message is not None
        message.status = status
        db.session.execute(sa.delete(Job))
        deliver_again(message, at=at)
        assert len(jobs()) == count


def test_a_message_that_never_was_is_not_there(app: Flask) -> None:
    with pytest.raises(NotFound):
        queries.message(uuid.uuid4())
