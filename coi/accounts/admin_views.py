"""Pages of an administrator: the people of a body with their accounts and roles."""

import uuid

from flask import Blueprint, Response, current_app, flash, g, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from coi import clock
from coi.accounts import commands, holder_queries, link_commands, queries, rules
from coi.accounts.admin_forms import ActionForm, EndRoleForm, OpenAccountForm, RoleForm
from coi.accounts.models import Account
from coi.accounts.vocabulary import ROLE_NAMES, Holder, IssuedLink
from coi.config import Config
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Permission
from coi.web.access import requires
from coi.web.fields import Option
from coi.web.pages import page

bp = Blueprint("administration", __name__, url_prefix="/<body>/accounts")
CREATED = 201


@bp.get("")
@requires(Permission.ACCOUNTS_ACCOUNT_MANAGE)
def index() -> Response:
    """Lists the people of the body, each with account and roles."""
    holders = holder_queries.holders(g.body.id, clock.today())
    is_everywhere = allows(g.actor, Permission.ACCOUNTS_ACCOUNT_MANAGE, None)
    return page("accounts/index.html", holders=holders, is_everywhere=is_everywhere)


@bp.get("/<uuid:person_id>")
@requires(Permission.ACCOUNTS_ACCOUNT_MANAGE)
def show(person_id: uuid.UUID) -> Response:
    """Shows a person's account and roles, and what can be done about them."""
    held = queries.roles_not_over(person_id, clock.today())
    return page(
        "accounts/show.html",
        holder=_holder(person_id),
        refusal=rules.care_refusal(g.actor, g.body.id, {grant.body_id for grant in held}),
        is_own=g.actor.person_id == person_id,
        sends_mail=bool(_config().smtp_url),
        form=ActionForm(),
    )


@bp.route("/<uuid:person_id>/open", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_ACCOUNT_MANAGE)
def open_account(person_id: uuid.UUID) -> Response | AnyResponse:
    """Makes an account for a person, and shows the link to set its password, once."""
    holder = _holder(person_id)
    form = OpenAccountForm(email=holder.email)
    if form.validate_on_submit():
        try:
            link = link_commands.open_account(
                form.details(person_id), body_id=g.body.id, site=_config().base_url, actor=g.actor, at=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return _shown_once(holder, link)
    return page("accounts/open.html", form=form, holder=holder)


@bp.post("/<uuid:person_id>/link")
@requires(Permission.ACCOUNTS_ACCOUNT_MANAGE)
def link(person_id: uuid.UUID) -> Response | AnyResponse:
    """Mails a link to set a password; shows it, once, where the account has none yet."""
    holder = _holder(person_id)
    issued = link_commands.issue_link(
        _account(person_id), body_id=g.body.id, site=_config().base_url, actor=g.actor, at=clock.now()
    )
    db.session.commit()
    if issued.url:
        return _shown_once(holder, issued)
    flash(f"A link to set a new password is on its way to {issued.email}")
    return redirect(url_for(".show", person_id=person_id), 303)


@bp.route("/<uuid:person_id>/disable", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_ACCOUNT_MANAGE)
def disable(person_id: uuid.UUID) -> Response | AnyResponse:
    """Lets a person sign in no more."""
    holder, account = _holder(person_id), _account(person_id)
    form = ActionForm()
    if form.validate_on_submit():
        try:
            commands.disable_account(account, actor=g.actor, at=clock.now(), body_id=g.body.id)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{holder.name} can no longer sign in")
            return redirect(url_for(".show", person_id=person_id), 303)
    return page("accounts/disable.html", form=form, holder=holder)


@bp.post("/<uuid:person_id>/enable")
@requires(Permission.ACCOUNTS_ACCOUNT_MANAGE)
def enable(person_id: uuid.UUID) -> AnyResponse:
    """Lets a person sign in again."""
    holder = _holder(person_id)
    commands.enable_account(_account(person_id), actor=g.actor, at=clock.now(), body_id=g.body.id)
    db.session.commit()
    flash(f"{holder.name} can sign in again")
    return redirect(url_for(".show", person_id=person_id), 303)


@bp.route("/<uuid:person_id>/roles/new", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_ACCOUNT_MANAGE)
def give_role(person_id: uuid.UUID) -> Response | AnyResponse:
    """Gives a person a role at the body, or for one committee of it."""
    holder = _holder(person_id)
    form = RoleForm()
    form.committee.options = tuple(
        Option(*each) for each in holder_queries.committees(g.body.id, clock.today())
    )  # fmt: skip
    if form.validate_on_submit():
        try:
            grant = commands.grant_role(form.details(person_id, g.body.id), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{holder.name} was given the role {ROLE_NAMES[grant.role]}")
            return redirect(url_for(".show", person_id=person_id), 303)
    return page("accounts/give_role.html", form=form, holder=holder)


@bp.route("/roles/<uuid:grant_id>/end", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_ACCOUNT_MANAGE)
def end_role(grant_id: uuid.UUID) -> Response | AnyResponse:
    """Ends a role that was given at the body: at once, or on a day."""
    grant = holder_queries.role_at(grant_id, g.body.id)
    holder = _holder(grant.person_id)
    form = EndRoleForm()
    if form.validate_on_submit():
        try:
            commands.end_role(grant, form.last_day, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The end of the role was saved")
            return redirect(url_for(".show", person_id=holder.person_id), 303)
    role = next(each for each in holder.roles if each.id == grant_id)
    return page("accounts/end_role.html", form=form, holder=holder, role=role)


def _holder(person_id: uuid.UUID) -> Holder:
    return holder_queries.holder(person_id, g.body.id, clock.today())


def _account(person_id: uuid.UUID) -> Account:
    account = queries.account_of_person(person_id)
    if account is None:
        raise NotFound("This person has no account")
    return account


def _config() -> Config:
    config: Config = current_app.config["COI"]
    return config


def _shown_once(holder: Holder, link: IssuedLink) -> Response:
    """The page with a link. It is rendered where it was made, so that it is kept nowhere; the form sent again leads to
    the person."""
    answer = page("accounts/link.html", CREATED, holder=holder, link=link, sends_mail=bool(_config().smtp_url))
    answer.headers["Location"] = url_for(".show", person_id=holder.person_id)
    return answer
