"""Changing the evidence of a whole database behind the product's back, one bit a row, to see that the check of the ledger finds it."""

import random
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from coi.audit.findings import Problem
from coi.database import Base, Ledgered

Cell = tuple[str, str, str]
"""Table, row and column."""


_TOLD_BY = {
    ("breach_report", each): "reporter_name" for each in ("reference", "code_hash", "reporter_contact", "reporter_salt")
}


def evidence() -> Iterator[sa.Table]:
    """Every table whose rows are ledgered, by name."""
    mapped = [mapper for mapper in Base.registry.mappers if issubclass(mapper.class_, Ledgered)]
    yield from sorted({mapper.local_table for mapper in mapped}, key=lambda table: table.name)


def change_every_table(file: Path, chance: random.Random) -> list[Cell]:
    """Changes one bit in each of many rows of every ledgered table of an SQLite file, each time in the next column, and returns which
    cells. Whoever writes past the product takes its triggers away first."""
    changed = []
    with closing(sqlite3.connect(file)) as connection:
        connection.text_factory = bytes
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name.decode()}")
        for table in evidence():
            changed += _change_rows(connection, table, chance)
        connection.commit()
    return changed


def not_found(changed: Iterable[Cell], problems: Iterable[Problem]) -> list[Cell]:
    """Returns which of the changed cells no problem names. A password is no evidence; the codes of a reporter are told by their report."""
    found = {(each.table, each.row_id, each.column) for each in problems}
    return [
        (table, row, column)
        for table, row, column in changed
        if not {(table, row, column), (table, row, _TOLD_BY.get((table, column)))} & found and column != "password_hash"
    ]


def _change_rows(connection: sqlite3.Connection, table: sa.Table, chance: random.Random) -> Iterator[Cell]:
    columns = [column.name for column in table.columns if not column.primary_key]
    rows = connection.execute(f"SELECT rowid, id, {', '.join(map(_quoted, columns))} FROM {table.name}").fetchall()
    chance.shuffle(rows)
    for number, (rowid, key, *values) in enumerate(rows):
        held = [(column, value) for column, value in zip(columns, values, strict=True) if value not in (None, b"")]
        column, old = held[number % len(held)]
        try:
            connection.execute(
                f"UPDATE {table.name} SET {_quoted(column)} = {_like(old)} WHERE rowid = ?",
                (_other(old, chance), rowid),
            )
        except sqlite3.IntegrityError:  # another row has that value
            continue
        yield table.name, str(uuid.UUID(key.decode())), column


def _quoted(name: str) -> str:
    return f'"{name}"'


def _like(old: bytes | float) -> str:
    return "CAST(? AS TEXT)" if isinstance(old, bytes) else "?"


def _other(old: bytes | float, chance: random.Random) -> bytes | float:
    if not isinstance(old, bytes):
        return old + 1
    place = chance.randrange(len(old))
    return old[:place] + bytes([old[place] ^ 1]) + old[place + 1 :]
