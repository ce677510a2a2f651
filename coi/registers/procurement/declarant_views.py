"""Who declares for a procurement: asked by mail, sent a new link, dealt with. It belongs to the blueprint of the register."""

import uuid
from collections.abc import Mapping

from flask import current_app, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.config import Config
from coi.database import db
from coi.errors import RuleBroken
from coi.notifications.models import OutboxMessage
from coi.permissions.vocabulary import Permission
from coi.registers.procurement import declarant_commands, declarant_queries, queries, standing_queries
from coi.registers.procurement.blueprint import bp
from coi.registers.procurement.declarant_forms import AskForm, BidsForm, MeasureForm, PressForm
from coi.registers.procurement.declared_vocabulary import MEASURE_WORDS
from coi.registers.procurement.models import ProcurementDecision
from coi.registers.procurement.vocabulary import SIDE_WORDS, Side
from coi.registers.waiting_mails import ByHandForm, Waiting, mail_file, sends_mail, take_by_hand, told
from coi.web.access import requires
from coi.web.forms import Form
from coi.web.pages import page
from coi.wording import and_list

NOBODY = "Nobody was asked again. Whoever has not answered was asked today, and nobody is asked twice in a day"
KEEP = Permission.REGISTERS_PROCUREMENT_KEEP


@bp.route("/<uuid:procurement_id>/declarants", methods=["GET", "POST"])
@requires(KEEP)
def declarants(procurement_id: uuid.UUID) -> Response:
    """Who has declared for a procurement and who has not, and asking somebody."""
    row, form = queries.kept_decision(procurement_id, g.body.id, g.actor), AskForm()
    if form.validate_on_submit():
        try:
            asked = declarant_commands.ask_to_declare(
                row, form.details(), g.body, site=_site(), actor=g.actor, at=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(told(f"A link to declare is on its way to {asked.name}", asked.name))
            return redirect(url_for(".declarants", procurement_id=row.id), 303)
    return _declarants(row, form, _bids_form(row))


@bp.route("/unanswered", methods=["GET", "POST"])
@requires(KEEP)
def unanswered() -> Response:
    """Who was asked to declare for a procurement and has not, at the whole body, and asking them all again; or those of one procurement,
    whose page says so in `only`."""
    form, now, found = PressForm(), clock.now(), standing_queries.unanswered(g.body.id, g.actor)
    if form.validate_on_submit():
        only = request.form.get("only")
        rows = [row for row, _people in found if only in (None, str(row.id))]
        again = [
            each.name
            for row in rows
            for each in declarant_commands.ask_unanswered_again(row, g.body, site=_site(), actor=g.actor, at=now)
        ]
        db.session.commit()
        flash(told(f"A new link is on its way to {and_list(again)}", and_list(again)) if again else NOBODY)
        back = url_for(".declarants", procurement_id=only) if only and rows else url_for(".unanswered")
        return redirect(back, 303)
    last = declarant_queries.last_asked(each for _row, people in found for each in people)
    return page(
        "registers/procurement/unanswered.html", form=form, found=found, last=last, sides=SIDE_WORDS, today=clock.today(),
        sends_mail=sends_mail(), fresh=sum(1 for _row, people in found for each in people if last.get(each.id) != clock.today()),
    )  # fmt: skip


@bp.post("/<uuid:procurement_id>/bids")
@requires(KEEP)
def give_out_bids(procurement_id: uuid.UUID) -> Response:
    """Says when the bids were given to the panel, which has declared by then."""
    row, form = queries.kept_decision(procurement_id, g.body.id, g.actor), BidsForm()
    if form.validate_on_submit():
        try:
            declarant_commands.give_out_bids(
                row, form.opened_on.data, form.reason.data or "", seen=form.seen_day(), actor=g.actor, at=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The day is kept")
            return redirect(url_for(".declarants", procurement_id=row.id), 303)
    return _declarants(row, AskForm(formdata=None), form)


@bp.post("/<uuid:procurement_id>/declarants/<uuid:declarant_id>")
@requires(KEEP)
def declarant(procurement_id: uuid.UUID, declarant_id: uuid.UUID) -> Response:
    """Sends somebody a new link, or says that they take no part any more."""
    row, form, now = queries.kept_decision(procurement_id, g.body.id, g.actor), PressForm(), clock.now()
    asked = declarant_queries.declarant(declarant_id, row)
    if form.validate_on_submit():
        if "end" in request.form:
            declarant_commands.end_asking(asked, actor=g.actor, at=now)
        else:
            declarant_commands.ask_again(asked, g.body, site=_site(), actor=g.actor, at=now)
        db.session.commit()
        sent = told(f"A new link is on its way to {asked.name}", asked.name)
        flash(f"{asked.name} takes no part any more" if asked.ended_at else sent)
    return redirect(url_for(".declarants", procurement_id=row.id), 303)


@bp.get("/<uuid:procurement_id>/declarants/<uuid:declarant_id>/mail.eml")
@requires(KEEP)
def declarant_mail(procurement_id: uuid.UUID, declarant_id: uuid.UUID) -> Response:
    """The mail with the link of somebody who was asked, as a file, where this installation sends none itself."""
    row, at = queries.kept_decision(procurement_id, g.body.id, g.actor), clock.now()
    asked = declarant_queries.declarant(declarant_id, row)
    message = declarant_queries.waiting_mails(row, at).get(asked.id)
    return mail_file(
        message, "link-to-declare", what="link to declare", subject=row, actor=g.actor, at=at, body_id=row.body_id
    )


@bp.post("/<uuid:procurement_id>/declarants/sent-by-hand")
@requires(KEEP)
def declarants_sent_by_hand(procurement_id: uuid.UUID) -> Response:
    """Notes that somebody sent these links from their own mail program, so that they do not go out again."""
    row, at = queries.kept_decision(procurement_id, g.body.id, g.actor), clock.now()
    mails = _named(row, declarant_queries.waiting_mails(row, at))
    take_by_hand(mails, subject=row, body_id=row.body_id, actor=g.actor, at=at)
    db.session.commit()
    return redirect(url_for(".declarants", procurement_id=row.id), 303)


@bp.route("/<uuid:procurement_id>/declarations/<uuid:made_id>", methods=["GET", "POST"])
@requires(KEEP)
def deal_with(procurement_id: uuid.UUID, made_id: uuid.UUID) -> Response:
    """What is done about a conflict that was declared, and what the register says of it."""
    row = queries.kept_decision(procurement_id, g.body.id, g.actor)
    made = declarant_queries.declaration(made_id, row)
    form = MeasureForm(version=str(row.versions[-1].number), conflict=f"{SIDE_WORDS[made.side]} declared a conflict")
    if form.validate_on_submit():
        try:
            declarant_commands.deal_with_conflict(
                made, form.details(), version=form.seen_version(), actor=g.actor, at=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("What is done is recorded")
            return redirect(url_for(".show", procurement_id=row.id), 303)
    return page("registers/procurement/deal_with.html", form=form, decision=row, made=made, sides=SIDE_WORDS)


def _declarants(row: ProcurementDecision, form: Form, bids: Form) -> Response:
    people = [(each, declarant_queries.standing_of(each)) for each in row.asked]
    waiting = {} if sends_mail() else declarant_queries.waiting_mails(row, clock.now())
    return page(
        "registers/procurement/declarants.html", sends_mail=sends_mail(), waiting=waiting, by_hand=ByHandForm.of(_named(row, waiting)),
        decision=row, form=form, bids=bids, press=PressForm(formdata=None), people=people,
        sides=SIDE_WORDS, measures=MEASURE_WORDS, has_panel=any(each.side.sees_bids for each in row.asked), bidder=Side.BIDDER,
        is_silent=bool(declarant_queries.unanswered(row)),
    )  # fmt: skip


def _named(row: ProcurementDecision, mails: Mapping[uuid.UUID, OutboxMessage]) -> Waiting:
    """The mails that wait with the names of whom they are to, in the order in which they were asked."""
    return [(each.name, mails[each.id]) for each in row.asked if each.id in mails]


def _bids_form(row: ProcurementDecision) -> BidsForm:
    return BidsForm(formdata=None, seen=row.bids_opened_on.isoformat() if row.bids_opened_on else "")


def _site() -> str:
    config: Config = current_app.config["COI"]
    return config.base_url
