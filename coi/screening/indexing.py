"""Names taken apart: what the index holds of the reference organisations. Made from them, or from plain data that was saved. Pure."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from sys import intern
from typing import Any, NamedTuple

from coi.screening.abbreviations import ABBREVIATIONS
from coi.screening.counties import counties_of
from coi.screening.hospitals import HOSPITALS, of_others, of_trusts
from coi.screening.initials import by_acronym, by_initials, by_whole_initials
from coi.screening.matching_vocabulary import Dated, ReferenceOrganisation
from coi.screening.names import LINKS, OPENS_SEVERAL, PRACTICE_WORDS, core, name_words
from coi.screening.whereabouts import (
    LOCAL,
    Parted,
    areas_held,
    by_address,
    by_town,
    localities,
    open_at,
    posts_of,
    towns_in,
    wide_areas,
)

CURRENT, FORMER, PART, BUILDING = "name", "former name", "part of the name", "building"
SEARCHED = frozenset({"practice", "pcn", "trust", "commissioner", "prescribing"})
_PIECES = re.compile(r",\s*|\s+-\s+|(?<=GROUP)-|(?<=SURGERY)\s+(?:&|AND)\s+|(?<=CENTRE)\s+(?:&|AND)\s+|\s+FORMERLY\s+")
_INSIDE = re.compile(r"\(([A-Z][A-Z ]+)\)")
_BRACKETED = re.compile(r"\([^)]*\)\s*")


class Variant(NamedTuple):
    """One name of one organisation. `number` is the organisation's place in the index; `joined` its telling words in one."""

    number: int
    listed: tuple[str, ...]
    core: tuple[str, ...]
    kind: str
    name: str
    joined: str  # the telling words without spaces: "abbeyfield"


class Names(NamedTuple):
    """What is looked up: every name, those of one organisation beside each other, and where each stands. Nothing but plain data, so that
    it can be saved."""

    variants: list[Variant]
    postings: dict[str, list[int]]
    full: dict[tuple[str, ...], list[int]]
    by_core: dict[tuple[str, ...], set[int]]
    weights: dict[str, float]
    by_area: dict[str, list[int]]
    above: dict[str, str]  # a commissioner → the higher-level area that it lies in
    wide: dict[str, list[int]]  # a higher-level area → the trusts and commissioners that it holds
    openings: frozenset[str]  # what texts begin with that are nothing but a name
    towns: frozenset[str]  # whose name is one word, to tell when a text names another place than the organisation's
    towns_in: dict[str, frozenset[str]]  # those that stand in the addresses of each area's practices and networks
    acronyms: dict[str, list[int]]
    localities: dict[str, frozenset[str]]  # what the parts of each area are called in the addresses of its practices
    posts: dict[str, frozenset[str]]  # towns, those of several words too ("newcastle upon tyne") → their postcode areas
    counties: dict[tuple[str, ...], frozenset[str]]  # and counties, by their words
    addresses: dict[str, bytes]  # the words of addresses, with the organisations that are there
    by_town: dict[tuple[str, ...], list[int]]  # the practices and networks of each town
    runs: dict[str, list[int]]  # initials → the names with words that follow one another and have them
    town_runs: dict[str, list[tuple[str, ...]]]  # … and the towns
    short: dict[str, list[int]]  # initials of whole names → the open practices that are called so
    open_at: dict[str, list[int]]  # the practices that are open at a postcode
    hospitals: dict[tuple[str, ...], list[int]]  # what hospitals that are no trust's are called


def searched(organisations: Iterable[ReferenceOrganisation]) -> tuple[ReferenceOrganisation, ...]:
    """Returns those of the organisations that texts are matched with."""
    return tuple(one for one in organisations if one.kind in SEARCHED)


def names_of(organisations: Sequence[ReferenceOrganisation]) -> Names:
    """Returns the names of the organisations that are searched. Takes half a second for the whole country."""

    @cache  # a line of an address is a name of its building, and says where that is
    def parted(line: str) -> tuple[str, ...]:
        return tuple(map(intern, name_words(line)))  # a word is held once, and close at hand where it comes again

    hospitals = of_trusts(organisations)
    made = _Making(organisations, parted, hospitals)
    frequency = Counter({word: len(found) for word, found in made.postings.items()})
    total = math.log(max(len(made.variants), 2))
    weights = {word: max(total - math.log(count), 0.5) for word, count in frequency.items()}
    above = {one.code: one.geography for one in organisations if one.kind == "commissioner" and one.geography}
    posts, towns = posts_of(organisations), by_town(organisations, parted)
    single = frozenset(town for town in posts if town.isalpha())
    return Names(
        made.variants, dict(made.postings), dict(made.full), dict(made.by_core), weights,
        areas_held(organisations), above, wide_areas(organisations), _openings(made.full), single,
        towns_in(organisations, posts, parted), by_acronym(organisations, hospitals),
        localities(organisations, parted), posts, counties_of(organisations), by_address(organisations, parted),
        towns, by_initials(made.local_names()), by_initials((town, town) for town in towns),
        by_whole_initials(made.open_practices()), open_at(organisations), of_others(organisations),
    )  # fmt: skip


def _openings(full: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """The words that a text can begin with and be one of these names, whatever is shortened, left out or joined to the next."""
    return frozenset({listed[0] for listed in full if listed}.union(ABBREVIATIONS, LINKS, OPENS_SEVERAL))


class _Making:
    """Takes the names of the organisations in one after the other."""

    def __init__(
        self,
        organisations: Sequence[ReferenceOrganisation],
        parted: Parted,
        hospitals: Mapping[int, Iterable[str]],
    ) -> None:
        self.organisations = organisations
        self._parted, self._hospitals = parted, hospitals
        self.variants: list[Variant] = []
        self.postings: dict[str, list[int]] = defaultdict(list)
        self.full: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self.by_core: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for number, organisation in enumerate(organisations):
            self._add(number, organisation)

    def _add(self, number: int, organisation: ReferenceOrganisation) -> None:
        self._add_name(number, organisation.name, CURRENT)
        for name in organisation.former_names:
            self._add_name(number, name, FORMER)
        if "(" in organisation.name:
            self._add_name(number, _BRACKETED.sub("", organisation.name), FORMER)
        for part in sorted(_parts(organisation)):
            self._add_name(number, part, PART)
        if organisation.kind in ("practice", "trust"):
            known = {organisation.name, *organisation.former_names}
            for line in organisation.address:
                if line not in known and line[:1].isalpha() and not line.startswith("C/O"):
                    for part in dict.fromkeys((line, *line.split(","))):  # "HOOK SURG,MERRITT MED CTR"
                        self._add_name(number, part, BUILDING)
        for name in self._hospitals.get(number, ()):
            if name not in organisation.address:
                self._add_name(number, name, BUILDING)

    def _add_name(self, number: int, name: str, kind: str) -> None:
        listed = self._parted(name)
        telling = core(listed)
        prescribing = self.organisations[number].kind == "prescribing"
        typed = bool(telling) and bool(
            PRACTICE_WORDS.intersection(listed) or (kind == BUILDING and not HOSPITALS.isdisjoint(listed))
        )
        if ((kind == BUILDING or prescribing) and not typed) or (kind == PART and not telling and " IN " not in name):
            return
        place = len(self.variants)
        self.variants.append(Variant(number, listed, telling, kind, name, "".join(telling)))
        self.full[listed].append(place)
        self.by_core[telling].add(number)
        for word in set(telling):
            self.postings[word].append(place)

    def local_names(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yields what practices and networks are called, their buildings aside, by the words that tell."""
        for place, one in enumerate(self.variants):
            if one.kind != BUILDING and self.organisations[one.number].kind in LOCAL:
                yield place, one.core

    def open_practices(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yields the practices that are open, by all words of their names."""
        for number, one in enumerate(self.organisations):
            if one.kind == "practice" and one.status == "active":
                yield number, self._parted(one.name)


def _parts(organisation: ReferenceOrganisation) -> set[str]:
    """The names within a name: "BEACON HEALTH GROUP-DANBURY MEDICAL CTR" is called by either; a network also by its initials
    ("BRAMHALL CHEADLE AND HULME PCN": BCH), and by what stands in its brackets ("(NSG)")."""
    name = organisation.name
    pieces = [piece.strip() for piece in _PIECES.split(name)]
    found = {piece for piece in pieces if len(pieces) > 1 and len(name_words(piece)) > 1}
    if organisation.kind == "pcn":
        found |= {f"{inside} PCN" for inside in _INSIDE.findall(name)}
        telling = core(name_words(_BRACKETED.sub("", name)))
        if len(telling) > 2:
            found.add(f"{''.join(word[0] for word in telling)} PCN")
    return found - {name}


def plain_organisations(organisations: Iterable[ReferenceOrganisation]) -> list[tuple[Any, ...]]:
    """Returns organisations as tuples of words and numbers, to be saved."""
    return [
        (
            one.code, one.name, one.kind, one.former_names, one.status, _number(one.opened_on), _number(one.closed_on), one.town,
            one.postcode, one.address, _plain(one.areas), _plain(one.pcns), one.successors, one.geography,
        )
        for one in organisations
    ]  # fmt: skip


def organisations_from(rows: Iterable[Sequence[Any]]) -> tuple[ReferenceOrganisation, ...]:
    """Returns the organisations that `plain_organisations` gave."""
    return tuple(
        ReferenceOrganisation(
            code, name, kind, former, status, _day(opened), _day(closed), town, postcode, address, _dated(areas), _dated(pcns),
            successors, above,
        )
        for code, name, kind, former, status, opened, closed, town, postcode, address, areas, pcns, successors, above in rows
    )  # fmt: skip


def plain_names(names: Names) -> tuple[Any, ...]:
    """Returns names as plain data, to be saved."""
    return ([tuple(one) for one in names.variants], *names[1:])


def names_from(plain: Sequence[Any]) -> Names:
    """Returns the names that `plain_names` gave."""
    return Names([Variant._make(one) for one in plain[0]], *plain[1:])


def _plain(held: Iterable[Dated]) -> tuple[tuple[str, int, int], ...]:
    return tuple((one.code, _number(one.valid_from), _number(one.valid_to)) for one in held)


def _dated(rows: Iterable[tuple[str, int, int]]) -> tuple[Dated, ...]:
    return tuple(Dated(code, _day(first), _day(last)) for code, first, last in rows)


def _number(day: date | None) -> int:
    return day.toordinal() if day else 0


def _day(number: int) -> date | None:
    return date.fromordinal(number) if number else None
