"""How like two words or names are, counted in plain Python: for the few organisations that a request looks at. `quick_likeness` says the
same of the whole country, with a library that a web worker has no room for."""

from collections import defaultdict
from collections.abc import Iterable

Found = list[tuple[str, float]]


def slips(word: str, known: Iterable[str], *, least: float, most: int) -> Found:
    """Returns the words that `word` may be a slip of, the likest first, with their likeness: one less the letters left out, added, taken
    for another or swapped with the next, as a share of the longer word."""
    letters = set(word)
    found = []
    for other in known:
        longer = max(len(word), len(other))
        # one slip brings at most one letter and takes at most one
        if 1 - len(letters.symmetric_difference(other)) / 2 / longer >= least:
            found.append((other, 1 - _slips_between(word, other) / longer))
    return _likest(found, least, most)


def run_together(name: str, known: Iterable[str], *, least: float, most: int) -> Found:
    """Returns the names that are like a whole `name`, the likest first, with their likeness: the letters that both have in one order, as
    a share of all."""
    places: dict[str, int] = defaultdict(int)
    for place, letter in enumerate(name):
        places[letter] |= 1 << place
    found = []
    for other in known:
        both = len(name) + len(other)
        if 1 - abs(len(name) - len(other)) / both >= least:
            found.append((other, 1 - (both - 2 * _in_one_order(places, len(name), other)) / both))
    return _likest(found, least, most)


def _likest(found: Found, least: float, most: int) -> Found:
    """Equals stay in the order in which they are known."""
    return sorted((each for each in found if each[1] >= least), key=lambda each: -each[1])[:most]


def _slips_between(first: str, second: str) -> int:
    """The optimal string alignment distance: row by row, each from the two before."""
    before: list[int] = []
    last = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        row = [i]
        for j, other in enumerate(second, 1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]


def _in_one_order(places: dict[str, int], length: int, other: str) -> int:
    """The length of the longest common subsequence, all places of a name at once as the bits of a number."""
    whole = (1 << length) - 1
    left = whole
    for letter in other:
        taken = left & places.get(letter, 0)
        left = ((left + taken) | (left - taken)) & whole
    return (whole & ~left).bit_count()
