"""A row's canonical state: what the ledger keeps of a ledgered row, and which stored values it stands for."""

import base64
import functools
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapper

from coi.audit import entry
from coi.database import Canonical, Instant

Convert = Callable[[Any], Any]
_PG_NUMERIC = 1700  # PostgreSQL's number of the type, which only the processor of decimals asks for


class StateUnknown(TypeError):
    """A column's type has no canonical form in the ledger."""


def ledgered_mappers(metadata: sa.MetaData) -> Iterator[Mapper[Any]]:
    """Gives the mappers of ledgered tables in `metadata`, by table name."""
    bases = [base for base in DeclarativeBase.__subclasses__() if base.metadata is metadata]
    mappers = [mapper for base in bases for mapper in base.registry.mappers if is_ledgered(mapper.class_)]
    yield from sorted(mappers, key=lambda mapper: mapper.local_table.name)


def ledgered_tables(metadata: sa.MetaData) -> list[sa.Table]:
    """Returns the tables in `metadata` whose rows are ledgered, by name."""
    return [mapper.local_table for mapper in ledgered_mappers(metadata)]


def is_ledgered(model: type) -> bool:
    """Whether a model's rows are rebuilt from the ledger."""
    return bool(getattr(model, "__ledgered__", False))


def secret_columns(model: type) -> frozenset[str]:
    """Returns the columns that a model keeps out of the ledger, which may be read by many: the hash of a password."""
    return frozenset(getattr(model, "__ledger_secret__", ()))


def version_of(model: type) -> int:
    """Returns the version of a table's shape; a model that gets, loses, renames or retypes a column raises its `__ledger_version__`, so
    that what the ledger has of rows from before is compared by the columns that it had then."""
    return getattr(model, "__ledger_version__", 1)


def key_of(instance: Any) -> str:
    """Returns the text by which the ledger knows a row: its one primary key."""
    mapper = sa.inspect(type(instance))
    (column,) = mapper.primary_key
    return str(getattr(instance, mapper.get_property_by_column(column).key))


def state_of(instance: Any) -> dict[str, Any]:
    """Returns every column of a flushed row, but those that its model lists in `__ledger_secret__`, in canonical
    form: UUIDs, dates and decimals as text, instants in UTC with microseconds, enums as their values, bytes as
    base64. Raises StateUnknown for a type that has no such form."""
    state = {}
    for attribute, column, convert in _plan(type(instance)):
        value = getattr(instance, attribute)
        state[column] = None if value is None else convert(value)
    return state


def states_in_database(connection: sa.Connection, model: type, instances: Sequence[Any]) -> dict[str, dict[str, Any]]:
    """Returns the canonical states of rows of one table by key, as the database has them now."""
    mapper = sa.inspect(model)
    (key,) = mapper.primary_key
    attribute = mapper.get_property_by_column(key).key
    query = sa.select(mapper.local_table).where(key.in_([getattr(each, attribute) for each in instances]))
    found = {}
    for row in connection.execute(query).mappings():
        values = ((column, convert, row[column]) for _attribute, column, convert in _plan(model))
        found[str(row[key])] = {column: None if value is None else convert(value) for column, convert, value in values}
    return found


def stored_from(state: dict[str, Any], table: sa.Table, dialect: sa.Dialect) -> dict[str, Any]:
    """Returns the raw values that the database holds for a row in this state, by column: on SQLite what its file
    contains, on PostgreSQL what the driver gives. Raises KeyError or ValueError where the state does not fit the
    table."""
    stored = {}
    for name, value in state.items():
        read, bind = _reader(table, name, dialect)
        stored[name] = None if value is None else bind(read(value))
    return stored


def canonical_from(stored: dict[str, Any], table: sa.Table, dialect: sa.Dialect) -> dict[str, Any]:
    """Returns the canonical form of raw values, as `stored_from` would need it to give them back. Raises ValueError,
    TypeError or AttributeError for values that the table cannot have."""
    state = {}
    for name, value in stored.items():
        column = table.columns[name]
        loaded = column.type.dialect_impl(dialect).result_processor(dialect, _PG_NUMERIC)
        found = loaded(value) if loaded else value
        state[name] = None if found is None else _writer_for(column)(found)
    return state


def values_from(state: dict[str, Any], table: sa.Table) -> dict[str, Any]:
    """Returns the Python values of a row in this state, by column; of a column that the table did not have then, None. Raises ValueError
    where the state does not fit the table."""
    return {
        column.name: None if (value := state.get(column.name)) is None else _parser_for(column)(value)
        for column in table.columns
    }


@functools.cache
def _plan(model: type) -> tuple[tuple[str, str, Convert], ...]:
    secret = secret_columns(model)
    kept = [each for each in sa.inspect(model).column_attrs if each.columns[0].name not in secret]
    return tuple((each.key, each.columns[0].name, _writer_for(each.columns[0])) for each in kept)


def _writer_for(column: sa.ColumnElement[Any]) -> Convert:
    kind = column.type
    for known, convert in _WRITERS:
        if isinstance(kind, known):
            return convert
    if isinstance(kind, sa.Numeric) and not isinstance(kind, sa.Float) and kind.asdecimal:
        return functools.partial(_decimal_text, scale=kind.scale)
    raise StateUnknown(f"The ledger has no form for {column} ({kind!r})")


def _decimal_text(value: Decimal, scale: int | None) -> str:
    """The number as its column keeps it, so that 5 and 5.00 are one state."""
    exact = Decimal(value)
    return str(exact if scale is None else exact.quantize(Decimal(1).scaleb(-scale)))


def _word(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _same(value: Any) -> Any:
    return value


_WRITERS: tuple[tuple[Any, Convert], ...] = (
    (sa.Uuid, str),
    (Instant, entry.timestamp),
    (Canonical, _same),
    (sa.Enum, _word),
    (sa.String, _word),
    (sa.Boolean, bool),
    (sa.Integer, int),
    (sa.Date, date.isoformat),
    (sa.Time, lambda value: value.isoformat(timespec="microseconds")),
    (sa.LargeBinary, lambda value: base64.b64encode(value).decode()),
)


@functools.lru_cache(maxsize=4096)
def _reader(table: sa.Table, name: str, dialect: sa.Dialect) -> tuple[Convert, Convert]:
    """How one column's canonical value becomes a Python value, and that a stored one."""
    column = table.columns[name]
    if isinstance(column.type, sa.LargeBinary):
        return _parser_for(column), _same
    bind = column.type.dialect_impl(dialect).bind_processor(dialect)
    return _parser_for(column), bind or _same


def _parser_for(column: sa.Column[Any]) -> Convert:
    kind = column.type
    if isinstance(kind, sa.Enum) and kind.enum_class is not None:
        return kind.enum_class
    for known, convert in _READERS:
        if isinstance(kind, known):
            return convert
    return _same


_READERS: tuple[tuple[Any, Convert], ...] = (
    (sa.Uuid, uuid.UUID),
    (Instant, lambda text: datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)),
    (Canonical, _same),
    (sa.Date, date.fromisoformat),
    (sa.Time, time.fromisoformat),
    (sa.LargeBinary, lambda text: base64.b64decode(text, validate=True)),
    (sa.Numeric, Decimal),
)
