"""The words of what people say before a meeting. No database here."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from coi.clock import local
from coi.meetings.conflicts.voices.vocabulary import Answer

NEW = "new"
"""What stands for an interest that is not on the register."""


@dataclass(frozen=True)
class ItemSaid:
    """What somebody says of one item: that they have no interest in it, or which: one on the register, or in their own words."""

    item_id: uuid.UUID
    has_interest: bool
    interest_id: uuid.UUID | None = None
    text: str = ""


@dataclass(frozen=True)
class SaidDetails:
    """All that somebody says before a meeting: whether the register is right about them, of each item that they may see, and whether they
    come, by phone or not; `deputy` is whom they would send instead, in their words. `coming` None: that was not asked."""

    is_register_right: bool
    register_text: str
    items: tuple[ItemSaid, ...]
    coming: Answer | None = None
    deputy: str = ""


@dataclass(frozen=True)
class Said:
    """What somebody said last before a meeting. Of each item, by its id."""

    person_id: uuid.UUID
    said_at: datetime
    is_register_right: bool
    register_text: str
    items: Mapping[uuid.UUID, ItemSaid] = field(hash=False)
    coming: Answer | None = None
    deputy: str = ""


@dataclass(frozen=True)
class Expected:
    """Somebody who is expected at a meeting: whether they have an address, were asked and have answered; `coming` is what is recorded of
    whether they come, whoever said so."""

    person_id: uuid.UUID
    name: str
    email: str
    asked_at: datetime | None
    request_id: uuid.UUID | None
    waits_to_be_sent: bool
    said: Said | None
    asked_again_at: datetime | None = None
    coming: Answer = Answer.SILENT

    @property
    def can_be_asked(self) -> bool:
        return self.asked_at is None and self.said is None and bool(self.email)

    @property
    def is_silent(self) -> bool:
        """Whether they were asked, have not answered, and nobody said that they do not come."""
        return self.asked_at is not None and self.said is None and self.coming is not Answer.APOLOGIES

    def can_be_asked_again(self, on: date) -> bool:
        """Whether they are silent and were not asked on this day already. Rule: MTG-02; RULEBOOK §10.1."""
        last = self.asked_again_at or self.asked_at
        return self.is_silent and bool(self.email) and last is not None and local(last).date() < on
