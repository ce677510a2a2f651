"""Reading uploads that somebody looks through: the upload, a page of its rows, how far its job is."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coi.database import db
from coi.errors import NotFound
from coi.files.models import FileChunk, StoredFile
from coi.jobs.models import Job
from coi.jobs.vocabulary import JobStatus
from coi.registers.importing.models import RegisterUpload, RegisterUploadRow
from coi.registers.importing.vocabulary import Action, Matched, Matches, UploadState
from coi.registers.models import Disposal

ROWS = 100
RECENT = 20


@dataclass(frozen=True)
class RowsPage:
    """A page of the rows of an upload."""

    rows: list[RegisterUploadRow]
    count: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // ROWS))


def upload(upload_id: uuid.UUID, body_id: uuid.UUID | None = None) -> RegisterUpload:
    """Returns an upload, as it is in the database now; with `body_id` only one of that body. Raises NotFound."""
    wanted = sa.select(RegisterUpload).where(RegisterUpload.id == upload_id).options(joinedload(RegisterUpload.file))
    found = db.session.scalar(wanted.execution_options(populate_existing=True))
    if found is None or (body_id is not None and found.body_id != body_id):
        raise NotFound("There is no such upload")
    return found


def lock(upload: RegisterUpload) -> None:
    """Keeps other writers from an upload until the transaction ends, and reads it afresh."""
    db.session.execute(sa.select(RegisterUpload.id).where(RegisterUpload.id == upload.id).with_for_update())
    db.session.refresh(upload)


def lock_all(uploads: Sequence[RegisterUpload]) -> None:
    """Keeps other writers from uploads until the transaction ends, and reads them afresh."""
    wanted = (
        sa.select(RegisterUpload)
        .where(RegisterUpload.id.in_([each.id for each in uploads]))
        .order_by(RegisterUpload.id)
    )
    db.session.scalars(wanted.with_for_update().execution_options(populate_existing=True)).all()


def recent_uploads(body_id: uuid.UUID) -> list[RegisterUpload]:
    """Returns the latest uploads of a body, the newest first."""
    wanted = sa.select(RegisterUpload).where(RegisterUpload.body_id == body_id).options(joinedload(RegisterUpload.file))
    return list(db.session.scalars(wanted.order_by(RegisterUpload.uploaded_at.desc(), RegisterUpload.id).limit(RECENT)))


def unused(before: datetime) -> list[RegisterUpload]:
    """Returns the uploads of all bodies that nobody imported, and on which nobody worked since an instant, whose files are still there."""
    has_content = sa.exists().where(FileChunk.file_id == RegisterUpload.file_id)
    wanted = (
        sa.select(RegisterUpload)
        .outerjoin(Job, Job.id == RegisterUpload.job_id)
        .options(joinedload(RegisterUpload.file))
    )
    wanted = wanted.where(
        RegisterUpload.state != UploadState.IMPORTED, RegisterUpload.uploaded_at < before, has_content
    )
    wanted = wanted.where(sa.or_(Job.id.is_(None), Job.created_at < before))
    return list(db.session.scalars(wanted.order_by(RegisterUpload.uploaded_at, RegisterUpload.id)))


def worked_on(upload: RegisterUpload) -> datetime:
    """Returns when somebody last worked on an upload: each answer has its rows read again."""
    job = progress_of(upload)
    return max(upload.uploaded_at, job.created_at) if job else upload.uploaded_at


def looked_through_before(body_id: uuid.UUID, sha256: str) -> RegisterUpload | None:
    """Returns the upload of the very same file that a body imported last; None where it imported none."""
    wanted = sa.select(RegisterUpload).join(StoredFile, StoredFile.id == RegisterUpload.file_id)
    wanted = wanted.where(
        RegisterUpload.body_id == body_id, StoredFile.sha256 == sha256, RegisterUpload.state == UploadState.IMPORTED
    )
    return db.session.scalar(wanted.order_by(RegisterUpload.uploaded_at.desc(), RegisterUpload.id).limit(1))


def erased_on(body_id: uuid.UUID, sha256: str) -> datetime | None:
    """Returns when the content of the very same file was erased, with a record of a body that was disposed of; None where it was not."""
    has_content = sa.exists().where(FileChunk.file_id == StoredFile.id)
    same = sa.select(StoredFile.id).where(StoredFile.body_id == body_id, StoredFile.sha256 == sha256, ~has_content)
    ids = list(db.session.scalars(same))
    if not ids:
        return None
    named = sa.or_(*(sa.type_coerce(Disposal.files, sa.Text).contains(str(each)) for each in ids))
    return db.session.scalar(sa.select(sa.func.max(Disposal.disposed_at)).where(named))


def rows_page(upload_id: uuid.UUID, action: Action | None, number: int) -> RowsPage:
    """Returns a page of the rows of an upload, those of one action where it is given; after the last page comes the last."""
    asked = RegisterUploadRow.upload_id == upload_id
    if action is not None:
        asked = sa.and_(asked, RegisterUploadRow.action == action.value)
    count = db.session.scalar(sa.select(sa.func.count()).select_from(RegisterUploadRow).where(asked)) or 0
    number = min(max(number, 1), max(1, -(-count // ROWS)))
    rows = sa.select(RegisterUploadRow).where(asked).order_by(RegisterUploadRow.position)
    return RowsPage(list(db.session.scalars(rows.limit(ROWS).offset((number - 1) * ROWS))), count, number)


def shown_rows(upload_id: uuid.UUID, positions: set[int]) -> dict[int, Mapping[str, Any]]:
    """Returns what was shown of some rows, by position."""
    rows = sa.select(RegisterUploadRow.position, RegisterUploadRow.shown).where(
        RegisterUploadRow.upload_id == upload_id, RegisterUploadRow.position.in_(positions)
    )
    return {row.position: row.shown for row in db.session.execute(rows)}


def shown_row(upload_id: uuid.UUID, position: int) -> RegisterUploadRow:
    """Returns a row of an upload as it was shown. Raises NotFound."""
    found = db.session.get(RegisterUploadRow, (upload_id, position))
    if found is None:
        raise NotFound("There is no such row")
    return found


def matches(upload_id: uuid.UUID) -> Matches:
    """Returns the organisations that an earlier reading of the same file found, by the key of the row."""
    rows = sa.select(RegisterUploadRow.shown).where(RegisterUploadRow.upload_id == upload_id)
    return {
        shown["key"]: tuple(
            Matched(text, uuid.UUID(known) if known else None, *told) for text, known, *told in shown["named"]
        )
        for shown in db.session.scalars(rows)
        if shown["named"]
    }


def failed_job(upload: RegisterUpload) -> Job | None:
    """Returns the job of an upload where it failed for good."""
    job = progress_of(upload)
    return job if job is not None and job.status is JobStatus.FAILED else None


def progress_of(upload: RegisterUpload) -> Job | None:
    """Returns the job that reads or imports an upload."""
    return db.session.get(Job, upload.job_id, populate_existing=True) if upload.job_id else None
