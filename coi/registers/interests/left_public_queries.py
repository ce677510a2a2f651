"""Reading what the public may see of people who have left a body: what they declared there, not what they declare elsewhere since."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from coi.database import Instant, db
from coi.registers.interests.models import Declaration, Interest, InterestVersion
from coi.registers.interests.vocabulary import DeclarationKind

INT, V, D = Interest.__table__.c, InterestVersion.__table__.c, Declaration.__table__.c
FIRST = InterestVersion.__table__.alias()
COLUMNS = (
    V.id, INT.person_id, INT.reference, V.type, V.via, V.role, V.nature, V.arose_on, V.ended_on, V.is_pursuing, V.mitigation,
    V.recorded_at, FIRST.c.declared_on.label("first_declared_on"), FIRST.c.on_or_before,
    FIRST.c.recorded_at.label("first_recorded_at"),
)  # fmt: skip
"""What a public row is made of, of the version that stands and of the first one."""
_ids = sa.bindparam("ids", expanding=True, type_=sa.Uuid())
_instant = sa.bindparam("instant", type_=Instant())
_VERSIONS = (
    sa.select(*COLUMNS, V.number, V.declared_on, D.is_leaving)
    .select_from(InterestVersion.__table__)
    .join(Interest.__table__, INT.id == V.interest_id)
    .join(FIRST, sa.and_(FIRST.c.interest_id == V.interest_id, FIRST.c.number == 1))
    .outerjoin(Declaration.__table__, D.id == V.declaration_id)
    .where(V.recorded_at <= _instant, INT.person_id.in_(_ids))
    .order_by(INT.person_id, INT.reference, V.number)
)
_DECLARED = (
    sa.select(D.person_id, D.reference, D.kind, D.declared_on, D.on_or_before, D.submitted_at, D.is_leaving)
    .where(D.person_id.in_(_ids), D.submitted_at <= _instant)
    .order_by(D.submitted_at, D.reference)
)
Left = Mapping[uuid.UUID, date]
"""People who have left, each with their last day."""


def versions_of_leavers(left: Left, at: datetime) -> list[sa.Row[Any]]:
    """Returns, of each interest that these people declared before they left or on leaving, what they said of it last by then. Rules:
    REG-01, REG-02."""
    rows = db.session.execute(_VERSIONS, {"ids": list(left), "instant": at}).all()
    found = []
    for _reference, versions in groupby(rows, key=lambda row: row.reference):
        of_one = list(versions)
        if _is_here(of_one[0], left):
            found.append(next(row for row in reversed(of_one) if row.number == 1 or _is_here(row, left)))
    return found


def nil_returns_of_leavers(left: Left, at: datetime) -> dict[uuid.UUID, sa.Row[Any]]:
    """Returns the nil returns of those of these people who said last, before they left or on leaving, that they have no interests."""
    rows = db.session.execute(_DECLARED, {"ids": list(left), "instant": at}).all()
    last = {row.person_id: row for row in rows if _is_here(row, left)}
    return {person_id: row for person_id, row in last.items() if row.kind == DeclarationKind.NIL}


def _is_here(row: sa.Row[Any], left: Left) -> bool:
    return bool(row.is_leaving) or row.declared_on <= left[row.person_id]
