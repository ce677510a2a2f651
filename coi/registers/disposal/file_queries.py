"""Reading the files of older registers that may hold a record which is disposed of."""

import json
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from coi.database import db
from coi.documents.file_words import words_in
from coi.errors import BadInput
from coi.files.models import FileChunk, StoredFile
from coi.organisations.models import Body
from coi.organisations.naming import folded
from coi.registers.disposal.sought import TakenIn, may_hold
from coi.registers.disposal.sought_queries import sought
from coi.registers.disposal.vocabulary import DueRecord, HeldFile
from coi.registers.importing.models import RegisterImport, RegisterUpload
from coi.registers.importing.vocabulary import UploadState

_IS_KEPT = sa.and_(StoredFile.purpose == "register", sa.exists().where(FileChunk.file_id == StoredFile.id))
_AT_ONCE = 4
"""How many pieces of content are held at once."""


@dataclass(frozen=True)
class HoldingFiles:
    """Files that may hold a record, the oldest first, with the imports and uploads of them."""

    files: list[StoredFile]
    imports: list[RegisterImport]
    uploads: list[RegisterUpload]


def holding_files(records: Collection[DueRecord]) -> HoldingFiles:
    """Returns the files that may hold one of these records, and copies of them: of those of its register that were taken in at its body,
    or at one where its holder serves or served, those that name the holder, or say what it is where it is about nobody. Others stay.
    Rule: REG-04."""
    if not db.session.scalar(sa.select(sa.exists().where(_IS_KEPT))):  # most bodies never imported anything
        return HoldingFiles([], [], [])
    wanted = sought(records)
    rows = _candidates({body_id for each in wanted for body_id in each.bodies})
    of_file: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for row in rows:
        of_file[row.StoredFile.id].append(row)
    same = {
        of_file[file_id][0].StoredFile.sha256 for file_id, data in _contents(of_file)
        if _may_hold_any(of_file[file_id], _folded(data), wanted)
    }  # fmt: skip
    chosen = [row for row in rows if row.StoredFile.sha256 in same]
    return HoldingFiles(
        *(list({row[place].id: row[place] for row in chosen if row[place]}.values()) for place in range(3))
    )


def held_files(found: HoldingFiles, body_id: uuid.UUID) -> list[HeldFile]:
    """Returns what a page of a body says of such files: those of other bodies without their name."""
    others = {each.body_id for each in found.files} - {body_id}
    names: dict[uuid.UUID | None, str] = {}
    if others:
        names = {
            row.id: row.name for row in db.session.execute(sa.select(Body.id, Body.name).where(Body.id.in_(others)))
        }
    imported = {each.file_id for each in found.imports}
    open_ones = {each.file_id: each.id for each in found.uploads if _is_open(each)}
    return [
        HeldFile(
            each.name if each.body_id == body_id else "", names.get(each.body_id, ""), each.stored_at, each.id in imported,
            open_ones.get(each.id) if each.body_id == body_id else None,
        )
        for each in found.files
    ]  # fmt: skip


def _candidates(bodies: Collection[uuid.UUID]) -> list[Any]:
    """The files of registers at these bodies whose content is there, the oldest first, each with its imports and uploads."""
    if not bodies:
        return []
    wanted = (
        sa.select(StoredFile, RegisterImport, RegisterUpload)
        .outerjoin(RegisterImport, RegisterImport.file_id == StoredFile.id)
        .outerjoin(RegisterUpload, RegisterUpload.file_id == StoredFile.id)
        .where(_IS_KEPT, StoredFile.body_id.in_(bodies))
        .order_by(StoredFile.stored_at, StoredFile.id)
    )
    return list(db.session.execute(wanted.execution_options(populate_existing=True)))


def _contents(file_ids: Collection[uuid.UUID]) -> Iterator[tuple[uuid.UUID, bytes]]:
    """The content of files, one after the other."""
    pieces = sa.select(FileChunk.file_id, FileChunk.data).where(FileChunk.file_id.in_(file_ids))
    pieces = pieces.order_by(FileChunk.file_id, FileChunk.number).execution_options(yield_per=_AT_ONCE)
    for file_id, rows in groupby(db.session.execute(pieces), key=attrgetter("file_id")):
        yield file_id, b"".join(row.data for row in rows)


def _folded(data: bytes) -> str | None:
    try:
        return folded(words_in(data))
    except BadInput:
        return None


def _may_hold_any(rows: list[Any], text: str | None, wanted: Collection[Any]) -> bool:
    return any(may_hold(file, one) for file in (_taken_in(*row, text) for row in rows) for one in wanted)


def _taken_in(
    file: StoredFile, done: RegisterImport | None, upload: RegisterUpload | None, text: str | None
) -> TakenIn:
    said = json.dumps([each.corrections for each in (done, upload) if each is not None], ensure_ascii=False)
    words = None if text is None else f"{text} {folded(said)}"
    if done is not None:
        return TakenIn(done.register, file.body_id, done.imported_at, False, words, said)
    return TakenIn(
        upload.register if upload else None, file.body_id, upload.uploaded_at if upload else file.stored_at,
        upload is None or _is_open(upload), words, said,
    )  # fmt: skip


def _is_open(upload: RegisterUpload) -> bool:
    """Whether nobody imported an upload."""
    return upload.state is not UploadState.IMPORTED
