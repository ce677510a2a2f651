"""Hospitals: what a trust's are called by whoever else is at its postcode, and those that are no trust's. Made with the index. Pure."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.names import core, name_words

HOSPITALS = frozenset({"hospital", "infirmary"})
_SHORT = re.compile(r"HOSPITALS?$|INFIRMARY$|HOSP\.?$")
_NO_NAME = re.compile(r"C/O|A/E|\d|^(?:LEVEL|WARD|BLOCK|FLOOR)\b")
_ANYWHERE = {"university", "county", "royal", "city", "community", "memorial", "cottage", "day"}  # what many are


def of_trusts(organisations: Sequence[ReferenceOrganisation]) -> Mapping[int, tuple[str, ...]]:
    """Returns the hospitals of trusts, by number: those in the addresses of whoever has a trust's postcode, such as its prescribers."""
    there: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(organisations):
        if one.kind == "trust" and one.postcode:
            there[one.postcode].append(number)
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for one in organisations:
        for number in there.get(one.postcode, ()) if one.kind != "trust" else ():
            for line in one.address:
                found[number].update((piece, None) for piece in _named(line))
    return {number: tuple(called) for number, called in found.items()}


def _named(line: str) -> list[str]:
    pieces = [piece.strip() for piece in line.split(",") if _SHORT.search(piece.strip())]
    return [piece for piece in pieces if not _NO_NAME.search(piece) and is_called(name_words(piece))]


def is_called(listed: tuple[str, ...]) -> bool:
    """Whether words are the name of a hospital, which "County Hospital" is only near it."""
    return not HOSPITALS.isdisjoint(listed[-1:]) and not _ANYWHERE.issuperset(core(listed))


def of_others(organisations: Sequence[ReferenceOrganisation]) -> dict[tuple[str, ...], list[int]]:
    """Returns the words that other hospitals are called by, each with those that are: a private one has a code for each of its clinics."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(organisations):
        if one.kind == "prescribing" and _SHORT.search(one.name):
            listed = name_words(one.name)
            if is_called(listed):
                found[listed].append(number)
    return dict(found)
