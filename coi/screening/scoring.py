"""How well a phrase fits a name, and which of several that fit is meant: numbers with reasons. Pure arithmetic."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from coi.screening.counties import post_area
from coi.screening.index import NameIndex, line_words
from coi.screening.indexing import BUILDING, CURRENT, FORMER, PART, Variant
from coi.screening.kinds import kinds_meant, types_agree
from coi.screening.names import NETWORK_WORDS, TYPE_WORDS, WAYS
from coi.screening.segments import Mention
from coi.screening.vocabulary import ReferenceOrganisation

_HOPELESS = 0.5  # covering less than half of each other, a phrase and a name have nothing to do with each other
ENOUGH = 0.82  # below this nobody is named
MARGIN = 0.045  # closer than this, two organisations are equals and neither is chosen
_KIND_PENALTY = {CURRENT: 0.0, FORMER: 0.015, PART: 0.06, BUILDING: 0.12}

_OF_NETWORKS_TOO = frozenset(("health", "healthcare", "group", "partnership"))
_STRANGE = {"prescribing": 0.08, "pcn": 0.1}  # kinds that a plain name seldom means
VAGUE = {
    "north",
    "south",
    "east",
    "west",
    "upper",
    "lower",
    "great",
    "little",
    "new",
    "old",
    "saint",
    "midlands",
    "mid",
}
_NONE: Mapping[str, float] = {}
Similar = Mapping[str, Mapping[str, float]]  # a word of the text → words of the index that it may be a slip of


@dataclass(frozen=True, slots=True)
class Context:
    """What the rest of a text says: the register's area, words near the phrase, towns and postcodes named."""

    area: str
    near: frozenset[str]
    towns: frozenset[str]
    postcodes: frozenset[str]
    shouted: bool = False  # all in capitals, which then say nothing
    whispered: bool = False  # all in small letters, of somebody in a practice: they say nothing either
    rest_is_place: bool = False  # whatever else the text says is towns and areas
    is_dwelling: bool = False  # the text is about where somebody lives
    beside: frozenset[str] = frozenset()  # towns that stand right beside the phrase
    town_beside: bool = False  # a town that is not in the area stands right behind the phrase
    posts_beside: frozenset[str] = frozenset()  # the postcode areas of the towns right behind it
    long_towns: tuple[tuple[str, ...], ...] = ()  # towns of several words, which count as a whole
    county: tuple[str, ...] = ()  # that stands right behind the phrase, by its words
    of_hospital: bool = False  # a post that the text names is one that hospitals have
    of_practice: bool = False  # a post that the text names is one that practices have
    is_past: bool = False  # the text says that something ended
    last_year: int = 0  # … the last that it names then, for what ended
    says_closed: bool = False  # … and that a practice did
    leads_network: bool = False  # the words beside the phrase are a role that only networks have
    is_typed: bool = True  # the phrase says what it is in so many words: "surgery", not only "health"


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


class _Where(NamedTuple):
    """What the place says of one organisation: for or against it, in words, near the register, at the place named, at another one."""

    score: float
    reasons: tuple[str, ...]
    in_area: bool
    at_place: bool
    contradicted: bool


@dataclass(frozen=True, slots=True)
class _Said:
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
    telling = tuple(word for word in listed if word not in TYPE_WORDS)
    words = frozenset(listed)
    types = tuple(word for word in listed if word in TYPE_WORDS)
    kinds, is_network = kinds_meant(words, listed[-1]), bool(words & NETWORK_WORDS)
    own = tuple(word for word in listed if word != "nhs")
    called = frozenset(types) & _OF_NETWORKS_TOO
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
    where = _where(index, variant.number, context)
    reasons = [_how(covered, slipped, variant), *where.reasons]
    score += where.score
    is_open = organisation.status == "active"
    if is_open is context.says_closed and not (context.last_year and _was_open_in(organisation, context.last_year)):
        score -= 0.05
    if not is_open:
        reasons.append(_closed(organisation))
    is_name, is_whole = variant.kind != BUILDING, words.tells == set(variant.core)
    return Scored(
        variant.number, score, covered, tuple(reasons), where.in_area, where.at_place, where.contradicted, said, is_name, is_whole,
        slipped,
    )  # fmt: skip


def _was_open_in(organisation: ReferenceOrganisation, year: int) -> bool:
    """Whether an organisation closed only after a year: whoever was there until then may mean it as well as one that is open."""
    return organisation.closed_on is not None and organisation.closed_on.year >= year


def _where(index: NameIndex, number: int, context: Context) -> _Where:
    """What speaks for an organisation, or against it, by where it is: in the register's area, at the place or postcode that is named."""
    organisation, score, reasons = index.organisations[number], 0.0, []
    in_area = bool(context.area) and number in index.members(context.area)
    about = context.near | context.towns
    places = index.places_among(number, about) if about else about
    postcode = organisation.postcode.replace(" ", "").upper() if context.postcodes else ""
    at_place = bool(postcode) and postcode in context.postcodes
    told = {
        word
        for word in places
        if word in context.near and word not in WAYS and word not in VAGUE and not word.isdigit()
    }
    long = [town for town in context.long_towns if not index.is_of_town(number, town)]
    told -= {word for town in long for word in town}  # Tyne and Wear is not Newcastle upon Tyne
    contradicted = bool(context.towns or long) and context.towns.isdisjoint(places)
    contradicted = contradicted and len(long) == len(context.long_towns)
    if in_area:
        score += 0.13
        reasons.append(f"in the area {context.area}")
    elif context.area and not told:
        score -= 0.06
    if at_place or told:
        score += 0.2 if at_place else min(0.07 + 0.03 * len(told), 0.14)
        reasons.append("the postcode agrees" if at_place else f"the place agrees ({', '.join(sorted(told))})")
        at_place = True
        score += 0.05 if told.intersection(line_words(organisation.town)) else 0.0
    elif is_far(index, organisation, context.county):
        score, contradicted = score - (0.5 if in_area else 0.3), True
        reasons.append(f"but the text names {' '.join(context.county)}")
    elif contradicted:
        score -= _contradicts(context, places, organisation.postcode, in_area=in_area)
        named = sorted({*context.towns, *map(" ".join, context.long_towns)})
        reasons.append(f"but the text names {', '.join(named)}")
    return _Where(score, tuple(reasons), in_area, at_place, contradicted)


def is_far(index: NameIndex, organisation: ReferenceOrganisation, county: tuple[str, ...]) -> bool:
    """Whether no practice with a postcode that begins as an organisation's does lies in a county: what counties people say they are in
    follows no border."""
    post = post_area(organisation.postcode) if county else ""
    return bool(post) and post not in index.county_posts(county)


def _contradicts(context: Context, places: frozenset[str], postcode: str, *, in_area: bool) -> float:
    """How much it speaks against an organisation that the text names another place: much right beside its name ("Stock Surgery Halifax"),
    little elsewhere in the text ("and locum in Salford"), and little where the two share a postcode area: a town over the border."""
    if in_area:
        far = context.town_beside and post_area(postcode) not in context.posts_beside
        return 0.5 if far else 0.05
    return 0.3 if context.beside and context.beside.isdisjoint(places) else 0.05


def _closed(organisation: ReferenceOrganisation) -> str:
    since = f" since {organisation.closed_on}" if organisation.closed_on else ""
    into = f", succeeded by {' and '.join(organisation.successors)}" if organisation.successors else ""
    return f"{organisation.status}{since}{into}"


def _how(covered: float, slipped: bool, variant: Variant) -> str:
    named = "name" if variant.kind == CURRENT else f"{variant.kind} {variant.name}"
    if slipped:
        return f"{named}, spelled differently"
    return f"same {named}" if covered > 0.99 else f"most of the {named}"


def best_of(scored: Iterable[Scored]) -> list[Scored]:
    """Returns the best score of each organisation, best first."""
    best: dict[int, Scored] = {}
    for one in scored:
        if one.number not in best or one.score > best[one.number].score:
            best[one.number] = one
    return sorted(best.values(), key=lambda one: (-one.score, one.number))
