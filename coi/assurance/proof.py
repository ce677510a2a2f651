"""A ledger entry as the proof of something that is told. Standard library."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Proof:
    """The ledger entry that proves something: its number, what it says happened, when, and who did it by name."""

    seq: int
    event: str
    at: datetime
    by: str


Proofs = tuple[Proof, ...]
"""Every entry about one thing, the oldest first."""
