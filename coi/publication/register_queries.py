"""What a visitor reads of a register: a page of an edition through today's redactions and public months, found by words. No page asks
more of the database for a register of half a million records than for one of five thousand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from coi.database import db
from coi.publication import queries
from coi.publication.catalogue import Register
from coi.publication.content import shown, tokens_of, words_in
from coi.publication.models import PublishedEntry, PublishedUse, PublishedWord
from coi.publication.vocabulary import CURRENT, NO_END, ShownRow, SortBy

ROWS = 100
FEW = 2000
"""So many entries are gathered by their words and put in order; more are walked through in order until the page is full."""
MOST_ENDINGS = 200
"""How many words a beginning stands for at most: the most used ones."""
SHORTEST_BEGINNING = 3
MOST_WORDS = 8

E, W = PublishedEntry.__table__.c, PublishedWord.__table__.c
_ORDERS = {SortBy.NAME: E.sort_key, SortBy.SUBJECT: E.subject, SortBy.NEWEST: E.changed_on}

Words = tuple[str, ...]


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

    @property
    def is_newest(self) -> bool:
        return self.number == self.newest


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
    """A page of records. `count` is None where there are so many that nobody counted; `previous` and `next` are the records that the
    neighbouring pages start from, empty where there is none."""

    rows: tuple[ShownRow, ...] = ()
    count: int | None = 0
    previous: str = ""
    next: str = ""


def public_page(edition: Shown, asked: Asked) -> PublicPage:
    """Returns a page of an edition. Records of which something is withheld today are found, filtered and ordered by what is left of
    them; whatever is past its public months is not there. Rules: REG-02, REG-03, REG-06."""
    groups = _groups(edition.shelf_id, asked)
    if groups is None:
        return PublicPage()
    backwards = bool(asked.before)
    restricted = _restricted(edition, groups, asked.sort)
    place = _place(edition, asked, restricted)
    found = _found(edition, asked, groups, place, backwards)
    rows = _merged(found.rows, restricted, asked.sort, place, backwards)
    more, rows = len(rows) > ROWS, rows[:ROWS]
    if backwards:
        rows.reverse()
    made = tuple(
        shown(row.key, row.content, edition.register.shape, edition.hidden.get(row.key, frozenset())) for row in rows
    )
    before, after = (more, True) if backwards else (bool(asked.after), more)
    first, last = (rows[0].key, rows[-1].key) if rows else ("", "")
    count = _count(edition, asked, found.total, restricted)
    return PublicPage(made, count, first if before else "", last if after else "")


def public_record(edition: Shown, key: str) -> ShownRow | None:
    """Returns one record as an edition has it and as it may be shown today; None where it is not there or may not be seen."""
    found = [row for row in queries.entries_in(edition.shelf_id, edition.number, [key]) if row.until >= edition.today]
    hidden = edition.hidden.get(key, frozenset())
    if not found or hidden >= set(edition.register.shape.names):
        return None
    return shown(key, found[0].content, edition.register.shape, hidden)


def choices(shelf_id: int, column: str) -> list[str]:
    """Returns the values of a column that standing entries have, as they are written, in order."""
    start = f"{column}="
    wanted = sa.select(W.label).where(
        W.shelf_id == shelf_id, W.word >= start, W.word < f"{column}>", W.uses > 0, W.label != ""
    )
    return sorted(db.session.scalars(wanted))


@dataclass(frozen=True)
class _Row:
    """A record of the page before it is drawn, with the place that it takes in the order."""

    key: str
    place: tuple[Any, str]
    content: str
    known_since: int


@dataclass(frozen=True)
class _Found:
    rows: list[_Row]
    total: int | None


def _groups(shelf_id: int, asked: Asked) -> list[tuple[Words, int]] | None:
    """What each word asked for may be among the words of entries, with how many entries that is at most, the rarest first. None:
    nothing can be found."""
    wanted: list[Words] = [(token,) for token in asked.facets]
    beginnings = [
        word for text in asked.find.split() for word in ([text.casefold()] if "/" in text else words_in(text))
    ]
    for name, text in asked.filters.items():
        beginnings += [f"{name}:{word}" for word in words_in(text)]
    sizes = queries.uses_of(shelf_id, [token for (token,) in wanted])
    groups = [((token,), sizes.get(token, 0)) for (token,) in wanted]
    for word in dict.fromkeys(beginnings[:MOST_WORDS]):
        endings = _endings(shelf_id, word)
        groups.append((tuple(each for each, _ in endings), sum(uses for _, uses in endings)))
    if any(not words for words, _ in groups) or (wanted and not all(token in sizes for (token,) in wanted)):
        return None
    return sorted(groups, key=lambda group: group[1])


def _endings(shelf_id: int, beginning: str) -> list[tuple[str, int]]:
    """The words that begin so, the most used first; of a short one, only the word itself."""
    said = beginning.rsplit(":", 1)[-1]
    if len(said) < SHORTEST_BEGINNING or "/" in beginning:
        wanted = sa.select(W.word, W.uses).where(W.shelf_id == shelf_id, W.word == beginning)
    else:
        last = beginning[:-1] + chr(ord(beginning[-1]) + 1)
        wanted = sa.select(W.word, W.uses).where(W.shelf_id == shelf_id, W.word >= beginning, W.word < last)
        wanted = wanted.order_by(W.uses.desc(), W.word).limit(MOST_ENDINGS)
    return [(row.word, row.uses) for row in db.session.execute(wanted)]


def _found(
    edition: Shown, asked: Asked, groups: Sequence[tuple[Words, int]], place: tuple[Any, str] | None, backwards: bool
) -> _Found:
    """The entries of the page that nothing is withheld of, one more than it shows."""
    few = bool(groups) and groups[0][1] <= FEW
    rows = _rows_of(edition, asked.sort, groups, few)
    values = _values(edition, groups, place)
    limited = db.session.execute(_statement(_shape(edition, asked.sort, groups, few, place, backwards)), values).all()
    total = db.session.scalar(sa.select(sa.func.count()).select_from(rows.subquery()), values) if few else None
    return _Found([_Row(row.key, (row.place, row.key), row.content, row.known_since) for row in limited], total)


@dataclass(frozen=True)
class _Shape:
    """What a statement depends on; the statement of each shape is built once."""

    newest: bool
    hides: bool
    sort: SortBy
    groups: int
    few: bool
    placed: bool
    backwards: bool


def _shape(edition: Shown, sort: SortBy, groups: Sequence[Any], few: bool, place: object, backwards: bool) -> _Shape:
    return _Shape(edition.is_newest, bool(edition.hidden), sort, len(groups), few, place is not None, backwards)


def _rows_of(edition: Shown, sort: SortBy, groups: Sequence[Any], few: bool) -> sa.Select[Any]:
    return _matching(_shape(edition, sort, groups, few, None, False))


def _values(edition: Shown, groups: Sequence[tuple[Words, int]], place: tuple[Any, str] | None) -> dict[str, Any]:
    values: dict[str, Any] = {
        "shelf": edition.shelf_id,
        "number": edition.number,
        "today": edition.today,
        "rows": ROWS + 1,
    }
    values |= {f"words_{index}": list(words) for index, (words, _) in enumerate(groups)}
    if edition.hidden:
        values["hidden"] = list(edition.hidden)
    if place is not None:
        values |= {"place": place[0], "key": place[1]}
    return values


@lru_cache(maxsize=256)
def _statement(shape: _Shape) -> sa.Select[Any]:
    """A page's statement: the entries that fit, in order, after or before a place."""
    by = _ORDERS[shape.sort]
    down = (shape.sort is SortBy.NEWEST) != shape.backwards
    rows = _matching(shape)
    if shape.placed:
        at = sa.tuple_(sa.bindparam("place", type_=by.type), sa.bindparam("key", type_=sa.Text()))
        rows = rows.where(sa.tuple_(by, E.key) < at if down else sa.tuple_(by, E.key) > at)
    order = (by.desc(), E.key.desc()) if down else (by, E.key)
    return rows.order_by(*order).limit(sa.bindparam("rows", type_=sa.Integer()))


@lru_cache(maxsize=256)
def _matching(shape: _Shape) -> sa.Select[Any]:
    """The entries of an edition that are public today, are not restricted, and have a word of each group."""
    number, shelf = sa.bindparam("number", type_=sa.Integer()), sa.bindparam("shelf", type_=sa.Integer())
    rows = sa.select(E.key, _ORDERS[shape.sort].label("place"), E.content, E.known_since)
    until = sa.func.coalesce(
        E.until, NO_END, type_=sa.Date()
    )  # past the index of last days, which would put everything in order first
    rows = rows.where(E.shelf_id == shelf, until >= sa.bindparam("today", type_=sa.Date()))
    if shape.newest:
        stands = [E.last_edition == CURRENT]
    else:
        stands = [sa.func.coalesce(E.first_edition, 0) <= number, sa.func.coalesce(E.last_edition, 0) >= number]
    rows = rows.where(*stands)
    if shape.hides:
        rows = rows.where(E.key.not_in(sa.bindparam("hidden", expanding=True, type_=sa.Text())))
    for index in range(shape.groups):
        words = sa.bindparam(f"words_{index}", expanding=True, type_=sa.Text())
        use = PublishedUse.__table__.alias(f"use_{index}").c
        if shape.few and index == 0:
            rows = rows.where(E.id.in_(sa.select(use.entry_id).where(use.shelf_id == shelf, use.word.in_(words))))
        else:
            rows = rows.where(sa.exists().where(use.shelf_id == shelf, use.word.in_(words), use.entry_id == E.id))
    return rows


def _restricted(edition: Shown, groups: Sequence[tuple[Words, int]], sort: SortBy) -> list[_Row]:
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
        tokens = tokens_of(row.key, left.values, register.shape, register.facets) if groups else frozenset()
        if all(tokens.intersection(words) for words, _ in groups):
            found.append(_Row(row.key, _placed(row, edition, sort), row.content, row.known_since))
    return found


def _placed(row: Any, edition: Shown, sort: SortBy) -> tuple[Any, str]:
    """Where a restricted record stands in an order: last, where what it is ordered by is withheld."""
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
    return _placed(found[0], edition, asked.sort) if found else None


def _count(edition: Shown, asked: Asked, total: int | None, restricted: Sequence[Any]) -> int | None:
    """How many records fit in all, where that takes no counting of a whole register."""
    if asked.is_narrowed:
        return None if total is None else total + len(restricted)
    if not edition.is_newest:
        return None
    gone = sa.select(sa.func.count()).where(
        E.shelf_id == edition.shelf_id, E.last_edition == CURRENT, E.until < edition.today
    )
    names = set(edition.register.shape.names)
    unseen = [key for key, hidden in edition.hidden.items() if hidden >= names]
    held = [row for row in queries.entries_in(edition.shelf_id, edition.number, unseen) if row.until >= edition.today]
    return edition.rows - (db.session.scalar(gone) or 0) - len(held)
