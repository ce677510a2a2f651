"""Keeping rows of attendance and presence for the commands of the room. No ledger entry of their own."""

import uuid
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

import sqlalchemy as sa

from coi.committees.vocabulary import MemberClass, Seat
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.movement_queries import movements_of
from coi.meetings.conflicts.seats import CommitteeSeats, attendance_of
from coi.meetings.conflicts.unreached_commands import losses_kept
from coi.meetings.conflicts.unreached_queries import live_items
from coi.meetings.models import Attendance, Meeting, Presence
from coi.meetings.presence import Movement, in_order, may_follow
from coi.meetings.proceedings.vocabulary import OpeningDetails
from coi.meetings.queries import item_at
from coi.meetings.recorded_vocabulary import MovementDetails
from coi.meetings.timing import check_past, check_within
from coi.meetings.vocabulary import Capacity, MeetingState, Part, PresenceKind, PresenceReason
from coi.permissions.vocabulary import Actor

CLASS_WORDS = {
    MemberClass.LAY: "Lay member",
    MemberClass.GP: "GP member",
    MemberClass.EXECUTIVE: "Executive member",
    MemberClass.NURSE: "Registered nurse",
    MemberClass.SECONDARY_CARE: "Secondary care doctor",
    MemberClass.NHS_ENGLAND: "NHS England",
    MemberClass.PARTNER: "Partner member",
    MemberClass.NON_EXECUTIVE: "Non-executive member",
    MemberClass.PRACTICE_MANAGER: "Practice manager",
    MemberClass.COUNCILLOR: "Councillor",
    MemberClass.NHS_REPRESENTATIVE: "NHS representative",
    MemberClass.OTHER: "Member",
}


def enter_members(
    meeting: Meeting, committees: Iterable[CommitteeSeats], details: OpeningDetails, at: datetime
) -> None:
    """Gives every member, and everybody named before, their line of attendance, with apologies where they sent them."""
    for committee in committees:
        for seat in committee.seats:
            if seat.is_members_own:
                row = attendance_row(meeting, committee.committee_id, uuid.UUID(seat.person), at)
                row.role_words = row.role_words or role_words(seat)
    db.session.flush()
    for row in attendance_of(meeting.id):
        row.apologies = row.person_id in details.apologies or (row.apologies and row.person_id not in details.present)
        row.is_remote = row.is_remote or row.person_id in details.remote


def attendance_row(meeting: Meeting, committee_id: uuid.UUID, person_id: uuid.UUID, at: datetime) -> Attendance:
    """Returns a person's line of attendance for a committee, made now where there is none."""
    row = db.session.scalar(
        sa.select(Attendance).where(
            Attendance.meeting_id == meeting.id,
            Attendance.committee_id == committee_id,
            Attendance.person_id == person_id,
        )
    )
    if row is None:
        row = Attendance(
            id=uuid.uuid4(), meeting_id=meeting.id, committee_id=committee_id, person_id=person_id,
            capacity=Capacity.MEMBER, apologies=False, is_remote=False, role_words="", recorded_at=at,
        )  # fmt: skip
        db.session.add(row)
    return row


def keeping_what_a_deputy_loses(
    row: Attendance, stands_for: uuid.UUID | None, *, actor: Actor, at: datetime
) -> AbstractContextManager[None]:
    """Stands around a change of somebody's part: what they were flagged by as the deputy of a member whose seat they fill no more is kept
    until whoever presides has seen it. Rule: MTG-02; RULEBOOK §10.9, §24."""
    if row.deputy_for is None or row.deputy_for == stands_for:
        return nullcontext()
    what = f"{row.person.name} was entered as no longer deputising"
    return losses_kept(what, items=live_items(meeting_id=row.meeting_id), with_people=True, actor=actor, at=at)


def role_words(seat: Seat) -> str:
    """Returns a seat as the minutes print it: "Lay member (chair)", "Chief finance officer"."""
    role = ", ".join(sorted(seat.roles)) or CLASS_WORDS[seat.member_class]
    offices = [office.value.replace("_", " ") for office in sorted(seat.offices)]
    return f"{role} ({', '.join(offices)})" if offices else role


def keep_movement(meeting: Meeting, details: MovementDetails, at: datetime) -> Presence:
    """Adds a movement that fits what was recorded before; a correction stays with the item of what it corrects, unless another is named.
    Raises RuleBroken where it does not fit, NotFound for a stranger."""
    rows = {row.person_id: row.person.name for row in attendance_of(meeting.id)}
    if details.person_id not in rows:
        raise NotFound("There is no such person at this meeting")
    if meeting.state is MeetingState.PLANNED:
        raise RuleBroken("The meeting is not open", field="joined_at", options=("Open the meeting first",))
    if details.at is not None:
        check_past(details.at, at, "at")
        check_within(meeting, details.at, "at")
    corrected = _corrected(meeting, details)
    item = item_at(meeting, details.item_id or (corrected.item_id if corrected else None))
    if details.kind is PresenceKind.GALLERY and item is not None and item.part is Part.PRIVATE:
        raise RuleBroken("The item is in private, so nobody sits in the public gallery", field="kind", rule="MTG-12")
    movements = movements_of(meeting.id)
    new = Movement(
        str(details.person_id), details.kind, last_number(meeting.id) + 1, details.at, item.opened_at if item else None,
        details.reason, str(item.id) if item else None, corrected.number if corrected else None,
    )  # fmt: skip
    verdict = may_follow(movements, new, {str(person): name for person, name in rows.items()})
    if not verdict:
        raise RuleBroken(verdict.reason, field=verdict.field, rule=verdict.rule_id)
    row = add_presence(meeting, details.person_id, details.kind, new.number, details.at, details.reason, at)
    row.item_id, row.note = _left_for(movements, new) or (item.id if item else None), details.note.strip()
    row.corrects_id = corrected.id if corrected else None
    db.session.flush()
    return row


def _left_for(movements: Sequence[Movement], new: Movement) -> uuid.UUID | None:
    """Returns the item for which somebody had left who returns now, so that the item's record tells both; None for anybody else."""
    if new.kind is not PresenceKind.RETURNED:
        return None
    theirs = [move for _, move in in_order((*movements, new), new.person)]
    left = theirs[theirs.index(new) - 1] if theirs[0] != new else None
    return uuid.UUID(left.item) if left and left.item else None


def add_presence(
    meeting: Meeting, person_id: uuid.UUID, kind: PresenceKind, number: int, when: datetime | None, why: PresenceReason,
    at: datetime,
) -> Presence:  # fmt: skip
    """Adds a movement as it is, without asking whether it fits."""
    row = Presence(
        id=uuid.uuid4(), meeting_id=meeting.id, person_id=person_id, kind=kind, number=number, at=when, reason=why,
        note="", recorded_at=at,
    )  # fmt: skip
    db.session.add(row)
    return row


def last_number(meeting_id: uuid.UUID) -> int:
    """Returns the number of the last movement of a meeting, 0 where there is none."""
    return db.session.scalar(sa.select(sa.func.max(Presence.number)).where(Presence.meeting_id == meeting_id)) or 0


def _corrected(meeting: Meeting, details: MovementDetails) -> Presence | None:
    if details.corrects_id is None:
        return None
    row = db.session.get(Presence, details.corrects_id)
    if row is None or row.meeting_id != meeting.id or row.person_id != details.person_id:
        raise NotFound("There is no such movement")
    return row


def check_not_called_off(meeting: Meeting) -> None:
    """Raises RuleBroken for a meeting that was called off: nothing happened that could be recorded."""
    if meeting.called_off_at:
        raise RuleBroken("The meeting was called off, so there is nothing to record")
