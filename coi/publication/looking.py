"""Looking at a published register as it may be seen now: which edition, through which of today's redactions; rows, differences and
whatever else pages, files and the feed are made from."""

import heapq
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from coi import clock
from coi.errors import NotFound
from coi.publication import queries
from coi.publication.catalogue import REGISTERS, Register
from coi.publication.content import cell_text, facet, shown, shown_columns, shown_once
from coi.publication.exporting import Line
from coi.publication.models import Edition, Shelf
from coi.publication.register_queries import Asked, PublicPage, Shown, every_entry, place_of, public_page
from coi.publication.vocabulary import Change, Difference, Differences, ShownRow
from coi.registers.columns import RegisterShape
from coi.registers.vocabulary import RegisterKind

MOST_LISTED = 200


@dataclass(frozen=True)
class Published:
    """One register of a body on the public site: the edition that is looked at, and how."""

    register: Register
    edition: Edition
    shown: Shown


def published(body_id: uuid.UUID, register: Register, *, at: datetime, number: int | None = None) -> Published:
    """Returns an edition of a register as it may be seen at an instant; the newest where no number is given. Raises NotFound where
    there is none. Rules: REG-02, REG-03, REG-06."""
    newest = queries.newest_on_shelf(body_id, register.kind, clock.local(at).date())
    if newest is None:
        raise NotFound("Nothing of this register was published yet")
    shelf, edition, gone = newest
    if number is not None and number != edition.number:
        edition = queries.edition(body_id, register.kind, number)
    found = _published(body_id, register, shelf, edition, at, gone)
    return found if found.shown.is_newest else of_the_past(found, at)


def _published(
    body_id: uuid.UUID, register: Register, shelf: Shelf, edition: Edition, at: datetime, gone: int | None = None
) -> Published:
    withheld, today = register.withheld(body_id, at=at), clock.local(at).date()
    return Published(
        register,
        edition,
        Shown(register, shelf.id, edition.number, shelf.edition, shelf.rows, today, withheld, gone),
    )


def of_the_past(found: Published, at: datetime) -> Published:
    """Returns the same as it looks to who reads what was published before: an entry that was withdrawn as made by mistake has left the
    newest edition at once, and stays in the past ones that had it. Rules: REG-02, REG-06."""
    view, names = found.shown, set(found.register.shape.names)
    unseen = {key for key, hidden in view.hidden.items() if hidden >= names}
    plain = found.register.replaced(found.edition.body_id, unseen, at=at) if unseen else ()
    if not plain:
        return found
    hidden = {key: fields for key, fields in view.hidden.items() if key not in plain}
    return replace(found, shown=replace(view, hidden=hidden))


def all_published(body_id: uuid.UUID, *, at: datetime) -> list[Published]:
    """Returns the newest edition of each register that was published, in the order of the registers."""
    shelves, editions = queries.shelves(body_id), queries.newest_editions(body_id)
    return [
        _published(body_id, register, shelves[kind], editions[kind], at)
        for kind, register in REGISTERS.items() if kind in shelves and kind in editions
    ]  # fmt: skip


def holdings(found: Sequence[Published], column: str, value: str) -> list[tuple[Published, PublicPage]]:
    """Returns, per register, the records that name a person or an organisation (`column` says which kind of identifier `value` is)."""
    asked = [(each, getattr(each.register, column)) for each in found]
    pages = [(each, public_page(each.shown, Asked(facets=(facet(name, value),)))) for each, name in asked if name]
    return [(each, page) for each, page in pages if page.rows]


def rows_of(found: Published) -> Iterator[tuple[ShownRow, int]]:
    """Yields every record of an edition as it may be seen, in the order of the register, with the first edition that has it."""
    view, shape = found.shown, found.register.shape
    for key, content, known_since, _ in _entries(view):
        hidden = view.hidden.get(key, frozenset())
        if not hidden or not hidden >= set(shape.names):
            yield shown_once(key, content, shape, hidden), known_since


def _entries(view: Shown) -> Iterator[tuple[str, str, int, str]]:
    """The entries of an edition in the order in which they may be shown today: a place among names tells a name. Rule: REG-06."""
    rows = queries.entries_of(view.shelf_id, view.number, view.today, newest=view.is_newest)
    nameless = {key for key, hidden in view.hidden.items() if view.register.shape.columns[0].name in hidden}
    if not nameless:
        return rows
    held = [row for row in queries.entries_in(view.shelf_id, view.number, nameless) if row.until >= view.today]
    last = sorted((row.key, row.content, row.known_since, place_of(row, view)[0]) for row in held)
    return heapq.merge((row for row in rows if row[0] not in nameless), last, key=lambda row: (row[3], row[0]))


def differences(view: Shown, earlier: int, later: int) -> Differences:
    """Returns what changed from one edition to another, as it may be seen now: of a record that left, what it said for as long as
    past editions show it, then its reference alone. Rules: REG-03, REG-06."""
    came, went = queries.changed_between(view.shelf_id, earlier, later)
    came.sort(key=lambda row: place_of(row, view))
    before = {row.key: row for row in went}
    found = [_difference(view, row, before.pop(row.key, None)) for row in came]
    listed = [each for each in found if each is not None]
    gone = [_removal(view, row) for key, row in sorted(before.items()) if not _is_unseen(view, key)]
    changes = [each.change for each in listed]
    return Differences(
        changes.count(Change.ADDED), changes.count(Change.CHANGED), len(gone), tuple((*listed, *gone)[:MOST_LISTED])
    )


def _difference(view: Shown, now: Any, then: Any) -> Difference | None:
    if now.until < view.today or _is_unseen(view, now.key):
        return None
    shape, hidden = view.register.shape, view.hidden.get(now.key, frozenset())
    after = texts_of(shown(now.key, now.content, shape, hidden), shape)
    if then is None:
        return Difference(now.key, Change.ADDED, tuple((heading, "", text) for heading, text in after.items() if text))
    before = texts_of(shown(then.key, then.content, shape, hidden), shape)
    lines = tuple((heading, before[heading], text) for heading, text in after.items() if before[heading] != text)
    return Difference(now.key, Change.CHANGED, lines)


def _removal(view: Shown, then: Any) -> Difference:
    if then.until < view.today:
        return Difference(then.key, Change.REMOVED)
    return removal_of(then.key, then.content, view.register.shape, view.hidden.get(then.key, frozenset()))


def removal_of(key: str, content: str, shape: RegisterShape, hidden: frozenset[str]) -> Difference:
    """Returns what a record said that leaves the register, without what is withheld today; its reference alone where all of it is."""
    if hidden >= set(shape.names):
        return Difference(key, Change.REMOVED)
    texts = texts_of(shown(key, content, shape, hidden), shape)
    return Difference(key, Change.REMOVED, tuple((heading, text, "") for heading, text in texts.items() if text))


def _is_unseen(view: Shown, key: str) -> bool:
    return view.hidden.get(key, frozenset()) >= set(view.register.shape.names)


def texts_of(row: ShownRow, shape: RegisterShape) -> dict[str, str]:
    """Returns what people read of a record, heading → text; what is withheld says so."""
    return {
        column.heading: "Withheld" if row.is_withheld(column.name) else cell_text(row.values.get(column.name), column.kind)
        for column in shown_columns(shape)
    }  # fmt: skip


def marks(found: Sequence[Published], today: date) -> str:
    """Returns a text that differs whenever what may be seen of these registers differs."""
    seen = [
        (
            str(each.edition.id),
            each.shown.known_gone,
            sorted((key, sorted(names)) for key, names in each.shown.hidden.items()),
        )
        for each in found
    ]
    return f"{today}|{seen}"


def kinds_to_publish() -> tuple[RegisterKind, ...]:
    """Returns the registers that can be published."""
    return tuple(REGISTERS)


def lines_of(found: Published) -> Iterator[Line]:
    """Yields every record of an edition for a file, without what is withheld today, in the order of the register."""
    return _lines(found, ((key, content, known_since) for key, content, known_since, _ in _entries(found.shown)))


def lines_asked(found: Published, asked: Asked) -> Iterator[Line]:
    """Yields the records that a visitor asks for, for a file: just what the pages of the site show, in their order. Rule: REG-06."""
    return _lines(found, every_entry(found.shown, asked))


def _lines(found: Published, entries: Iterable[tuple[str, str, int]]) -> Iterator[Line]:
    view, names = found.shown, frozenset(found.register.shape.names)
    read = json.JSONDecoder().raw_decode  # a canonical text has nothing around it
    for key, content, known_since in entries:
        hidden = view.hidden.get(key)
        if not hidden:
            yield Line(read(content)[0], known_since)
        elif not hidden >= names:
            yield Line(_left_of(key, content, found.register.shape, hidden), known_since)


def _left_of(key: str, content: str, shape: RegisterShape, hidden: frozenset[str]) -> dict[str, Any]:
    """The values of a record without those that are withheld, whose names it says."""
    withheld = shown(key, content, shape, hidden).withheld
    values = {name: None if name in hidden else value for name, value in json.loads(content).items()}
    values["withheld"] = [column.name for column in shape.columns if column.is_withholdable and column.name in withheld]
    return values
