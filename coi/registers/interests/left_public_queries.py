"""Reading what the public may see of people who have left a body: what is of that body, not what is done elsewhere since."""

import uuid
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from coi.committees.joint_queries import SERVED
from coi.committees.models import Membership
from coi.database import Instant, db, stands
from coi.people.models import Appointment
from coi.registers.interests.leaver_queries import declared_here, said_here, told_here
from coi.registers.interests.models import Declaration, Interest, InterestVersion
from coi.registers.interests.vocabulary import DeclarationKind

INT, V, D, A, M = (model.__table__.c for model in (Interest, InterestVersion, Declaration, Appointment, Membership))
FIRST = InterestVersion.__table__.alias()
COLUMNS = (
    V.id, INT.person_id, INT.reference, V.type, V.via, V.role, V.nature, V.arose_on, V.ended_on, V.is_pursuing, V.mitigation,
    V.recorded_at, FIRST.c.declared_on.label("first_declared_on"), FIRST.c.on_or_before,
    FIRST.c.recorded_at.label("first_recorded_at"),
)  # fmt: skip
"""What a public row is made of, of the version that stands and of the first one."""
_body, _on = sa.bindparam("body_id", type_=sa.Uuid()), sa.bindparam("on", type_=sa.Date())
_ids = sa.bindparam("ids", expanding=True, type_=sa.Uuid())
_instant = sa.bindparam("instant", type_=Instant())
SPELLS = sa.union_all(
    sa.select(A.person_id, A.valid_from, A.valid_to).where(A.body_id == _body, stands(A, _instant)),
    sa.select(M.person_id, M.valid_from, M.valid_to)
    .join(SERVED, SERVED.c.committee_id == M.committee_id)
    .where(SERVED.c.body_id == _body, stands(M, _instant)),
).subquery()
"""Posts and seats at a body (`body_id`), as they were known at an `instant`."""
_last = (
    sa.select(SPELLS.c.person_id, sa.func.max(SPELLS.c.valid_to).label("left_on"))
    .where(SPELLS.c.valid_from <= _on, SPELLS.c.person_id.in_(_ids))
    .group_by(SPELLS.c.person_id)
    .subquery()
)
_VERSIONS = (
    sa.select(*COLUMNS)
    .select_from(_last)
    .join(Interest.__table__, INT.person_id == _last.c.person_id)
    .join(InterestVersion.__table__, V.interest_id == INT.id)
    .join(FIRST, sa.and_(FIRST.c.interest_id == INT.id, FIRST.c.number == 1))
    .where(V.recorded_at <= _instant, said_here(V, _body, _last.c.left_on), told_here(INT.id, _body, _last.c.left_on))
    .order_by(INT.person_id, INT.reference, V.number)
)
_DECLARED = (
    sa.select(D.person_id, D.reference, D.kind, D.declared_on, D.on_or_before, D.submitted_at)
    .select_from(_last)
    .join(Declaration.__table__, D.person_id == _last.c.person_id)
    .where(D.submitted_at <= _instant, declared_here(D, _body, _last.c.left_on))
    .order_by(D.submitted_at, D.reference)
)


def versions_of_leavers(left: Collection[uuid.UUID], body_id: uuid.UUID, on: date, at: datetime) -> list[sa.Row[Any]]:
    """Returns, of each interest that these people declared at a body which they left by a day, what stands there, as known at an instant.
    Rules: REG-01, REG-02."""
    rows = db.session.execute(_VERSIONS, {"ids": list(left), "body_id": body_id, "on": on, "instant": at})
    return list({row.reference: row for row in rows}.values())  # the last version of each


def nil_returns_of_leavers(
    left: Collection[uuid.UUID], body_id: uuid.UUID, on: date, at: datetime
) -> dict[uuid.UUID, sa.Row[Any]]:
    """Returns the nil returns of those of these people who said last, as far as it is of this body, that they have no interests."""
    rows = db.session.execute(_DECLARED, {"ids": list(left), "body_id": body_id, "on": on, "instant": at})
    last = {row.person_id: row for row in rows}
    return {person_id: row for person_id, row in last.items() if row.kind == DeclarationKind.NIL}
