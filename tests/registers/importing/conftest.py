"""A body with a secretary who imports its registers, on a day of its own."""

import pytest
from flask import Flask

from coi import clock
from coi.database import db
from coi.organisations.models import Body
from coi.permissions.vocabulary import Role
from tests.factories.accounts import account_with
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment
from tests.registers.importing.by_browser import AT, SECRETARY
from tests.support.client import StrictClient


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def body(app: Flask, today: None) -> Body:
    made = a_body()
    an_organisation("Quillbrook Surgery", code="Z99001")
    person = a_person("Mrs Sue Secretary")
    an_appointment(person, made, "Committee secretary")
    account_with(person.id, SECRETARY, [Role.SECRETARY], made.id)
    db.session.commit()
    return made


@pytest.fixture
def secretary(client: StrictClient, body: Body) -> StrictClient:
    return client.as_(SECRETARY)
