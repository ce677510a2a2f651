"""The page of an item as it is taken, and what is typed and pressed on it. It belongs to the blueprint of the room."""

import uuid

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import EditConflict, NotFound, RuleBroken
from coi.meetings.conflicts.voices.roster_queries import inputs_on
from coi.meetings.corrections.queries import corrections_on
from coi.meetings.disputes.rules import dispute_words
from coi.meetings.minutes.queries import is_final
from coi.meetings.models import AgendaItem
from coi.meetings.papers.queries import papers_for
from coi.meetings.proceedings import commands, queries
from coi.meetings.proceedings.forms import movement_words, next_kinds
from coi.meetings.proceedings.people_queries import PersonInMeeting, people_in_meeting
from coi.meetings.proceedings.queries import ItemRoom
from coi.meetings.proceedings.room_form import BEGIN, SHORT, RoomForm, moves_of
from coi.meetings.proceedings.rules import remark_on
from coi.meetings.proceedings.taken_queries import ELSEWHERE
from coi.meetings.proceedings.views import ASK, KEEP, bp, item_to_record
from coi.meetings.proceedings.vocabulary import RoomPress, mark_of
from coi.meetings.recorded_vocabulary import MovementDetails
from coi.meetings.timing import is_of_another_day
from coi.meetings.vocabulary import PresenceKind, PresenceReason
from coi.web.access import requires
from coi.web.pages import page

SETTLING = frozenset({"decide", "note", "defer", "refer", "irregular", "hand_over", "return_chair"})
OF_THE_ITEM = {"action": "actions.add", "clinical_view": "voices.record_input", "raise_flag": "conflicts.raise_flag"}


@bp.get("/<body>/items/<uuid:item_id>/room/")
@requires(KEEP)
def item(item_id: uuid.UUID) -> Response:
    """One item as it is taken: conflicts and rulings, who is there, the quorum now, the notes, the decision."""
    found = item_to_record(item_id)
    room, people = _read(found)
    form = _form_of(people)(formdata=None, text=found.discussion, seen=mark_of(found.discussion))
    return _item_page(found, room, people, form)


@bp.post("/<body>/items/<uuid:item_id>/room/keep")
@requires(KEEP)
def keep(item_id: uuid.UUID) -> Response:
    """Keeps the notes, whatever was pressed, and records the movement or goes on to the page that was asked for."""
    found = item_to_record(item_id)
    room, people = _read(found)
    form = _form_of(people)()
    form.day = found.meeting.held_on
    if form.validate_on_submit():
        try:
            said = _keep(found, room, form)
        except EditConflict as conflict:
            db.session.rollback()
            return _conflict_page(item_to_record(item_id), form, conflict)
        except RuleBroken as broken:
            form.show(broken)
            found = item_to_record(item_id)
            room, people = _read(found)
        else:
            db.session.commit()
            for words in said:
                flash(words)
            return redirect(_next(found, room, form.press))
    return _item_page(found, room, people, form)


def _keep(found: AgendaItem, room: ItemRoom, form: RoomForm) -> list[str]:
    """Keeps what was typed and pressed, and returns what to say about it."""
    said = []
    details, press = form.details(), form.press
    if details.differs_from(found.discussion):
        commands.note_discussion(found, details, actor=g.actor, at=clock.now())
        said.append("The notes are saved.")
    elif not press.what:
        said.append("The notes are saved already.")
    if press.what == BEGIN:
        commands.open_item(found, actor=g.actor, at=clock.now(), when=form.moment(form.began))
        said.append(f"The item is begun. {remark_on(room.elsewhere)}".strip())
    if press.movement is not None and press.person_id is not None:
        ruled = room.conflicts.actions_on(found.id, room.committee.committee_id)
        why = PresenceReason.CONFLICT if str(press.person_id) in ruled else PresenceReason.OTHER
        when = form.when(press.person_id)
        wanted = MovementDetails(press.person_id, press.movement, when, why, found.id, is_now=when is None)
        try:
            row = commands.record_movement(found.meeting, wanted, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            field = form.time_of(press.person_id)
            options = (ELSEWHERE,) if broken.field == "is_so" else broken.options
            raise RuleBroken(broken.reason, field=field.name if field else None, options=options) from broken
        ask = ASK if press.movement is PresenceKind.JOINED else ""
        said.append(f"{row.person.name}: {movement_words(press.movement).lower()}.{ask}")
    return said


def _next(found: AgendaItem, room: ItemRoom, press: RoomPress) -> str:
    """Where a button leads once the notes are kept."""
    item_id, whom, committee = found.id, press.person_id, room.committee.committee_id
    if press.what in SETTLING:
        return url_for(f".{press.what}", item_id=item_id, committee=committee)
    if press.what in OF_THE_ITEM:
        return url_for(OF_THE_ITEM[press.what], item_id=item_id)
    if press.what == "rule_on_class":
        return url_for("conflicts.rule_on_class", item_id=item_id, committee=committee)
    if press.what == "rule" and whom:
        return url_for("conflicts.rule", item_id=item_id, person_id=whom, committee=committee)
    if press.what == "dispute" and whom:
        return url_for("disputes.record", item_id=item_id, person_id=whom, committee=committee)
    if press.what == "declare" and whom:
        return url_for("conflicts.declare", meeting_id=found.meeting_id, person_id=whom, item=item_id)
    if press.what == "movement" and whom:
        return url_for(".movement", meeting_id=found.meeting_id, person_id=whom, item=item_id)
    if press.what not in ("", BEGIN) and press.movement is None:
        raise NotFound("There is no such button")
    anchor = "people" if press.movement else "notes"
    return url_for(".item", item_id=item_id, committee=request.args.get("committee"), _anchor=anchor)


def _read(found: AgendaItem) -> tuple[ItemRoom, list[PersonInMeeting]]:
    room = queries.room_of(found, known_at=clock.now(), committee_id=request.args.get("committee", type=uuid.UUID))
    return room, people_in_meeting(found.meeting, room.movements)


def _form_of(people: list[PersonInMeeting]) -> type[RoomForm]:
    return RoomForm.with_people([(each.attendance.person_id, each.attendance.person.name) for each in people])


def _item_page(found: AgendaItem, room: ItemRoom, people: list[PersonInMeeting], form: RoomForm) -> Response:
    there = [each for each in people if not each.attendance.apologies]
    decisions = queries.decisions_of(found.id)
    meeting = found.meeting
    is_over = meeting.closed_at is not None and bool(decisions or room.handovers)
    return page(
        "meetings/proceedings/item.html", item=found, meeting=meeting, room=room, form=form,
        here=[each for each in there if each.is_in], elsewhere=[each for each in there if not each.is_in],
        apologies=[each.attendance.person.name for each in people if each.attendance.apologies],
        is_final=is_over and is_final(found.meeting_id),
        decisions=decisions, corrections=corrections_on([found.id]) if decisions or room.handovers else (), views=inputs_on([found.id]),
        papers=papers_for(g.actor, found, room.conflicts), words=movement_words, short=SHORT,
        moves=lambda each: moves_of(next_kinds(each, private=found.part == "private"), each.attendance.person_id),
        others=[each for each in room.conflicts.seats.values() if each is not room.committee],
        downs={seat.person for seat in room.stood_down}, dispute_words=dispute_words,
        began_wrongly=is_of_another_day(meeting, found.opened_at), is_today=not is_of_another_day(meeting, clock.now()),
    )  # fmt: skip


def _conflict_page(found: AgendaItem, form: RoomForm, conflict: EditConflict) -> Response:
    """Both versions of the notes, hers ready to be sent over the other or joined with it."""
    form.show_saved(found.discussion)
    committee = request.args.get("committee", type=uuid.UUID)
    return page(
        "meetings/proceedings/notes_conflict.html", 409, form=form, item=found, committee=committee,
        theirs=next(iter(conflict.theirs.values())), movement=form.press.movement, words=movement_words,
    )  # fmt: skip
