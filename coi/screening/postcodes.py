"""Texts that say by a postcode alone which practice is meant: "GP surgery, ZZ1 1AA". Whoever else they name is meant, and nobody there."""

from collections.abc import Iterable

from coi.screening.hints import DWELLING
from coi.screening.index import NameIndex
from coi.screening.names import COMMISSIONER_WORDS, NETWORK_WORDS, TRUST_WORDS, TYPE_WORDS, WAYS
from coi.screening.noise import POSTCODE
from coi.screening.scoring import NOBODY, Scored, Verdict
from coi.screening.segments import Mention, mentions

_NO_PRACTICE = COMMISSIONER_WORDS | NETWORK_WORDS | TRUST_WORDS


def at_postcode(index: NameIndex, text: str, area: str) -> Verdict:
    """Returns the one practice that is open at the postcodes of a text, else those that are, where nothing else in it says a name: each of
    its words is a role, a type, or part of the address."""
    codes = {(first + second).upper(): f"{first} {second}".upper() for first, second in POSTCODE.findall(text)}
    there = [(number, said) for code, said in codes.items() for number in index.open_at(code)]
    if not there or DWELLING.search(text):
        return NOBODY
    phrases = mentions(POSTCODE.sub(lambda found: ";" * len(found[0]), text))
    there = [(number, said) for number, said in there if _is_address(phrases, index.places(number))]
    only = "the only practice" if len(there) == 1 else f"one of the {len(there)} practices"
    found = [
        Scored(number, 0.9, 1.0, (f"{only} open at {said}",), index.is_in_area(number, area), True)
        for number, said in there
    ]
    return (found, []) if len(found) == 1 else ([], found)


def _is_address(phrases: Iterable[Mention], places: frozenset[str]) -> bool:
    """Whether phrases say no more than a type and where that is."""
    for phrase in phrases:
        said = {*phrase.listed, *phrase.tail}
        if phrase.is_foreign or not said.isdisjoint(_NO_PRACTICE):
            return False
        if not all(word in places or word.isdigit() for word in said - TYPE_WORDS - WAYS):
            return False
    return True
