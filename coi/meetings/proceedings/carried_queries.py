"""Reading what other meetings made of an item: the one that it is carried on from, and those that carry it on."""

import uuid

import sqlalchemy as sa

from coi.database import db
from coi.meetings.models import AgendaItem, Decision, Meeting, MeetingCommittee
from coi.meetings.proceedings.vocabulary import Elsewhere
from coi.meetings.vocabulary import ItemState, MeetingState, Outcome

_DECIDED = tuple(each for each in Outcome if each.is_a_decision)


def elsewhere_of(item: AgendaItem, committee_id: uuid.UUID) -> Elsewhere | None:
    """Returns what another meeting made of an item that a committee has not settled at this one: a later one that decided it (asked once
    this meeting is closed), or the one that it is carried on from, where that decided it or recorded no outcome. None where neither did.
    Rule: QUO-01; RULEBOOK §12.1."""
    if item.meeting.state is MeetingState.CLOSED:
        later = taken_up_by(item.id, committee_id, is_decided=True)
        if later is not None:
            return Elsewhere(later.meeting.reference, is_later=True, is_decided=True)
    earlier = item.continues
    if earlier is None or earlier.meeting.called_off_at is not None:
        return None
    outcome = db.session.scalar(
        sa.select(Decision.outcome).where(Decision.item_id == earlier.id, Decision.committee_id == committee_id)
    )
    if outcome is not None and not outcome.is_a_decision:
        return None
    return Elsewhere(earlier.meeting.reference, is_later=False, is_decided=outcome is not None)


def taken_up_by(item_id: uuid.UUID, committee_id: uuid.UUID, *, is_decided: bool) -> AgendaItem | None:
    """Returns the item of a later meeting, open or closed, which carries an item on: one that the committee decided there (`is_decided`),
    or any that came before it; None where there is none."""
    settled = sa.exists().where(
        Decision.item_id == AgendaItem.id, Decision.committee_id == committee_id, Decision.outcome.in_(_DECIDED)
    )
    meets = sa.exists().where(MeetingCommittee.meeting_id == Meeting.id, MeetingCommittee.committee_id == committee_id)
    return db.session.scalar(
        sa.select(AgendaItem)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.continues_id == item_id, AgendaItem.state != ItemState.REMOVED,
            Meeting.state != MeetingState.PLANNED, Meeting.called_off_at.is_(None), meets,
            settled if is_decided else sa.true(),
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
