"""Keeping what somebody has answered of their own declaration and not signed yet. Operational: not in the ledger."""

import uuid
from datetime import datetime
from typing import Any

from coi.database import db
from coi.errors import RuleBroken
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.interests.draft_queries import draft_row
from coi.registers.interests.models import DeclarationDraft

SITTING = "declare"
"""The kind of draft that a person's own sitting is kept as."""


def save_draft(person_id: uuid.UUID, kind: str, data: dict[str, Any], *, at: datetime) -> DeclarationDraft:
    """Keeps `data` (JSON values) as a person's draft of a kind, in place of an earlier one."""
    draft = draft_row(person_id, kind)
    if draft is None:
        draft = DeclarationDraft(person_id=person_id, kind=kind, data=data, saved_at=at)
        db.session.add(draft)
    else:
        draft.data, draft.saved_at = data, at
    return draft


def hand_over_draft(person: Person, data: dict[str, Any], *, actor: Actor, at: datetime) -> DeclarationDraft:
    """Puts a declaration that somebody prepared where the person finds it, to be signed by the person alone. Raises RuleBroken where the
    person has begun one of their own, which is never overwritten."""
    if draft_row(person.id, SITTING) is not None:
        raise RuleBroken(
            f"{person.name} has begun a declaration of their own. Ask them to send it or to delete it first"
        )
    draft = save_draft(person.id, SITTING, data, at=at)
    draft.prepared_by_name = actor.name
    return draft


def drop_draft(person_id: uuid.UUID, kind: str) -> None:
    """Forgets a person's draft of a kind."""
    draft = draft_row(person_id, kind)
    if draft is not None:
        db.session.delete(draft)
