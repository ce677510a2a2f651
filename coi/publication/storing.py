"""Putting an edition's entries on the shelf: each content once, with the editions that it stands in, and the words that find it.
Only the command and the jobs of this room use it."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from coi.database import db
from coi.publication import queries
from coi.publication.catalogue import Register
from coi.publication.content import facet, tokens_of, values_of
from coi.publication.models import PublishedEntry, PublishedUse, PublishedWord, Shelf
from coi.publication.vocabulary import CURRENT, Entry
from coi.registers.vocabulary import RegisterKind

BATCH = 1000
E, W, U = PublishedEntry.__table__, PublishedWord.__table__, PublishedUse.__table__


@dataclass(frozen=True)
class Moved:
    """What a new edition brings against the one that stands: new records, records that say something else, and those that are gone."""

    number: int
    added: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    removed: tuple[Any, ...]
    standing: Mapping[str, Any]
    shelf: Shelf | None

    @property
    def total(self) -> int:
        return len(self.added) + len(self.changed) + len(self.removed)


def moved(body_id: uuid.UUID, kind: RegisterKind, entries: Sequence[Entry]) -> Moved:
    """Returns what an edition of these entries would bring, without writing anything."""
    shelf = queries.shelf(body_id, kind)
    standing = queries.standing(shelf.id) if shelf else {}
    wanted = {each.key for each in entries}
    return Moved(
        number=shelf.edition + 1 if shelf else 1, added=tuple(each for each in entries if each.key not in standing),
        changed=tuple(each for each in entries if each.key in standing and standing[each.key].mark != each.mark),
        removed=tuple(row for key, row in standing.items() if key not in wanted), standing=standing, shelf=shelf,
    )  # fmt: skip


def shelve(
    body_id: uuid.UUID, register: Register, entries: Sequence[Entry], found: Moved, last_days: Mapping[str, date]
) -> None:
    """Makes `entries` what stands on the shelf. `last_days` says of each record that is not among them any more until when the past
    editions show it."""
    shelf = found.shelf or _new_shelf(body_id, register.kind)
    new, gone = (*found.added, *found.changed), found.removed
    ended = [*(found.standing[each.key] for each in found.changed), *gone]
    before = [
        tokens_of(row.key, values_of(row.content, register.shape), register.shape, register.facets)
        for row in queries.contents([row.id for row in ended])
    ]
    _end([row.id for row in ended], found.number - 1)
    wanted = {each.key: each.until for each in entries if each.key in found.standing}
    until = {key: day for key, day in wanted.items() if found.standing[key].until != day}
    _set_until(shelf.id, {**until, **last_days})
    _insert(shelf.id, found.number, new, queries.known_since(shelf.id, [each.key for each in new]))
    _set_until(shelf.id, {each.key: each.until for each in found.added})
    _count_words(shelf.id, register, new, before)
    shelf.edition, shelf.rows = found.number, len(entries)
    db.session.flush()


def forget(references: Collection[str], today: date) -> None:
    """Ends the public days of records on all shelves before a day. A person declares once for all bodies."""
    last = today - timedelta(days=1)
    keys = sa.bindparam("keys", sorted(references), expanding=True, type_=sa.Text())
    every = sa.select(Shelf.id)
    ending = sa.update(E).where(E.c.shelf_id.in_(every), E.c.key.in_(keys), E.c.until > last)
    db.session.connection().execute(ending.values(until=last))


def _new_shelf(body_id: uuid.UUID, kind: RegisterKind) -> Shelf:
    made = Shelf(id=queries.next_shelf(), body_id=body_id, kind=kind, edition=0, rows=0)
    db.session.add(made)
    db.session.flush()
    return made


def _end(ids: Sequence[int], last: int) -> None:
    """Marks entries as standing in no edition after `last`."""
    if ids:
        ending = sa.update(E).where(E.c.id == sa.bindparam("entry")).values(last_edition=sa.bindparam("last"))
        db.session.connection().execute(ending, [{"entry": each, "last": last} for each in ids])


def _set_until(shelf_id: int, until: Mapping[str, date]) -> None:
    """Notes the last public day of records, in all editions that have them."""
    values = [{"about": key, "day": day} for key, day in until.items()]
    if values:
        noting = sa.update(E).where(E.c.shelf_id == shelf_id, E.c.key == sa.bindparam("about"))
        db.session.connection().execute(noting.values(until=sa.bindparam("day")), values)


def _insert(shelf_id: int, number: int, new: Sequence[Entry], known: Mapping[str, int]) -> None:
    first = queries.next_entry()
    for start in range(0, len(new), BATCH):
        batch = list(enumerate(new[start : start + BATCH], start=first + start))
        db.session.connection().execute(
            sa.insert(E),
            [
                {"id": entry_id, "shelf_id": shelf_id, "key": each.key, "sort_key": each.sort_key, "subject": each.subject,
                 "changed_on": each.changed_on, "until": each.until, "first_edition": number, "last_edition": CURRENT,
                 "known_since": known.get(each.key, number), "mark": each.mark, "content": each.content}
                for entry_id, each in batch
            ],
        )  # fmt: skip
        uses = [
            {"shelf_id": shelf_id, "word": word, "entry_id": entry_id} for entry_id, each in batch for word in sorted(each.tokens)
        ]  # fmt: skip
        db.session.connection().execute(sa.insert(U), uses)


def _count_words(shelf_id: int, register: Register, new: Iterable[Entry], before: Iterable[frozenset[str]]) -> None:
    """Keeps the number of standing entries that have each word, and how a value to filter by is written."""
    change: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for each in new:
        change.update(each.tokens)
        for name in register.choices:
            value = each.values.get(name)
            for text in value if isinstance(value, tuple) else (str(value),) if value else ():
                labels[facet(name, text)] = text
    for tokens in before:
        change.subtract(tokens)
    known = queries.uses_of(shelf_id, list(change))
    fresh = [{"shelf_id": shelf_id, "word": word, "label": labels.get(word, ""), "uses": count}
             for word, count in sorted(change.items()) if word not in known]  # fmt: skip
    other = [
        {"about": word, "count": known[word] + count}
        for word, count in sorted(change.items())
        if count and word in known
    ]
    if fresh:
        db.session.connection().execute(sa.insert(W), fresh)
    if other:
        counting = sa.update(W).where(W.c.shelf_id == shelf_id, W.c.word == sa.bindparam("about"))
        db.session.connection().execute(counting.values(uses=sa.bindparam("count")), other)
