"""The link itself: what stands behind it, the button that opens it, and a new one in place of an old one."""

from flask import Blueprint, current_app, g, redirect, session, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.accounts import sessions
from coi.config import Config
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations import queries as organisations
from coi.registers.by_link import KEPT, over, register_of, unknown
from coi.registers.interests import link_commands, link_queries
from coi.registers.interests.forms import SignForm
from coi.registers.interests.models import DeclaringLink
from coi.web.access import public
from coi.web.pages import kept_nowhere, page

bp = Blueprint("declaring_links", __name__)


@bp.route(f"{link_commands.PATH}<string:token>", methods=["GET", "POST"])
@public
def open_link(token: str) -> Response:
    """What a link is for, and the button that opens it. Reading the page uses nothing up, as mail scanners do."""
    link, now = link_queries.link_of_token(token), clock.now()
    if link is None:
        return kept_nowhere(unknown())
    body, form = organisations.body(link.body_id), SignForm()
    if link.used_at is not None or link.expires_at <= now or link.is_retired:
        return kept_nowhere(over(link, token))
    if form.validate_on_submit():
        try:
            link_commands.open_link(link, at=now)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            _begin(link)
            return redirect(url_for(f"{register_of(link)}.by_link_start", body=body.slug), 303)
    since = link_queries.declared_since(link)
    return kept_nowhere(page("registers/interests/links/open.html", form=form, link=link, owner=body, since=since))


def _begin(link: DeclaringLink) -> None:
    """The browser goes by the link from now on. Somebody else who was signed in there is not any more."""
    if g.actor.is_signed_in and g.actor.person_id == link.person_id:
        session[KEPT] = str(link.id)
    else:
        sessions.start_apart({KEPT: str(link.id)})


@bp.post(f"{link_commands.PATH}<string:token>/again")
@public
def ask_again(token: str) -> Response:
    """Mails a new link to the address on file. The answer is the same for everybody."""
    link, form = link_queries.link_of_token(token), SignForm()
    config: Config = current_app.config["COI"]
    if link is not None and form.validate_on_submit():
        link_commands.ask_again(link, organisations.body(link.body_id), site=config.base_url, at=clock.now())
        db.session.commit()
    return kept_nowhere(page("registers/interests/links/sent.html", sends_mail=bool(config.smtp_url)))
