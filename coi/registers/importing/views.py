"""Pages of an import: upload, see what was recognised, answer what is not certain, import."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.config import Config
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.organisations.queries import body
from coi.permissions.rules import allows, committees_where
from coi.permissions.vocabulary import Permission
from coi.registers.importing import upload_commands, upload_queries
from coi.registers.importing.cells_forms import CellsForm, as_shown_cells
from coi.registers.importing.forms import (
    ColumnsForm,
    RowForm,
    SeenForm,
    UploadForm,
    answers_in,
    as_shown,
    columns_in,
    positions_in,
    register_in,
    reveals_in,
    sheet_in,
    twins_in,
    why_in,
)
from coi.registers.importing.models import RegisterUpload
from coi.registers.importing.unused_commands import KEPT, kept_until
from coi.registers.importing.vocabulary import Action, UploadState
from coi.registers.importing.words import WORDS, RegisterWords
from coi.registers.interests.vocabulary import TYPE_WORDS, VIA_WORDS
from coi.registers.vocabulary import REGISTER_TITLES, RegisterKind
from coi.web.access import requires
from coi.web.numbers import read_number
from coi.web.pages import page

bp = Blueprint("importing", __name__, url_prefix="/<body>/registers/import")
IMPORT = Permission.REGISTERS_REGISTER_IMPORT
EVERYTHING = "everything"


def _may_import() -> bool:
    """A register is that of the whole body: whoever keeps a single committee cannot take one over."""
    return allows(g.actor, IMPORT, g.body.id) and committees_where(g.actor, IMPORT, g.body.id) is None


@bp.app_context_processor
def _for_links() -> dict[str, Any]:
    return {"may_import": _may_import}


def _only_for_the_whole_body() -> None:
    if not _may_import():
        raise NotFound("There is no such page")


def _upload(upload_id: uuid.UUID) -> RegisterUpload:
    _only_for_the_whole_body()
    return upload_queries.upload(upload_id, g.body.id)


def _register(upload: RegisterUpload) -> RegisterKind:
    """Which register an upload is; before anybody knows it, it counts as one of interests."""
    return RegisterKind(upload.register or RegisterKind.INTERESTS)


def _words(upload: RegisterUpload) -> RegisterWords:
    return WORDS[_register(upload)]


@bp.route("/", methods=["GET", "POST"])
@requires(IMPORT)
def index() -> Response:
    """Takes in a file, and lists those that were taken in before."""
    _only_for_the_whole_body()
    form = UploadForm()
    if form.validate_on_submit():
        config: Config = current_app.config["COI"]
        name, data, as_at = form.details()
        try:
            upload = upload_commands.take_in(
                body(g.body.id), name, data, as_at, actor=g.actor, at=clock.now(), largest=config.max_upload_bytes
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return redirect(url_for(".show", upload_id=upload.id), 303)
    return page(
        "registers/importing/index.html",
        form=form,
        uploads=upload_queries.recent_uploads(g.body.id),
        states=STATES,
        days=KEPT.days,
    )


STATES = {
    UploadState.READING: "Being read",
    UploadState.READY: "Look through it",
    UploadState.REFUSED: "Cannot be read",
    UploadState.IMPORTING: "Being imported",
    UploadState.IMPORTED: "Imported",
}


@bp.get("/<uuid:upload_id>")
@requires(IMPORT)
def show(upload_id: uuid.UUID) -> Response:
    """How far an upload is; once it is read, what will happen with each row."""
    upload = _upload(upload_id)
    counts = upload.counts or {}
    asked = request.args.get("show", Action.NEEDS_YOU.value if counts.get("needs_you") else EVERYTHING)
    action = Action(asked) if asked in set(Action) else None
    found = upload_queries.rows_page(upload.id, action, request.args.get("page", 1, type=read_number))
    columns = {number: meaning for meaning, number in (upload.columns or {}).items()}
    return page(
        "registers/importing/show.html", upload=upload, counts=counts, found=found, shown=action, words=_words(upload).actions,
        job=upload_queries.progress_of(upload), columns=columns, meanings=_words(upload).meanings, register=_register(upload).value,
        types=TYPE_WORDS, vias=VIA_WORDS, state=upload.state.value, noun=_words(upload).noun,
        same=(upload.corrections or {}).get("same", {}),
        form=SeenForm(version=str(upload.version)), back=url_for(".index"), until=kept_until(upload),
    )  # fmt: skip


@bp.route("/<uuid:upload_id>/columns", methods=["GET", "POST"])
@requires(IMPORT)
def columns(upload_id: uuid.UUID) -> Response:
    """Says what each column holds."""
    upload = _upload(upload_id)
    headings, sheets = upload.headings or [], (upload.remarks or {}).get("sheets", [])
    form = ColumnsForm(version=str(upload.version), as_at=upload.as_at)
    chosen = {number: meaning for meaning, number in (upload.columns or {}).items()}
    if request.method == "POST":
        sent = columns_in(request.form, [number for number, _, _ in headings], _words(upload).meanings)
        chosen = {number: meaning for meaning, number in sent.items()}
    if form.validate_on_submit():
        try:
            upload_commands.correct(
                upload, form.seen_version(), sent, form.as_at.data, sheet_in(request.form, sheets), register_in(request.form),
                actor=g.actor, at=clock.now(),
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return redirect(url_for(".show", upload_id=upload.id), 303)
    return page(
        "registers/importing/columns.html",
        form=form,
        upload=upload,
        headings=headings,
        chosen=chosen,
        meanings=_words(upload).meanings,
        sheets=sheets,
        registers={each.value: REGISTER_TITLES[each] for each in WORDS},
        register=_register(upload).value,
    )


@bp.route("/<uuid:upload_id>/rows/<int:position>", methods=["GET", "POST"])
@requires(IMPORT)
def row(upload_id: uuid.UUID, position: int) -> Response:
    """Says what a single row says, instead of the file."""
    upload = _upload(upload_id)
    if request.method == "GET" and upload.state is not UploadState.READY:
        return redirect(url_for(".show", upload_id=upload.id), 303)
    found = upload_queries.shown_row(upload.id, position).shown
    form = _row_form(upload, found)
    if form.validate_on_submit():
        try:
            upload_commands.correct_row(
                upload, form.seen_version(), found, form.details(), actor=g.actor, at=clock.now()
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return redirect(url_for(".show", upload_id=upload.id), 303)
    return page(
        "registers/importing/row.html", form=form, upload=upload, shown=found, position=position, register=_register(upload).value
    )  # fmt: skip


def _row_form(upload: RegisterUpload, found: Mapping[str, Any]) -> RowForm | CellsForm:
    if _register(upload) is not RegisterKind.INTERESTS:
        return CellsForm.of_row(_words(upload))(version=str(upload.version), **as_shown_cells(found))
    form = RowForm(version=str(upload.version), **as_shown(found))
    form.offer(found.get("alike", []))
    return form


def _pressed(upload_id: uuid.UUID) -> tuple[RegisterUpload, int, Response]:
    """The upload behind a button, the version of the preview that the button stood on, and the way back to it."""
    upload, form = _upload(upload_id), SeenForm()
    version = form.seen_version() if form.validate_on_submit() else 0
    return upload, version, redirect(url_for(".show", upload_id=upload.id), 303)


@bp.post("/<uuid:upload_id>/answers")
@requires(IMPORT)
def answers(upload_id: uuid.UUID) -> Response:
    """Keeps the answers of one page, and has the rows looked at again."""
    upload, version, back = _pressed(upload_id)
    rows = upload_queries.shown_rows(upload.id, positions_in(request.form))
    people, out = answers_in(request.form, rows, upload.left_out)
    same, reveals = twins_in(request.form, rows), reveals_in(request.form, rows)
    upload_commands.answer(
        upload, version, people, out, why_in(request.form), same, reveals, actor=g.actor, at=clock.now()
    )
    db.session.commit()
    return back


@bp.post("/<uuid:upload_id>/import")
@requires(IMPORT)
def start(upload_id: uuid.UUID) -> Response:
    """Has the rows imported, as they were shown."""
    upload, version, back = _pressed(upload_id)
    try:
        upload_commands.start_import(upload, version, actor=g.actor, at=clock.now())
    except RuleBroken as broken:
        flash(broken.reason, "important")
    else:
        db.session.commit()
    return back


@bp.post("/<uuid:upload_id>/again")
@requires(IMPORT)
def again(upload_id: uuid.UUID) -> Response:
    """Tries again what a job could not do."""
    upload, _version, back = _pressed(upload_id)
    upload_commands.try_again(upload, actor=g.actor, at=clock.now())
    db.session.commit()
    return back
