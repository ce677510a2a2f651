"""Reading the requests not to publish an offer."""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from coi.database import db
from coi.errors import NotFound
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.gifts.models import Gift
from coi.registers.gifts.queries import visible_gifts
from coi.registers.interests.models import RedactionRequest
from coi.registers.interests.redaction_queries import waiting_first

DECIDE = Permission.REGISTERS_REDACTION_DECIDE


def redaction_requests(actor: Actor, body_id: uuid.UUID, on: date) -> list[RedactionRequest]:
    """Returns the requests not to publish an offer that the actor may decide or decided: those that wait first, the oldest on top."""
    return list(db.session.scalars(waiting_first(_requests(actor, body_id, on))))


def visible_redaction(request_id: uuid.UUID, actor: Actor, body_id: uuid.UUID, on: date) -> RedactionRequest:
    """Returns a request not to publish an offer that the actor may decide. Raises NotFound."""
    found = db.session.scalar(_requests(actor, body_id, on).where(RedactionRequest.id == request_id))
    if found is None:
        raise NotFound("There is no such request")
    return found


def _requests(actor: Actor, body_id: uuid.UUID, on: date) -> sa.Select[tuple[RedactionRequest]]:
    return (
        sa.select(RedactionRequest).join(RedactionRequest.gift)
        .where(visible_gifts(actor, DECIDE, body_id, on))
        .options(contains_eager(RedactionRequest.gift).options(joinedload(Gift.person), joinedload(Gift.body)),
                 selectinload(RedactionRequest.decisions))
    )  # fmt: skip
