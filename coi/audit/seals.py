"""What the access log's digests and seals are computed from."""

from collections.abc import Sequence
from typing import Any

from coi.audit import entry, merkle

TABLE = "access_log"
COVERED = ("at", "account_id", "what", "subject_table", "subject_id", "body_id")


def digest_of(state: dict[str, Any]) -> bytes:
    """Returns the digest of one reading: SHA-256 over the canonical form of every column but its number and digest."""
    return merkle.leaf_hash(entry.canonical({name: state[name] for name in COVERED}))


def seal_over(rows: Sequence[tuple[int, bytes]]) -> dict[str, Any]:
    """Returns what a seal says of a run of readings, given as (seq, digest) in order."""
    root = merkle.tree_hash(merkle.leaf_hash(seq.to_bytes(8, "big") + digest) for seq, digest in rows)
    return {"count": len(rows), "digest": root.hex(), "first": rows[0][0], "last": rows[-1][0]}
