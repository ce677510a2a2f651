"""Pages for papers: adding one to an item, opening it, withdrawing it. The list of papers stands on the item's page."""

import uuid

from flask import Blueprint, Response, current_app, flash, g, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from coi import clock
from coi.audit.access import note_reading
from coi.config import Config
from coi.database import db
from coi.errors import RuleBroken
from coi.files.queries import content_of
from coi.files.serving import attachment_headers
from coi.files.vocabulary import MIB
from coi.meetings.papers import commands, queries
from coi.meetings.papers.forms import PaperForm, WithdrawForm
from coi.meetings.queries import item_of
from coi.people.queries import called, people_of_body
from coi.permissions.vocabulary import Permission
from coi.web.access import requires
from coi.web.headers import takes_files
from coi.web.pages import page

bp = Blueprint("papers", __name__)

READ, PLAN = Permission.MEETINGS_MEETING_READ, Permission.MEETINGS_AGENDA_PLAN


@bp.route("/<body>/items/<uuid:item_id>/papers/add", methods=["GET", "POST"])
@requires(PLAN)
@takes_files
def add(item_id: uuid.UUID) -> AnyResponse:
    """Add a paper to an item."""
    item = item_of(item_id, body_id=g.body.id, actor=g.actor, permission=PLAN)
    config: Config = current_app.config["COI"]
    form = PaperForm()
    form.describe(config.max_upload_bytes // MIB)
    form.offer(called(people_of_body(g.body.id, clock.today()), g.body.id, clock.today()))
    if form.validate_on_submit():
        try:
            paper = commands.add_paper(
                item, form.details(), form.content(), actor=g.actor, at=clock.now(), largest=config.max_upload_bytes
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"Paper {paper.number} is with the item.")
            return redirect(url_for("meetings.item", item_id=item_id, _anchor="papers"))
    return page("meetings/papers/add.html", form=form, item=item)


@bp.get("/<body>/papers/<uuid:paper_id>")
@requires(Permission.ACCOUNTS_OWN_USE)
def download(paper_id: uuid.UUID) -> Response:
    """A paper, as a download, read whole and checked before the first byte leaves, so that no slow line holds the database. Who had it
    is kept in the access log. Whoever may read the item may have it, or was named to keep the record of the item."""
    paper = queries.paper_of(paper_id, body_id=g.body.id, actor=g.actor)
    response = Response(list(content_of(paper.file)), headers=attachment_headers(paper.file))
    note_reading(queries.READ, paper, g.actor, clock.now(), g.body.id)
    return response


@bp.route("/<body>/papers/<uuid:paper_id>/withdraw", methods=["GET", "POST"])
@requires(PLAN)
def withdraw(paper_id: uuid.UUID) -> AnyResponse:
    """Withdraw a paper, after asking."""
    paper = queries.paper_of(paper_id, body_id=g.body.id, actor=g.actor, permission=PLAN)
    form = WithdrawForm()
    if form.validate_on_submit():
        commands.withdraw_paper(paper, actor=g.actor, at=clock.now())
        db.session.commit()
        flash(f"Paper {paper.number} is withdrawn. Its letter is not used again.")
        return redirect(url_for("meetings.item", item_id=paper.item_id, _anchor="papers"))
    return page("meetings/papers/withdraw.html", form=form, paper=paper)
