"""Pages on which whoever keeps the record of an item corrects it."""

import uuid

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.conflicts.movement_queries import handovers_of
from coi.meetings.conflicts.seats import committee_seats
from coi.meetings.corrections import commands
from coi.meetings.corrections.forms import CorrectDecisionForm, CorrectHandoverForm
from coi.meetings.corrections.handover_commands import correct_handover
from coi.meetings.corrections.queries import corrections_of, decision_of, handover_of
from coi.meetings.keeper_queries import item_to_keep
from coi.meetings.models import AgendaItem, ChairHandover, Decision
from coi.meetings.proceedings.chair_queries import in_the_chair_instead
from coi.meetings.proceedings.contradictions import chair_words
from coi.meetings.proceedings.queries import ItemRoom, decisions_of, room_of
from coi.permissions.vocabulary import Permission
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("corrections", __name__)


@bp.route("/<body>/decisions/<uuid:decision_id>/correct", methods=["GET", "POST"])
@requires(Permission.MEETINGS_ITEM_KEEP)
def decision(decision_id: uuid.UUID) -> Response:
    """Correct what was recorded of a decision, or of an item that was put off or noted."""
    row = decision_of(decision_id)
    item = item_to_keep(row.item_id, body_id=g.body.id, actor=g.actor)
    room, form = _decision_form(row, item)
    if form.validate_on_submit():
        try:
            commands.correct_decision(row, form.details(), form.why(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The record is corrected. What it said before is kept.")
            return _back(item, row.committee_id)
    done = [each.fact for each in corrections_of(row)]
    return page("meetings/corrections/decision.html", form=form, item=item, room=room, done=done)


def _decision_form(row: Decision, item: AgendaItem) -> tuple[ItemRoom, CorrectDecisionForm]:
    """The form with a line for each member who may have voted, at the time that was sent, else at the time on record."""
    sent = CorrectDecisionForm()
    sent.day = item.meeting.held_on
    moment = (sent.decided_when if request.method == "POST" else None) or row.decided_at
    room = room_of(item, known_at=clock.now(), committee_id=row.committee_id, moment=moment)
    voters = dict(room.whoever_may_have_voted)
    voters |= {vote.person_id: vote.person.name for vote in row.votes if vote.person_id not in voters}
    made = CorrectDecisionForm.with_votes(list(voters.items()))
    form: CorrectDecisionForm = made(seen=str(len(corrections_of(row))), **CorrectDecisionForm.values_of(row))
    form.day = item.meeting.held_on
    form.offer([(uuid.UUID(seat.person), seat.name) for seat in room.seats if seat.voting])
    return room, form


@bp.route("/<body>/handovers/<uuid:handover_id>/correct", methods=["GET", "POST"])
@requires(Permission.MEETINGS_ITEM_KEEP)
def handover(handover_id: uuid.UUID) -> Response:
    """Correct to whom the chair was handed over and when, and when it went back."""
    row = handover_of(handover_id)
    item = item_to_keep(row.item_id, body_id=g.body.id, actor=g.actor)
    form = CorrectHandoverForm(seen=str(len(corrections_of(row))), **CorrectHandoverForm.values_of(row))
    form.day = item.meeting.held_on
    form.offer(_members(row, item))
    if form.validate_on_submit():
        try:
            correct_handover(row, form.details(), form.why(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("It is corrected. What was recorded before is kept.")
            for said in _contradicted(item):
                flash(said, "important")
            return _back(item, row.committee_id)
    done = [each.fact for each in corrections_of(row)]
    return page("meetings/corrections/handover.html", form=form, item=item, row=row, done=done)


def _members(row: ChairHandover, item: AgendaItem) -> list[tuple[uuid.UUID, str]]:
    """Who may have taken the chair: whoever has a vote, and whoever is recorded to have."""
    seats = committee_seats(item.meeting)[row.committee_id].seats
    found = {
        uuid.UUID(seat.person): seat.name for seat in seats if seat.voting and seat.person != str(row.from_person_id)
    }
    return list((found | {row.to_person_id: row.to_person.name}).items())


def _contradicted(item: AgendaItem) -> list[str]:
    """What the record of a decision on an item says otherwise about who was in the chair."""
    rows = handovers_of(item.meeting_id)
    found = ((decision, in_the_chair_instead(decision, rows)) for decision in decisions_of(item.id))
    return [
        f"{chair_words(decision.presiding.name, instead, decision.decided_at)} Correct the one that is wrong."
        for decision, instead in found
        if instead and decision.presiding
    ]


def _back(item: AgendaItem, committee_id: uuid.UUID) -> Response:
    several = len(item.meeting.committees) > 1
    return redirect(url_for("proceedings.item", item_id=item.id, committee=committee_id if several else None))
