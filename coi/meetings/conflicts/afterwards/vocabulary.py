"""The words of what comes to light after a meeting. Standard library only."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Judgement(StrEnum):
    """What a person made of a possible breach. Open: nobody has looked at it yet, or something came to it since."""

    OPEN = "open"
    REPORTED = "reported"
    NO_BREACH = "no_breach"


JUDGEMENT_WORDS: Mapping[Judgement, str] = {
    Judgement.OPEN: "To be judged",
    Judgement.REPORTED: "Reported as a suspected breach",
    Judgement.NO_BREACH: "Not a breach",
}


@dataclass(frozen=True)
class Held:
    """An interest as the register says it now. `names` are the names of its organisations, as declared and as known; `organisations`
    their ids; `first_recorded_at` is when the register knew of it first."""

    interest_id: uuid.UUID
    reference: str
    name: str
    nature: str
    arose_on: date | None
    ended_on: date | None
    declared_on: date
    first_recorded_at: datetime
    recorded_at: datetime
    organisations: frozenset[uuid.UUID] = frozenset()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stood:
    """A flag on somebody as it stood when the item was decided."""

    level: str
    interest_id: uuid.UUID | None
    organisations: frozenset[uuid.UUID] = frozenset()
    is_dismissed: bool = False


@dataclass(frozen=True)
class Said:
    """What somebody declared at a meeting: an entry of the register, or in words something new, about one item or about none."""

    text: str
    interest_id: uuid.UUID | None = None
    is_about_the_item: bool = False


@dataclass(frozen=True)
class Decided:
    """A decision that somebody was there for."""

    position: int
    title: str
    held_on: date
    decided_at: datetime
    voted: bool = False


@dataclass(frozen=True)
class Resting:
    """What a possible breach rests on, of one interest: what the register says or said of it, and how it leads to the item, in words."""

    role: str
    nature: str
    since: str
    level: str
    path: str
