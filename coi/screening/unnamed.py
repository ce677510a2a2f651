"""Texts that say where a practice is and not what it is called, or its code with a slip: "Health Centre, Okehampton", "GP, F81O22". Whoever
can be nobody else is named. Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from coi.screening.beside import is_adjoining
from coi.screening.hints import DWELLING
from coi.screening.index import NameIndex
from coi.screening.likeness import slips
from coi.screening.names import TYPE_WORDS, name_words
from coi.screening.noise import SURE_TYPES
from coi.screening.scoring import NOBODY, Scored, Verdict
from coi.screening.segments import Mention

_MOST = 20  # practices of a town of which a person can choose one
_NO_TYPES = frozenset(
    {"trust", "hospital", "infirmary", "pcn", "network", "ccg", "icb", "board", "commissioning", "foundation"}
)
_POST = re.compile(
    r"\bpartner(?:ship)?\b|\bsalaried\b|\bGPs?\b|\blocum\b|\bpractice (?:manager|nurse|pharmacist)\b|\bprincipal\b",
    re.IGNORECASE,
)
_PLACE = r"([A-Z][\w'’-]+(?:[\s-](?:(?:on|upon|in|under|le|the|by|of)[\s-]+)*[A-Z][\w'’-]+)*)"
_HOUSE = r"(?i:(?:GP |general |medical |doctors['’]? |health )*(?:practices?|surgery|surgeries|centre|clinic))"
_SOMEWHERE = (
    re.compile(
        rf"\b(?i:an?|another|one of the|some|local|my|our|the)\s+(?:(?!(?i:medical)\b)[a-z-]+\s+){{0,2}}?{_HOUSE}\s+(?i:in|near)\s+{_PLACE}"
    ),
    re.compile(rf"\b(?i:an?|another|one of the)\s+{_PLACE}\s+{_HOUSE}"),
    re.compile(rf"\b(?:GPs?|(?i:partner|principal|locum))\s+(?i:in|near)\s+{_PLACE}"),
    re.compile(rf"\bGP(?i:\s+(?:partner|principal|locum))?\s*(?:,|\s[-–—]|\()\s*{_PLACE}\W*$"),
)
_CODE = re.compile(r"(?<![A-Za-z0-9])(?=(?:[A-Za-z]*\d){2})[A-Za-z][A-Za-z0-9]{4,6}(?![A-Za-z0-9])")
_READ = re.compile(r"[A-Z]\d{4,6}")
_LOOKS_LIKE = str.maketrans("OQILZSB", "0011258")
_ONE_SLIP = 1 - 1 / 6 - 0.001  # of the six letters of a code


def says_a_code(text: str) -> bool:
    """Whether a word of a text looks like an organisation's code."""
    return any(_READ.fullmatch(_read(found[0])) for found in _CODE.finditer(text))


def is_swapped(code: str, meant: str) -> bool:
    """Whether two digits next to each other are swapped in a code: A81043 for A81034."""
    differing = [place for place, (one, other) in enumerate(zip(code, meant, strict=False)) if one != other]
    return len(differing) == 2 and differing[1] - differing[0] == 1 and sorted(code) == sorted(meant)


def without_name(index: NameIndex, text: str, phrases: Sequence[Mention], area: str) -> Verdict:
    """Returns the practice that a text without any name can mean alone, else those that it may mean, all of the register's area."""
    if not area or DWELLING.search(text):
        return NOBODY
    for verdict in (_miscoded(index, text, area), _turned(index, text, phrases, area), _somewhere(index, text, area)):
        if verdict != NOBODY:
            return verdict
    return NOBODY


def _miscoded(index: NameIndex, text: str, area: str) -> Verdict:
    """A letter that looks like a digit, where only digits stand, is that digit. Of codes a slip away nobody knows which is meant."""
    for found in _CODE.finditer(text):
        said, read = found[0].upper(), _read(found[0])
        if not _READ.fullmatch(read):
            continue
        number = index.by_code.get(read)
        if number is not None and number in index.members(area):
            return [_one(index, number, area, f"ODS code {said}, read as {read}")], []
        own = {index.organisations[each].code.lower(): each for each in sorted(index.members(area))}
        near = slips(read.lower(), [code for code in own if len(code) > 4], least=_ONE_SLIP, most=_MOST)
        return [], [_one(index, own[code], area, f"the code {said} is a slip away from its own") for code, _ in near]
    return NOBODY


def _read(said: str) -> str:
    return said[0].upper() + said[1:].upper().translate(_LOOKS_LIKE)


def _turned(index: NameIndex, text: str, phrases: Sequence[Mention], area: str) -> Verdict:
    """ "Health Centre, Okehampton": a type, and right behind it a place."""
    for kind, place in pairwise(phrases):
        is_kind = SURE_TYPES.intersection(kind.listed) and TYPE_WORDS.issuperset(kind.listed + kind.tail)
        if not is_kind or not _NO_TYPES.isdisjoint(kind.listed) or place.has_type or not place.raw[:1].isupper():
            continue
        if kind.raw[:1].isupper() and is_adjoining(text[kind.end : place.start]):
            there = _practices_in(index, place.listed, area)
            return (there, []) if len(there) == 1 else ([], there)
    return NOBODY


def _somewhere(index: NameIndex, text: str, area: str) -> Verdict:
    """ "A practice in Maldon" is one of those, and even where there is only one nobody said that it is meant."""
    if not _POST.search(text):
        return NOBODY
    found = next((match for match in (pattern.search(text) for pattern in _SOMEWHERE) if match), None)
    return ([], _practices_in(index, name_words(found[1]), area)) if found else NOBODY


def _practices_in(index: NameIndex, place: tuple[str, ...], area: str) -> list[Scored]:
    """The open practices of an area in a place, where a person can choose among them."""
    numbers = index.at_place(place, area) if place and not TYPE_WORDS.issuperset(place) else []
    there = [number for number in numbers if index.organisations[number].status == "active"]
    called = " ".join(place).title()
    reason = f"the only practice in {called}" if len(there) == 1 else f"one of the {len(there)} practices in {called}"
    return [_one(index, number, area, reason) for number in there] if len(there) <= _MOST else []


def _one(index: NameIndex, number: int, area: str, reason: str) -> Scored:
    return Scored(number, 0.83, 0.8, (reason, f"in the area {area}"), index.is_in_area(number, area), True)
