"""Whom words may mean while nobody has settled it: out of the matcher's answer, and in words for whoever settles it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coi.screening.flags import Flag
from coi.screening.matching_vocabulary import Decision, MatchCandidate, MatchResult
from coi.screening.names import NETWORK_WORDS, company_key, name_words, spoken
from coi.screening.vocabulary import OneOf
from coi.screening.ways import is_code
from coi.wording import short_list

_NAMED = 5  # of those who may be meant


def meant_by(result: MatchResult) -> tuple[OneOf, ...]:
    """Returns whom a text means as the matcher reads it, while nobody has settled it: each organisation that it names for certain, or those
    of which it may mean any. Of networks that share a name each counts. Nobody where the text names nobody."""
    found = result.organisations
    if result.decision is Decision.NONE or not found:
        return ()
    if result.decision is Decision.MATCHED or is_family(found):
        return tuple(OneOf((key_of(each),), (each.name,), result.text) for each in found)
    return (OneOf(tuple(map(key_of, found)), tuple(each.name for each in found), result.text),)


def key_of(one: MatchCandidate) -> str:
    """Returns what screening calls an organisation that a text may mean."""
    return one.code or company_key(one.name)


def is_family(equals: Sequence[MatchCandidate]) -> bool:
    """Whether these are networks that share a name but for a number or a bracket ("North Vale PCN" of four): each counts until somebody
    says which is meant, since whoever leads one of them is not to be missed. Other equals are organisations of different people."""
    return all(one.code and NETWORK_WORDS.intersection(name_words(one.name)) for one in equals)


@dataclass(frozen=True, slots=True)
class Side:
    """Words of an interest, or of an item, whose meaning has to be settled, and whom they may mean in words."""

    one_of: OneOf
    is_of_item: bool
    words: str


def may_be(question: Flag) -> str:
    """Whom an interest may be in and an item may mean: those by which the item would concern it, and those by which it would not."""
    return "; ".join(each.words for each in sides(question))


def sides(question: Flag) -> Iterator[Side]:
    """Yields what has to be settled, the words of the interest first; nothing of what whoever reads may not know to be concerned."""
    for one_of in sorted(question.asks, key=lambda each: each not in question.interest.one_of):
        joined = question.concerned_of(one_of)
        concerned = _listed(one_of, [key for key in one_of.keys if key in joined])
        others = _listed(one_of, [key for key in one_of.keys if key not in joined])
        is_of_item = one_of not in question.interest.one_of
        if concerned and is_of_item:
            what = f"“{one_of.words}” on this item may be {concerned}, which concerns {question.person}"
            yield Side(one_of, True, f"{what}, or {others}, which does not" if others else what)
        elif concerned:
            what = f"may be {concerned}, which this item concerns"
            yield Side(one_of, False, f"{what}, or {others}, which it does not" if others else what)


def _listed(one_of: OneOf, keys: Sequence[str]) -> str:
    names = dict(zip(one_of.keys, one_of.names, strict=True))
    return short_list([_called(key, names[key]) for key in keys], _NAMED) if keys else ""


def _called(key: str, name: str) -> str:
    """By name and ODS code; whoever has none by the name alone."""
    return f"{spoken(name)} ({key})" if is_code(key) else spoken(name)
