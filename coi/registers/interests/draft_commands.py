"""Keeping what somebody has answered of their own declaration and not signed yet. Operational: not in the ledger."""

import uuid
from datetime import datetime
from typing import Any

from coi.database import db
from coi.errors import RuleBroken
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.interests.draft_queries import SITTING as SITTING
from coi.registers.interests.draft_queries import draft_row, in_the_way
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


def hand_over_draft(person: Person, data: dict[str, Any], *, actor: Actor, at: datetime) -> DeclarationDraft:
    """Puts a declaration that somebody prepared where the person finds it, to be signed by the person alone. Raises RuleBroken where the
    person has begun one of their own, which is never overwritten."""
    if reason := in_the_way(person):
        raise RuleBroken(reason)
    draft = save_draft(person.id, SITTING, data, at=at)
    draft.prepared_by_name = actor.name
    return draft


def drop_draft(person_id: uuid.UUID, kind: str) -> None:
    """Forgets a person's draft of a kind."""
    draft = draft_row(person_id, kind)
    if draft is not None:
        db.session.delete(draft)
