"""The people of an import: those who are known, and those who are entered with it. Only the writers of this room use it."""

import uuid
from collections.abc import Iterable
from dataclasses import replace

from coi.database import db
from coi.people import rules as people_rules
from coi.people.models import Appointment, Person
from coi.registers.importing import queries
from coi.registers.importing.taking import Taking
from coi.registers.importing.vocabulary import Holder

POST_UNKNOWN = "Post not stated in the register"


class People:
    """Whoever rows are about, each entered once. Everything is added to the session; nothing is recorded or committed here."""

    def __init__(self, taking: Taking, holders: Iterable[Holder]) -> None:
        self._taking = taking
        self.known = queries.persons({uuid.UUID(each.person_id) for each in holders if each.person_id})
        self.by_key: dict[str, Person] = {}  # by the key of the name in the file

    def of(self, holder: Holder) -> Person:
        if holder.key not in self.by_key:
            known = self.known.get(uuid.UUID(holder.person_id)) if holder.person_id else None
            self.by_key[holder.key] = known or self._new_person(holder)
            if known is None or not holder.is_here:
                self._appoint(self.by_key[holder.key], holder)
        return self.by_key[holder.key]

    def _new_person(self, holder: Holder) -> Person:
        who = replace(holder.who, namesake_confirmed=True)
        person = Person(
            id=uuid.uuid4(), title=who.title, given_names=who.given_names, family_name=who.family_name, email=who.email,
            name=people_rules.shown_name(who), sort_key=people_rules.sort_key(who), initials=people_rules.initials_of(who),
            entered_by_id=self._taking.body_id, recorded_at=self._taking.at,
        )  # fmt: skip
        db.session.add(person)
        return person

    def _appoint(self, person: Person, holder: Holder) -> None:
        """Their post at the body, known from the day of the register on: without one they would stand on no register."""
        db.session.add(
            Appointment(
                id=uuid.uuid4(), person_id=person.id, body_id=self._taking.body_id, post=holder.position or POST_UNKNOWN,
                valid_from=self._taking.as_at, recorded_at=self._taking.at,
            )
        )  # fmt: skip
