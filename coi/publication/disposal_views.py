"""Disposing of old records: the list of those that are due, and a page that says what is erased before anything is."""

import uuid

from flask import Blueprint, flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Permission
from coi.publication.disposal_forms import ChooseForm, DisposeForm, words_of
from coi.publication.queries import editions_with
from coi.registers.disposal import commands, file_queries, queries
from coi.registers.disposal.vocabulary import DueRecord
from coi.registers.vocabulary import REGISTER_TITLES, RegisterKind
from coi.web import drafts
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("disposal", __name__, url_prefix="/<body>/registers/disposal")
DISPOSE = Permission.REGISTERS_DISPOSAL_DO
DRAFT = "disposal.chosen"


@bp.route("/", methods=["GET", "POST"])
@requires(DISPOSE)
def index() -> Response:
    """What is due for disposal and why, to tick; and what was disposed of."""
    due, form = _due(), ChooseForm()
    form.offer(due)
    if form.records.options and form.validate_on_submit():
        chosen = {"records": [str(each) for each in form.records.data]}
        drafts.save(DRAFT, chosen, str(g.body.id), actor=g.actor, at=clock.now())
        db.session.commit()
        return redirect(url_for(".check"), 303)
    return page(
        "publication/disposal/index.html", form=form, own=[each for each in due if each.is_own],
        is_any=bool(form.records.options), done=queries.disposals(g.body.id),
    )  # fmt: skip


@bp.route("/check", methods=["GET", "POST"])
@requires(DISPOSE)
def check() -> Response:
    """Says what is erased and what stays, and erases it once there is a reason."""
    ids = [uuid.UUID(each) for each in drafts.load(DRAFT, str(g.body.id), actor=g.actor).get("records", ())]
    form = DisposeForm()
    if ids and form.validate_on_submit():
        try:
            made = commands.dispose(
                g.body, ids, form.reason.data, announced=form.seen_files(), actor=g.actor, at=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            flash(f"Disposed of: {', '.join(made.records)}")
            drafts.drop(DRAFT, str(g.body.id), actor=g.actor)
            back = redirect(url_for(".index"), 303)
            db.session.commit()
            return back
    chosen = [each for each in _due() if each.id in ids]
    if not ids or len(chosen) != len(ids):
        return redirect(url_for(".index"), 303)
    sealed = [
        each for kind in (RegisterKind.INTERESTS, RegisterKind.GIFTS, RegisterKind.PROCUREMENT)
        for each in editions_with(g.body.id, kind, [one.reference for one in chosen if one.register is kind])
    ]  # fmt: skip
    holding = file_queries.holding_files(chosen)
    form.announce(each.id for each in holding.files)
    return page(
        "publication/disposal/check.html",
        form=form,
        chosen=chosen,
        words_of=words_of,
        sealed=sealed,
        files=file_queries.held_files(holding, g.body.id),
        titles=REGISTER_TITLES,
    )


def _due() -> list[DueRecord]:
    if committees_where(g.actor, DISPOSE, g.body.id) is not None:
        raise NotFound("There is no such page")
    return queries.due_records(g.body.id, actor=g.actor, at=clock.now())
