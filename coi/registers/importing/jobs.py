"""The two jobs of an import: read an upload and say what will happen; import it. Loaded by the worker alone: it brings the engine."""

import uuid
from collections.abc import Sequence
from typing import Any

from coi import clock
from coi.database import db
from coi.errors import BadInput, RuleBroken
from coi.files.queries import content_of
from coi.jobs.rules import JobCannotBeDone
from coi.jobs.vocabulary import JobContext
from coi.organisations.queries import body
from coi.registers.aliases.queries import aliases_of
from coi.registers.importing import commands, queries, upload_commands, upload_queries
from coi.registers.importing.commands import ReadRegister
from coi.registers.importing.matching import matches_of
from coi.registers.importing.models import RegisterUpload
from coi.registers.importing.preparing import prepare, told_of_erasure
from coi.registers.importing.sources import Source, read_source
from coi.registers.importing.vocabulary import Answers, UploadState
from coi.registers.interests.vocabulary import NamedOrganisation
from coi.registers.vocabulary import RegisterKind


def read(payload: Any, context: JobContext) -> None:
    """Reads an upload, finds its organisations unless an earlier reading did, and keeps what will happen with each row."""
    key = uuid.UUID(payload["upload"])
    upload = upload_queries.upload(key)
    if upload.state is not UploadState.READING:
        return
    try:
        source, found = _read(upload, context)
    except BadInput as bad:
        upload_commands.refuse(upload_queries.upload(key), str(bad))
        return
    upload = upload_queries.upload(key)
    upload_queries.lock(upload)
    if upload.state is not UploadState.READING:
        return  # a record that it may hold was disposed of meanwhile
    plan = commands.plan_for(body(upload.body_id), found, _answers(upload), context.at, actor=context.load_actor())
    upload_commands.show(upload, source, found, plan)


def take(payload: Any, context: JobContext) -> None:
    """Imports an upload as it was shown. Where the register has changed so that a row needs somebody, it is shown again instead. Killed
    midway, nothing of it is kept, and the next attempt starts from the beginning."""
    key = uuid.UUID(payload["upload"])
    upload = upload_queries.upload(key)
    if upload.state is not UploadState.IMPORTING:
        return
    context.progress(0, 1, "Importing")
    source, found = _read_before(upload, context)
    queries.lock_imports(upload.body_id)
    upload = upload_queries.upload(key)
    if upload.state is not UploadState.IMPORTING:
        return  # a record that it may hold was disposed of meanwhile
    answers, owner = _answers(upload), body(upload.body_id)
    try:
        done, plan = commands.import_register(
            owner, upload.file, found, answers, actor=context.load_actor(), at=context.at
        )
    except RuleBroken as broken:
        plan = commands.plan_for(owner, found, answers, context.at, actor=context.load_actor())
        upload_commands.show(upload, source, found, plan, f"The register has changed since. {broken.reason}")
        return
    upload_commands.finish(upload, done, plan)


def _answers(upload: RegisterUpload) -> Answers:
    said = upload.corrections or {}
    return Answers(
        dict(upload.people), frozenset(upload.left_out), said.get("why_out", {}), said.get("same", {}), said.get("reveals", {})
    )  # fmt: skip


def _register(upload: RegisterUpload) -> RegisterKind | None:
    """Which register it is, as its columns or somebody said before."""
    return RegisterKind(upload.register) if upload.register else None


def _corrections(upload: RegisterUpload) -> dict[str, Any]:
    return dict((upload.corrections or {}).get("rows", {}))


def _read(upload: RegisterUpload, context: JobContext) -> tuple[Source, ReadRegister]:
    if upload_queries.matches(upload.id):
        return _read_before(upload, context)
    data, name, columns, as_at = _content(upload), upload.file.name, upload.columns, upload.as_at
    sheet, corrections, register = upload.sheet or "", _corrections(upload), _register(upload)
    owner, earlier = body(upload.body_id), queries.earlier_day(upload.body_id, upload.file.sha256)
    db.session.rollback()
    context.progress(0, 1, "Reading the file")
    return prepare(
        owner, data, name, today=clock.local(context.at).date(), as_at=as_at, columns=columns, sheet=sheet, corrections=corrections,
        earlier=earlier, tell=lambda done, of: context.progress(done, of, LOOKED_UP), register=register,
    )  # fmt: skip


LOOKED_UP = "Rows whose organisations were looked up"


def _read_before(upload: RegisterUpload, context: JobContext) -> tuple[Source, ReadRegister]:
    """The rows again, with the organisations that were shown; those of rows that were corrected since are looked up."""
    today, corrections = clock.local(upload.uploaded_at).date(), _corrections(upload)
    try:
        source = read_source(
            _content(upload), upload.file.name, today=today, columns=upload.columns, sheet=upload.sheet or "",
            corrections=corrections, register=_register(upload),
        )  # fmt: skip
    except BadInput as bad:
        raise JobCannotBeDone(str(bad)) from bad
    source = told_of_erasure(source, upload.body_id, upload.file.sha256)
    as_at, areas = upload.as_at or source.as_at, tuple(body(upload.body_id).area_codes)
    found = dict(upload_queries.matches(upload.id))
    new = [
        each for each in source.stated if each.key in corrections and _text_of(found.get(each.key)) != each.organisation
    ]
    if new:
        taught = aliases_of(upload.body_id)
        found |= matches_of(new, areas, lambda done, of: context.progress(done, of, LOOKED_UP), taught)
    return source, ReadRegister(source.stated, dict(source.columns), found, as_at, corrections, source.register)


def _text_of(named: Sequence[NamedOrganisation] | None) -> str:
    return named[0].text if named else ""


def _content(upload: RegisterUpload) -> bytes:
    return b"".join(content_of(upload.file))
