"""Names taken apart: what the index holds of the reference organisations. Made from them, or from plain data that was saved. Pure."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from coi.screening.counties import counties_of
from coi.screening.names import PRACTICE_WORDS, TYPE_WORDS, WAYS, core, name_words
from coi.screening.vocabulary import Dated, ReferenceOrganisation

CURRENT, FORMER, PART, BUILDING = "name", "former name", "part of the name", "building"
SEARCHED = frozenset({"practice", "pcn", "trust", "commissioner", "prescribing"})
_SEVERAL = 3
_NO_LOCALITY = TYPE_WORDS | WAYS
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
_HOSPITALS = frozenset({"hospital", "infirmary"})
NO_ACRONYM = {
    "NHS", "BMA", "GPS", "THE", "PCN", "ICB", "CCG", "LMC", "CIC", "LTD", "LLP", "PLC", "LES", "DES", "PMS", "OLD", "NEW", "ALL",
}  # fmt: skip


class Variant(NamedTuple):
    """One name of one organisation. `number` is the organisation's place in the index; `joined` its telling words in one."""

    number: int
    listed: tuple[str, ...]
    core: tuple[str, ...]
    kind: str
    name: str
    joined: str  # the telling words without spaces: "abbeyfield"


class Names(NamedTuple):
    """What is looked up: every name, and where each stands. Nothing but plain data, so that it can be saved."""

    variants: list[Variant]
    by_number: dict[int, list[int]]
    postings: dict[str, list[int]]
    full: dict[tuple[str, ...], list[int]]
    by_core: dict[tuple[str, ...], set[int]]
    weights: dict[str, float]
    by_area: dict[str, list[int]]
    above: dict[str, str]  # a commissioner → the higher-level area that it lies in
    towns: frozenset[str]  # whose name is one word, to tell when a text names another place than the organisation's
    towns_in: dict[str, frozenset[str]]  # those that stand in the addresses of each area's practices and networks
    acronyms: dict[str, list[int]]
    localities: dict[str, frozenset[str]]  # what the parts of each area are called in the addresses of its practices
    posts: dict[str, frozenset[str]]  # towns, those of several words too ("newcastle upon tyne") → their postcode areas
    counties: dict[tuple[str, ...], frozenset[str]]  # and counties, by their words


def searched(organisations: Iterable[ReferenceOrganisation]) -> tuple[ReferenceOrganisation, ...]:
    """Returns those of the organisations that texts are matched with."""
    return tuple(one for one in organisations if one.kind in SEARCHED)


def names_of(organisations: Sequence[ReferenceOrganisation]) -> Names:
    """Returns the names of the organisations that are searched. Takes half a second for the whole country."""
    made = _Making(organisations)
    frequency = Counter({word: len(found) for word, found in made.postings.items()})
    total = math.log(max(len(made.variants), 2))
    weights = {word: max(total - math.log(count), 0.5) for word, count in frequency.items()}
    above = {one.code: one.geography for one in organisations if one.kind == "commissioner" and one.geography}
    posts = _posts_of(organisations)
    single = frozenset(town for town in posts if town.isalpha())
    return Names(
        made.variants, dict(made.by_number), dict(made.postings), dict(made.full), dict(made.by_core), weights,
        _areas_held(organisations), above, single, _towns_in(organisations, posts), _by_acronym(organisations),
        _localities(organisations), posts, counties_of(organisations),
    )  # fmt: skip


class _Making:
    """Takes the names of the organisations in one after the other."""

    def __init__(self, organisations: Sequence[ReferenceOrganisation]) -> None:
        self.organisations = organisations
        self.variants: list[Variant] = []
        self.by_number: dict[int, list[int]] = defaultdict(list)
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

    def _add_name(self, number: int, name: str, kind: str) -> None:
        listed = name_words(name)
        telling = core(listed)
        prescribing = self.organisations[number].kind == "prescribing"
        typed = bool(telling) and bool(
            PRACTICE_WORDS.intersection(listed) or (kind == BUILDING and not _HOSPITALS.isdisjoint(listed))
        )
        if ((kind == BUILDING or prescribing) and not typed) or (kind == PART and not telling and " IN " not in name):
            return
        place = len(self.variants)
        self.by_number[number].append(place)
        self.variants.append(Variant(number, listed, telling, kind, name, "".join(telling)))
        self.full[listed].append(place)
        self.by_core[telling].add(number)
        for word in set(telling):
            self.postings[word].append(place)


def _areas_held(organisations: Sequence[ReferenceOrganisation]) -> dict[str, list[int]]:
    """The organisations of each commissioner and higher-level area, but for trusts, which belong to none. A network belongs wherever its
    members do or did: the lists of networks know only the commissioner of their own day."""
    found: dict[str, list[int]] = defaultdict(list)
    networks = {one.code: number for number, one in enumerate(organisations) if one.kind == "pcn"}
    through: dict[int, set[str]] = defaultdict(set)
    for one in organisations:
        for held in one.pcns:
            if held.code in networks:
                through[networks[held.code]].update(area.code for area in one.areas)
    for number, organisation in enumerate(organisations):
        own = {held.code for held in organisation.areas} | {organisation.geography}
        for code in own | through.get(number, set()):
            found[code].append(number)
    return dict(found)


def _posts_of(organisations: Iterable[ReferenceOrganisation]) -> dict[str, frozenset[str]]:
    """The towns that practices are in. One of several words is one where several practices say so: "Carr Road Nelson" is none."""
    posts: dict[str, set[str]] = defaultdict(set)
    count: Counter[str] = Counter()
    for one in organisations:
        if one.kind == "practice" and one.town:
            town = one.town.lower()
            name = town if town.isalpha() else " ".join(name_words(town))
            posts[name].update(re.findall(r"^[A-Z]+", one.postcode))
            count[name] += 1
    return {
        town: frozenset(found)
        for town, found in posts.items()
        if (town.isalpha() and len(town) > 3 and town not in _NOT_TOWNS) or (" " in town and count[town] >= _SEVERAL)
    }


def _towns_in(
    organisations: Sequence[ReferenceOrganisation], towns: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    known: dict[str, frozenset[str]] = {}
    for one in organisations:
        if one.kind in ("practice", "pcn"):
            there: set[str] = set()
            for line in (one.town, *one.address):
                if line not in known:  # Brighton Road and New Brighton are no Brighton
                    known[line] = frozenset(" ".join(name_words(piece)) for piece in line.split(",")) & towns.keys()
                there |= known[line]
            for code in {held.code for held in one.areas} | {one.geography} if there else ():
                found[code] |= there
    return {code: frozenset(there) for code, there in found.items()}


def _localities(organisations: Sequence[ReferenceOrganisation]) -> dict[str, frozenset[str]]:
    """Below the first line of an address, whatever is neither a way nor a house: "hampstead"."""
    found: dict[str, set[str]] = defaultdict(set)
    known: dict[str, list[str]] = {}
    for one in organisations:
        for line in one.address[1:] if one.kind == "practice" else ():
            if line not in known:
                parts = (name_words(part) for part in line.split(",") if not any(map(str.isdigit, part)))
                known[line] = [" ".join(part) for part in parts if part and _NO_LOCALITY.isdisjoint(part)]
            for code in {held.code for held in one.areas} if known[line] else ():
                found[code].update(known[line])
    return {code: frozenset(there) for code, there in found.items()}


def _by_acronym(organisations: Sequence[ReferenceOrganisation]) -> dict[str, list[int]]:
    """Trusts by the acronyms that people use: EPUT, ESNEFT, MSEFT."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, organisation in enumerate(organisations):
        if organisation.kind == "trust":
            for acronym in sorted(_acronyms(organisation.name) | _acronyms(organisation.name.split(",")[0])):
                found[acronym].append(number)
    return dict(found)


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
    telling = [word for word in body if word not in ("AND", "OF", "FOR")]
    short = "".join(word[0] for word in telling)
    full = "".join(word[0] for word in body if word not in ("OF", "FOR"))
    served = "".join(word[0] for word in telling if word not in ("SERVICES", "SERVICE"))
    endings = ("", "T", "FT", "NFT", "NHSFT", "NHST") if "FOUNDATION" in listed else ("", "T", "NHST")
    made = {start + ending for start in (short, full, served) for ending in endings}
    return {acronym for acronym in made if len(acronym) >= 3 and acronym not in NO_ACRONYM}


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
