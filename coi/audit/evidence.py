"""Reading what is stored as it is stored, past every type that would tidy it, without failing on what is broken."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

import psycopg
import sqlalchemy as sa
from psycopg.types.datetime import DateLoader, TimestamptzLoader

BATCH = 2000
_WITHOUT_DATES = ("ledger_leaf", "ledger_node", "ledger_payload")  # read faster in the binary form


class Cursor(Protocol):
    """What both drivers' cursors can do."""

    def execute(self, statement: str, /) -> Any: ...
    def fetchmany(self, size: int, /) -> Sequence[tuple[Any, ...]]: ...
    def close(self) -> Any: ...


class CannotRead(RuntimeError):
    """The database does not give a table's rows."""


class _AnyDate(DateLoader):
    def load(self, data: Any) -> Any:
        try:
            return super().load(data)
        except psycopg.DataError:
            return bytes(data).decode()


class _AnyInstant(TimestamptzLoader):
    def load(self, data: Any) -> Any:
        try:
            return super().load(data)
        except psycopg.DataError:
            return bytes(data).decode()


@contextlib.contextmanager
def at_one_instant(connection: sa.Connection) -> Iterator[sa.Connection]:
    """Gives a connection on which all reading sees the database at one instant, and text that is not UTF-8 can be
    read. On PostgreSQL that is another connection, unless this one has written something that only it can see."""
    if connection.dialect.name == "sqlite":
        if not connection.in_transaction():
            connection.begin()
        driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
        before = driver.text_factory
        driver.text_factory = _any_text
        try:
            yield connection
        finally:
            driver.text_factory = before
        return
    isolation = connection.exec_driver_sql("SHOW transaction_isolation").scalar_one()
    has_written = connection.exec_driver_sql("SELECT pg_current_xact_id_if_assigned()::text").scalar_one()
    if has_written or isolation != "read committed":
        yield connection
        return
    with connection.engine.connect().execution_options(isolation_level="REPEATABLE READ") as snapshot, snapshot.begin():
        yield snapshot


def filled(connection: sa.Connection, tables: Iterable[str]) -> frozenset[str]:
    """Returns which tables have a row, asked at once: most of a body's are empty, and reading each takes three trips to a server. All of
    them where the database does not say: whoever reads one then learns why."""
    names = sorted(tables)
    quote = connection.dialect.identifier_preparer.quote
    asked = [f"SELECT {number} WHERE EXISTS (SELECT 1 FROM {quote(name)})" for number, name in enumerate(names)]  # noqa: S608
    is_server = connection.dialect.name != "sqlite"  # there a refusal would end the whole transaction
    try:
        with connection.begin_nested() if is_server else contextlib.nullcontext():
            return frozenset(names[number] for (number,) in connection.exec_driver_sql(" UNION ALL ".join(asked)))
    except sa.exc.DBAPIError:
        return frozenset(names)


def raw_rows(
    connection: sa.Connection, table: str, columns: Sequence[str], order_by: Sequence[str] = (), *, batch: int = BATCH
) -> Iterator[tuple[Any, ...]]:
    """Gives a table's rows as the driver has them, `batch` of them held at once. Raises CannotRead where the database gives up."""
    quote = connection.dialect.identifier_preparer.quote
    statement = f"SELECT {', '.join(map(quote, columns))} FROM {quote(table)}"  # noqa: S608 - quoted names of our own
    if order_by:
        statement += f" ORDER BY {', '.join(map(quote, order_by))}"
    cursor = _cursor(connection, table)
    try:
        cursor.execute(statement)
        while rows := cursor.fetchmany(batch):
            yield from rows
    except connection.dialect.loaded_dbapi.Error as broken:
        raise CannotRead(str(broken).splitlines()[0]) from broken
    finally:
        with contextlib.suppress(connection.dialect.loaded_dbapi.Error):
            cursor.close()


def _any_text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogateescape")


def _cursor(connection: sa.Connection, table: str) -> Cursor:
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        return driver.cursor()
    cursor = driver.cursor(name=f"verify_{table}", binary=table in _WITHOUT_DATES)
    cursor.adapters.register_loader("date", _AnyDate)
    cursor.adapters.register_loader("timestamptz", _AnyInstant)
    return cursor
