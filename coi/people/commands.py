"""Writing about people: who they are and which posts they hold."""

import uuid
from datetime import date, datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.organisations.models import Body
from coi.people import queries, rules
from coi.people.models import Appointment, Person
from coi.people.vocabulary import AppointmentDetails, PersonDetails
from coi.permissions.vocabulary import Actor


def enter_person(details: PersonDetails, *, body_id: uuid.UUID | None = None, actor: Actor, at: datetime) -> Person:
    """Enters a person, for a body, whose they are until they hold a post, a seat or a role somewhere. Raises RuleBroken without a name,
    and where somebody of that name is known, unless it is confirmed that this is another person."""
    _allow(rules.may_enter_person(details))
    _refuse_namesake(details)
    person = Person(id=uuid.uuid4(), entered_by_id=body_id, recorded_at=at)
    _take(person, details)
    db.session.add(person)
    log.record(Event.PERSON_ENTERED, subject=person, actor=actor, at=at)
    return person


def change_person(
    person: Person, details: PersonDetails, *, seen_version: int | None = None, actor: Actor, at: datetime
) -> Person:
    """Changes a person's names or address. Raises EditConflict where somebody changed them since `seen_version` was read."""
    if seen_version is not None and seen_version != person.version:
        raise EditConflict(person.name, theirs=_labelled(_details_of(person)), yours=_labelled(details))
    _allow(rules.may_enter_person(details))
    if rules.sort_key(details) != person.sort_key:
        _refuse_namesake(details, but=person.id)
    _take(person, details)
    log.record(Event.PERSON_CHANGED, subject=person, actor=actor, at=at)
    return person


def appoint(person: Person, body: Body, details: AppointmentDetails, *, actor: Actor, at: datetime) -> Appointment:
    """Enters that a person holds a post at a body. Raises RuleBroken for impossible dates, and where they hold that very post
    already on one of the days."""
    _allow(rules.may_appoint(details))
    span = (details.valid_from, details.valid_to)
    for held in person.appointments:
        same = held.body_id == body.id and held.post.casefold() == details.post.casefold()
        if same and rules.overlap(span, (held.valid_from, held.valid_to)):
            raise RuleBroken(
                f"{person.name} is {held.post} already on these days. Enter other dates", field="valid_from"
            )
    appointment = Appointment(
        id=uuid.uuid4(),
        person=person,
        body_id=body.id,
        post=details.post,
        valid_from=details.valid_from,
        valid_to=details.valid_to,
        recorded_at=at,
    )
    db.session.add(appointment)
    log.record(Event.APPOINTMENT_ENTERED, subject=appointment, actor=actor, at=at, body_id=body.id)
    return appointment


def appoint_from_elsewhere(
    who: PersonDetails, body: Body, details: AppointmentDetails, *, actor: Actor, at: datetime
) -> Appointment:
    """Enters a post at a body for somebody who is known at another one: what they declared there is on the register of both. Raises
    RuleBroken where nobody is known by this name and this address. Rule: REG-07; declared once."""
    known = queries.known_elsewhere(rules.sort_key(who), who.email, body.id)
    if known is None:
        raise RuleBroken("Nobody of this name and this address is known at another body", field="email")
    return appoint(known, body, details, actor=actor, at=at)


def end_appointment(appointment: Appointment, on: date, *, actor: Actor, at: datetime) -> Appointment:
    """Enters the last day of a post as a new version of it, and returns that. Raises RuleBroken for a day before the first, EditConflict
    where somebody entered another version since `appointment` was read."""
    if on < appointment.valid_from:
        raise RuleBroken("The last day must be the same as or after the first day", field="valid_to")
    newest, person = queries.newest_version(appointment), appointment.person
    if newest is not appointment:
        theirs = {"Last day": newest.valid_to.isoformat() if newest.valid_to else ""}
        raise EditConflict(f"The post of {person.name}", theirs=theirs, yours={"Last day": on.isoformat()})
    appointment.replaced_at = at
    ended = Appointment(
        id=uuid.uuid4(), person_id=person.id, body_id=appointment.body_id, post=appointment.post,
        valid_from=appointment.valid_from, valid_to=on, recorded_at=at, replaces_id=appointment.id,
    )  # fmt: skip
    db.session.add(ended)
    log.record(Event.APPOINTMENT_ENDED, subject=ended, actor=actor, at=at, body_id=ended.body_id)
    db.session.expire(person, ["appointments"])  # the list holds what stands
    return ended


def _allow(verdict: rules.Verdict) -> None:
    if not verdict:
        raise RuleBroken(verdict.reason, field=verdict.field)


def _refuse_namesake(details: PersonDetails, *, but: uuid.UUID | None = None) -> None:
    known = queries.namesakes(rules.sort_key(details), but=but)
    email = details.email.strip().lower()
    if details.namesake_confirmed and any(each.email == email for each in known if email):
        raise RuleBroken("Somebody of this name has this address. For another person, enter theirs", field="email")
    if known and not details.namesake_confirmed:
        raise RuleBroken(
            f"There is already a {known[0].name}. Confirm that this is another person, or use the one who is there. "
            "If they are known at another body, enter the email address that they gave there",
            field="namesake_confirmed",
        )


def _take(person: Person, details: PersonDetails) -> None:
    person.title, person.email = details.title, details.email
    person.given_names, person.family_name = details.given_names, details.family_name
    person.name, person.sort_key = rules.shown_name(details), rules.sort_key(details)
    person.initials = details.initials or rules.initials_of(details)


def _details_of(person: Person) -> PersonDetails:
    return PersonDetails(
        given_names=person.given_names, family_name=person.family_name, title=person.title, email=person.email,
        initials=person.initials,
    )  # fmt: skip


def _labelled(details: PersonDetails) -> dict[str, str]:
    return {
        "Title": details.title,
        "Given names": details.given_names,
        "Family name": details.family_name,
        "Initials": details.initials,
        "Email address": details.email,
    }
