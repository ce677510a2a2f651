"""Storing files: checked, in chunks, in the entry of the command that needed them, and given back as they came."""

import hashlib
import uuid
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.audit import log
from coi.audit.log import LedgerMissing
from coi.audit.models import LedgerLeaf, LedgerPayload
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.files import queries
from coi.files.commands import store_file, store_made_file
from coi.files.models import FileChunk, StoredFile
from coi.files.queries import FileDamaged, content_of
from coi.files.vocabulary import CHUNK_BYTES, MIB
from coi.permissions.vocabulary import Actor
from tests.files import made_files as made

SIAN = Actor(name="Siân", account_id=uuid.UUID(int=1))
TABLE = b"Name,Interest\n" + "Siân,Partner\n".encode() * (3 * CHUNK_BYTES // 14)


def stored(data: bytes, at: datetime, name: str = "register.csv") -> StoredFile:
    return store_file(name, data, "register", actor=SIAN, at=at, body_id=None)


def entries() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(LedgerLeaf)) or 0


def test_a_file_comes_back_as_it_was_stored(app: Flask, at: datetime) -> None:
    file = stored(TABLE, at, "C:\\My documents\\Register é.csv")
    assert (file.name, file.media_type, file.size) == ("Register é.csv", "text/csv", len(TABLE))
    assert (file.sha256, file.stored_at, file.stored_by) == (hashlib.sha256(TABLE).hexdigest(), at, SIAN.account_id)
    pieces = list(content_of(queries.file(file.id)))
    assert b"".join(pieces) == TABLE
    assert [len(piece) for piece in pieces[:-1]] == [CHUNK_BYTES] * (len(TABLE) // CHUNK_BYTES)


@pytest.mark.parametrize("size", [1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1])
def test_no_byte_is_lost_at_the_edge_of_a_chunk(app: Flask, at: datetime, size: int) -> None:
    assert b"".join(content_of(stored(b"a" * size, at))) == b"a" * size


def test_the_entry_of_the_command_that_stores_a_file_holds_its_digest(app: Flask, at: datetime) -> None:
    before = entries()
    file = stored(TABLE, at)
    leaf = log.record(Event.FILE_STORED, subject=file, actor=SIAN, at=at)
    db.session.commit()
    assert entries() == before + 1
    sections = db.session.scalars(sa.select(LedgerPayload.body).where(LedgerPayload.seq == leaf.seq)).all()
    assert any(file.sha256.encode() in bytes(section) for section in sections if section)


def test_a_file_cannot_be_kept_without_an_entry(app: Flask, at: datetime) -> None:
    stored(TABLE, at)
    with pytest.raises(LedgerMissing):
        db.session.commit()


def test_a_refused_file_leaves_nothing_behind(app: Flask, at: datetime) -> None:
    before = entries()
    with pytest.raises(RuleBroken, match="content is something else") as broken:
        stored(made.JPG, at, "paper.pdf")
    assert broken.value.field == "file"
    db.session.commit()
    assert db.session.scalars(sa.select(StoredFile)).all() == []
    assert entries() == before


def test_the_largest_size_is_the_installations(app: Flask, at: datetime) -> None:
    with pytest.raises(RuleBroken, match="smaller than 1 MB"):
        store_file("a.csv", b"a" * (MIB + 1), "register", actor=SIAN, at=at, body_id=None, largest=MIB)


def test_a_file_that_the_product_made_may_hold_what_an_upload_may_not(app: Flask, at: datetime) -> None:
    data = made.pdf(Names="<< /EmbeddedFiles << /Names [] >> >>")
    with pytest.raises(RuleBroken):
        stored(data, at, "minutes.pdf")
    file = store_made_file("minutes.pdf", data, "application/pdf", "minutes", actor=SIAN, at=at, body_id=None)
    assert b"".join(content_of(file)) == data


@pytest.mark.parametrize("fault", ["changed", "last piece lost", "all lost"])
def test_a_damaged_file_is_never_given_out_whole(app: Flask, at: datetime, fault: str) -> None:
    file = stored(TABLE, at)
    chunks = db.session.scalars(sa.select(FileChunk).order_by(FileChunk.number)).all()
    if fault == "changed":
        chunks[0].data = b"X" + chunks[0].data[1:]
    else:
        for chunk in chunks[-1:] if fault == "last piece lost" else chunks:
            db.session.delete(chunk)
    db.session.flush()
    received: list[bytes] = []
    with pytest.raises(FileDamaged):
        received.extend(content_of(file))
    assert len(received) < len(chunks)


def test_a_file_that_never_was_is_not_there(app: Flask) -> None:
    with pytest.raises(NotFound):
        queries.file(uuid.uuid4())
