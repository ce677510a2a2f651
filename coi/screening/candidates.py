"""Which organisations a phrase may mean, by shared words, slips of the pen, acronym or place. Decides nothing."""

import heapq
import importlib
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from coi.screening import likeness as plain
from coi.screening.index import NameIndex
from coi.screening.indexing import CURRENT, FORMER
from coi.screening.names import NETWORK_WORDS, TRUST_WORDS, WAYS
from coi.screening.placing import VAGUE, Context, is_far, placed
from coi.screening.scoring import MARGIN, Scored, Similar, best_of, judge
from coi.screening.segments import Mention

_MANY = 5000  # names from which they are compared by a library that takes room, as those of the whole country are
_MOST_CANDIDATES = 20
_WORTH_A_LOOK = 6  # places of a word that are looked up while one name is looked at
_COMMON = 150  # names with a word in them, from which it is common
_NEAR = 3.0  # what being in the register's own area is worth, so that no namesakes elsewhere crowd a practice out
_SLIP = 0.78  # likeness from which a word counts as a slip of another
_LONG, _SLIP_OF_LONG = (
    8,
    0.75,
)  # letters from which two may be wrong in a word that nobody is called by: Stanmoor for Stanmore
_RUN_TOGETHER = 0.88  # the same for a whole name run together
_RUN_TOGETHER_WEIGHT = 100.0  # more than all the words of a name weigh
_SHORTEST, _MISSING = 5, 5  # letters that a town's name has left, and may have lost
_SHORT = 0.95  # how like a town's name its beginning is
_BEYOND_NAMES, _BEYOND_PLACES, _BEYOND_POSTCODES = (
    1.1,
    1.29,
    1.345,
)  # scores that nobody elsewhere comes near, whatever agrees there
_NO_PRACTICE = TRUST_WORDS | NETWORK_WORDS
_TELLING = 0.7  # of the greatest weight: from there a word tells a place. Newent, not High or Church
_ACRONYM = re.compile(r"(?<![\w&])(?=[\w&]{3,7}(?![\w&]))[A-Za-z]+(?:&[A-Za-z]+)*")  # RD&E


class Candidates:
    """Looks organisations up for the matcher, and remembers what it found about words that come again."""

    def __init__(self, index: NameIndex) -> None:
        self.index = index
        is_large = len(index.variants) >= _MANY
        self._alike = importlib.import_module("coi.screening.quick_likeness") if is_large else plain
        self._vocabulary = _Vocabulary(word for word in index.postings if len(word) > 3)
        self._slips: dict[str, dict[str, float]] = {}
        self._joined: dict[tuple[str, str], dict[str, list[int]]] = {}

    def scored(
        self,
        mention: Mention,
        telling: Sequence[str],
        context: Context,
        similar: Similar,
    ) -> list[Scored]:
        """Returns whoever shares telling words with the phrase, best first. `similar` are slips to take for the words meant: with them
        only those that hold one."""
        weights = self._sharing(telling, similar)
        if similar:
            weights = self._slipped(weights, telling, context, similar)
        ranked = self._likeliest(weights, context)
        ranked += [place for place in self.index.full.get(mention.listed, ()) if place not in ranked]
        judged = (judge(self.index, mention, self.index.variants[place], context, similar) for place in ranked)
        return best_of(one for one in judged if one)

    def _sharing(self, telling: Sequence[str], similar: Similar) -> dict[int, float]:
        """The names that hold a word of the phrase, or one that it may be a slip of, each with what the words that it shares weigh."""
        variants = self.index.variants
        meant = [
            (word, likeness) for said in telling for word, likeness in {said: 1.0, **similar.get(said, {})}.items()
        ]
        meant.sort(key=lambda pair: len(self.index.postings.get(pair[0], ())))
        weights: dict[int, float] = defaultdict(float)
        for word, likeness in meant:
            places: Collection[int] = self.index.postings.get(word, ())
            worth = self.index.weight(word) * likeness
            if len(places) > _COMMON and weights:  # "Road" adds to those found by a rarer word, and brings nobody new
                is_short = len(weights) * _WORTH_A_LOOK < len(places)
                places = [p for p in weights if word in variants[p].core] if is_short else weights.keys() & places
            for place in places:
                weights[place] += worth
        return weights

    def _slipped(
        self, weights: dict[int, float], telling: Sequence[str], context: Context, similar: Similar
    ) -> dict[int, float]:
        """Of these names, and of those whose words run together are like the phrase's, the ones that hold a slip."""
        joined = "".join(telling)
        for slip in similar.get(joined, {}):
            for place in self._joined_names(context.area, joined[0]).get(slip, ()):
                weights[place] += _RUN_TOGETHER_WEIGHT
        slipped = {word for said in telling for word in similar.get(said, ())}
        return {
            place: weight
            for place, weight in weights.items()
            if weight >= _RUN_TOGETHER_WEIGHT or not slipped.isdisjoint(self.index.variants[place].core)
        }

    def _likeliest(self, weights: Mapping[int, float], context: Context) -> list[int]:
        """The names that are worth a closer look: the heaviest, short ones before long ones, those of the register's area first."""
        near = self.index.members(context.area) if context.area else frozenset()
        numbers, lengths = self.index.numbers, self.index.lengths
        ranks = {
            place: weight - 0.3 * lengths[place] + (_NEAR if numbers[place] in near else 0.0)
            for place, weight in weights.items()
        }
        if len(ranks) > _MOST_CANDIDATES:
            return heapq.nlargest(_MOST_CANDIDATES, ranks, key=ranks.__getitem__)
        return list(ranks)

    def at_home(self, mention: Mention, context: Context) -> Scored | None:
        """Returns the one organisation of the register's area that bears or bore exactly this name, where nobody else there has the same
        telling words, and it fits so well, with whatever the text says of a place, that nothing elsewhere, and no likeness, comes near."""
        whole = self.index.full.get(mention.listed)
        if not whole or not context.area:
            return None
        near = self.index.members(context.area)
        variants = [self.index.variants[place] for place in whole if self.index.numbers[place] in near]
        if not any(one.kind in (CURRENT, FORMER) for one in variants):
            return None
        if sum(number in near for number in self.index.by_core[variants[0].core]) != 1:
            return None
        scored = best_of(one for one in (judge(self.index, mention, v, context, {}) for v in variants) if one)
        beyond = _BEYOND_POSTCODES if context.hints.postcodes else _BEYOND_PLACES if context.near else _BEYOND_NAMES
        return scored[0] if len(scored) == 1 and scored[0].score >= beyond else None

    def _joined_names(self, area: str, letter: str) -> dict[str, list[int]]:
        if (area, letter) not in self._joined:
            self._joined[area, letter] = self.index.joined_in(area, letter)
        return self._joined[area, letter]

    def likenesses(self, telling: Sequence[str], context: Context) -> dict[str, dict[str, float]]:
        """Which words of the index each telling word may be a slip of; and the whole phrase, run together."""
        found = {word: self._slips_of(word) for word in telling}
        joined = "".join(telling)
        if len(joined) > 6:
            names = list(self._joined_names(context.area, joined[0]))
            alike = self._alike.run_together(joined, names, least=_RUN_TOGETHER, most=5)
            found[joined] = {**found.get(joined, {}), **dict(alike)}
        return found

    def _slips_of(self, word: str) -> dict[str, float]:
        """Whoever mistypes gets the first letter right: Northfield is no slip of Southfield."""
        if word not in self._slips:
            near: plain.Found = []
            if len(word) > 3 and not word.isdigit():
                known = self._vocabulary.of(word[0], int(len(word) * _SLIP), int(len(word) / _SLIP) + 1)
                least = _SLIP if len(word) < _LONG or word in self.index.postings else _SLIP_OF_LONG
                near = self._alike.slips(word, known, least=least, most=6)
            shortened = self._shortened(word) if not near else {}
            self._slips[word] = shortened or {found: alike for found, alike in near if found != word}
        return self._slips[word]

    def _shortened(self, word: str) -> dict[str, float]:
        """The towns whose names begin with a word that nobody is called by: Attleboro, Chelt. Several, or none, tell nothing."""
        if word in self.index.postings or word in self.index.towns or len(word) < _SHORTEST:
            return {}
        towns = [town for town in self.index.towns if town.startswith(word) and len(town) - len(word) <= _MISSING]
        return {towns[0]: _SHORT} if len(towns) == 1 else {}

    def whole_names(self, mention: Mention, context: Context) -> list[Scored]:
        """Returns whoever bears exactly the words of the phrase as a name."""
        variants = (self.index.variants[place] for place in self.index.full.get(mention.listed, ()))
        return best_of(one for one in (judge(self.index, mention, v, context, {}) for v in variants) if one)

    def by_acronym(self, mention: Mention, context: Context) -> list[Scored]:
        """Returns the trusts whose acronym stands in the phrase; a short one only in the register's own area."""
        found: dict[int, Scored] = {}
        for word in _ACRONYM.findall(mention.raw):
            if sum(letter.isupper() for letter in word) < 3:
                continue
            for number in self.index.acronyms.get(word.upper(), ()):
                in_area = bool(context.area) and self.index.is_in_area(number, context.area)
                active = self.index.organisations[number].status == "active"
                if context.area and not in_area and (context.hints.is_shouted or len(word.replace("&", "")) < 4):
                    continue
                score = 0.9 + 0.09 * in_area - 0.05 * (not active)
                found[number] = Scored(number, score, 1.0, (f"acronym {word}",), in_area, False)
        ranked = sorted(found.values(), key=lambda one: -one.score)
        return [one for one in ranked if ranked[0].score - one.score < MARGIN]

    def by_place(self, mention: Mention, telling: Sequence[str], context: Context) -> list[Scored]:
        """ "Newent Doctors Practice" where Newent has one practice, "The Sorrells Surgery" where one stands in The Sorrells,
        whatever its name: practices of the register's area alone, and open ones."""
        if not context.area or not mention.has_type or not _NO_PRACTICE.isdisjoint(mention.listed):
            return []
        if context.town_beside or all(word in WAYS or word in VAGUE for word in telling):
            return []  # "Wonford Green Surgery, Leeds", in Devon; "Midlands"
        if max(map(self.index.weight, telling)) < self.index.unknown_weight * _TELLING:
            return []
        found = [
            number
            for number in self.open_at_place(tuple(telling), context.area)
            if not is_far(self.index, self.index.organisations[number], context.county)
        ]
        return self.of_place(found, telling, context.area)

    def by_hospital(self, mention: Mention, context: Context) -> list[Scored]:
        """Returns the hospitals that are no trust's and are called exactly so; those far away, or closed, only if there are no others."""
        numbers = self.index.hospitals.get(mention.listed, ())
        told = ((number, placed(self.index, number, context)) for number in numbers)
        found = [
            Scored(n, 0.9 + where.score, 1.0, ("same name", *where.reasons), where.in_area, where.at_place)
            for n, where in told
            if not where.contradicted
        ]
        near = [one for one in found if one.is_near or not context.area] or found
        return [one for one in near if self.index.organisations[one.number].status == "active"] or near

    def open_at_place(self, place: tuple[str, ...], area: str) -> list[int]:
        """Returns the open practices of an area with these words in one line of their addresses."""
        there = self.index.at_place(place, area)
        return [number for number in there if self.index.organisations[number].status == "active"]

    def of_place(self, numbers: Sequence[int], place: Sequence[str], area: str) -> list[Scored]:
        """Returns practices that are meant by nothing but a place, with the reasons."""
        only = "the only practice" if len(numbers) == 1 else f"one of the {len(numbers)} practices"
        reasons = (f"{only} in {' '.join(place).title()}", f"in the area {area}")
        return [Scored(number, 0.83, 0.8, reasons, True, True) for number in numbers]


class _Vocabulary:
    """Words by their first letter, those of like lengths beside each other."""

    def __init__(self, words: Iterable[str]) -> None:
        self._begun: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words, key=len):
            self._begun[word[0]].append(word)

    def of(self, letter: str, shortest: int, longest: int) -> list[str]:
        """Returns the words that begin with a letter and are so long, the shortest first."""
        begun = self._begun.get(letter, [])
        return begun[bisect_left(begun, shortest, key=len) : bisect_right(begun, longest, key=len)]
