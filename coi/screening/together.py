"""Phrases of one text, taken together: what is said to be the same is one, and what says no more than a type is nobody. Pure."""

import re
from collections.abc import Sequence

from coi.screening.names import TYPE_WORDS
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


def without_types(resolved: list[Resolved]) -> list[Resolved]:
    """ "Health Centre, Mill Lane": of a phrase that is nothing but a type, namesakes far away are nobody where another phrase says more."""
    said = [one for one in resolved if one[2] and (any(each.is_near for each in one[2]) or not _is_type(one[0]))]
    return [one for one in resolved if not one[2] or one in said] if said else resolved


def _is_type(mention: Mention) -> bool:
    return TYPE_WORDS.issuperset(mention.listed)
