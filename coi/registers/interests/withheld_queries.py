"""Reading what of the interests is kept from the public, or asked to be, at a body: for its register, its papers and its minutes."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from coi.committees.joint_queries import SERVED
from coi.committees.models import Membership
from coi.database import Instant, db
from coi.people.models import Appointment
from coi.registers.interests.columns import hidden_with
from coi.registers.interests.models import Interest, RedactionDecision, RedactionRequest
from coi.registers.interests.redaction import held_back_then
from coi.registers.interests.vocabulary import RedactionState


def withheld_fields(body_id: uuid.UUID, *, at: datetime) -> Mapping[str, frozenset[str]]:
    """Returns, per reference, the columns that the register of a body may not show: those that a request names until its Guardian has
    decided, then those that they withheld. A reference with all columns is not to be seen at all. Rules: REG-06, REG-07; RULEBOOK §7.3."""
    rows = db.session.execute(_WITHHELD, {"body_id": body_id, "instant": at}).all()
    return {reference: hidden_with(fields) for reference, fields in held_back_then(rows, at).items()}


def withheld_interests(body_id: uuid.UUID, ids: Collection[uuid.UUID], at: datetime) -> frozenset[uuid.UUID]:
    """Returns those of these interests of which a body may not show something to the public today: its Guardian withheld it, or has not
    decided yet. Rules: REG-06, REG-07; RULEBOOK §7.3."""
    if not ids:
        return frozenset()
    rows = db.session.execute(_WITHHELD, {"body_id": body_id, "instant": at}).all()
    return _held(rows, at) & frozenset(ids)


def withheld_where_met(
    committee_ids: Collection[uuid.UUID], ids: Collection[uuid.UUID], at: datetime
) -> frozenset[uuid.UUID]:
    """Returns the same of a meeting of these committees: the agenda and minutes of a joint one are of each body that it serves, and the
    restriction wins. Rules: REG-06, REG-07."""
    if not ids:
        return frozenset()
    rows = db.session.execute(_WITHHELD_WHERE_MET, {"committees": list(committee_ids), "instant": at}).all()
    bodies = [list(of_one) for _body_id, of_one in groupby(rows, lambda row: row.body_id)]
    return frozenset(one for each in bodies for one in _held(each, at)) & frozenset(ids)


def held_back_at(body: uuid.UUID | sa.ColumnElement[uuid.UUID]) -> sa.ColumnElement[bool]:
    """Returns the condition that a request about an interest keeps something from the public at a body today: its Guardian withheld it, or
    has not decided yet, whatever another one did. Rules: REG-06, REG-07; RULEBOOK §7.3."""
    last, later = (RedactionDecision.__table__.alias().c for _ in range(2))
    is_last = ~sa.exists().where(later.request_id == last.request_id, later.number > last.number, _is_for(later, body))
    published = sa.exists().where(last.request_id == R.id, last.withheld == [], _is_for(last, body), is_last)
    return sa.not_(sa.or_(published, sa.and_(_before_fields, R.state == RedactionState.REFUSED)))


def restricted_at(body: uuid.UUID | sa.ColumnElement[uuid.UUID]) -> sa.Select[tuple[uuid.UUID]]:
    """Returns a query of the interests of which a body keeps something from the public today. Rules: REG-06, REG-07."""
    return sa.select(R.interest_id).where(R.interest_id.is_not(None), held_back_at(body))


def _is_for(decided: Any, body: uuid.UUID | sa.ColumnElement[uuid.UUID]) -> sa.ColumnElement[bool]:
    """Each Guardian decides for their own register."""
    return sa.or_(decided.body_id.is_(None), decided.body_id == body)


def _held(rows: Sequence[Any], at: datetime) -> frozenset[uuid.UUID]:
    """The interests of which the requests behind these rows, all of one body, keep something back."""
    held = held_back_then(rows, at)
    return frozenset(row.interest_id for row in rows if row.reference in held)


def _withheld(body: sa.ColumnElement[uuid.UUID], asked: sa.FromClause) -> sa.Select[Any]:
    """The requests, each with what was decided about it for the register of a body: of whoever has ever served it."""
    return (
        sa.select(
            body.label("body_id"),
            INT.id.label("interest_id"),
            INT.reference,
            R.id,
            R.fields,
            R.state,
            sa.case((_before_fields, R.decided_at)).label("decided_at"),
            _decided.number,
            _decided.withheld,
        )
        .select_from(asked)
        .outerjoin(
            RedactionDecision.__table__,
            sa.and_(
                _decided.request_id == R.id,
                _decided.decided_at <= _instant,
                _is_for(_decided, body),
            ),
        )
        .where(
            R.requested_at <= _instant,
            sa.or_(
                sa.exists().where(A.person_id == INT.person_id, A.body_id == body),
                sa.exists().where(
                    M.person_id == INT.person_id, M.committee_id == SERVED.c.committee_id, SERVED.c.body_id == body
                ),
            ),
        )
        .order_by(sa.text("body_id"), INT.reference, R.requested_at, R.id, _decided.number)
    )


_instant = sa.bindparam("instant", type_=Instant())
INT, R, A, M = (model.__table__.c for model in (Interest, RedactionRequest, Appointment, Membership))
_decided, _any = RedactionDecision.__table__.c, RedactionDecision.__table__.alias().c
_before_fields = ~sa.exists().where(_any.request_id == R.id)  # decided when decisions had no rows of their own
_ASKED = RedactionRequest.__table__.join(Interest.__table__, INT.id == R.interest_id)
_WITHHELD = _withheld(sa.bindparam("body_id", type_=sa.Uuid()), _ASKED)
_met = SERVED.alias("met").c
_BODIES = sa.select(_met.body_id).where(_met.committee_id.in_(sa.bindparam("committees", expanding=True))).distinct()
_bodies = _BODIES.subquery("bodies")
_WITHHELD_WHERE_MET = _withheld(_bodies.c.body_id, _ASKED.join(_bodies, sa.true()))
