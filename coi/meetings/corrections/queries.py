"""Reading corrections, and what can be corrected."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from coi.database import db
from coi.errors import NotFound
from coi.meetings.corrections.models import RecordCorrection
from coi.meetings.models import ChairHandover, Decision, Vote


def corrections_on(item_ids: Collection[uuid.UUID]) -> list[RecordCorrection]:
    """Returns every correction of what was recorded of these items, in the order of recording."""
    found = sa.select(RecordCorrection).where(RecordCorrection.item_id.in_(item_ids))
    return list(db.session.scalars(found.order_by(RecordCorrection.recorded_at, RecordCorrection.number)))


def corrections_of(subject: Decision | ChairHandover) -> list[RecordCorrection]:
    """Returns the corrections of one decision or handover, in the order of recording."""
    return [row for row in corrections_on([subject.item_id]) if subject.id in (row.decision_id, row.handover_id)]


def decision_of(decision_id: uuid.UUID) -> Decision:
    """Returns a decision. Whoever calls checks who may see its item. Raises NotFound."""
    found = db.session.get(Decision, decision_id)
    if found is None:
        raise NotFound("There is no such decision")
    return found


def every_vote_on(decision_id: uuid.UUID) -> list[Vote]:
    """Returns every vote that was ever recorded of a decision, those that a correction struck out too."""
    return list(db.session.scalars(sa.select(Vote).where(Vote.decision_id == decision_id).order_by(Vote.id)))


def handover_of(handover_id: uuid.UUID) -> ChairHandover:
    """Returns a handover of the chair. Whoever calls checks who may see its item. Raises NotFound."""
    found = db.session.get(ChairHandover, handover_id)
    if found is None:
        raise NotFound("There is no such handover")
    return found
