"""Ways from an interest to an item, which of them leads, and what holds whichever of several organisations an interest is in. Pure."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from coi.screening.paths import Called, Reach
from coi.screening.vocabulary import Level, RelationKind
from coi.wording import short_list

_NAMED = 5  # of those who may be meant


@dataclass(frozen=True, slots=True)
class Verdict:
    """How strong an interest is on one kind of way. `rules` are the ids that it rests on."""

    level: Level
    relation: RelationKind
    suggested: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way from an interest to an item: by which organisation of the interest, `key`, and how that is concerned."""

    verdict: Verdict
    key: str
    reach: Reach


Rank = Callable[[Way], tuple[Level, int, tuple[str, ...]]]


def in_order(ways: Sequence[Way], one_of: Sequence[str], rank: Rank) -> list[Way]:
    """Returns the ways, the one that leads first: the strongest; where one of several organisations is meant and nobody settled which,
    the strongest of the one that is concerned least, which holds whichever is meant."""
    ranked = sorted(ways, key=rank)
    if not one_of:
        return ranked
    best: dict[str, Way] = {}
    for way in ranked:
        best.setdefault(way.key, way)
    sure = [best[key] for key in best if key not in one_of]
    if holds(ways, one_of):
        sure.append(max((best[key] for key in one_of), key=rank))
    lead = min(sure or ranked, key=rank)
    return [lead, *(way for way in ranked if way is not lead)]


def holds(ways: Collection[Way], one_of: Sequence[str]) -> bool:
    """Whether each of these organisations is concerned, so that whichever is meant is."""
    return set(one_of) <= {way.key for way in ways}


def are_alike(ways: Collection[Way], one_of: Sequence[str], lead: Way) -> bool:
    """Whether each of these organisations has a way that is told in the same words as the one that leads."""
    alike = [way for way in ways if is_told_alike(way, lead)]
    return holds(alike, one_of)


def is_told_alike(way: Way, lead: Way) -> bool:
    """Whether two ways differ in nothing but the organisation that they begin with."""
    return way.reach.hops == lead.reach.hops and way.reach.affected.relation is lead.reach.affected.relation


def whichever(one_of: Sequence[str], called: Called) -> str:
    """Returns organisations of which one is meant, in words."""
    names = [called(key) for key in one_of]
    if len(names) == 1:
        return f"{names[0]}, if that is meant (not settled)"
    return f"one of {short_list(names, _NAMED)} (not settled which)"


def each_is(step: str, lead: str, *, alike: bool) -> str:
    """Returns the step after organisations of which one is meant: how each of them is concerned, or the one that is concerned least."""
    return f"each is {step}" if alike else f"each is concerned, {lead} least: {step}"
