"""What the public will see of interests that are not sent yet: through the same projection as the public register."""

import uuid
from dataclasses import dataclass
from datetime import date

from coi.people.models import Person
from coi.people.queries import posts_on
from coi.registers.columns import Value
from coi.registers.interests.columns import SHAPE, PublicFacts, PublicOrganisation, public_row
from coi.registers.interests.entries import Entry
from coi.registers.interests.sitting import Sitting
from coi.registers.interests.vocabulary import DeclaredOn
from coi.registers.interests.wording import day


@dataclass(frozen=True)
class Preview:
    """A row of the public register to be, heading and text of each column that says something. `waits`: nothing of it is public before
    the Guardian has decided."""

    title: str
    lines: tuple[tuple[str, str], ...]
    waits: bool


def previews_of(sitting: Sitting, person: Person, body_id: uuid.UUID, on: date) -> list[Preview]:
    """Returns what the public will see of each new or changed interest of a sitting. Rules: REG-02, REG-08."""
    positions = tuple(posts_on([person.id], body_id, on).get(person.id, ()))
    return [_preview(entry, person, positions, on) for entry in sitting.entries]


def _preview(entry: Entry, person: Person, positions: tuple[str, ...], on: date) -> Preview:
    details = entry.details()
    facts = PublicFacts(
        reference="", name=person.name, sort_key=person.sort_key, declared=DeclaredOn(on), positions=positions,
        organisations=tuple(PublicOrganisation(each.text) for each in details.organisations), type=details.type, via=details.via,
        role=details.role, nature=details.nature, arose_on=details.arose_on, ended_on=details.ended_on, is_pursuing=details.is_pursuing,
    )  # fmt: skip
    values = public_row(facts).values
    lines = tuple((column.heading, _words(values[column.name])) for column in SHAPE.columns if column.is_shown)
    told = tuple((heading, text) for heading, text in lines if text)
    return Preview(entry.heading, told, entry.is_kept_private)


def _words(value: Value) -> str:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value) if value else ""
