"""Whether two names of organisations without a code may mean the same: by their words alone. Pure."""

from collections.abc import Iterable
from functools import lru_cache

from coi.screening.likeness import slips
from coi.screening.names import FOREIGN_WORDS, TYPE_WORDS, company_key
from coi.screening.vocabulary import Edge, EdgeKind, InterestFact, ItemFact

Called = tuple[str, str]  # an organisation's key, and its name
_LEAST_LETTERS = 5  # of a word that may be cut short or misspelt
_COMMON = TYPE_WORDS | FOREIGN_WORDS

words_key = lru_cache(maxsize=4096)(company_key)


@lru_cache(maxsize=8192)
def is_alike(first: str, second: str) -> bool:
    """Whether each word of the shorter name is one of the other's, be it cut short or with one slip: "Harbour Row Fysio" and "Harbour Row
    Physiotherapy". One word alone must be all of both; words that only say what kind of place it is tell nothing."""
    one, other = _words(first), _words(second)
    if "".join(one) == "".join(other):
        return bool(one)
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < 2 and len(longer) > 1:
        return False
    left = list(longer)
    for word in shorter:
        found = next((each for each in left if _is_same(word, each)), None)
        if found is None:
            return False
        left.remove(found)
    return not _COMMON.issuperset(shorter)


def alike_edges(items: Iterable[ItemFact], interests: Iterable[InterestFact], unmatched: str) -> tuple[Edge, ...]:
    """Returns edges to what items name in words alone, whose keys begin with `unmatched`, from each organisation of the interests that it
    may be by its name, under another key. Looks at no interest where no item does. Rule: MTG-02; RULEBOOK §24."""
    asked = {(each.key, each.name) for item in items for each in item.affected if each.key.startswith(unmatched)}
    if not asked:
        return ()
    held = {pair for one in interests for pair in zip(one.organisations, one.organisation_names, strict=True)}
    return _edges(tuple(sorted(asked)), tuple(sorted(held)))


@lru_cache(maxsize=8)
def _edges(asked: tuple[Called, ...], held: tuple[Called, ...]) -> tuple[Edge, ...]:
    pairs = ((source, target) for target, name in asked for source, called in held if is_alike(name, called))
    return tuple(Edge(source, target, EdgeKind.ALIKE) for source, target in dict.fromkeys(pairs) if source != target)


def _words(name: str) -> tuple[str, ...]:
    """As they sound: "Fysio" is a usual slip for "Physio"."""
    return tuple(words_key(name).removeprefix("name:").replace("ph", "f").split())


def _is_same(word: str, other: str) -> bool:
    if word == other:
        return True
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) < _LEAST_LETTERS or not word.isalpha() or not other.isalpha():
        return False
    one_slip = 1 - 1.5 / len(longer)
    return longer.startswith(shorter) or bool(slips(word, (other,), least=one_slip, most=1))
