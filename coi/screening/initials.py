"""What initials may stand for: words that follow one another in a name or a town, a whole name, a trust. Made with the index. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from coi.screening.matching_vocabulary import ReferenceOrganisation

LETTERS = range(2, 5)
"""How many letters stand for words that follow one another."""
LETTERS_IN_ALL = range(3, 7)
"""How many letters stand for a whole name."""
NO_ACRONYM = {
    "NHS", "BMA", "GPS", "THE", "PCN", "ICB", "CCG", "LMC", "CIC", "LTD", "LLP", "PLC", "LES", "DES", "PMS", "OLD", "NEW", "ALL",
    "MRI", "ENT", "DGH",
}  # fmt: skip
_MINDED = frozenset({"MENTAL"})
_FEWEST = 3  # letters of an acronym
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


def by_acronym(
    organisations: Sequence[ReferenceOrganisation], hospitals: Mapping[int, Iterable[str]]
) -> dict[str, list[int]]:
    """Returns the acronyms of trusts that people use, of what they are or were called and of their `hospitals`: EPUT, ESNEFT, RD&E."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(organisations):
        if one.kind == "trust":
            names = {name for whole in (one.name, *one.former_names) for name in (whole, whole.split(",")[0])}
            made = set().union(*map(_acronyms, names), *map(_of_hospital, hospitals.get(number, ())))
            for acronym in sorted(made):
                found[acronym].append(number)
    return dict(found)


def _acronyms(name: str) -> set[str]:
    listed = _parted(name)
    body = [word for word in listed if word not in ("NHS", "FOUNDATION", "TRUST", "THE")]
    served = [word for word in body if word not in ("SERVICES", "SERVICE")]
    endings = ("", "T", "FT", "NFT", "NHSFT", "NHST") if "FOUNDATION" in listed else ("", "T", "NHST")
    shorter = [] if _MINDED.isdisjoint(body) else [word for word in served if word not in (*_MINDED, "HEALTH")]  # AWP
    starts = _initials(body) | {_telling(served), _telling(shorter)}
    return {start + ending for start in starts for ending in endings if _is_long(start + ending)}


def _of_hospital(name: str) -> set[str]:
    """The initials of a hospital, with its last letter ("RUH") or, where they hold an "&", without: "RD&E"."""
    *before, last = _parted(name)
    made = _initials([*before, last]) | {one for one in _initials(before) if "&" in one}
    return {one for one in made if _is_long(one)}


def _parted(name: str) -> list[str]:
    listed = name.upper().replace("'", "").replace(".", " ").replace("&", " AND ").replace("-", " ").split()
    return [word for word in listed if word != "THE"]


def _initials(listed: Sequence[str]) -> set[str]:
    """The initials of words, with "and" as a letter, as "&" and not at all."""
    said = [word for word in listed if word not in ("OF", "FOR")]
    with_and = "".join(word[0] for word in said)
    return {_telling(listed), with_and, "".join("&" if word == "AND" else word[0] for word in said)}


def _telling(listed: Sequence[str]) -> str:
    return "".join(word[0] for word in listed if word not in ("AND", "OF", "FOR"))


def _is_long(acronym: str) -> bool:
    return len(acronym.replace("&", "")) >= _FEWEST and acronym not in NO_ACRONYM
