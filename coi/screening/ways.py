"""Ways from an interest to an item, which of them leads, and what holds whichever of several organisations is meant. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from coi.screening.paths import Called, Reach
from coi.screening.vocabulary import Chosen, Level, OneOf, RelationKind
from coi.wording import short_list

_NAMED = 5  # of those who may be meant
_LONGEST_CODE = 12  # letters of an ODS code
_MOST_CASES = 1000  # that are gone through; of what may mean even more nobody is sure


@dataclass(frozen=True, slots=True)
class Verdict:
    """How strong an interest is on one kind of way. `rules` are the ids that it rests on."""

    level: Level
    relation: RelationKind
    suggested: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way from an interest to an item: by which organisation of the interest, `key`, and how that is concerned. `if_held`: the
    interest is in that one only if it is the one that is meant of several."""

    verdict: Verdict
    key: str
    reach: Reach
    if_held: Chosen | None = None

    @property
    def ifs(self) -> tuple[Chosen, ...]:
        """What has to be meant for the way to hold."""
        return tuple(each for each in (self.if_held, self.reach.affected.if_meant) if each)


Rank = Callable[[Way], tuple[Level, int, int, tuple[str, ...]]]


def in_order(ways: Sequence[Way], rank: Rank) -> list[Way]:
    """Returns the ways, the one that leads first: the strongest; where nobody settled which of several organisations is meant, of the
    strongest way of each case the weakest, which holds whichever is meant."""
    ranked = sorted(ways, key=rank)
    place = _sure_place(ranked) or 0
    return [ranked[place], *(way for number, way in enumerate(ranked) if number != place)]


def is_sure(ways: Sequence[Way]) -> bool:
    """Whether there is a way whichever organisations are meant."""
    return _sure_place(ways) is not None


def _sure_place(ranked: Sequence[Way]) -> int | None:
    """Where the way stands that leads in the case in which the least leads; None where in a case there is none."""
    asked = {each.one_of: None for way in ranked for each in way.ifs}
    if not asked:
        return 0
    if prod(len(each.keys) for each in asked) > _MOST_CASES:
        return next((place for place, way in enumerate(ranked) if not way.ifs), None)
    places = [
        next((place for place, way in enumerate(ranked) if _holds(way, case)), None) for case in _cases(tuple(asked))
    ]
    return None if None in places else max(place for place in places if place is not None)


def _cases(asked: Sequence[OneOf]) -> Iterator[Mapping[OneOf, str]]:
    return (dict(zip(asked, keys, strict=True)) for keys in product(*(each.keys for each in asked)))


def _holds(way: Way, case: Mapping[OneOf, str]) -> bool:
    return all(case[each.one_of] == each.key for each in way.ifs)


def are_alike(ways: Sequence[Way], one_of: OneOf, lead: Way) -> bool:
    """Whether an interest in each of these organisations has a way that is told in the same words as the one that leads."""
    alike = {way.key for way in ways if way.if_held and way.if_held.one_of == one_of and is_told_alike(way, lead)}
    return alike.issuperset(one_of.keys)


def is_told_alike(way: Way, lead: Way) -> bool:
    """Whether two ways differ in nothing but the organisations of which one is meant."""
    both = way.if_held, lead.if_held
    same_start = way.key == lead.key or (both[0] and both[1] and both[0].one_of == both[1].one_of)
    return bool(
        same_start
        and way.reach.hops == lead.reach.hops
        and way.reach.affected.relation is lead.reach.affected.relation
        and bool(way.reach.affected.if_meant) is bool(lead.reach.affected.if_meant)
    )


def whichever(one_of: OneOf, called: Called) -> str:
    """Returns organisations of which one is meant, in words."""
    names = told_apart(one_of, called)
    if len(names) == 1:
        return f"{names[0]}, if that is meant (not settled)"
    return f"one of {short_list(names, _NAMED)} (not settled which)"


def told_apart(one_of: OneOf, called: Called) -> list[str]:
    """Returns what organisations are called; those of one name by their ODS codes too, where they have one."""
    names = [called(key) for key in one_of.keys]
    pairs = zip(one_of.keys, names, strict=True)
    return [f"{name} ({key})" if names.count(name) > 1 and is_code(key) else name for key, name in pairs]


def is_code(key: str) -> bool:
    """Whether a key is an ODS code, and not the words or the number of somebody who has none."""
    return len(key) <= _LONGEST_CODE and key.isalnum()


def each_is(step: str, lead: str, *, alike: bool) -> str:
    """Returns the step after organisations of which one is meant: how each of them is concerned, or the one that is concerned least."""
    return f"each is {step}" if alike else f"each is concerned, {lead} least: {step}"


def where_meant(chosen: Chosen, called: Called, *, whichever_is: bool) -> str:
    """Returns what the last step of a path says where the item does not settle whom it names: under which condition it holds."""
    if whichever_is and len(chosen.one_of.keys) > 1:
        names = short_list(told_apart(chosen.one_of, called), _NAMED)
        return f", whichever “{chosen.one_of.words}” means there: {names} (not settled which)"
    settled = " (not settled)" if whichever_is else ""
    return f", if “{chosen.one_of.words}” means {called(chosen.key)} there{settled}"
