"""Not publishing an offer: the recipient asks for it, the Guardian decides and looks at it again."""

import uuid

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.audit.access import note_reading
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Permission
from coi.registers.gifts import commands, queries, redaction_queries
from coi.registers.gifts.blueprint import bp
from coi.registers.gifts.columns import FIELD_WORDS
from coi.registers.gifts.declaring_forms import AskForm
from coi.registers.gifts.presenting import shown_gift
from coi.registers.interests.redaction import headings_asked_for
from coi.registers.interests.redaction_forms import DecisionForm
from coi.registers.interests.redaction_views import decided_here, is_decided, requests_page, where_it_stands
from coi.registers.traces_queries import traces_of_gift
from coi.web.access import requires
from coi.web.pages import page

DECIDE = Permission.REGISTERS_REDACTION_DECIDE


@bp.get("/redactions")
@requires(DECIDE)
def redactions() -> Response:
    """The requests not to publish an offer, those that wait first, then those to look at again."""
    return requests_page("gifts", redaction_queries.redaction_requests(g.actor, g.body.id, clock.today()), FIELD_WORDS)


@bp.route("/redactions/<uuid:asked_id>", methods=["GET", "POST"])
@requires(DECIDE)
def decide_redaction(asked_id: uuid.UUID) -> Response:
    """Decides a request not to publish an offer, or looks at it again."""
    asked = redaction_queries.visible_redaction(asked_id, g.actor, g.body.id, clock.today())
    form = DecisionForm.of(asked, FIELD_WORDS, decided_here(asked))
    if form.validate_on_submit() and is_decided(asked, form):
        db.session.commit()
        flash(f"The request about entry {asked.record.reference} is decided")
        return redirect(url_for(".redactions"), 303)
    gift = queries.visible_gift(asked.record.id, g.actor, DECIDE, g.body.id, clock.today())
    if gift.person_id != g.actor.person_id:
        note_reading("redaction request", gift, g.actor, clock.now(), g.body.id)
    return page(
        "registers/gifts/decide_redaction.html", form=form, asked=asked, shown=shown_gift(gift, clock.now()),
        named=headings_asked_for(asked.fields, FIELD_WORDS), words=FIELD_WORDS, along={}, **where_it_stands(asked),
        noun="entry", traces=traces_of_gift(gift, g.body.id, clock.now()),
    )  # fmt: skip


@bp.route("/mine/<uuid:gift_id>/private", methods=["GET", "POST"])
@requires(Permission.REGISTERS_GIFT_DECLARE)
def own_private(gift_id: uuid.UUID) -> Response:
    """Asks not to publish an entry of mine that is on the register."""
    gift, form = queries.own_gift(gift_id, g.actor), AskForm()
    if form.validate_on_submit():
        try:
            commands.ask_not_to_publish(gift, form.reason.data, form.parts.data or (), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(
                "The Conflicts of Interest Guardian has your request. Until it is decided, nobody outside sees those parts"
            )
            return redirect(url_for(".own", gift_id=gift_id), 303)
    return page("registers/gifts/ask_private.html", form=form, reference=gift.reference, gift_id=gift_id)
