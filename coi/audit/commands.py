"""Writing what proves the ledger: signed checkpoints, and seals over the access log."""

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coi.audit import checkpoint, log, merkle, seals
from coi.audit.checkpoint import Verifier
from coi.audit.models import AccessLog, LedgerCheckpoint, LedgerLeaf, LedgerNode, LedgerPayload
from coi.audit.notes import Checkpoint, CheckpointWrong
from coi.audit.vocabulary import Event
from coi.database import db
from coi.permissions.vocabulary import Actor, system_actor

_PAGE = 1000


class LedgerDamaged(RuntimeError):
    """The ledger is not what it was, so nothing more is signed. `coi audit verify` says where the fault is."""


def sign_checkpoint(*, at: datetime, log_name: str, key: Ed25519PrivateKey) -> LedgerCheckpoint:  # noqa: ARG001 - a note has no time
    """Signs the present size and root, and keeps the note; the same size is signed once. Before it signs, it makes sure
    that the tree goes on from the newest checkpoint and fits the entries since. Raises LedgerDamaged."""
    log.lock(db.session.connection())
    size = db.session.scalar(sa.select(sa.func.max(LedgerLeaf.seq) + 1)) or 0
    signed = db.session.get(LedgerCheckpoint, size)
    if signed is not None:
        return signed
    root = _root_since(_newest(log_name, key), size)
    made = LedgerCheckpoint(size=size, note=checkpoint.sign(Checkpoint(log_name, size, root), key))
    db.session.add(made)
    db.session.flush()
    return made


def seal_access_log(*, at: datetime, actor: Actor | None = None) -> LedgerLeaf | None:
    """Records a digest over the readings since the last seal. Returns the entry, or None where nobody read anything."""
    log.lock(db.session.connection())
    last_seal = (
        sa.select(LedgerPayload.subject_id)
        .where(LedgerPayload.subject_table == AccessLog.__tablename__, LedgerPayload.section == 0)
        .order_by(LedgerPayload.seq.desc())
        .limit(1)
    )
    sealed = db.session.scalar(last_seal)
    unsealed = sa.select(AccessLog).where(AccessLog.seq > int(sealed or -1)).order_by(AccessLog.seq)
    rows = db.session.scalars(unsealed).all()
    if not rows:
        return None
    return log.record(
        Event.ACCESS_LOG_SEALED,
        subject=rows[-1],
        actor=actor or system_actor("job"),
        at=at,
        note=seals.seal_over([(row.seq, row.digest) for row in rows]),
    )


def _newest(log_name: str, key: Ed25519PrivateKey) -> Checkpoint:
    """What the newest checkpoint states, if it is rightly signed; of an unsigned ledger, that it began empty."""
    found = db.session.scalar(sa.select(LedgerCheckpoint).order_by(LedgerCheckpoint.size.desc()).limit(1))
    if found is None:
        return Checkpoint(log_name, 0, merkle.EMPTY_ROOT)
    try:
        return checkpoint.verify(found.note, Verifier(log_name, key.public_key()), log_name)
    except CheckpointWrong as broken:
        raise LedgerDamaged(f"The checkpoint of {found.size} entries is not to be trusted: {broken}") from broken


def _root_since(before: Checkpoint, size: int) -> bytes:
    """The root of the first `size` entries, after checking everything since the checkpoint `before`."""
    tree = merkle.Frontier(before.size, [_hash_at(level, index) for level, index in merkle.peaks(before.size)])
    if tree.root() != before.root or before.size > size:
        raise LedgerDamaged(f"The first {before.size} entries are not those that were signed")
    completed: dict[merkle.Position, bytes] = {}
    for leaf in _leaves_from(before.size):
        if leaf.seq != tree.size or merkle.leaf_hash(leaf.entry) != leaf.leaf_hash:
            raise LedgerDamaged(f"Entry {tree.size} is missing or was changed")
        completed.update({(level, index): hashed for level, index, hashed in tree.append(leaf.leaf_hash)})
    if tree.size != size or completed != dict(_nodes_from(before.size, size)):
        raise LedgerDamaged("The hashes above the entries do not fit them")
    return tree.root()


def _hash_at(level: int, index: int) -> bytes:
    query = (
        sa.select(LedgerNode.hash).where(LedgerNode.level == level, LedgerNode.idx == index)
        if level
        else sa.select(LedgerLeaf.leaf_hash).where(LedgerLeaf.seq == index)
    )
    found = db.session.scalar(query)
    if found is None:
        raise LedgerDamaged("A hash or an entry that was signed is missing")
    return found


def _leaves_from(seq: int) -> Iterator[sa.Row[tuple[int, bytes, bytes]]]:
    while True:
        query = sa.select(LedgerLeaf.seq, LedgerLeaf.entry, LedgerLeaf.leaf_hash).where(LedgerLeaf.seq >= seq)
        page = db.session.execute(query.order_by(LedgerLeaf.seq).limit(_PAGE)).all()
        yield from page
        if len(page) < _PAGE:
            return
        seq = page[-1].seq + 1


def _nodes_from(before: int, size: int) -> Iterator[tuple[merkle.Position, bytes]]:
    for level in range(1, size.bit_length()):
        newer = sa.and_(LedgerNode.level == level, LedgerNode.idx >= before >> level)
        for index, hashed in db.session.execute(sa.select(LedgerNode.idx, LedgerNode.hash).where(newer)):
            yield (level, index), hashed
