"""Pages of the training record: who is due, one by hand, a spreadsheet that is looked at before it is taken."""

import uuid
from dataclasses import asdict
from datetime import date

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.documents.spreadsheets import read_table
from coi.errors import BadInput, NotFound, RuleBroken
from coi.organisations.policy_queries import rules_of
from coi.permissions.vocabulary import Permission
from coi.registers.asking import known_question
from coi.registers.people_sheets import recognise
from coi.registers.training import commands, queries, rules
from coi.registers.training.forms import SheetForm, TakeForm, TrainingForm
from coi.registers.training.vocabulary import MODULE_WORDS, TRAINED_WORDS, Module, TrainingDetails
from coi.web import drafts
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("training", __name__, url_prefix="/<body>/registers/training")
KEEP = Permission.REGISTERS_STANDING_KEEP
DRAFT = "training.sheet"


def _lines() -> list[queries.TrainingLine]:
    return queries.training_list(g.body.id, g.actor, clock.now())


@bp.get("/")
@requires(KEEP)
def index() -> Response:
    """Who is due for training, or everybody; as it was known at an instant where that is asked."""
    question, everybody = known_question(request.args), request.args.get("show") == "everybody"
    known_at = question.instant if question.is_past else None
    lines = queries.training_list(g.body.id, g.actor, clock.now(), known_at=known_at)
    owed = [each for each in lines if each.verdict.is_owed]
    mark = queries.pass_mark_of(g.body.id)(clock.today())
    return page(
        "registers/training/index.html", 422 if question.error else None, question=question,
        shown=lines if everybody else owed, everybody=everybody, owed=len(owed), count=len(lines),
        words=TRAINED_WORDS, mark=mark, months=rules_of(g.body, clock.today()).number("training_months"),
    )  # fmt: skip


@bp.route("/new", methods=["GET", "POST"])
@requires(KEEP)
def add() -> Response:
    """Enters one training by hand."""
    form = TrainingForm()
    form.offer([each.line for each in _lines()])
    if request.method == "GET":
        wanted = request.args.get("person", "")
        form.person_id.data = next((each.value for each in form.person_id.options if str(each.value) == wanted), None)
    if form.validate_on_submit():
        try:
            commands.enter_training([form.details()], actor=g.actor, at=clock.now(), body_id=g.body.id)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The training is on record")
            return redirect(url_for(".show", person_id=form.person_id.data), 303)
    return page("registers/training/add.html", form=form)


@bp.get("/people/<uuid:person_id>")
@requires(KEEP)
def show(person_id: uuid.UUID) -> Response:
    """What is on record for one person; as it was known at an instant where that is asked."""
    question = known_question(request.args)
    known_at = question.instant if question.is_past else None
    lines = queries.training_list(g.body.id, g.actor, clock.now(), known_at=known_at)
    found = next((each for each in lines if each.line.person_id == person_id), None)
    if found is None:
        raise NotFound("There is no such person")
    mark = queries.pass_mark_of(g.body.id)
    records = queries.records_of(person_id, known_at)
    withdrawn = {each.id for each in records if each.withdrawn_at and each.withdrawn_at <= question.instant}
    passed = {each.id: rules.is_passed(rules.Record(each.module, each.done_on, each.score), mark) for each in records}
    return page(
        "registers/training/show.html", 422 if question.error else None, question=question, found=found, records=records, passed=passed,
        withdrawn=withdrawn, modules=MODULE_WORDS, words=TRAINED_WORDS,
    )  # fmt: skip


@bp.route("/records/<uuid:record_id>/withdraw", methods=["GET", "POST"])
@requires(KEEP)
def withdraw(record_id: uuid.UUID) -> Response:
    """Says that a training was entered by mistake."""
    record = queries.record(record_id, {each.line.person_id for each in _lines()})
    form = TakeForm()
    if form.validate_on_submit():
        try:
            commands.withdraw_training(record, actor=g.actor, at=clock.now(), body_id=g.body.id)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("It counts no more. The record keeps it")
            return redirect(url_for(".show", person_id=record.person_id), 303)
    return page("registers/training/withdraw.html", form=form, record=record, modules=MODULE_WORDS)


@bp.route("/spreadsheet", methods=["GET", "POST"])
@requires(KEEP)
def upload() -> Response:
    """Reads a spreadsheet, and keeps what it says until it is taken."""
    form = SheetForm()
    if form.validate_on_submit():
        try:
            read = _read(form.file.data.read(), form.file.data.filename or "")
        except BadInput as bad:
            form.show(RuleBroken(str(bad), field="file"))
        else:
            drafts.save(DRAFT, read, str(g.body.id), actor=g.actor, at=clock.now())
            db.session.commit()
            return redirect(url_for(".check"), 303)
    return page("registers/training/upload.html", form=form)


def _read(data: bytes, filename: str) -> dict[str, object]:
    """What a file says, as it is kept."""
    sheets = read_table(data, filename)
    if not sheets:
        raise BadInput("The file has no rows")
    found = recognise(sheets[0].rows, rules.COLUMNS, rules.NEEDED)
    people = queries.finder_among([each.line.person_id for each in _lines()])
    rows = [asdict(each) for each in rules.read_rows(found.rows, people, today=clock.today())]
    kept = [{**row, "done_on": row["done_on"].isoformat() if row["done_on"] else None} for row in rows]
    return {
        "file": filename[:200],
        "headings": list(found.headings.values()),
        "unread": list(found.unread),
        "rows": kept,
    }


@bp.route("/spreadsheet/check", methods=["GET", "POST"])
@requires(KEEP)
def check() -> Response:
    """Shows what a spreadsheet says, row by row, and takes it."""
    read, form = drafts.load(DRAFT, str(g.body.id), actor=g.actor), TakeForm()
    if not read:
        return redirect(url_for(".upload"), 303)
    good = _details(read["rows"])
    known = queries.on_record({each.person_id for each in good})
    new = rules.not_on_record(good, known)
    if form.validate_on_submit():
        try:
            made = commands.enter_training(good, actor=g.actor, at=clock.now(), body_id=g.body.id)
        except RuleBroken as broken:
            form.show(broken)
        else:
            drafts.drop(DRAFT, str(g.body.id), actor=g.actor)
            db.session.commit()
            flash(f"{len(made)} {'training is' if len(made) == 1 else 'trainings are'} on record")
            return redirect(url_for(".index"), 303)
    return page(
        "registers/training/check.html", form=form, read=read, new=len(new), known=len(good) - len(new), modules=MODULE_WORDS,
        problems=[row for row in read["rows"] if row["problem"]], rows=[row for row in read["rows"] if not row["problem"]][:200],
    )  # fmt: skip


def _details(rows: list[dict[str, str]]) -> list[TrainingDetails]:
    """The rows that say something, of people whom the reader still looks after."""
    mine = {str(each.line.person_id) for each in _lines()}
    return [
        TrainingDetails(
            uuid.UUID(row["person_id"]), Module(row["module"]), date.fromisoformat(row["done_on"]), row["score"]
        )  # type: ignore[arg-type]
        for row in rows
        if not row["problem"] and row["person_id"] in mine
    ]
