"""Recording the meeting as it goes: who came, who left when, who took the chair, which item is open. One command, one entry."""

import uuid
from dataclasses import replace
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import EditConflict, NotFound, RuleBroken
from coi.meetings.conflicts.movement_queries import handovers_of, movements_of, standing_presence_of
from coi.meetings.conflicts.presiding import basis_of, may_take_the_chair
from coi.meetings.conflicts.seats import attendance_of, committee_seats
from coi.meetings.minutes.queries import is_final
from coi.meetings.models import AgendaItem, Attendance, ChairHandover, Meeting, Presence
from coi.meetings.presence import still_in
from coi.meetings.proceedings.capacities import check_capacity, role_of
from coi.meetings.proceedings.closing_queries import closing_time, put_off_at_close
from coi.meetings.proceedings.keeping import (
    add_presence,
    attendance_row,
    check_not_called_off,
    enter_members,
    keep_movement,
    keeping_what_a_deputy_loses,
    last_number,
)
from coi.meetings.proceedings.queries import room_of
from coi.meetings.proceedings.snapshots import take_opening_snapshot
from coi.meetings.proceedings.taken_queries import ELSEWHERE, check_known, newly_contradicted
from coi.meetings.proceedings.vocabulary import AttendanceDetails, HandoverDetails, NotesDetails, OpeningDetails
from coi.meetings.queries import hold
from coi.meetings.recorded_vocabulary import MovementDetails
from coi.meetings.timing import check_past, check_within, happened_at, is_of_another_day
from coi.meetings.vocabulary import Capacity, ItemState, MeetingState, PresenceKind, PresenceReason
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.wording import clock_time


def open_meeting(meeting: Meeting, details: OpeningDetails, *, actor: Actor, at: datetime) -> Meeting:
    """Opens a meeting: who is there joins, who sent apologies is marked, and the opening quorum of each committee is taken.
    A meeting without a quorum opens too, and the record says so; its items cannot be decided. Raises RuleBroken where it was
    opened before, nobody is there, or somebody is both there and away. Rule: MTG-04; RULEBOOK §10.2."""
    hold(meeting)
    check_not_called_off(meeting)
    if meeting.state is not MeetingState.PLANNED:
        raise RuleBroken("The meeting was already opened", rule="MTG-04")
    if clock.local(at).date() < meeting.held_on:
        day = f"{meeting.held_on.day} {meeting.held_on:%B %Y}"
        raise RuleBroken(f"The meeting is planned for {day}", options=("Change its day, if it is held today",))
    check_past(details.opened_at, at, "opened_at")
    if not details.present:
        raise RuleBroken("Select who is there", field="present", rule="MTG-04")
    if details.present & details.apologies:
        raise RuleBroken("Somebody is marked as there and as having sent apologies. Choose one", field="apologies")
    committees = committee_seats(meeting)
    enter_members(meeting, committees.values(), details, at)
    db.session.flush()
    known = {row.person_id for row in attendance_of(meeting.id)}
    if not details.present <= known:
        raise NotFound("There is no such person at this meeting")
    meeting.state, meeting.opened_at = MeetingState.OPEN, details.opened_at
    for number, person_id in enumerate(sorted(details.present, key=str), start=1):
        add_presence(meeting, person_id, PresenceKind.JOINED, number, details.opened_at, PresenceReason.START, at)
    db.session.flush()
    here = frozenset(str(person) for person in details.present)
    for committee in committee_seats(meeting).values():
        take_opening_snapshot(meeting, committee, here, details.opened_at)
    log.record(Event.MEETING_OPENED, subject=meeting, actor=actor, at=at, body_id=meeting.body_id)
    return meeting


def record_attendance(meeting: Meeting, details: AttendanceDetails, *, actor: Actor, at: datetime) -> Attendance:
    """Records a person's part in a meeting: member, deputy, in attendance, apologies; and that they joined. Raises RuleBroken
    where the terms let nobody deputise, a deputy stands for nobody, or somebody is both there and away.

    Rule: RULEBOOK §10.9, §23 scenarios 25, 30, 31 and 46."""
    hold(meeting)
    _check_not_closed(meeting)
    committees = committee_seats(meeting)
    committee = committees.get(details.committee_id or next(iter(committees)))
    if committee is None or db.session.get(Person, details.person_id) is None:
        raise NotFound("There is no such person at this meeting")
    check_capacity(details, committee)
    row = attendance_row(meeting, committee.committee_id, details.person_id, at)
    with keeping_what_a_deputy_loses(row, details.deputy_for, actor=actor, at=at):
        row.capacity, row.deputy_for, row.apologies = details.capacity, details.deputy_for, details.apologies
        row.is_remote, row.role_words = details.is_remote, role_of(details)
        row.member_class = details.member_class if details.capacity is Capacity.TEMPORARY else None
        db.session.flush()
    if details.has_joined:
        _join(meeting, row, details, actor, at)
    log.record(Event.ATTENDANCE_RECORDED, subject=row, actor=actor, at=at, body_id=meeting.body_id)
    return row


def record_movement(meeting: Meeting, details: MovementDetails, *, actor: Actor, at: datetime) -> Presence:
    """Records that somebody joined, left, returned, was removed or sat in the gallery, at a time or at one that nobody knows. A
    correction is a new movement in place of an earlier one; both stay on record. Raises RuleBroken where the movement cannot
    have happened, or changes who was in the room at an item that was settled and nobody said that it was so; NotFound for somebody who
    has no part in the meeting.

    Rule: MTG-10; RULEBOOK §10.3, §23 scenarios 24, 25, 32 to 34; USERS W9."""
    hold(meeting)
    check_can_be_recorded(meeting)
    if details.is_so and not details.note.strip():
        raise RuleBroken("Enter in the note what happened", field="note", rule="MTG-10")
    if details.is_now and details.at is None:
        details = replace(details, at=clock.minute_of(happened_at(meeting, None, at, "at")))
    before = movements_of(meeting.id)
    row = keep_movement(meeting, details, at)
    if not details.is_so:
        check_known(newly_contradicted(meeting, before, movements_of(meeting.id)), row.person.name, meeting, actor)
    log.record(Event.PRESENCE_RECORDED, subject=row, actor=actor, at=at, body_id=meeting.body_id)
    return row


def hand_over_chair(
    item: AgendaItem,
    details: HandoverDetails,
    *,
    actor: Actor,
    at: datetime,
    committee_id: uuid.UUID | None = None,
) -> ChairHandover:
    """Records that somebody takes the chair for an item. Raises RuleBroken where they may not: not there, conflicted, without a
    vote, or passing over the vice chair. Rule: MTG-07; RULEBOOK §10.5, §10.6, §23 scenarios 20 to 22."""
    hold(item.meeting)
    _check_open(item.meeting)
    check_past(details.at, at, "at")
    room = room_of(item, known_at=at, committee_id=committee_id)
    to = str(details.to_person_id)
    kept_out = room.conflicts.kept_from_the_chair(item.id, room.committee.committee_id)
    if not may_take_the_chair(room.committee.seats, kept_out, room.in_the_meeting, to):
        presiding = room.presiding
        options = (f"Hand the chair over to {presiding.name}",) if presiding else presiding.options
        raise RuleBroken(
            f"{room.names.get(to, 'This person')} cannot take the chair for this item. {presiding.reason}",
            field="to_person", rule="MTG-07", options=options,
        )  # fmt: skip
    if to == room.in_the_chair:
        raise RuleBroken(f"{room.names[to]} is in the chair already", field="to_person")
    row = ChairHandover(
        id=uuid.uuid4(), item_id=item.id, committee_id=room.committee.committee_id,
        from_person_id=uuid.UUID(room.in_the_chair) if room.in_the_chair else None, to_person_id=details.to_person_id,
        basis=basis_of(room.committee.seats, to), reason=details.reason.strip() or room.presiding.reason, handed_over_at=details.at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    log.record(Event.CHAIR_HANDED_OVER, subject=row, actor=actor, at=at, body_id=item.meeting.body_id)
    return row


def return_chair(handover: ChairHandover, when: datetime, *, actor: Actor, at: datetime) -> ChairHandover:
    """Records that the chair went back to where it came from. Rule: MTG-07; RULEBOOK §10.6."""
    if handover.returned_at is not None:
        raise RuleBroken("The chair was already returned")
    check_past(when, at, "at")
    if when < handover.handed_over_at:
        raise RuleBroken("Enter a time after the chair was handed over", field="at")
    handover.returned_at, handover.return_recorded_at = when, at
    item = db.session.get_one(AgendaItem, handover.item_id)
    log.record(Event.CHAIR_RETURNED, subject=handover, actor=actor, at=at, body_id=item.meeting.body_id)
    return handover


def open_item(item: AgendaItem, *, actor: Actor, at: datetime, when: datetime | None = None) -> AgendaItem:
    """Opens an item, now or `when` it was reached, once more where what is recorded is not of the meeting's day. The chair goes back from
    items that are settled. Raises RuleBroken where the meeting is not open, was not open then, or the item was opened before."""
    hold(item.meeting)
    _check_open(item.meeting)
    if when is not None:
        check_past(when, at, "began")
        check_within(item.meeting, when, "began")
    when = happened_at(item.meeting, when, at, "began")
    if item.state is ItemState.PLANNED:
        item.state = ItemState.OPEN
    elif not is_of_another_day(item.meeting, item.opened_at):
        raise RuleBroken("The item was already opened")
    elif item.closed_at is not None and when > item.closed_at:
        raise RuleBroken(
            f"The item was settled at {clock_time(item.closed_at)}. Enter a time before that", field="began"
        )
    item.opened_at = when
    for handover in handovers_of(item.meeting_id):
        before = db.session.get_one(AgendaItem, handover.item_id)
        if handover.returned_at is None and before.closed_at is not None:
            handover.returned_at = max(handover.handed_over_at, before.closed_at)
    log.record(Event.ITEM_OPENED, subject=item, actor=actor, at=at, body_id=item.meeting.body_id)
    return item


def note_discussion(item: AgendaItem, details: NotesDetails, *, actor: Actor, at: datetime) -> AgendaItem:
    """Keeps what the secretary noted of the discussion of an item, for the minutes. Raises EditConflict with both texts where somebody
    changed the notes since the page was shown, RuleBroken before the meeting is opened and once its minutes are confirmed."""
    hold(item.meeting)
    check_can_be_recorded(item.meeting)
    if not details.follows(item.discussion):
        raise EditConflict(
            f"The notes on item {item.position}", theirs={"Notes": item.discussion}, yours={"Notes": details.text}
        )
    item.discussion = details.text.strip()
    log.record(Event.DISCUSSION_NOTED, subject=item, actor=actor, at=at, body_id=item.meeting.body_id)
    return item


def close_meeting(meeting: Meeting, when: datetime, *, actor: Actor, at: datetime) -> Meeting:
    """Closes a meeting: whoever is still in it leaves, and the chair goes back. What is left open stays open, and the minutes
    name it. Raises RuleBroken where the meeting is not open, or the time is before its opening or before the last
    thing that was recorded to have happened."""
    hold(meeting)
    when = check_closing(meeting, when, at=at)
    movements = movements_of(meeting.id)
    number = last_number(meeting.id)
    for offset, person in enumerate(still_in(movements), start=1):
        person_id = uuid.UUID(person)
        add_presence(meeting, person_id, PresenceKind.LEFT, number + offset, when, PresenceReason.END, at)
    for handover in handovers_of(meeting.id):
        if handover.returned_at is None:
            handover.returned_at = max(when, handover.handed_over_at)
    meeting.state, meeting.closed_at = MeetingState.CLOSED, when
    log.record(Event.MEETING_CLOSED, subject=meeting, actor=actor, at=at, body_id=meeting.body_id)
    return meeting


def check_closing(meeting: Meeting, when: datetime, *, at: datetime) -> datetime:
    """Returns when a meeting closes. Raises RuleBroken where it is not open, or closes before what happened in it."""
    _check_open(meeting)
    check_past(when, at, "closed_at")
    return closing_time(meeting, when)


def correct_closing(meeting: Meeting, when: datetime, *, actor: Actor, at: datetime) -> Meeting:
    """Corrects when a meeting closed, until its minutes are confirmed: whoever left at its end, a chair that went back then and
    items put off untaken then, did so at the new time. Raises RuleBroken as closing does. Rule: MIN-01, MTG-10."""
    hold(meeting)
    check_can_be_recorded(meeting)
    if meeting.state is not MeetingState.CLOSED:
        raise RuleBroken("The meeting is not closed")
    check_past(when, at, "closed_at")
    before, when = meeting.closed_at, closing_time(meeting, when)
    ends = [row for row in standing_presence_of(meeting.id) if row.reason is PresenceReason.END]
    for number, row in enumerate(ends, start=last_number(meeting.id) + 1):
        add_presence(meeting, row.person_id, row.kind, number, when, row.reason, at).corrects_id = row.id
    for handover in handovers_of(meeting.id):
        if handover.returned_at == before:
            handover.returned_at = max(when, handover.handed_over_at)
    for decision, item in put_off_at_close(meeting, before):
        decision.decided_at = item.closed_at = when
    meeting.closed_at = when
    log.record(Event.CLOSING_CORRECTED, subject=meeting, actor=actor, at=at, body_id=meeting.body_id)
    return meeting


def _join(meeting: Meeting, row: Attendance, details: AttendanceDetails, actor: Actor, at: datetime) -> None:
    before = movements_of(meeting.id)
    keep_movement(meeting, MovementDetails(details.person_id, PresenceKind.JOINED, details.joined_at), at)
    touched = newly_contradicted(meeting, before, movements_of(meeting.id))
    try:
        check_known(touched, row.person.name, meeting, actor)
    except RuleBroken as broken:
        options = ("Record them without joining first", ELSEWHERE)
        raise RuleBroken(broken.reason, field="joined_at", rule=broken.rule, options=options) from broken


def _check_open(meeting: Meeting) -> None:
    if meeting.state is not MeetingState.OPEN:
        options = ("Open the meeting first",) if meeting.state is MeetingState.PLANNED else ()
        raise RuleBroken("The meeting is not open", options=options)


def check_can_be_recorded(meeting: Meeting) -> None:
    """Raises RuleBroken before a meeting is opened, and once its minutes are confirmed. In between, what was forgotten in the room can
    still be recorded as it happened. Rule: MIN-01; DESIGN §1."""
    check_not_called_off(meeting)
    if meeting.state is MeetingState.PLANNED:
        raise RuleBroken("The meeting is not open", options=("Open the meeting first",))
    if is_final(meeting.id):
        said = "The minutes of this meeting are confirmed. Its record can no longer change"
        raise RuleBroken(
            said,
            rule="MIN-01",
            options=("Put the correction to a later meeting: the minutes of that meeting record it",),
        )


def _check_not_closed(meeting: Meeting) -> None:
    if meeting.state is MeetingState.CLOSED:
        raise RuleBroken("The meeting is closed. Its record can no longer change", rule="MIN-01")
