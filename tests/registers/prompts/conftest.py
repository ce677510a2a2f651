"""A body that asks, and somebody who is asked."""

import pytest

from coi.organisations.models import Body
from coi.people.models import Person
from tests.factories.people import a_person, an_appointment


@pytest.fixture
def ama(body: Body) -> Person:
    person = a_person("Dr Ama Boateng", email="ama@practice.example")
    an_appointment(person, body)
    return person
