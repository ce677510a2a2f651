"""Pages on which a secretary records who worked on the matter of an item before, or declared on it at a sub-group. What was recorded
stands on the item's page and on the chair's."""

import uuid

from flask import Blueprint, flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.matters import commands, queries
from coi.meetings.matters.forms import PartForm, WithdrawPartForm
from coi.meetings.models import AgendaItem
from coi.meetings.queries import item_of
from coi.people.queries import called, people_of_body
from coi.permissions.vocabulary import Permission
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("matters", __name__)

PLAN = Permission.MEETINGS_AGENDA_PLAN


def _item(item_id: uuid.UUID) -> AgendaItem:
    return item_of(item_id, body_id=g.body.id, actor=g.actor, permission=PLAN)


@bp.route("/<body>/items/<uuid:item_id>/matter/add", methods=["GET", "POST"])
@requires(PLAN)
def add(item_id: uuid.UUID) -> Response:
    """Record who worked on the matter before, or declared on it at a sub-group."""
    item, form = _item(item_id), PartForm()
    form.offer(called(people_of_body(g.body.id, clock.today()), g.body.id, clock.today()))
    if form.validate_on_submit():
        try:
            part = commands.record_part(item, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"What {part.person.name} did is recorded. It follows the matter to later meetings.")
            return redirect(url_for("meetings.item", item_id=item_id, _anchor="matter"), 303)
    return page("meetings/matters/add.html", form=form, item=item)


@bp.route("/<body>/items/<uuid:item_id>/matter/<uuid:part_id>/withdraw", methods=["GET", "POST"])
@requires(PLAN)
def withdraw(item_id: uuid.UUID, part_id: uuid.UUID) -> Response:
    """Withdraw what was recorded by mistake, after asking."""
    item, form = _item(item_id), WithdrawPartForm()
    part = queries.part_of(part_id, item, actor=g.actor)
    if form.validate_on_submit():
        try:
            commands.withdraw_part(part, item, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
            return page("meetings/matters/withdraw.html", 422, form=form, item=item, part=part)
        db.session.commit()
        flash("It is withdrawn, and stays in the record.")
        return redirect(url_for("meetings.item", item_id=item_id, _anchor="matter"), 303)
    return page("meetings/matters/withdraw.html", form=form, item=item, part=part)
