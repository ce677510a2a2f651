"""The words of prompts from outside. Standard library only."""

from dataclasses import dataclass, field
from datetime import date

from coi.people.vocabulary import PersonDetails


@dataclass(frozen=True)
class Outsider:
    """Somebody whom a public list names with an organisation: an officer of a company, or the contact of a supplier."""

    who: PersonDetails
    company: str
    number: str = ""
    role: str = ""
    since: date | None = None
    until: date | None = None
    postcode: str = ""
    born: str = ""  # year and month, where the list gives them


@dataclass(frozen=True)
class Award:
    """A contract that was awarded to a supplier."""

    supplier: str
    title: str
    on: date | None = None


@dataclass(frozen=True)
class OutsideFile:
    """What a file from outside holds."""

    people: tuple[Outsider, ...] = ()
    awards: tuple[Award, ...] = ()


@dataclass(frozen=True)
class Declared:
    """An interest that stands or has ended, as far as it matters here. `successors` are those of an organisation that has closed."""

    reference: str
    organisation: str
    postcode: str = ""
    ended_on: date | None = None
    closed_on: date | None = None
    has_closed: bool = False
    successors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Member:
    """Somebody at a body, with what they declared."""

    name: str
    who: PersonDetails
    interests: tuple[Declared, ...] = field(default=())


@dataclass(frozen=True)
class Prompt:
    """A question to a member, and why it is asked. `is_weak`: little but a name speaks for it."""

    name: str
    question: str
    why: str
    is_weak: bool = False
