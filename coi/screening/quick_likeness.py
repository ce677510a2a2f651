"""What `likeness` says, said quickly of many thousand names. It loads a large library: only an index of that many asks for it."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from coi.screening.likeness import Found


def slips(word: str, known: Sequence[str], *, least: float, most: int) -> Found:
    """Returns what `likeness.slips` returns."""
    found = process.extract(word, known, scorer=OSA.normalized_similarity, score_cutoff=least, limit=most)
    return [(str(other), float(share)) for other, share, _ in found]


def run_together(name: str, known: Sequence[str], *, least: float, most: int) -> Found:
    """Returns what `likeness.run_together` returns."""
    found = process.extract(name, known, scorer=Indel.normalized_similarity, score_cutoff=least, limit=most)
    return [(str(other), float(share)) for other, share, _ in found]
