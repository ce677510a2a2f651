"""What is done about the suggestions on an item's page: taken over, or declined."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings import queries as meetings
from coi.meetings.models import AgendaItem
from coi.meetings.suggesting import commands, queries
from coi.meetings.suggesting.forms import SuggestionForm
from coi.meetings.suggesting.vocabulary import SuggestedDetail, Suggestion
from coi.permissions.vocabulary import Permission
from coi.web.access import requires
from coi.wording import short_list

bp = Blueprint("suggesting", __name__, url_prefix="/<body>/items/<uuid:item_id>/suggestions")
PLAN = Permission.MEETINGS_AGENDA_PLAN


def _item(item_id: uuid.UUID) -> AgendaItem:
    return meetings.item_of(item_id, body_id=g.body.id, actor=g.actor, permission=PLAN)


@bp.post("/accept")
@requires(PLAN)
def accept(item_id: uuid.UUID) -> Response:
    """Puts a suggestion, or all of them, on the item."""
    item = _item(item_id)
    offered = queries.wording_read(item, g.body).suggestions
    form = SuggestionForm.about(offered)
    if form.validate_on_submit():
        chosen = form.chosen(offered)
        try:
            commands.accept(
                item, chosen, version=form.seen_version(), area=g.body.area_codes, actor=g.actor, at=clock.now()
            )
        except RuleBroken as broken:
            db.session.rollback()
            flash(broken.reason, "important")
        else:
            db.session.commit()
            flash(f"{_taken_over(chosen)}. It was screened at once.")
    return redirect(url_for("meetings.item", item_id=item_id), 303)


def _taken_over(chosen: Sequence[Suggestion]) -> str:
    said = short_list(each.text for each in chosen)
    if any(isinstance(each, SuggestedDetail) for each in chosen):
        return f"The item says now: {said}"
    return f"The item concerns {said}"


@bp.post("/decline")
@requires(PLAN)
def decline(item_id: uuid.UUID) -> Response:
    """Leaves a suggestion out. It does not come back until the wording changes."""
    item, form = _item(item_id), SuggestionForm()
    if form.validate_on_submit():
        chosen = form.chosen(queries.wording_read(item, g.body).suggestions)
        try:
            commands.decline(item, chosen, version=form.seen_version(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            db.session.rollback()
            flash(broken.reason, "important")
        else:
            db.session.commit()
            verb = "is" if len(chosen) == 1 else "are"
            flash(
                f"{short_list(each.text for each in chosen)} {verb} not suggested again while the wording stays as it is."
            )
    return redirect(url_for("meetings.item", item_id=item_id), 303)
