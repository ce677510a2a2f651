"""What kind of organisation a phrase means by what it calls itself, and how well its type words agree with a name's. Pure."""

from functools import lru_cache

from coi.screening.names import COMMISSIONER_WORDS, NETWORK_WORDS, PRACTICE_WORDS, TYPE_WORDS

_NETWORKS, _COMMISSIONERS = frozenset({"pcn"}), frozenset({"commissioner"})
_PRACTICES = frozenset({"practice", "prescribing"})
_NONE_OF_THESE = _PRACTICES | {"trust", "pcn"}  # what says no kind may be any but a commissioner
_OF_TRUSTS = frozenset({"trust", "hospital", "infirmary", "board"})
_OF_PRACTICES = PRACTICE_WORDS - {"health", "partnership", "healthcare", "group"}
_TRUSTS, _TRUSTS_AND_BOARDS = frozenset({"trust"}), frozenset({"trust", "commissioner"})


def kinds_meant(said: frozenset[str], last: str) -> frozenset[str]:
    """Returns the kinds of organisation that a phrase of these words, the last of which is `last`, can mean."""
    if not NETWORK_WORDS.isdisjoint(said):
        return _NETWORKS
    if not COMMISSIONER_WORDS.isdisjoint(said):
        return _COMMISSIONERS
    if not _OF_TRUSTS.isdisjoint(said) and last not in ("practice", "surgery"):
        return _TRUSTS_AND_BOARDS if "board" in said else _TRUSTS
    if not _OF_PRACTICES.isdisjoint(said):
        return _PRACTICES
    return _NONE_OF_THESE


def types_agree(listed: tuple[str, ...], types: tuple[str, ...], named: tuple[str, ...]) -> float:
    """Returns what the type words of a phrase, and of a name, say for their being the same: they decide between "Medical Centre" and
    "Medical Practice" of one place, and do not make a match."""
    called = _types_of(named)
    if not types or not called:
        return -0.01
    if types == called:
        return 0.05 if listed == named else 0.01
    first, second = set(types), set(called)
    return -0.08 * (1 - len(first & second) / len(first | second))


@lru_cache(maxsize=4096)
def _types_of(listed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in listed if word in TYPE_WORDS)
