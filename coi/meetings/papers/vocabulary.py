"""The words of papers: details, the rulings that count for them, a verdict, a reading. Standard library only."""

import uuid
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PaperDetails:
    """A paper as it is handed in: its title, the name of its file as sent, and who wrote it, where somebody said so."""

    title: str
    file_name: str
    author_id: uuid.UUID | None = None


@dataclass(frozen=True)
class RuledOn:
    """What a committee ruled on a person and an item. A higher number replaces a lower one of the same committee."""

    person_id: uuid.UUID
    committee_id: uuid.UUID
    number: int
    actions: tuple[str, ...]


@dataclass(frozen=True)
class PapersVerdict:
    """Whether somebody may have the papers of an item, and why."""

    allowed: bool
    reason: str = ""


@dataclass(frozen=True)
class Reading:
    """When somebody first opened a paper, from the access log."""

    person_id: uuid.UUID
    name: str
    number: str
    at: datetime
