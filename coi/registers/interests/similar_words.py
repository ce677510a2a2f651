"""Words of declarants that may mean one organisation, brought together: "Harbour Row Physio", "Harbour Row Physiotherapy Clinic". Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from coi.screening.names import PRACTICE_WORDS, WEAK_WORDS, company_key

_ROUGH = PRACTICE_WORDS | WEAK_WORDS  # they say the type, and one person writes them where another does not
_SHORTEST = 4  # letters that an abbreviation keeps: "phys", "dent"
_SLIPS = range(8, 61)  # how long words are between which one wrong letter is taken for a slip
Key = tuple[str, ...]


def alike(texts: Iterable[str]) -> dict[str, str]:
    """Returns, per text, the text that stands for its group, the first of it in the alphabet: those that differ in their type or legal
    form, in a shortened last word or in one letter. It proposes; a person decides. The work grows with the number of texts, not with
    its square. Rule: REG-01; RULEBOOK §24 (matching is by organisation)."""
    keys = {text: _telling(text) for text in sorted(set(texts))}
    groups = _Groups(keys.values())
    for first, other in (*_shortened(groups.known), *_slips(groups.known)):
        groups.join(first, other)
    first_of: dict[Key, str] = {}
    for text, key in keys.items():
        first_of.setdefault(groups.of(key), text)
    return {text: first_of[groups.of(key)] for text, key in keys.items()}


class _Groups:
    """Keys that belong together, joined two at a time."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._parents: dict[Key, Key] = {key: key for key in keys}

    @property
    def known(self) -> list[Key]:
        return sorted(self._parents)

    def of(self, key: Key) -> Key:
        """Returns the key that stands for the group of a key; the way there is shorter the next time."""
        while self._parents[key] != key:
            self._parents[key] = self._parents[self._parents[key]]
            key = self._parents[key]
        return key

    def join(self, first: Key, other: Key) -> None:
        self._parents[self.of(other)] = self.of(first)


def _telling(text: str) -> Key:
    """The words that tell organisations apart; all where each says only a type; the text where it holds no word."""
    listed = tuple(company_key(text).removeprefix("name:").split())
    return tuple(word for word in listed if word not in _ROUGH) or listed or (text.strip().casefold(),)


def _shortened(keys: Iterable[Key]) -> Iterable[tuple[Key, Key]]:
    """Yields pairs that have all words but the last in common, and the last of one begins that of the other."""
    by_start: Mapping[Key, list[str]] = defaultdict(list)
    for key in keys:
        by_start[key[:-1]].append(key[-1])
    for start, lasts in by_start.items():
        short = ""
        for word in sorted(lasts) if start else ():
            if short and word.startswith(short):
                yield (*start, short), (*start, word)
            elif len(word) >= _SHORTEST and word.isalpha():
                short = word


def _slips(keys: Iterable[Key]) -> Iterable[tuple[Key, Key]]:
    """Yields pairs that are the same but for a letter: they are where one letter is left out. A digit is never a slip."""
    seen: dict[str, Key] = {}
    for key in keys:
        said = " ".join(key)
        if len(said) not in _SLIPS:
            continue
        for left in (said, *(said[:at] + said[at + 1 :] for at, letter in enumerate(said) if letter.isalpha())):
            yield seen.setdefault(left, key), key
