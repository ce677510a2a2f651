"""The two jobs of an import: read an upload and say what will happen; import it. Loaded by the worker alone: it brings the engine."""

import uuid
from typing import Any

from coi import clock
from coi.database import db
from coi.errors import BadInput, RuleBroken
from coi.files.queries import content_of
from coi.jobs.rules import JobCannotBeDone
from coi.jobs.vocabulary import JobContext
from coi.organisations.queries import body
from coi.registers.importing import commands, upload_commands, upload_queries
from coi.registers.importing.commands import ReadRegister
from coi.registers.importing.models import RegisterUpload
from coi.registers.importing.preparing import prepare
from coi.registers.importing.sources import Source, read_source
from coi.registers.importing.vocabulary import Answers, UploadState


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
    plan = commands.plan_for(body(upload.body_id), found.stated, _answers(upload), context.at)
    upload_commands.show(upload, source, found, plan)


def take(payload: Any, context: JobContext) -> None:
    """Imports an upload as it was shown. Where the register has changed so that a row needs somebody, it is shown again instead. Killed
    midway, nothing of it is kept, and the next attempt starts from the beginning."""
    key = uuid.UUID(payload["upload"])
    upload = upload_queries.upload(key)
    if upload.state is not UploadState.IMPORTING:
        return
    context.progress(0, 1, "Importing")
    source, found = _read_before(upload)
    answers, owner = _answers(upload), body(upload.body_id)
    try:
        done, plan = commands.import_register(
            owner, upload.file, found, answers, actor=context.load_actor(), at=context.at
        )
    except RuleBroken as broken:
        plan = commands.plan_for(owner, found.stated, answers, context.at)
        upload_commands.show(upload, source, found, plan, f"The register has changed since. {broken.reason}")
        return
    upload_commands.finish(upload, done, plan)


def _answers(upload: RegisterUpload) -> Answers:
    return Answers(dict(upload.people), frozenset(upload.left_out))


def _read(upload: RegisterUpload, context: JobContext) -> tuple[Source, ReadRegister]:
    if upload_queries.matches(upload.id):
        return _read_before(upload)
    data, name, columns, as_at = _content(upload), upload.file.name, upload.columns, upload.as_at
    sheet = upload.sheet or ""
    owner = body(upload.body_id)
    db.session.rollback()
    context.progress(0, 1, "Reading the file")
    return prepare(
        owner, data, name, today=clock.local(context.at).date(), as_at=as_at, columns=columns, sheet=sheet,
        tell=lambda done, of: context.progress(done, of, "Rows whose organisations were looked up"),
    )  # fmt: skip


def _read_before(upload: RegisterUpload) -> tuple[Source, ReadRegister]:
    """The rows again, with the organisations that were shown."""
    today = clock.local(upload.uploaded_at).date()
    try:
        source = read_source(
            _content(upload), upload.file.name, today=today, columns=upload.columns, sheet=upload.sheet or ""
        )
    except BadInput as bad:
        raise JobCannotBeDone(str(bad)) from bad
    matches = upload_queries.matches(upload.id)
    return source, ReadRegister(source.stated, dict(source.columns), matches, upload.as_at or source.as_at or today)


def _content(upload: RegisterUpload) -> bytes:
    return b"".join(content_of(upload.file))
