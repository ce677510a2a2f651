"""Deleting uploads that nobody imports. One use case, one ledger entry: what is deleted of each is its file."""

from datetime import date, datetime, timedelta

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.files.commands import destroy_content
from coi.permissions.vocabulary import Actor
from coi.registers.importing import upload_queries
from coi.registers.importing.erasing import forget_uploads
from coi.registers.importing.holders import AS
from coi.registers.importing.models import RegisterUpload
from coi.registers.importing.vocabulary import NEW_PERSON, UploadState
from coi.wording import day

KEPT = timedelta(days=30)
"""How long an upload that nobody imports is kept after somebody last worked on it."""


def kept_until(upload: RegisterUpload) -> date:
    """Returns the last day on which an upload that nobody imports is kept."""
    return clock.local(upload_queries.worked_on(upload) + KEPT).date()


def delete_unused(*, actor: Actor, at: datetime) -> None:
    """Deletes the files of uploads that nobody imported in their time, and what was said and shown of their rows. That there was such a
    file stays, with its name and digest. Rule: REG-04 asks to keep records, and what nobody took over is none."""
    found = upload_queries.unused(at - KEPT)
    if not found:
        return
    log.lock(db.session.connection())  # before those of uploads, as a disposal takes them
    deleted = f"it was deleted on {day(clock.local(at).date())}"
    why = f"Nobody imported this file within {KEPT.days} days, and {deleted}. Upload it again if it is needed"
    for upload in found:
        upload_queries.lock(upload)
        if upload.state is UploadState.IMPORTED or upload_queries.worked_on(upload) >= at - KEPT:
            continue
        destroy_content(upload.file)
        upload.file.emptied_at = at
        forget_uploads([upload], why)
        upload.left_out, upload.counts = [], None
        upload.people = {key: who for key, who in upload.people.items() if who != NEW_PERSON and not who.startswith(AS)}
        log.record(Event.REGISTER_FILE_DELETED, subject=upload.file, actor=actor, at=at, body_id=upload.body_id)
