"""What initials may stand for: words that follow one another in a name or a town, a whole name, a trust. Made with the index. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from coi.screening.matching_vocabulary import ReferenceOrganisation

LETTERS = range(2, 5)
"""How many letters stand for words that follow one another."""
LETTERS_IN_ALL = range(3, 7)
"""How many letters stand for a whole name."""
NO_ACRONYM = {
    "NHS", "BMA", "GPS", "THE", "PCN", "ICB", "CCG", "LMC", "CIC", "LTD", "LLP", "PLC", "LES", "DES", "PMS", "OLD", "NEW", "ALL",
}  # fmt: skip
Words = tuple[str, ...]
_Key = TypeVar("_Key")


def initials_of(listed: Sequence[str]) -> str:
    """Returns the first letters of words."""
    return "".join([word[0] for word in listed])


def runs(listed: Words, initials: str) -> Iterator[Words]:
    """Yields the words that follow one another in `listed` and have these initials."""
    for start in range(len(listed) - len(initials) + 1):
        run = listed[start : start + len(initials)]
        if initials_of(run) == initials:
            yield run


def by_initials(names: Iterable[tuple[_Key, Words]]) -> dict[str, list[_Key]]:
    """Returns the initials of every run of words in names, each with the keys of the names that hold such a run."""
    found: dict[str, list[_Key]] = defaultdict(list)
    for key, listed in names:
        letters = initials_of(listed)
        for made in {letters[start : start + n] for n in LETTERS for start in range(len(letters) - n + 1)}:
            found[made].append(key)
    return dict(found)


def by_whole_initials(names: Iterable[tuple[int, Words]]) -> dict[str, list[int]]:
    """Returns the initials of whole names in capitals, each with the organisations that bear one."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, listed in names:
        if len(listed) in LETTERS_IN_ALL:
            found[initials_of(listed).upper()].append(number)
    return dict(found)


def by_acronym(organisations: Sequence[ReferenceOrganisation]) -> dict[str, list[int]]:
    """Returns the acronyms of trusts that people use: EPUT, ESNEFT, MSEFT."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, organisation in enumerate(organisations):
        if organisation.kind == "trust":
            for acronym in sorted(_acronyms(organisation.name) | _acronyms(organisation.name.split(",")[0])):
                found[acronym].append(number)
    return dict(found)


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
