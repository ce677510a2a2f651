"""Reading rows as they stood at an earlier instant, from the states that the ledger keeps: for what is changed in place."""

import json
import uuid
from collections.abc import Collection
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
    found: dict[uuid.UUID, dict[str, Any]] = {}
    for row in db.session.execute(wanted):
        if datetime.fromisoformat(entries_form.read(row.entry).timestamp) > instant:
            continue
        state = None if row.body is None else json.loads(row.body).get("row")
        found.pop(uuid.UUID(row.subject_id), None)
        if state is not None:
            found[uuid.UUID(row.subject_id)] = values_from(state, table)
    return found
