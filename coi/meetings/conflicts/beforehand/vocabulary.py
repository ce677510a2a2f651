"""The words of what people say before a meeting. Standard library only."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

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
    """All that somebody says before a meeting: whether the register is right about them, and of each item that they may see."""

    is_register_right: bool
    register_text: str
    items: tuple[ItemSaid, ...]


@dataclass(frozen=True)
class Said:
    """What somebody said last before a meeting. Of each item, by its id."""

    person_id: uuid.UUID
    said_at: datetime
    is_register_right: bool
    register_text: str
    items: Mapping[uuid.UUID, ItemSaid] = field(hash=False)


@dataclass(frozen=True)
class Expected:
    """Somebody who is expected at a meeting: whether they have an address, were asked and have answered."""

    person_id: uuid.UUID
    name: str
    email: str
    asked_at: datetime | None
    request_id: uuid.UUID | None
    waits_to_be_sent: bool
    said: Said | None

    @property
    def can_be_asked(self) -> bool:
        return self.asked_at is None and self.said is None and bool(self.email)
