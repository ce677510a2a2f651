"""Pages of the room: the meeting as it goes, who is there, the chair, opening and closing."""

import uuid
from datetime import time

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.closing import not_taken, to_put_off, unresolved
from coi.meetings.conflicts.beforehand.queries import said_at_items, said_before
from coi.meetings.conflicts.beforehand.vocabulary import Said
from coi.meetings.conflicts.seats import committee_seats
from coi.meetings.corrections import retaking
from coi.meetings.keeper_queries import item_to_keep
from coi.meetings.minutes.queries import is_final
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.proceedings import chair_queries, commands, decision_commands, queries
from coi.meetings.proceedings.forms import (
    WHO,
    AttendanceForm,
    CloseForm,
    HandoverForm,
    MovementForm,
    OpenForm,
    ReturnForm,
    StartForm,
    movement_words,
)
from coi.meetings.proceedings.people_queries import people_in_meeting, presence_of
from coi.meetings.proceedings.vocabulary import Attending
from coi.meetings.queries import agenda_for, agenda_of, meeting_of
from coi.meetings.vocabulary import Capacity, MeetingState, PresenceKind
from coi.people.queries import called, people_of_body
from coi.permissions.vocabulary import Permission
from coi.web.access import may, requires
from coi.web.pages import page
from coi.wording import clock_time

bp = Blueprint("proceedings", __name__)

ASK = " Ask what they have to declare."
"""Whoever joins is asked to declare (RULEBOOK §10.3)."""

CORRECTED = "The closing time is corrected. Compose the minutes again."

READ, RECORD = Permission.MEETINGS_MEETING_READ, Permission.MEETINGS_MEETING_RECORD
KEEP = Permission.MEETINGS_ITEM_KEEP


def meeting_to_record(meeting_id: uuid.UUID) -> Meeting:
    """Returns a meeting that the actor keeps the record of. Raises NotFound."""
    return meeting_of(meeting_id, body_id=g.body.id, actor=g.actor, permission=RECORD)


def item_to_record(item_id: uuid.UUID) -> AgendaItem:
    """Returns an item that the actor keeps the record of, by their role or named for this item alone. Raises NotFound."""
    return item_to_keep(item_id, body_id=g.body.id, actor=g.actor)


def time_now(meeting: Meeting) -> time | None:
    """Returns the present time of day, for a field to begin with; none on another day than the meeting's."""
    now = clock.local(clock.now())
    return clock.minute_of(now).time() if now.date() == meeting.held_on else None


@bp.get("/<body>/meetings/<uuid:meeting_id>/room/")
@requires(READ)
def show(meeting_id: uuid.UUID) -> Response:
    """The meeting as it goes: its items with their state, and who is there."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor)
    people = people_in_meeting(meeting)
    seen = agenda_for(g.actor, agenda_of(meeting))
    said = said_before(meeting.id).values() if may(RECORD) and meeting.state is not MeetingState.CLOSED else ()
    return page(
        "meetings/proceedings/show.html", meeting=meeting, items=seen.items, withheld=seen.withheld, people=people,
        said={each.person_id: numbers for each in said if (numbers := _numbers_of(each, seen.items))},
        is_final=meeting.state is MeetingState.CLOSED and is_final(meeting.id),
        movements=presence_of(meeting.id), words=movement_words, form=StartForm(formdata=None),
    )  # fmt: skip


def _numbers_of(said: Said, items: list[AgendaItem]) -> list[int]:
    """The numbers of the items in which somebody said before the meeting that they have an interest."""
    return [item.position for item, _ in said_at_items(said, items)]


@bp.route("/<body>/meetings/<uuid:meeting_id>/room/open", methods=["GET", "POST"])
@requires(RECORD)
def open_meeting(meeting_id: uuid.UUID) -> Response:
    """Open the meeting: who is there, who sent apologies, when."""
    meeting = meeting_to_record(meeting_id)
    people = _to_come(meeting)
    away = {each.attendance.person_id for each in people_in_meeting(meeting) if each.attendance.apologies}
    now = time_now(meeting)
    form = OpenForm.with_people(people)(
        opened_at=min(now, meeting.starts_at) if now else meeting.starts_at,
        **{f"{WHO}{person.hex}": Attending.APOLOGIES for person in away},
    )
    form.day = meeting.held_on
    if form.validate_on_submit():
        try:
            commands.open_meeting(meeting, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The meeting is open.")
            return redirect(url_for(".show", meeting_id=meeting.id))
    return page("meetings/proceedings/open_meeting.html", form=form, meeting=meeting)


@bp.route("/<body>/meetings/<uuid:meeting_id>/room/attendance", methods=["GET", "POST"])
@requires(RECORD)
def attendance(meeting_id: uuid.UUID) -> Response:
    """Somebody else comes: a deputy, a guest, a late member."""
    meeting = meeting_to_record(meeting_id)
    seats = committee_seats(meeting)
    committee = seats.get(request.args.get("committee", type=uuid.UUID) or next(iter(seats)))
    if committee is None:
        raise NotFound("There is no such committee")
    expected = request.args.get("person", type=uuid.UUID)  # a member who is missing
    form = AttendanceForm(
        joined_at=time_now(meeting), has_joined=meeting.state is MeetingState.OPEN and expected is None,
        person=expected, capacity=Capacity.MEMBER if expected else request.args.get("as", type=Capacity),
    )  # fmt: skip
    form.day = meeting.held_on
    members = [(uuid.UUID(seat.person), seat.name) for seat in committee.seats if seat.is_members_own]
    people = list(called(people_of_body(g.body.id, meeting.held_on), g.body.id, meeting.held_on).items())
    form.offer(people, members, temporary_allowed=committee.temporary_allowed)
    if form.validate_on_submit():
        try:
            row = commands.record_attendance(
                meeting, form.details(committee.committee_id), actor=g.actor, at=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(
                f"{row.person.name} is recorded. Ask what they have to declare."
                if form.has_joined.data
                else f"{row.person.name} is recorded."
            )
            return redirect(url_for(".show", meeting_id=meeting.id))
    return page("meetings/proceedings/attendance.html", form=form, meeting=meeting, committee=committee)


@bp.route("/<body>/meetings/<uuid:meeting_id>/room/people/<uuid:person_id>/movement", methods=["GET", "POST"])
@requires(RECORD)
def movement(meeting_id: uuid.UUID, person_id: uuid.UUID) -> Response:
    """Somebody left, returned, joined, or sits in the gallery; or an entry has to be corrected."""
    meeting = meeting_to_record(meeting_id)
    item = item_to_record(item_id) if (item_id := request.args.get("item", type=uuid.UUID)) else None
    person = next((each for each in people_in_meeting(meeting) if each.attendance.person_id == person_id), None)
    if person is None:
        raise NotFound("There is no such person at this meeting")
    form = MovementForm(at=time_now(meeting))
    form.day = meeting.held_on
    earlier = [row for row in presence_of(meeting.id) if row.person_id == person_id]
    form.offer(
        (row.id, f"{movement_words(row.kind)}, {clock_time(row.at) or 'time not known'}", row.reason) for row in earlier
    )
    if form.validate_on_submit():
        try:
            said = _move(meeting, form, person_id, item)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            ask = ASK if form.kind.data is PresenceKind.JOINED else ""
            flash(f"{person.attendance.person.name}: {movement_words(form.kind.data).lower()}.{ask}{said}")
            return _to_room(meeting, item)
    return page(
        "meetings/proceedings/movement.html", form=form, meeting=meeting, item=item, person=person, earlier=earlier
    )


def _move(meeting: Meeting, form: MovementForm, person_id: uuid.UUID, item: AgendaItem | None) -> str:
    """Records a movement, and takes the room again at the items that were settled otherwise. Returns what to say of those."""
    details = form.details(person_id, item.id if item else None)
    commands.record_movement(meeting, details, actor=g.actor, at=clock.now())
    if not details.is_so:
        return ""
    return retaking.take_rooms_again(meeting, details.note.strip(), actor=g.actor, at=clock.now())


@bp.route("/<body>/items/<uuid:item_id>/room/chair", methods=["GET", "POST"])
@requires(KEEP)
def hand_over(item_id: uuid.UUID) -> Response:
    """Somebody else takes the chair for an item."""
    item = item_to_record(item_id)
    room = queries.room_of(item, known_at=clock.now(), committee_id=request.args.get("committee", type=uuid.UUID))
    form = HandoverForm(
        at=time_now(item.meeting), to_person=uuid.UUID(room.presiding.person) if room.presiding.person else None
    )
    form.day = item.meeting.held_on
    form.offer(room.whoever_may_take_the_chair)
    if form.validate_on_submit():
        try:
            row = commands.hand_over_chair(
                item, form.details(), actor=g.actor, at=clock.now(), committee_id=room.committee.committee_id
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{row.to_person.name} is in the chair for this item.")
            return redirect(url_for(".item", item_id=item.id, committee=request.args.get("committee")))
    return page("meetings/proceedings/hand_over.html", form=form, item=item, room=room)


@bp.route("/<body>/items/<uuid:item_id>/room/chair/return", methods=["GET", "POST"])
@requires(KEEP)
def return_chair(item_id: uuid.UUID) -> Response:
    """The chair goes back to where it came from."""
    item = item_to_record(item_id)
    handover = chair_queries.handover_to_return(item, request.args.get("committee", type=uuid.UUID))
    form = ReturnForm(at=time_now(item.meeting))
    form.day = item.meeting.held_on
    if form.validate_on_submit():
        try:
            commands.return_chair(handover, form.instant(form.at.data), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The chair is back.")
            return redirect(url_for(".item", item_id=item.id, committee=request.args.get("committee")))
    return page("meetings/proceedings/return_chair.html", form=form, item=item, handover=handover)


@bp.route("/<body>/meetings/<uuid:meeting_id>/room/close", methods=["GET", "POST"])
@requires(RECORD)
def close(meeting_id: uuid.UUID) -> Response:
    """Close the meeting, with what is left open in view; or correct when it closed."""
    meeting = meeting_to_record(meeting_id)
    is_correction = meeting.state is MeetingState.CLOSED and meeting.closed_at is not None
    form = CloseForm(closed_at=clock.local(meeting.closed_at).time() if is_correction else time_now(meeting))
    form.day, items = meeting.held_on, agenda_of(meeting)
    seen = agenda_for(g.actor, items).items
    left = unresolved(meeting, g.body, items, seen, known_at=clock.now())
    if form.validate_on_submit():
        try:
            _close(meeting, form, to_put_off(seen) if form.put_off.data else [], is_correction=is_correction)
        except RuleBroken as broken:
            form.show(broken)
            agenda_of(meeting)  # reads at once what the rollback let go
        else:
            db.session.commit()
            flash(CORRECTED if is_correction else "The meeting is closed. The minutes can be composed.")
            return redirect(url_for("meetings.show", meeting_id=meeting.id))
    return page("meetings/proceedings/close.html", form=form, meeting=meeting, left=left, is_correction=is_correction,
        not_taken=not_taken(seen), to_put_off=to_put_off(seen),
    )  # fmt: skip


def _close(meeting: Meeting, form: CloseForm, put_off: list[AgendaItem], *, is_correction: bool) -> None:
    """Closes the meeting, after putting off what was not taken; or corrects when it closed."""
    when = form.instant(form.closed_at.data)
    if is_correction:
        commands.correct_closing(meeting, when, actor=g.actor, at=clock.now())
        return
    when = commands.check_closing(meeting, when, at=clock.now())
    for item in put_off:
        decision_commands.defer_untaken(item, when, actor=g.actor, at=clock.now())
    commands.close_meeting(meeting, when, actor=g.actor, at=clock.now())


def _to_room(meeting: Meeting, item: AgendaItem | None) -> Response:
    if item is not None:
        return redirect(url_for(".item", item_id=item.id, _anchor="room"))
    return redirect(url_for(".show", meeting_id=meeting.id))


def _to_come(meeting: Meeting) -> list[tuple[uuid.UUID, str]]:
    """Members, deputies, guests who were named before: everybody who may be ticked as there."""
    seats = committee_seats(meeting)
    members = {uuid.UUID(seat.person): seat.name for committee in seats.values() for seat in committee.seats}
    named = {each.attendance.person_id: each.attendance.person.name for each in people_in_meeting(meeting)}
    return list((members | {person: name for person, name in named.items() if person not in members}).items())
