"""Writing files: an upload that was checked, or a file that the product made. Storing is a step of a command in the
room that the file belongs to, and that command records it: audit is on this floor, and one command is one ledger
entry."""

import hashlib
import uuid
from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from coi.database import db
from coi.errors import RuleBroken
from coi.files.models import FileChunk, StoredFile
from coi.files.names import clean_name
from coi.files.rules import may_be_stored
from coi.files.vocabulary import CHUNK_BYTES, MEDIA_TYPES, MIB
from coi.permissions.vocabulary import Actor


def store_file(
    name: str,
    data: bytes,
    purpose: str,
    *,
    actor: Actor,
    at: datetime,
    body_id: uuid.UUID | None,
    largest: int = 30 * MIB,
) -> StoredFile:
    """Stores an upload, after looking into it. `name` is the name as sent, `purpose` what the file is for ("paper"),
    `largest` the most bytes that the installation takes. The caller records: the next ledger entry holds the file's row
    with its digest, and a commit without one raises LedgerMissing. Raises RuleBroken beside the field `file` when it is
    not taken in."""
    shown = clean_name(name)
    verdict = may_be_stored(shown, data, largest=largest)
    if verdict.kind is None:
        raise RuleBroken(verdict.reason, field="file", rule="SECURITY 2.5")
    return _kept(
        StoredFile(name=shown, media_type=MEDIA_TYPES[verdict.kind], purpose=purpose), data, actor, at, body_id
    )


def store_made_file(
    name: str, data: bytes, media_type: str, purpose: str, *, actor: Actor, at: datetime, body_id: uuid.UUID | None
) -> StoredFile:
    """Stores a file that the product itself made, such as minutes, which may hold what an upload may not
    (attachments). The caller records, as for `store_file`."""
    return _kept(StoredFile(name=clean_name(name), media_type=media_type, purpose=purpose), data, actor, at, body_id)


def _kept(file: StoredFile, data: bytes, actor: Actor, at: datetime, body_id: uuid.UUID | None) -> StoredFile:
    file.size = len(data)
    file.sha256 = hashlib.sha256(data).hexdigest()
    file.stored_at = at
    file.stored_by = actor.account_id
    file.body_id = body_id
    db.session.add(file)
    db.session.flush()  # the chunks need its id
    starts = range(0, len(data), CHUNK_BYTES)
    db.session.add_all(
        FileChunk(file_id=file.id, number=number, data=data[start : start + CHUNK_BYTES])
        for number, start in enumerate(starts)
    )
    db.session.flush()
    return file


def destroy_content(stored: StoredFile) -> None:
    """Destroys the content of a file that the product made and can make again, that held what was disposed of, or that nobody used. The row
    stays, with the digest of what there was."""
    destroy_contents([stored])


def destroy_contents(stored: Collection[StoredFile]) -> None:
    """Destroys the content of files, as `destroy_content` does."""
    db.session.execute(sa.delete(FileChunk).where(FileChunk.file_id.in_([each.id for each in stored])))
