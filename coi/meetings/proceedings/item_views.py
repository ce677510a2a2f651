"""Pages for one item in the room: beginning and settling it. They belong to the blueprint of the room."""

import uuid
from datetime import datetime, time

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.models import AgendaItem
from coi.meetings.proceedings import decision_commands, queries
from coi.meetings.proceedings import keeper_views as keeper_views  # its routes belong to the same blueprint
from coi.meetings.proceedings import procurement_views as procurement_views  # its routes belong to the same blueprint
from coi.meetings.proceedings import taking_views as taking_views  # its routes belong to the same blueprint
from coi.meetings.proceedings.decision_forms import DecisionForm, DeferForm, IrregularForm, NoteForm, ReferForm
from coi.meetings.proceedings.forms import VOTE
from coi.meetings.proceedings.queries import ItemRoom
from coi.meetings.proceedings.settling import unseen_of
from coi.meetings.proceedings.views import KEEP, bp, item_to_record, time_now
from coi.meetings.vocabulary import Method
from coi.web.access import requires
from coi.web.pages import page
from coi.wording import and_list


def _room(item: AgendaItem, moment: datetime | None = None) -> ItemRoom:
    """The room at a moment: now, or once the meeting is closed when the item was reached."""
    moment = moment or (item.opened_at if item.meeting.closed_at else None)
    return queries.room_of(item, known_at=clock.now(), committee_id=_committee_id(), moment=moment)


def _time(item: AgendaItem) -> time | None:
    """The time of day that a field begins with: now, or nothing once the meeting is closed or on another day."""
    return None if item.meeting.closed_at else time_now(item.meeting)


def _room_then(item: AgendaItem) -> ItemRoom:
    """The room at the time of the decision that was sent, since who is asked for a vote follows it; else the room now."""
    sent = DecisionForm()
    sent.day = item.meeting.held_on
    return _room(item, sent.decided_when)


@bp.route("/<body>/items/<uuid:item_id>/room/decide", methods=["GET", "POST"])
@requires(KEEP)
def decide(item_id: uuid.UUID) -> Response:
    """Record the decision. What stops it is said, with what can be done instead."""
    found = item_to_record(item_id)
    room = _room_then(found)
    left_out = [each for each in room.voters_elsewhere if request.form.get(f"{VOTE}{each[0].hex}")]
    form = DecisionForm.with_votes([*room.voters, *left_out])(method=Method.CONSENSUS, decided_at=_time(found))
    form.day = found.meeting.held_on
    unseen = unseen_of(room)
    form.ask_of(unseen)
    if form.validate_on_submit():
        try:
            decision_commands.take_decision(
                found, form.details(), actor=g.actor, at=clock.now(), committee_id=room.committee.committee_id
            )
        except RuleBroken as broken:
            form.show(broken)
            form.leave_out(left_out)
        else:
            db.session.commit()
            flash("The decision is recorded.")
            return _back(item_id)
    return page("meetings/proceedings/decide.html", form=form, item=found, room=room, unseen=unseen)


@bp.route("/<body>/items/<uuid:item_id>/room/irregular", methods=["GET", "POST"])
@requires(KEEP)
def irregular(item_id: uuid.UUID) -> Response:
    """Record what happened although something stood against it."""
    found = item_to_record(item_id)
    room = _room_then(found)
    form = IrregularForm.with_votes(room.whoever_may_have_voted)(method=Method.CONSENSUS, decided_at=_time(found))
    form.day = found.meeting.held_on
    form.ask_of(())
    if form.validate_on_submit():
        try:
            decision_commands.record_irregular(
                found, form.details(), actor=g.actor, at=clock.now(), committee_id=room.committee.committee_id
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("It is recorded as it happened, and marked irregular.")
            return _back(item_id)
    return page("meetings/proceedings/irregular.html", form=form, item=found, room=room)


@bp.route("/<body>/items/<uuid:item_id>/room/note", methods=["GET", "POST"])
@requires(KEEP)
def note(item_id: uuid.UUID) -> Response:
    """Record that the item was noted."""
    found = item_to_record(item_id)
    form = NoteForm()
    form.day = found.meeting.held_on
    if form.validate_on_submit():
        try:
            decision_commands.note_item(
                found, form.text.data or "", actor=g.actor, at=clock.now(), committee_id=_committee_id(),
                when=form.when,
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The item is noted.")
            return _back(item_id)
    return page("meetings/proceedings/note.html", form=form, item=found)


@bp.route("/<body>/items/<uuid:item_id>/room/defer", methods=["GET", "POST"])
@requires(KEEP)
def defer(item_id: uuid.UUID) -> Response:
    """Put the item off to a later meeting."""
    return _put_off(item_to_record(item_id), DeferForm, "defer", "The item is deferred.")


@bp.route("/<body>/items/<uuid:item_id>/room/refer", methods=["GET", "POST"])
@requires(KEEP)
def refer(item_id: uuid.UUID) -> Response:
    """Refer the item to a body that can decide it."""
    return _put_off(item_to_record(item_id), ReferForm, "refer", "The item is referred.")


def _put_off(found: AgendaItem, form_class: type[DeferForm], name: str, said: str) -> Response:
    """Why the item is not decided, and who presided: whoever is in the chair, if that is right, else whoever should be."""
    room = _room(found)
    chair = room.in_the_chair if room.chair_is_right else room.presiding.person
    quorum = room.quorum_without_decision
    why = "" if quorum.quorate else f"The item was not quorate: {and_list(list(quorum.missing))} missing."
    form = form_class(text=why, presided_by=uuid.UUID(chair) if chair else None)
    form.day = found.meeting.held_on
    form.offer([(uuid.UUID(seat.person), seat.name) for seat in room.seats if seat.voting and seat.present])
    if form.validate_on_submit():
        try:
            _record_put_off(found, form)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(said)
            return _back(found.id)
    return page(f"meetings/proceedings/{name}.html", form=form, item=found, room=room)


def _record_put_off(found: AgendaItem, form: DeferForm) -> None:
    known = {
        "actor": g.actor,
        "at": clock.now(),
        "committee_id": _committee_id(),
        "presided": form.presided(),
        "when": form.when,
    }
    if isinstance(form, ReferForm):
        decision_commands.refer_item(found, form.referred_to.data, form.text.data, **known)
    else:
        decision_commands.defer_item(found, form.text.data, **known)


def _back(item_id: uuid.UUID) -> Response:
    """To the item, before the committee that it was settled for."""
    return redirect(url_for(".item", item_id=item_id, committee=_committee_id()))


def _committee_id() -> uuid.UUID | None:
    return request.args.get("committee", type=uuid.UUID)
