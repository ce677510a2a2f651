"""The words of scrutiny: the story that is told of an item, the items to look at. Standard library only."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Line:
    """One thing that happened. `at` None: the time was not recorded; `by` who recorded it; `seq` the ledger entry that proves it.
    `recorded_at`: when that was, where it was much later; `as_recorded`: `at` is when it was recorded, and it came before what follows.
    `is_gap`: it is said that nothing was recorded. `path`: the way from a person to the item, for a picture."""

    sentence: str
    at: datetime | None = None
    by: str = ""
    seq: int | None = None
    details: tuple[str, ...] = ()
    is_gap: bool = False
    path: tuple[str, ...] = ()
    recorded_at: datetime | None = None
    as_recorded: bool = False


@dataclass(frozen=True)
class Chapter:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Answer:
    """A question of the lay member, the answer in a sentence, and what it rests on."""

    question: str
    sentence: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    answers: tuple[Answer, ...]
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class ReviewItem:
    """A decided item with conflicts, for whoever looks at it afterwards."""

    item_id: uuid.UUID
    title: str
    reference: str
    meeting_title: str
    held_on: date
    decided_at: datetime
    people: int
    is_irregular: bool
