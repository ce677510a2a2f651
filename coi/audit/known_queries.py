"""Reading rows as they stood at an earlier instant, from the states that the ledger keeps: for what is changed in place."""

import json
import uuid
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from coi.audit import entry as entries_form
from coi.audit.models import LedgerLeaf, LedgerPayload
from coi.audit.state import values_from
from coi.database import Base, db


def rows_known(model: type[Base], ids: Collection[uuid.UUID], instant: datetime) -> dict[uuid.UUID, dict[str, Any]]:
    """Returns how each of these rows stood at an instant, by column. One that was not there yet is not in it, nor one whose content was
    erased since; what the ledger does not hold of a row is None."""
    found: dict[uuid.UUID, dict[str, Any]] = {}
    for key, entry, state in _states(model, ids):
        if datetime.fromisoformat(entries_form.read(entry).timestamp) > instant:
            continue
        found.pop(key, None)
        if state is not None:
            found[key] = state
    return found


def rows_ever(model: type[Base], ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[dict[str, Any]]]:
    """Returns how each of these rows stands and stood at any time, by column, the oldest state first; not what was erased."""
    found: dict[uuid.UUID, list[dict[str, Any]]] = {}
    for key, _entry, state in _states(model, ids):
        if state is not None:
            found.setdefault(key, []).append(state)
    return found


def _states(model: type[Base], ids: Collection[uuid.UUID]) -> Iterator[tuple[uuid.UUID, bytes, dict[str, Any] | None]]:
    """Yields each state that the ledger keeps of these rows, with its entry, the oldest first; None for one that was erased."""
    table: sa.Table = model.__table__  # type: ignore[assignment]
    wanted = (
        sa.select(LedgerPayload.subject_id, LedgerPayload.body, LedgerLeaf.entry)
        .join(LedgerLeaf, LedgerLeaf.seq == LedgerPayload.seq)
        .where(
            LedgerPayload.subject_table == table.name, LedgerPayload.subject_id.in_([str(each) for each in ids]),
            LedgerPayload.section > 0,
        )
        .order_by(LedgerPayload.seq, LedgerPayload.section)
    )  # fmt: skip
    for row in db.session.execute(wanted):
        state = None if row.body is None else json.loads(row.body).get("row")
        yield uuid.UUID(row.subject_id), row.entry, None if state is None else values_from(state, table)
