"""The ledgered tables against the ledger, in both directions: each row is what its newest section says, and none is
missing."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapper

from coi.audit import evidence
from coi.audit.findings import Problem, Report, shown_key
from coi.audit.sections import Identity, Latest
from coi.audit.state import ledgered_mappers, secret_columns, stored_from, version_of

_UNFIT = (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, LookupError)


def reconcile(
    connection: sa.Connection, metadata: sa.MetaData, latest: dict[Identity, Latest], report: Report
) -> Iterator[None]:
    """Compares every ledgered table with the newest sections, yielding after each row for whoever shows progress."""
    mappers = list(ledgered_mappers(metadata))
    known = {mapper.local_table.name for mapper in mappers}
    by_table: dict[str, dict[str, Latest]] = {name: {} for name in known}
    for (table, key), newest in latest.items():
        if table in known:
            by_table[table][key] = newest
        else:
            report.missing(newest.seq, table, key, "the ledger tells of a table that is not ledgered")
    filled = evidence.filled(connection, known)
    for mapper in mappers:
        name = mapper.local_table.name
        if name not in filled and not by_table[name]:
            continue  # nothing on either side
        yield from _reconcile_table(connection, mapper, by_table[name], report, is_empty=name not in filled)


def _reconcile_table(
    connection: sa.Connection, mapper: Mapper[Any], newest: dict[str, Latest], report: Report, *, is_empty: bool
) -> Iterator[None]:
    table: sa.Table = mapper.local_table  # type: ignore[assignment]
    columns = [each.columns[0].name for each in mapper.column_attrs]
    key_column = mapper.primary_key[0].name
    place = columns.index(key_column)
    keys = dict(_stored_keys(table, key_column, newest, connection.dialect, report))
    try:
        for row in () if is_empty else evidence.raw_rows(connection, table.name, columns):
            report.rows += 1
            key = keys.pop(row[place], None)
            if key is None:
                what = "no ledger entry tells of this row"
                report.missing(None, table.name, shown_key(row[place]), what)
            else:
                stored = dict(zip(columns, row, strict=True))
                _compare(stored, key, newest[key], mapper, connection.dialect, report)
            yield
    except evidence.CannotRead as broken:
        report.add(Problem(None, table.name, None, None, f"the table cannot be read: {broken}"))
        return
    for key in keys.values():
        report.missing(newest[key].seq, table.name, key, "the row is gone")


def _stored_keys(
    table: sa.Table, column: str, newest: dict[str, Latest], dialect: sa.Dialect, report: Report
) -> Iterator[tuple[Any, str]]:
    """Each key as the database stores it, with the key as the ledger writes it."""
    for key, each in newest.items():
        try:
            yield stored_from({column: key}, table, dialect)[column], key
        except _UNFIT:
            report.add(Problem(each.seq, table.name, key, column, "the ledger has a key that the table cannot have"))


def _compare(
    stored: dict[str, Any], key: str, newest: Latest, mapper: Mapper[Any], dialect: sa.Dialect, report: Report
) -> None:
    if newest.body is None:
        return
    state, version = newest.body.get("row"), newest.body.get("v")
    table: sa.Table = mapper.local_table  # type: ignore[assignment]
    try:
        expected = stored_from(
            {name: value for name, value in state.items() if name in stored},  # type: ignore[union-attr]
            table,
            dialect,
        )
    except _UNFIT:
        report.add(Problem(newest.seq, table.name, key, None, "the ledger has a state that the table cannot have"))
        return
    visible = stored.keys() - secret_columns(mapper.class_)
    if version == version_of(mapper.class_) and expected.keys() != visible:
        report.add(Problem(newest.seq, table.name, key, None, "the table has other columns than the ledger"))
    for name, value in expected.items():
        if not _same(stored[name], value):
            what = f"the value is not the one that entry {newest.seq} has"
            report.add(Problem(newest.seq, table.name, key, name, what))


def _same(stored: Any, expected: Any) -> bool:
    """Equal in value and kind. SQLite keeps 5.0 as 5 in a column of numbers, which is no difference."""
    if type(stored) in (int, float) and type(expected) in (int, float):
        return bool(stored == expected)
    return type(stored) is type(expected) and bool(stored == expected)
