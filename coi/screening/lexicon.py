"""The organisations that a register names, looked up in an agenda's wording: a title says "Avicenna" or "the Provide contract"."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coi.screening.names import COMPANY_WORDS, FOREIGN_WORDS, LINKS, TYPE_WORDS, Word, core, name_words, words
from coi.screening.noise import HEADS

_COMMON = TYPE_WORDS | {"primary", "care", "community", "family", "first", "local"}
_OF_PRACTICES, _CENTRE = {"surgery", "practice", "medical"}, {"health", "centre"}
_OF_SCHOOLS = {"primary", "secondary", "junior", "infant", "infants", "high"}
_SENTENCE_ENDS = re.compile(r"[.:;!?]\s*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of one organisation: the telling words to look for, whether they are a place's name too, its type words."""

    key: str
    name: str
    sought: tuple[str, ...]
    types: frozenset[str]
    needs_type: bool
    has_code: bool
    is_company: bool
    areas: frozenset[str]
    is_short: bool = False  # initials, which only capitals mean


@dataclass(frozen=True, slots=True)
class Found:
    """A name of the lexicon where it stands in a text."""

    entry: Entry
    start: int
    end: int
    written: tuple[str, ...] = ()  # its words there, with the types that follow them


class Lexicon:
    """Looks for known names in wording. `places` are words that alone mean a town, so that a type word must follow."""

    def __init__(
        self, names: Mapping[str, Sequence[str]], places: Iterable[str], areas: Mapping[str, Iterable[str]]
    ) -> None:
        self._places = frozenset(places)
        self._by_first: dict[str, list[Entry]] = defaultdict(list)
        for key, listed in names.items():
            for name in listed:
                self._add(key, name, frozenset(areas.get(key, ())))

    def is_place(self, word: str) -> bool:
        """Whether a word alone means a town or a commissioner's area."""
        return word in self._places

    def _add(self, key: str, name: str, areas: frozenset[str]) -> None:
        listed = name_words(name)
        coded = not key.startswith("name:")
        sought = core(listed) if coded else tuple(word for word in listed if word not in COMPANY_WORDS)
        if not coded:
            telling = sought
            while len(telling) > 1 and telling[-1] in _COMMON:
                telling = telling[:-1]
            tells = any(len(word) > 4 and word not in _COMMON | FOREIGN_WORDS | self._places for word in telling)
            sought = telling if tells else sought  # "Maldon PCN Ltd" is not meant by Maldon
            self._add_initials(key, name, tuple(word for word in listed if word not in COMPANY_WORDS), areas)
        if sought and len("".join(sought)) > 3:
            place = all(word in self._places for word in sought)
            types = frozenset(word for word in listed if word in HEADS)
            needs_type = place or (len(sought) < 3 and len(sought[0]) < 4)
            is_company = not COMPANY_WORDS.isdisjoint(listed)
            self._by_first[sought[0]].append(Entry(key, name, sought, types, needs_type, coded, is_company, areas))

    def _add_initials(self, key: str, name: str, listed: tuple[str, ...], areas: frozenset[str]) -> None:
        """What a company is called for short where somebody writes it in full too: PC24 of Primary Care 24."""
        short = "".join(word if word.isdigit() else word[0] for word in listed)
        tells = any(word.isdigit() for word in listed[1:]) and not listed[0].isdigit()
        if len(listed) > 2 and tells and len(short) > 3:
            self._by_first[short].append(
                Entry(key, name, (short,), frozenset(), False, False, True, areas, is_short=True)
            )

    def find(self, text: str, area: str = "") -> list[Found]:
        """Returns the names that stand in `text`, written as names, in `area` where both are known."""
        listed = [word for word in words(text) if word.text not in LINKS]
        found = []
        for number, word in enumerate(listed):
            for entry in self._by_first.get(word.text, ()):
                span = listed[number : number + len(entry.sought)]
                if tuple(one.text for one in span) == entry.sought and self._is_meant(
                    text, listed, number, entry, area
                ):
                    written = (*entry.sought, *_run(listed, number + len(span)))
                    found.append(Found(entry, span[0].start, span[-1].end, written))
        return found

    def _is_meant(self, text: str, listed: Sequence[Word], number: int, entry: Entry, area: str) -> bool:
        if area and entry.areas and area not in entry.areas:
            return False
        span = listed[number : number + len(entry.sought)]
        if entry.is_short:
            return span[0].raw.isupper()
        following = _run(listed, number + len(span))
        if not entry.types & {"limited"} and set(following) & (FOREIGN_WORDS - COMPANY_WORDS):
            return False
        if _is_another_kind(entry, following):
            return False
        if _goes_on(listed, number + len(span)):
            return False
        if not all(one.raw[:1].isupper() or one.raw[:1].isdigit() for one in span):
            return False
        before = listed[number - 1] if number and not span[0].hard else None
        if (
            before is not None
            and before.raw[:1].isupper()
            and before.text not in TYPE_WORDS
            and _adjoins(text, before, span[0])
        ):
            return False
        typed = [word for word in following if word in HEADS]
        if typed and entry.types and not entry.types & set(typed):
            return False
        if len(span) == 1 and not typed and entry.key.startswith("name:"):
            return not _opens_sentence(text, span[0].start) or number + 1 == len(listed) or len(span[0].text) > 7
        return bool(typed) or not entry.needs_type


def _is_another_kind(entry: Entry, following: Sequence[str]) -> bool:
    """ "Chelmer Ltd" is not Chelmer Medical Partnership, nor the other way round: a company is called by its legal form alone, a practice
    by its type."""
    if entry.has_code:
        return not entry.is_company and bool(following) and following[0] in COMPANY_WORDS
    said = set(following)
    is_practice = bool(said & _OF_PRACTICES) or said >= _CENTRE
    return entry.is_company and not entry.types and is_practice and said.isdisjoint(COMPANY_WORDS)


def _adjoins(text: str, before: Word, word: Word) -> bool:
    """Whether nothing but a space stands between: "Longfield" in "Great Longfield" is another place."""
    return not text[before.end : word.start].strip()


def _goes_on(listed: Sequence[Word], start: int) -> bool:
    """Whether the name is only the beginning of a longer one: "McKenzie House Surgery" is not McKenzie's."""
    for number, word in enumerate(listed[start : start + 3]):
        if not word.hard and number > 0 and word.text in FOREIGN_WORDS - COMPANY_WORDS:
            return True  # "McKenzie House nursing home"; "Tarn UK Ltd" may be Tarn
        if number > 0 and word.text in _OF_SCHOOLS:
            continue
        if word.hard or not word.raw[:1].isupper():
            return False
        if word.text in HEADS:
            return number > 0
        if word.text in TYPE_WORDS | FOREIGN_WORDS:
            return False
    return False


def _run(listed: Sequence[Word], start: int) -> list[str]:
    run: list[str] = []
    for word in listed[start : start + 4]:
        if word.hard or word.text not in TYPE_WORDS | FOREIGN_WORDS:
            break
        run.append(word.text)
    return run


def _opens_sentence(text: str, start: int) -> bool:
    return not text[:start].strip() or bool(_SENTENCE_ENDS.search(text[:start]))
