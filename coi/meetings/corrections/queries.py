"""Reading corrections, and what can be corrected."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from coi.database import db
from coi.errors import NotFound
from coi.meetings.corrections.models import RecordCorrection
from coi.meetings.models import AgendaItem, ChairHandover, Decision, Meeting, MeetingCommittee, Vote
from coi.meetings.vocabulary import ItemState, MeetingState, Outcome

_DECIDED = tuple(each for each in Outcome if each.is_a_decision)


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


def taken_up_by(decision: Decision) -> AgendaItem | None:
    """Returns the item of a later meeting, open or closed, which carries on what a decision is of: one that the committee decided there,
    or, where the record says that it was put off, any that came before it; None where there is none."""
    settled = sa.exists().where(
        Decision.item_id == AgendaItem.id, Decision.committee_id == decision.committee_id, Decision.outcome.in_(_DECIDED)
    )  # fmt: skip
    meets = sa.exists().where(
        MeetingCommittee.meeting_id == Meeting.id, MeetingCommittee.committee_id == decision.committee_id
    )
    return db.session.scalar(
        sa.select(AgendaItem)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.continues_id == decision.item_id, AgendaItem.state != ItemState.REMOVED,
            Meeting.state != MeetingState.PLANNED, Meeting.called_off_at.is_(None), meets,
            sa.true() if decision.outcome is Outcome.DEFERRED else settled,
        )
        .order_by(Meeting.held_on)
        .limit(1)
    )  # fmt: skip


def carried_on_by(item_id: uuid.UUID) -> AgendaItem | None:
    """Returns the item of a meeting to come that carries an item on; None where there is none."""
    return db.session.scalar(
        sa.select(AgendaItem)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.continues_id == item_id,
            AgendaItem.state != ItemState.REMOVED,
            Meeting.state == MeetingState.PLANNED,
        )
        .limit(1)
    )
