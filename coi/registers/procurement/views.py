"""The private register of procurement decisions: the list, one row with its versions, notices, checklist and declarations."""

import uuid
from datetime import datetime
from typing import Any

from flask import current_app, flash, g, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.config import Config
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Permission
from coi.registers.kept_item_queries import kept_decisions
from coi.registers.procurement import commands, declarant_queries, public_queries, queries, rules, story_queries
from coi.registers.procurement import declarant_views as declarant_views  # its routes belong to the same blueprint
from coi.registers.procurement.blueprint import bp
from coi.registers.procurement.checklist import questions_for
from coi.registers.procurement.columns import SHAPE
from coi.registers.procurement.declared_vocabulary import MEASURE_WORDS
from coi.registers.procurement.forms import ChecklistForm, DecisionForm, DeclarationForm
from coi.registers.procurement.gaps import unanswered
from coi.registers.procurement.models import ProcurementDecision
from coi.registers.procurement.notices import money, notices_of
from coi.registers.procurement.vocabulary import (
    ARRANGEMENT_WORDS,
    OUTCOME_WORDS,
    REGIME_WORDS,
    ROUTE_WORDS,
    SHOWING_WORDS,
    SIDE_WORDS,
    Showing,
    State,
)
from coi.web.access import requires
from coi.web.known import known_in
from coi.web.numbers import read_number
from coi.web.pages import page

READ, KEEP = Permission.REGISTERS_PROCUREMENT_READ, Permission.REGISTERS_PROCUREMENT_KEEP
SHAPE_HEADINGS = {column.name: column.heading for column in SHAPE.columns}
WORDS = {
    "outcomes": OUTCOME_WORDS,
    "routes": ROUTE_WORDS,
    "arrangements": ARRANGEMENT_WORDS,
    "regimes": REGIME_WORDS,
    "sides": SIDE_WORDS,
    "measures": MEASURE_WORDS,
}


@bp.get("/")
@requires(READ)
def index() -> Response:
    """The private register, as known now or at an earlier instant."""
    find, show = (request.args.get(name, "").strip()[:200] for name in ("find", "show"))
    asked = known_in(request.args, clock.now())
    showing = Showing(show) if show in set(Showing) else Showing.EVERYTHING
    number = request.args.get("page", 1, type=read_number)
    found = queries.register_page(g.body.id, asked.instant, actor=g.actor, find=find, showing=showing, number=number)
    kept = {name: value for name, value in (("find", find), ("show", show), ("known", asked.known)) if value}
    return page(
        "registers/procurement/index.html", 422 if asked.error else None, found=found, find=find, showing=showing,
        asked=asked, choices=SHOWING_WORDS, words=WORDS, money=money, kept=kept, first=(found.number - 1) * queries.ROWS + 1,
    )  # fmt: skip


@bp.get("/<uuid:procurement_id>")
@requires(READ)
def show(procurement_id: uuid.UUID) -> Response:
    """One row as known now or at an earlier instant: what it lacks, the notices that it makes, its checklist, declarations, versions."""
    asked = known_in(request.args, clock.now())
    decision = queries.decision(procurement_id, g.body.id, g.actor)
    row = queries.row_of(decision, asked.instant)
    details, withheld = row.facts.details, queries.withheld_of(decision, clock.now())
    return page(
        "registers/procurement/show.html", 422 if asked.error else None, asked=asked, decision=decision, row=row, d=details,
        words=WORDS, money=money,
        questions=questions_for(details.decided_on, details.route, is_gp_provider=bool(details.is_gp_provider)),
        notices=notices_of(row.facts, g.body.name, withheld=withheld), blank=unanswered(row.facts),
        answered=story_queries.answered_by(decision, asked.instant), story=story_queries.story_of(decision, asked.instant),
        headings=SHAPE_HEADINGS,
        withheld=withheld, standstill=rules.standstill_ends(row.facts),
        **_declared(decision, asked.instant),
    )  # fmt: skip


def _declared(decision: ProcurementDecision, instant: datetime) -> dict[str, Any]:
    """Who was asked to declare by an instant, with how they stood, and what was declared, with what was done about it."""
    asked, known_by = declarant_queries.asked_by(decision, instant), declarant_queries.known_by
    return {
        "people": [(each, declarant_queries.standing_of(each, instant), has_ended) for each, has_ended in asked],
        "declared": [(each, known_by(each.measures, instant)) for each in known_by(decision.declarations, instant)],
    }


@bp.route("/enter", methods=["GET", "POST"])
@requires(KEEP)
def enter() -> Response:
    """Enters a decision in the register."""
    form = DecisionForm(version="0")
    form.give_a_day()
    form.supplier.area = g.body.area_codes
    if form.validate_on_submit():
        try:
            row = commands.enter_decision(
                g.body.id, form.details(), is_draft=form.is_draft, actor=g.actor, at=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            _say_where(row)
            return redirect(url_for(".show", procurement_id=row.id), 303)
    return page("registers/procurement/enter.html", form=form)


def _say_where(row: ProcurementDecision) -> None:
    flash(f"{row.reference} is saved as a draft" if row.state is State.DRAFT else f"{row.reference} is on the register")


@bp.route("/<uuid:procurement_id>/change", methods=["GET", "POST"])
@requires(KEEP)
def change(procurement_id: uuid.UUID) -> Response:
    """Completes a draft, or corrects a row. What the register said before is kept."""
    row = queries.kept_decision(procurement_id, g.body.id, g.actor)
    form = DecisionForm.of(row.versions[-1])
    form.supplier.area = g.body.area_codes
    if form.validate_on_submit():
        try:
            commands.correct_decision(
                row, form.details(), version=form.seen_version(), note=form.note.data or "", is_draft=form.is_draft, actor=g.actor,
                at=clock.now(),
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            _say_where(row)
            return redirect(url_for(".show", procurement_id=row.id), 303)
    return page(
        "registers/procurement/change.html", form=form, decision=row, said=queries.prefilled_in(row), story=story_queries.story_of(row),
        withheld=queries.withheld_of(row, clock.now()), headings=SHAPE_HEADINGS,
    )  # fmt: skip


@bp.route("/<uuid:procurement_id>/checklist", methods=["GET", "POST"])
@requires(KEEP)
def checklist(procurement_id: uuid.UUID) -> Response:
    """Answers the procurement checklist."""
    row = queries.kept_decision(procurement_id, g.body.id, g.actor)
    stands = row.versions[-1]
    questions = questions_for(stands.decided_on, stands.route, is_gp_provider=bool(stands.is_gp_provider))
    form = ChecklistForm.asking(questions)(
        version=str(stands.number), **{f"q_{code}": text for code, text in stands.answers.items()}
    )
    if form.validate_on_submit():
        try:
            commands.answer_checklist(
                row, form.answers(), version=form.seen_version(), is_complete=form.is_complete, actor=g.actor, at=clock.now()
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The checklist is complete" if form.is_complete else "The answers are saved")
            return redirect(url_for(".show", procurement_id=row.id), 303)
    return page(
        "registers/procurement/checklist.html", form=form, decision=row, questions=questions,
        answered=story_queries.answered_by(row, clock.now()),
    )  # fmt: skip


@bp.route("/<uuid:procurement_id>/declare", methods=["GET", "POST"])
@requires(KEEP)
def declare(procurement_id: uuid.UUID) -> Response:
    """Enters what a bidder or an evaluator declared."""
    row = queries.kept_decision(procurement_id, g.body.id, g.actor)
    form = DeclarationForm(declared_on=clock.today(), has_undertaken=True)
    form.offer(row.asked)
    if form.validate_on_submit():
        try:
            commands.take_declaration(row, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The declaration is kept with the decision")
            return redirect(url_for(".show", procurement_id=row.id), 303)
    return page("registers/procurement/declare.html", form=form, decision=row)


@bp.get("/releases.json")
@requires(READ)
def releases() -> Response:
    """What is public today, as an OCDS release package; the register where nothing is, as the standard knows no empty package."""
    config: Config = current_app.config["COI"]
    uri = f"{config.base_url.rstrip('/')}{url_for('.releases')}"
    package = public_queries.public_releases(
        g.body.id, on=clock.today(), at=clock.now(), uri=uri, prefix=config.ocds_prefix, without=kept_decisions(g.actor)
    )
    if not package["releases"]:
        flash("No decision is public yet, so there is no Open Contracting file")
        return redirect(url_for(".index"))
    return jsonify(package)
