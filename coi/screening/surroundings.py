"""What a text says around each of its phrases: places, postcodes, roles. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from coi.screening.beside import is_adjoining, words_before, words_behind
from coi.screening.hints import Hints
from coi.screening.index import NameIndex
from coi.screening.names import TYPE_WORDS, plain
from coi.screening.placing import Context
from coi.screening.segments import Mention

_STREET = re.compile(
    r"\b([^\W\d_]+)\s+(?:road|rd|street|lane|ln|avenue|ave|drive|crescent|terrace|square|grove|gardens|place|row|way|hill|st(?=\s*[,;.)]|\s*$))\b",
    re.IGNORECASE,
)
_SURNAMED = re.compile(
    r"\b(?:dr|mr|mrs|ms|miss|prof|professor|cllr|rev)\b\.?((?:\s+[^\W\d_][\w'’.-]*){1,3})", re.IGNORECASE
)


class Surroundings:
    """A text with its phrases, in a register of the commissioner `area`."""

    def __init__(self, index: NameIndex, text: str, phrases: Sequence[Mention], area: str) -> None:
        self._index = index
        self._text = text
        self._phrases = phrases
        self._area = area
        self._hints = Hints(text)

    @cached_property
    def _no_towns(self) -> frozenset[str]:
        """Words that stand in the text only as the name of a street or of a person, whatever town is called so: "Leeds Road", "Mr John
        Preston"."""
        named = [found[1] for found in _STREET.finditer(self._text)]
        for found in _SURNAMED.finditer(self._text):
            named.extend(found[1].split())
        counts = Counter(plain(word) for word in named)
        return frozenset(word for word, times in counts.items() if plain(self._text).count(word) <= times)

    def context(self, number: int) -> Context:
        """Returns what the rest of the text says for the phrase at `number`."""
        mention = self._phrases[number]
        others = [other for place, other in enumerate(self._phrases) if place != number]
        if not others and not mention.tail:
            return Context(self._area, self._hints, mention)
        near: set[str] = set(mention.tail)
        for other in others:
            near.update(other.tail if other.has_type and not other.is_foreign else other.listed + other.tail)
        away = {word for other in others if other.is_foreign for word in other.listed}
        behind = words_behind(self._phrases, number, self._text)
        written = {word for word in near - away if word in self._index.towns}  # "Corvedale Moor Hospice" names no town
        if written or not behind.isdisjoint(self._index.towns):
            written, behind = written - self._no_towns, behind - self._no_towns
        before = words_before(self._phrases, number, self._text) if written else set()
        long = self._long_towns(mention, others)
        parts = {word for town in long for word in town}
        written -= parts
        whole = {" ".join(town) for town in long if behind.issuperset(town)}
        about = (behind & self._index.towns) - parts | whole
        return Context(
            self._area,
            self._hints,
            mention,
            frozenset(near - TYPE_WORDS),
            frozenset(written),
            rest_is_place=not mention.has_type and bool(others) and all(map(self._is_place, others)),
            beside=frozenset((behind | before) & written | whole),
            town_beside=self._is_elsewhere(about),
            posts_beside=self._index.posts(about) if about else frozenset(),
            long_towns=long,
            county=self._county_behind(number),
        )

    def _county_behind(self, number: int) -> tuple[str, ...]:
        """The county that the words right behind a name end with: "Mill Lane Surgery, Maidstone, Kent"; "Essex Road" is none."""
        mention = self._phrases[number]
        if not mention.has_type or mention.tail:
            return self._index.county_at_end(mention.tail)
        run: tuple[str, ...] = ()
        for before, other in pairwise(self._phrases[number:]):
            if other.has_type or other.tail or not is_adjoining(self._text[before.end : other.start]):
                break
            run = (*run, *other.listed)
        return self._index.county_at_end(run)

    def _long_towns(self, mention: Mention, others: Sequence[Mention]) -> tuple[tuple[str, ...], ...]:
        """The towns of several words that the text names outside of a phrase, or behind its name."""
        runs = (mention.tail, *(other.tail if other.has_type else other.listed + other.tail for other in others))
        return tuple(town for run in runs if len(run) > 1 for town in self._index.long_towns(run))

    def says_where(self, before: Mention, mention: Mention, named: Sequence[int]) -> bool:
        """Whether a phrase right behind a name says no more than in what part of the area that is: "Royal Free, Hampstead"; or in what
        building whoever is named there is: "Priory Gate Practice, Coventry Health Centre"."""
        if not is_adjoining(self._text[before.end : mention.start].removesuffix("The ")):
            return False
        return self._is_locality(mention) or any(self._index.is_at(number, mention.listed) for number in named)

    def _is_place(self, mention: Mention) -> bool:
        return all(word in self._index.place_words for word in mention.listed) or self._is_locality(mention)

    def _is_locality(self, mention: Mention) -> bool:
        written = not mention.has_type and mention.raw[:1].isupper()
        return written and self._index.is_locality(self._area, mention.listed)

    def _is_elsewhere(self, behind: set[str]) -> bool:
        """Whether towns right behind a name have no practice of the area: "Stock Surgery Halifax" is not of Essex."""
        return bool(self._area and behind) and not self._index.has_town(self._area, behind)
