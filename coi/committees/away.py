"""Who is away for long, asked of whoever keeps the absences: they are kept further up, and plugged in."""

import uuid
from collections.abc import Callable, Collection
from datetime import datetime

from flask import current_app

AWAY = "coi.away-for-long"
Asking = Callable[[Collection[uuid.UUID], uuid.UUID, datetime], frozenset[str]]


def away_for_long(person_ids: Collection[uuid.UUID], body_id: uuid.UUID, at: datetime) -> frozenset[str]:
    """Returns which of these people are away for long from a body at an instant, as it was known then."""
    asking: Asking = current_app.extensions[AWAY]
    return asking(person_ids, body_id, at) if person_ids else frozenset()
