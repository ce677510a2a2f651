"""Pages of calling a meeting off, and of telling those who were to come. They belong to the blueprint of planning."""

import uuid

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings import deferral_commands, queries
from coi.meetings.affected_views import PLAN, bp
from coi.meetings.conflicts.calling_off import tell_of_calling_off
from coi.meetings.forms import CallOffForm, RemoveForm
from coi.web.access import requires
from coi.web.pages import page


@bp.route("/<body>/meetings/<uuid:meeting_id>/call-off", methods=["GET", "POST"])
@requires(PLAN)
def call_off(meeting_id: uuid.UUID) -> Response:
    """Call a meeting off that was not opened, and say why."""
    meeting = queries.meeting_of(meeting_id, body_id=g.body.id, actor=g.actor, permission=PLAN)
    form = CallOffForm()
    if form.validate_on_submit():
        try:
            deferral_commands.call_off(meeting, form.because.data or "", actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The meeting is called off.")
            return redirect(url_for(".show", meeting_id=meeting.id))
    return page("meetings/call_off.html", form=form, meeting=meeting)


@bp.post("/<body>/meetings/<uuid:meeting_id>/called-off/tell")
@requires(PLAN)
def tell_called_off(meeting_id: uuid.UUID) -> Response:
    """Tell everybody who was to come, and was not told yet, that the meeting was called off."""
    meeting = queries.meeting_of(meeting_id, body_id=g.body.id, actor=g.actor, permission=PLAN)
    if RemoveForm().validate_on_submit():
        try:
            told = tell_of_calling_off(meeting, g.body, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            db.session.rollback()
            flash(broken.reason, "important")
        else:
            db.session.commit()
            flash(f"{'1 email is' if told == 1 else f'{told} emails are'} on the way.")
    return redirect(url_for(".show", meeting_id=meeting_id), 303)
