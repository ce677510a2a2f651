"""Posts in local medical committees, and items on which a body deals with one: who has such a post is loyal to its GPs. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import dropwhile

from coi.screening.denials import affirmed
from coi.screening.names import name_words
from coi.screening.vocabulary import Affected, AffectedOrganisation, InterestFact, ItemFact, MedicalCommittee

_LMC = re.compile(
    r"((?:[A-Z][\w'’&-]*\s+(?:(?:and|of|&)\s+)?)*)\b(?:LMCs?\b|(?i:local medical committees?))(?!\s+(?i:lev(?:y|ies)))"
)
_DEALS = re.compile(
    r"\b(?:negotiat\w*|bargain\w*|talks|terms(?! of reference)|agree(?:d|ing|ments?)?|settle(?:d|ments?)?|disput\w*|(?:counter-?)?offers?|"
    r"(?:counter-?)?proposals?|claims?|requests?|funding|payments?|fees?|premiums?|uplifts?|rates?|prices?|tariffs?)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n")
_WORDS = """a chair chairman chairwoman chief committee constituent deputy director elected executive gp gps honorary local medical member
negotiation negotiations officer of president rep representative secretary the treasurer vice and with"""
_NO_PLACE = frozenset(_WORDS.split())  # before the name of a committee, and no part of it


def negotiated_with(title: str, description: str) -> MedicalCommittee | None:
    """Returns the local medical committee that an item deals with about terms or money, as its wording says. Rule: MTG-02; RULEBOOK §23
    scenario 47."""
    said = (each for text in (title, description) for each in _SENTENCE.split(text))
    return next((found for each in said if _DEALS.search(each) for found in _named(each)), None)


def with_representatives(
    items: Sequence[ItemFact], interests: Sequence[InterestFact]
) -> tuple[tuple[ItemFact, ...], tuple[InterestFact, ...]]:
    """Returns the items with the local medical committee that each deals with, and the interests with the post in it: whoever speaks there
    for those who are paid is loyal to them, member or not. Where no item deals with one, both as they are. Rule: MTG-02; RULEBOOK §23
    scenario 47."""
    dealt = [(item, item.negotiates_with) for item in items if item.negotiates_with]
    if not dealt:
        return tuple(items), tuple(interests)
    keyed = {item.key: replace(item, affected=(*item.affected, _affected(item, lmc))) for item, lmc in dealt}
    told = (_with_posts(each, _posts_on(dealt, each)) for each in interests)
    return tuple(keyed.get(item.key, item) for item in items), tuple(told)


def _posts_on(dealt: Iterable[tuple[ItemFact, MedicalCommittee]], interest: InterestFact) -> dict[str, str]:
    """What the committee is called in which somebody has a post, by the key under which each item deals with it."""
    posts = posts_in((*interest.organisation_names, interest.text))
    found = ((_key(item), next((each for each in posts if each.may_be(lmc)), None)) for item, lmc in dealt)
    return {key: post.name for key, post in found if post}


def _with_posts(interest: InterestFact, posts: Mapping[str, str]) -> InterestFact:
    if not posts:
        return interest
    return replace(
        interest,
        organisations=(*interest.organisations, *posts),
        organisation_names=(*interest.organisation_names, *posts.values()),
    )


@lru_cache(maxsize=4096)
def posts_in(texts: tuple[str, ...]) -> tuple[MedicalCommittee, ...]:
    """Returns the local medical committees that the words of an interest name. Who only pays a levy has no post there."""
    return tuple(found for text in texts for found in _named(affirmed(text)))


def _named(text: str) -> Iterator[MedicalCommittee]:
    for found in _LMC.finditer(text):
        words = list(dropwhile(_is_no_place, found[1].split()))
        places = frozenset(word.casefold() for word in words if not _is_no_place(word))
        yield MedicalCommittee(" ".join((*words, "LMC")) if places else "the LMC", places)


def _is_no_place(word: str) -> bool:
    return _NO_PLACE.issuperset(name_words(word))


def _affected(item: ItemFact, lmc: MedicalCommittee) -> AffectedOrganisation:
    return AffectedOrganisation(_key(item), lmc.name, Affected.REPRESENTED, "the wording deals with it")


def _key(item: ItemFact) -> str:
    return f"name:lmc in {item.key}"
