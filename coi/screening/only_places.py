"""Phrases that say no more than a place and a type: "Witham surgery" is any of Witham's. Equals are never guessed between."""

from collections.abc import Sequence

from coi.screening.candidates import Candidates
from coi.screening.names import NETWORK_WORDS, TRUST_WORDS
from coi.screening.placing import Context
from coi.screening.scoring import Scored, Verdict
from coi.screening.segments import Mention

_SURE = 0.95  # of a name and a phrase


class OnlyPlaces:
    """Decides whether whoever such a phrase names is meant by it."""

    def __init__(self, candidates: Candidates) -> None:
        self._candidates = candidates
        self._index = candidates.index

    def weighed(self, mention: Mention, telling: Sequence[str], context: Context, verdict: Verdict) -> Verdict:
        """Returns whom a phrase names, as the verdict says; where it is nothing but a place that has several practices, only whoever is
        called so, else all that are open there."""
        named, unsure = verdict
        if not (named or unsure) or not self._is_only_a_place(mention, telling, context):
            return verdict
        kept = [one for one in named if one.fit > _SURE and self._is_called(one, mention)]
        others = [one for one in named if one not in kept]
        return kept, [*others, *unsure] if kept else self._with_all(telling, context, [*others, *unsure])

    def _is_only_a_place(self, mention: Mention, telling: Sequence[str], context: Context) -> bool:
        if TRUST_WORDS.intersection(mention.listed):
            return False
        if NETWORK_WORDS.intersection(mention.listed):
            return False  # "Norwich network": a town has one network of its name, or several with more words
        place, area = tuple(telling), context.area
        if all(word in self._index.towns for word in telling):
            return len(self._index.at_place(place, area)) > 1
        if self._index.county_at_end(place):
            return False  # "Dorset HealthCare"
        return self._index.is_locality(area, place) and len(self._candidates.open_at_place(place, area)) > 1

    def _is_called(self, one: Scored, mention: Mention) -> bool:
        """Whether a town with a type is written as a name ("Witham Surgery"), or is the whole of one. "Witham surgery" is any of Witham."""
        whole = {self._index.variants[place].number for place in self._index.full.get(mention.listed, ())}
        return one.number in whole or not (mention.raw[:1].isupper() and mention.raw.split()[-1].islower())

    def _with_all(self, telling: Sequence[str], context: Context, listed: list[Scored]) -> list[Scored]:
        there = self._candidates.open_at_place(tuple(telling), context.area)
        practices = [one for one in listed if self._index.organisations[one.number].kind == "practice"]
        known = {one.number for one in practices}
        if not (there and known.issubset(self._index.members(context.area))):
            return listed
        others = [one for one in self._candidates.of_place(there, telling, context.area) if one.number not in known]
        return [*practices, *others]
