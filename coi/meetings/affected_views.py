"""Pages for the organisations that an item concerns. They belong to the blueprint of planning."""

import uuid

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.meetings import commands, queries
from coi.meetings.forms import AffectedForm, RemoveForm, version_in
from coi.meetings.models import AgendaItem
from coi.meetings.views import PLAN, bp
from coi.registers.interests.matching_queries import declared_like
from coi.web.access import requires
from coi.web.pages import page


def _item(item_id: uuid.UUID) -> AgendaItem:
    return queries.item_of(item_id, body_id=g.body.id, actor=g.actor, permission=PLAN)


@bp.route("/<body>/items/<uuid:item_id>/organisations/add", methods=["GET", "POST"])
@requires(PLAN)
def add_organisation(item_id: uuid.UUID) -> Response:
    """Say that an item concerns an organisation, and how."""
    item = _item(item_id)
    form = AffectedForm.about(item)
    form.organisation.area = g.body.area_codes
    form.organisation.declared_like = lambda text: declared_like(text, g.actor, g.body.id, clock.now())
    form.organisation.look_up(request.args.get("words", ""))
    if form.validate_on_submit():
        try:
            row = commands.add_affected(
                item, form.details(), version=version_in(form.version), actor=g.actor, at=clock.now()
            )
        except EditConflict as conflict:
            form.over(item, conflict)
            return page("meetings/add_organisation.html", 409, form=form, item=item)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            by = "" if row.organisation_id else ", by these words only: they are not matched to an organisation"
            flash(f"The item concerns {row.text}. It was screened at once{by}.")
            return redirect(url_for(".item", item_id=item.id))
    return page("meetings/add_organisation.html", form=form, item=item)


@bp.post("/<body>/items/<uuid:item_id>/organisations/<uuid:affected_id>/remove")
@requires(PLAN)
def remove_organisation(item_id: uuid.UUID, affected_id: uuid.UUID) -> Response:
    """Take an organisation off an item."""
    item = _item(item_id)
    form = RemoveForm()
    if form.validate_on_submit():
        seen = version_in(form.version)
        row = commands.remove_affected(item, affected_id, version=seen, actor=g.actor, at=clock.now())
        db.session.commit()
        flash(f"The item does not name {row.text} any more. It was screened at once.")
    return redirect(url_for(".item", item_id=item_id))
