"""Pages about the names that a body taught: the list, teaching one, ending one."""

import uuid

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations.vocabulary import PickedOrganisation
from coi.permissions.vocabulary import Permission
from coi.registers.aliases import commands, queries
from coi.registers.aliases.forms import AliasForm, EndAliasForm
from coi.web.access import requires
from coi.web.forms import cleaned
from coi.web.pages import page

bp = Blueprint("aliases", __name__, url_prefix="/<body>/registers/aliases")
MANAGE = Permission.ORGANISATIONS_ORGANISATION_MANAGE


@bp.get("/")
@requires(MANAGE)
def index() -> Response:
    """The names that this body taught, and what they mean."""
    return page("registers/aliases/index.html", names=queries.taught_names(g.body.id), closing_of=queries.closing_of)


@bp.route("/teach", methods=["GET", "POST"])
@requires(MANAGE)
def teach() -> Response:
    """Teach what a name means."""
    said = (cleaned(request.args.get("text")) or "")[:200]
    is_none = "none" in request.args
    form = AliasForm(
        text=said, organisation=PickedOrganisation(said) if said and not is_none else None, no_organisation=is_none
    )
    form.organisation.area = g.body.area_codes
    if form.validate_on_submit():
        try:
            row = commands.teach(g.body.id, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"“{row.text}” is remembered")
            return redirect(url_for(".index"), 303)
    return page("registers/aliases/teach.html", form=form)


@bp.route("/<uuid:alias_id>/end", methods=["GET", "POST"])
@requires(MANAGE)
def end(alias_id: uuid.UUID) -> Response:
    """End that a name means what it was taught to mean."""
    row, form = queries.alias(alias_id, g.body.id), EndAliasForm()
    if form.validate_on_submit():
        try:
            commands.end(row, form.because.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"“{row.text}” is no longer remembered")
            return redirect(url_for(".index"), 303)
    return page("registers/aliases/end.html", form=form, row=row)
