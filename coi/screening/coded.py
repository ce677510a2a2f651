"""Codes that stand in a text: whose they are, and who is meant where the name right beside one is somebody else's. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from coi.screening.beside import is_beside_code
from coi.screening.index import NameIndex
from coi.screening.indexing import CURRENT, FORMER
from coi.screening.matching_vocabulary import MatchCandidate, ReferenceOrganisation
from coi.screening.names import core, spoken
from coi.screening.scoring import Scored
from coi.screening.segments import Mention
from coi.screening.together import Resolved
from coi.screening.unnamed import is_swapped

_CODE = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]\d{5}|(?<=[(\[])[A-Z0-9]{3,5}(?=[)\]]))(?![A-Za-z0-9])")
_MAY_BE_CODED = re.compile(r"[\d(\[]")  # without a figure or a bracket there is no code
_WHOLE = 0.99  # of a name and a phrase


class Coded(NamedTuple):
    """Who has a code of a text, and where in it that stands."""

    candidate: MatchCandidate
    number: int
    span: tuple[int, int]


class Codes:
    """The codes of one text of a register of the commissioner `area`, beside what its phrases name."""

    def __init__(self, index: NameIndex, text: str, resolved: Sequence[Resolved], area: str) -> None:
        self._index, self._text, self._resolved, self._area = index, text, resolved, area
        self._overruled: dict[int, str] = {}  # whoever is meant by name, with what to say of the code beside it
        self.kept = [each for each in self._all() if not self._is_overruled(each)]
        """Those that count."""

    def _all(self) -> list[Coded]:
        found = []
        for match in _CODE.finditer(self._text) if _MAY_BE_CODED.search(self._text) else ():
            code = match[0].upper()
            number = self._index.by_code.get(code)
            if number is not None:
                name = self._index.organisations[number].name
                candidate = MatchCandidate(code, name, 1.0, f"ODS code {code} in the text")
                found.append(Coded(candidate, number, match.span()))
        return found

    def _is_overruled(self, coded: Coded) -> bool:
        """Whether a code is not that of whoever is named right beside it, and they are meant: it only says in whose area they are, it is
        theirs but for two digits swapped, or their name is beyond doubt."""
        beside = [each for each in self._resolved if each[1] and is_beside_code(self._text, each[0], coded.span)]
        if any(one.number == coded.number for _, named, _ in self._resolved for one in named):
            return False
        for mention, named, _ in beside:
            for one in named:
                if self._is_area_of(coded, one):
                    return True
                is_alone = len(beside) == len(named) == 1
                if self._is_slip(coded, one) or (is_alone and self._is_sure(mention, one, coded)):
                    whose = f"the code {coded.candidate.code} belongs to {spoken(coded.candidate.name)}"
                    self._overruled[one.number] = f"{whose}; the name was followed"
                    return True
        return False

    def _is_area_of(self, coded: Coded, one: Scored) -> bool:
        """ "Mill Lane Surgery (99Z)", which is in the area of the commissioner 99Z."""
        is_commissioner = self._known(coded.number).kind == "commissioner"
        return is_commissioner and self._index.is_in_area(one.number, coded.candidate.code or "")

    def _is_slip(self, coded: Coded, one: Scored) -> bool:
        return is_swapped(coded.candidate.code or "", self._known(one.number).code)

    def _is_sure(self, mention: Mention, one: Scored, coded: Coded) -> bool:
        """Whether a name is the whole one of an open practice of the area, is not said to be elsewhere, and is neither in part nor before
        that of another practice there, nor of whoever has the code."""
        named, other = self._known(one.number), self._known(coded.number)
        if not (named.kind == other.kind == "practice" and named.status == "active" and one.in_area):
            return False
        telling = core(mention.listed)
        borne = [each for each in self._index.names_borne(one.number) if each.kind in (CURRENT, FORMER)]
        if one.contradicted or one.slipped or one.fit < _WHOLE or all(each.core != telling for each in borne):
            return False
        there = self._index.members(self._area) | {coded.number}
        rivals = self._index.by_core.get(telling, set()) & there - {one.number}
        return not any(self._known(each).kind == "practice" for each in rivals)

    def disagree(self) -> bool:
        """Whether a code right beside a name belongs to another organisation than the name, and neither stands anywhere else. The network
        that a practice is in is no other."""
        if not self.kept:
            return False
        codes = {one.number for one in self.kept}
        names = {one.number for _, named, _ in self._resolved for one in named}
        loose = [one for one in self.kept if one.number not in names]
        alone = [each for each in self._resolved if each[1] and codes.isdisjoint(one.number for one in each[1])]
        return any(
            is_beside_code(self._text, mention, coded.span) and not any(self._is_in(one, coded) for one in named)
            for mention, named, _ in alone
            for coded in loose
        )

    def _is_in(self, one: Scored, coded: Coded) -> bool:
        return any(held.code == coded.candidate.code for held in self._known(one.number).pcns)

    def with_codes(self, number: int, candidate: MatchCandidate) -> MatchCandidate:
        """Returns whom a phrase names, with what is to be said of the code beside it."""
        told = self._overruled.get(number)
        return replace(candidate, why=f"{candidate.why}; {told}") if told else candidate

    def _known(self, number: int) -> ReferenceOrganisation:
        return self._index.organisations[number]
