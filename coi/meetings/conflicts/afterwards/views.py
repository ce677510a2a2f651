"""Pages after a meeting: possible breaches, for whoever judges them alone; what was declared there and is not on the register, for
whoever keeps that."""

import uuid

from flask import Blueprint, current_app, flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.audit.access import note_reading
from coi.config import Config
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.meetings.conflicts.afterwards import commands, queries, task_commands, task_queries
from coi.meetings.conflicts.afterwards.forms import EndTaskForm, JudgeForm
from coi.meetings.conflicts.afterwards.models import PossibleBreach
from coi.meetings.conflicts.afterwards.vocabulary import JUDGEMENT_WORDS, Judgement
from coi.meetings.conflicts.vocabulary import LEVEL_WORDS
from coi.permissions.vocabulary import Permission
from coi.registers.breaches.queries import opened_from, seen_by
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("afterwards", __name__, url_prefix="/<body>/meetings/afterwards")
ACT, KEEP = Permission.REGISTERS_BREACH_ACT, Permission.REGISTERS_STANDING_KEEP


@bp.get("/")
@requires(ACT)
def index() -> Response:
    """The possible breaches that one judges, those that wait first."""
    found = queries.seen_by(g.actor, g.body.id, clock.today())
    note_reading("possible breaches", g.body, g.actor, clock.now(), g.body.id)
    return page("meetings/conflicts/afterwards/index.html", found=found, words=JUDGEMENT_WORDS, levels=LEVEL_WORDS)


@bp.route("/<uuid:possible_id>", methods=["GET", "POST"])
@requires(ACT)
def judge(possible_id: uuid.UUID) -> Response:
    """One possible breach, with what came to light, and what one makes of it."""
    possible = queries.possible_to_judge(possible_id, g.actor, g.body.id, clock.today())
    note_reading("possible breach", possible, g.actor, clock.now(), g.body.id)
    form = JudgeForm(seen=str(possible.mark))
    if form.validate_on_submit():
        try:
            where = _judged(possible, form)
        except RuleBroken as broken:
            form.show(broken)
        except EditConflict as conflict:
            form.show_conflict(conflict)
        else:
            db.session.commit()
            return redirect(where, 303)
    return page(
        "meetings/conflicts/afterwards/judge.html", form=form, possible=possible, words=JUDGEMENT_WORDS, levels=LEVEL_WORDS,
        breach=_breach(possible),
    )  # fmt: skip


def _judged(possible: PossibleBreach, form: JudgeForm) -> str:
    """Stores the judgement. Returns where to go on: to the record in the register of breaches for whoever acts on it."""
    if form.judgement.data is Judgement.NO_BREACH:
        commands.find_no_breach(
            possible, form.reason.data or "", seen=form.seen_number(), actor=g.actor, at=clock.now()
        )
        flash("It is kept with your reason")
        return url_for(".index")
    config: Config = current_app.config["COI"]
    breach = commands.report_possible_breach(
        possible, seen=form.seen_number(), actor=g.actor, at=clock.now(), site=config.base_url
    )
    seen = seen_by(g.actor, g.body.id, clock.today(), ids=[breach.id])
    flash(
        f"{breach.reference} is in the register of breaches"
        if seen
        else "It is with whoever acts on suspected breaches"
    )
    return url_for("breaches.assess", breach_id=breach.id) if seen and seen[0].acts else url_for(".index")


def _breach(possible: PossibleBreach) -> str:
    """The address of the record that was opened from it, where the reader may know of that."""
    if possible.state is not Judgement.REPORTED:
        return ""
    breach = opened_from("possible_breach", possible.id)
    seen = seen_by(g.actor, g.body.id, clock.today(), ids=[breach.id]) if breach else []
    return url_for("breaches.show", breach_id=seen[0].breach.id) if seen else ""


@bp.get("/declared")
@requires(KEEP)
def tasks() -> Response:
    """What was declared at meetings and is not on the register yet, the oldest first, and what ended lately."""
    found, ended = task_queries.open_tasks(g.actor, g.body.id), task_queries.ended_tasks(g.actor, g.body.id)
    return page("meetings/conflicts/afterwards/tasks.html", found=found, ended=ended, today=clock.today())


@bp.route("/declared/<uuid:said_id>", methods=["GET", "POST"])
@requires(KEEP)
def end_task(said_id: uuid.UUID) -> Response:
    """Says which interest it is, or why there is none."""
    task, form = task_queries.task(said_id, g.actor, g.body.id), EndTaskForm()
    interests = {each.id: each for each in task_queries.interests_to_choose(task.said.person_id)}
    form.offer(interests.values())
    if form.validate_on_submit():
        chosen = interests.get(form.interest_id()) if form.interest_id() else None
        try:
            task_commands.end_task(task, chosen, form.reason.data or "", actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("It waits no longer")
            return redirect(url_for(".tasks"), 303)
    return page("meetings/conflicts/afterwards/end_task.html", form=form, task=task)
