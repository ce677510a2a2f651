"""Reading what proves things: the ledger entries about rows, who is behind an account, and that an entry is under a checkpoint."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coi.accounts.models import Account
from coi.assurance.proof import Proof, Proofs
from coi.audit import entry, merkle, notes
from coi.audit.models import LedgerLeaf, LedgerNode, LedgerPayload
from coi.audit.queries import latest_checkpoint
from coi.audit.vocabulary import Event
from coi.database import db
from coi.people.models import Person

UNNAMED = "Not shown: who tells the chair of a conflict stays confidential"
Key = tuple[str, str]


def proofs_of(keys: Collection[Key], *, without_names: Collection[Key] = ()) -> dict[Key, Proofs]:
    """Returns every ledger entry that changed these rows, the oldest first, with who did it by name. For the flags in
    `without_names` it is not said who raised them."""
    if not keys:
        return {}
    payload = sa.tuple_(LedgerPayload.subject_table, LedgerPayload.subject_id)
    found = db.session.execute(
        sa.select(LedgerPayload.subject_table, LedgerPayload.subject_id, LedgerLeaf.seq, LedgerLeaf.entry)
        .join(LedgerLeaf, LedgerLeaf.seq == LedgerPayload.seq)
        .where(LedgerPayload.section > 0, payload.in_(sorted(keys)))
        .order_by(LedgerLeaf.seq)
    ).all()
    read = {row.seq: entry.read(row.entry) for row in found}
    names = names_of_accounts({uuid.UUID(each.actor.id) for each in read.values() if each.actor.id})
    proofs: dict[Key, list[Proof]] = defaultdict(list)
    for table, row_id, seq, _entry in found:
        each = read[seq]
        by = name_of(uuid.UUID(each.actor.id) if each.actor.id else None, each.actor.via, names)
        if each.type == Event.FLAG_RAISED and (table, row_id) in without_names:
            by = UNNAMED
        proofs[table, row_id].append(Proof(seq, each.type, datetime.fromisoformat(each.timestamp), by))
    return {key: tuple(each) for key, each in proofs.items()}


def names_of_accounts(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Returns the names of the people behind accounts: the ledger itself holds none."""
    if not ids:
        return {}
    rows = db.session.execute(
        sa.select(Account.id, Person.name).join(Person, Person.id == Account.person_id).where(Account.id.in_(ids))
    )
    return dict(rows.all())


def name_of(account_id: uuid.UUID | None, via: str, names: dict[uuid.UUID, str]) -> str:
    """Returns who did something, in words."""
    if account_id is None:
        return "Somebody who was not signed in" if via == "public" else "The system"
    return names.get(account_id, "An account that is not known here")


@dataclass(frozen=True)
class Inclusion:
    """That an entry is among the first `size` entries, whose root is signed: hashes to combine with the leaf's, in order."""

    size: int
    root: str
    leaf: str
    path: tuple[str, ...]


def inclusion_of(seq: int) -> Inclusion | None:
    """Returns the proof that an entry is under the newest checkpoint; None where that is older, or there is none."""
    newest = latest_checkpoint()
    leaf = db.session.scalar(sa.select(LedgerLeaf.leaf_hash).where(LedgerLeaf.seq == seq))
    if newest is None or leaf is None or seq >= newest.size:
        return None
    stated, _ = notes.parse(newest.note)
    wanted: list[merkle.Position] = []
    merkle.inclusion_proof(seq, stated.size, lambda level, index: _noted(wanted, (level, index)))
    hashes = _hashes(wanted)
    if len(hashes) < len(set(wanted)):
        return None
    path = merkle.inclusion_proof(seq, stated.size, lambda level, index: hashes[level, index])
    return Inclusion(stated.size, stated.root.hex(), leaf.hex(), tuple(each.hex() for each in path))


def _noted(wanted: list[merkle.Position], position: merkle.Position) -> bytes:
    """Stands in for a hash while it is found out which are needed, so that one query reads them all."""
    wanted.append(position)
    return bytes(merkle.HASH_BYTES)


def _hashes(positions: Collection[merkle.Position]) -> dict[merkle.Position, bytes]:
    leaves = [index for level, index in positions if level == 0]
    nodes = [position for position in positions if position[0]]
    found: dict[merkle.Position, bytes] = {}
    if leaves:
        rows = db.session.execute(sa.select(LedgerLeaf.seq, LedgerLeaf.leaf_hash).where(LedgerLeaf.seq.in_(leaves)))
        found |= {(0, seq): hashed for seq, hashed in rows}
    if nodes:
        where = sa.tuple_(LedgerNode.level, LedgerNode.idx).in_(nodes)
        rows = db.session.execute(sa.select(LedgerNode.level, LedgerNode.idx, LedgerNode.hash).where(where))
        found |= {(level, index): hashed for level, index, hashed in rows}
    return found
