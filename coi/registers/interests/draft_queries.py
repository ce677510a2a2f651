"""Reading what somebody has answered of their own declaration and not signed yet."""

import uuid
from typing import Any

import sqlalchemy as sa

from coi.database import db
from coi.registers.interests.models import DeclarationDraft


def draft_row(person_id: uuid.UUID, kind: str) -> DeclarationDraft | None:
    """Returns a person's draft of a kind; None where there is none."""
    return db.session.scalar(
        sa.select(DeclarationDraft).where(DeclarationDraft.person_id == person_id, DeclarationDraft.kind == kind)
    )


def draft_of(person_id: uuid.UUID, kind: str) -> dict[str, Any]:
    """Returns what somebody has answered so far; an empty dict where there is no draft."""
    found = draft_row(person_id, kind)
    return dict(found.data) if found else {}
