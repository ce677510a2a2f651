"""Pages for whoever keeps the registers: what was asked, a list to compare with the register, which of its questions to ask."""

import uuid
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.config import Config
from coi.database import db
from coi.errors import BadInput, NotFound, RuleBroken
from coi.people.queries import persons
from coi.permissions.vocabulary import Permission
from coi.registers.prompts import commands, question_queries
from coi.registers.prompts.erasing import erase_of_leavers
from coi.registers.prompts.forms import ChooseForm, EraseForm, ListForm, PressForm, WithdrawForm
from coi.registers.prompts.matching import about_closed, declared_suppliers, prompts_from
from coi.registers.prompts.queries import members_of
from coi.registers.prompts.reading import PAGE_BYTES, read_outside
from coi.registers.prompts.suggesting import (
    DRAFT,
    MOST,
    Suggestions,
    as_draft,
    chosen,
    list_key,
    source_of,
    suggestions_of,
)
from coi.registers.prompts.vocabulary import ANSWER_WORDS, STATE_WORDS, OutsideFile, Prompt, Source
from coi.registers.waiting_mails import sends_mail
from coi.web import drafts
from coi.web.access import may, requires
from coi.web.pages import page

bp = Blueprint("prompts", __name__, url_prefix="/<body>/registers/questions")
KEEP, DISPOSE = Permission.REGISTERS_STANDING_KEEP, Permission.REGISTERS_DISPOSAL_DO
OWN_LISTS = "The lists of organisations in coi"
NOBODY = "They were asked or set aside meanwhile"


@bp.get("/")
@requires(KEEP)
def index() -> Response:
    """What was asked of whom, and what they answered."""
    now, kept = clock.now(), drafts.listed(DRAFT, str(g.body.id), actor=g.actor)
    asked = question_queries.questions_of(g.actor, g.body.id, now)
    return page(
        "registers/prompts/index.html", asked=asked, declared=question_queries.on_the_register(asked, now), states=STATE_WORDS,
        answers=ANSWER_WORDS, form=PressForm(), has_left=may(DISPOSE) and bool(_leavers()),
        lists=[(key, source_of(each), each) for key, each in kept.items()], sends_mail=sends_mail(),
    )  # fmt: skip


@bp.route("/list", methods=["GET", "POST"])
@requires(KEEP)
def read() -> Response:
    """Reads a public list, and keeps what it suggests until somebody has chosen."""
    form = ListForm(on=clock.today())
    if form.validate_on_submit():
        name = form.file.data.filename or ""
        try:
            data = form.file.data.read()
            source, file = form.source(clock.today()), read_outside(data, name, PAGE_BYTES)
        except BadInput as bad:
            form.show(RuleBroken(str(bad), field="file"))
        except RuleBroken as broken:
            form.show(broken)
        else:
            key = _keep(file, source, name, data)
            db.session.commit()
            return redirect(url_for(".choose", list=key), 303)
    return page("registers/prompts/read.html", form=form)


@bp.post("/closed")
@requires(KEEP)
def read_closed() -> Response:
    """Compares the register with the lists of organisations that coi has: what closed or merged."""
    if PressForm().validate_on_submit():
        key = _keep(None, Source(OWN_LISTS, clock.today()), "")
        db.session.commit()
        return redirect(url_for(".choose", list=key), 303)
    return redirect(url_for(".read"), 303)


def _keep(file: OutsideFile | None, source: Source, filename: str, data: bytes = b"") -> str:
    """Keeps what a list, or without one what coi knows of closures, suggests asking the people whom the reader looks after, beside what
    earlier lists suggest. Returns its key."""
    now, today = clock.now(), clock.today()
    mine = question_queries.people_to_ask(g.actor, g.body.id, today)
    members = members_of(g.body.id, now, only=mine | {g.actor.person_id})
    found = about_closed(members) if file is None else prompts_from(file, members, on=today)
    others = [each for each in found if each.person_id in mine]
    declared = declared_suppliers(file, members) if file else ()
    draft = as_draft(others, file, source, filename, len(found) - len(others), declared)
    key = list_key(g.body.id, source, data)
    drafts.save(DRAFT, draft, key, actor=g.actor, at=now)
    return key


@bp.route("/choose", methods=["GET", "POST"])
@requires(KEEP)
def choose() -> Response:
    """What a list suggests, to tick: to be asked, or to be set aside. Nothing is asked by itself."""
    key, draft = _list()
    if not draft:
        return redirect(url_for(".index" if key else ".read"), 303)
    found, form = _suggestions(draft), ChooseForm()
    form.offer(each.key for each in found.askable)
    if form.validate_on_submit():
        picked = chosen(found, form.pick.data)
        try:
            said = _set_aside(picked, source_of(draft)) if "aside" in request.form else _ask(picked, source_of(draft))
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(said)
            return redirect(url_for(".choose", list=key), 303)
    return page(
        "registers/prompts/choose.html", form=form, key=key, draft=draft, source=source_of(draft), found=found, most=MOST,
        ticked=set(form.pick.data or ()), states=STATE_WORDS, answers=ANSWER_WORDS,
    )  # fmt: skip


def _list() -> tuple[str, dict[str, Any]]:
    """The key of the list that the address names, or of the one that was read last, and the list; empty where it is kept no more."""
    kept = drafts.listed(DRAFT, str(g.body.id), actor=g.actor)
    key = request.args.get("list") or next(iter(kept), "")
    return key, kept.get(key, {})


def _suggestions(draft: dict[str, Any]) -> Suggestions:
    people = persons(question_queries.people_to_ask(g.actor, g.body.id, clock.today()))
    return suggestions_of(draft, people, g.body.id)


def _ask(picked: dict[uuid.UUID, list[Prompt]], source: Source) -> str:
    at = clock.now()
    made = [
        commands.ask(person_id, prompts, source, g.body, site=_config().base_url, actor=g.actor, at=at)
        for person_id, prompts in picked.items()
    ]
    asked = [each for each in made if each]
    if not asked:
        return NOBODY
    people = "1 person" if len(asked) == 1 else f"{len(asked)} people"
    waits = "" if sends_mail() else ". There is no mail server: download each email and send it yourself"
    return f"{people} asked, with one email each{waits}"


def _set_aside(picked: dict[uuid.UUID, list[Prompt]], source: Source) -> str:
    at = clock.now()
    made = [
        commands.set_aside(person_id, prompts, source, g.body, "", actor=g.actor, at=at)
        for person_id, prompts in picked.items()
    ]
    number = sum(map(len, made))
    return f"{number} set aside. No later list suggests them again" if number else NOBODY


@bp.post("/forget")
@requires(KEEP)
def forget() -> Response:
    """Forgets a list that was read. What was asked or set aside stays, and so do other lists."""
    if PressForm().validate_on_submit():
        drafts.drop(DRAFT, _list()[0], actor=g.actor)
        db.session.commit()
        flash("The list is forgotten. What was asked or set aside stays")
    return redirect(url_for(".index"), 303)


@bp.route("/<uuid:question_id>/withdraw", methods=["GET", "POST"])
@requires(KEEP)
def withdraw(question_id: uuid.UUID) -> Response:
    """Takes back a question that waits for an answer."""
    question = question_queries.question(question_id, g.actor, g.body.id, clock.today())
    form = WithdrawForm()
    if form.validate_on_submit():
        try:
            commands.withdraw(question, form.because.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The question is withdrawn")
            return redirect(url_for(".index"), 303)
    return page("registers/prompts/withdraw.html", form=form, question=question)


@bp.post("/<uuid:question_id>/remind")
@requires(KEEP)
def remind(question_id: uuid.UUID) -> Response:
    """Sends the person of a question one more mail with all that waits for their answer."""
    question = question_queries.question(question_id, g.actor, g.body.id, clock.today())
    if PressForm().validate_on_submit():
        try:
            commands.remind(question.person_id, g.body, site=_config().base_url, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            db.session.rollback()
            flash(broken.reason, "important")
        else:
            db.session.commit()
            flash(
                "A reminder is on its way"
                if sends_mail()
                else "The reminder is written. Download it and send it yourself"
            )
    return redirect(url_for(".index"), 303)


@bp.post("/<uuid:question_id>/note")
@requires(KEEP)
def note(question_id: uuid.UUID) -> Response:
    """Says that an answer was read."""
    question = question_queries.question(question_id, g.actor, g.body.id, clock.today())
    if PressForm().validate_on_submit():
        try:
            commands.note_answer(question, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            db.session.rollback()
            flash(broken.reason, "important")
        else:
            db.session.commit()
    return redirect(url_for(".index"), 303)


@bp.route("/left", methods=["GET", "POST"])
@requires(KEEP)
def left() -> Response:
    """Erases what was asked of people who have left, for whoever disposes of records."""
    names = _leavers()
    if not may(DISPOSE) or not names:
        raise NotFound("There is no such page")
    form = EraseForm()
    if form.validate_on_submit():
        try:
            erase_of_leavers(g.body, form.because.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("What was asked of people who left is erased")
            return redirect(url_for(".index"), 303)
    return page("registers/prompts/left.html", form=form, names=names)


def _leavers() -> list[str]:
    """Who has left and was asked something, each once."""
    rows = question_queries.of_leavers(g.body.id, clock.today())
    return list(dict.fromkeys(each.person.name for each in rows))


def _config() -> Config:
    config: Config = current_app.config["COI"]
    return config
