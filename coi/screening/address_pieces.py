"""The pieces of practices' addresses: buildings, streets and villages, and who is at each. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from coi.screening.index import NameIndex, line_words
from coi.screening.indexing import BUILDING
from coi.screening.likeness import run_together
from coi.screening.names import PRACTICE_WORDS, core

TRADE, HOUSE, STREET, PLACE = "works at", "works in", "is in", "is at"
KINDS = (TRADE, HOUSE, STREET, PLACE)  # strongest first
HOUSED = (TRADE, HOUSE)
_STREETS = frozenset(
    ("road", "street", "lane", "avenue", "close", "drive", "way", "square", "hill", "green", "gardens", "mews", "crescent", "terrace",
     "grove", "row", "place", "parade", "walk", "rise", "gate", "broadway")
)  # fmt: skip
_HOUSES = frozenset(
    ("house", "lodge", "court", "hall", "building", "buildings", "villa", "manor", "grange", "tower", "hub", "gables")
)
TRADING = frozenset(
    ("surgery", "practice", "group", "partnership", "mp")
)  # what a practice calls itself, and no building
_RARE = 0.56  # of the greatest weight: a word that few names hold
_LIKE, _SHORTEST = 0.88, 9  # how like, and how long, the name of a building with a slip of the pen is


class AddressPieces:
    """The pieces of the addresses of some practices, each with who is there."""

    def __init__(self, index: NameIndex, numbers: Iterable[int]) -> None:
        self.held: dict[tuple[str, ...], dict[int, str]] = defaultdict(dict)
        villages: set[tuple[str, ...]] = set()  # what a village is called is no house there
        for number in numbers:
            one = index.organisations[number]
            if one.kind == "practice" and one.status == "active":
                for words_of, kind in _pieces_of(index, number):
                    villages |= {words_of} if kind == PLACE and len(words_of) == 1 else set()
                    before = self.held[words_of].get(number, kind)
                    self.held[words_of][number] = min(before, kind, key=KINDS.index)
        for listed in villages:
            self.held[listed] = dict.fromkeys(self.held[listed], PLACE)
        self.joined: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for listed, there in self.held.items():
            together = "".join(listed)
            if any(kind in HOUSED for kind in there.values()) and len(together) >= _SHORTEST:
                self.joined[together].append(listed)

    def at(self, listed: tuple[str, ...]) -> tuple[str, frozenset[int]]:
        """Returns what kind of place these words are, and who is there."""
        there = self.held.get(listed, {})
        kind = min(there.values(), key=KINDS.index, default=PLACE)
        return kind, frozenset(there)

    def like(self, listed: tuple[str, ...]) -> tuple[str, ...]:
        """Returns the one building that these words may be a slip of, nothing where there is none."""
        together = "".join(listed)
        if len(together) < _SHORTEST:
            return ()
        known = [other for other in self.joined if other[0] == together[0]]
        found = run_together(together, known, least=_LIKE, most=2)
        return self.joined[found[0][0]][0] if len(found) == 1 else ()


def _pieces_of(index: NameIndex, number: int) -> Iterator[tuple[tuple[str, ...], str]]:
    """The pieces of one address but for town and county, and for a word that whoever is there is called by."""
    one = index.organisations[number]
    names = {variant.core for variant in index.names_borne(number) if variant.kind != BUILDING}
    town = line_words(one.town)
    for place, line in enumerate(one.address):
        for piece in line.split(",") if not line.startswith("C/O") else ():
            listed = line_words(piece)
            bare = tuple(word for word in listed if not word[0].isdigit())
            telling = core(bare)
            if not telling or (len(telling) == 1 and telling in names) or telling == town or index.county_at_end(bare):
                continue
            kind = _kind_of(bare, place, is_numbered=len(bare) < len(listed))
            is_weak = len(telling) == 1 and index.weight(telling[0]) < index.unknown_weight * _RARE
            if kind in HOUSED and (is_weak or all(word in index.place_words for word in telling)):
                continue
            yield telling, kind
            if kind in HOUSED and len(telling) > len(town) + 1 and telling[-len(town) :] == town:
                yield telling[: -len(town)], kind


def _kind_of(listed: Sequence[str], place: int, *, is_numbered: bool) -> str:
    if listed[-1] in _STREETS or is_numbered:
        return STREET
    if not TRADING.isdisjoint(listed):
        return TRADE
    return HOUSE if place == 0 or listed[-1] in _HOUSES or not PRACTICE_WORDS.isdisjoint(listed) else PLACE
