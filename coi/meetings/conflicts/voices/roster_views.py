"""Pages for the roster of independent clinicians, and for the clinical views obtained for an item."""

import uuid

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.conflicts.voices import roster_commands as commands
from coi.meetings.conflicts.voices import roster_queries as queries
from coi.meetings.conflicts.voices.blueprint import KEEP, KEEP_ROSTER, SEE_ROSTER, bp
from coi.meetings.conflicts.voices.forms import ChangeClinicianForm, ClinicianForm, InputForm, StrikeForm
from coi.meetings.conflicts.voices.speaker_queries import may_speak_on
from coi.meetings.conflicts.voices.vocabulary import CLINICIAN_WORDS
from coi.meetings.keeper_queries import item_to_keep
from coi.people.queries import called, people_of_body
from coi.web.access import may, requires
from coi.web.pages import page


@bp.get("/<body>/independent-clinicians/")
@requires(SEE_ROSTER)
def roster() -> Response:
    """Who can be asked for a clinical view when the committee's own clinicians stand down."""
    lines, today = queries.roster(g.body.id), clock.today()
    return page(
        "meetings/conflicts/voices/roster.html", lines=lines, today=today, words=CLINICIAN_WORDS, keeps=may(KEEP_ROSTER)
    )


@bp.route("/<body>/independent-clinicians/add", methods=["GET", "POST"])
@requires(KEEP_ROSTER)
def list_clinician() -> Response:
    """Put somebody on the roster."""
    form = ClinicianForm(valid_from=clock.today())
    form.offer(called(people_of_body(g.body.id, clock.today()), g.body.id, clock.today()).items())
    if form.validate_on_submit():
        try:
            line = commands.list_clinician(g.body, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{line.person.name} is on the roster. Every item that loses its clinicians now compares them.")
            return redirect(url_for(".roster"))
    return page("meetings/conflicts/voices/list_clinician.html", form=form)


@bp.route("/<body>/independent-clinicians/<uuid:clinician_id>", methods=["GET", "POST"])
@requires(KEEP_ROSTER)
def change_clinician(clinician_id: uuid.UUID) -> Response:
    """Change what the roster says of somebody, or enter their last day."""
    line = queries.clinician(clinician_id, g.body.id)
    form = ChangeClinicianForm.of(line)
    if form.validate_on_submit():
        try:
            commands.change_clinician(line, form.details_for(line.person_id), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"The roster says so of {line.person.name}.")
            return redirect(url_for(".roster"))
    return page("meetings/conflicts/voices/change_clinician.html", form=form, line=line)


@bp.route("/<body>/items/<uuid:item_id>/clinical-view", methods=["GET", "POST"])
@requires(KEEP)
def record_input(item_id: uuid.UUID) -> Response:
    """Record a clinical view that was obtained for an item."""
    item = item_to_keep(item_id, body_id=g.body.id, actor=g.actor)
    form = InputForm()
    form.offer(may_speak_on(item, known_at=clock.now()))
    if form.validate_on_submit():
        try:
            view = commands.record_clinical_input(item, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"The clinical view of {view.person.name} is recorded. The minutes print it.")
            return redirect(url_for("proceedings.item" if item.opened_at else "meetings.item", item_id=item.id))
    return page("meetings/conflicts/voices/record_input.html", form=form, item=item)


@bp.route("/<body>/items/<uuid:item_id>/clinical-view/<uuid:view_id>/strike-out", methods=["GET", "POST"])
@requires(KEEP)
def strike_out(item_id: uuid.UUID, view_id: uuid.UUID) -> Response:
    """Strike out a clinical view that was entered by mistake."""
    item = item_to_keep(item_id, body_id=g.body.id, actor=g.actor)
    view = queries.clinical_input(view_id, item.id)
    form = StrikeForm()
    if form.validate_on_submit():
        try:
            commands.strike_out(view, item, form.because.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("It is struck out. The record keeps it, with your reason.")
            return redirect(url_for("proceedings.item" if item.opened_at else "meetings.item", item_id=item.id))
    return page("meetings/conflicts/voices/strike_out.html", form=form, item=item, view=view)
