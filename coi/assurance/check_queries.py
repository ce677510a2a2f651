"""Holding the ledger against a checkpoint that somebody kept. It loads what signatures are checked with: the pages load it when asked."""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from coi.audit import checkpoint, entry, merkle
from coi.audit.checkpoint import Verifier
from coi.audit.models import LedgerLeaf, LedgerPayload
from coi.audit.notes import Checkpoint
from coi.database import db


@dataclass(frozen=True)
class Checked:
    """The ledger held against a checkpoint that was kept elsewhere: how many entries that covers, how many there are, and the first
    thing that does not fit ("" where all does)."""

    size: int
    present: int
    wrong: str = ""

    @property
    def fits(self) -> bool:
        return not self.wrong


def check_against(note: bytes, *, vkey: str, log_name: str) -> Checked:
    """Holds the ledger against an old checkpoint: the entries up to its size and the records in them are hashed again, and the result
    compared with the root that was signed. Raises CheckpointWrong where the note is malformed, about another ledger, or not
    signed by this one's key."""
    stated = checkpoint.verify(note, Verifier.from_text(vkey), log_name)
    present = db.session.scalar(sa.select(sa.func.coalesce(sa.func.max(LedgerLeaf.seq) + 1, 0))) or 0
    if present < stated.size:
        here = f"{present:,} {'entry is' if present == 1 else 'entries are'} here"
        wrong = f"The checkpoint covers {stated.size:,} entries, but only {here}. The end was cut off."
        return Checked(stated.size, present, wrong)
    return Checked(stated.size, present, _first_fault(stated))


def _first_fault(stated: Checkpoint) -> str:
    """The first thing up to the checkpoint that is not as it was."""
    with _streamed(_leaves(stated.size)) as leaves, _streamed(_sections(stated.size)) as kept:
        tree = merkle.Frontier()
        sections = groupby(kept, key=itemgetter(0))
        seq, own = next(sections, (stated.size, iter(())))
        for leaf in leaves:
            if leaf.seq != tree.size:
                break
            tree.append(merkle.leaf_hash(leaf.entry))
            if wrong := _record_fault(leaf.seq, leaf.entry, list(own) if seq == leaf.seq else []):
                return wrong
            if seq <= leaf.seq:
                seq, own = next(sections, (stated.size, iter(())))
        if tree.size != stated.size:
            return f"Entry {tree.size} is missing."
        return "" if tree.root() == stated.root else "The entries are not those that were signed."


def _record_fault(
    seq: int, written: bytes, sections: list[sa.Row[tuple[int, int, bytes, bytes | None, bytes | None]]]
) -> str:
    """Whether what an entry says was kept is still what was kept."""
    try:
        read = entry.read(written)
    except entry.NotCanonical:
        return f"Entry {seq} was altered."
    for _seq, number, commitment, salt, body in sections:
        if salt is None and body is None:
            continue  # erased as the law may ask; an entry of its own says so, and the commitment stays
        if salt is None or body is None or entry.section_commitment(salt, read.type, number, body) != commitment:
            return f"What was kept with entry {seq} was altered."
    if entry.commitment_over([row[2] for row in sections]) != read.commitment:
        return f"What was kept with entry {seq} was altered."
    return ""


def _streamed(query: sa.Select[Any]) -> sa.Result[Any]:
    """The rows of a query as they come, to be closed by whoever stops early."""
    return db.session.execute(query.execution_options(yield_per=1000))


def _leaves(size: int) -> sa.Select[tuple[int, bytes]]:
    return sa.select(LedgerLeaf.seq, LedgerLeaf.entry).where(LedgerLeaf.seq < size).order_by(LedgerLeaf.seq)


def _sections(size: int) -> sa.Select[tuple[int, int, bytes, bytes | None, bytes | None]]:
    columns = (
        LedgerPayload.seq, LedgerPayload.section, LedgerPayload.commitment, LedgerPayload.salt, LedgerPayload.body,
    )  # fmt: skip
    return sa.select(*columns).where(LedgerPayload.seq < size).order_by(LedgerPayload.seq, LedgerPayload.section)
