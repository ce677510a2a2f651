"""A register against an agenda: rows in, flags out, with what was searched and what nobody understood."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from coi.screening.agendas import AgendaReader, Doubt
from coi.screening.alike import alike_edges
from coi.screening.columned import UnknownCode, unknown_codes
from coi.screening.declared import Declared, Finder, Unmatched, read_declared
from coi.screening.denials import affirmed
from coi.screening.flags import Flag
from coi.screening.inputs import Unread
from coi.screening.layouts import AgendaRow, RegisterRow
from coi.screening.lexicon import Lexicon
from coi.screening.long_forms import with_long_forms
from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.names import name_words, spoken
from coi.screening.paths import EdgeIndex
from coi.screening.places import closings_of, places_of, towns_of
from coi.screening.representatives import with_representatives
from coi.screening.rules import flags_and_questions
from coi.screening.vocabulary import AffectedOrganisation, Edge, EdgeKind, InterestFact, ItemFact

_EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Screening:
    """The outcome of one run. `area` is the commissioner whose register it was taken to be."""

    interests: tuple[InterestFact, ...]
    items: tuple[ItemFact, ...]
    flags: tuple[Flag, ...]
    unmatched: tuple[Unmatched, ...]
    rows: int
    nil_rows: int
    nobody: int
    area: str
    organisations: int
    unread: Unread = field(default_factory=Unread)
    lines: Mapping[int, int] = field(default_factory=dict)  # row → line of its sheet
    texts: Mapping[int, str] = field(default_factory=dict)  # row → all that it declares
    doubts: Mapping[str, tuple[Doubt, ...]] = field(
        default_factory=dict
    )  # item that names nobody known → whom its words may mean
    questions: tuple[Flag, ...] = ()  # flags if one of several organisations is meant, where nobody settled which
    whys: Mapping[tuple[str, str], str] = field(
        default_factory=dict
    )  # key of an interest, organisation → why it is meant

    @property
    def days(self) -> tuple[date, ...]:
        """The days that the items were screened for."""
        return tuple(sorted({item.on for item in self.items}))


def screen(
    register: Sequence[RegisterRow],
    agenda: Sequence[AgendaRow],
    *,
    on: date,
    area: str = "",
    organisations: Sequence[ReferenceOrganisation] = (),
    edges: Iterable[Edge] = (),
    finder: Finder | None = None,
) -> Screening:
    """Returns who may have to stand down from which item, and why. `on` dates items that carry no date; `area` is whose
    register it is, guessed from the register's practices where it is left out. Without `organisations` and a `finder`,
    names are compared as they are written."""
    known = {organisation.code: organisation for organisation in organisations}
    areas = tuple(sorted({row.area for row in agenda if row.area}))
    area, declared = _declared_in(area, register, finder, areas, known)
    wordings = [wording for row in agenda for wording in (row.title, row.description)]
    declared.interests = with_long_forms(declared.interests, wordings)
    local = _words_of_places(known)
    places, towns, closings = places_of(organisations), towns_of(organisations), closings_of(organisations)
    reader = AgendaReader(finder, _lexicon(declared, known, local), places, area, on, towns, closings, known)
    items = reader.items(agenda)
    interests = _with_items_names(declared.interests, items, local)
    likely = alike_edges(items, interests, "name:")
    items, told = with_representatives(items, interests)
    edge_index = EdgeIndex.of(
        [*edges, *likely, *_under_one_roof(items, known), *(() if known else _practices_of(interests))]
    )
    names = {organisation.code: spoken(organisation.name) for organisation in organisations}
    flags, questions = _flags(told, items, edge_index, names)
    return Screening(
        interests=tuple(interests),
        items=items,
        flags=flags,
        questions=questions,
        unmatched=tuple(declared.unmatched),
        lines={row.number: row.line for row in register if row.line},
        texts={row.number: row.text for row in register},
        doubts={item.key: reader.doubts(row) for row, item in zip(agenda, items, strict=True) if not is_screened(item)},
        rows=len(register),
        nil_rows=declared.nil_rows,
        nobody=declared.nobody,
        whys=declared.whys,
        area=area,
        organisations=len(known),
        unread=Unread(codes=_unknown_codes(register, agenda, known)),
    )


def _declared_in(
    area: str,
    register: Sequence[RegisterRow],
    finder: Finder | None,
    areas: tuple[str, ...],
    known: Mapping[str, ReferenceOrganisation],
) -> tuple[str, Declared]:
    """The register's area, its practices' where it is not given, and what it declares when read there."""
    declared = read_declared(register, finder, area, areas, known)
    guessed = "" if area or not known else _most_common_area(declared.interests, known)
    return area or guessed, read_declared(register, finder, guessed, areas, known) if guessed else declared


def _flags(
    interests: Sequence[InterestFact],
    items: Sequence[ItemFact],
    edges: EdgeIndex,
    names: Mapping[str, str],
) -> tuple[tuple[Flag, ...], tuple[Flag, ...]]:
    """The flags and the questions, meeting by meeting where an interest had not begun at one of them."""
    starts = [one.arose_on for one in interests if one.arose_on]
    if not starts or max(starts) <= min((item.on for item in items), default=date.max):
        return flags_and_questions(interests, items, edges, names)
    found = [
        flags_and_questions([_as_on(one, day) for one in interests], tuple(held), edges, names)
        for day, held in groupby(items, lambda item: item.on)
    ]
    return tuple(flag for flags, _ in found for flag in flags), tuple(one for _, asked in found for one in asked)


def _as_on(interest: InterestFact, day: date) -> InterestFact:
    """An interest that starts after the day of a meeting is about to be held. Rule: DECL-09; RULEBOOK §23 scenario 14, §24 F5."""
    start = interest.arose_on
    return replace(interest, is_pursuing=True) if start and start > day and not interest.received_on else interest


def is_screened(item: ItemFact) -> bool:
    """Whether an item can be screened at all: an organisation or a class of them is concerned."""
    return bool(item.affected or item.class_scope)


def row_of(key: str) -> int:
    """Returns the row number in an interest's key ("12b" → 12: the third interest declared in row 12)."""
    return int(key.rstrip("abcdefghijklmnopqrstuvwxyz"))


def _unknown_codes(
    register: Iterable[RegisterRow], agenda: Iterable[AgendaRow], known: Mapping[str, ReferenceOrganisation]
) -> tuple[UnknownCode, ...]:
    declared = ((row.line or row.number, row.codes) for row in register)
    listed = ((row.line, said) for row in agenda for said in (row.codes, row.offered))
    return (*unknown_codes(declared, "register", known), *unknown_codes(listed, "agenda", known))


def _most_common_area(interests: Iterable[InterestFact], known: Mapping[str, ReferenceOrganisation]) -> str:
    """The commissioner of most practices named; nobody where there is no clear one."""
    counted = Counter(
        known[key].areas[-1].code
        for interest in interests
        for key in interest.organisations
        if key in known and known[key].areas
    )
    (first, most), *rest = [*counted.most_common(2), ("", 0)][:2]
    return first if most > 1 and most > 2 * rest[0][1] else ""


def _words_of_places(known: Mapping[str, ReferenceOrganisation]) -> frozenset[str]:
    towns = {word for one in known.values() if one.kind == "practice" for word in name_words(one.town)}
    return frozenset(towns).union(*(name_words(one.name) for one in known.values() if one.kind == "commissioner"))


def _lexicon(declared: Declared, known: Mapping[str, ReferenceOrganisation], places: frozenset[str]) -> Lexicon:
    names: dict[str, list[str]] = defaultdict(list)
    areas: dict[str, list[str]] = {}
    for interest in declared.interests:
        for key, name in zip(interest.organisations, interest.organisation_names, strict=True):
            organisation = known.get(key)
            spelled = (organisation.name, *organisation.former_names) if organisation else (name,)
            names[key].extend(one for one in spelled if one not in names[key])
            if organisation:
                areas[key] = [held.code for held in organisation.areas] + [organisation.geography]
    return Lexicon(names, places, areas)


def _with_items_names(
    interests: Sequence[InterestFact], items: Iterable[ItemFact], places: frozenset[str]
) -> list[InterestFact]:
    """Gives an interest the organisations without a code that an item names and its text spells less fully."""
    uncoded: dict[str, AffectedOrganisation] = {
        one.key: one for item in items for one in item.affected if one.key.startswith("name:")
    }
    lexicon = Lexicon({key: [one.name] for key, one in uncoded.items()}, places, {})
    found = []
    for interest in interests:
        hits = {hit.entry.key: hit.entry.name for hit in lexicon.find(affirmed(interest.text))} if uncoded else {}
        missing = {key: name for key, name in hits.items() if key not in interest.organisations}
        found.append(_joined(interest, missing) if missing else interest)
    return found


def _joined(interest: InterestFact, missing: Mapping[str, str]) -> InterestFact:
    return replace(
        interest,
        organisations=interest.organisations + tuple(missing),
        organisation_names=interest.organisation_names + tuple(missing.values()),
    )


def _under_one_roof(items: Iterable[ItemFact], known: Mapping[str, ReferenceOrganisation]) -> Iterator[Edge]:
    """Practices at the postcode of one whose patients may move are near it, whatever network they are in. Rule: MTG-02; RULEBOOK §23
    scenario 17."""
    moving = {one.key for item in items if item.moves_patients for one in item.affected} & known.keys()
    there = {known[key].postcode: key for key in sorted(moving) if known[key].postcode}
    for one in known.values() if there else ():
        subject = there.get(one.postcode)
        if subject and one.code != subject and one.kind == "practice" and one.status == "active":
            yield Edge(one.code, subject, EdgeKind.NEAR, one.opened_on, one.closed_on, one.postcode)


def _practices_of(interests: Iterable[InterestFact]) -> Iterable[Edge]:
    """Without reference data, whatever is called a surgery or practice counts as one of all practices."""
    for interest in interests:
        for key, name in zip(interest.organisations, interest.organisation_names, strict=True):
            if {"surgery", "practice", "medical"} & set(name_words(name)):
                yield Edge(key, _EVERYWHERE, EdgeKind.COMMISSIONED_BY)
