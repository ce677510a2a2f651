"""What the steps of the demo pass on to each other: who is who, by the keys that the data use."""

import uuid
from dataclasses import dataclass, field

from coi.accounts.queries import account_of_person, actor_for
from coi.cli.demo.days import Days
from coi.committees.models import Committee
from coi.organisations.models import Body, Organisation
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, system_actor
from coi.registers.interests.models import Interest

SYSTEM = system_actor("cli")


@dataclass
class Scene:
    """The demo as far as it is told."""

    days: Days
    body: Body
    committee: Committee
    people: dict[str, Person]
    second: Committee  # that meets in common with the first
    organisations: dict[str, Organisation] = field(default_factory=dict)
    interests: dict[tuple[str, str], Interest] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    site: str = "https://coi.example"  # what the addresses in its mails begin with

    def actor(self, key: str) -> Actor:
        """Returns one of the people as they act when signed in."""
        if key not in self.actors:
            self.actors[key] = actor_for(account_of_person(self.people[key].id), self.days.last)
        return self.actors[key]

    def person_id(self, key: str) -> uuid.UUID:
        return self.people[key].id

    def organisation_id(self, key: str) -> uuid.UUID | None:
        """Returns the organisation that the data call `key`; None where those are somebody's own words."""
        found = self.organisations.get(key)
        return None if found is None else found.id

    def organisation_name(self, key: str) -> str:
        found = self.organisations.get(key)
        return key if found is None else found.name
