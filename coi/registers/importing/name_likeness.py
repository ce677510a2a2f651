"""Names that may be those of one person, however they are written: without the hyphen, surname first, with initials. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from coi.organisations.naming import folded
from coi.people.vocabulary import PersonDetails

T = TypeVar("T")


def words_of_name(who: PersonDetails) -> tuple[str, ...]:
    """The words of a name without its title, in one order for all ways of writing it."""
    return tuple(sorted(folded(f"{who.given_names} {who.family_name}").split()))


class NamesAlike(Generic[T]):
    """Things by a name, found by any name that may be the same one. A single word is nobody's whole name."""

    def __init__(self, named: Iterable[tuple[PersonDetails, T]]) -> None:
        self._of_name: dict[tuple[str, ...], list[T]] = defaultdict(list)
        self._with_key: dict[tuple[str, str], dict[tuple[str, ...], None]] = defaultdict(dict)
        for who, each in named:
            words = words_of_name(who)
            self._of_name[words].append(each)
            for key in _keys(words):
                self._with_key[key][words] = None

    def of(self, who: PersonDetails) -> list[T]:
        """Returns what bears a name that may be this one, each once."""
        words = words_of_name(who)
        near = dict.fromkeys(other for key in sorted(_keys(words)) for other in self._with_key.get(key, ()))
        return [each for other in near if _fit(words, other) for each in self._of_name[other]]


def _keys(words: tuple[str, ...]) -> set[tuple[str, str]]:
    """What two names that fit have in common: a whole word, and how another begins."""
    return {
        (word, other[0])
        for at, word in enumerate(words)
        for beside, other in enumerate(words)
        if at != beside and len(word) > 1
    }


def _fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether every word of the shorter of two names stands in the other, in full or as an initial, and one of them in full; or two words
    of one are written together in the other."""
    short, long = sorted((one, other), key=len)
    if len(short) < 2 or sorted("".join(one)) == sorted("".join(other)):
        return len(short) > 1
    shared = Counter(short) & Counter(long)
    left, free = list((Counter(short) - shared).elements()), list((Counter(long) - shared).elements())
    if not any(len(word) > 1 for word in shared):
        return False
    for word in left:
        found = next((each for each in free if 1 in (len(word), len(each)) and word[0] == each[0]), None)
        if found is None:
            return False
        free.remove(found)
    return True
