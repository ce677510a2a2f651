"""Rows of an agenda → items: which organisations each concerns, and how; which class of practices."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from coi.screening.class_wording import classless, left_out_of, without_places
from coi.screening.columned import class_of, codes_in, is_same, names_in, says_everybody
from coi.screening.cut_short import ShortNames
from coi.screening.declared import Finder, written_names
from coi.screening.interest_text import is_nil
from coi.screening.items import (
    QUIET,
    ItemReading,
    function_of,
    merging,
    named_in_small,
    place_of,
    quieted,
    read_item,
    relation_at,
    shared_types,
    stage_of,
    without_lead_in,
)
from coi.screening.layouts import AgendaRow
from coi.screening.lexicon import Found, Lexicon
from coi.screening.matching_vocabulary import Decision, MatchCandidate, ReferenceOrganisation
from coi.screening.names import TYPE_WORDS, company_key, name_words, spoken, words
from coi.screening.representatives import negotiated_with
from coi.screening.scopes import PRACTICES_OF, ScopeReader
from coi.screening.vocabulary import Affected, AffectedOrganisation, AllPractices, ItemFact, PcnScope, SomePractices
from coi.wording import and_list

_PARTS = re.compile(r"[;|\n\r]+")
_ALL_BUT = re.compile(
    r"^\s*(?:all|each|every)(?=\s+(?:except|but|other|exclud|apart|aside|save|with the exc))", re.IGNORECASE
)
_BLANKED = " ;"  # what is left of words that were blanked out
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

    @property
    def _short(self) -> ShortNames:
        return ShortNames(self.finder, self.lexicon, self.places, self.towns, self.closings)

    @property
    def _scopes(self) -> ScopeReader:
        return ScopeReader(self.finder, self.lexicon, self.places, self.on, self.towns, self.closings, self.known)

    def items(self, rows: Iterable[AgendaRow]) -> tuple[ItemFact, ...]:
        """Returns the items of an agenda, in order. The key of an item is its row's number."""
        return tuple(replace(self._item(_plain(row)), title=row.title) for row in rows)

    def doubts(self, row: AgendaRow) -> tuple[Doubt, ...]:
        """Returns the words of a title that may mean several organisations, for a person to choose from: nothing is read into them."""
        row, area = _without_left_out(_plain(row))[0], row.area or self.area
        if self.finder is None or not row.title or function_of(row.title) in QUIET:
            return ()
        found = []
        for phrase in self._phrases(self._telling(row.title), row.title, area):
            result = self.finder.match(phrase, area)
            if result.decision is Decision.AMBIGUOUS:
                said = phrase.removesuffix(" Practice")  # which `merging` added, where the title says less
                called = said if said in row.title else row.title
                relation = relation_at(row.title, row.title.find(called), in_title=True)
                found.append(Doubt(called, relation, result.organisations))
        towns = self._short.of_some_town(row.title, self._telling(row.title), area, row.on or self.on)
        return (*found, *(Doubt(town, Affected.SUBJECT, there) for town, there in towns))

    def _item(self, row: AgendaRow) -> ItemFact:
        area = row.area or self.area
        row, told = _without_left_out(row)
        affected: dict[str, AffectedOrganisation] = {}
        if function_of(row.title) not in QUIET:
            for text, in_title in ((row.title, True), (row.description, False)):
                for one in self._named(text, area, in_title=in_title, title=row.title):
                    affected.setdefault(one.key, one)
            affected |= self._of_their_towns(row, area, [one.name for one in affected.values()])
        affected = self._with_columns(row, area, affected)
        said = self._offered(row, area)
        network = said if isinstance(said, PcnScope) else None if said else self._scopes.network(row, area)
        for code in network.pcns if network else ():
            affected.pop(code, None)  # its practices are concerned, not the network as such
        subjects = [one for one in affected.values() if one.relation is not Affected.NEIGHBOUR]
        described = (
            f"{row.description}. all practices" if _ALL.fullmatch(row.organisations.strip()) else row.description
        )
        reading = read_item(row.title, described, names_someone=bool(subjects))
        scope = said or network or self._scopes.practices(row, area, reading, names_someone=bool(subjects))
        out = {one.key: spoken(one.name) for text in told if scope for one in self._named(text, area, in_title=False)}
        if scope and out:
            comma = "," if "," in scope.phrase else ""
            scope = replace(scope, phrase=f"{scope.phrase}{comma} except {and_list(out.values())}")
        return ItemFact(
            key=str(row.number),
            title=row.title,
            on=row.on or self.on,
            affected=tuple(affected.values()),
            class_scope=scope,
            left_out=tuple(out),
            function_code=reading.function_code,
            stage=stage_of(row.title) or stage_of(row.description),
            for_decision=reading.for_decision if row.for_decision is None else row.for_decision,
            moves_patients=reading.moves_patients,
            reference=row.reference,
            negotiates_with=negotiated_with(row.title, row.description),
        )

    def _of_their_towns(self, row: AgendaRow, area: str, known: Collection[str]) -> dict[str, AffectedOrganisation]:
        found = self._short.of_their_town(row.title, self._telling(row.title), area, row.on or self.on, known)
        return {
            one.code: AffectedOrganisation(one.code, one.name, Affected.SUBJECT, one.why) for one in found if one.code
        }

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
        found = self._scopes.network(alone, area) or self._scopes.practices(alone, area, reading, names_someone=False)
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

    def _named(self, text: str, area: str, *, in_title: bool, title: str = "") -> list[AffectedOrganisation]:
        """Matched names first, then the register's own names where nothing else was matched in that place."""
        if not text:
            return []
        found: dict[str, AffectedOrganisation] = {}
        written, text = text, self._telling(named_in_small(text, title))
        for key, name, why in self._matched(text, written, area):
            relation = relation_at(written, place_of(text, name), in_title=in_title)
            found.setdefault(key, AffectedOrganisation(key, name, relation, why))
        if in_title:
            short = [] if found else [self._short.beginning(written, area)]
            for one in (*short, *self._short.beside(text, area, [each.name for each in found.values()])):
                if one and one.code:
                    relation = relation_at(written, place_of(written, one.name), in_title=True)
                    found.setdefault(one.code, AffectedOrganisation(one.code, one.name, relation, one.why))
        others = {key: company_key(one.name) for key, one in found.items()}
        for hit in self.lexicon.find(text, area):
            told = company_key(hit.entry.name)
            rival = any(key != hit.entry.key and alike == told for key, alike in others.items())
            rival = rival and not hit.entry.key.startswith("name:")
            if hit.entry.key not in found and not rival and not self._is_another(hit, found):
                relation = relation_at(written, hit.start, in_title=in_title)
                found[hit.entry.key] = AffectedOrganisation(
                    hit.entry.key, hit.entry.name, relation, "its name is there"
                )
        return list(found.values())

    def _is_another(self, hit: Found, found: Collection[str]) -> bool:
        """Whether what is written is the whole name of somebody else who is named: "Alder Group Practice" is not Alder Medical Practice."""
        own = self.known.get(hit.entry.key)
        if own is None or hit.written in _names_of(own):
            return False
        return any(hit.written in _names_of(self.known[key]) for key in found if key in self.known)

    def _telling(self, text: str) -> str:
        """A text without the words of business, and without the practices of a place."""
        text = without_places(text, lambda told: self._scopes.are_places(told, self.area))
        return PRACTICES_OF.sub(self._unless_a_name, quieted(text))

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


def _names_of(one: ReferenceOrganisation) -> set[tuple[str, ...]]:
    return {name_words(name) for name in (one.name, *one.former_names)}


def _without_left_out(row: AgendaRow) -> tuple[AgendaRow, tuple[str, ...]]:
    """A row without those whom its wording or a column of its leaves out of a class, and the words that say who they are: the item does not
    concern them."""
    cells = (_ALL_BUT.sub(r"\g<0> practices", cell) for cell in (row.organisations, row.offered.cell))
    read = [left_out_of(text) for text in (row.title, row.description, *cells)]
    (title, _), (description, _), (organisations, _), (offered, _) = read
    told = tuple(words for _, each in read for words in each)
    if not told:
        return row, ()
    cell = replace(row.offered, cell=offered.strip(_BLANKED))
    kept = organisations.strip(_BLANKED)
    return replace(row, title=title, description=description, organisations=kept, offered=cell), told


def _plain(row: AgendaRow) -> AgendaRow:
    return replace(row, title=without_lead_in(row.title))


def _as_written(text: str) -> list[tuple[str, str, str]]:
    return [(key, name, "named in the text") for key, name in zip(*written_names(text), strict=True)]
