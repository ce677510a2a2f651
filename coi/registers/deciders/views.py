"""The page on which somebody says, together, who takes part in decisions though they sit on no committee."""

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Permission
from coi.registers.deciders import commands, queries
from coi.registers.deciders.forms import DecidersForm
from coi.registers.standing_queries import work_list
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("deciders", __name__, url_prefix="/<body>/registers/decision-makers")
KEEP = Permission.REGISTERS_STANDING_KEEP


@bp.route("/", methods=["GET", "POST"])
@requires(KEEP)
def index() -> Response:
    """Shows of whom it waits to be said and who was said to take part, or whoever was ticked in the work list; and takes what is said."""
    lines = work_list(g.body.id, g.actor, clock.now(), permission=KEEP, with_work=False)
    said, wanted = queries.newest(g.body.id), set(request.args.getlist("people"))
    members = [line.name for line in lines if line.committees and str(line.person_id) in wanted]
    shown = queries.to_say([line for line in lines if not line.committees], said, wanted)
    form = DecidersForm()
    form.offer(shown, said)
    if request.method == "GET":
        form.people.process_data([each.person_id for each in shown if wanted or not said[each.person_id].is_answered])
    if form.validate_on_submit():
        try:
            decides = form.decides(request.form.get("answer"))
            number = commands.say_who_decides(
                form.people.data, g.body.id, decides=decides, actor=g.actor, at=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            who = f"{number} {'person takes' if number == 1 else 'people take'}"
            flash(f"Saved: {who} part in decisions" if decides else f"Saved: {who} no part in decisions")
            return redirect(url_for(".index"), 303)
    return page("registers/deciders/index.html", form=form, members=members, is_chosen=bool(wanted))
