"""The class of practices that an agenda item concerns: of which network, which towns, or whose whole area. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from coi.screening.class_wording import network_named, networks_said, places_said
from coi.screening.declared import Finder
from coi.screening.items import QUIET, ItemReading, function_of
from coi.screening.layouts import AgendaRow
from coi.screening.lexicon import Lexicon
from coi.screening.matching_vocabulary import Decision, MatchCandidate, ReferenceOrganisation
from coi.screening.names import NETWORK_WORDS, name_words, spoken, words
from coi.screening.places import each_in, is_spelt_by, longest_in, open_in, place_words
from coi.screening.vocabulary import AllPractices, PcnScope, SomePractices
from coi.wording import and_list

_NETWORK_TYPE = NETWORK_WORDS | {"primary", "care"}
PRACTICES_OF = re.compile(r"\b((?:[A-Z][\w'’-]+\s+){1,3}?)(?:GP\s+)?(?:practices|surgeries|GPs)\b")


@dataclass(frozen=True, slots=True)
class ScopeReader:
    """What reading a class needs: who matches the names of networks, the places of commissioners, the towns with their practices, who
    closed when, and who is in which network. `on` is the day where a row gives none."""

    finder: Finder | None
    lexicon: Lexicon
    places: Mapping[str, tuple[str, ...]]
    on: date
    towns: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    closings: Mapping[str, date] = field(default_factory=dict)
    known: Mapping[str, ReferenceOrganisation] = field(default_factory=dict)

    def network(self, row: AgendaRow, area: str) -> PcnScope | None:
        """The one network of which all practices are concerned."""
        named = "" if function_of(row.title) in QUIET else network_named(f"{row.title}. {row.description}")
        one = self._known_network(named, area) if named else None
        return PcnScope((one.code or "",), f"all practices of {spoken(one.name)}") if one else None

    def practices(
        self, row: AgendaRow, area: str, reading: ItemReading, *, names_someone: bool
    ) -> AllPractices | SomePractices | PcnScope | None:
        """The place that the wording names narrows the class: a commissioner's area, towns, networks that are called by it; where it is
        known as none of them, the class is the register's area. Practices of a place make a class of themselves."""
        said = reading.class_words if reading.is_class else "" if names_someone else self._practices_there(row)
        if not said:
            return None
        on = row.on or self.on
        text = " ".join(word.text for word in words(f"{row.title} {row.description}"))
        place = longest_in(text, self.places)
        codes = tuple(code for code in self.places.get(place, ()) if self.closings.get(code, date.max) >= on)
        called = "all practices" if "all" in said.lower() else "the practices that this concerns"
        is_whole = not codes and any(area in held and is_spelt_by(text, one) for one, held in self.places.items())
        told = () if codes or is_whole else places_said(row.title) or places_said(row.description)
        towns = self._towns_told(told, area, on)
        if networks := () if towns else self._networks(told, area):
            named = and_list(spoken(one.name) for one in networks)
            return PcnScope(tuple(one.code or "" for one in networks), f"all practices of {named}")
        if not (codes or is_whole or told):
            towns = self._towns(row, said, place, "" if names_someone else area)
        held, towns = (area, towns) if codes or is_whole or towns else self._towns_elsewhere(told, area, on)
        there = tuple(dict.fromkeys(key for town in towns for key in self._open_in(town, held, on)))
        with_networks = networks_said(f"{row.title}. {row.description}")
        if there:
            members = (*there, *self._networks_of(there, on)) if with_networks else there
            return SomePractices(members, f"{called} in {and_list(place_words(town) for town in towns)}")
        where = place_words(place) if codes else area
        areas = codes or ((area,) if area and self.finder else ())
        return AllPractices(areas, f"{called} in {where}" if where else called, with_networks)

    def _networks_of(self, practices: Iterable[str], on: date) -> Iterable[str]:
        """The networks that practices are in on a day."""
        held = (each for key in practices if key in self.known for each in self.known[key].pcns)
        return dict.fromkeys(each.code for each in held if (each.valid_from or on) <= on <= (each.valid_to or on))

    def are_places(self, told: tuple[str, ...], area: str) -> bool:
        """Whether words that practices are said to be of are places: each word means a town, or a network is called by them."""
        parts = told[1:] or told
        known = (
            all(self.lexicon.is_place(word.text) for word in words(part)) or self._called(part, area) for part in parts
        )
        return bool(parts) and all(known)

    def _known_network(self, named: str, area: str) -> MatchCandidate | None:
        found = self.finder.match(named, area) if self.finder else None
        if found is None or found.decision is not Decision.MATCHED or len(found.organisations) != 1:
            return None
        return found.organisations[0] if found.organisations[0].code else None

    def _networks(self, told: tuple[str, ...], area: str) -> tuple[MatchCandidate, ...]:
        """The networks that are called by a place that practices are said to be of, or by each of its parts."""
        for places in (told[:1], told[1:]):
            found = [one for one in (self._called(place, area) for place in places) if one]
            if found and len(found) == len(places):
                return tuple({one.code: one for one in found}.values())
        return ()

    def _called(self, place: str, area: str) -> MatchCandidate | None:
        """The network whose name is no more than a place: "Ketts Oak" for Ketts Oak PCN."""
        one = self._known_network(f"{place} PCN", area)
        if one is None or not NETWORK_WORDS.intersection(name_words(one.name)):
            return None
        return one if set(name_words(one.name)) - _NETWORK_TYPE == set(name_words(place)) else None

    def _towns_told(self, told: tuple[str, ...], area: str, on: date) -> tuple[str, ...]:
        """The towns that practices are said to be of, where some are open there: all that is said as one, else each of its parts."""
        called = [" ".join(word.text for word in words(each)) for each in told]
        for towns in (called[:1], called[1:]):
            if towns and all(any(self._open_in(town, area, on)) for town in towns):
                return tuple(towns)
        return ()

    def _towns_elsewhere(self, told: tuple[str, ...], area: str, on: date) -> tuple[str, tuple[str, ...]]:
        """Towns of which not all lie in the area, and where to look for their practices: those that do lie there count alone; where none
        does, the class is somebody else's."""
        towns = self._towns_told(told, "", on)
        here = tuple(town for town in towns if any(self._open_in(town, area, on)))
        return (area, here) if here else ("", towns)

    def _open_in(self, town: str, area: str, on: date) -> Iterator[str]:
        return open_in(self.towns.get(town, {}), self.closings, area, on)

    def _practices_there(self, row: AgendaRow) -> str:
        """ "Southwark practices" in a title, which nobody is called."""
        found = PRACTICES_OF.search(row.title) if function_of(row.title) not in QUIET else None
        return found[0] if found and all(self.lexicon.is_place(word.text) for word in words(found[1])) else ""

    def _towns(self, row: AgendaRow, said: str, place: str, area: str) -> tuple[str, ...]:
        """The towns, or the boroughs of commissioners that closed, that a class is narrowed to: they stand among the words of the class, or
        are written as names in the title: not one beside an organisation (no `area`), whose name or address it is."""
        named = " ".join(word.text if word.raw[:1].isupper() else ";" for word in words(row.title))
        titled = tuple(
            town
            for town in (each_in(named, self.towns) if area else ())
            if any(area in areas for areas in self.towns.get(town, {}).values())
        )
        if place in self.towns:
            return titled if place in titled else (place,)
        return each_in(" ".join(word.text for word in words(said)), self.towns) or titled
