"""Naming who agrees what is done about whose interests."""

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.people.queries import called, persons
from coi.permissions.vocabulary import Permission
from coi.registers.interests import agreer_queries, review_commands
from coi.registers.interests.blueprint import bp
from coi.registers.interests.forms import AgreerForm
from coi.registers.interests.vocabulary import GROUP_WORDS
from coi.web.access import requires
from coi.web.pages import page


@bp.route("/agreers", methods=["GET", "POST"])
@requires(Permission.REGISTERS_INTEREST_MITIGATE)
def agreers() -> Response:
    """Who agrees for whom, and naming somebody."""
    form = AgreerForm()
    form.offer(called(agreer_queries.who_could_agree(g.body.id, clock.today()), g.body.id, clock.today()))
    if form.validate_on_submit():
        agreer = persons([form.agreer_id.data])[form.agreer_id.data]
        try:
            review_commands.name_agreer(form.of_whom.data, agreer, body_id=g.body.id, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{agreer.name} agrees from now on")
            return redirect(url_for(".agreers"), 303)
    named = agreer_queries.agreers_of(g.body.id)
    return page("registers/interests/agreers.html", form=form, named=named, groups=GROUP_WORDS)
