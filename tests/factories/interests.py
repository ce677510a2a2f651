"""Interests for tests, all invented, made by the commands that make them in the product."""

import uuid
from datetime import UTC, date, datetime

from coi.organisations.models import Organisation
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, system_actor
from coi.registers.interests import commands, queries
from coi.registers.interests.models import Declaration, Interest
from coi.registers.interests.vocabulary import (
    Directness,
    InterestDetails,
    InterestRole,
    InterestType,
    NamedOrganisation,
    NilDetails,
    Via,
)

AT = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
SYSTEM = system_actor("cli")


def details_of(
    organisation: Organisation | str | None = "Larkfield Surgery",
    *,
    kind: InterestType = InterestType.FINANCIAL,
    role: InterestRole = InterestRole.PARTNER,
    nature: str = "Partner in the practice",
    via: Via | None = None,
    arose_on: date | None = date(2026, 5, 20),
    aware_on: date | None = None,
    ended_on: date | None = None,
    is_pursuing: bool = False,
    keep_private_because: str = "",
) -> InterestDetails:
    """An interest as somebody declares it; through a relation where `via` says so, in no organisation
    where it is None."""
    named = ()
    if organisation is not None:
        is_words = isinstance(organisation, str)
        named = (
            NamedOrganisation(organisation) if is_words else NamedOrganisation(organisation.name, organisation.id),
        )
    return InterestDetails(
        type=kind, directness=Directness.INDIRECT if via else Directness.DIRECT, role=role, nature=nature, organisations=named,
        arose_on=arose_on, ended_on=ended_on, aware_on=aware_on, via=via, is_pursuing=is_pursuing,
        keep_private_because=keep_private_because, has_no_organisation=organisation is None,
    )  # fmt: skip


def an_interest(
    person: Person,
    details: InterestDetails | None = None,
    *,
    actor: Actor = SYSTEM,
    at: datetime = AT,
    declared_on: date | None = None,
    body_id: uuid.UUID | None = None,
) -> Interest:
    """An interest on the register."""
    declaration = commands.declare_interests(
        person, [details or details_of()], actor=actor, at=at, declared_on=declared_on, body_id=body_id
    )
    _, versions = queries.declaration_of(declaration.id)
    return versions[0].interest


def a_nil_return(person: Person, *, at: datetime = AT, declared_on: date | None = None) -> Declaration:
    """Somebody with nothing to declare."""
    said = NilDetails("I have nothing to declare")
    return commands.make_nil_return(person, said, actor=SYSTEM, at=at, declared_on=declared_on)


def actor_of(person: Person) -> Actor:
    """The person as an actor without an account, for commands."""
    return Actor(name=person.name, person_id=person.id)
