"""The statements behind a page of a published register, each built once: which entries fit, and in which order."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from coi.publication.models import PublishedEntry, PublishedUse
from coi.publication.vocabulary import CURRENT, NO_END, SortBy

E = PublishedEntry.__table__.c
_ORDERS = {SortBy.NAME: E.sort_key, SortBy.SUBJECT: E.subject, SortBy.NEWEST: E.changed_on}
_SHELF = sa.bindparam("shelf", type_=sa.Integer())


@dataclass(frozen=True)
class Shape:
    """What a statement depends on; the statement of each shape is built once. `few`: the entries are gathered by their rarest word and
    put in order; otherwise they are walked through in order, each asked for its words, until the page is full. `words`: of each span,
    whether it is one word."""

    newest: bool
    hides: bool
    sort: SortBy
    words: tuple[bool, ...]
    few: bool
    placed: bool
    backwards: bool

    @property
    def counts(self) -> bool:
        """Whether the first page counts them all: they were gathered anyway."""
        return self.few and not self.placed


@lru_cache(maxsize=256)
def page_statement(shape: Shape) -> sa.Select[Any]:
    """A page's statement: the entries that fit, in order, after or before a place. Contents are read of those alone."""
    by = _ORDERS[shape.sort]
    down = (shape.sort is SortBy.NEWEST) != shape.backwards
    ids = matching(shape)
    if shape.placed:
        at = sa.tuple_(sa.bindparam("place", type_=by.type), sa.bindparam("key", type_=sa.Text()))
        ids = ids.where(sa.tuple_(by, E.key) < at if down else sa.tuple_(by, E.key) > at)
    order = (by.desc(), E.key.desc()) if down else (by, E.key)
    if shape.counts:
        ids = ids.add_columns(sa.func.count().over().label("total"))
    ids = ids.order_by(*order).limit(sa.bindparam("rows", type_=sa.Integer()))
    page = PublishedEntry.__table__.alias("page").c
    place = page[by.name]
    rows = sa.select(page.key, place.label("place"), page.content, page.known_since)
    if shape.counts:
        gathered = ids.subquery()
        rows = rows.add_columns(gathered.c.total).where(page.id == gathered.c.id)
    else:
        rows = rows.where(page.id.in_(ids))
    return rows.order_by(*(place.desc(), page.key.desc()) if down else (place, page.key))


@lru_cache(maxsize=256)
def file_statement(shape: Shape) -> sa.Select[Any]:
    """A file's statement: all entries that fit, in the order of the pages, to be read a piece at a time."""
    by = _ORDERS[shape.sort]
    rows = matching(shape).with_only_columns(E.key, by.label("place"), E.content, E.known_since)
    return rows.order_by(*(by.desc(), E.key.desc()) if shape.sort is SortBy.NEWEST else (by, E.key))


@lru_cache(maxsize=256)
def matching(shape: Shape) -> sa.Select[Any]:
    """The entries of an edition that are public today, are not restricted, and have a word of each span."""
    number = sa.bindparam("number", type_=sa.Integer())
    until = sa.func.coalesce(
        E.until, NO_END, type_=sa.Date()
    )  # past the index of last days, which would put everything in order first
    rows = sa.select(E.id).where(until >= sa.bindparam("today", type_=sa.Date()))
    last = sa.func.coalesce(E.last_edition, 0)
    if not shape.few:
        rows = rows.where(E.shelf_id == _SHELF)
    if not shape.newest:
        rows = rows.where(sa.func.coalesce(E.first_edition, 0) <= number, last >= number)
    else:  # who gathers comes from the words; no index of entries is to tempt a database into walking
        rows = rows.where((last if shape.few else E.last_edition) == CURRENT)
    if shape.hides:
        rows = rows.where(E.key.not_in(sa.bindparam("hidden", expanding=True, type_=sa.Text())))
    if shape.few:
        return rows.where(E.id.in_(_gathered(shape.words)))
    return rows.where(*(_has_one(E.id, index) for index in range(len(shape.words))))


def _gathered(words: tuple[bool, ...]) -> sa.Select[Any]:
    """The entries that have a word of each span, by the rarest. They are asked for the other words before anything else is read of
    them: most have not all."""
    rarest = PublishedUse.__table__.alias("use_0").c
    others = (
        (_has_word if is_word else _has_one)(rarest.entry_id, index) for index, is_word in enumerate(words[1:], start=1)
    )
    start, end = _text("start_0"), _text("end_0")
    return sa.select(rarest.entry_id).where(rarest.shelf_id == _SHELF, rarest.word >= start, rarest.word < end, *others)


def _has_one(entry: sa.ColumnElement[int], index: int) -> sa.ColumnElement[bool]:
    """Whether an entry has a word of a span, as its own words say."""
    use = PublishedUse.__table__.alias(f"use_{index}").c
    return _is_any(use, use.entry_id == entry, use.word >= _text(f"start_{index}"), use.word < _text(f"end_{index}"))


def _has_word(entry: sa.ColumnElement[int], index: int) -> sa.ColumnElement[bool]:
    """The same of a span of one word, as the word says: its entries stand closely together, where those of a search lie far apart."""
    use = PublishedUse.__table__.alias(f"use_{index}").c
    return _is_any(use, use.shelf_id == _SHELF, use.word == _text(f"word_{index}"), use.entry_id == entry)


def _is_any(use: Any, *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether a use is like that: asked as one value, which no database turns into a join of everything."""
    return sa.select(use.entry_id).where(*conditions).limit(1).scalar_subquery().is_not(None)


def _text(name: str) -> sa.BindParameter[str]:
    return sa.bindparam(name, type_=sa.Text())
