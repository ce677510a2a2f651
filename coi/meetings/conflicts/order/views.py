"""Pages of the running order: today's order beside the one that is offered, and taking it."""

import uuid

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.commands import reorder_agenda
from coi.meetings.conflicts.blueprint import READ, to_what_happened
from coi.meetings.conflicts.order.arranging import arranged
from coi.meetings.conflicts.order.forms import TakeOrderForm, fixing_in
from coi.meetings.conflicts.order.slots import lines_of, numbers_of, slots_of
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.forms import version_in
from coi.meetings.queries import agenda_for, agenda_of, meeting_of
from coi.meetings.vocabulary import MeetingState
from coi.permissions.vocabulary import Permission
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("order", __name__, url_prefix="/<body>/meetings/<uuid:meeting_id>/order")


@bp.get("/")
@requires(READ)
def offer(meeting_id: uuid.UUID) -> Response:
    """Today's order of the agenda, and one in which people leave and return less."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor)
    if meeting.state is MeetingState.CLOSED:
        return to_what_happened(meeting)
    items = agenda_of(meeting)
    seen = agenda_for(g.actor, items)
    conflicts = conflicts_at(meeting, known_at=clock.now(), items=seen.items, reader=g.actor)
    fixing = fixing_in(request.args.getlist("stay"), request.args.getlist("follow"))
    slots = slots_of(items, conflicts, seen.withheld, fixing)
    found = arranged(slots)
    today, offered = (
        list(lines_of(order, items, slots, conflicts, seen.withheld, fixing))
        for order in ([slot.key for slot in slots], found.order)
    )
    numbers = ",".join(map(str, numbers_of(found)))
    return page(
        "meetings/conflicts/order/offer.html", meeting=meeting, offer=found, today=today, offered=offered, fixing=fixing,
        conflicts=conflicts, form=TakeOrderForm(formdata=None, version=str(meeting.agenda_version), order=numbers),
    )  # fmt: skip


@bp.post("/take")
@requires(Permission.MEETINGS_AGENDA_PLAN)
def take(meeting_id: uuid.UUID) -> Response:
    """Put the agenda into the order that was offered: one change of the whole agenda."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor, permission=Permission.MEETINGS_AGENDA_PLAN)
    form = TakeOrderForm()
    if form.validate_on_submit():
        by_number = {item.position: item.id for item in agenda_of(meeting)}
        order = [by_number[number] for number in form.numbers() if number in by_number]
        try:
            reorder_agenda(meeting, order, version=version_in(form.version), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            db.session.rollback()
            flash(broken.reason, "important")
        else:
            db.session.commit()
            flash("The agenda is in the new order. Items have new numbers, and keep their references.")
            return redirect(url_for("meetings.agenda", meeting_id=meeting_id))
    return redirect(url_for(".offer", meeting_id=meeting_id))
