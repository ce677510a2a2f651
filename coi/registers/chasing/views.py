"""Pages of chasing: what was sent and what waits, the plan of the body, reminders by hand."""

import uuid

from flask import Blueprint, current_app, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.config import Config
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Permission
from coi.registers.chasing import commands, queries, rules
from coi.registers.chasing.forms import PlanForm, RemindForm
from coi.registers.chasing.vocabulary import Due, Owed, PlanDetails
from coi.registers.standing_queries import work_list
from coi.registers.waiting_mails import ByHandForm, mail_file, sends_mail, take_by_hand
from coi.registers.work_list import Line
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("chasing", __name__, url_prefix="/<body>/registers/reminders")
KEEP = Permission.REGISTERS_STANDING_KEEP
NOBODY = "Nobody needs a reminder now: each of them had one today"


def _config() -> Config:
    config: Config = current_app.config["COI"]
    return config


def _lines() -> list[Line]:
    return work_list(g.body.id, g.actor, clock.now(), permission=KEEP)


@bp.get("/")
@requires(KEEP)
def index() -> Response:
    """What was sent to whom and when, and what waits."""
    lines, at = _lines(), clock.now()
    mine = {line.person_id for line in lines}
    due = [each for each in queries.due_now(at) if each.person_id in mine and each.lead.body_id == g.body.id]
    unreachable = [line for line in lines if line.verdict.is_owing and not line.email]
    plan = queries.latest_plan(g.body.id)
    return page(
        "registers/chasing/index.html", sent=queries.sent(g.body.id, mine), due=due, unreachable=unreachable, most=queries.MOST_SHOWN,
        details=queries.plan_details(plan), sends_mail=sends_mail(), when=queries.when_words,
        by_hand=ByHandForm.of([] if sends_mail() else queries.waiting_mails(g.body.id, mine)),
    )  # fmt: skip


@bp.route("/plan", methods=["GET", "POST"])
@requires(KEEP)
def plan() -> Response:
    """Changes how the body reminds: the days, and the words, with a look at the mail before it is saved."""
    latest = queries.latest_plan(g.body.id)
    form, preview = PlanForm.of(latest), None
    if form.validate_on_submit():
        try:
            details = form.details()
            if "preview" in request.form:
                rules.check_plan(details)
                preview = _example(details)
            else:
                commands.change_plan(g.body, details, seen=form.seen_number(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            if preview is None:
                db.session.commit()
                flash(
                    "The reminders are saved" if details.is_on else "The reminders are saved. coi sends none by itself"
                )
                return redirect(url_for(".index"), 303)
    return page(
        "registers/chasing/plan.html", form=form, preview=preview, places=rules.PLACE_WORDS, versions=queries.plan_versions(g.body.id)
    )  # fmt: skip


def _example(details: PlanDetails) -> tuple[str, str]:
    """The mail as an invented person would get it."""
    today = clock.today()
    owed = Owed(g.body.id, g.body.name, ("Clinical lead",), "Last declared a year ago, due today", today)
    due = Due(uuid.uuid4(), "Dr Ann Example", "ann@example.nhs.uk", (owed,), None, False)
    link = f"{_config().base_url}/declare/…"
    values = commands.values_for(due, g.body, link=link, until="three weeks from now")
    return rules.filled(details.subject, values), rules.filled(details.text, values)


@bp.route("/send", methods=["GET", "POST"])
@requires(KEEP)
def send() -> Response:
    """Shows who would be reminded, of the people who are ticked or of all who owe anything, and reminds them."""
    at, wanted = clock.now(), set(request.args.getlist("people"))
    lines = [line for line in _lines() if line.verdict.is_owing and (not wanted or str(line.person_id) in wanted)]
    mine = [line.person_id for line in lines]
    unreachable = [line.name for line in lines if not line.email] if wanted else []
    last, everybody = queries.last_reminded(mine), queries.due_by_hand(mine, g.body, at)
    possible = [each for each in everybody if not rules.is_same_day(last.get(each.person_id), at)]
    had_today = [each.name for each in everybody if each not in possible]
    if request.method == "POST" and had_today and not possible:
        flash(NOBODY)
        return redirect(url_for(".index"), 303)
    form = RemindForm()
    form.offer(possible)
    if request.method == "GET":
        form.people.process_data(_ticked(possible))
    if form.validate_on_submit():
        try:
            sent = _remind([each for each in possible if each.person_id in form.people.data])
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            waits = "" if sends_mail() else ". There is no mail server: download each and send it yourself"
            written = f"{sent} {'reminder is' if sent == 1 else 'reminders are'} waiting to be sent{waits}"
            flash(written if sent else NOBODY)
            return redirect(url_for(".index"), 303)
    return page(
        "registers/chasing/send.html", form=form, possible=possible, had_today=had_today, unreachable=unreachable
    )


def _ticked(possible: list[Due]) -> list[uuid.UUID]:
    wanted = set(request.args.getlist("people"))
    everybody = not wanted and "ticked" not in request.args
    return [each.person_id for each in possible if everybody or str(each.person_id) in wanted]


def _remind(chosen: list[Due]) -> int:
    site, at = _config().base_url, clock.now()
    return sum(commands.remind(each, site=site, actor=g.actor, at=at) is not None for each in chosen)


@bp.get("/<uuid:reminder_id>/mail.eml")
@requires(KEEP)
def mail(reminder_id: uuid.UUID) -> Response:
    """The mail as a file, where this installation sends none itself. Whoever fetches it is noted: it holds somebody's own link."""
    reminder, message = queries.mail_of(reminder_id, g.body.id, {line.person_id for line in _lines()})
    return mail_file(
        message, "reminder", what="reminder", subject=reminder, actor=g.actor, at=clock.now(), body_id=g.body.id
    )


@bp.post("/sent-by-hand")
@requires(KEEP)
def sent_by_hand() -> Response:
    """Notes that somebody sent reminders from their own mail program, so that they do not go out again."""
    waiting = queries.waiting_mails(g.body.id, {line.person_id for line in _lines()})
    take_by_hand(waiting, subject=g.body, body_id=g.body.id, actor=g.actor, at=clock.now())
    db.session.commit()
    return redirect(url_for(".index"), 303)
