"""Pure rule: how people are called at the head of a narrow column, as shortly as they can be told apart."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

_TITLES = frozenset(
    ("dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "dame", "lord", "lady", "baroness", "rev", "revd",
     "reverend", "cllr", "councillor", "sister")
)  # fmt: skip


@lru_cache(maxsize=256)
def short_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Returns each of `names` as its surname; where several share one, with the initial, then the first name, then in full; people of
    one and the same name are numbered. No two answers are alike."""
    forms = [_forms(name) for name in names]
    length = [0] * len(names)
    while alike := _alike([each[at] for each, at in zip(forms, length, strict=True)]):
        longer = [index for index in alike if length[index] < len(forms[index]) - 1]
        if not longer:
            break
        for index in longer:
            length[index] += 1
    return _numbered([each[at] for each, at in zip(forms, length, strict=True)])


def _forms(name: str) -> tuple[str, ...]:
    """A name from its shortest form to the whole of it."""
    whole = " ".join(name.split()) or "?"
    words = whole.partition(",")[0].split()
    while len(words) > 1 and words[0].casefold().rstrip(".") in _TITLES:
        words.pop(0)
    if not words:
        return (whole,)
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():  # "van der Berg"
        start -= 1
    given, surname = words[:start], " ".join(words[start:])
    if not given:
        return tuple(dict.fromkeys((surname, whole)))
    return tuple(dict.fromkeys((surname, f"{given[0][0]} {surname}", f"{given[0]} {surname}", whole)))


def _alike(names: Sequence[str]) -> list[int]:
    times = Counter(name.casefold() for name in names)
    return [index for index, name in enumerate(names) if times[name.casefold()] > 1]


def _numbered(names: Sequence[str]) -> tuple[str, ...]:
    found, taken = [], {name.casefold() for name in names}
    alike, seen = set(_alike(names)), Counter[str]()
    for index, name in enumerate(names):
        if index not in alike:
            found.append(name)
            continue
        seen[name.casefold()] += 1
        while (numbered := f"{name} {seen[name.casefold()]}").casefold() in taken:
            seen[name.casefold()] += 1
        found.append(numbered)
    return tuple(found)
