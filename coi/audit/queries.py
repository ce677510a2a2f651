"""Reading the ledger: entries with what their sections say, and checkpoints. Names are not in it: whoever shows it
adds them."""

import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from coi.audit import entry as entries_form
from coi.audit.models import LedgerCheckpoint, LedgerLeaf, LedgerPayload
from coi.database import db
from coi.errors import NotFound


@dataclass(frozen=True)
class SectionView:
    """The state of one row after the entry. `row` is None where it was erased."""

    number: int
    table: str
    row_id: str
    version: int | None
    row: dict[str, Any] | None

    @property
    def is_erased(self) -> bool:
        return self.row is None


@dataclass(frozen=True)
class EntryView:
    """One entry as people read it. `sections` is filled where a single entry, or all about one thing, is asked for."""

    seq: int
    at: datetime
    event: str
    account_id: uuid.UUID | None
    role: str
    via: str
    subject_table: str
    subject_id: str
    body_id: uuid.UUID | None
    note: dict[str, Any] | None
    leaf_hash: bytes
    sections: tuple[SectionView, ...] = field(default=())


def entries(limit: int, before: int | None = None, body_id: uuid.UUID | None = None) -> list[EntryView]:
    """Returns the newest entries, newest first: at most `limit`, all older than `before`. With `body_id`, only those
    of one body; they are looked for page by page, since the ledger has no index of bodies."""
    found: list[EntryView] = []
    while len(found) < limit:
        query = sa.select(LedgerLeaf).order_by(LedgerLeaf.seq.desc()).limit(limit)
        leaves = db.session.scalars(query if before is None else query.where(LedgerLeaf.seq < before)).all()
        seen = _views(leaves, with_rows=False)
        found += [each for each in seen if body_id in (None, each.body_id)]
        if len(leaves) < limit:
            break
        before = leaves[-1].seq
    return found[:limit]


def entry(seq: int) -> EntryView:
    """Returns one entry with its sections. Raises NotFound."""
    leaf = db.session.get(LedgerLeaf, seq)
    if leaf is None:
        raise NotFound(f"There is no ledger entry {seq}")
    return _views([leaf], with_rows=True)[0]


def entries_about(table: str, row_id: uuid.UUID | str) -> list[EntryView]:
    """Returns every entry that is about a row or changed it, oldest first, with all sections."""
    about = (
        sa.select(LedgerPayload.seq)
        .where(LedgerPayload.subject_table == table, LedgerPayload.subject_id == str(row_id))
        .distinct()
    )
    leaves = db.session.scalars(sa.select(LedgerLeaf).where(LedgerLeaf.seq.in_(about)).order_by(LedgerLeaf.seq)).all()
    return _views(leaves, with_rows=True)


def entries_numbered(seqs: Collection[int]) -> list[EntryView]:
    """Returns the entries with these numbers, newest first, with all sections. Numbers that do not exist are left out."""
    leaves = db.session.scalars(sa.select(LedgerLeaf).where(LedgerLeaf.seq.in_(seqs)).order_by(LedgerLeaf.seq.desc()))
    return _views(leaves.all(), with_rows=True)


def latest_checkpoint() -> LedgerCheckpoint | None:
    """Returns the checkpoint of the most entries, or None where nothing was signed yet."""
    return db.session.scalar(sa.select(LedgerCheckpoint).order_by(LedgerCheckpoint.size.desc()).limit(1))


def _views(leaves: Sequence[LedgerLeaf], *, with_rows: bool) -> list[EntryView]:
    query = sa.select(LedgerPayload).where(LedgerPayload.seq.in_([leaf.seq for leaf in leaves]))
    if not with_rows:
        query = query.where(LedgerPayload.section == 0)
    by_seq: dict[int, list[LedgerPayload]] = {leaf.seq: [] for leaf in leaves}
    for payload in db.session.scalars(query.order_by(LedgerPayload.seq, LedgerPayload.section)):
        by_seq[payload.seq].append(payload)
    return [_view(leaf, by_seq[leaf.seq]) for leaf in leaves]


def _view(leaf: LedgerLeaf, payload: Sequence[LedgerPayload]) -> EntryView:
    found = entries_form.read(leaf.entry)
    header = next((_decoded(each) for each in payload if each.section == 0), None) or {}
    return EntryView(
        seq=leaf.seq,
        at=datetime.fromisoformat(found.timestamp),
        event=found.type,
        account_id=None if found.actor.id is None else uuid.UUID(found.actor.id),
        role=found.actor.role,
        via=found.actor.via,
        subject_table=found.object.table,
        subject_id=found.object.id,
        body_id=uuid.UUID(header["body_id"]) if header.get("body_id") else None,
        note=header.get("note"),
        leaf_hash=leaf.leaf_hash,
        sections=tuple(_section(each) for each in payload if each.section),
    )


def _section(payload: LedgerPayload) -> SectionView:
    body = _decoded(payload) or {}
    return SectionView(payload.section, payload.subject_table, payload.subject_id, body.get("v"), body.get("row"))


def _decoded(payload: LedgerPayload) -> dict[str, Any] | None:
    return None if payload.body is None else json.loads(payload.body)
