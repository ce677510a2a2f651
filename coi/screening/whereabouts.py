"""Where the reference organisations are: towns, parts of areas, and the words of their addresses. Made with the index. Pure."""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.names import TYPE_WORDS, WAYS, name_words

Parted = Callable[[str], tuple[str, ...]]  # `name_words`, remembering what it said: lines of addresses come again
LOCAL = ("practice", "pcn")  # kinds of organisation that a commissioner's area holds
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


def areas_held(organisations: Sequence[ReferenceOrganisation]) -> dict[str, list[int]]:
    """Returns the organisations of each commissioner and higher-level area, but for trusts, which belong to none. A network belongs
    wherever its members do or did: the lists of networks know only the commissioner of their own day."""
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


def wide_areas(organisations: Iterable[ReferenceOrganisation]) -> dict[str, list[int]]:
    """Returns the trusts and commissioners of each higher-level area, which are near to all of it."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(organisations):
        if one.kind in ("trust", "commissioner"):
            for code in {held.code for held in one.areas} | {one.geography}:
                found[code].append(number)
    return dict(found)


def posts_of(organisations: Iterable[ReferenceOrganisation]) -> dict[str, frozenset[str]]:
    """Returns the towns that practices are in, with their postcode areas. One of several words is one where several practices say so:
    "Carr Road Nelson" is none."""
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


def towns_in(
    organisations: Sequence[ReferenceOrganisation], towns: Mapping[str, frozenset[str]], parted: Parted
) -> dict[str, frozenset[str]]:
    """Returns those of the towns that stand in the addresses of each area's practices and networks."""
    found: dict[str, set[str]] = defaultdict(set)
    known: dict[str, frozenset[str]] = {}
    for one in organisations:
        if one.kind in LOCAL:
            there: set[str] = set()
            for line in (one.town, *one.address):
                if line not in known:  # Brighton Road and New Brighton are no Brighton
                    known[line] = frozenset(" ".join(parted(piece)) for piece in line.split(",")) & towns.keys()
                there |= known[line]
            for code in {held.code for held in one.areas} | {one.geography} if there else ():
                found[code] |= there
    return {code: frozenset(there) for code, there in found.items()}


def localities(organisations: Sequence[ReferenceOrganisation], parted: Parted) -> dict[str, frozenset[str]]:
    """Returns what stands below the first line of the addresses of each area's practices, and is neither a way nor a house:
    "hampstead"."""
    found: dict[str, set[str]] = defaultdict(set)
    known: dict[str, list[str]] = {}
    for one in organisations:
        for line in one.address[1:] if one.kind == "practice" else ():
            if line not in known:
                parts = (parted(part) for part in line.split(",") if not any(map(str.isdigit, part)))
                known[line] = [" ".join(part) for part in parts if part and _NO_LOCALITY.isdisjoint(part)]
            for code in {held.code for held in one.areas} if known[line] else ():
                found[code].update(known[line])
    return {code: frozenset(there) for code, there in found.items()}


def by_town(organisations: Sequence[ReferenceOrganisation], parted: Parted) -> dict[tuple[str, ...], list[int]]:
    """Returns the words of towns, each with the practices and networks that are there."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(organisations):
        if one.kind in LOCAL:
            found[parted(one.town)].append(number)
    return dict(found)


def by_address(organisations: Sequence[ReferenceOrganisation], parted: Parted) -> dict[str, bytes]:
    """Returns the words of addresses, towns and postcodes, each with the numbers of the organisations that are there, packed: there are
    some hundred thousand, of which a run looks at few."""
    found: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for number, one in enumerate(organisations):
        said = set(one.postcode.lower().split())
        for line in (one.town, *one.address):
            said.update(parted(line))
        for word in said:
            found[word].append(number)
    return {word: numbers.tobytes() for word, numbers in found.items()}


def open_at(organisations: Sequence[ReferenceOrganisation]) -> dict[str, list[int]]:
    """Returns the postcodes, without a space, each with the practices that are open there."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(organisations):
        if one.kind == "practice" and one.status == "active" and one.postcode:
            found[one.postcode.replace(" ", "").upper()].append(number)
    return dict(found)
