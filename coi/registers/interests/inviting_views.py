"""Sending somebody a link with which they declare without an account."""

import uuid

from flask import current_app, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.config import Config
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.permissions.vocabulary import Permission
from coi.registers.interests import link_commands, link_queries, people_queries
from coi.registers.interests.blueprint import bp
from coi.registers.interests.forms import InviteForm
from coi.registers.interests.link_vocabulary import PURPOSE_WORDS, LinkPurpose
from coi.registers.waiting_mails import ByHandForm, mail_file, sends_mail, take_by_hand, told
from coi.web.access import requires
from coi.web.pages import page

ENTER = Permission.REGISTERS_INTEREST_ENTER


@bp.route("/invite", methods=["GET", "POST"])
@requires(ENTER)
def invite() -> Response:
    """Mails a link to declare to somebody. Nobody else sees it."""
    today, config = clock.today(), _config()
    people, called = people_queries.everybody_to_enter_for(g.actor, g.body.id, today)
    form = InviteForm(person_id=request.args.get("person", ""), purpose=request.args.get("purpose", ""))
    form.offer(people, called)
    if form.validate_on_submit():
        person = people_queries.person_to_enter_for(form.person_id.data, g.actor, g.body.id, today)
        try:
            link_commands.mail_declaring_link(
                person, form.purpose.data, g.body, site=config.base_url, actor=g.actor, at=clock.now(),
                again=bool(form.again.data),
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(told(f"A link is on its way to {person.name}, {person.email}", person.name))
            if not sends_mail():
                return redirect(url_for(".invite"), 303)
            register = "gifts" if form.purpose.data is LinkPurpose.GIFT else "interests"
            return redirect(url_for(f"{register}.index"), 303)
    waiting = [] if sends_mail() else link_queries.waiting_mails(g.actor, g.body.id, clock.now())
    return page(
        "registers/interests/invite.html", form=form, people=people, sends_mail=sends_mail(), waiting=waiting, purposes=PURPOSE_WORDS,
        by_hand=ByHandForm.of((link.person.name, mail) for link, mail in waiting),
    )  # fmt: skip


@bp.post("/invite/sent-by-hand")
@requires(ENTER)
def links_sent_by_hand() -> Response:
    """Notes that somebody sent links from their own mail program, so that they do not go out again."""
    waiting = link_queries.waiting_mails(g.actor, g.body.id, clock.now())
    mails = [(link.person.name, mail) for link, mail in waiting]
    take_by_hand(mails, subject=g.body, body_id=g.body.id, actor=g.actor, at=clock.now())
    db.session.commit()
    return redirect(url_for(".invite"), 303)


@bp.get("/invite/<uuid:link_id>/mail.eml")
@requires(ENTER)
def link_mail(link_id: uuid.UUID) -> Response:
    """The mail of an invitation, or of a draft that was handed over, as a file, where this installation sends none itself."""
    found = link_queries.waiting_mails(g.actor, g.body.id, clock.now(), only=link_id)
    if not found:
        raise NotFound("There is no such mail to download")
    (link, message), at = found[0], clock.now()
    return mail_file(
        message, "link-to-declare", what="link to declare", subject=link.person, actor=g.actor, at=at, body_id=g.body.id
    )


def _config() -> Config:
    config: Config = current_app.config["COI"]
    return config
