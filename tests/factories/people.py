"""People and posts for tests, all invented, made by the commands that make them in the product."""

from datetime import UTC, date, datetime

from coi.organisations.models import Body
from coi.people import commands
from coi.people.models import Appointment, Person
from coi.people.vocabulary import AppointmentDetails, PersonDetails
from coi.permissions.vocabulary import system_actor

AT = datetime(2026, 4, 1, 8, 30, tzinfo=UTC)
SYSTEM = system_actor("cli")
TITLES = {"Dr", "Mr", "Mrs", "Ms", "Prof", "Cllr"}


def a_person(name: str = "Dr Ama Boateng", *, email: str = "") -> Person:
    """A person. Of `name`, a leading title is the title, the last word the family name, the rest the given names."""
    words = name.split()
    title = words.pop(0) if words[0] in TITLES else ""
    details = PersonDetails(
        given_names=" ".join(words[:-1]), family_name=words[-1], title=title, email=email, namesake_confirmed=True
    )
    return commands.enter_person(details, actor=SYSTEM, at=AT)


def an_appointment(
    person: Person,
    body: Body,
    post: str = "GP partner member",
    *,
    valid_from: date = date(2023, 4, 1),
    valid_to: date | None = None,
) -> Appointment:
    """A post at a body."""
    return commands.appoint(person, body, AppointmentDetails(post, valid_from, valid_to), actor=SYSTEM, at=AT)
