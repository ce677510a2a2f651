"""Pages about the commissioning bodies of the installation."""

from flask import Blueprint, Response, abort, flash, g, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations import commands
from coi.organisations.forms import BodyForm
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Permission
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("bodies", __name__, url_prefix="/bodies")


@bp.route("/enter", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_ACCOUNT_MANAGE)
def enter() -> Response | AnyResponse:
    """Enters a commissioning body. Only for administrators of the whole installation."""
    if not allows(g.actor, Permission.ACCOUNTS_ACCOUNT_MANAGE, None):
        abort(404)
    form = BodyForm()
    if form.validate_on_submit():
        try:
            body = commands.enter_body(form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{body.name} was entered. Now add its people")
            return redirect(url_for("administration.index", body=body.slug), 303)
    return page("organisations/enter_body.html", form=form)
