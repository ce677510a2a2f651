"""The Merkle tree of RFC 6962 and RFC 9162: hashes, roots, inclusion and consistency proofs, and checking them.
Pure."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

Position = tuple[int, int]
"""A perfect subtree: (level, index). Level 0 is a leaf; the subtree covers leaves index·2^level and on, 2^level of
them."""

Nodes = Callable[[int, int], bytes]
"""Gives the hash at a position that is complete."""


class ProofWrong(ValueError):
    """A proof does not show what it is said to show."""


def leaf_hash(data: bytes) -> bytes:
    """Returns SHA-256(0x00 ‖ data). Source: RFC 9162 §2.1.1."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Returns SHA-256(0x01 ‖ left ‖ right). Source: RFC 9162 §2.1.1."""
    return sha256(b"\x01" + left + right).digest()


def tree_hash(leaf_hashes: Iterable[bytes]) -> bytes:
    """Returns the root over leaf hashes, in order."""
    frontier = Frontier()
    for each in leaf_hashes:
        frontier.append(each)
    return frontier.root()


class Frontier:
    """A growing tree of which only the perfect subtrees at its right edge are kept: what an append needs and no
    more."""

    def __init__(self, size: int = 0, peak_hashes: Sequence[bytes] = ()) -> None:
        """Takes up a tree of `size` leaves, given the hashes at `peaks(size)` in that order."""
        if len(peak_hashes) != size.bit_count():
            raise ValueError(f"A tree of {size} leaves has {size.bit_count()} peaks, not {len(peak_hashes)}")
        self.size = size
        self._peaks = list(peak_hashes)

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Adds a leaf hash. Returns the subtrees that it completes above the leaf, lowest first, as (level, index,
        hash)."""
        completed = []
        hashed = leaf
        index = self.size
        level = 0
        while index & 1:
            hashed = node_hash(self._peaks.pop(), hashed)
            index >>= 1
            level += 1
            completed.append((level, index, hashed))
        self._peaks.append(hashed)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """Returns the root over all leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root


def peaks(size: int) -> list[Position]:
    """Returns the perfect subtrees that make up a tree of `size` leaves, from the left."""
    found = []
    first = 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            found.append((level, first >> level))
            first += 1 << level
    return found


def siblings(index: int) -> list[Position]:
    """Returns the positions that `completed_by` needs to append the leaf numbered `index`, lowest first."""
    found = []
    level = 0
    while index >> level & 1:
        found.append((level, (index >> level) - 1))
        level += 1
    return found


def completed_by(index: int, leaf: bytes, sibling_hashes: Sequence[bytes]) -> list[tuple[int, int, bytes]]:
    """Returns the subtrees that leaf number `index` completes, as (level, index, hash), from the hashes at
    `siblings(index)`."""
    completed = []
    hashed = leaf
    for level, sibling in enumerate(sibling_hashes, start=1):
        hashed = node_hash(sibling, hashed)
        completed.append((level, index >> level, hashed))
    return completed


def root_from(size: int, nodes: Nodes) -> bytes:
    """Returns the root of the first `size` leaves."""
    return _range_hash(0, size, nodes) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """Returns the proof that leaf `index` is in the tree of `size` leaves. Source: RFC 9162 §2.1.3.1."""
    if not 0 <= index < size:
        raise ProofWrong(f"Leaf {index} is not in a tree of {size}")
    path: list[bytes] = []
    first, last = 0, size
    while last - first > 1:
        middle = first + _split(last - first)
        if index < middle:
            path.append(_range_hash(middle, last, nodes))
            last = middle
        else:
            path.append(_range_hash(first, middle, nodes))
            first = middle
    return path[::-1]


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Raises ProofWrong unless `proof` shows that leaf hash number `index` is under `root`. Source: RFC 9162
    §2.1.3.2."""
    if not 0 <= index < size:
        raise ProofWrong(f"Leaf {index} is not in a tree of {size}")
    position, last, hashed = index, size - 1, leaf
    for each in proof:
        if last == 0:
            raise ProofWrong("The proof is too long")
        if position & 1 or position == last:
            hashed = node_hash(each, hashed)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            hashed = node_hash(hashed, each)
        position >>= 1
        last >>= 1
    if last:
        raise ProofWrong("The proof is too short")
    if hashed != root:
        raise ProofWrong("The proof leads to another root")


def consistency_proof(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """Returns the proof that the tree of `new` leaves begins with the tree of `old` leaves. Source: RFC 9162
    §2.1.4.1."""
    if not 0 <= old <= new:
        raise ProofWrong(f"A tree of {new} leaves cannot extend one of {old}")
    if old in (0, new):
        return []
    path: list[bytes] = []
    first, last, whole = 0, new, True
    while first + (old - first) != last:
        middle = first + _split(last - first)
        if old <= middle:
            path.append(_range_hash(middle, last, nodes))
            last = middle
        else:
            path.append(_range_hash(first, middle, nodes))
            first, whole = middle, False
    if not whole:
        path.append(_range_hash(first, last, nodes))
    return path[::-1]


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raises ProofWrong unless `proof` shows that the tree under `new_root` begins with that under `old_root`.
    Source: RFC 9162 §2.1.4.2."""
    if not 0 <= old <= new:
        raise ProofWrong(f"A tree of {new} leaves cannot extend one of {old}")
    if old in (0, new):
        if proof or (old == new and old_root != new_root) or (old == 0 and old_root != EMPTY_ROOT):
            raise ProofWrong("The trees are not the same")
        return
    steps = list(proof)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        raise ProofWrong("The proof is too short")
    position, last = old - 1, new - 1
    while position & 1:
        position >>= 1
        last >>= 1
    old_found = new_found = steps[0]
    for each in steps[1:]:
        if last == 0:
            raise ProofWrong("The proof is too long")
        if position & 1 or position == last:
            old_found = node_hash(each, old_found)
            new_found = node_hash(each, new_found)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            new_found = node_hash(new_found, each)
        position >>= 1
        last >>= 1
    if last:
        raise ProofWrong("The proof is too short")
    if old_found != old_root or new_found != new_root:
        raise ProofWrong("The later tree does not begin with the earlier one")


def _split(count: int) -> int:
    """The largest power of two smaller than `count` (at least 2)."""
    return 1 << (count - 1).bit_length() - 1


def _range_hash(first: int, last: int, nodes: Nodes) -> bytes:
    """The hash over leaves first … last-1, as the tree's recursion cuts it."""
    count = last - first
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return nodes(level, first >> level)
    middle = first + _split(count)
    return node_hash(_range_hash(first, middle, nodes), _range_hash(middle, last, nodes))
