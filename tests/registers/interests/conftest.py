"""A GP with an account, who declares."""

import pytest

from coi.database import db
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import Role
from tests.factories.accounts import account_with
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient

GP = "gp@example.nhs.uk"


@pytest.fixture
def gp(body: Body) -> Person:
    person = a_person("Dr Ama Boateng")
    an_appointment(person, body)
    account_with(person.id, GP, [Role.DECLARANT], body.id)
    return person


@pytest.fixture
def as_gp(client: StrictClient, gp: Person) -> StrictClient:
    """A browser, signed in as the GP."""
    db.session.commit()
    return client.as_(GP)
