"""The words of publication: what an edition holds, what a visitor asks, what differs between two editions. Standard library and the
shape of registers only."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from coi.registers.columns import Column, ColumnKind, RegisterShape, Value
from coi.registers.vocabulary import RegisterKind

CURRENT = 2**31 - 1
"""The last edition of an entry that stands in the newest one."""
NO_END = date(9999, 12, 31)
"""The last public day of an entry whose end is not known."""

PUBLICATION_COLUMNS = (
    Column("date_published", "Date first published", ColumnKind.DATE, "The date of the first edition that has the record", is_shown=False),
    Column("first_register", "First edition", ColumnKind.NUMBER, "The number of that edition", is_shown=False),
    Column("last_register", "Latest edition", ColumnKind.NUMBER, "The number of the edition that this file is made from", is_shown=False),
)  # fmt: skip
"""What publication itself knows of a record, in files beside the register's own columns."""


class Change(StrEnum):
    """What happened to a record between two editions."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


CHANGE_WORDS = {Change.ADDED: "New", Change.CHANGED: "Changed", Change.REMOVED: "No longer on the public register"}


class FileKind(StrEnum):
    """The files that are made ahead. The value is the ending."""

    XLSX = "xlsx"
    PDF = "pdf"

    @property
    def purpose(self) -> str:
        """What a stored file of this kind is for."""
        return f"register as {self.value}"


class SortBy(StrEnum):
    """The orders in which a register can be read."""

    NAME = "name"
    SUBJECT = "subject"
    NEWEST = "newest"


@dataclass(frozen=True)
class Entry:
    """A record as an edition has it. `mark` is the digest of what it says."""

    key: str
    sort_key: str
    subject: str
    changed_on: date
    until: date
    mark: str
    content: str
    values: Mapping[str, Value] = field(hash=False, compare=False)
    tokens: frozenset[str] = field(hash=False, compare=False)


@dataclass(frozen=True)
class ShownRow:
    """A record as it is shown today. `mark` says all that differs between two of them, so that what is drawn can be remembered."""

    key: str
    mark: str
    values: Mapping[str, Value] = field(hash=False, compare=False)
    withheld: frozenset[str] = field(default=frozenset(), hash=False, compare=False)

    def is_withheld(self, name: str) -> bool:
        return name in self.withheld


@dataclass(frozen=True)
class LastHeld:
    """The edition that held a record last, its day, and the day of the next, which has it no more; None where there is none yet."""

    number: int
    as_at: date
    left_on: date | None


@dataclass(frozen=True)
class Difference:
    """What happened to one record. The texts are by column heading, as heading, before and after; of a record that left and may not be
    read any more there are none. `remark`: what whoever publishes it is to know, and the public does not read."""

    key: str
    change: Change
    lines: tuple[tuple[str, str, str], ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class Differences:
    """What changed from one edition to the next, or to what would be published. `most` records at most are listed."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    listed: tuple[Difference, ...] = ()

    @property
    def total(self) -> int:
        return self.added + self.changed + self.removed


@dataclass(frozen=True)
class EditionFacts:
    """An edition as pages and files name it."""

    id: uuid.UUID
    kind: RegisterKind
    number: int
    as_at: date
    published_at: datetime
    rows: int
    added: int
    changed: int
    removed: int
    note: str = ""


def headings_of(shape: RegisterShape) -> dict[str, str]:
    """Returns the heading of each column, by name."""
    return {column.name: column.heading for column in shape.columns}
