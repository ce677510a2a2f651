"""The private register of breaches: the list, one record, and what whoever acts writes into it. The other files of views are gathered
here."""

import uuid
from typing import Any

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.audit.access import note_reading
from coi.database import db
from coi.errors import RuleBroken
from coi.people.queries import called, people, person
from coi.permissions.vocabulary import Permission
from coi.registers.breaches import commands, concerned_queries, known_queries, queries, rules
from coi.registers.breaches import publishing_views as publishing_views
from coi.registers.breaches import report_views as report_views
from coi.registers.breaches.blueprint import bp as bp
from coi.registers.breaches.forms import AssessForm, CloseForm, EmptyForm, MessageForm, NoteForm, PersonForm
from coi.registers.breaches.models import Breach
from coi.registers.breaches.report_commands import add_message
from coi.registers.breaches.vocabulary import (
    CONCLUSION_WORDS,
    KIND_WORDS,
    NOTE_WORDS,
    PART_WORDS,
    PARTY_WORDS,
    SEVERITY_WORDS,
    SHOWING_WORDS,
    SOURCE_WORDS,
    STATE_WORDS,
    Sender,
    Showing,
)
from coi.registers.interests.links import href
from coi.registers.vocabulary import RegisterKind
from coi.web.access import requires
from coi.web.known import known_in
from coi.web.pages import page

ACT, READ = Permission.REGISTERS_BREACH_ACT, Permission.REGISTERS_BREACH_READ
WORDS: dict[str, Any] = {
    "kinds": KIND_WORDS, "states": STATE_WORDS, "sources": SOURCE_WORDS, "severities": SEVERITY_WORDS, "notes": NOTE_WORDS,
    "parties": PARTY_WORDS, "parts": PART_WORDS, "conclusions": CONCLUSION_WORDS,
}  # fmt: skip


def _breach(breach_id: uuid.UUID) -> Breach:
    """A record that the reader acts on. Looking at it leaves a trace."""
    found = queries.breach_to_act_on(breach_id, g.actor, g.body.id, clock.today())
    note_reading("suspected breach", found, g.actor, clock.now(), g.body.id)
    return found


def _to(breach: Breach, message: str) -> Response:
    """Back to the record; to the register where it is kept from the reader from now on."""
    flash(message)
    seen = queries.seen_by(g.actor, g.body.id, clock.today(), ids=[breach.id])
    return redirect(url_for(".show", breach_id=breach.id) if seen else url_for(".index"), 303)


@bp.get("/")
@requires(READ)
def index() -> Response:
    """The private register, as far as it is not kept from the reader, as known now or at an earlier instant."""
    note_reading("register of breaches", g.body, g.actor, clock.now(), g.body.id)
    find, show = request.args.get("find", "")[:200], request.args.get("show", "")
    showing = Showing(show) if show in set(Showing) else Showing.EVERYTHING
    asked, today = known_in(request.args, clock.now()), clock.today()
    if asked.is_past:
        found = known_queries.register_known(g.actor, g.body.id, today, asked.instant, find=find, showing=showing)
    else:
        found = queries.register(g.actor, g.body.id, today, find=find, showing=showing)
    office = queries.office_of(g.body.id, clock.today())
    return page(
        "registers/breaches/index.html", 422 if asked.error else None, asked=asked, found=found,
        find=find, showing=showing, choices=SHOWING_WORDS, words=WORDS,
        lacks_substitute=not office.substitutes, possible=href("afterwards.index", ACT),
    )  # fmt: skip


@bp.get("/<uuid:breach_id>")
@requires(READ)
def show(breach_id: uuid.UUID) -> Response:
    """One record, as known now or at an earlier instant. The reporter, and what they wrote, are shown to whoever acts alone."""
    seen, asked = queries.seen_breach(breach_id, g.actor, g.body.id, clock.today()), known_in(request.args, clock.now())
    note_reading("suspected breach", seen.breach, g.actor, clock.now(), g.body.id)
    if asked.is_past:
        seen = known_queries.breach_known(breach_id, g.actor, g.body.id, clock.today(), asked.instant)
    return page(
        "registers/breaches/show.html", 422 if asked.error else None, asked=asked, seen=seen,
        breach=seen.breach, words=WORDS, empty=EmptyForm(formdata=None), concerned=[] if asked.is_past else _concerned(seen.breach),
        missing=rules.missing_before_closing(queries.facts_of(seen.breach)), today=clock.today(),
    )  # fmt: skip


def _concerned(breach: Breach) -> list[tuple[str, str]]:
    """What a record concerns in the other registers: in words, and where it stands; empty where the reader opens no such page."""
    found = concerned_queries.concerned_by(breach, g.actor, clock.today())
    return [
        (each.words, href("gifts.show", Permission.REGISTERS_GIFT_READ, gift_id=each.id)
         if each.register is RegisterKind.GIFTS
         else href("procurement.show", Permission.REGISTERS_PROCUREMENT_READ, procurement_id=each.id))
        for each in found
    ]  # fmt: skip


@bp.route("/enter", methods=["GET", "POST"])
@requires(Permission.REGISTERS_BREACH_OVERSEE)
def enter() -> Response:
    """Enters a breach that came to light otherwise."""
    form = AssessForm(version="0", investigator="")
    if form.validate_on_submit():
        try:
            breach = commands.enter_breach(g.body.id, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return _to(breach, f"{breach.reference} is on the register")
    return page("registers/breaches/enter.html", form=form)


@bp.route("/<uuid:breach_id>/assess", methods=["GET", "POST"])
@requires(ACT)
def assess(breach_id: uuid.UUID) -> Response:
    """Takes a suspected breach up, or puts its record right."""
    breach = _breach(breach_id)
    form = AssessForm.of(breach)
    if form.validate_on_submit():
        try:
            commands.assess(breach, form.details(), version=form.seen_version(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return _to(breach, f"The record of {breach.reference} is saved")
    return page("registers/breaches/assess.html", form=form, breach=breach, words=WORDS)


@bp.route("/<uuid:breach_id>/note", methods=["GET", "POST"])
@requires(ACT)
def note(breach_id: uuid.UUID) -> Response:
    """Adds a line to the record."""
    breach = _breach(breach_id)
    form = NoteForm(on=clock.today(), kind=request.args.get("kind") or None)
    if form.validate_on_submit():
        try:
            commands.add_note(breach, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return _to(breach, f"It is on the record of {breach.reference}")
    return page("registers/breaches/note.html", form=form, breach=breach)


@bp.route("/<uuid:breach_id>/people", methods=["GET", "POST"])
@requires(ACT)
def name_person(breach_id: uuid.UUID) -> Response:
    """Notes whom it is about, or who may know."""
    breach, form = _breach(breach_id), PersonForm()
    form.offer(called(people(g.body.id), g.body.id, clock.today()))
    if form.validate_on_submit():
        try:
            named = person(form.person_id.data, g.body.id)
            commands.name_person(breach, named, form.part.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return _to(breach, "The person is named in the record")
    return page("registers/breaches/name_person.html", form=form, breach=breach)


@bp.post("/<uuid:breach_id>/people/<uuid:named_id>/remove")
@requires(ACT)
def remove_person(breach_id: uuid.UUID, named_id: uuid.UUID) -> Response:
    """Notes that somebody was named in error."""
    breach = _breach(breach_id)
    named = queries.part_of(breach, named_id)
    if EmptyForm().validate_on_submit():
        try:
            commands.remove_person(named, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            return _to(breach, broken.reason)
        db.session.commit()
    return _to(breach, "The person is not named in the record any more")


@bp.route("/<uuid:breach_id>/pass-on", methods=["GET", "POST"])
@requires(ACT)
def pass_on(breach_id: uuid.UUID) -> Response:
    """Says that it is about the Guardian, or that it is not."""
    breach, form = _breach(breach_id), EmptyForm()
    if form.validate_on_submit():
        try:
            commands.pass_on(breach, is_about_guardian=not breach.is_about_guardian, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return _to(breach, f"{breach.reference} is passed on")
    return page("registers/breaches/pass_on.html", form=form, breach=breach)


@bp.route("/<uuid:breach_id>/ask", methods=["GET", "POST"])
@requires(ACT)
def ask(breach_id: uuid.UUID) -> Response:
    """Writes to the reporter, who reads it with the code."""
    breach, form = _breach(breach_id), MessageForm()
    report = queries.report_of(breach)
    if form.validate_on_submit():
        try:
            add_message(report, Sender.GUARDIAN, form.text.data, actor=g.actor, site="", at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return _to(breach, "The message is there for the reporter")
    return page("registers/breaches/ask.html", form=form, breach=breach, report=report)


@bp.route("/<uuid:breach_id>/close", methods=["GET", "POST"])
@requires(ACT)
def close(breach_id: uuid.UUID) -> Response:
    """Closes the record with its conclusion."""
    breach = _breach(breach_id)
    form = CloseForm(version=str(breach.version))
    if form.validate_on_submit():
        try:
            commands.close(
                breach, form.conclusion.data, form.note.data or "", version=form.seen_version(),
                is_checked=bool(form.is_checked.data), actor=g.actor, at=clock.now(),
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return _to(breach, f"{breach.reference} is closed")
    return page("registers/breaches/close.html", form=form, breach=breach)
