"""Erasing what earlier entries hold of some rows: one entry that names each section, then the sections. Nothing else erases."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from coi.audit import log, unrecorded
from coi.audit.models import LedgerLeaf, LedgerPayload
from coi.audit.state import key_of
from coi.audit.vocabulary import Event
from coi.database import Base, db
from coi.permissions.vocabulary import Actor

PAYLOAD = LedgerPayload.__table__
_BATCH = 400


def record_erasure(
    *, subject: Base, rows: Sequence[Any], actor: Actor, at: datetime, body_id: uuid.UUID | None = None
) -> LedgerLeaf:
    """Writes one entry with the new state of `rows`, which the command has blanked, and erases every earlier section about them. The
    commitments stay, so that the rest of each entry can still be checked; the database refuses to erase a section that the newest
    entry does not name. A row that was not rewritten keeps its sections: nothing else tells what it has to be. The caller holds the lock
    of the ledger (`log.lock`). SECURITY §2.2."""
    session = db.session()
    session.flush()
    connection = session.connection()
    rewritten = unrecorded.rows_of(session)
    keys = [(type(row).__table__.name, key_of(row)) for row in rows]
    places = _places(connection, [key for key in keys if key in rewritten])
    note = {"sections": [[seq, section] for seq, section in places]}
    made = log.record(Event.SECTIONS_ERASED, subject=subject, actor=actor, at=at, body_id=body_id, note=note)
    if places:
        erasing = sa.update(PAYLOAD).where(
            PAYLOAD.c.seq == sa.bindparam("leaf"), PAYLOAD.c.section == sa.bindparam("number")
        )
        connection.execute(
            erasing.values(salt=None, body=None), [{"leaf": seq, "number": section} for seq, section in places]
        )
    return made


def _places(connection: sa.Connection, keys: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """Entry and number of each section about these rows that is not erased yet, in the order of the ledger."""
    wanted = set(keys)
    tables, ids = sorted({table for table, _key in keys}), sorted({key for _table, key in keys})
    found = set()
    for start in range(0, len(ids), _BATCH):
        about = sa.select(PAYLOAD.c.seq, PAYLOAD.c.section, PAYLOAD.c.subject_table, PAYLOAD.c.subject_id).where(
            PAYLOAD.c.subject_table.in_(tables), PAYLOAD.c.subject_id.in_(ids[start : start + _BATCH]),
            PAYLOAD.c.section > 0, PAYLOAD.c.body.is_not(None),
        )  # fmt: skip
        rows = connection.execute(about)
        found |= {(row.seq, row.section) for row in rows if (row.subject_table, row.subject_id) in wanted}
    return sorted(found)
