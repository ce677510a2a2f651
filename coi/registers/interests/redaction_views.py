"""The Guardian's pages: the requests not to publish an interest, the decision on each, and the later look at it."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.audit.access import note_reading
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Permission
from coi.registers.interests import queries, redaction_commands, redaction_queries
from coi.registers.interests.blueprint import bp
from coi.registers.interests.models import RedactionDecision, RedactionRequest
from coi.registers.interests.presenting import shown_interest
from coi.registers.interests.redaction import FIELD_WORDS, along_with, decisions_at, headings_held_back, state_at
from coi.registers.interests.redaction_forms import DecisionForm
from coi.registers.interests.vocabulary import RedactionState
from coi.registers.traces_queries import traces_of_interest
from coi.web.access import requires
from coi.web.pages import page

DECIDE = Permission.REGISTERS_REDACTION_DECIDE
OTHER = {"interests": "gifts", "gifts": "interests"}
"""The other register about which something can be asked not to be published."""


@bp.get("/redactions")
@requires(DECIDE)
def redactions() -> Response:
    """The requests not to publish, those that wait first, then those to look at again."""
    return requests_page("interests", redaction_queries.redaction_requests(g.actor, g.body.id, clock.today()),
                         FIELD_WORDS)  # fmt: skip


def requests_page(register: str, requests: Sequence[RedactionRequest], words: Mapping[str, str]) -> Response:
    """The Guardian's list of requests not to publish what is on a register (its blueprint). `words` names its columns."""
    waiting = redaction_queries.waiting_at(requests, g.body.id)
    due = redaction_queries.due_for_review(requests, clock.today(), g.body.id)
    return page(
        "registers/redactions.html", register=register, other=OTHER[register], waiting=waiting, due=due, words=words,
        decided=[each for each in requests if each not in waiting and each not in due], show_url=_show_url, decide_url=_decide_url,
        last=decided_here, state=_state,
    )  # fmt: skip


def decided_here(asked: RedactionRequest) -> RedactionDecision | None:
    """The latest decision about a request for the register of this body."""
    return next(reversed(decisions_at(asked, g.body.id)), None)


def _state(asked: RedactionRequest) -> RedactionState:
    """Where a request stands at this body."""
    return state_at(asked, g.body.id)


def where_it_stands(asked: RedactionRequest) -> dict[str, Any]:
    """Where a request stands here, for the page on which it is decided. That there are other bodies is told to nobody but the declarant."""
    return {"state": _state(asked), "decisions": decisions_at(asked, g.body.id)}


def _decide_url(asked: RedactionRequest) -> str:
    if asked.gift is not None:
        return url_for("gifts.decide_redaction", asked_id=asked.id)
    return url_for("interests.decide_redaction", request_id=asked.id)


def _show_url(asked: RedactionRequest) -> str:
    if asked.gift is not None:
        return url_for("gifts.show", gift_id=asked.gift_id)
    return url_for("interests.show", interest_id=asked.interest_id)


@bp.route("/redactions/<uuid:request_id>", methods=["GET", "POST"])
@requires(DECIDE)
def decide_redaction(request_id: uuid.UUID) -> Response:
    """Decides a request not to publish an interest, or looks at it again."""
    asked = redaction_queries.visible_redaction(request_id, g.actor, g.body.id, clock.today())
    form = DecisionForm.of(asked, FIELD_WORDS, decided_here(asked))
    if form.validate_on_submit() and is_decided(asked, form):
        db.session.commit()
        flash(f"The request about interest {asked.record.reference} is decided")
        return redirect(url_for(".redactions"), 303)
    interest = queries.interest(asked.record.id)
    if interest.person_id != g.actor.person_id:
        note_reading("redaction request", interest, g.actor, clock.now(), g.body.id)
    return page(
        "registers/interests/decide_redaction.html", form=form, asked=asked, shown=shown_interest(interest, clock.now(), g.body.id),
        named=headings_held_back(asked.fields), words=FIELD_WORDS, **where_it_stands(asked),
        along=along_with(asked.fields), noun="interest", traces=traces_of_interest(interest, g.body.id, clock.now()),
    )  # fmt: skip


def is_decided(asked: RedactionRequest, form: DecisionForm) -> bool:
    """Decides as the form says, or looks at a decision again. Returns whether it could be; the form says else why not."""
    at, details = clock.now(), form.details()
    try:
        if _state(asked) is RedactionState.GRANTED:
            redaction_commands.review_redaction(
                asked, details, number=form.seen_number(), actor=g.actor, at=at, body_id=g.body.id
            )
        else:
            redaction_commands.decide_fields(asked, details, actor=g.actor, at=at, body_id=g.body.id)
    except RuleBroken as broken:
        form.show(broken)
        return False
    return True
