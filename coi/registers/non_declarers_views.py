"""The list of decision-makers who did not declare: looked at, and confirmed by a person before it may be published."""

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Permission
from coi.registers import non_declarers_queries as queries
from coi.registers.deciders.queries import who_decide
from coi.registers.non_declarers_commands import confirm_list
from coi.registers.standing_forms import NonDeclarersForm
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("non_declarers", __name__, url_prefix="/<body>/registers/non-declarers")
KEEP = Permission.REGISTERS_STANDING_KEEP


@bp.route("/", methods=["GET", "POST"])
@requires(KEEP)
def index() -> Response:
    """Shows whom a list would name and the one confirmed last, and confirms a new one."""
    is_all = committees_where(g.actor, KEEP, g.body.id) is None
    possible = queries.could_be_named(g.body.id, clock.now()) if is_all else []
    form = NonDeclarersForm()
    form.offer(possible)
    if request.method == "GET":
        decide = who_decide(g.body.id)
        form.people.process_data([line.person_id for line in possible if line.committees or line.person_id in decide])
    if form.validate_on_submit():
        try:
            confirm_list(g.body, form.people.data, form.note.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The list is confirmed and may be published")
            return redirect(url_for(".index"), 303)
    return page(
        "registers/standing/non_declarers.html", form=form, possible=possible, newest=queries.newest_confirmed(g.body.id), is_all=is_all
    )  # fmt: skip
