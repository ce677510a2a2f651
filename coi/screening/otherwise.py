"""Names that are written otherwise than the reference data has them: initials for words, numbers as words or as figures. Pure."""

import re
from collections.abc import Collection, Iterator

from coi.screening.hints import Hints
from coi.screening.index import NameIndex
from coi.screening.initials import LETTERS, LETTERS_IN_ALL, NO_ACRONYM, Words, runs
from coi.screening.names import TYPE_WORDS, name_words
from coi.screening.segments import Mention, mentions

_COMPASS = re.compile(r"[ns]?[ew]?")  # "SW London" is a point of the compass
_FIGURES = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_NUMBERS = {**_FIGURES, **{figure: word for word, figure in _FIGURES.items()}}
_TYPES = {
    "mp": ("medical", "practice"),
    "mg": ("medical", "group"),
    "fp": ("family", "practice"),
    "gpp": ("general", "practice"),
}  # of a practice's name, where somebody is called so: elsewhere a member of parliament
_IN_CAPITALS = re.compile(r"\b(?:M\W?(?:[PG]\b|$)|F\W?(?:P\b|$)|GPP\b)")  # a phrase ends before the last dot
_TELLS = 3  # words of a trust's name that are enough without "NHS Foundation Trust"
_TRUST_ENDING = ("nhs", "foundation", "trust")
_OF = re.compile(r"\s(?:of|at|for|by|from|in)\s+(?:the\s+)?(?=[A-Z])")
_POINTS = {"n": "north", "s": "south", "e": "east", "w": "west"}


class Otherwise:
    """Writes a phrase as the organisations of an area may be called. Remembers what it found out about an area."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        self._trusts = dict(_without_endings(index))
        self._runs: dict[tuple[str, str], list[Words]] = {}

    def numbered(self, mention: Mention) -> Mention | None:
        """Returns the phrase with its number in the other way of writing where that is the whole of a name: "Wentworth One PCN" is
        Wentworth 1 PCN. None where it has none, or is a name as it stands."""
        if _NUMBERS.keys().isdisjoint(mention.listed) or mention.listed in self._index.full:
            return None
        other = tuple(_NUMBERS.get(word, word) for word in mention.listed)
        return mention._replace(listed=other) if other in self._index.full else None

    def trust(self, mention: Mention, hints: Hints) -> Mention | None:
        """Returns the phrase as a trust's whole name, where it says no more than that it is one: "Royal Devon University Healthcare". One
        that is called by places alone is meant by a post that hospitals have: "consultant at East Suffolk and North Essex"."""
        called = mention.listed + mention.tail
        named = self._trusts.get(called)
        if not named or not (self._tells(called) or hints.of_hospital):
            return None
        return mention._replace(listed=named, tail=())

    def _tells(self, listed: tuple[str, ...]) -> bool:
        return len(listed) >= _TELLS and not self._index.place_words.issuperset(listed)

    def spelled_out(self, mention: Mention, area: str) -> Iterator[Mention]:
        """Yields the phrase with initials written out as words that follow one another in a name or a town of `area`: "MK Village" is
        Milton Keynes Village, "N Chelmsford" North Chelmsford. Where it has nothing but initials, a town's are no name."""
        if len(mention.listed) > 1 and mention.listed[0] in _POINTS:
            yield mention._replace(listed=(_POINTS[mention.listed[0]], *mention.listed[1:]))
        if typed := self.with_type(mention):
            yield typed
        for place, word in enumerate(mention.listed):
            for run in self._runs_in(area, word) if _may_be_initials(word, mention.raw) else ():
                if len(mention.listed) > 1 or not self._index.has_in_town(area, run):
                    yield mention._replace(listed=(*mention.listed[:place], *run, *mention.listed[place + 1 :]))

    def with_type(self, mention: Mention) -> Mention | None:
        """Returns the phrase with the type that it ends with in initials written out, towns behind it aside: "The Key MP", "Mill Vale MP
        Fenby". None where it ends with none."""
        end = len(mention.listed)
        while end > 2 and mention.listed[end - 1] not in _TYPES and mention.listed[end - 1] in self._index.place_words:
            end -= 1
        kind = _TYPES.get(mention.listed[end - 1]) if end > 1 else None
        if kind is None or not _IN_CAPITALS.search(mention.raw):
            return None
        return mention._replace(listed=(*mention.listed[: end - 1], *kind), tail=(*mention.listed[end:], *mention.tail))

    def called_for_short(self, mention: Mention, area: str) -> Collection[int]:
        """Returns the open practices of an area of whose names all words, the type too, have these initials: MVS of Mill Vale Surgery."""
        short = mention.raw
        is_short = len(short) in LETTERS_IN_ALL and short.isascii() and short.isalpha() and short.isupper()
        if not is_short or short in NO_ACRONYM or self._is_named(short.lower(), area):
            return ()
        there = self._index.members(area)
        return [number for number in self._index.short.get(short, ()) if number in there]

    def _is_named(self, word: str, area: str) -> bool:
        there = self._index.members(area)
        return any(self._index.numbers[place] in there for place in self._index.postings.get(word, ()))

    def _runs_in(self, area: str, initials: str) -> list[Words]:
        """The words that follow one another in a name or a town of an area and have these initials."""
        if (area, initials) not in self._runs:
            index, there = self._index, self._index.members(area)
            named = (index.variants[p].core for p in index.runs.get(initials, ()) if index.numbers[p] in there)
            towns = (town for town in index.town_runs.get(initials, ()) if index.has_in_town(area, town))
            found = {run for listed in (*named, *towns) for run in runs(listed, initials)}
            self._runs[area, initials] = sorted(found)
        return self._runs[area, initials]


def _may_be_initials(word: str, raw: str) -> bool:
    """Whether a word of a phrase is as short as initials, and written in capitals; where there are none at all, that says nothing."""
    is_short = len(word) in LETTERS and word.isalpha() and word not in TYPE_WORDS and not _COMPASS.fullmatch(word)
    return is_short and (word.upper() in raw or raw.islower())


def _without_endings(index: NameIndex) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yields what trusts are called without "NHS Foundation Trust", and with it."""
    for organisation in index.organisations:
        if organisation.kind == "trust":
            named = name_words(organisation.name)
            telling = tuple(word for word in named if word not in _TRUST_ENDING)
            if len(telling) > 1 or not index.place_words.issuperset(telling):
                yield telling, named


def without_primary_care(mention: Mention) -> Mention | None:
    """Returns a phrase without words that nobody is called by: "Malmesbury Primary Care Centre" is what "Malmesbury Centre" would be."""
    listed = tuple(word for word in mention.listed if word not in ("primary", "care"))
    return mention._replace(listed=listed) if {"primary", "care", "centre"} <= set(mention.listed) else None


def after_link(mention: Mention) -> Mention | None:
    """Returns what is named behind the last "of": "PPG of Wellbrook Surgery", "friends of …"; None unless it is a name of its own."""
    links = list(_OF.finditer(mention.raw))
    parts = mentions(mention.raw[links[-1].end() :]) if links else ()
    whole = len(parts) == 1 and parts[0].has_type and any(word not in TYPE_WORDS for word in parts[0].listed)
    return parts[0] if whole and not parts[0].is_foreign else None
