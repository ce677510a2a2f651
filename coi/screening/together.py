"""Phrases of one text, taken together: what is said to be the same is one, and what says no more than a type is nobody. Pure."""

import re
from collections.abc import Sequence

from coi.screening.beside import is_adjoining
from coi.screening.index import NameIndex
from coi.screening.names import TYPE_WORDS, core
from coi.screening.scoring import Scored
from coi.screening.segments import Mention

_ALSO = re.compile(
    r"\b(?:a\.?k\.?a\b\.?|(?:also|otherwise|better|locally|now|formerly|previously) (?:known|called)(?: as)?)",
    re.IGNORECASE,
)
Resolved = tuple[Mention, list[Scored], list[Scored]]  # a phrase, whom it names, else who are equals


def without_twins(text: str, resolved: Sequence[Resolved]) -> list[Resolved]:
    """ "The surgery in Mill Road, aka The New Surgery": what is said to be the same is one, named by the phrase that is a whole name."""
    kept = list(resolved)
    for number in range(len(kept) - 1):
        (first, named, _), (second, others, _) = kept[number : number + 2]
        if named and others and _ALSO.search(text[first.end : second.start]):
            whole = [all(one.is_whole and one.fit > 0.96 for one in each) for each in (named, others)]
            if whole == [False, True]:
                kept[number] = (first, [], [])
            elif whole == [True, False]:
                kept[number + 1] = (second, [], [])
    return kept


def narrowed(index: NameIndex, text: str, resolved: Sequence[Resolved], area: str) -> list[Resolved]:
    """ "Alder Health, Fenby", "Alder Health @ Fenby": of a group with several sites the one that is called by both, where whoever the first
    words name is not at the place that the second are."""
    kept = list(resolved)
    for number, (first, named, _) in enumerate(resolved if area else ()):
        second = resolved[number + 1][0] if number + 1 < len(resolved) else None
        is_beside = second and not second.has_type and is_adjoining(text[first.end : second.start].removesuffix("The "))
        place = first.tail or (second.listed if second and is_beside else ())
        site = _site(index, first.listed + place, area) if place and named else None
        if site is None or any(set(place) == index.places_among(one.number, place) for one in named):
            continue
        reasons = (f"the one that is called {' '.join(place).title()} too", f"in the area {area}")
        kept[number] = (first, [Scored(site, 0.97, 1.0, reasons, True, True)], [])
        if second and not first.tail:
            kept[number + 1] = (second, [], [])
    return kept


def _site(index: NameIndex, listed: tuple[str, ...], area: str) -> int | None:
    """The one open practice of an area that has just these telling words in its name."""
    told = core(listed)
    there = index.by_core.get(told, set()) & index.members(area) if len(told) > 1 else set()
    found = [one for one in there if index.organisations[one].status == "active"]
    return found[0] if len(found) == 1 else None


def without_types(resolved: list[Resolved]) -> list[Resolved]:
    """ "Health Centre, Mill Lane": of a phrase that is nothing but a type, namesakes far away are nobody where another phrase says more."""
    said = [one for one in resolved if one[2] and (any(each.is_near for each in one[2]) or not _is_type(one[0]))]
    return [one for one in resolved if not one[2] or one in said] if said else resolved


def _is_type(mention: Mention) -> bool:
    return TYPE_WORDS.issuperset(mention.listed)
