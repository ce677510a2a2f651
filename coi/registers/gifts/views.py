"""The register of gifts and hospitality, one entry on it, one's own, and what others do about an entry. Declaring stands in
declaring_views.py."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.audit.access import note_reading
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.permissions.vocabulary import Permission
from coi.registers.asking import ROWS
from coi.registers.gifts import by_link_views as by_link_views
from coi.registers.gifts import commands, queries
from coi.registers.gifts import declaring_views as declaring_views  # adds its routes to the blueprint
from coi.registers.gifts import redaction_views as redaction_views
from coi.registers.gifts.blueprint import bp as bp
from coi.registers.gifts.declaring_views import own_draft
from coi.registers.gifts.forms import CorrectForm, DecideForm, WithdrawForm
from coi.registers.gifts.models import Gift
from coi.registers.gifts.presenting import own_rows, shown_gift
from coi.registers.gifts.register_queries import SHOWING_WORDS, Asked, Showing, gifts_page
from coi.registers.interests.leaver_queries import last_day_at
from coi.registers.interests.links import href
from coi.registers.interests.people_queries import own_person
from coi.web.access import requires
from coi.web.known import read_known
from coi.web.pages import page

READ, ENTER, APPROVE = (
    Permission.REGISTERS_GIFT_READ,
    Permission.REGISTERS_GIFT_ENTER,
    Permission.REGISTERS_GIFT_APPROVE,
)


@bp.get("/")
@requires(READ)
def index() -> Response:
    """The private register of the body, as known now or at an earlier instant."""
    known, error = request.args.get("known", "").strip(), ""
    instant = clock.now()
    try:
        instant = read_known(known, instant)
    except ValueError as wrong:
        error = str(wrong)
    showing = request.args.get("show", "")
    number = request.args.get("page", "")
    asked = Asked(
        g.body.id, g.actor, instant, " ".join(request.args.get("find", "").split())[:200],
        int(number) if number.isdigit() and len(number) < 6 else 1, Showing(showing) if showing in set(Showing) else Showing.EVERYTHING,
    )  # fmt: skip
    found = gifts_page(asked)
    same = {"find": asked.find or None, "show": None if asked.showing is Showing.EVERYTHING else asked.showing.value}
    same["known"] = known if known and not error else None
    return page(
        "registers/gifts/index.html", 422 if error else None, asked=asked, found=found, choices=SHOWING_WORDS, known=known, error=error,
        is_past=bool(known) and not error, first=(found.number - 1) * ROWS + 1,
        previous=url_for(".index", **same, page=found.number - 1) if found.number > 1 else "",
        next=url_for(".index", **same, page=found.number + 1) if found.number < found.pages else "",
    )  # fmt: skip


@bp.get("/<uuid:gift_id>")
@requires(READ)
def show(gift_id: uuid.UUID) -> Response:
    """One entry with all its versions, as known now or at an earlier instant."""
    known, now = request.args.get("known", ""), clock.now()
    gift = queries.visible_gift(gift_id, g.actor, READ, g.body.id, clock.today())
    try:
        instant = read_known(known, now)
    except ValueError:
        instant = now
    if gift.versions[0].recorded_at > instant:
        raise NotFound("The register did not know this entry then")
    ledger = href("assurance.about", Permission.ASSURANCE_LEDGER_READ, table="gift", row_id=gift.id)
    shown = shown_gift(gift, instant, _among(READ))
    if gift.person_id != g.actor.person_id and not shown.can_ask and gift.person_id:
        note_reading("gift", gift, g.actor, now, g.body.id)  # somebody else's that is asked not to be published
    return page(
        "registers/gifts/show.html", shown=shown,
        is_own=gift.person_id == g.actor.person_id, is_mine=False, is_past=instant != now,
        instant=instant, ledger=ledger, back=url_for(".index"), breach=_breach(gift), left_on=_left_on(gift, instant),
    )  # fmt: skip


def _left_on(gift: Gift, instant: datetime) -> date | None:
    """The last day at this body of a recipient who has left it."""
    if gift.person_id is None:
        return None
    return last_day_at(gift.person_id, g.body.id, clock.local(instant).date(), instant=instant)


def _among(permission: Permission) -> sa.ColumnElement[bool]:
    """The offers at this body that the reader may handle with a permission."""
    return queries.visible_gifts(g.actor, permission, g.body.id, clock.today())


def _breach(gift: Gift) -> str:
    """Where the suspected breach that was opened from an entry stands; empty for whoever it is about."""
    return "" if gift.person_id == g.actor.person_id else href("breaches.index", Permission.REGISTERS_BREACH_READ)


@bp.get("/mine")
@requires(Permission.REGISTERS_GIFT_DECLARE)
def mine() -> Response:
    """What was offered to me."""
    person, now = own_person(g.actor), clock.now()
    return page("registers/gifts/mine.html", rows=own_rows(queries.own_gifts(person.id, now), now), begun=own_draft())


@bp.get("/mine/<uuid:gift_id>")
@requires(Permission.REGISTERS_GIFT_DECLARE)
def own(gift_id: uuid.UUID) -> Response:
    """One offer to me, with its history."""
    gift, now = queries.own_gift(gift_id, g.actor), clock.now()
    return page(
        "registers/gifts/show.html", shown=shown_gift(gift, now), is_own=True, is_mine=True, is_past=False, instant=now, ledger="",
        back=url_for(".mine"), breach="",
    )  # fmt: skip


@bp.route("/mine/<uuid:gift_id>/correct", methods=["GET", "POST"])
@requires(Permission.REGISTERS_GIFT_DECLARE)
def own_correct(gift_id: uuid.UUID) -> Response:
    """Puts an entry of mine right."""
    return _correct(queries.own_gift(gift_id, g.actor), url_for(".own", gift_id=gift_id))


@bp.route("/<uuid:gift_id>/correct", methods=["GET", "POST"])
@requires(ENTER)
def correct(gift_id: uuid.UUID) -> Response:
    """Puts an entry right on somebody's behalf."""
    return _correct(_entered_by_others(gift_id), url_for(".show", gift_id=gift_id))


def _entered_by_others(gift_id: uuid.UUID) -> Gift:
    return queries.visible_gift(gift_id, g.actor, ENTER, g.body.id, clock.today())


def _correct(gift: Gift, back: str) -> Response:
    form = CorrectForm.of(gift.versions[-1])
    form.offeror.area = g.body.area_codes
    if form.validate_on_submit():
        try:
            commands.correct_gift(
                gift, form.details(), version=form.seen_version(), note=form.note.data, actor=g.actor, at=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"Entry {gift.reference} was put right")
            return redirect(back, 303)
    return page(
        "registers/gifts/correct.html", form=form, reference=gift.reference, recipient=gift.recipient, back=back
    )


@bp.route("/<uuid:gift_id>/decide", methods=["GET", "POST"])
@requires(APPROVE)
def decide(gift_id: uuid.UUID) -> Response:
    """Records whether a senior manager approves an offer to somebody else."""
    gift = queries.visible_gift(gift_id, g.actor, APPROVE, g.body.id, clock.today())
    form = DecideForm.of(gift.versions[-1], clock.today())
    shown = shown_gift(gift, clock.now(), _among(APPROVE))
    if form.validate_on_submit():
        try:
            commands.decide_gift(gift, form.details(), version=form.seen_version(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"Your decision about entry {shown.row.reference} was saved")
            return redirect(url_for(".show", gift_id=gift_id), 303)
    return page("registers/gifts/decide.html", form=form, shown=shown)


@bp.route("/<uuid:gift_id>/withdraw", methods=["GET", "POST"])
@requires(ENTER)
def withdraw(gift_id: uuid.UUID) -> Response:
    """Marks an entry as made by mistake."""
    gift = _entered_by_others(gift_id)
    form, reference = WithdrawForm.of(gift.versions[-1]), gift.reference
    if form.validate_on_submit():
        try:
            commands.withdraw_gift(gift, form.reason.data, version=form.seen_version(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"Entry {reference} was withdrawn. It stays on this page, marked")
            return redirect(url_for(".show", gift_id=gift_id), 303)
    return page(
        "registers/gifts/withdraw.html", form=form, reference=reference, recipient=gift.recipient, gift_id=gift_id
    )
