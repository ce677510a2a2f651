"""A secretary who keeps the register of procurement decisions."""

import pytest

from coi.database import db
from coi.organisations.models import Body
from coi.permissions.vocabulary import Role
from tests.factories.accounts import account_with
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient


@pytest.fixture
def secretary(body: Body, client: StrictClient) -> StrictClient:
    """A browser, signed in as somebody who has a post at the body, too."""
    person = a_person("Ms Sue Scribe")
    an_appointment(person, body, "Secretary")
    account_with(person.id, "secretary@example.nhs.uk", [Role.SECRETARY], body.id)
    db.session.commit()
    return client.as_("secretary@example.nhs.uk")
