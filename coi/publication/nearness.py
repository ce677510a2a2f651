"""Which words and names are near to what a visitor wrote, who cannot be expected to know how it is spelt. Pure."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches
from itertools import islice, product

from coi.organisations.naming import folded

SHORTEST = 4
"""Shorter words are near to too many others."""
LONG = 7
MOST_TRIALS = 6
_NEAR, _NEAR_NAME = 0.75, 0.55


def near_words(word: str, known: Iterable[str], most: int = 2) -> list[str]:
    """Returns the known words that a word may be a slip for, the nearest first; none for a short word or one with a digit."""
    if len(word) < SHORTEST or not word.isalpha():
        return []
    pairs = _pairs(word)
    least = (
        len(pairs) // 3 if len(word) < LONG else len(pairs) // 2
    )  # a slip parts two or three pairs of letters, in a long word too
    likely = sorted({each for each in known if each != word and len(pairs & _pairs(each)) >= least})
    return get_close_matches(word, likely, most, _NEAR)


def trials(words: Sequence[str], near: Sequence[Sequence[str]], are_known: Sequence[bool]) -> list[str]:
    """Returns what to look for instead of words that found nothing together: each word that is not known as one that is near, or not at
    all; where all are known, one of them as another that is near, then all but one. `near` has what each word may be a slip for."""
    if not all(are_known):
        options = [
            [word] if known else [*others, ""] for word, known, others in zip(words, are_known, near, strict=True)
        ]
        found = product(*options)
    else:
        spots = range(len(words))
        other = ((*words[:at], each, *words[at + 1 :]) for at in spots for each in near[at][:1])
        fewer = ((*words[:at], *words[at + 1 :]) for at in reversed(spots))
        found = (each for several in (other, fewer) for each in several)  # type: ignore[assignment]
    texts = (" ".join(word for word in each if word) for each in found if any(len(word) >= SHORTEST for word in each))
    return list(islice(dict.fromkeys(texts), MOST_TRIALS))


def near_names(text: str, names: Iterable[str], most: int = 5) -> list[str]:
    """Returns the names that somebody may mean who wrote a text, the nearest first. Names say more than was asked: each word of the text
    counts by the nearest in the name, and its length."""
    words = folded(text).split()
    like: dict[tuple[str, str], float] = {}
    scores: dict[str, float] = {}
    for name in names:
        others = folded(name).split()
        pairs = [(word, other) for word in words for other in others]
        like |= {pair: _likeness(*pair) for pair in pairs if pair not in like}
        best = sum(len(word) * max((like[word, other] for other in others), default=0) for word in words)
        scores[name] = best / max(sum(map(len, words)), 1)
    near = [name for name, score in scores.items() if score >= _NEAR_NAME]
    return sorted(near, key=lambda name: (-scores[name], name))[:most]


def _likeness(word: str, other: str) -> float:
    if word == other:
        return 1
    shared = len(_pairs(word) & _pairs(other))
    return SequenceMatcher(None, word, other).ratio() if shared else 0


def _pairs(word: str) -> set[str]:
    return {word[at : at + 2] for at in range(len(word) - 1)}
