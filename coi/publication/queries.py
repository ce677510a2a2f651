"""Reading editions and what stands on the shelves. What the public reads of a register page by page is in register_queries."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coi import clock
from coi.database import db
from coi.errors import NotFound
from coi.organisations.models import Body
from coi.publication.models import Edition, PublishedEntry, PublishedFile, PublishedWord, Shelf
from coi.publication.vocabulary import CURRENT, FileKind
from coi.registers.interests.lifecycle import InEditions
from coi.registers.vocabulary import RegisterKind

BATCH = 500
E = PublishedEntry
_PLACE = (E.sort_key, E.subject, E.changed_on)


def _pairs(rows: Iterable[Any]) -> dict[Any, Any]:
    return {row[0]: row[1] for row in rows}


def shelf(body_id: uuid.UUID, kind: RegisterKind) -> Shelf | None:
    """Returns the shelf of a register of a body; None where nothing was published of it."""
    return db.session.scalar(sa.select(Shelf).where(Shelf.body_id == body_id, Shelf.kind == kind))


def newest_on_shelf(body_id: uuid.UUID, kind: RegisterKind, today: date) -> tuple[Shelf, Edition, int] | None:
    """Returns the shelf of a register of a body with its newest edition, and how many entries of that are past their public months
    today; None where nothing was published of it."""
    row = db.session.execute(_newest_on_shelf(), {"body": body_id, "kind": kind, "today": today}).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


@lru_cache(maxsize=1)
def _newest_on_shelf() -> sa.Select[Any]:
    newest = (Edition.body_id == Shelf.body_id) & (Edition.number == Shelf.edition)
    kind = sa.bindparam("kind", type_=Edition.kind.type)
    gone = _gone().where(E.shelf_id == Shelf.id).correlate(Shelf).scalar_subquery()
    wanted = sa.select(Shelf, Edition, gone).join(Edition, newest & (Edition.kind == kind))
    return wanted.where(
        Shelf.body_id == sa.bindparam("body", type_=sa.Uuid()),
        Shelf.kind == sa.bindparam("kind", type_=Shelf.kind.type),
    )


def shelves(body_id: uuid.UUID) -> dict[RegisterKind, Shelf]:
    """Returns the shelves of a body, by register."""
    return {each.kind: each for each in db.session.scalars(sa.select(Shelf).where(Shelf.body_id == body_id))}


def next_shelf() -> int:
    """Returns the number of the next shelf. The caller holds the ledger's lock."""
    return (db.session.scalar(sa.select(sa.func.max(Shelf.id))) or 0) + 1


def next_entry() -> int:
    """Returns the number of the next entry. The caller holds the ledger's lock."""
    return (db.session.scalar(sa.select(sa.func.max(E.id))) or 0) + 1


def standing(shelf_id: int) -> dict[str, Any]:
    """Returns what stands on a shelf, by reference: id, mark and last public day."""
    wanted = sa.select(E.id, E.key, E.mark, E.until).where(E.shelf_id == shelf_id, E.last_edition == CURRENT)
    return {row.key: row for row in db.session.execute(wanted)}


def contents(ids: Sequence[int]) -> Iterator[Any]:
    """Yields key and content of entries."""
    for start in range(0, len(ids), BATCH):
        yield from db.session.execute(sa.select(E.key, E.content).where(E.id.in_(ids[start : start + BATCH])))


def known_since(shelf_id: int, keys: Sequence[str]) -> dict[str, int]:
    """Returns, per record that was ever published, the first edition that has it."""
    found: dict[str, int] = {}
    for start in range(0, len(keys), BATCH):
        wanted = sa.select(E.key, sa.func.min(E.known_since)).where(
            E.shelf_id == shelf_id, E.key.in_(keys[start : start + BATCH])
        )
        found.update(_pairs(db.session.execute(wanted.group_by(E.key))))
    return found


def where_published(body_id: uuid.UUID, kind: RegisterKind, key: str, at: datetime) -> InEditions:
    """Returns which editions of a register have an entry, as known at an instant, and whether the public can read it in the newest."""
    has = sa.exists().where(
        E.shelf_id == Shelf.id, E.key == key, E.first_edition <= Edition.number, E.last_edition >= Edition.number
    )
    stands = E.last_edition == CURRENT
    until = sa.select(E.until).where(E.shelf_id == Shelf.id, E.key == key, stands).correlate(Shelf).scalar_subquery()
    wanted = (
        sa.select(Edition.number, Edition.as_at, until.label("until"))
        .join(Shelf, (Shelf.body_id == Edition.body_id) & (Shelf.kind == kind))
        .where(Edition.body_id == body_id, Edition.kind == kind, Edition.published_at <= at, has)
        .order_by(Edition.number)
    )
    rows = db.session.execute(wanted).all()
    spans: list[tuple[int, int]] = []
    for row in rows:
        follows = bool(spans) and spans[-1][1] == row.number - 1
        spans = [*spans[:-1], (spans[-1][0], row.number)] if follows else [*spans, (row.number, row.number)]
    is_shown = bool(rows) and rows[0].until is not None and rows[0].until >= clock.local(at).date()
    return InEditions(tuple(spans), rows[0].as_at if rows else None, is_shown)


def uses_of(shelf_id: int, words: Sequence[str]) -> dict[str, int]:
    """Returns how many standing entries have each of these words that is known."""
    found: dict[str, int] = {}
    for start in range(0, len(words), BATCH):
        wanted = sa.select(PublishedWord.word, PublishedWord.uses).where(
            PublishedWord.shelf_id == shelf_id, PublishedWord.word.in_(words[start : start + BATCH])
        )
        found.update(_pairs(db.session.execute(wanted)))
    return found


def editions(body_id: uuid.UUID, kind: RegisterKind | None = None, limit: int | None = None) -> list[Edition]:
    """Returns the editions of a body, of one register or of all, the newest first."""
    wanted = (
        sa.select(Edition)
        .where(Edition.body_id == body_id)
        .order_by(Edition.published_at.desc(), Edition.kind)
        .limit(limit)
    )
    return list(db.session.scalars(wanted if kind is None else wanted.where(Edition.kind == kind)))


def edition(body_id: uuid.UUID, kind: RegisterKind, number: int) -> Edition:
    """Returns an edition of a register. Raises NotFound."""
    found = db.session.scalar(
        sa.select(Edition).where(Edition.body_id == body_id, Edition.kind == kind, Edition.number == number).options(
            joinedload(Edition.file)
        )
    )  # fmt: skip
    if found is None:
        raise NotFound("There is no such edition")
    return found


def days_of_editions(body_id: uuid.UUID, kind: RegisterKind) -> dict[int, date]:
    """Returns the date of each edition of a register, by number."""
    wanted = sa.select(Edition.number, Edition.as_at).where(Edition.body_id == body_id, Edition.kind == kind)
    return _pairs(db.session.execute(wanted))


def newest_editions(body_id: uuid.UUID) -> dict[RegisterKind, Edition]:
    """Returns the newest edition of each register of a body that was published."""
    found: dict[RegisterKind, Edition] = {}
    for each in db.session.scalars(sa.select(Edition).where(Edition.body_id == body_id).order_by(Edition.number)):
        found[each.kind] = each
    return found


def changed_between(shelf_id: int, earlier: int, later: int) -> tuple[list[Any], list[Any]]:
    """Returns the entries that stand in the later edition and not in the earlier, and those that stand only in the earlier."""
    columns = sa.select(E.id, E.key, E.content, E.until, *_PLACE).where(E.shelf_id == shelf_id)
    came = columns.where(E.first_edition > earlier, E.first_edition <= later, E.last_edition >= later)
    went = columns.where(E.first_edition <= earlier, E.last_edition >= earlier, E.last_edition < later)
    order = (E.sort_key, E.key)
    return list(db.session.execute(came.order_by(*order))), list(db.session.execute(went.order_by(*order)))


def entries_in(shelf_id: int, number: int, keys: Collection[str]) -> list[Any]:
    """Returns the entries of some records as an edition has them."""
    found: list[Any] = []
    listed = list(keys)
    for start in range(0, len(listed), BATCH):
        asked = {"shelf": shelf_id, "number": number, "keys": listed[start : start + BATCH]}
        found += db.session.execute(_entries_in(), asked)
    return found


def last_entry(shelf_id: int, key: str) -> Any | None:
    """Returns content, last public day and last edition of a record as the newest edition that has it says it; None where none ever
    did."""
    wanted = sa.select(E.content, E.until, E.last_edition).where(E.shelf_id == shelf_id, E.key == key)
    return db.session.execute(wanted.order_by(E.last_edition.desc()).limit(1)).one_or_none()


@lru_cache(maxsize=1)
def _entries_in() -> sa.Select[Any]:
    """By reference alone: the databases would else be tempted to go through a whole edition."""
    number = sa.bindparam("number", type_=sa.Integer())
    first, last = sa.func.coalesce(E.first_edition, 0), sa.func.coalesce(E.last_edition, 0)
    keys = sa.bindparam("keys", expanding=True, type_=sa.Text())
    return sa.select(*_SHOWN).where(
        E.shelf_id == sa.bindparam("shelf"), E.key.in_(keys), first <= number, last >= number
    )


_SHOWN = (E.id, E.key, *_PLACE, E.until, E.content, E.known_since)


def entries_of(shelf_id: int, number: int, today: date, *, newest: bool) -> Iterator[tuple[str, str, int, str]]:
    """Yields reference, content, first edition and place of everything in an edition that is public on a day, in the order in which it
    was published."""
    stands = (E.last_edition == CURRENT,) if newest else (E.first_edition <= number, E.last_edition >= number)
    wanted = sa.select(E.key, E.content, E.known_since, E.sort_key).where(
        E.shelf_id == shelf_id, E.until >= today, *stands
    )
    rows = db.session.execute(wanted.order_by(E.sort_key, E.key), execution_options={"yield_per": 1000})
    for page in rows.partitions():
        yield from page  # type: ignore[misc]


def published_file(shelf_id: int, kind: FileKind) -> PublishedFile | None:
    """Returns the file of a kind that was made last for a register."""
    wanted = sa.select(PublishedFile).where(PublishedFile.shelf_id == shelf_id, PublishedFile.kind == kind)
    return db.session.scalar(wanted.options(joinedload(PublishedFile.file)))


def gone_by(shelf_id: int, today: date) -> int:
    """Returns how many entries of the newest edition are past their public months on a day."""
    return db.session.scalar(_gone().where(E.shelf_id == shelf_id), {"today": today}) or 0


def _gone() -> sa.Select[Any]:
    return sa.select(sa.func.count()).where(E.last_edition == CURRENT, E.until < sa.bindparam("today", type_=sa.Date()))


def published_registers() -> list[tuple[uuid.UUID, RegisterKind]]:
    """Returns the registers of all bodies that were published."""
    return [
        (row.body_id, row.kind) for row in db.session.execute(sa.select(Shelf.body_id, Shelf.kind).order_by(Shelf.id))
    ]


def body_of(body_id: uuid.UUID) -> Body:
    """Returns a body."""
    return db.session.get_one(Body, body_id)


def editions_with(body_id: uuid.UUID, kind: RegisterKind, keys: Collection[str]) -> list[Edition]:
    """Returns the editions of a register whose sealed files hold one of these records, the oldest first."""
    wanted = (
        sa.select(Edition)
        .join(Shelf, sa.and_(Shelf.body_id == Edition.body_id, Shelf.kind == Edition.kind))
        .where(Edition.body_id == body_id, Edition.kind == kind)
        .where(
            sa.exists().where(
                E.shelf_id == Shelf.id,
                E.key.in_(keys),
                E.first_edition <= Edition.number,
                E.last_edition >= Edition.number,
            )
        )
        .order_by(Edition.number)
    )
    return list(db.session.scalars(wanted))
