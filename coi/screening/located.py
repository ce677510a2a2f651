"""A text read for where it says that somebody works: which of its words are a type, a post in a practice, a piece of an address. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coi.screening.address_pieces import PLACE, AddressPieces
from coi.screening.names import COMPANY_WORDS, FOREIGN_WORDS, LINKS, TYPE_WORDS, Word, words
from coi.screening.noise import SURE_TYPES, is_noise
from coi.screening.placing import VAGUE

_NO_PRACTICE = frozenset(
    ("trust", "hospital", "infirmary", "pcn", "network", "ccg", "icb", "board", "commissioning", "foundation")
)
_POST = re.compile(
    r"\b(?:GPs?|salaried|locum|practice (?:manager|nurse|pharmacist|paramedic)|(?:senior|executive|managing|equity) partner|PPG|"
    r"patient participation|patient (?:at|of))\b",
    re.IGNORECASE,
)  # that nobody has elsewhere
_PARTNER = re.compile(r"\bpartners? (?:at|in|of)\b|(?:,|[-–—]) ?partner\b|^partner\b", re.IGNORECASE)
_ANY = re.compile(
    r"\b(?:various|several|different|some|any|many|local|other|another)\s+(?:\w+\s+)?(?:practices?|surger(?:y|ies))\b",
    re.IGNORECASE,
)
_BESIDES = frozenset(("ppg", "patient", "participation"))  # what may stand in such a text and is nobody's name
_NUMBERED = re.compile(r"\d\w?\s*$")
_LONGEST = 5  # words of a building's name


class Hit(NamedTuple):
    """A piece of an address that stands in a text: its words from `start` to `end`, and whose addresses it is a piece of."""

    start: int
    end: int
    kind: str
    numbers: frozenset[int]
    typed: bool
    listed: tuple[str, ...]


class Located:
    """A text by its words: which of them say a type, and which are capitals that somebody may be called by."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.words = words(text)
        self.listed = [word.text for word in self.words]
        self._noise = [is_noise(self.words, number) for number in range(len(self.words))]
        self._small = text.islower()
        self.has_sure_post = bool(_POST.search(text))
        self.has_post = self.has_sure_post or bool(_PARTNER.search(text))
        self.types = list(self._types())
        self.is_any = any(self.listed[start - 1 : start] == ["a"] for start, _ in self.types) or bool(_ANY.search(text))

    def _types(self) -> Iterator[tuple[int, int]]:
        """Where nothing but a type stands: "The Surgery, …"."""
        start = 0
        while start < len(self.words):
            end = start
            while (
                end < len(self.words) and self.listed[end] in TYPE_WORDS and (end == start or not self.words[end].hard)
            ):
                end += 1
            said = set(self.listed[start:end])
            if said & SURE_TYPES and not said & _NO_PRACTICE and self._is_bounded(start, end):
                yield start, end
            start = max(end, start + 1)

    def _is_bounded(self, start: int, end: int) -> bool:
        """Whether what stands around some words is no part of their name."""
        before = start and not self.words[start].hard and not self._ends(start - 1)
        behind = end < len(self.words) and not self.words[end].hard and self.listed[end] not in LINKS
        return not before and not behind

    def _ends(self, number: int) -> bool:
        word = self.words[number]
        return word.text in LINKS or self._noise[number] or (word.raw.islower() and not self._small)

    def capitals(self) -> Iterator[Word]:
        """Yields the words that may be a part of a name."""
        for number, word in enumerate(self.words):
            if not (self._noise[number] or word.text in LINKS or word.text.isdigit()) and (
                self._small or not word.raw.islower()
            ):
                yield word

    def says_the(self, hit: Hit) -> bool:
        """ "The Gables" is a house, "Gables" may be a village."""
        return self.listed[hit.start - 1 : hit.start] == ["the"]

    def besides(self, hits: Sequence[Hit]) -> frozenset[str]:
        """Returns whatever else may be a name, but for types and points of the compass."""
        taken = {id(word) for one in hits for word in self.words[one.start : one.end]}
        left = {word.text for word in self.capitals() if id(word) not in taken}
        return frozenset(left - TYPE_WORDS - VAGUE - _BESIDES)

    def hits(self, pieces: AddressPieces) -> list[Hit]:
        """Returns the pieces of addresses that stand here, each as long as can be; where there is none, what is one but for a slip."""
        runs = list(self._runs())
        found: list[Hit] = []
        for start, end in runs:
            telling = self._telling(start, end)
            kind, numbers = pieces.at(telling)
            if numbers and not any(start < one.end and one.start < end for one in found):
                found.append(Hit(start, end, kind, numbers, self._is_typed(start, end), telling))
        if not self.has_post or any(one.typed or one.kind != PLACE for one in found):
            return found
        for start, end in runs:
            if end - start > 1 and (meant := pieces.like(self._telling(start, end))):
                kind, numbers = pieces.at(meant)
                return [Hit(start, end, kind, numbers, False, meant)]
        return []

    def _telling(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(word for word in self.listed[start:end] if word not in LINKS)

    def _runs(self) -> Iterator[tuple[int, int]]:
        """The runs of words that may be a piece of an address, long ones first; no part of a company's or a person's name."""
        starts = [number for number, word in enumerate(self.words) if self._may_begin(number, word)]
        for length in range(_LONGEST, 0, -1):
            for start in starts:
                end = start + length
                inside = self.words[start + 1 : end]
                if (
                    end <= len(self.words)
                    and self.listed[end - 1] not in LINKS
                    and not any(word.hard for word in inside)
                    and self._goes_on(end)
                ):
                    yield start, end

    def _may_begin(self, number: int, word: Word) -> bool:
        if word.text in LINKS or not (self._small or word.raw[:1].isupper()):
            return False
        if _NUMBERED.search(self._text[: word.start]):
            return False
        before = self.words[number - 1] if number and not word.hard else None
        return before is None or (before.text != "doctor" and self._ends(number - 1)) or before.text in TYPE_WORDS

    def _goes_on(self, end: int) -> bool:
        """Whether no name goes on behind a run: "Prospect House Ltd"."""
        following = self.words[end] if end < len(self.words) and not self.words[end].hard else None
        return following is None or following.text not in FOREIGN_WORDS | COMPANY_WORDS

    def _is_typed(self, start: int, end: int) -> bool:
        """Whether a type stands right before or behind: "Health Centre, Mill Lane", "The Surgery at Mill Lane"."""
        for first, last in self.types:
            between = self.listed[last:start] if last <= start else self.listed[end:first]
            if LINKS.issuperset(between):
                return True
        return False
