"""Taking out of imports what the rows of their files said: once a record that they may hold is disposed of, or nobody imported them."""

from collections.abc import Sequence

import sqlalchemy as sa

from coi.database import db
from coi.files.commands import destroy_contents
from coi.files.models import StoredFile
from coi.registers.importing import upload_queries
from coi.registers.importing.models import RegisterImport, RegisterUpload, RegisterUploadRow
from coi.registers.importing.vocabulary import UploadState


def take_out(
    files: Sequence[StoredFile], imports: Sequence[RegisterImport], uploads: Sequence[RegisterUpload], why: str
) -> None:
    """Destroys the content of files, and takes out of their imports and uploads what was said of single rows, and why rows stayed out.
    Names, digests, days, columns and counts stay, and who was meant by a name. An upload that was not imported cannot be any more: `why`
    tells whoever looked through it. The caller's entry names the sections. Rule: REG-04."""
    if not files:
        return
    destroy_contents(files)
    for done in imports:
        done.corrections = None
    upload_queries.lock_all(uploads)
    forget_uploads(uploads, why)


def forget_uploads(uploads: Sequence[RegisterUpload], why: str) -> None:
    """Takes out of uploads what was said and shown of single rows. One that was not imported cannot be any more; `why` tells."""
    of_them = RegisterUploadRow.upload_id.in_([each.id for each in uploads])
    db.session.execute(sa.delete(RegisterUploadRow).where(of_them))
    for upload in uploads:
        upload.corrections, upload.headings, upload.remarks, upload.reason = None, None, None, ""
        if upload.state is not UploadState.IMPORTED:
            upload.state, upload.reason = UploadState.REFUSED, why


def forget_rows(upload: RegisterUpload) -> None:
    """Takes out what was shown of the rows of an upload."""
    db.session.execute(sa.delete(RegisterUploadRow).where(RegisterUploadRow.upload_id == upload.id))
