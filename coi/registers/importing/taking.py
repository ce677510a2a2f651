"""What an import knows of itself while it writes, whichever register it is."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from coi.permissions.vocabulary import Actor


@dataclass(frozen=True)
class Taking:
    """What an import knows of itself while it writes."""

    body_id: uuid.UUID
    as_at: date
    file_name: str
    actor: Actor
    at: datetime
