"""The private register of a body, one interest on it, and what others do about it. Declaring stands in the other files of views."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.audit.access import note_reading
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.people.queries import names_known
from coi.permissions.vocabulary import Permission
from coi.registers.aliases.queries import remembered_here
from coi.registers.asking import ROWS, Question, RowsPage, read_question
from coi.registers.interests import agreeing_views as agreeing_views
from coi.registers.interests import (  # the files of views add their routes to the blueprint
    by_link_views as by_link_views,
)
from coi.registers.interests import confirming_views as confirming_views
from coi.registers.interests import copy_views as copy_views
from coi.registers.interests import declaring_views as declaring_views
from coi.registers.interests import drafter_views as drafter_views
from coi.registers.interests import entering_views as entering_views
from coi.registers.interests import form_queries, queries, review_commands
from coi.registers.interests import inviting_views as inviting_views
from coi.registers.interests import own_views as own_views
from coi.registers.interests import record_views as record_views
from coi.registers.interests import redaction_views as redaction_views
from coi.registers.interests.blueprint import bp as bp
from coi.registers.interests.forms import MitigationForm
from coi.registers.interests.leaver_queries import to_act_on, versions_here
from coi.registers.interests.links import href
from coi.registers.interests.matching_forms import MatchForm
from coi.registers.interests.matching_queries import alongside, restricted_among, unmatched_seen_by
from coi.registers.interests.models import Interest
from coi.registers.interests.presenting import ShownInterest, shown_interest
from coi.registers.interests.register_queries import Asked, register_page
from coi.registers.interests.register_vocabulary import SHOWING_WORDS, RegisterRow
from coi.registers.interests.related_queries import fellow_partners
from coi.web.access import may, requires
from coi.web.pages import page

READ, MITIGATE = Permission.REGISTERS_INTEREST_READ, Permission.REGISTERS_INTEREST_MITIGATE


def _question() -> Question:
    sent = request.args
    return read_question(
        find=sent.get("find", ""), show=sent.get("show", ""), page=sent.get("page", ""), known=sent.get("known", ""), now=clock.now()
    )  # fmt: skip


@bp.get("/")
@requires(READ)
def index() -> Response:
    """The private register of the body, as known now or at an earlier instant."""
    question = _question()
    found = register_page(Asked(g.body.id, g.actor, question.instant, question.find, question.number, question.showing))
    if question.is_past:
        found = replace(found, rows=_called_then(found.rows, question.instant))
    restricted = [row.interest_id for row in found.rows if row.is_restricted and row.person_id != g.actor.person_id]
    for interest in queries.interests([each for each in restricted if each]) if restricted else ():
        note_reading("interest", interest, g.actor, clock.now(), g.body.id)
    return page(
        "registers/interests/index.html", 422 if question.error else None, question=question, found=found, choices=SHOWING_WORDS,
        first=(found.number - 1) * ROWS + 1, previous=_page_before(question, found), next=_page_after(question, found),
        base=url_for(".index"),
    )  # fmt: skip


def _called_then(rows: Sequence[RegisterRow], instant: datetime) -> list[RegisterRow]:
    """The rows with what their people were called at an instant."""
    then = names_known({row.person_id for row in rows}, instant)
    return [replace(row, name=then[row.person_id].name) if row.person_id in then else row for row in rows]


def _name_then(person_id: uuid.UUID, instant: datetime) -> str:
    """What somebody was called at an instant; empty where nobody knew them."""
    then = names_known([person_id], instant).get(person_id)
    return then.name if then else ""


def _page_before(question: Question, found: RowsPage[Any]) -> str:
    return url_for(".index", **question.arguments(found.number - 1)) if found.number > 1 else ""


def _page_after(question: Question, found: RowsPage[Any]) -> str:
    return url_for(".index", **question.arguments(found.number + 1)) if found.number < found.pages else ""


@bp.get("/<uuid:interest_id>")
@requires(READ)
def show(interest_id: uuid.UUID) -> Response:
    """One interest with all its versions, as known now or at an earlier instant."""
    question = _question()
    interest = queries.visible_interest(interest_id, g.actor, READ, g.body.id, question.instant)
    if interest.versions[0].recorded_at > question.instant:
        raise NotFound("The register did not know this interest then")
    on = clock.local(question.instant).date()
    versions = versions_here(interest, g.body.id, on, instant=question.instant)
    shown = shown_interest(interest, question.instant, g.body.id, versions)
    if question.is_past:
        shown = replace(shown, name=_name_then(interest.person_id, question.instant) or shown.name)
    _note(interest, shown)
    back = url_for(".index", **question.arguments())
    rests_on = [each.declaration_id for each in versions if each.declaration_id]
    seen = queries.people_visible_to(g.actor, READ, g.body.id, on, instant=question.instant)
    ledger = href("assurance.about", Permission.ASSURANCE_LEDGER_READ, table="interest", row_id=interest.id)
    return page(
        "registers/interests/show.html", 422 if question.error else None, shown=shown,
        is_own=shown.person_id == g.actor.person_id, question=question,
        meetings=href("conflicts.of_interest", Permission.MEETINGS_MEETING_READ, interest_id=interest.id),
        ledger=ledger, back=back, is_only_read=versions[-1].number < interest.versions[-1].number,
        partners=fellow_partners(versions[-1], question.instant, seen, g.body.id), scans=form_queries.forms_of(rests_on),
    )  # fmt: skip


def _note(interest: Interest, shown: ShownInterest) -> None:
    """Reading somebody else's interest that is asked not to be published leaves a trace."""
    if shown.redaction is not None and shown.redaction.is_restricted and interest.person_id != g.actor.person_id:
        note_reading("interest", interest, g.actor, clock.now(), g.body.id)


@bp.route("/<uuid:interest_id>/mitigation", methods=["GET", "POST"])
@requires(MITIGATE)
def mitigate(interest_id: uuid.UUID) -> Response:
    """Agrees what is done about an interest of somebody else."""
    found, now = queries.visible_interest(interest_id, g.actor, MITIGATE, g.body.id, clock.now()), clock.now()
    interest, shown = to_act_on(found, g.body.id, now), shown_interest(found, now, g.body.id)
    earlier = [each.mitigation for each in interest.versions if each.mitigation]
    form = MitigationForm.of(interest.versions[-1], earlier[-1] if earlier else "")
    if form.validate_on_submit():
        try:
            review_commands.agree_mitigation(
                interest, form.details(), version=form.seen_version(), actor=g.actor, at=clock.now(), body_id=g.body.id
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"The mitigation of interest {interest.reference} is agreed")
            return redirect(url_for(".show", interest_id=interest_id), 303)
    _note(interest, shown)
    return page("registers/interests/mitigate.html", form=form, shown=shown)


@bp.route("/<uuid:interest_id>/organisations/<int:position>", methods=["GET", "POST"])
@requires(Permission.ORGANISATIONS_ORGANISATION_MANAGE)
def match(interest_id: uuid.UUID, position: int) -> Response:
    """Says which organisation the words of a declarant mean."""
    if not may(READ):
        raise NotFound("There is no such interest")
    found = queries.visible_interest(interest_id, g.actor, READ, g.body.id, clock.now())
    interest = to_act_on(found, g.body.id, clock.now())
    named = queries.named_organisation(interest, position)
    form = MatchForm.of(named.text, named.version.number, is_matched=named.organisation_id is not None)
    form.organisation.area = g.body.area_codes
    waiting = unmatched_seen_by(g.actor, g.body.id, clock.now())
    others = alongside(named.text, interest, waiting)
    form.offer_alongside(named.text, others)
    if form.validate_on_submit():
        seen = queries.named_organisation(interest, position, form.seen_version())
        try:
            done = review_commands.match_everywhere(
                seen, form.ticked, form.details(), waiting=waiting, remember=form.remembers, actor=g.actor, at=clock.now(),
                body_id=g.body.id,
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(done)
            if form.details() is None and remembered_here(
                g.body.id, seen.text
            ):  # the page says so, with the way to end it
                return redirect(url_for(".match", interest_id=interest_id, position=position), 303)
            return redirect(url_for(".show", interest_id=interest_id), 303)
    _note(interest, shown_interest(interest, clock.now(), g.body.id))
    for each in restricted_among(others, g.actor.person_id, g.body.id):
        note_reading("interest", each, g.actor, clock.now(), g.body.id)
    return page("registers/interests/match.html", form=form, interest=interest, named=named,
                remembered=remembered_here(g.body.id, named.text))  # fmt: skip
