"""Pages for anybody: report a suspected breach in confidence, and come back to a report with its code. Nothing here says who asks, nor
whether there is a report, to anybody else."""

import uuid

from flask import Response, abort, current_app, g, request, url_for

from coi import clock
from coi.accounts.vocabulary import TooManyAttempts
from coi.config import Config
from coi.database import db
from coi.errors import RuleBroken
from coi.registers.breaches import queries, report_commands
from coi.registers.breaches.blueprint import bp
from coi.registers.breaches.forms import CodesForm, ReplyForm, ReportForm
from coi.registers.breaches.models import BreachReport
from coi.registers.breaches.rules import codes_from, key_of
from coi.registers.breaches.vocabulary import Codes, Sender
from coi.web.access import public
from coi.web.idempotency import keep_no_key
from coi.web.pages import page

SENT = "sent"
_SENT_FOR = 3600


@bp.route("/report", methods=["GET", "POST"])
@public
def report() -> Response:
    """Takes a report in confidence. Nobody needs to sign in, and whoever is signed in is not recorded."""
    keep_no_key()
    form = ReportForm()
    if form.validate_on_submit():
        mark, details = _throttled(), form.details()
        sent_with = _uuid(request.cookies.get(SENT)) or _key_of(form)
        codes = codes_from(_config().secret_key, key_of(sent_with, details))
        report_commands.report_breach(g.body.id, details, codes, site=_config().base_url, at=clock.now())
        report_commands.note_try(g.body.id, mark, at=clock.now())
        db.session.commit()
        return _remembered(_kept_nowhere(page("registers/breaches/reported.html", codes=codes)), sent_with)
    return _kept_nowhere(page("registers/breaches/report.html", form=form))


@bp.route("/follow-up", methods=["GET", "POST"])
@public
def follow_up() -> Response:
    """Opens a report with its reference and code: what was asked, and a place to answer. A wrong pair always gets the same answer."""
    keep_no_key()
    form, reply = CodesForm(), ReplyForm()
    is_reply = "text" in request.form
    codes = reply.codes() if is_reply else form.details() if form.validate_on_submit() else None
    if codes is None:
        return _kept_nowhere(page("registers/breaches/follow_up.html", form=form))
    mark = _throttled()
    found = queries.report_by_codes(g.body.id, codes.reference, report_commands.hash_of_code(codes.code))
    if found is None:
        report_commands.note_try(g.body.id, mark, at=clock.now())
        db.session.commit()
        form.refuse()
        return _kept_nowhere(page("registers/breaches/follow_up.html", form=form))
    return _kept_nowhere(_answered(found, codes, reply) if is_reply else _opened(found, codes))


def _answered(found: BreachReport, codes: Codes, reply: ReplyForm) -> Response:
    if reply.validate_on_submit():
        try:
            report_commands.add_message(
                found,
                Sender.REPORTER,
                reply.text.data,
                actor=g.actor,
                site=_config().base_url,
                at=clock.now(),
                key=_key_of(reply),
            )
        except RuleBroken as broken:
            reply.show(broken)
        else:
            db.session.commit()
            return _opened(found, codes, is_sent=True)
    return page("registers/breaches/followed.html", form=reply, report=found, public=(), is_sent=False)


def _opened(found: BreachReport, codes: Codes, *, is_sent: bool = False) -> Response:
    form = ReplyForm(formdata=None, reference=codes.reference, code=codes.code)
    public = queries.public_references(found.breach, clock.today())
    return page("registers/breaches/followed.html", form=form, report=found, public=public, is_sent=is_sent)


def _throttled() -> str:
    """Lets nobody send or guess very often. Returns the mark under which this address is counted today."""
    mark = report_commands.mark_of(request.remote_addr or "", _config().secret_key, at=clock.now())
    try:
        report_commands.check_tries(g.body.id, mark, at=clock.now())
    except TooManyAttempts as many:
        abort(429, retry_after=many.wait)
    return mark


def _key_of(form: ReportForm | ReplyForm) -> str:
    """The form's own key, so that a form sent twice is one report, or one message; a fresh one where it was tampered with."""
    return _uuid(form.form_key.data) or str(uuid.uuid4())


def _uuid(text: str | None) -> str:
    """What was sent as a key; "" where it is none."""
    try:
        return str(uuid.UUID(text or ""))
    except ValueError:
        return ""


def _remembered(response: Response, sent_with: str) -> Response:
    """Lets the browser alone remember for a while that it sent a report: whoever goes back and sends the same again gets the same
    codes. The server keeps nothing of it."""
    response.set_cookie(
        SENT, sent_with, max_age=_SENT_FOR, path=url_for(".report"), secure=_config().secure_cookies, httponly=True, samesite="Strict"
    )  # fmt: skip
    return response


def _config() -> Config:
    config: Config = current_app.config["COI"]
    return config


def _kept_nowhere(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
