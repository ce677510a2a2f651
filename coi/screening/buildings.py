"""Texts that say by a building, a street or a village of its address which practice is meant: "GP partner, Prospect House, Fenby". Pure."""

from collections import defaultdict
from functools import cached_property

from coi.screening.address_pieces import HOUSE, HOUSED, KINDS, PLACE, TRADING, AddressPieces
from coi.screening.hints import DWELLING
from coi.screening.index import NameIndex
from coi.screening.indexing import BUILDING, CURRENT, FORMER
from coi.screening.located import Located
from coi.screening.names import core
from coi.screening.placing import Context
from coi.screening.scoring import NOBODY, Scored, Verdict
from coi.screening.segments import Mention

_MOST = 8  # practices of one place among which a person can choose


class Buildings:
    """Knows who works where. Asked where no name answers, so that it is never weaker than a name."""

    def __init__(self, index: NameIndex) -> None:
        self.index = index
        self._known: dict[str, AddressPieces] = {}

    def resolve(self, text: str, area: str) -> Verdict:
        """Returns the one open practice of the area, or of a town elsewhere that the text names, that is where the text says; else those
        that may be meant."""
        if DWELLING.search(text):
            return NOBODY
        said = Located(text)
        if not (said.types or said.has_post):
            return NOBODY
        verdict = self._among(said, self._pieces(area), area) if area else NOBODY
        for town in self._towns_elsewhere(said, area) if verdict == NOBODY else ():
            verdict = self._among(said, self._pieces(f"town:{town}"), area, town)
        return verdict

    def weighed(self, mention: Mention, context: Context, verdict: Verdict) -> Verdict:
        """Returns whom a phrase names, or all that are open in a building where the phrase says no more than that: a building is called as
        the first of its practices was, and nobody works at a practice that closed."""
        named, _ = verdict
        if len(named) != 1 or self.index.organisations[named[0].number].kind != "practice":
            return verdict
        one = named[0]
        neighbours = [self._neighbour(one, each) for each in self._beside(one.number)]
        if neighbours and self._is_gone(one, mention, context):
            return [], neighbours
        if not (neighbours and self._is_building(one, mention)):
            neighbours = [each for each in neighbours if self._shares(one.number, each.number, mention)]
        return ([], [one, *neighbours]) if neighbours else verdict

    def _shares(self, number: int, other: int, mention: Mention) -> bool:
        """ "Alder Surgery", where Alder Surgery - Dr Elm and Alder - Oak are both in a house of that name: neither is called just that."""
        own, theirs = (
            {each.kind for each in self.index.names_borne(each_number) if each.listed == mention.listed}
            for each_number in (number, other)
        )
        return bool(own and theirs) and {CURRENT, FORMER}.isdisjoint(own)

    def _is_gone(self, one: Scored, mention: Mention, context: Context) -> bool:
        is_closed = self.index.organisations[one.number].status != "active"
        if not is_closed or context.hints.is_past or mention.listed in self.index.full:
            return False
        return self.index.is_at(one.number, mention.listed)

    def _is_building(self, one: Scored, mention: Mention) -> bool:
        """Whether a phrase is what the building is called, and nobody in it: "Mill Lane Health Centre"; or that, or no more than a town,
        with another type than the name has."""
        borne = list(self.index.names_borne(one.number))
        exact = {each.kind for each in borne if each.listed == mention.listed}
        trades = not TRADING.isdisjoint(mention.listed)
        if exact:
            return exact == {BUILDING} and not trades
        telling = core(mention.listed)
        houses = (each for each in borne if each.kind == BUILDING and TRADING.isdisjoint(each.listed))
        is_housed = bool(telling) and any(each.core[: len(telling)] == telling for each in houses)
        if not one.is_name:
            return is_housed or not trades
        is_town = bool(telling) and set(telling) <= {*self.index.town_words(one.number)}
        return not trades and one.is_whole and (is_housed or is_town)

    def _beside(self, number: int) -> list[int]:
        postcode = self.index.organisations[number].postcode.replace(" ", "").upper()
        return [each for each in self.index.open_at(postcode) if each != number]

    def _neighbour(self, one: Scored, number: int) -> Scored:
        reasons = ("in the same building as " + self.index.organisations[one.number].name, *one.reasons[1:2])
        return one._replace(number=number, reasons=reasons)

    def _towns_elsewhere(self, said: Located, area: str) -> list[str]:
        return [
            word.text
            for word in said.capitals()
            if word.text in self.index.towns and not (area and self.index.has_town(area, (word.text,)))
        ]

    def _pieces(self, where: str) -> AddressPieces:
        if where not in self._known:
            there = self._in_town.get(where.removeprefix("town:"), ()) if ":" in where else self.index.members(where)
            self._known[where] = AddressPieces(self.index, there)
        return self._known[where]

    @cached_property
    def _in_town(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.index.organisations):
            if one.kind == "practice" and one.town:
                found[one.town.lower()].append(number)
        return found

    def _among(self, said: Located, pieces: AddressPieces, area: str, town: str = "") -> Verdict:
        hits = [one for one in said.hits(pieces) if one.typed or (said.has_post and one.kind != PLACE)]
        if not hits:
            return NOBODY
        first = min(hits, key=lambda one: (not one.typed, KINDS.index(one.kind), one.start - one.end))
        numbers = first.numbers
        for one in hits:
            numbers = numbers & one.numbers or numbers
        left = said.besides(hits)
        towns = left & self.index.towns
        there = [number for number in sorted(numbers) if towns <= self.index.places(number)]
        if len(there) == 1 and first.kind == HOUSE:
            there += self._beside(there[0])
        if not there or len(there) > _MOST or not towns.issuperset([town] if town else []):
            return NOBODY
        is_told = left <= self.index.places(there[0])
        if not (is_told or first.typed or said.has_sure_post):
            return NOBODY  # "partner at Alder Accountants, Prospect House"
        called = " ".join(first.listed).title()
        found = [self._scored(number, f"{first.kind} {called}", area) for number in there]
        is_building = first.kind in HOUSED and (first.end - first.start > 1 or said.says_the(first))
        is_sure = len(found) == 1 and (first.typed or is_building) and not said.is_any
        return (found, []) if is_sure and is_told else ([], found)

    def _scored(self, number: int, reason: str, area: str) -> Scored:
        in_area = bool(area) and self.index.is_in_area(number, area)
        reasons = (reason, f"in the area {area}") if in_area else (reason,)
        return Scored(number, 0.83, 0.8, reasons, in_area, True, is_name=False)
