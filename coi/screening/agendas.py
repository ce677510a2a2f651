"""Rows of an agenda → items: which organisations each concerns, and how; which class of practices."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from coi.screening.columned import class_of, codes_in, is_same, names_in, says_everybody
from coi.screening.declared import Finder, written_names
from coi.screening.interest_text import is_nil
from coi.screening.items import (
    ItemReading,
    classless,
    cut_short,
    function_of,
    merging,
    network_named,
    place_of,
    quieted,
    read_item,
    relation_at,
    shared_types,
    stage_of,
    without_lead_in,
)
from coi.screening.layouts import AgendaRow
from coi.screening.lexicon import Lexicon
from coi.screening.names import LINKS, TYPE_WORDS, company_key, name_words, spoken, words
from coi.screening.places import each_in, is_spelt_by, longest_in
from coi.screening.vocabulary import (
    Affected,
    AffectedOrganisation,
    AllPractices,
    Decision,
    ItemFact,
    MatchCandidate,
    PcnScope,
    ReferenceOrganisation,
    SomePractices,
)

_QUIET = {"minutes"}
_PRACTICES_OF = re.compile(r"\b((?:[A-Z][\w'’-]+\s+){1,3})(?:practices|surgeries|GPs)\b")
_PRACTICES_ROUND = re.compile(
    r"\b(?i:practices|surgeries|GPs)\s+(?i:round|around|across|in|throughout)\s+(?:the\s+)?((?:[A-Z][\w'’-]+\s*){1,3})"
)
_PARTS = re.compile(r"[;|\n\r]+")
_ALL = re.compile(r"(?:all|every|each)(?: (?:of )?(?:the )?(?:\w+ ){0,2}(?:practices?|surgeries))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words of an agenda item that may mean any of several organisations, and how whichever is meant stands to the item."""

    words: str
    relation: Affected
    organisations: tuple[MatchCandidate, ...]


@dataclass(frozen=True)
class AgendaReader:
    """What reading an agenda needs: who matches names, the register's own names, the places that commissioners are called by ("mid essex"
    → their codes), the towns ("maldon" → its practices with the commissioners of each), and who of them closed when. `area` and `on`
    stand where a row says nothing."""

    finder: Finder | None
    lexicon: Lexicon
    places: Mapping[str, tuple[str, ...]]
    area: str
    on: date
    towns: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    closings: Mapping[str, date] = field(default_factory=dict)
    known: Mapping[str, ReferenceOrganisation] = field(default_factory=dict)

    def items(self, rows: Iterable[AgendaRow]) -> tuple[ItemFact, ...]:
        """Returns the items of an agenda, in order. The key of an item is its row's number."""
        return tuple(replace(self._item(_plain(row)), title=row.title) for row in rows)

    def doubts(self, row: AgendaRow) -> tuple[Doubt, ...]:
        """Returns the words of a title that may mean several organisations, for a person to choose from: nothing is read into them."""
        row, area = _plain(row), row.area or self.area
        if self.finder is None or not row.title or function_of(row.title) in _QUIET:
            return ()
        found = []
        for phrase in self._phrases(self._telling(row.title), row.title, area):
            result = self.finder.match(phrase, area)
            if result.decision is Decision.AMBIGUOUS:
                said = phrase.removesuffix(" Practice")  # which `merging` added, where the title says less
                called = said if said in row.title else row.title
                relation = relation_at(row.title, row.title.find(called), in_title=True)
                found.append(Doubt(called, relation, result.organisations))
        return tuple(found)

    def _item(self, row: AgendaRow) -> ItemFact:
        area = row.area or self.area
        affected: dict[str, AffectedOrganisation] = {}
        if function_of(row.title) not in _QUIET:
            for text, in_title in ((row.title, True), (row.description, False)):
                for one in self._named(text, area, in_title=in_title):
                    affected.setdefault(one.key, one)
        affected = self._with_columns(row, area, affected)
        said = self._offered(row, area)
        network = said if isinstance(said, PcnScope) else None if said else self._network(row, area)
        for code in network.pcns if network else ():
            affected.pop(code, None)  # its practices are concerned, not the network as such
        subjects = [one for one in affected.values() if one.relation is not Affected.NEIGHBOUR]
        described = (
            f"{row.description}. all practices" if _ALL.fullmatch(row.organisations.strip()) else row.description
        )
        reading = read_item(row.title, described, names_someone=bool(subjects))
        return ItemFact(
            key=str(row.number),
            title=row.title,
            on=row.on or self.on,
            affected=tuple(affected.values()),
            class_scope=said or network or self._class(row, area, reading, names_someone=bool(subjects)),
            function_code=reading.function_code,
            stage=stage_of(row.title) or stage_of(row.description),
            for_decision=reading.for_decision if row.for_decision is None else row.for_decision,
            moves_patients=reading.moves_patients,
            reference=row.reference,
        )

    def _with_columns(
        self, row: AgendaRow, area: str, worded: dict[str, AffectedOrganisation]
    ) -> dict[str, AffectedOrganisation]:
        """Whom the columns of a row name, then whom its wording adds, unless that is another of the same name."""
        found: dict[str, AffectedOrganisation] = {}
        for code in codes_in(row.codes):
            if code in self.known or not self.known:
                name = spoken(self.known[code].name) if code in self.known else code
                found[code] = AffectedOrganisation(
                    code, name, Affected.SUBJECT, row.codes.phrase, column=row.codes.phrase
                )
        for name in names_in(row.codes):
            found.update((one.key, replace(one, column=row.codes.phrase)) for one in self._columned(name, area))
        outright = [(one.key, one.name) for one in found.values()]
        for one in (*self._columned(row.organisations, area), *worded.values()):
            if one.key in found:
                found[one.key] = replace(found[one.key], relation=one.relation)
            elif not any(is_same(one.key, one.name, *other) for other in outright):
                found[one.key] = one
        return found

    def _offered(self, row: AgendaRow, area: str) -> AllPractices | SomePractices | PcnScope | None:
        """The class that a column names: by code, by town, or in words that speak of all."""
        if not row.offered.cell:
            return None
        told = class_of(row.offered, self.known, self.towns)
        if told or not says_everybody(row.offered):
            return told
        alone = replace(row, title=row.offered.cell, description="")
        reading = ItemReading("", True, row.offered.cell, False, True)
        found = self._network(alone, area) or self._class(alone, area, reading, names_someone=False)
        return replace(found, phrase=f"{found.phrase}, {row.offered.phrase}") if found else None

    def _columned(self, text: str, area: str) -> list[AffectedOrganisation]:
        """Whom a column of organisations names: each is known, or stands as it is written."""
        found: list[AffectedOrganisation] = []
        for part in _PARTS.split(text):
            name = part.strip()
            if name and not is_nil(name) and not _ALL.fullmatch(name):
                named = self._named(name, area, in_title=True)
                found.extend(named or [AffectedOrganisation(company_key(name), name, Affected.SUBJECT)])
        return found

    def _named(self, text: str, area: str, *, in_title: bool) -> list[AffectedOrganisation]:
        """Matched names first, then the register's own names where nothing else was matched in that place."""
        if not text:
            return []
        found: dict[str, AffectedOrganisation] = {}
        written, text = text, self._telling(text)
        for key, name, why in self._matched(text, written, area):
            relation = relation_at(written, place_of(text, name), in_title=in_title)
            found.setdefault(key, AffectedOrganisation(key, name, relation, why))
        if in_title and not found and (one := self._cut_short(written, area)):
            found[one.key] = one
        others = {key: company_key(one.name) for key, one in found.items()}
        for hit in self.lexicon.find(text, area):
            told = company_key(hit.entry.name)
            rival = any(key != hit.entry.key and alike == told for key, alike in others.items())
            rival = rival and not hit.entry.key.startswith("name:")
            if hit.entry.key not in found and not rival:
                relation = relation_at(written, hit.start, in_title=in_title)
                found[hit.entry.key] = AffectedOrganisation(
                    hit.entry.key, hit.entry.name, relation, "its name is there"
                )
        return list(found.values())

    def _cut_short(self, title: str, area: str) -> AffectedOrganisation | None:
        """The one organisation that a title calls by the beginning of its name."""
        short = cut_short(title)
        listed = [word.text for word in words(short) if word.text not in LINKS]
        place = " ".join(listed)
        if not listed or not area or self.finder is None or place in self.places or place in self.towns:
            return None
        if len(listed) == 1 and self.lexicon.is_place(place):
            return None
        result = self.finder.match(f"{short} Practice", area)
        told = [one for one in result.organisations if result.decision is Decision.MATCHED and one.code]
        if len(told) != 1 or not set(listed).issubset(word.text for word in words(told[0].name)):
            return None
        return AffectedOrganisation(told[0].code or "", told[0].name, Affected.SUBJECT, told[0].why)

    def _telling(self, text: str) -> str:
        """A text without the words of business, and without the practices of a place."""
        return _PRACTICES_OF.sub(self._unless_a_name, quieted(_PRACTICES_ROUND.sub(self._unless_a_name, text)))

    def _phrases(self, text: str, written: str, area: str) -> tuple[str, ...]:
        shared = (each for each in shared_types(classless(written)) if not self._is_of_place(each))
        return (text, *shared, *(merging(written) if area else ()))

    def _unless_a_name(self, found: "re.Match[str]") -> str:
        """ "Chelmsford practices" are those of a place, not one that is called after it."""
        place = all(self.lexicon.is_place(word.text) for word in words(found[1]))
        return ";" + " " * (len(found[0]) - 1) if place else found[0]

    def _matched(self, text: str, written: str, area: str) -> list[tuple[str, str, str]]:
        if self.finder is None:
            return _as_written(text)
        found: list[tuple[str, str, str]] = []
        for phrase in self._phrases(text, written, area):
            result = self.finder.match(phrase, area)
            if result.decision is Decision.MATCHED:
                found.extend((one.code or company_key(one.name), one.name, one.why) for one in result.organisations)
            elif result.decision is Decision.NONE and phrase == text:
                found.extend(_as_written(text))
        return found

    def _is_of_place(self, name: str) -> bool:
        """Whether a name is that of a place with a type: "Norfolk Practice", of "Norfolk and Waveney practices"."""
        telling = (word for word in name_words(name) if word not in TYPE_WORDS)
        return name.endswith(" Practice") and all(self.lexicon.is_place(word) for word in telling)

    def _network(self, row: AgendaRow, area: str) -> PcnScope | None:
        """The one network of which all practices are concerned."""
        named = "" if function_of(row.title) in _QUIET else network_named(f"{row.title}. {row.description}")
        found = self.finder.match(named, area) if named and self.finder else None
        if found is None or found.decision is not Decision.MATCHED or len(found.organisations) != 1:
            return None
        (one,) = found.organisations
        return PcnScope((one.code,), f"all practices of {spoken(one.name)}") if one.code else None

    def _class(
        self, row: AgendaRow, area: str, reading: ItemReading, *, names_someone: bool
    ) -> AllPractices | SomePractices | None:
        """The place that the wording names narrows the class: a commissioner's area, else a town; else it is the register's area. Practices
        of a place make a class of themselves."""
        said = reading.class_words if reading.is_class else "" if names_someone else self._practices_there(row)
        if not said:
            return None
        on = row.on or self.on
        text = " ".join(word.text for word in words(f"{row.title} {row.description}"))
        place = longest_in(text, self.places)
        codes = tuple(code for code in self.places.get(place, ()) if self.closings.get(code, date.max) >= on)
        called = "all practices" if "all" in said.lower() else "the practices that this concerns"
        is_whole = not codes and any(area in held and is_spelt_by(text, one) for one, held in self.places.items())
        towns = () if codes or is_whole else self._towns(row, said, place, area)
        there = tuple(dict.fromkeys(key for town in towns for key in self._open_in(town, area, on)))
        if there:
            return SomePractices(there, f"{called} in {' and '.join(town.title() for town in towns)}")
        where = place.title() if codes else area
        return AllPractices(
            codes or ((area,) if area and self.finder else ()), f"{called} in {where}" if where else called
        )

    def _practices_there(self, row: AgendaRow) -> str:
        """ "Southwark practices" in a title, which nobody is called."""
        found = _PRACTICES_OF.search(row.title) if function_of(row.title) not in _QUIET else None
        return found[0] if found and all(self.lexicon.is_place(word.text) for word in words(found[1])) else ""

    def _towns(self, row: AgendaRow, said: str, place: str, area: str) -> tuple[str, ...]:
        """The towns, or the boroughs of commissioners that closed, that a class is narrowed to: they stand among the words of the class, or
        are written as names in the title."""
        named = " ".join(word.text if word.raw[:1].isupper() else ";" for word in words(row.title))
        titled = tuple(
            town
            for town in each_in(named, self.towns)
            if any(area in areas for areas in self.towns.get(town, {}).values())
        )
        if place in self.towns:
            return titled if place in titled else (place,)
        return each_in(" ".join(word.text for word in words(said)), self.towns) or titled

    def _open_in(self, town: str, area: str, on: date) -> Iterator[str]:
        for key, areas in self.towns.get(town, {}).items():
            if (not area or area in areas) and self.closings.get(key, date.max) >= on:
                yield key


def _plain(row: AgendaRow) -> AgendaRow:
    return replace(row, title=without_lead_in(row.title))


def _as_written(text: str) -> list[tuple[str, str, str]]:
    return [(key, name, "named in the text") for key, name in zip(*written_names(text), strict=True)]
