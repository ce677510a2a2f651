"""What places are called in wording: the areas of commissioners, and towns with their practices. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.names import words

_COMPASS = {"north", "south", "east", "west", "mid", "central"}
_SMALL = {"and", "of", "on", "upon", "the", "under", "in", "by", "le"}
_NOT_PLACES = {"nhs", "icb", "ccg", "integrated", "care", "board", "commissioning", "group", "health", "trust"}


def places_of(organisations: Iterable[ReferenceOrganisation]) -> dict[str, tuple[str, ...]]:
    """Returns what commissioners are called by: "NHS Mid Essex CCG" → "mid essex"; one that shares its name with others, all of them."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for organisation in organisations:
        if organisation.kind == "commissioner":
            for name in (organisation.name, *organisation.former_names):
                listed = [word for word in _spoken(name) if word not in _NOT_PLACES]
                if listed:
                    found[" ".join(listed)][organisation.code] = None
    return {place: tuple(codes) for place, codes in found.items()}


def _spoken(name: str) -> list[str]:
    return name.lower().split(" - ")[0].replace("&", "and").replace(",", " ").split()


def towns_of(organisations: Iterable[ReferenceOrganisation]) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Returns the towns of practices, and the boroughs whose commissioners closed, each with its practices and the commissioners that each
    belongs or belonged to. A practice is of each town that a part of its address is: "West Street, Leyland" / "Preston". Some of the
    practices may have closed: `closings_of`."""
    organisations = tuple(organisations)
    found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    boroughs = {code: place for place, codes in places_of(organisations).items() for code in codes}
    gone = {one.code for one in organisations if one.kind == "commissioner" and one.closed_on}
    spelt = {one.town for one in organisations if one.kind == "practice" and one.town}
    known = {town: " ".join(word.text for word in words(town)) for town in spelt}
    for one in organisations:
        if one.kind == "practice" and (one.status == "active" or one.closed_on):
            held = frozenset({*(each.code for each in one.areas), one.geography})
            parts = {part.strip() for line in (one.town, *one.address[1:]) for part in line.split(",")}
            for told in {one.town, *parts} & known.keys():
                found[known[told]][one.code] = held
            for code in held & gone & boroughs.keys():
                found[boroughs[code]][one.code] = held
    return found


def closings_of(organisations: Iterable[ReferenceOrganisation]) -> Mapping[str, date]:
    """Returns the last day of each organisation that closed, by code."""
    return {one.code: one.closed_on for one in organisations if one.closed_on}


def open_in(
    practices: Mapping[str, frozenset[str]], closings: Mapping[str, date], area: str, on: date
) -> Iterator[str]:
    """Yields those of a town's practices, each with its commissioners, that belong to an area and are open on a day."""
    for key, areas in practices.items():
        if (not area or area in areas) and closings.get(key, date.max) >= on:
            yield key


def place_words(place: str) -> str:
    """Returns a place as people write it: "norfolk and waveney" → "Norfolk and Waveney"."""
    return " ".join(word if word in _SMALL else word.capitalize() for word in place.split())


def longest_in(text: str, places: Iterable[str]) -> str:
    """The longest of these places that stands in a text as whole words, empty where none does."""
    spaced = f" {text} "
    return max((place for place in places if f" {place} " in spaced), key=len, default="")


def each_in(text: str, places: Iterable[str]) -> tuple[str, ...]:
    """Those of these places that stand in a text as whole words, the longest first, none within another: Milton Keynes is no Milton."""
    found: list[str] = []
    left, known = f" {text} ", sorted(places, key=len, reverse=True)
    for place in (one for one in known if f" {one} " in left):
        if f" {place} " in left:
            found.append(place)
            left = left.replace(f" {place} ", " ; ")
    return tuple(found)


def is_spelt_by(text: str, called: str) -> bool:
    """Whether a text names every part of what a commissioner is called, but for those that a point of the compass begins: "Bath, Swindon
    and Wiltshire" is Bath and North East Somerset, Swindon and Wiltshire."""
    told, skipped = [], False
    for word in called.replace(" and ", " ").split():
        if word in _COMPASS:
            skipped = True
        elif skipped:
            skipped = False  # "north east somerset"
        else:
            told.append(word)
    return len(told) > 1 and len(told) < len(called.split()) and all(f" {word} " in f" {text} " for word in told)
