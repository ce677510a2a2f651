"""Pages of the action log."""

import uuid

from flask import Blueprint, flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.actions import commands, queries
from coi.meetings.actions.forms import ActionForm, ProgressForm
from coi.meetings.queries import item_of
from coi.people.queries import called, people_of_body
from coi.permissions.vocabulary import Permission
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("actions", __name__)


@bp.get("/<body>/actions/")
@requires(Permission.MEETINGS_MEETING_READ)
def index() -> Response:
    """The action log: open actions first."""
    return page(
        "meetings/actions/index.html", actions=queries.action_log(g.body.id, actor=g.actor), today=clock.today()
    )


@bp.route("/<body>/items/<uuid:item_id>/actions/add", methods=["GET", "POST"])
@requires(Permission.MEETINGS_ACTION_KEEP)
def add(item_id: uuid.UUID) -> Response:
    """Record an action from an item."""
    item = item_of(item_id, body_id=g.body.id, actor=g.actor, permission=Permission.MEETINGS_ACTION_KEEP)
    people = people_of_body(g.body.id, clock.today())
    form = ActionForm()
    form.offer(called(people, g.body.id, clock.today()))
    if form.validate_on_submit():
        try:
            action = commands.raise_action(item, form.details(people), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"Action {action.reference} is on the log.")
            return redirect(url_for("proceedings.item", item_id=item.id))
    return page("meetings/actions/add.html", form=form, item=item)


@bp.route("/<body>/actions/<uuid:action_id>/", methods=["GET", "POST"])
@requires(Permission.MEETINGS_ACTION_KEEP)
def update(action_id: uuid.UUID) -> Response:
    """Note how far an action is, or close it."""
    action = queries.action_of(action_id, body_id=g.body.id, actor=g.actor)
    form = ProgressForm(progress=action.progress)
    if form.validate_on_submit():
        try:
            commands.update_action(action, form.progress.data, is_done=form.is_done.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"Action {action.reference} is {'closed' if form.is_done.data else 'updated'}.")
            return redirect(url_for(".index"))
    return page("meetings/actions/update.html", form=form, action=action)
