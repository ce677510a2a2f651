"""Reading what somebody has answered of their own declaration and not signed yet."""

import uuid
from typing import Any

import sqlalchemy as sa

from coi.database import db
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.interests.models import DeclarationDraft
from coi.web.models import Draft

SITTING = "declare"
"""The kind of draft that a person's own sitting is kept as."""
ENTERING = "interests.enter"
"""The kind of draft that is kept of what somebody types for another person, by that person's id."""


def draft_row(person_id: uuid.UUID, kind: str) -> DeclarationDraft | None:
    """Returns a person's draft of a kind; None where there is none."""
    return db.session.scalar(
        sa.select(DeclarationDraft).where(DeclarationDraft.person_id == person_id, DeclarationDraft.kind == kind)
    )


def draft_of(person_id: uuid.UUID, kind: str) -> dict[str, Any]:
    """Returns what somebody has answered so far; an empty dict where there is no draft."""
    found = draft_row(person_id, kind)
    return dict(found.data) if found else {}


def in_the_way(person: Person) -> str:
    """Returns why nothing can be handed over to a person to be signed, in words; empty where it can."""
    row = draft_row(person.id, SITTING)
    if row is None:
        return ""
    if row.prepared_by_name:
        return f"{person.name} has not signed yet what {row.prepared_by_name} prepared. Ask them to sign it or to delete it first"
    return f"{person.name} has begun a declaration of their own. Ask them to send it or to delete it first"


def typed_for(actor: Actor) -> frozenset[uuid.UUID]:
    """Returns the people for whom `actor` has typed something that was neither entered nor handed over."""
    rows = sa.select(Draft.key).where(Draft.account_id == actor.account_id, Draft.kind == ENTERING)
    return frozenset(uuid.UUID(key) for key in db.session.scalars(rows))
