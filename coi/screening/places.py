"""What places are called in wording: the areas of commissioners, and towns with their practices. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from coi.screening.names import words
from coi.screening.vocabulary import ReferenceOrganisation

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
    """Returns the towns of the practices that are open, each with its practices and the commissioners that each belongs or belonged to."""
    found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    known: dict[str, str] = {}
    for one in organisations:
        if one.kind == "practice" and one.status == "active" and one.town:
            town = known.get(one.town) or known.setdefault(one.town, " ".join(word.text for word in words(one.town)))
            found[town][one.code] = frozenset({*(held.code for held in one.areas), one.geography})
    return found
