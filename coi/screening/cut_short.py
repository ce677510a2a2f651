"""Names that a title cuts short: to their beginning, to the town whose only practice is meant, or to one of two beside a stroke. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from coi.screening.declared import Finder
from coi.screening.items import cut_short, function_of
from coi.screening.lexicon import Lexicon
from coi.screening.matching_vocabulary import Decision, MatchCandidate
from coi.screening.names import LINKS, words
from coi.screening.places import open_in

_OF_A_PRACTICE = frozenset(
    ("practice_merger", "list_dispersal", "list_closure", "branch_closure", "practice_closure", "boundary_change", "premises_rent",
     "relocation", "premises", "caretaking", "contract_action", "contract")
)  # fmt: skip
_FEW = 6
Choice = tuple[str, tuple[MatchCandidate, ...]]  # words, and who may be meant
_PIECES = re.compile(r"[/;:,()–]|\s-\s|\s(?:and|&)\s")


@dataclass(frozen=True, slots=True)
class ShortNames:
    """What finding them needs: who matches names, what words are places, the towns with their practices, and who closed when."""

    finder: Finder | None
    lexicon: Lexicon
    places: Mapping[str, tuple[str, ...]]
    towns: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    closings: Mapping[str, date] = field(default_factory=dict)

    def beginning(self, title: str, area: str) -> MatchCandidate | None:
        """Returns the one organisation that a title calls by the beginning of its name, before a colon."""
        short = cut_short(title)
        if one := self._by_acronym(short, area):
            return one
        place = _place(short)
        if not place or not area or place in self.places or place in self.towns:
            return None
        return None if self.lexicon.is_place(place) else self._practice(short, area)

    def beside(self, telling: str, area: str, known: Collection[str]) -> Iterator[MatchCandidate]:
        """Yields the organisations on either side of a stroke that are not among the names `known`: "Merrowby Group / Dunmarsh Surgery"."""
        pieces = [piece.strip(" ;:,–-") for piece in telling.split("/")]
        for piece in pieces if 1 < len(pieces) <= _FEW and self.finder and area else ():
            if piece[:1].isupper() and not _is_told(piece, known):
                found = self.finder.match(piece, area) if self.finder else None
                if found and found.decision is Decision.MATCHED and len(found.organisations) == 1:
                    yield found.organisations[0]
                elif not self.lexicon.is_place(_place(piece)) and (one := self._practice(piece, area)):
                    yield one

    def of_their_town(
        self, title: str, telling: str, area: str, on: date, known: Collection[str]
    ) -> Iterator[MatchCandidate]:
        """Yields the practices that a title about a practice calls by their town, where each is the only one open there: "Fennacre:
        temporary list closure" is Fennacre Health Centre's."""
        for piece, there in self._towns_in(title, telling, area, on, known):
            one = self._practice(piece, area) if len(there) == 1 else None
            if one and one.code in there:
                yield replace(one, why=f"the only practice open in {piece}")

    def of_some_town(self, title: str, telling: str, area: str, on: date) -> Iterator[Choice]:
        """Yields the towns that a title about a practice names, with the few practices there of which any may be meant."""
        for piece, there in self._towns_in(title, telling, area, on, ()):
            result = self.finder.match(f"{piece} Practice", area) if self.finder and 1 < len(there) <= _FEW else None
            meant = tuple(one for one in result.organisations if one.code in there) if result else ()
            if meant:
                yield piece, meant

    def _towns_in(
        self, title: str, telling: str, area: str, on: date, known: Collection[str]
    ) -> Iterator[tuple[str, frozenset[str]]]:
        if self.finder is None or not area or function_of(title) not in _OF_A_PRACTICE:
            return
        pieces = tuple(dict.fromkeys(each.strip() for each in _PIECES.split(telling) if each.strip()))
        if any(_place(piece) not in self.towns or not piece[:1].isupper() for piece in pieces):
            return  # "Summerhill Surgery, Ramsgate" says where somebody is
        for piece in pieces:
            if not _is_told(piece, known):
                yield piece, frozenset(open_in(self.towns[_place(piece)], self.closings, area, on))

    def _by_acronym(self, short: str, area: str) -> MatchCandidate | None:
        """The one practice whose initials a title begins with: "MVS: contract extension"."""
        result = (
            self.finder.match(short, area) if self.finder and area and short.isalpha() and short.isupper() else None
        )
        is_one = result and result.decision is Decision.MATCHED and len(result.organisations) == 1
        return result.organisations[0] if result and is_one and result.organisations[0].code else None

    def _practice(self, short: str, area: str) -> MatchCandidate | None:
        """The one organisation with a code that the finder knows by these words and a type, all of which its name bears."""
        result = self.finder.match(f"{short} Practice", area) if self.finder else None
        told = (
            [one for one in result.organisations if one.code] if result and result.decision is Decision.MATCHED else []
        )
        listed = {word.text for word in words(short) if word.text not in LINKS}
        return told[0] if len(told) == 1 and listed <= {word.text for word in words(told[0].name)} else None


def _place(text: str) -> str:
    return " ".join(word.text for word in words(text) if word.text not in LINKS)


def _is_told(piece: str, known: Collection[str]) -> bool:
    """Whether a name that is known already stands in these words, or the words in it."""
    here = {word.text for word in words(piece)} - LINKS
    return any(here <= there or there <= here for there in ({word.text for word in words(name)} for name in known))
