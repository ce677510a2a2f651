"""Companies that a register calls by initials and a figure, and an agenda in full: PC24 is Primary Care 24 there. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from coi.screening.names import LINKS, company_key
from coi.screening.vocabulary import InterestFact

_SHORT = re.compile(r"\b([A-Z]{2,5})(\d{1,3})\b(?!\s*\d[A-Z]{2}\b)")  # the first half of a postcode is none
_CAPITAL = r"[A-Z][\w'’-]*"
_LONG = re.compile(rf"\b({_CAPITAL}(?:\s+(?:(?:of|and|for|the|&)\s+)?{_CAPITAL})+)\s+(\d{{1,3}})\b")


def with_long_forms(interests: Iterable[InterestFact], wordings: Sequence[str]) -> list[InterestFact]:
    """Gives each interest the companies that its text calls by initials and a figure, and a wording in full."""
    full: dict[str, str] = {}
    for wording in wordings:
        for short, name in _long_forms(wording):
            full.setdefault(short, name)
    return [_named(one, full) for one in interests] if full else list(interests)


def _long_forms(wording: str) -> Iterator[tuple[str, str]]:
    """Every end of a run of capitals before a figure: of "The Primary Care 24" also PC24."""
    for found in _LONG.finditer(wording):
        listed = found[1].split()
        for start, word in enumerate(listed[:-1]):
            if word[0].isupper():
                telling = [each for each in listed[start:] if each.lower() not in LINKS | {"&"}]
                short = "".join(each[0] for each in telling)
                yield f"{short}{found[2]}", f"{' '.join(listed[start:])} {found[2]}"


def _named(interest: InterestFact, full: dict[str, str]) -> InterestFact:
    said = dict.fromkeys(full[found[0]] for found in _SHORT.finditer(interest.text) if found[0] in full)
    more = [name for name in said if company_key(name) not in interest.organisations]
    if not more:
        return interest
    return replace(
        interest,
        organisations=(*interest.organisations, *map(company_key, more)),
        organisation_names=(*interest.organisation_names, *more),
    )
