"""Sending somebody a link with which they declare without an account."""

from flask import current_app, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.config import Config
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Permission
from coi.registers.interests import link_commands, people_queries
from coi.registers.interests.blueprint import bp
from coi.registers.interests.forms import InviteForm
from coi.registers.interests.vocabulary import LinkPurpose
from coi.web.access import requires
from coi.web.pages import page

ENTER = Permission.REGISTERS_INTEREST_ENTER


@bp.route("/invite", methods=["GET", "POST"])
@requires(ENTER)
def invite() -> Response:
    """Mails a link to declare to somebody. Nobody else sees it."""
    today, config = clock.today(), _config()
    people = people_queries.people_to_enter_for(g.actor, g.body.id, today)
    form = InviteForm(person_id=request.args.get("person", ""), purpose=request.args.get("purpose", ""))
    form.offer(people)
    if form.validate_on_submit():
        person = people_queries.person_to_enter_for(form.person_id.data, g.actor, g.body.id, today)
        try:
            link_commands.mail_declaring_link(
                person, form.purpose.data, g.body, site=config.base_url, actor=g.actor, at=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"A link is on its way to {person.name}, {person.email}")
            register = "gifts" if form.purpose.data is LinkPurpose.GIFT else "interests"
            return redirect(url_for(f"{register}.index"), 303)
    return page("registers/interests/invite.html", form=form, people=people, sends_mail=bool(config.smtp_url))


def _config() -> Config:
    config: Config = current_app.config["COI"]
    return config
