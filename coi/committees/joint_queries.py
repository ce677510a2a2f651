"""Which bodies a committee serves: the one that keeps its papers, and those with which it is joint."""

import uuid

import sqlalchemy as sa

from coi.committees.models import Committee, CommitteeBody
from coi.database import db
from coi.organisations.models import Body

_C, _B = Committee.__table__.c, CommitteeBody.__table__.c
SERVED = sa.union_all(
    sa.select(_C.id.label("committee_id"), _C.body_id, _C.name), sa.select(_C.id, _B.body_id, _C.name).where(_C.id == _B.committee_id)
).subquery("served")  # fmt: skip
"""A row for each committee and each body that it serves, with its name: its members are on the register of each. Rule: REG-07."""


def joint_with(committee_id: uuid.UUID, body_id: uuid.UUID) -> list[str]:
    """Returns the names of the bodies that a committee serves besides one of them, in their order."""
    wanted = sa.select(Body.name).join(SERVED, SERVED.c.body_id == Body.id)
    wanted = wanted.where(SERVED.c.committee_id == committee_id, SERVED.c.body_id != body_id)
    return list(db.session.scalars(wanted.order_by(Body.name)))
