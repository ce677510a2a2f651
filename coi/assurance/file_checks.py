"""Checking that every stored file still is what was stored. A check for `coi audit verify`."""

import contextlib
import hashlib
import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from coi.audit import evidence
from coi.audit.findings import Kind, Problem, shown_key
from coi.publication.vocabulary import FileKind

TABLE = "stored_file"
_PIECES = 16
"""How many pieces of content are held at once."""
_MADE_AGAIN = frozenset(each.purpose for each in FileKind)
"""For what files are made whose content goes once a newer one is given out."""


def check_files(connection: sa.Connection) -> list[Problem]:
    """Returns a problem for each file whose content is not what was stored, or is gone: scanned forms, papers, sealed editions. What
    their rows say is checked with the other rows; what they hold is compared with the digest there."""
    try:
        return list(_problems(connection))
    except evidence.CannotRead as broken:
        return [Problem(None, TABLE, None, None, f"the files cannot be read: {broken}")]


def _problems(connection: sa.Connection) -> Iterator[Problem]:
    digests, disposed = dict(_digests(connection)), _disposed(connection)
    given_out = {file_id for (file_id,) in evidence.raw_rows(connection, "published_file", ["file_id"])}
    columns = ["id", "sha256", "purpose", "emptied_at"]
    for file_id, digest, purpose, emptied_at in evidence.raw_rows(connection, TABLE, columns, ["id"]):
        if file_id not in digests:
            is_expected = shown_key(file_id) in disposed or (purpose in _MADE_AGAIN and file_id not in given_out)
            if not is_expected and emptied_at is None:
                yield Problem(
                    None, TABLE, shown_key(file_id), None, "the content of the file is gone", Kind.COMPLETENESS
                )
        elif digests[file_id] != digest:
            yield Problem(None, TABLE, shown_key(file_id), None, "the content of the file is not what was stored")


def _disposed(connection: sa.Connection) -> frozenset[str]:
    """The files whose content went with a record that was disposed of, as the disposals say. Those rows are checked like all others."""
    found: set[str] = set()
    for (files,) in evidence.raw_rows(connection, "disposal", ["files"]):
        with contextlib.suppress(ValueError, TypeError):
            found.update(json.loads(files) or ())
    return frozenset(found)


def _digests(connection: sa.Connection) -> Iterator[tuple[Any, str]]:
    """Each file with the digest of its content, piece by piece."""
    pieces = evidence.raw_rows(
        connection, "file_chunk", ["file_id", "number", "data"], ["file_id", "number"], batch=_PIECES
    )
    for file_id, rows in groupby(pieces, key=itemgetter(0)):
        digest = hashlib.sha256()
        for _file_id, _number, data in rows:
            digest.update(data if isinstance(data, bytes) else repr(data).encode())
        yield file_id, digest.hexdigest()
