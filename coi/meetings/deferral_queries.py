"""Reading what was put off: items that wait for a later agenda, and what of an item an earlier meeting left."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload

from coi.database import db
from coi.meetings.conflicts.models import ConflictFlag, Ruling
from coi.meetings.keeper_models import RecordKeeper
from coi.meetings.keeper_queries import keeps_in_place, secretaries_of
from coi.meetings.models import AgendaItem, Decision, Meeting, MeetingCommittee
from coi.meetings.queries import items_visible_to
from coi.meetings.vocabulary import FlagSource, FlagState, ItemState, MeetingState, Outcome, Purpose
from coi.meetings.withholding import ruled_out_of
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission


def items_to_carry_on(meeting: Meeting, *, actor: Actor) -> list[AgendaItem]:
    """Returns the items that a committee of `meeting` put off at an earlier one, did not take or left without the decision that was asked
    for, or that were on the agenda of one that was called off, and that are on no later agenda of that committee yet, the oldest first.
    Without those that a ruling keeps from `actor`."""
    found, here = _left_over(meeting.body_id, actor)
    committees = [row.committee_id for row in meeting.committees]
    found = found.where(
        here.committee_id.in_(committees), AgendaItem.meeting_id != meeting.id,
        sa.or_(Meeting.held_on <= meeting.held_on, Meeting.called_off_at.is_not(None)),
    )  # fmt: skip
    return list(db.session.scalars(found).unique())


def items_on_no_agenda(
    body_id: uuid.UUID, *, actor: Actor, kept: Collection[uuid.UUID] | None = None
) -> list[AgendaItem]:
    """Returns the items that any committee of a body put off, did not take or left undecided, and that are on no later agenda of it yet,
    the oldest first: what must not be forgotten. Without those that a ruling keeps from `actor`: `kept`,
    where it is known already."""
    found, _here = _left_over(body_id, actor, kept=kept)
    return list(db.session.scalars(found).unique())


def kept_items_on_no_agenda(body_id: uuid.UUID, *, actor: Actor, on: date) -> list[AgendaItem]:
    """Returns those items that wait for a later agenda and that a ruling keeps from a secretary, who would put them there: for whoever
    rules on conflicts, and for whoever keeps the record of an item in a secretary's place. Without those kept from `actor`."""
    if actor.person_id is None:
        return []
    ruling = allows(actor, Permission.MEETINGS_CONFLICT_RULE, body_id)
    ruled = _left_over(body_id, actor, Permission.MEETINGS_CONFLICT_RULE)[0] if ruling else None
    found = list(db.session.scalars(ruled).unique()) if ruled is not None else []
    meetings = {item.meeting_id: item.meeting for item in found}
    secretaries = {person for meeting in meetings.values() for person in secretaries_of(meeting, on)}
    kept = {item for person in secretaries for item in ruled_out_of(person, [each.id for each in found])}
    waiting = {item.id: item for item in found if item.id in kept}
    mine = sa.select(RecordKeeper.item_id).where(RecordKeeper.person_id == actor.person_id)
    statement, _here = _left_over(body_id, None)
    for item in db.session.scalars(statement.where(AgendaItem.id.in_(mine))).unique():
        if keeps_in_place(actor, item.id):
            waiting[item.id] = item
    return list(waiting.values())


def _left_over(
    body_id: uuid.UUID,
    actor: Actor | None,
    permission: Permission = Permission.MEETINGS_AGENDA_PLAN,
    *,
    kept: Collection[uuid.UUID] | None = None,
) -> tuple[sa.Select[tuple[AgendaItem]], type[MeetingCommittee]]:
    """What waits for a later agenda, for each committee that it waits for: the statement, and the committee in it. `actor` None: all of
    the body, for whoever narrows it down."""
    scope = Meeting.body_id == body_id if actor is None else items_visible_to(actor, body_id, permission, kept)
    later, there, here = aliased(AgendaItem), aliased(MeetingCommittee), aliased(MeetingCommittee)
    carried_on = (
        sa.exists()
        .where(later.continues_id == AgendaItem.id, later.state != ItemState.REMOVED)
        .where(there.meeting_id == later.meeting_id, there.committee_id == here.committee_id)
    )
    asked = sa.and_(
        Decision.id.is_(None), Meeting.state == MeetingState.CLOSED,
        sa.or_(
            AgendaItem.state == ItemState.PLANNED,  # nobody came to it, whatever was asked of the committee
            AgendaItem.purpose.in_([each for each in Purpose if each.asks_for_a_decision]),
        ),
    )  # fmt: skip
    found = (
        sa.select(AgendaItem)
        .join(AgendaItem.meeting)
        .join(here, here.meeting_id == AgendaItem.meeting_id)
        .outerjoin(Decision, sa.and_(Decision.item_id == AgendaItem.id, Decision.committee_id == here.committee_id))
        .where(
            scope, Meeting.state != MeetingState.PLANNED,
            AgendaItem.state != ItemState.REMOVED, AgendaItem.standing.is_(None),
            sa.or_(Decision.outcome == Outcome.DEFERRED, asked, Meeting.called_off_at.is_not(None)), ~carried_on,
        )
        .options(contains_eager(AgendaItem.meeting), joinedload(AgendaItem.affected))
        .order_by(Meeting.held_on, AgendaItem.meeting_id, AgendaItem.position)
    )  # fmt: skip
    return found, here


@dataclass(frozen=True)
class Carried:
    """Of items on one agenda: which earlier item each carries on, and which later ones carry it on, by its id."""

    earlier: dict[uuid.UUID, AgendaItem] = field(default_factory=dict)
    later: dict[uuid.UUID, list[AgendaItem]] = field(default_factory=dict)


def carried_among(items: Collection[AgendaItem]) -> Carried:
    """Returns what of an agenda comes from an earlier one or went on to a later one, with the other meetings. Nothing is asked where no
    item carries another on and none was left undecided."""
    wanted = {item.continues_id for item in items if item.continues_id}
    put_off = [
        item.id
        for item in items
        if not item.standing
        and item.state is not ItemState.NOTED
        and (item.state is not ItemState.PLANNED or item.meeting.state is MeetingState.CLOSED)
    ]
    if not wanted and not put_off:
        return Carried()
    rows = db.session.scalars(
        sa.select(AgendaItem)
        .join(AgendaItem.meeting)
        .where(sa.or_(AgendaItem.id.in_(wanted), AgendaItem.continues_id.in_(put_off)))
        .where(AgendaItem.state != ItemState.REMOVED)
        .options(contains_eager(AgendaItem.meeting))
        .order_by(Meeting.held_on, AgendaItem.issued)
    )
    found = Carried()
    by_id = {item.continues_id: item.id for item in items if item.continues_id}
    for row in rows:
        if row.id in by_id:
            found.earlier[by_id[row.id]] = row
        if row.continues_id in put_off:
            found.later.setdefault(row.continues_id, []).append(row)
    return found


def carried_on_as(item: AgendaItem) -> list[AgendaItem]:
    """Returns the items of later meetings that carry an item on, with their meetings."""
    return list(
        db.session.scalars(
            sa.select(AgendaItem)
            .join(AgendaItem.meeting)
            .where(AgendaItem.continues_id == item.id, AgendaItem.state != ItemState.REMOVED)
            .options(contains_eager(AgendaItem.meeting))
            .order_by(Meeting.held_on, AgendaItem.issued)
        )
    )


def times_on_an_agenda(item: AgendaItem) -> int:
    """Returns how often an item was put on an agenda so far, also where it was taken off again."""
    same = sa.or_(AgendaItem.issued == item.reference, AgendaItem.carried_reference == item.reference)
    return db.session.scalar(sa.select(sa.func.count()).select_from(AgendaItem).where(same)) or 0


def flags_to_carry_on(item: AgendaItem) -> list[ConflictFlag]:
    """Returns the flags of an item that no later screening would find as they are: dismissed with a reason, raised by somebody, or
    declared in the room."""
    return list(
        db.session.scalars(
            sa.select(ConflictFlag)
            .where(
                ConflictFlag.item_id == item.id,
                sa.or_(ConflictFlag.state == FlagState.DISMISSED, ConflictFlag.source != FlagSource.SCREENING),
            )
            .order_by(ConflictFlag.recorded_at, ConflictFlag.id)
        )
    )


def earlier_ruling(item: AgendaItem, person_id: uuid.UUID, committee_id: uuid.UUID) -> Ruling | None:
    """Returns what a committee ruled on somebody when an item was on an earlier agenda, the last time; None where it did not."""
    earlier = item.continues
    while earlier is not None:
        found = db.session.scalar(
            sa.select(Ruling)
            .where(Ruling.item_id == earlier.id, Ruling.person_id == person_id, Ruling.committee_id == committee_id)
            .order_by(Ruling.number.desc())
            .limit(1)
        )
        if found is not None:
            return found
        earlier = earlier.continues
    return None
