"""Rows of rooms above, made without their commands, for tests of the rooms below: a body and a person."""

from datetime import UTC, datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.organisations.models import Body
from coi.organisations.vocabulary import BodyKind
from coi.people.models import Person
from coi.permissions.vocabulary import system_actor

AT = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SYSTEM = system_actor("cli")


def a_body(slug: str = "northmoor", name: str = "NHS Northmoor ICB") -> Body:
    """A commissioning body with this slug."""
    body = Body(slug=slug, name=name, kind=BodyKind.ICB, area_codes=[])
    db.session.add(body)
    log.record(Event.BODY_ENTERED, subject=body, actor=SYSTEM, at=AT)
    return body


def a_person(name: str = "Ann Example") -> Person:
    """A person with this name."""
    person = Person(name=name, family_name=name.split()[-1], sort_key=name.lower(), recorded_at=AT)
    db.session.add(person)
    log.record(Event.PERSON_ENTERED, subject=person, actor=SYSTEM, at=AT)
    return person
