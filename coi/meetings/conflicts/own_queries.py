"""Reading what somebody who takes part in a meeting may see of it: by a role, or because they are expected there, as a guest or staff."""

import uuid

import sqlalchemy as sa

from coi import clock
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.beforehand.queries import items_to_ask_about
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import SETTLED, conflicts_at, flag_key
from coi.meetings.conflicts.vocabulary import ItemFlag
from coi.meetings.models import AgendaItem, Attendance, Meeting
from coi.meetings.queries import agenda_of, item_of, live_item, meeting_of
from coi.meetings.vocabulary import MeetingState
from coi.meetings.withholding import items_kept_from
from coi.permissions.vocabulary import Actor


def own_meeting(meeting_id: uuid.UUID, *, body_id: uuid.UUID, actor: Actor) -> tuple[Meeting, list[AgendaItem]]:
    """Returns a meeting that `actor` may read, or takes part in, with the items that they may be told of. Raises NotFound. Whoever reads
    the agenda by a role is told of every item, though not of everything in it."""
    try:
        meeting = meeting_of(meeting_id, body_id=body_id, actor=actor)
    except NotFound:
        meeting = db.session.get_one(Meeting, meeting_id) if _is_there(meeting_id, body_id) else None
        conflicts = _taken_part_in(meeting, actor)
        if meeting is None or conflicts is None:
            raise
        return meeting, items_to_ask_about(meeting, actor, agenda_of(meeting), conflicts)
    return meeting, agenda_of(meeting)


def own_item(item_id: uuid.UUID, *, body_id: uuid.UUID, actor: Actor) -> AgendaItem:
    """Returns an item that `actor` may read, or is asked about because they take part in its meeting. Raises NotFound."""
    try:
        return item_of(item_id, body_id=body_id, actor=actor)
    except NotFound:
        item = live_item(item_id, Meeting.body_id == body_id)
        conflicts = _taken_part_in(item.meeting, actor) if item is not None else None
        if item is None or conflicts is None or not items_to_ask_about(item.meeting, actor, [item], conflicts):
            raise
        return item


def own_flags(
    item: AgendaItem, key: str, *, body_id: uuid.UUID, actor: Actor
) -> tuple[ItemFlag, list[tuple[AgendaItem, ItemFlag]]]:
    """Returns the actor's own flag on an item, and those by the same interest that can be answered with it, each with its item: of the same
    meeting, open, and not kept from them. Raises NotFound."""
    meeting, items = own_meeting(item.meeting_id, body_id=body_id, actor=actor)
    kept = items_kept_from(actor)
    listed = [each for each in items if each.id not in kept and each.state not in SETTLED]
    conflicts = conflicts_at(
        meeting, known_at=clock.now(), items=list({each.id: each for each in (item, *listed)}.values())
    )
    own = [
        (each, flag)
        for each in (item, *listed)
        for flag in conflicts.flags[each.id]
        if flag.person_id == actor.person_id
    ]
    found = next((flag for each, flag in own if each.id == item.id and flag_key(flag) == key), None)
    if found is None:
        raise NotFound("There is no such flag. The interest or the item may have changed")
    same = [
        (each, flag) for each, flag in own
        if each.id != item.id and flag.interest_id is not None and flag.interest_id == found.interest_id
        and flag.is_live and not flag.is_frozen
    ]  # fmt: skip
    return found, same


def attended_by(person_id: uuid.UUID, body_id: uuid.UUID) -> list[Meeting]:
    """Returns the meetings of a body to come, or under way, at which somebody is expected, the next first."""
    return list(
        db.session.scalars(
            sa.select(Meeting)
            .join(Attendance, Attendance.meeting_id == Meeting.id)
            .where(Attendance.person_id == person_id, ~Attendance.apologies, Meeting.body_id == body_id)
            .where(Meeting.state != MeetingState.CLOSED)
            .distinct()
            .order_by(Meeting.held_on, Meeting.starts_at)
        )
    )


def _is_there(meeting_id: uuid.UUID, body_id: uuid.UUID) -> bool:
    found = sa.select(sa.exists().where(Meeting.id == meeting_id, Meeting.body_id == body_id))
    return bool(db.session.scalar(found))


def _taken_part_in(meeting: Meeting | None, actor: Actor) -> MeetingConflicts | None:
    """What is known of a meeting in which somebody takes part; None for everybody else."""
    if meeting is None or actor.person_id is None:
        return None
    try:
        conflicts = conflicts_at(meeting, known_at=clock.now(), items=[])
    except RuleBroken:
        return None
    return conflicts if actor.person_id in conflicts.people.keys() - conflicts.away else None
