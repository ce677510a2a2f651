"""The Guardian's pages: the requests not to publish an interest, and the decision on each."""

import uuid

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.audit.access import note_reading
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Permission
from coi.registers.interests import queries, review_commands
from coi.registers.interests.blueprint import bp
from coi.registers.interests.forms import DecisionForm
from coi.registers.interests.presenting import shown_interest
from coi.registers.interests.vocabulary import RedactionState
from coi.web.access import requires
from coi.web.pages import page

DECIDE = Permission.REGISTERS_REDACTION_DECIDE


@bp.get("/redactions")
@requires(DECIDE)
def redactions() -> Response:
    """The requests not to publish, those that wait first."""
    requests = queries.redaction_requests(g.actor, g.body.id, clock.today())
    waiting = [each for each in requests if each.state is RedactionState.REQUESTED]
    return page(
        "registers/interests/redactions.html",
        waiting=waiting,
        decided=[each for each in requests if each not in waiting],
    )


@bp.route("/redactions/<uuid:request_id>", methods=["GET", "POST"])
@requires(DECIDE)
def decide_redaction(request_id: uuid.UUID) -> Response:
    """Decides a request not to publish an interest."""
    asked = queries.visible_redaction(request_id, g.actor, g.body.id, clock.today())
    form = DecisionForm()
    if form.validate_on_submit():
        try:
            review_commands.decide_redaction(
                asked, granted=form.is_granted(), reason=form.reason.data, actor=g.actor, at=clock.now(), body_id=g.body.id
            )  # fmt: skip
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
        "registers/interests/decide_redaction.html",
        form=form,
        asked=asked,
        shown=shown_interest(interest, clock.now(), g.body.id),
    )
