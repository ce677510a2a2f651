"""Whether two names of organisations may mean the same, where one of them is matched to nothing, or neither has a code: by their words
alone. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from coi.screening.likeness import slips
from coi.screening.names import (
    COMMISSIONER_WORDS,
    COMPANY_WORDS,
    FOREIGN_WORDS,
    NETWORK_WORDS,
    PRACTICE_WORDS,
    TRUST_WORDS,
    TYPE_WORDS,
    company_key,
    name_words,
)
from coi.screening.vocabulary import Edge, EdgeKind, InterestFact, ItemFact

Called = tuple[str, str]  # an organisation's key, and its name
_LEAST_LETTERS = 5  # of a word that may be cut short or misspelt
_COMMON = TYPE_WORDS | FOREIGN_WORDS
_FOREIGN = FOREIGN_WORDS - COMPANY_WORDS
_KINDS = (COMMISSIONER_WORDS, NETWORK_WORDS, TRUST_WORDS, _FOREIGN)  # whose words tell one kind of body from another

words_key = lru_cache(maxsize=4096)(company_key)


@lru_cache(maxsize=8192)
def is_alike(first: str, second: str) -> bool:
    """Whether each word of the shorter name is one of the other's, be it cut short or with one slip: "Harbour Row Fysio" and "Harbour Row
    Physiotherapy". One word alone that tells must be all that both tell ("Elm Surgery" is not "Elm Lane Surgery"); words that only say what
    kind of place it is tell nothing."""
    one, other = _words(first), _words(second)
    if "".join(one) == "".join(other):
        return bool(one)
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < 2 and len(longer) > 1:
        return False
    told = sum(word not in _COMMON for word in shorter)
    enough = told > 1 or told == 1 == sum(word not in _COMMON for word in longer)
    return enough and _has_each(longer, shorter)


@lru_cache(maxsize=8192)
def is_told_alike(words: str, name: str) -> bool:
    """Whether words that are matched to nothing tell what the name of a known organisation tells, whatever kind of practice each says:
    "Pellow" and "Pellowe Surgery"; or at least two of the words that tell. A trust, a network, a commissioner or a hospice is no practice,
    but two words that say no kind may be any."""
    one, other = _words(words), _words(name)
    if "".join(one) == "".join(other):
        return bool(one)
    shorter, longer = sorted((_telling(one), _telling(other)), key=len)
    says_kind = len(_telling(one)) < 2 or not _COMMON.isdisjoint(one)
    if says_kind and any(kind.isdisjoint(one) != kind.isdisjoint(other) for kind in _KINDS):
        return False
    enough = len(shorter) > 1 or len(shorter) == len(longer) == 1
    return enough and _has_each(longer, shorter)


def alike_edges(items: Iterable[ItemFact], interests: Iterable[InterestFact], unmatched: str) -> tuple[Edge, ...]:
    """Returns edges to what items name, from each organisation of the interests that it may be by its name, under another key. Only where
    one of the two is matched to nothing: its key begins with `unmatched`. Rule: MTG-02; RULEBOOK §24."""
    asked = {(each.key, each.name) for item in items for each in item.affected}
    if not asked:
        return ()
    held = {pair for one in interests for pair in zip(one.organisations, one.organisation_names, strict=True)}
    if not any(key.startswith(unmatched) for key, _ in asked):
        held = {pair for pair in held if pair[0].startswith(unmatched)}
    return _edges(tuple(sorted(asked)), tuple(sorted(held)), unmatched) if held else ()


def twin_edges(
    items: Iterable[ItemFact], interests: Iterable[InterestFact], uncoded: Collection[str]
) -> tuple[Edge, ...]:
    """Returns edges to what items name, from each organisation of the interests that is called the same, where neither has an ODS code
    (`uncoded` are their keys): a person typed both in, and may have typed one organisation in twice. Rule: MTG-02; RULEBOOK §24."""
    asked = {(each.key, words_key(each.name)) for item in items for each in item.affected if each.key in uncoded}
    if not asked:
        return ()
    held = {pair for one in interests for pair in zip(one.organisations, one.organisation_names, strict=True)}
    own = sorted((key, words_key(name)) for key, name in held if key in uncoded)
    found = ((key, target) for target, called in sorted(asked) for key, name in own if key != target and name == called)
    return tuple(Edge(source, target, EdgeKind.ALIKE) for source, target in found)


@lru_cache(maxsize=8)
def _edges(asked: tuple[Called, ...], held: tuple[Called, ...], unmatched: str) -> tuple[Edge, ...]:
    places: dict[str, list[Called]] = defaultdict(list)
    for pair in held:
        for place in _places(pair[1]):
            places[place].append(pair)
    found: dict[tuple[str, str], None] = {}
    for target, name in asked:
        near = dict.fromkeys(pair for place in _places(name) for pair in places.get(place, ()))
        for source, called in near:
            if source != target and _may_be(source.startswith(unmatched), called, target.startswith(unmatched), name):
                found[source, target] = None
    return tuple(Edge(source, target, EdgeKind.ALIKE) for source, target in sorted(found))


def _may_be(held_loosely: bool, called: str, asked_loosely: bool, name: str) -> bool:
    if not (held_loosely or asked_loosely):
        return False
    if held_loosely != asked_loosely and _is_company_beside(*((called, name) if held_loosely else (name, called))):
        return False
    if asked_loosely and is_alike(name, called):
        return True
    return held_loosely != asked_loosely and is_told_alike(called, name)


def _is_company_beside(loose: str, known: str) -> bool:
    """ "Chelmer Ltd" is no Chelmer Medical Partnership: a name with a legal form, and no word for a practice, is another organisation."""
    told, other = set(name_words(loose)), set(name_words(known))
    is_company = not told.isdisjoint(COMPANY_WORDS) and told.isdisjoint(PRACTICE_WORDS)
    return is_company and other.isdisjoint(COMPANY_WORDS) and not other.isdisjoint(PRACTICE_WORDS)


def _places(name: str) -> Iterator[str]:
    """Where two names that are alike meet: run together, or at the beginning or the end of a word that tells; one slip leaves either."""
    listed = _words(name)
    yield "".join(listed)
    for word in _telling(listed):
        sound = _sound(word)
        yield f"{sound[:2]} "
        yield f" {sound[-2:]}"


@lru_cache(maxsize=8192)
def _words(name: str) -> tuple[str, ...]:
    return tuple(words_key(name).removeprefix("name:").split())


def _telling(listed: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in listed if word not in TYPE_WORDS and word != "saint")


def _has_each(longer: Iterable[str], shorter: Iterable[str]) -> bool:
    left = list(longer)
    for word in shorter:
        found = next((each for each in left if _is_same(word, each)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _sound(word: str) -> str:
    """ "Fysio" is a usual slip for "Physio"."""
    return word.replace("ph", "f")


def _is_same(word: str, other: str) -> bool:
    if word == other:
        return True
    shorter, longer = sorted((_sound(word), _sound(other)), key=len)
    if len(shorter) < _LEAST_LETTERS or not word.isalpha() or not other.isalpha():
        return False
    one_slip = 1 - 1.5 / len(longer)
    return longer.startswith(shorter) or bool(slips(shorter, (longer,), least=one_slip, most=1))
