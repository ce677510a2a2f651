"""What a visitor reads of a register: a page of an edition through today's redactions and public months, found by words. No page asks
more of the database for a register of half a million records than for one of five thousand."""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from coi.database import db
from coi.errors import NotFound
from coi.publication import queries
from coi.publication.catalogue import Register
from coi.publication.content import shown, tokens_of
from coi.publication.page_statements import Shape, file_statement, matching, page_statement
from coi.publication.vocabulary import ShownRow, SortBy
from coi.publication.word_queries import Span, spans_of

ROWS = 100
MOST_COUNTED = 1000
PATIENCE = 25
"""So much longer than the walk would be by chance may gathering be: whoever is asked for by name stands together in the order, and a walk
meets them late."""
FEW = 10
"""A file gathers where at most one entry in so many has the rarest word. What is gathered is put in order before the first is sent."""


@dataclass(frozen=True)
class Shown:
    """The edition that is looked at: which shelf, which number, the days of all editions, and what may not be shown today."""

    register: Register
    shelf_id: int
    number: int
    newest: int
    rows: int
    today: date
    hidden: Mapping[str, frozenset[str]]
    known_gone: int | None = None

    @property
    def is_newest(self) -> bool:
        return self.number == self.newest

    @cached_property
    def gone(self) -> int:
        """How many entries of the newest edition are past their public months today, asked once for a page where it did not come
        with the edition."""
        if self.known_gone is not None:
            return self.known_gone
        return queries.gone_by(self.shelf_id, self.today)


@dataclass(frozen=True)
class Asked:
    """What a visitor asks of an edition: words, values by column, the order, and which record the page follows or precedes."""

    find: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: SortBy = SortBy.NAME
    after: str = ""
    before: str = ""
    letter: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.find or self.facets or any(self.filters.values()))


@dataclass(frozen=True)
class PublicPage:
    """A page of records. `count` is None where there are so many that nobody counted to the end: there are more than `more_than` then, if
    that is known. `previous` and `next` are the records that the neighbouring pages start from, empty where there is none."""

    rows: tuple[ShownRow, ...] = ()
    count: int | None = 0
    previous: str = ""
    next: str = ""
    more_than: int = 0


def public_page(edition: Shown, asked: Asked) -> PublicPage:
    """Returns a page of an edition. Records of which something is withheld today are found, filtered and ordered by what is left of
    them; whatever is past its public months is not there. Rules: REG-02, REG-03, REG-06."""
    spans = spans_of(edition.shelf_id, asked.find, asked.filters, asked.facets)
    if spans is None:
        return PublicPage()
    backwards = bool(asked.before)
    restricted = _restricted(edition, spans, asked.sort)
    place = _place(edition, asked, restricted)
    shape = _shape(edition, asked.sort, spans, place, backwards)
    found, total = _found(shape, _values(edition, spans, place))
    rows = _merged(found, restricted, asked.sort, place, backwards)
    more, rows = len(rows) > ROWS, rows[:ROWS]
    if backwards:
        rows.reverse()
    made = tuple(
        shown(row.key, row.content, edition.register.shape, edition.hidden.get(row.key, frozenset())) for row in rows
    )
    before, after = (more, True) if backwards else (bool(asked.after), more)
    first, last = (rows[0].key, rows[-1].key) if rows else ("", "")
    if before or after or asked.letter or not asked.is_narrowed:
        count, more_than = _count(edition, asked, shape, spans, len(restricted), total)
    else:
        count, more_than = len(made), 0
    return PublicPage(made, count, first if before else "", last if after else "", more_than)


def every_entry(edition: Shown, asked: Asked) -> Iterator[tuple[str, str, int]]:
    """Yields reference, content and first edition of all records that the pages show for what is asked, in their order and with as many
    statements for a thousand as for one. What is withheld is left to whoever reads the contents. Rules: REG-02, REG-03, REG-06."""
    spans = spans_of(edition.shelf_id, asked.find, asked.filters, asked.facets)
    if spans is None:
        return
    few = bool(spans) and spans[0].uses * FEW <= edition.rows
    shape = replace(_shape(edition, asked.sort, spans, None, backwards=False), few=few)
    down = asked.sort is SortBy.NEWEST
    restricted = sorted(_restricted(edition, spans, asked.sort), key=lambda row: row.place, reverse=down)
    found = db.session.execute(
        file_statement(shape), _values(edition, spans, None), execution_options={"yield_per": 1000}
    )
    plain = (_row_of(each) for each in found)
    for row in heapq.merge(plain, restricted, key=lambda each: each.place, reverse=down):
        yield row.key, row.content, row.known_since


def public_record(edition: Shown, key: str) -> tuple[ShownRow | None, int]:
    """Returns one record as an edition has it and as it may be shown today, and the first edition with it; None where it is not there or
    may not be seen."""
    found = [row for row in queries.entries_in(edition.shelf_id, edition.number, [key]) if row.until >= edition.today]
    hidden = edition.hidden.get(key, frozenset())
    if not found or hidden >= set(edition.register.shape.names):
        return None, 0
    return shown(key, found[0].content, edition.register.shape, hidden), found[0].known_since


def record_that_left(edition: Shown, key: str) -> tuple[ShownRow | None, int]:
    """Returns a record that left the register as it may still be read (None: its public months are over, or it is withheld), and the
    edition that held it last. Raises NotFound for one that was never public. Rules: REG-02, REG-03, REG-06."""
    found, hidden = queries.last_entry(edition.shelf_id, key), edition.hidden.get(key, frozenset())
    if found is None:
        raise NotFound("There is no such record on the public register")
    number = min(found.last_edition, edition.newest)
    if found.until < edition.today or hidden >= set(edition.register.shape.names):
        return None, number
    return shown(key, found.content, edition.register.shape, hidden), number


@dataclass(frozen=True)
class _Row:
    """A record of the page before it is drawn, with the place that it takes in the order."""

    key: str
    place: tuple[Any, str]
    content: str
    known_since: int


def _shape(edition: Shown, sort: SortBy, spans: Sequence[Span], place: object, backwards: bool) -> Shape:
    few = _are_few([each.uses for each in spans], edition.rows)
    return Shape(
        edition.is_newest,
        bool(edition.hidden),
        sort,
        tuple(bool(each.word) for each in spans),
        few,
        place is not None,
        backwards,
    )


def _are_few(uses: Sequence[int], rows: int) -> bool:
    """Whether gathering takes less than walking: as many steps as the rarest word has entries, against as many as it takes to meet a
    page of those that have all words, if words stood together by chance."""
    likely = float(rows)
    for each in uses:
        likely *= min(each, rows) / max(rows, 1)
    return bool(uses) and uses[0] * max(likely, 1) <= PATIENCE * (ROWS + 1) * rows


def _found(shape: Shape, values: Mapping[str, Any]) -> tuple[list[_Row], int | None]:
    """The entries of the page that nothing is withheld of, one more than it shows; and how many there are in all, where that is told."""
    rows = db.session.execute(page_statement(shape), values).all()
    return [_row_of(row) for row in rows], (rows[0].total if rows else 0) if shape.counts else None


def _row_of(row: Any) -> _Row:
    return _Row(row.key, (row.place, row.key), row.content, row.known_since)


def _values(edition: Shown, spans: Sequence[Span], place: tuple[Any, str] | None) -> dict[str, Any]:
    values: dict[str, Any] = {
        "shelf": edition.shelf_id,
        "number": edition.number,
        "today": edition.today,
        "rows": ROWS + 1,
    }
    for index, span in enumerate(spans):
        values |= {f"start_{index}": span.start, f"end_{index}": span.end, f"word_{index}": span.word}
    if edition.hidden:
        values["hidden"] = list(edition.hidden)
    if place is not None:
        values |= {"place": place[0], "key": place[1]}
    return values


def _restricted(edition: Shown, spans: Sequence[Span], sort: SortBy) -> list[_Row]:
    """The entries of which something is withheld today, if what is left of them fits."""
    if not edition.hidden:
        return []
    register, names = edition.register, set(edition.register.shape.names)
    partly = [key for key, hidden in edition.hidden.items() if not hidden >= names]
    found = []
    for row in queries.entries_in(edition.shelf_id, edition.number, partly):
        if row.until < edition.today:
            continue
        left = shown(row.key, row.content, register.shape, edition.hidden[row.key])
        tokens = tokens_of(row.key, left.values, register.shape, register.facets) if spans else frozenset()
        if all(span.meets(tokens) for span in spans):
            found.append(_Row(row.key, place_of(row, edition, sort), row.content, row.known_since))
    return found


def place_of(row: Any, edition: Shown, sort: SortBy = SortBy.NAME) -> tuple[Any, str]:
    """Returns where a record stands in an order today: last, where what it is ordered by is withheld. Rule: REG-06."""
    hidden = edition.hidden.get(row.key, frozenset())
    if sort is SortBy.NEWEST:
        return (date(1900, 1, 1) if edition.register.changed in hidden else row.changed_on, row.key)
    if sort is SortBy.SUBJECT:
        return ("~" if edition.register.subject in hidden else row.subject, row.key)
    return ("~" if edition.register.shape.columns[0].name in hidden else row.sort_key, row.key)


def _merged(
    rows: list[_Row], restricted: Sequence[_Row], sort: SortBy, place: tuple[Any, str] | None, backwards: bool
) -> list[_Row]:
    """Both kinds of rows in one order, after or before the place that the page follows or precedes."""
    down = (sort is SortBy.NEWEST) != backwards
    fits = [each for each in restricted if place is None or (each.place < place if down else each.place > place)]
    return sorted([*rows, *fits], key=lambda row: row.place, reverse=down) if fits else rows


def _place(edition: Shown, asked: Asked, restricted: Sequence[_Row]) -> tuple[Any, str] | None:
    """The place of the record that the page follows or precedes; a letter is a place as well."""
    key = asked.before or asked.after
    if not key:
        return (asked.letter, "") if asked.letter and asked.sort is SortBy.NAME else None
    known = next((row.place for row in restricted if row.key == key), None)
    if known is not None:
        return known
    found = queries.entries_in(edition.shelf_id, edition.number, [key])
    is_there = bool(found) and found[0].until >= edition.today  # what is gone has no place that could tell of it
    return place_of(found[0], edition, asked.sort) if is_there else None


def _count(
    edition: Shown, asked: Asked, shape: Shape, spans: Sequence[Span], restricted: int, total: int | None
) -> tuple[int | None, int]:
    """How many records fit in all, where that takes no counting of a whole register; otherwise than how many there are more."""
    if asked.is_narrowed:
        if not shape.few:
            return None, ROWS
        if total is None:
            some = matching(replace(shape, placed=False, backwards=False)).limit(MOST_COUNTED + 1)
            total = db.session.scalar(
                sa.select(sa.func.count()).select_from(some.subquery()), _values(edition, spans, None)
            )
        total = (total or 0) + restricted
        return (None, MOST_COUNTED) if total > MOST_COUNTED else (total, 0)
    if not edition.is_newest:
        return None, 0
    names = set(edition.register.shape.names)
    unseen = [key for key, hidden in edition.hidden.items() if hidden >= names]
    held = [row for row in queries.entries_in(edition.shelf_id, edition.number, unseen) if row.until >= edition.today]
    return edition.rows - edition.gone - len(held), 0
