"""Keeping what somebody has answered of their own declaration and not signed yet. Operational: not in the ledger."""

import uuid
from datetime import datetime
from typing import Any

from coi.database import db
from coi.registers.interests.draft_queries import draft_row
from coi.registers.interests.models import DeclarationDraft


def save_draft(person_id: uuid.UUID, kind: str, data: dict[str, Any], *, at: datetime) -> DeclarationDraft:
    """Keeps `data` (JSON values) as a person's draft of a kind, in place of an earlier one."""
    draft = draft_row(person_id, kind)
    if draft is None:
        draft = DeclarationDraft(person_id=person_id, kind=kind, data=data, saved_at=at)
        db.session.add(draft)
    else:
        draft.data, draft.saved_at = data, at
    return draft


def drop_draft(person_id: uuid.UUID, kind: str) -> None:
    """Forgets a person's draft of a kind."""
    draft = draft_row(person_id, kind)
    if draft is not None:
        db.session.delete(draft)
