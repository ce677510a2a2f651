"""Telling those who were to come that their meeting was called off: who they are, and the mails. One mail for each person, once."""

import uuid
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.models import Meeting
from coi.meetings.queries import hold
from coi.notifications.commands import queue_message
from coi.notifications.queries import keys_in_use
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.wording import and_list, day

_MAIL = """Dear {name},

{meeting} on {day} was called off. You do not need to come, and you do not need to answer anything about it.

Its items go to the next agenda of the committee.
If you did not expect this mail, write to {contact}."""
"""It gives no reason: that stands on the page of the meeting, for those who may read it."""


@dataclass(frozen=True)
class ToTell:
    """Who was to come to a meeting that was called off: those who can be told, those who were, and the names of those without an
    address."""

    waiting: tuple[Person, ...]
    told: tuple[Person, ...]
    without_address: tuple[str, ...]

    @property
    def names_without_address(self) -> str:
        return and_list(self.without_address)


def people_to_tell(meeting: Meeting, *, known_at: datetime) -> ToTell:
    """Returns who was expected at a meeting that was called off, by name, and whether they were told. Who sent apologies knew of it too."""
    ids = conflicts_at(meeting, known_at=known_at, items=[]).people.keys()
    people = list(db.session.scalars(sa.select(Person).where(Person.id.in_(ids)).order_by(Person.sort_key, Person.id)))
    used = keys_in_use(_key(meeting, each.id) for each in people)
    with_address = [each for each in people if each.email]
    return ToTell(
        tuple(each for each in with_address if _key(meeting, each.id) not in used),
        tuple(each for each in with_address if _key(meeting, each.id) in used),
        tuple(each.name for each in people if not each.email),
    )


def tell_of_calling_off(meeting: Meeting, body: Body, *, actor: Actor, at: datetime) -> int:
    """Tells everybody who was expected, and was not told yet, that a meeting was called off: one mail for each. Returns how many. Raises
    RuleBroken where the meeting was not called off, or nobody is left to tell."""
    hold(meeting)
    if not meeting.called_off_at:
        raise RuleBroken("The meeting was not called off")
    people = people_to_tell(meeting, known_at=at).waiting
    if not people:
        raise RuleBroken("Everybody with an email address was told already")
    on, contact = day(meeting.held_on), body.contact or body.name
    for each in people:
        text = _MAIL.format(name=each.name, meeting=meeting.title, day=on, contact=contact)
        key = _key(meeting, each.id)
        queue_message(each.email, f"Called off: the meeting on {on}", text, at=at, unique_key=key)
    told = {"told": [str(each.id) for each in people]}
    log.record(Event.CALLING_OFF_TOLD, subject=meeting, actor=actor, at=at, body_id=meeting.body_id, note=told)
    return len(people)


def _key(meeting: Meeting, person_id: uuid.UUID) -> str:
    return f"called-off:{meeting.id}:{person_id}"
