"""The reference organisations made searchable: by code, postcode, acronym, and by the words of every name they bear or bore."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from coi.screening.names import PRACTICE_WORDS, TYPE_WORDS, core, name_words
from coi.screening.vocabulary import ReferenceOrganisation

CURRENT, FORMER, PART, BUILDING = "name", "former name", "part of the name", "building"
SEARCHED = frozenset({"practice", "pcn", "trust", "commissioner", "prescribing"})
_NOT_TOWNS = {
    "street",
    "sale",
    "march",
    "reading",
    "deal",
    "battle",
    "hope",
    "ware",
    "settle",
    "essex",
    "the",
    "london",
}
_PIECES = re.compile(r",\s*|\s+-\s+|(?<=GROUP)-|(?<=SURGERY)\s+(?:&|AND)\s+|(?<=CENTRE)\s+(?:&|AND)\s+|\s+FORMERLY\s+")
_INSIDE = re.compile(r"\(([A-Z][A-Z ]+)\)")
_BRACKETED = re.compile(r"\([^)]*\)\s*")
_ACRONYM_SKIPS = {"and", "of", "the", "for"}
_NO_ACRONYM = {
    "NHS",
    "BMA",
    "GPS",
    "THE",
    "PCN",
    "ICB",
    "CCG",
    "LMC",
    "CIC",
    "LTD",
    "LLP",
    "PLC",
    "LES",
    "DES",
    "PMS",
    "OLD",
    "NEW",
    "ALL",
}


_line_words = lru_cache(maxsize=8192)(name_words)  # towns and streets come again and again


@dataclass(frozen=True, slots=True)
class Variant:
    """One name of one organisation. `number` is the organisation's place in the index; `joined` its telling words in one."""

    number: int
    listed: tuple[str, ...]
    core: tuple[str, ...]
    kind: str
    name: str
    joined: str  # the telling words without spaces: "abbeyfield"


class NameIndex:
    """What the matcher searches. Built once per run; about a second for the whole country."""

    def __init__(self, organisations: Iterable[ReferenceOrganisation]) -> None:
        self.organisations = tuple(o for o in organisations if o.kind in SEARCHED)
        self.by_code = {o.code: number for number, o in enumerate(self.organisations)}
        self.variants: list[Variant] = []
        self._by_number: dict[int, list[int]] = defaultdict(list)
        self.postings: dict[str, list[int]] = defaultdict(list)
        self.full: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self.by_core: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for number, organisation in enumerate(self.organisations):
            self._add(number, organisation)
        frequency = Counter({word: len(found) for word, found in self.postings.items()})
        total = math.log(max(len(self.variants), 2))
        self.weights = {word: max(total - math.log(count), 0.5) for word, count in frequency.items()}
        self.unknown_weight = total
        self._places: dict[int, frozenset[str]] = {}
        self._there: dict[str, dict[str, set[int]]] = {}
        self._area_words: dict[str, frozenset[str]] = {}
        self._members: dict[str, frozenset[int]] = {}
        self._towns_of: dict[str, frozenset[str]] = {}
        self._by_area = self._areas_held()

    def _add(self, number: int, organisation: ReferenceOrganisation) -> None:
        self._add_name(number, organisation.name, CURRENT)
        for name in organisation.former_names:
            self._add_name(number, name, FORMER)
        if "(" in organisation.name:
            self._add_name(number, _BRACKETED.sub("", organisation.name), FORMER)
        for part in _parts(organisation):
            self._add_name(number, part, PART)
        if organisation.kind in ("practice", "trust"):
            known = {organisation.name, *organisation.former_names}
            for line in organisation.address:
                if line not in known and line[:1].isalpha() and not line.startswith("C/O"):
                    for part in dict.fromkeys((line, *line.split(","))):  # "HOOK SURG,MERRITT MED CTR"
                        self._add_name(number, part, BUILDING)

    def _add_name(self, number: int, name: str, kind: str) -> None:
        listed = name_words(name)
        telling = core(listed)
        prescribing = self.organisations[number].kind == "prescribing"
        typed = bool(telling) and bool(
            PRACTICE_WORDS.intersection(listed) or (kind == BUILDING and "hospital" in listed)
        )
        if ((kind == BUILDING or prescribing) and not typed) or (kind == PART and not telling):
            return
        place = len(self.variants)
        self._by_number[number].append(place)
        self.variants.append(Variant(number, listed, telling, kind, name, "".join(telling)))
        self.full[listed].append(place)
        self.by_core[telling].add(number)
        for word in set(telling):
            self.postings[word].append(place)

    def weight(self, word: str) -> float:
        """Returns how telling a word is: rare words weigh more; one that no name holds weighs most."""
        return self.weights.get(word, self.unknown_weight)

    def places(self, number: int) -> frozenset[str]:
        """Returns the words that say where an organisation is: address, town, postcode, the places of its commissioners."""
        found = self._places.get(number)
        if found is None:
            organisation = self.organisations[number]
            listed = set(organisation.postcode.lower().split())
            for line in (*organisation.address, organisation.town):
                listed.update(_line_words(line))
            for area in organisation.areas:
                listed |= self.area_words(area.code)
            found = self._places[number] = frozenset(listed)
        return found

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

    @cached_property
    def areas(self) -> dict[str, set[str]]:
        """Which codes count as the same area: a commissioner and the higher-level area that it lies in."""
        found: dict[str, set[str]] = defaultdict(set)
        for organisation in self.organisations:
            if organisation.kind == "commissioner" and organisation.geography:
                found[organisation.code].add(organisation.geography)
        return found

    def is_in_area(self, number: int, area: str) -> bool:
        """Whether an organisation belongs or belonged to the commissioner `area`, or lies in it; a trust has no commissioner
        and is near when its higher-level area is the same."""
        organisation = self.organisations[number]
        if any(held.code == area for held in organisation.areas) or organisation.geography == area:
            return True
        if organisation.kind in ("trust", "commissioner"):
            return organisation.code == area or organisation.geography in self.areas.get(area, ())
        return False

    @cached_property
    def towns(self) -> frozenset[str]:
        """Towns whose name is one word, to tell when a text names another place than the organisation's."""
        counted = Counter(o.town.lower() for o in self.organisations if o.kind == "practice")
        return frozenset(town for town in counted if town.isalpha() and len(town) > 3 and town not in _NOT_TOWNS)

    def towns_of(self, area: str) -> frozenset[str]:
        """Returns the words of the towns in which the practices of an area are, with those of its commissioner's name."""
        if area not in self._towns_of:
            there = (self.organisations[number] for number in self.members(area))
            said = " ".join(f"{one.town} {' '.join(one.address)}" for one in there if one.kind in ("practice", "pcn"))
            self._towns_of[area] = frozenset(said.lower().replace(",", " ").split()) | self.area_words(area)
        return self._towns_of[area]

    @cached_property
    def place_words(self) -> frozenset[str]:
        """Towns, and the words of commissioners' names: no practice is meant by them alone."""
        codes = (one.code for one in self.organisations if one.kind == "commissioner")
        return self.towns.union(*(self.area_words(code) for code in codes))

    def _place_words(self, area: str) -> dict[str, set[int]]:
        """The practices of an area by the words of their addresses."""
        if area not in self._there:
            found: dict[str, set[int]] = defaultdict(set)
            for number in self._by_area.get(area, ()):
                organisation = self.organisations[number]
                if organisation.kind == "practice":
                    for line in (organisation.town, *organisation.address):
                        for word in _line_words(line):
                            found[word].add(number)
            self._there[area] = found
        return self._there[area]

    def at_place(self, listed: tuple[str, ...], area: str) -> list[int]:
        """Returns the practices of an area with one line of address that holds all these words next to each other."""
        there = self._place_words(area)
        shared = set.intersection(*(there.get(word, set()) for word in listed))
        return sorted(number for number in shared if self._says(number, listed))

    def _says(self, number: int, listed: tuple[str, ...]) -> bool:
        organisation = self.organisations[number]
        for line in (organisation.town, *organisation.address):
            found = _line_words(line)
            if any(found[start : start + len(listed)] == listed for start in range(len(found) - len(listed) + 1)):
                return True
        return False

    def said_of(self, number: int) -> frozenset[str]:
        """Returns the words of every name that an organisation bears or bore."""
        organisation = self.organisations[number]
        return frozenset(word for name in (organisation.name, *organisation.former_names) for word in name_words(name))

    @cached_property
    def by_postcode(self) -> dict[str, list[int]]:
        """Practices by postcode without its space."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, organisation in enumerate(self.organisations):
            if organisation.kind == "practice" and organisation.postcode:
                found[organisation.postcode.replace(" ", "").upper()].append(number)
        return found

    @cached_property
    def acronyms(self) -> dict[str, list[int]]:
        """Trusts by the acronyms that people use: EPUT, ESNEFT, MSEFT."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, organisation in enumerate(self.organisations):
            if organisation.kind == "trust":
                for acronym in sorted(_acronyms(organisation.name)):
                    found[acronym].append(number)
        return found

    def _areas_held(self) -> dict[str, list[int]]:
        """The organisations of each commissioner and higher-level area, but for trusts, which belong to none."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, organisation in enumerate(self.organisations):
            for code in {held.code for held in organisation.areas} | {organisation.geography}:
                found[code].append(number)
        return found

    def members(self, area: str) -> frozenset[int]:
        """Returns the numbers of whoever `is_in_area`."""
        if area not in self._members:
            above = (number for code in self.areas.get(area, ()) for number in self._by_area.get(code, ()))
            others = {number for number in above if self.organisations[number].kind in ("trust", "commissioner")}
            own = {self.by_code[area]} if area in self.by_code else set()
            self._members[area] = frozenset(others | own).union(self._by_area.get(area, ()))
        return self._members[area]

    def variants_in(self, area: str) -> dict[str, list[int]]:
        """Returns the joined telling words of every name in an area (empty: of all), for spelling slips."""
        found: dict[str, list[int]] = defaultdict(list)
        for number in sorted(self.members(area) if area else self._by_number):
            for place in self._by_number[number]:
                if self.variants[place].core:
                    found[self.variants[place].joined].append(place)
        return found


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


def _acronyms(name: str) -> set[str]:
    listed = name.upper().replace("'", "").replace("&", "AND").replace("-", " ").split()
    body = [word for word in listed if word not in ("NHS", "FOUNDATION", "TRUST", "THE")]
    short = "".join(word[0] for word in body if word.lower() not in _ACRONYM_SKIPS)
    full = "".join(word[0] for word in body if word.lower() not in ("of", "the", "for"))
    endings = ("", "T", "FT", "NFT", "NHSFT", "NHST") if "FOUNDATION" in listed else ("", "T", "NHST")
    served = "".join(
        word[0] for word in body if word not in ("SERVICES", "SERVICE") and word.lower() not in _ACRONYM_SKIPS
    )
    made = {start + ending for start in (short, full, served) for ending in endings}
    return {acronym for acronym in made if len(acronym) >= 3 and acronym not in _NO_ACRONYM}
