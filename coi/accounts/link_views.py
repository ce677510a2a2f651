"""Pages for somebody who cannot sign in: a forgotten password, and the link with which a password is set."""

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from coi import clock
from coi.accounts import commands, link_commands, link_queries, queries, sessions
from coi.accounts.forms import ForgottenForm, SetPasswordForm
from coi.accounts.vocabulary import TooManyAttempts
from coi.config import Config
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.web.access import public
from coi.web.pages import kept_nowhere, page

bp = Blueprint("links", __name__)
GONE = 410


@bp.route("/forgotten-password", methods=["GET", "POST"])
@public
def forgotten() -> Response | AnyResponse:
    """Mails a link to set a new password. The answer is the same whether there is such an account or not."""
    form = ForgottenForm()
    config: Config = current_app.config["COI"]
    if form.validate_on_submit():
        asked, address, at = f"forgotten {form.email.data}", request.remote_addr or "", clock.now()
        try:
            commands.check_throttle(asked, address, at=at)
        except TooManyAttempts as many:
            abort(429, retry_after=many.wait)
        commands.note_attempt(asked, address, succeeded=False, at=at)
        link_commands.request_link(form.email.data, site=config.base_url, at=at)
        db.session.commit()
        return page("accounts/forgotten_sent.html", email=form.email.data)
    return page("accounts/forgotten.html", form=form, sends_mail=bool(config.smtp_url))


@bp.route(f"{link_commands.PATH}<string:token>", methods=["GET", "POST"])
@public
def set_password(token: str) -> Response | AnyResponse:
    """Sets a password with a link. Opening the page uses nothing up, as mail scanners do."""
    form, at = SetPasswordForm(), clock.now()
    try:
        account = queries.account(link_queries.link(token, at).account_id)
        if form.validate_on_submit():
            account = link_commands.set_password(token, form.new.data, at=at)
            db.session.commit()
            sessions.start(queries.account(account.id))
            flash("Your password was set. You are signed in")
            return redirect(url_for("accounts.start"), 303)
    except NotFound:
        db.session.rollback()
        return kept_nowhere(page("accounts/link_gone.html", GONE))
    except RuleBroken as broken:
        form.show(broken)
    return kept_nowhere(page("accounts/set_password.html", form=form, email=account.email))
