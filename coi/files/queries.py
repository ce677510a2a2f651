"""Reading files. Who may read one is decided by the room that it belongs to (the paper, the minutes), before it asks
here."""

import hashlib
import uuid
from collections.abc import Iterator

import sqlalchemy as sa

from coi.database import db
from coi.errors import CoiError, NotFound
from coi.files.models import FileChunk, StoredFile


class FileDamaged(CoiError):
    """The content is no longer what was stored. The last piece is held back, so nobody receives it whole."""


def file(file_id: uuid.UUID) -> StoredFile:
    """Returns a file. Raises NotFound."""
    found = db.session.get(StoredFile, file_id)
    if found is None:
        raise NotFound("There is no such file")
    return found


def content_of(stored: StoredFile) -> Iterator[bytes]:
    """Yields the content piece by piece; the last piece only once the whole has the digest that was recorded. Raises
    FileDamaged."""
    pieces = db.session.scalars(
        sa.select(FileChunk.data)
        .where(FileChunk.file_id == stored.id)
        .order_by(FileChunk.number)
        .execution_options(yield_per=4)
    )
    digest = hashlib.sha256()
    held = b""
    for piece in pieces:
        digest.update(piece)
        if held:
            yield held
        held = piece
    if digest.hexdigest() != stored.sha256:
        raise FileDamaged("The file is damaged: it is not what was stored")
    yield held
