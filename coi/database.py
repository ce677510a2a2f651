"""The database: db, Base with its naming convention, column types, and the engine settings that keep data safe."""

import contextlib
import json
import re
import sqlite3
import uuid
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

import rfc8785
import sqlalchemy as sa
import sqlalchemy.orm
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

LEDGER_TABLES = ("ledger_leaf", "ledger_node", "ledger_checkpoint", "ledger_payload", "access_log")
"""Tables that the application may only append to. Triggers say so in the database, the authorizer on each connection."""

_reading_only: ContextVar[bool] = ContextVar("reading_only", default=False)


class DatabaseNotSafe(RuntimeError):
    """The database did not take a setting that the product relies on. The application does not start."""


class Key(sa.Uuid[uuid.UUID]):
    """A UUID. SQLite keeps it as 32 hexadecimal digits, and reading them is made cheap here: a page reads hundreds of keys, and
    uuid.UUID spends most of its time on forms of writing that no column of ours holds."""

    cache_ok = True

    def result_processor(self, dialect: sa.Dialect, coltype: Any) -> Any:
        if dialect.supports_native_uuid:
            return super().result_processor(dialect, coltype)
        return _read_key


@lru_cache(maxsize=1024)
def _read_key(digits: str | None) -> uuid.UUID | None:
    """Kept for a while: rows name the same keys again and again, and one object is compared with itself at no cost."""
    if digits is None:
        return None
    if len(digits) != 32:
        return uuid.UUID(digits)
    key = _new_key(uuid.UUID)
    _set_number(key, int(digits, 16))
    _set_safety(key, _UNKNOWN)
    return key


_new_key, _UNKNOWN = object.__new__, uuid.SafeUUID.unknown
_set_number, _set_safety = uuid.UUID.int.__set__, uuid.UUID.is_safe.__set__  # type: ignore[attr-defined]


class Base(DeclarativeBase):
    """Every table. A model says with `__ledgered__` whether its rows are rebuilt from the ledger; one that is not says why in
    `__exempt__` (operational, or reference data ledgered as its import)."""

    __ledgered__ = False
    __exempt__ = ""
    type_annotation_map = {uuid.UUID: Key()}
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Keyed:
    """A table whose rows are known by a random UUID. People see issued references instead."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4, sort_order=-10)


class Ledgered(Keyed):
    """A table whose every change is in the ledger, with its full state. Its rows are never deleted."""

    __ledgered__ = True


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware instant, stored in UTC, with microseconds."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Canonical(sa.types.TypeDecorator[Any]):
    """A small JSON value in its one canonical form (RFC 8785), stored as text so that no database rewrites it."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: sa.Dialect) -> str | None:
        return None if value is None else rfc8785.dumps(value).decode()

    def process_result_value(self, value: str | None, _dialect: sa.Dialect) -> Any:
        if value == "[]":  # as most lists are
            return []
        return None if value is None else json.loads(value)


def stands(version: Any, known_at: datetime | sa.BindParameter[datetime] | None = None) -> sa.ColumnElement[bool]:
    """Returns the condition that a row of dated versions stands (a model with `recorded_at` and `replaced_at`), as it was known at an
    instant; None: as it is known now."""
    if known_at is None:
        return version.replaced_at.is_(None)
    return sa.and_(
        version.recorded_at <= known_at, sa.or_(version.replaced_at.is_(None), version.replaced_at > known_at)
    )


class Word(sa.Enum):
    """A word of a StrEnum. Reading one is made cheap here, as reading keys is: a page reads hundreds of them."""

    cache_ok = True

    def result_processor(self, _dialect: sa.Dialect, _coltype: Any) -> Any:
        known = {each.value: each for each in self.enum_class or ()}
        return {None: None, **known}.__getitem__


def words(kind: type[StrEnum], name: str | None = None) -> Word:
    """Returns the column type for a StrEnum: its values as text, with a CHECK that lets nothing else in."""
    return Word(
        kind,
        native_enum=False,
        create_constraint=True,
        name=name or kind.__name__.lower(),
        length=60,
        values_callable=lambda each: [member.value for member in each],
    )


db = SQLAlchemy(metadata=Base.metadata)


@contextlib.contextmanager
def reading_only() -> Iterator[None]:
    """Within it, transactions on SQLite take no write lock when they begin. A request that may write does not use it."""
    token = _reading_only.set(True)
    try:
        yield
    finally:
        _reading_only.reset(token)


KEPT_STATEMENTS, KEPT_BY_A_CONNECTION = 100, 32
"""How many statements stay made ready, by SQLAlchemy and by each connection to SQLite: those of the pages that are opened most."""


def engine_options(url: str) -> dict[str, Any]:
    """Returns what create_engine needs for `url`: timeouts and pool health on PostgreSQL, explicit BEGIN on SQLite; on both, how many
    statements stay made ready. A worker with four threads would else keep more of them than of anything that people see."""
    if url.startswith("sqlite"):
        connect = {"timeout": 30, "check_same_thread": False, "cached_statements": KEPT_BY_A_CONNECTION}
        return {"query_cache_size": KEPT_STATEMENTS, "hide_parameters": True, "connect_args": connect}
    return {
        "hide_parameters": True,  # an error is logged, and the row it is about is nobody's to read there
        "query_cache_size": KEPT_STATEMENTS,
        "pool_pre_ping": True,
        "connect_args": {
            "prepare_threshold": None,
            "options": "-c statement_timeout=60000 -c lock_timeout=15000 -c idle_in_transaction_session_timeout=120000 -c timezone=UTC",
        },
    }


def normalised_url(url: str) -> str:
    """Returns `url` with the driver that is locked: postgres:// and postgresql:// both mean psycopg 3."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def prepare(engine: sa.Engine, *, application: bool = True) -> None:
    """Hooks the engine settings of SECURITY 2.3 to `engine`. The migrations' own engine passes `application=False`, which alone
    may change the ledger's tables and triggers."""
    sa.event.listen(engine, "handle_error", _keep_rows_out)
    if engine.dialect.name != "sqlite":
        return

    @sa.event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        _set_pragmas(connection)
        if application:
            connection.set_authorizer(_authorise)

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN" if _reading_only.get() else "BEGIN IMMEDIATE")


def _keep_rows_out(context: sa.engine.ExceptionContext) -> None:
    """Takes out of an error what PostgreSQL says beside its first line, "Failing row contains …": it goes to the server's log."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args and isinstance(error.args[0], str):
            error.args = (_BESIDE_THE_ERROR.sub("", error.args[0]), *error.args[1:])


_BESIDE_THE_ERROR = re.compile(r"\n(?:DETAIL|CONTEXT|LINE \d+):.*", re.DOTALL)


def _wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite has the write-ahead log's reset fault mended (3.51.3, or one of the two back-ports)."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def _set_pragmas(connection: sqlite3.Connection) -> None:
    wal = _wal_is_safe(sqlite3.sqlite_version_info)  # type: ignore[arg-type]
    wanted: dict[str, object] = {
        "journal_mode": "wal" if wal else "delete",
        "synchronous": 2 if wal else 3,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "busy_timeout": 30000,
        "cache_spill": 500,  # pages: a long transaction keeps as many to itself before it writes as with SQLite's own cache
        "cache_size": -1000,  # KiB: the system keeps the file's pages in memory anyway, once for all connections
    }
    for name, value in wanted.items():
        connection.execute(f"PRAGMA {name}={value}")
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        in_memory = name == "journal_mode" and found == "memory"
        if found != value and not in_memory:
            raise DatabaseNotSafe(f"SQLite kept {name}={found!r} where {value!r} is needed")


_DENIED = {
    sqlite3.SQLITE_ALTER_TABLE, sqlite3.SQLITE_DROP_TRIGGER, sqlite3.SQLITE_DROP_TABLE, sqlite3.SQLITE_DROP_INDEX,
    sqlite3.SQLITE_CREATE_TRIGGER, sqlite3.SQLITE_ATTACH,
}  # fmt: skip
_DENIED_PRAGMAS = {
    "writable_schema",
    "recursive_triggers",
    "ignore_check_constraints",
    "journal_mode",
    "trusted_schema",
}


def _authorise(action: int, first: str | None, second: str | None, _db: str | None, _trigger: str | None) -> int:
    """What the application's connection may not do on SQLite: change the schema, rewrite the ledger, loosen the settings."""
    if action in _DENIED:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and first in _DENIED_PRAGMAS and second is not None:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_DELETE and first in LEDGER_TABLES:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_UPDATE and first in LEDGER_TABLES and (first, second) not in _ERASABLE:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


_ERASABLE = {("ledger_payload", "salt"), ("ledger_payload", "body")}


def insert_unless_taken(model: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Returns an insert that does nothing where a unique key is taken, so that two who ask at once do not fail."""
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(model).on_conflict_do_nothing()


def next_number(column: sa.orm.InstrumentedAttribute[str], prefix: str) -> int:
    """Returns the next running number for references that start with `prefix` and end in a number. Rows are never deleted, so no
    number is used twice; on PostgreSQL a lock on the prefix keeps two writers apart (SQLite has one writer at a time)."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"reference:{prefix}"))))
    used = db.session.scalars(sa.select(column).where(column.startswith(prefix, autoescape=True)))
    numbers = (reference.rsplit("/", 1)[-1] for reference in used)
    return max((int(number) for number in numbers if number.isdigit()), default=0) + 1
