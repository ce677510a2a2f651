"""Reminders from the command line: said before they are sent, sent once, and by the worker each day too."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi import clock
from coi.cli.reminders import send
from coi.database import db
from coi.notifications.models import OutboxMessage
from coi.permissions.vocabulary import system_actor
from coi.registers.chasing import commands
from coi.registers.chasing.vocabulary import PlanDetails
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment


@pytest.fixture
def owing(app: Flask) -> None:
    body = a_body()
    commands.change_plan(body, PlanDetails(is_on=True), seen=0, actor=system_actor("cli"), at=clock.now())
    person = a_person("Dr Missing One", email="one@practice.example")
    an_appointment(person, body, valid_from=clock.today() - timedelta(days=100))
    db.session.commit()


def mails() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) or 0


def test_a_dry_run_says_who_and_sends_nothing_and_a_second_run_sends_none_again(app: Flask, owing: None) -> None:
    run = app.test_cli_runner().invoke
    assert "Dr Missing One <one@practice.example>" in run(send, ["--dry-run"]).output
    assert mails() == 0
    told = json.loads(run(send, ["--json"]).output)
    assert [each["name"] for each in told["reminded"]] == ["Dr Missing One"]
    assert mails() == 1
    assert "0 people were reminded" in run(send, []).output
    assert mails() == 1


def test_the_worker_sends_them_by_itself(app: Flask, owing: None) -> None:
    worker = app.extensions["coi.worker"]()
    while worker.run_once():
        pass
    assert mails() == 1
