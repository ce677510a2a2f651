"""The Guardian's pages: the requests not to publish an interest, the decision on each, and the later look at it."""

import uuid

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.audit.access import note_reading
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Permission
from coi.registers.interests import queries, redaction_commands
from coi.registers.interests.blueprint import bp
from coi.registers.interests.presenting import shown_interest
from coi.registers.interests.redaction import FIELD_WORDS, asked_for
from coi.registers.interests.redaction_forms import DecisionForm
from coi.registers.interests.vocabulary import RedactionState
from coi.web.access import requires
from coi.web.pages import page

DECIDE = Permission.REGISTERS_REDACTION_DECIDE


@bp.get("/redactions")
@requires(DECIDE)
def redactions() -> Response:
    """The requests not to publish, those that wait first, then those to look at again."""
    requests = queries.redaction_requests(g.actor, g.body.id, clock.today())
    waiting = [each for each in requests if each.state is RedactionState.REQUESTED]
    due = queries.due_for_review(requests, clock.today())
    return page(
        "registers/interests/redactions.html", waiting=waiting, due=due, words=FIELD_WORDS,
        decided=[each for each in requests if each not in waiting and each not in due],
    )  # fmt: skip


@bp.route("/redactions/<uuid:request_id>", methods=["GET", "POST"])
@requires(DECIDE)
def decide_redaction(request_id: uuid.UUID) -> Response:
    """Decides a request not to publish an interest, or looks at it again."""
    asked = queries.visible_redaction(request_id, g.actor, g.body.id, clock.today())
    form = DecisionForm.of(asked)
    if form.validate_on_submit():
        try:
            _decide(asked, form)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"The request about interest {asked.interest.reference} is decided")
            return redirect(url_for(".redactions"), 303)
    interest = queries.interest(asked.interest_id)
    if interest.person_id != g.actor.person_id:
        note_reading("redaction request", interest, g.actor, clock.now(), g.body.id)
    return page(
        "registers/interests/decide_redaction.html", form=form, asked=asked, shown=shown_interest(interest, clock.now(), g.body.id),
        named=[FIELD_WORDS[name] for name in FIELD_WORDS if name in asked_for(asked.fields)], words=FIELD_WORDS,
    )  # fmt: skip


def _decide(asked: queries.RedactionRequest, form: DecisionForm) -> None:
    at, details = clock.now(), form.details()
    if asked.state is RedactionState.GRANTED:
        redaction_commands.review_redaction(
            asked, details, number=form.seen_number(), actor=g.actor, at=at, body_id=g.body.id
        )
    else:
        redaction_commands.decide_fields(asked, details, actor=g.actor, at=at, body_id=g.body.id)
