"""The reference organisations made searchable: by code, place, acronym, and by the words of every name they bear or bore."""

import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from coi.screening.indexing import CURRENT, FORMER, Names, Variant, names_of, searched
from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.names import TYPE_WORDS, name_words

line_words = lru_cache(maxsize=8192)(name_words)  # towns and streets come again and again
_LONGEST_COUNTY = 3  # words


class NameIndex:
    """What the matcher searches. Built once per run, in half a second for the whole country; at once from `names` that were saved."""

    def __init__(self, organisations: Iterable[ReferenceOrganisation], names: Names | None = None) -> None:
        self.organisations = searched(organisations)
        self.by_code = {one.code: number for number, one in enumerate(self.organisations)}
        held = names or names_of(self.organisations)
        self.variants, self.postings, self.full, self.by_core = held.variants, held.postings, held.full, held.by_core
        self.weights, self.towns, self.acronyms, self._towns_in = held.weights, held.towns, held.acronyms, held.towns_in
        self.unknown_weight = math.log(max(len(held.variants), 2))
        self.numbers = array("I", [one.number for one in held.variants])  # close together: each text looks at many
        self.lengths = array("H", [len(one.core) for one in held.variants])
        self._begun = "".join([one.joined[:1] or " " for one in held.variants])  # the first letter of each
        self._first = _first_of(self.numbers, len(self.organisations))
        self._by_area, self._above, self._wide = held.by_area, held.above, held.wide
        self._localities, self._posts, self._counties = held.localities, held.posts, held.counties
        self._openings = held.openings
        self._long_towns = frozenset(tuple(town.split()) for town in held.posts if " " in town)
        self._longest = max(map(len, self._long_towns), default=0)
        self._places: dict[int, frozenset[str]] = {}
        self.runs, self.town_runs, self.short = held.runs, held.town_runs, held.short
        self._by_town, self._addresses, self._open_at = held.by_town, held.addresses, held.open_at
        self.hospitals = held.hospitals
        self._places_in: dict[str, dict[str, list[int]]] = {}
        self._area_words: dict[str, frozenset[str]] = {}
        self._members: dict[str, frozenset[int]] = {}

    def weight(self, word: str) -> float:
        """Returns how telling a word is: rare words weigh more; one that no name holds weighs most."""
        return self.weights.get(word, self.unknown_weight)

    def may_begin_name(self, text: str) -> bool:
        """Whether a text can be a name by the word that it begins with. One that may be written otherwise is not looked at closely."""
        first = text.partition(" ")[0]
        return not (first.isalpha() and first.isascii()) or first.lower() in self._openings

    def is_of_a_name(self, word: str) -> bool:
        """Whether a word can stand in a name: a letter alone can in any."""
        return word in self.postings or word in TYPE_WORDS or len(word) == 1

    def places(self, number: int) -> frozenset[str]:
        """Returns the words that say where an organisation is: address, town, postcode, the places of its commissioners."""
        found = self._places.get(number)
        if found is None:
            organisation = self.organisations[number]
            listed = set(organisation.postcode.lower().split())
            for line in (*organisation.address, organisation.town):
                listed.update(line_words(line))
            for area in organisation.areas:
                listed |= self.area_words(area.code)
            found = self._places[number] = frozenset(listed)
        return found

    def places_among(self, number: int, asked: Iterable[str]) -> frozenset[str]:
        """Returns those of the words asked for that say where an organisation is."""
        return frozenset([word for word in asked if self._is_at(number, word) or self._is_of_area(number, word)])

    def _is_at(self, number: int, word: str) -> bool:
        """Whether a word stands in an organisation's address."""
        there = self._standing(word)
        place = bisect_left(there, number)
        return place < len(there) and there[place] == number

    def _standing(self, word: str) -> "memoryview[int]":
        """The organisations in whose addresses a word stands, in order."""
        return memoryview(self._addresses.get(word, b"")).cast("I")

    def _is_of_area(self, number: int, word: str) -> bool:
        """Whether one of an organisation's commissioners is called by a word."""
        if word not in self._called_areas:
            return False
        return any(word in self.area_words(held.code) for held in self.organisations[number].areas)

    @cached_property
    def _called_areas(self) -> frozenset[str]:
        return frozenset().union(*map(self.area_words, self._by_area))

    def area_words(self, code: str) -> frozenset[str]:
        """Returns the place words in a commissioner's name: "NHS BEXLEY CCG" → {"bexley"}."""
        if code not in self._area_words:
            number = self.by_code.get(code)
            listed = name_words(self.organisations[number].name.split(" - ")[0]) if number is not None else ()
            telling = frozenset(
                word for word in listed if word not in TYPE_WORDS and word not in ("integrated", "care")
            )
            self._area_words[code] = telling
        return self._area_words[code]

    def is_in_area(self, number: int, area: str) -> bool:
        """Whether an organisation belongs or belonged to the commissioner `area`, or lies in it; a trust has no commissioner
        and is near when its higher-level area is the same; a network is where its members are."""
        return number in self.members(area)

    def long_towns(self, listed: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Yields the towns of several words that stand in a run of words: ("newcastle", "upon", "tyne"), and not its parts."""
        start = 0
        while start < len(listed) - 1:
            ends = range(min(len(listed), start + self._longest), start + 1, -1)
            town = next((town for end in ends if (town := tuple(listed[start:end])) in self._long_towns), ())
            if town:
                yield town
            start += len(town) or 1

    def is_long_town(self, listed: tuple[str, ...]) -> bool:
        """Whether words are a town of several words."""
        return listed in self._long_towns

    def is_of_town(self, number: int, town: tuple[str, ...]) -> bool:
        """Whether an organisation is in a town of several words, or in what that is called for short: Hull."""
        own = self.town_words(number)
        return len(self.places_among(number, town)) == len(set(town)) or (bool(own) and set(own) <= set(town))

    def county_at_end(self, listed: Sequence[str]) -> tuple[str, ...]:
        """Returns the words of the county that a run of words ends with, where nothing but towns stands before it."""
        for start in range(max(0, len(listed) - _LONGEST_COUNTY), len(listed)):
            if tuple(listed[start:]) in self._counties and all(word in self.towns for word in listed[:start]):
                return tuple(listed[start:])
        return ()

    def county_posts(self, county: tuple[str, ...]) -> frozenset[str]:
        """Returns the postcode areas that a county lies in."""
        return self._counties.get(county, frozenset())

    def posts(self, towns: Iterable[str]) -> frozenset[str]:
        """Returns the postcode areas that towns lie in."""
        return frozenset().union(*(self._posts.get(town, ()) for town in towns))

    def has_town(self, area: str, towns: Collection[str]) -> bool:
        """Whether one of these towns stands in the addresses of an area's practices, or in its commissioner's name."""
        return any(town in self._towns_in.get(area, ()) or town in self.area_words(area) for town in towns)

    def has_in_town(self, area: str, town: tuple[str, ...]) -> bool:
        """Whether a practice or a network of an area is in a town."""
        return not self.members(area).isdisjoint(self._by_town.get(town, ()))

    def is_locality(self, area: str, listed: tuple[str, ...]) -> bool:
        """Whether a part of the area is called so in the addresses of its practices: ("hampstead",)."""
        return " ".join(listed) in self._localities.get(area, ())

    @cached_property
    def place_words(self) -> frozenset[str]:
        """Towns, and the words of commissioners' names: no practice is meant by them alone."""
        codes = (one.code for one in self.organisations if one.kind == "commissioner")
        return self.towns.union(*(self.area_words(code) for code in codes))

    def at_place(self, listed: tuple[str, ...], area: str) -> list[int]:
        """Returns the practices of an area with one line of address that holds all these words next to each other."""
        members, rarest = self.members(area), min(map(self._standing, listed), key=len, default=())
        there = [number for number in rarest if number in members and self.organisations[number].kind == "practice"]
        return [number for number in there if self._says(number, listed)]

    def _says(self, number: int, listed: tuple[str, ...]) -> bool:
        organisation = self.organisations[number]
        for line in (organisation.town, *organisation.address):
            found = line_words(line)
            if any(found[start : start + len(listed)] == listed for start in range(len(found) - len(listed) + 1)):
                return True
        return False

    def is_at(self, number: int, listed: tuple[str, ...]) -> bool:
        """Whether these words are just one line of an organisation's address, or some that follow one another."""
        pieces = [line_words(piece) for line in self.organisations[number].address for piece in line.split(",")]
        runs = ((start, end) for start in range(len(pieces)) for end in range(start + 1, len(pieces) + 1))
        return any(sum(pieces[start:end], ()) == listed for start, end in runs)

    def open_at(self, postcode: str) -> Sequence[int]:
        """Returns the practices that are open at a postcode, written without a space."""
        return self._open_at.get(postcode, ())

    def names_borne(self, number: int) -> Iterator[Variant]:
        """Returns the names that an organisation bears or bore, with their parts and its building's."""
        return iter(self.variants[self._first[number] : self._first[number + 1]])

    def town_words(self, number: int) -> tuple[str, ...]:
        """Returns the words of the town that an organisation is in."""
        return line_words(self.organisations[number].town)

    def said_of(self, number: int) -> frozenset[str]:
        """Returns the words of every name that an organisation bears or bore."""
        borne = (one.listed for one in self.names_borne(number) if one.kind in (CURRENT, FORMER))
        return frozenset().union(*borne)

    def members(self, area: str) -> frozenset[int]:
        """Returns the numbers of whoever `is_in_area`."""
        if area not in self._members:
            others = self._wide.get(self._above[area], ()) if area in self._above else ()
            own = [self.by_code[area]] if area in self.by_code else ()
            self._members[area] = frozenset(self._by_area.get(area, ())).union(others, own)
        return self._members[area]

    def joined_in(self, area: str, letter: str) -> dict[str, list[int]]:
        """Returns the joined telling words of every name in an area (empty: of all) that begins with a letter, for spelling slips."""
        found: dict[str, list[int]] = defaultdict(list)
        for place in self._begun_in(area).get(letter, ()):
            found[self.variants[place].joined].append(place)
        return found

    def _begun_in(self, area: str) -> dict[str, list[int]]:
        """The names in an area by the letter that their telling words begin with."""
        if area not in self._places_in:
            found: dict[str, list[int]] = defaultdict(list)
            for number in sorted(self.members(area)) if area else range(len(self.organisations)):
                for place in range(self._first[number], self._first[number + 1]):
                    found[self._begun[place]].append(place)
            self._places_in[area] = dict(found)
        return self._places_in[area]


def _first_of(numbers: Sequence[int], count: int) -> "array[int]":
    """Where the names of each organisation begin: they stand together, in the order of the organisations. One more ends the last."""
    found = array("I", [0]) * (count + 1)
    for number in numbers:
        found[number + 1] += 1
    for number in range(count):
        found[number + 1] += found[number]
    return found
