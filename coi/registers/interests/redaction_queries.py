"""Reading the requests not to publish an interest, as the Guardian goes through them."""

import uuid
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, selectinload

from coi.committees.joint_queries import SERVED
from coi.committees.models import Membership
from coi.database import db, stands
from coi.errors import NotFound
from coi.organisations.models import Body
from coi.people.models import Appointment
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests.leaver_queries import left_interests
from coi.registers.interests.models import Interest, RedactionRequest
from coi.registers.interests.people_queries import people_of_body, people_visible_to
from coi.registers.interests.redaction import decisions_at, state_at
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


def waiting_at(requests: Sequence[RedactionRequest], body_id: uuid.UUID) -> list[RedactionRequest]:
    """Returns those of these requests that the Guardian of a body has not decided for its register. Rules: REG-06, REG-07."""
    return [each for each in requests if state_at(each, body_id) is RedactionState.REQUESTED]


def number_undecided(body_id: uuid.UUID, on: date) -> int:
    """Returns of how many interests on the register of a body something is held back until its Guardian has decided, whoever reads. Rules:
    REG-06, REG-07."""
    wanted = sa.select(RedactionRequest).join(RedactionRequest.interest).where(
        Interest.person_id.in_(people_of_body(body_id, on)), Interest.disposed_at.is_(None)
    )  # fmt: skip
    asked = db.session.scalars(wanted.options(selectinload(RedactionRequest.decisions))).all()
    return len({each.interest_id for each in waiting_at(asked, body_id)})


def due_for_review(
    requests: Sequence[RedactionRequest], on: date, body_id: uuid.UUID | None = None
) -> list[RedactionRequest]:
    """Returns those of these requests that the Guardian of a body has to look at again by a day. Rule: REG-06."""
    last = [(each, decisions[-1]) for each in requests if (decisions := decisions_at(each, body_id))]
    return [each for each, decision in last if decision.withheld and decision.review_on and decision.review_on <= on]


def bodies_of_holder(request: RedactionRequest, on: date) -> set[uuid.UUID]:
    """Returns the bodies on whose registers what a request is about stands on a day: of an interest, all that its holder serves. Rule:
    REG-07."""
    if request.gift is not None:
        return {request.gift.body_id}
    person_id = request.record.person_id
    posts = sa.select(Appointment.body_id).where(
        Appointment.person_id == person_id, stands(Appointment), _lasts(Appointment, on)
    )
    seats = sa.select(SERVED.c.body_id).join(Membership, Membership.committee_id == SERVED.c.committee_id).where(
        Membership.person_id == person_id, stands(Membership), _lasts(Membership, on)
    )  # fmt: skip
    return set(db.session.scalars(sa.union(posts, seats)))


def states_elsewhere(request: RedactionRequest, body_id: uuid.UUID, on: date) -> list[tuple[str, RedactionState]]:
    """Returns the other bodies on whose registers it stands, by name, each with where the request stands there: for the declarant alone,
    since whom else they serve is no body's business. Rule: REG-07."""
    others = bodies_of_holder(request, on) - {body_id}
    names = (
        db.session.execute(sa.select(Body.id, Body.name).where(Body.id.in_(others)).order_by(Body.name))
        if others
        else ()
    )
    return [(name, state_at(request, other)) for other, name in names]


def _lasts(held: type[Appointment] | type[Membership], on: date) -> sa.ColumnElement[bool]:
    return sa.or_(held.valid_to.is_(None), held.valid_to >= on)


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
