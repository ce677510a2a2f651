"""The page with which an administrator hands somebody's roles over to another, or lets another cover."""

import uuid

from flask import Blueprint, Response, flash, g, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from coi import clock
from coi.accounts import handover_commands, holder_queries
from coi.accounts.handover_forms import HandoverForm
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Permission
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("handover", __name__, url_prefix="/<body>/accounts")


@bp.route("/<uuid:person_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_ACCOUNT_MANAGE)
def hand_over(person_id: uuid.UUID) -> Response | AnyResponse:
    """Hands roles over in one step, for good or for a time."""
    holder = holder_queries.holder(person_id, g.body.id, clock.today())
    form = HandoverForm()
    form.offer(holder, holder_queries.holders(g.body.id, clock.today()))
    if form.validate_on_submit():
        grants = [holder_queries.role_at(each, g.body.id) for each in form.roles.data]
        try:
            handover_commands.hand_over(grants, form.details(), body_id=g.body.id, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The roles are handed over" if form.details().until is None else "The cover is set")
            return redirect(url_for("administration.show", person_id=form.to_id.data), 303)
    return page("accounts/hand_over.html", form=form, holder=holder)
