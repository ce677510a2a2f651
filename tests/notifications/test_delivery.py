"""Delivery by a real SMTP server: sent once, tried again, refused, or kept where there is none."""

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from flask import Flask

from coi.config import Config
from coi.database import db
from coi.errors import BadInput
from coi.jobs.commands import enqueue
from coi.jobs.worker import Worker
from coi.notifications import queries
from coi.notifications.commands import ATTEMPTS, CATCH_UP, DELIVER, SYSTEM, deliver_again, queue_message
from coi.notifications.delivery import NotDelivered, as_eml, as_mail, catching_up, delivery, send
from coi.notifications.models import OutboxMessage
from coi.notifications.rules import mail_server
from coi.notifications.vocabulary import MessageStatus
from tests.notifications.mail_servers import Postman, certificate, free_port, running

TO = "sian@practice.example"
SENDER = "register@icb.example"
HOUR = timedelta(hours=1)


@pytest.fixture
def postman() -> Iterator[Postman]:
    with running(Postman()) as there:
        yield there


@pytest.fixture
def post(app: Flask, at: datetime) -> Callable[..., OutboxMessage]:
    """Queues a message, lets the worker run `rounds` times an hour apart, and returns the message as it then is."""

    def run(port: int | None, *, rounds: int = 1) -> OutboxMessage:
        message = queue_message(
            TO, "Papers for 14 November – Siân", "The papers are ready.\n.\nŁ", at=at, unique_key="a"
        )
        message_id = message.id if message else uuid.UUID(int=0)
        db.session.commit()
        for number in range(rounds):
            now = at + number * HOUR
            worker_for(port, now).run_once()
        return detached(message_id)

    return run


def detached(message_id: uuid.UUID) -> OutboxMessage:
    """The message as it is now; on SQLite a transaction left open would keep the worker waiting."""
    db.session.rollback()
    message = queries.message(message_id)
    db.session.expunge(message)
    db.session.rollback()
    return message


def worker_for(port: int | None, now: datetime) -> Worker:
    config = Config(smtp_url=f"smtp://127.0.0.1:{port}" if port else "", mail_from=SENDER)
    return Worker({DELIVER: delivery(config), CATCH_UP: catching_up(config)}, lambda _id: None, now=lambda: now)


def test_a_message_is_sent_to_its_one_address(
    post: Callable[..., OutboxMessage], postman: Postman, at: datetime
) -> None:
    message = post(postman.port)
    assert (message.status, message.sent_at, message.attempts) == (MessageStatus.SENT, at, 1)
    ((recipients, mail),) = postman.taken
    assert recipients == [TO]
    assert (mail["To"], mail["From"], mail["Cc"], mail["Bcc"]) == (TO, SENDER, None, None)
    assert mail["Subject"] == "Papers for 14 November – Siân"
    assert mail.get_content().splitlines() == ["The papers are ready.", ".", "Ł"]


def test_a_message_is_sent_once_however_often_the_worker_runs(
    post: Callable[..., OutboxMessage], postman: Postman
) -> None:
    post(postman.port, rounds=3)
    assert len(postman.taken) == 1


def test_a_refused_address_fails_at_once_and_says_why(post: Callable[..., OutboxMessage], postman: Postman) -> None:
    postman.answers[TO] = "550 no such person"
    message = post(postman.port, rounds=2)
    assert (message.status, message.attempts) == (MessageStatus.FAILED, 1)
    assert message.last_error == "The mail server did not accept the address (error 550)"


def test_an_address_to_be_tried_later_waits_and_is_then_sent(
    post: Callable[..., OutboxMessage], postman: Postman
) -> None:
    postman.answers[TO] = "451 come back later"
    message = post(postman.port)
    assert (message.status, message.last_error) == (
        MessageStatus.WAITING,
        "The mail server did not accept the address yet (error 451)",
    )
    postman.answers.clear()
    worker_for(postman.port, message.created_at + HOUR).run_once()
    message = detached(message.id)
    assert (message.status, message.last_error, message.attempts) == (MessageStatus.SENT, None, 2)


def test_a_message_that_the_server_will_never_take_fails(post: Callable[..., OutboxMessage], postman: Postman) -> None:
    postman.after_data = "554 no"
    assert post(postman.port).last_error == "The mail server did not accept the message (error 554)"


def test_a_dead_server_loses_nothing(post: Callable[..., OutboxMessage], postman: Postman) -> None:
    message = post(free_port(), rounds=3)
    assert (message.status, message.attempts) == (MessageStatus.WAITING, 3)
    assert message.last_error == "The mail server could not be reached"
    worker_for(postman.port, message.created_at + 3 * HOUR).run_once()
    assert len(postman.taken) == 1


def test_a_server_that_stays_dead_is_given_up_after_days(post: Callable[..., OutboxMessage]) -> None:
    message = post(free_port(), rounds=ATTEMPTS + 1)
    assert (message.status, message.attempts) == (MessageStatus.FAILED, ATTEMPTS)


def test_without_a_mail_server_the_message_stays_and_can_be_sent_when_there_is_one(
    post: Callable[..., OutboxMessage], postman: Postman, at: datetime
) -> None:
    message = post(None)
    assert (message.status, message.attempts) == (MessageStatus.WAITING, 0)
    deliver_again(queries.message(message.id), at=at)
    db.session.commit()
    worker_for(postman.port, at).run_once()
    assert len(postman.taken) == 1


def test_two_people_who_share_an_address_get_a_link_each_however_late(app: Flask, at: datetime) -> None:
    for number in range(2):
        later = at + timedelta(minutes=number)
        queue_message(
            TO,
            "Your link",
            f"/{number}",
            at=later,
            unique_key=f"l{number}",
            secret=f"/{number}",
            secret_of=f"l{number}",
        )
        queue_message(TO, "Reminder", "See", at=later, unique_key=f"r{number}")
    found = queries.never_tried(at - HOUR, at + HOUR)
    assert sorted(each.unique_key for each in found) == ["l0", "l1", "r1"]


def test_a_message_can_be_kept_as_a_file(app: Flask, at: datetime) -> None:
    message = queue_message(TO, "Papers – Ł", "See the papers.\n", at=at, unique_key="a")
    assert message is not None
    mail = message_from_bytes(as_eml(message, sender=SENDER), policy=policy.default)
    assert (mail["To"], mail["Subject"], mail["Date"].datetime) == (TO, "Papers – Ł", at)
    assert b"\r\n" in as_eml(message, sender=SENDER)


def test_a_message_has_the_same_id_each_time_it_is_sent(app: Flask, at: datetime) -> None:
    message = queue_message(TO, "Papers", "See the papers.", at=at, unique_key="a")
    assert message is not None
    assert as_mail(message, sender=SENDER)["Message-ID"] == f"<{message.id}@icb.example>"


def test_a_header_cannot_be_smuggled_past_the_outbox() -> None:
    message = OutboxMessage(id=uuid.uuid4(), to_address=TO, subject="Papers\r\nBcc: x@y.example", text="")
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        as_mail(message, sender=SENDER)


def test_the_password_goes_to_a_trusted_server_only_and_over_tls(
    tmp_path: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = certificate(tmp_path)
    message = OutboxMessage(id=uuid.uuid4(), to_address=TO, subject="Papers", text="See the papers.", created_at=at)
    with running(Postman(), context) as postman:
        server = mail_server(f"smtp://register:right@127.0.0.1:{postman.port}")
        assert server is not None
        with pytest.raises(NotDelivered, match="certificate"):
            send(server, as_mail(message, sender=SENDER))
        assert postman.passwords == []
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        send(server, as_mail(message, sender=SENDER))
        assert (postman.passwords, len(postman.taken)) == ([b"right"], 1)


def test_a_server_elsewhere_that_offers_no_tls_is_not_spoken_to(postman: Postman, at: datetime) -> None:
    message = OutboxMessage(id=uuid.uuid4(), to_address=TO, subject="Papers", text="See the papers.", created_at=at)
    server = mail_server(f"smtp://127.0.0.2:{postman.port}")
    assert server is not None
    assert not server.is_this_machine
    with pytest.raises(NotDelivered, match="does not offer a secure connection"):
        send(server, as_mail(message, sender=SENDER))
    assert postman.taken == []


def test_a_setting_that_cannot_be_read_stops_the_application_from_starting() -> None:
    with pytest.raises(BadInput, match="COI_SMTP_URL"):
        delivery(Config(smtp_url="mail.example"))


def test_what_was_written_without_a_mail_server_goes_out_once_there_is_one_and_only_once(
    app: Flask, postman: Postman, at: datetime
) -> None:
    said = {"old": at - timedelta(days=15), "earlier": at - 2 * HOUR, "again": at - HOUR, "other": at - HOUR}
    for key, when in said.items():
        queue_message(TO, "Declare" if key != "other" else "Papers", key, at=when, unique_key=key)
    db.session.commit()

    def round_at(port: int | None, now: datetime) -> None:
        enqueue(CATCH_UP, {}, actor=SYSTEM, at=now)
        db.session.commit()
        worker = worker_for(port, now)
        while worker.run_once():
            pass

    round_at(None, at)
    assert postman.taken == []
    round_at(postman.port, at + HOUR)
    round_at(postman.port, at + 2 * HOUR)
    assert sorted(mail.get_content().strip() for _to, mail in postman.taken) == ["again", "other"]
