"""Reading the requests not to publish an interest, as the Guardian goes through them."""

import uuid
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, selectinload

from coi.database import db
from coi.errors import NotFound
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests.leaver_queries import left_interests
from coi.registers.interests.models import Interest, RedactionRequest
from coi.registers.interests.people_queries import people_visible_to
from coi.registers.interests.vocabulary import RedactionState


def visible_redaction(request_id: uuid.UUID, actor: Actor, body_id: uuid.UUID, on: date) -> RedactionRequest:
    """Returns a request not to publish that the actor may decide. Raises NotFound."""
    found = db.session.scalar(
        sa.select(RedactionRequest).join(RedactionRequest.interest).where(
            RedactionRequest.id == request_id, _decided_by(actor, body_id, on)
        ).options(contains_eager(RedactionRequest.interest).joinedload(Interest.person), selectinload(RedactionRequest.decisions))
    )  # fmt: skip
    if found is None:
        raise NotFound("There is no such request")
    return found


def due_for_review(requests: Sequence[RedactionRequest], on: date) -> list[RedactionRequest]:
    """Returns those of these requests that the Guardian has to look at again by a day. Rule: REG-06."""
    last = [(each, each.decisions[-1]) for each in requests if each.state is RedactionState.GRANTED and each.decisions]
    return [each for each, decision in last if decision.review_on is not None and decision.review_on <= on]


def redaction_requests(actor: Actor, body_id: uuid.UUID, on: date) -> list[RedactionRequest]:
    """Returns the requests not to publish that the actor may decide or decided: those that wait first, the oldest on top."""
    wanted = (
        sa.select(RedactionRequest)
        .join(RedactionRequest.interest)
        .where(_decided_by(actor, body_id, on))
        .options(
            contains_eager(RedactionRequest.interest).joinedload(Interest.person),
            selectinload(RedactionRequest.decisions),
        )
    )
    return list(db.session.scalars(waiting_first(wanted)))


def _decided_by(actor: Actor, body_id: uuid.UUID, on: date) -> sa.ColumnElement[bool]:
    """The interests about which the actor decides: also what somebody declared who has left, and which is public for months yet."""
    permission = Permission.REGISTERS_REDACTION_DECIDE
    return sa.or_(
        Interest.person_id.in_(people_visible_to(actor, permission, body_id, on)),
        Interest.id.in_(left_interests(actor, permission, body_id, on)),
    )


def waiting_first(requests: sa.Select[tuple[RedactionRequest]]) -> sa.Select[tuple[RedactionRequest]]:
    """Returns a query of requests not to publish in the order of the Guardian's list."""
    waiting = sa.case((RedactionRequest.state == RedactionState.REQUESTED, 0), else_=1)
    return requests.order_by(waiting, RedactionRequest.requested_at, RedactionRequest.id)
