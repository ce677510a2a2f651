"""Columns that say outright which organisations, and which class of practices, a row is about: codes, names, "Offered to". Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coi.screening.interest_text import is_nil
from coi.screening.matching_vocabulary import Decision, MatchCandidate, MatchResult, ReferenceOrganisation
from coi.screening.names import core, name_words, spoken
from coi.screening.vocabulary import AllPractices, PcnScope, SomePractices

_PARTS = re.compile(r"[|;,\n\r]+")
_CLASS = re.compile(r"\s*(?:ALL_?[A-Z_]*|PCN|AREA|PLACE|TOWN)\s*:\s*", re.IGNORECASE)
_OF_NETWORKS = re.compile(r"(?:PCN|NETWORK)S?\s*:", re.IGNORECASE)
_NAMED = re.compile(r"\s*ORG\s*:\s*", re.IGNORECASE)
_CODE = re.compile(r"\b(?=[A-Za-z]*\d)[A-Za-z0-9]{3,10}\b|^[A-Za-z]{3}$")
_WORKPLACE = re.compile(r"practice", re.IGNORECASE)  # "Practice code" may tell where a person works
_EVERYBODY = re.compile(r"\b(?:all|every|each)\b", re.IGNORECASE)
Known = Mapping[str, ReferenceOrganisation]


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says of whom its row is about, and the heading of its column."""

    cell: str = ""
    column: str = ""

    @property
    def phrase(self) -> str:
        """Where it is said, for people."""
        return f"column “{self.column}”"


NOTHING = Said()


@dataclass(frozen=True, slots=True)
class UnknownCode:
    """A code that the reference data does not know: where it stands, and what it says."""

    sheet: str
    line: int
    column: str
    text: str


def codes_in(said: Said) -> tuple[str, ...]:
    """Returns the codes in a cell, in order: "F81022; F81099 (Longfield)" → both."""
    parts = [part.strip() for part in _PARTS.split(said.cell)]
    told = (_CODE.search(part) for part in parts if not (_CLASS.match(part) or _NAMED.match(part) or is_nil(part)))
    return tuple(dict.fromkeys(code[0].upper() for code in told if code))


def names_in(said: Said) -> tuple[str, ...]:
    """Returns the names in a cell of codes, of those that have none: "ORG:Harbour Hospice" → "Harbour Hospice"."""
    parts = (part.strip() for part in _PARTS.split(said.cell))
    named = (
        _NAMED.sub("", part) for part in parts if _NAMED.match(part) or not (_CODE.search(part) or _CLASS.match(part))
    )
    return tuple(name for name in named if not is_nil(name))


def unknown_codes(cells: Iterable[tuple[int, Said]], sheet: str, known: Known) -> Iterator[UnknownCode]:
    """Yields the codes that the reference data does not know; `cells` are lines with what they say. Nothing is unknown without data."""
    for line, said in cells if known else ():
        for code in (*codes_in(said), *_class_codes(said)):
            if code not in known:
                yield UnknownCode(sheet, line, said.column, code)


def _class_codes(said: Said) -> tuple[str, ...]:
    parts = (part for part in _PARTS.split(said.cell) if _CLASS.match(part) and "PLACE" not in part.upper())
    return tuple(value for part in parts if _CODE.fullmatch(value := _CLASS.sub("", part).strip().upper()))


def is_same(key: str, name: str, known: str, called: str) -> bool:
    """Whether the organisation `key` is no other than `known`, or one for which that was mistaken: their names tell nothing apart, as
    "Longfield Surgery" and "Longfield Medical Centre", or one that has a code is called less fully."""
    first, second = set(core(name_words(name))), set(core(name_words(called)))
    coded = not key.startswith("name:") and not known.startswith("name:")
    less = coded and (first <= second or second <= first)
    return bool(first and second) and (first == second or less)


def class_of(
    said: Said, known: Known, towns: Mapping[str, Mapping[str, object]]
) -> AllPractices | SomePractices | PcnScope | None:
    """Returns the class of practices that a cell names by code or by town: "ALL_GP:06Q", "PCN:U12553", "06Q", "Maldon". None where it says
    so in other words."""
    values = [_CLASS.sub("", part).strip() for part in _PARTS.split(said.cell) if part.strip()]
    found = [known.get(value.upper()) for value in values]
    if values and all(one is not None and one.kind == "pcn" for one in found):
        named = " and ".join(spoken(one.name) for one in found if one)
        return PcnScope(tuple(one.code for one in found if one), f"all practices of {named}, {said.phrase}")
    if values and all(one is not None and one.kind == "commissioner" for one in found):
        codes, with_networks = tuple(one.code for one in found if one), bool(_OF_NETWORKS.search(said.cell))
        return AllPractices(codes, f"all practices in {' and '.join(codes)}, {said.phrase}", with_networks)
    there = tuple(dict.fromkeys(key for value in values for key in towns.get(value.lower(), ())))
    if there and all(value.lower() in towns for value in values):
        return SomePractices(there, f"all practices in {' and '.join(values)}, {said.phrase}")
    if not known and values and all(_CLASS.match(part) for part in _PARTS.split(said.cell)):
        return AllPractices((), f"all practices, {said.phrase}")
    return None


def says_everybody(said: Said) -> bool:
    """Whether a cell speaks of all: "all practices in Mid Essex"."""
    return bool(_EVERYBODY.search(said.cell)) and not _CLASS.match(said.cell)


def with_codes(results: Sequence[MatchResult | None], said: Said, known: Known) -> list[MatchResult | None]:
    """Returns what the clauses of one text name, with the codes that stand beside it. The codes are those of the clause that names one of
    them, else of the first that names nobody for certain, else of the first. Of the words' own finds, those of another code and the
    same name go. A practice's code beside words that name somebody else is where the person works."""
    codes = [code for code in codes_in(said) if not known or code in known]
    if not codes or not results:
        return list(results)
    told = [{one.code for one in each.organisations} if each else set() for each in results]
    at = next((n for n, each in enumerate(told) if each.intersection(codes)), None)
    if at is None:
        if _WORKPLACE.search(said.column) and any(each and each.decision is Decision.MATCHED for each in results):
            return list(results)
        at = next((n for n, each in enumerate(results) if each is None or each.decision is not Decision.MATCHED), 0)
    found = list(results)
    found[at] = _joined(results[at], codes, said, known)
    return found


def _is_any(one: MatchCandidate, names: Mapping[str, str]) -> bool:
    return any(is_same(one.code or "name:", one.name, code, name) for code, name in names.items())


def _joined(result: MatchResult | None, codes: Sequence[str], said: Said, known: Known) -> MatchResult:
    names = {code: known[code].name if code in known else code for code in codes}
    listed = [MatchCandidate(code, name, 1.0, f"named in the {said.phrase}") for code, name in names.items()]
    more = result.organisations if result and result.decision is Decision.MATCHED else ()
    kept = [one for one in more if one.code not in codes and not _is_any(one, names)]
    return MatchResult(result.text if result else "", Decision.MATCHED, (*listed, *kept))
