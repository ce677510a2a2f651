"""Pages on which a dispute about a ruling is recorded, or struck out."""

import uuid

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.conflicts.blueprint import no_such_person
from coi.meetings.disputes import commands
from coi.meetings.disputes.forms import DisputeForm, StrikeDisputeForm
from coi.meetings.disputes.queries import dispute_of
from coi.meetings.disputes.rules import dispute_words
from coi.meetings.disputes.vocabulary import Response
from coi.meetings.keeper_queries import item_to_keep
from coi.meetings.models import AgendaItem
from coi.meetings.proceedings.queries import room_of
from coi.meetings.proceedings.views import time_now
from coi.permissions.vocabulary import Permission
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("disputes", __name__)

NEXT = {
    Response.STOOD: "Decide the item without them, or put it off.",
    Response.CHANGED: "Record the new ruling.",
    Response.ADJOURNED: "Put the item off, or close the meeting.",
}


@bp.route("/<body>/items/<uuid:item_id>/conflicts/<uuid:person_id>/dispute", methods=["GET", "POST"])
@requires(Permission.MEETINGS_ITEM_KEEP)
def record(item_id: uuid.UUID, person_id: uuid.UUID) -> Answer:
    """Record that somebody refused to leave, or disputed the ruling on them."""
    item = item_to_keep(item_id, body_id=g.body.id, actor=g.actor)
    committee = request.args.get("committee", type=uuid.UUID)
    conflicts = room_of(item, known_at=clock.now(), committee_id=committee).conflicts
    name = conflicts.people.get(person_id) or no_such_person()
    ruling = next((each for each in conflicts.rulings_on(item.id, committee) if each.person_id == person_id), None)
    form = DisputeForm(at=time_now(item.meeting) if item.meeting.state == "open" else None)
    form.day = item.meeting.held_on
    if form.validate_on_submit():
        try:
            row = commands.record_dispute(
                item, person_id, form.details(), actor=g.actor, at=clock.now(), committee_id=committee
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"What {row.person.name} said is recorded. {NEXT[row.response]}")
            return _after(item, person_id, row.response, committee)
    return page(
        "meetings/disputes/record.html",
        form=form,
        item=item,
        name=name,
        person_id=person_id,
        ruling=ruling,
        committee=committee,
    )


def _after(item: AgendaItem, person_id: uuid.UUID, response: Response, committee: uuid.UUID | None) -> Answer:
    """To the page of the next step."""
    if response is Response.CHANGED and item.meeting.state == "open":
        return redirect(url_for("conflicts.rule", item_id=item.id, person_id=person_id, committee=committee))
    return redirect(url_for("proceedings.item", item_id=item.id, committee=committee))


@bp.route("/<body>/disputes/<uuid:dispute_id>/strike-out", methods=["GET", "POST"])
@requires(Permission.MEETINGS_ITEM_KEEP)
def strike_out(dispute_id: uuid.UUID) -> Answer:
    """Mark a dispute as entered by mistake."""
    row, form = dispute_of(dispute_id), StrikeDisputeForm()
    item = item_to_keep(row.item_id, body_id=g.body.id, actor=g.actor)
    if form.validate_on_submit():
        try:
            commands.strike_out_dispute(row, item, form.because.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"What was recorded of {row.person.name} is struck out.")
            return redirect(url_for("proceedings.item", item_id=item.id))
    return page("meetings/disputes/strike_out.html", form=form, item=item, row=row, words=dispute_words(row.fact))
