"""The words of disposal: a record that is due, and what disposing of it reaches."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from coi.registers.vocabulary import RegisterKind

DISPOSED = "Disposed of"
"""What stands in place of the organisation behind a record that was disposed of."""


@dataclass(frozen=True)
class DueRecord:
    """A record whose years of keeping are over: of which register, when it ended, why it is due and since when. `is_own`: it is the
    reader's own, which somebody else disposes of."""

    register: RegisterKind
    id: uuid.UUID
    reference: str
    name: str
    ended_on: date
    is_end_of_post: bool
    why: str
    since: date
    is_own: bool = False


@dataclass(frozen=True)
class HeldFile:
    """A file of an older register that may hold a record: its name (empty: another body's), whose it is, when it was uploaded, and whether
    it was imported. `upload_id`: the upload of this body that nobody imported yet."""

    name: str
    body: str
    at: datetime
    is_imported: bool
    upload_id: uuid.UUID | None = None
