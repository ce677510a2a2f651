"""Pages of accounts: the start page, sign in, sign out, your account."""

import uuid

from flask import Blueprint, abort, current_app, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.accounts import commands, passwords, queries, sessions
from coi.accounts.forms import EndSessionForm, PasswordForm, SignInForm
from coi.accounts.vocabulary import Checked, SignInDetails, TooManyAttempts
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Permission
from coi.web.access import public, requires, safe_next
from coi.web.pages import page

bp = Blueprint("accounts", __name__)
HOME, PUBLIC = "meetings.home", "public.home"


@bp.get("/")
@public
def start() -> Response:
    """Takes somebody to the body at which they have a role, or lets them choose between several."""
    if not g.actor.is_signed_in:
        return redirect(url_for(".sign_in"), 303)
    bodies = queries.bodies_of(g.actor)
    if len(bodies) == 1 and HOME in current_app.view_functions:
        return redirect(url_for(HOME, body=bodies[0].slug), 303)
    is_everywhere = allows(g.actor, Permission.ACCOUNTS_ACCOUNT_MANAGE, None)
    home = HOME if HOME in current_app.view_functions else ""
    return page("accounts/start.html", bodies=bodies, home=home, is_everywhere=is_everywhere)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response:
    """Lets somebody in who knows the password, and counts those who do not."""
    form = SignInForm()
    if request.method == "GET":
        form.next.data = safe_next(request.args.get("next")) or ""
    if form.validate_on_submit():
        details, address, at = form.details(), request.remote_addr or "", clock.now()
        try:
            commands.check_throttle(details.email, address, at=at)
            checked = _checked(details)
        except TooManyAttempts as many:
            abort(429, retry_after=many.wait)
        except passwords.PasswordsBusy as busy:
            form.show(busy)
            return _sign_in_page(form)
        commands.note_attempt(details.email, address, succeeded=checked is not None, at=at)
        account = queries.account(checked.account_id) if checked else None
        if account and checked and checked.renewed:
            commands.renew_hash(account, checked.renewed, actor=queries.actor_for(account, clock.today()), at=at)
        db.session.commit()
        if account:
            sessions.start(account)
            return redirect(safe_next(form.next.data) or url_for(".start"), 303)
        form.refuse()
    return _sign_in_page(form)


def _sign_in_page(form: SignInForm) -> Response:
    """The form, and the way for whoever needs no account."""
    bodies = queries.all_bodies() if PUBLIC in current_app.view_functions else []
    return page("accounts/sign_in.html", form=form, bodies=bodies)


def _checked(details: SignInDetails) -> Checked | None:
    """Whose password this is; None where it is nobody's. No lock is held meanwhile, as a hash takes a while."""
    known = queries.credentials_of(details.email)
    db.session.rollback()
    if not passwords.matches(known.password_hash if known else None, details.password) or known is None:
        return None
    return Checked(known.account_id, passwords.renewed(known.password_hash, details.password))


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    """Ends the session, on the server too."""
    sessions.end()
    flash("You have signed out")
    return redirect(url_for(".sign_in"), 303)


@bp.get("/account")
@requires(Permission.ACCOUNTS_OWN_USE)
def own() -> Response:
    """Shows one's own account: roles, and where one is signed in."""
    return page(
        "accounts/own.html",
        account=queries.account(g.actor.account_id),
        roles=queries.roles_of(g.actor.person_id, clock.today()),
        sessions=sessions.of_account(g.actor.account_id),
        present=sessions.present_hash(),
        form=EndSessionForm(),
    )


@bp.route("/account/password", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_OWN_USE)
def password() -> Response:
    """Changes one's own password, and signs out everywhere else."""
    form = PasswordForm()
    if form.validate_on_submit():
        account = queries.account(g.actor.account_id)
        try:
            commands.change_password(
                account, form.details(), actor=g.actor, at=clock.now(), keep_session=sessions.present_hash()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            sessions.start(queries.account(g.actor.account_id))
            flash("Your password was changed. You have been signed out everywhere else")
            return redirect(url_for(".own"), 303)
    return page("accounts/password.html", form=form)


@bp.post("/account/sessions/<uuid:session_id>/end")
@requires(Permission.ACCOUNTS_OWN_USE)
def end_session(session_id: uuid.UUID) -> Response:
    """Signs out one's own account somewhere else."""
    sessions.end_one(g.actor.account_id, session_id)
    db.session.commit()
    flash("The session was ended")
    return redirect(url_for(".own"), 303)
