"""How well a phrase fits a name, and which of several that fit is meant: numbers with reasons. Pure arithmetic."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from coi.screening.hints import Hints
from coi.screening.index import NameIndex
from coi.screening.indexing import BUILDING, CURRENT, FORMER, PART, Variant
from coi.screening.kinds import kinds_meant, types_agree
from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.names import NETWORK_WORDS, PRACTICE_WORDS, TYPE_WORDS, WAYS, is_misspelt
from coi.screening.placing import Context, placed
from coi.screening.segments import Mention

_HOPELESS = 0.5  # covering less than half of each other, a phrase and a name have nothing to do with each other
ENOUGH = 0.82  # below this nobody is named
MARGIN = 0.045  # closer than this, two organisations are equals and neither is chosen
_KIND_PENALTY = {CURRENT: 0.0, FORMER: 0.015, PART: 0.06, BUILDING: 0.12}

_OF_NETWORKS_TOO = frozenset(("health", "healthcare", "group", "partnership"))
_STRANGE = {"prescribing": 0.08, "pcn": 0.1}  # kinds that a plain name seldom means
_WHOLE = 0.99  # of a name and a phrase
_KINDS_OF_PRACTICE = PRACTICE_WORDS - {"health", "medical", "doctor", "healthcare"}
_NONE: Mapping[str, float] = {}
Similar = Mapping[str, Mapping[str, float]]  # a word of the text → words of the index that it may be a slip of


class Scored(NamedTuple):
    """One organisation that a phrase may mean, with its score (over 1 where the place speaks for it too) and the reasons."""

    number: int
    score: float
    fit: float
    reasons: tuple[str, ...]
    in_area: bool
    at_place: bool
    contradicted: bool = False
    said: float = 1.0  # how much of the phrase the name and the address explain
    is_name: bool = True  # a name that it bears or bore, not its building's
    is_whole: bool = False  # the phrase tells no more and no less than the name
    slipped: bool = False  # the words are spelled otherwise

    @property
    def is_near(self) -> bool:
        """Whether it is in the register's area, or where the text says."""
        return self.in_area or self.at_place


Verdict = tuple[list[Scored], list[Scored]]  # who is named; else who are equals
NOBODY: Verdict = ([], [])


class _Said(NamedTuple):
    """What the words of a phrase come to, whatever name they are compared with."""

    telling: tuple[str, ...]
    tells: frozenset[str]
    listed: frozenset[str]
    types: tuple[str, ...]
    joined: str
    kinds: frozenset[str]
    is_network: bool
    called: frozenset[str]  # the types that a network of that name would bear
    own: tuple[str, ...]  # without "NHS", which a name may have or not


@lru_cache(maxsize=512)
def _said(listed: tuple[str, ...]) -> _Said:
    telling = tuple([word for word in listed if word not in TYPE_WORDS])
    types = tuple([word for word in listed if word in TYPE_WORDS])
    words, own = frozenset(listed), tuple([word for word in listed if word != "nhs"])
    kinds, is_network = kinds_meant(words, listed[-1]), not NETWORK_WORDS.isdisjoint(words)
    called = _OF_NETWORKS_TOO.intersection(types)
    return _Said(telling, frozenset(telling), words, types, "".join(telling), kinds, is_network, called, own)


def fit(index: NameIndex, mention: Mention, variant: Variant, similar: Similar) -> tuple[float, bool, float]:
    """Returns how far the telling words of a phrase and a name cover each other, 0 to 1, whether the spelling differs,
    and how much of the phrase is explained. Words of the phrase that the organisation's address explains do not count against it."""
    if mention.listed == variant.listed:
        return 1.0, False, 1.0
    said = _said(mention.listed)
    if not said.telling or not variant.core:
        return 0.0, False, 0.0
    near = similar.get(said.joined, _NONE).get(variant.joined, 1.0 if said.joined == variant.joined else 0.0)
    if 0 < near < 1 and _are_numbered_apart((*mention.listed, *mention.tail), variant.core):
        near = 0.0  # Mill Lane 2 is no slip of Mill Lane 3
    hit, name_total, slipped, used = _covered(index, said, variant, similar)
    said_total = explained = 0.0
    for word in said.telling:
        weight = index.weight(word)
        said_total += weight
        if word in used:
            explained += weight
        elif hit and word not in WAYS and index.places_among(variant.number, (word,)):
            explained += weight * 0.95
    covered = 0.5 * hit / name_total + 0.5 * explained / said_total if hit else 0.0
    if covered > 0.97 and said.listed == set(variant.listed):
        return 0.97, slipped, 1.0  # the same words in another order
    return max(covered, near), slipped or (near > covered and near < 1), max(explained / said_total, near)


def _are_numbered_apart(*names: Sequence[str]) -> bool:
    numbers = [[word for word in listed if word.isdigit()] for listed in names]
    return all(numbers) and numbers[0] != numbers[1]


def _covered(index: NameIndex, said: _Said, variant: Variant, similar: Similar) -> tuple[float, float, bool, set[str]]:
    """How much of a name's weight the phrase has, of how much, whether by a slip, and with which of its words."""
    hit, total, slipped, used = 0.0, 0.0, False, set()
    for word in variant.core:
        weight = index.weight(word)
        total += weight
        if word in said.tells:
            hit += weight
            used.add(word)
        elif similar:
            for other in said.telling:
                likeness = similar.get(other, _NONE).get(word, 0.0)
                if likeness:
                    hit += weight * likeness
                    used.add(other)
                    slipped = slipped or likeness < 1
                    break
    return hit, total, slipped, used


def judge(index: NameIndex, mention: Mention, variant: Variant, context: Context, similar: Similar) -> Scored | None:
    """Returns the score of one name for one phrase, None where they cannot be the same kind of thing."""
    organisation, words = index.organisations[variant.number], _said(mention.listed)
    is_exact = organisation.kind == "practice" and variant.listed in (
        mention.listed,
        words.own,
    )  # a Welsh trust has the codes of practices
    if (organisation.kind not in words.kinds and not is_exact) or (
        "infirmary" in words.listed and "infirmary" not in variant.listed
    ):
        return None
    if organisation.kind == "pcn" and not words.is_network and not words.called.issubset(variant.listed):
        return None  # "Kernow Health" is no Kernow PCN
    if words.types == ("doctor",) and "doctor" not in variant.listed and mention.is_person:
        return None
    covered, slipped, said = fit(index, mention, variant, similar)
    if covered < _HOPELESS:
        return None
    score = covered - _KIND_PENALTY[variant.kind] + types_agree(mention.listed, words.types, variant.listed)
    if not words.is_network:
        score -= _STRANGE.get(organisation.kind, 0.0)
    if organisation.code == context.area:
        score += 0.06  # the body's own register, where several share a name
    where = placed(index, variant.number, context)
    reasons = [_how(covered, slipped, variant, mention), *where.reasons]
    score += where.score
    is_open = organisation.status == "active"
    if is_open is context.hints.says_closed and not _was_open_then(organisation, context.hints):
        score -= 0.05
    if not is_open:
        reasons.append(_closed(organisation))
    is_name, is_whole = variant.kind != BUILDING, words.tells == set(variant.core)
    return Scored(
        variant.number, score, covered, tuple(reasons), where.in_area, where.at_place, where.contradicted, said, is_name, is_whole,
        slipped,
    )  # fmt: skip


def _was_open_then(organisation: ReferenceOrganisation, hints: Hints) -> bool:
    """Whether an organisation closed only after the year of what ended: whoever was there until then may mean it as well as one that is
    open."""
    return organisation.closed_on is not None and 0 < hints.last_year <= organisation.closed_on.year


def _closed(organisation: ReferenceOrganisation) -> str:
    since = f" since {organisation.closed_on}" if organisation.closed_on else ""
    into = f", succeeded by {' and '.join(organisation.successors)}" if organisation.successors else ""
    return f"{organisation.status}{since}{into}"


def _how(covered: float, slipped: bool, variant: Variant, mention: Mention) -> str:
    named = "name" if variant.kind == CURRENT else f"{variant.kind} {variant.name}"
    if covered <= _WHOLE and not slipped:
        return f"most of the {named}"
    if slipped or is_misspelt(mention.raw):
        return f"a spelling of the {named}"
    return f"same {named}" if _have_one_type(mention.listed, variant.listed) else f"the {named} but for its type"


def _have_one_type(said: tuple[str, ...], named: tuple[str, ...]) -> bool:
    """Whether a phrase says no other type of organisation than a name does: "Elm Surgery" for the Elm Medical Centre does."""
    first, second = (_KINDS_OF_PRACTICE.intersection(listed) for listed in (said, named))
    return not first or first == second


def best_of(scored: Iterable[Scored]) -> list[Scored]:
    """Returns the best score of each organisation, best first."""
    best: dict[int, Scored] = {}
    for one in scored:
        if one.number not in best or one.score > best[one.number].score:
            best[one.number] = one
    return sorted(best.values(), key=lambda one: (-one.score, one.number))
