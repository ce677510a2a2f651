"""The words of prompts from outside: what lists say, what they make one ask a member, what the member answers. Pure."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from coi.people.vocabulary import PersonDetails


class PromptKind(StrEnum):
    """What a question to a member is about."""

    OFFICER = "officer"  # a list names somebody of this name with an organisation
    AWARD = "award"  # a supplier was awarded a contract in which an interest ended, or to which a declared organisation is tied
    CLOSED = "closed"  # an entry names an organisation that closed or merged


class QuestionState(StrEnum):
    """Where a question to a member stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    SET_ASIDE = "set_aside"  # never asked: whoever ran the list saw no use in it
    WITHDRAWN = "withdrawn"  # asked, and taken back


class Answer(StrEnum):
    """What a member answers."""

    WILL_DECLARE = "will_declare"
    NOTHING_NEW = "nothing_new"
    ENDED = "ended"
    NOT_ME = "not_me"


STATE_WORDS: Mapping[QuestionState, str] = {
    QuestionState.ASKED: "Asked, not answered yet",
    QuestionState.ANSWERED: "Answered",
    QuestionState.SET_ASIDE: "Set aside",
    QuestionState.WITHDRAWN: "Withdrawn",
}
ANSWER_WORDS: Mapping[PromptKind, Mapping[Answer, str]] = {
    PromptKind.OFFICER: {
        Answer.WILL_DECLARE: "Yes, and I will declare it",
        Answer.NOTHING_NEW: "Yes, but it is declared already or does not need declaring",
        Answer.ENDED: "It was me, and it has ended",
        Answer.NOT_ME: "No, that is not me",
    },
    PromptKind.AWARD: {
        Answer.ENDED: "I had an interest in it, and it has ended",
        Answer.WILL_DECLARE: "I have an interest in it, and I will declare it",
        Answer.NOTHING_NEW: "I have none, or none that needs declaring. I will explain",
    },
    PromptKind.CLOSED: {
        Answer.WILL_DECLARE: "It has gone over or changed, and I will put the entry right",
        Answer.ENDED: "It has ended",
        Answer.NOTHING_NEW: "The entry is right as it stands",
    },
}
"""The answers to each kind of question, in the order of the page."""


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
    skipped: int = 0
    """Entries without a name or without an organisation."""
    skipped_rows: tuple[int, ...] = ()
    """The rows of these in a table, as its program numbers them."""
    unread: tuple[str, ...] = ()
    """Headings of columns that were not read."""
    doubted: tuple[str, ...] = ()
    """Cells that hold no day or no company number, in words, each with its row and its column."""


@dataclass(frozen=True)
class Tie:
    """An organisation to which a declared one is tied today, and how, in words: "Elm Surgery is a shareholder in Elm Care Ltd"."""

    organisation: str
    words: str


@dataclass(frozen=True)
class Declared:
    """An interest that stands or has ended, as far as it matters here. `successors` are those of an organisation that has closed; `ties`
    lead to others."""

    reference: str
    organisation: str
    postcode: str = ""
    ended_on: date | None = None
    closed_on: date | None = None
    has_closed: bool = False
    successors: tuple[str, ...] = ()
    interest_id: uuid.UUID | None = None
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True)
class Member:
    """Somebody at a body, with what they declared."""

    name: str
    who: PersonDetails
    interests: tuple[Declared, ...] = field(default=())
    id: uuid.UUID | None = None


@dataclass(frozen=True)
class About:
    """What a question is about, as far as it is compared later: with which organisation, in which role, since and until when, the month
    of birth where the list gives one, and the interest on the register that made one ask."""

    kind: PromptKind
    organisation: str
    number: str = ""
    role: str = ""
    since: date | None = None
    until: date | None = None
    born: str = ""
    interest_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Prompt:
    """A question to a member, and why it is asked. `is_weak`: little but a name speaks for it."""

    name: str
    question: str
    why: str
    about: About
    is_weak: bool = False
    person_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Source:
    """Which list made one ask: what it is, and its day."""

    name: str
    on: date


@dataclass(frozen=True)
class AnswerDetails:
    """What a member answers to a question: `words` where it is declared already, `ended_on` where it has ended."""

    answer: Answer
    words: str = ""
    ended_on: date | None = None


@dataclass(frozen=True)
class Numbers:
    """How many questions wait for somebody to answer them, and how many answers for them to note."""

    open: int
    to_note: int
