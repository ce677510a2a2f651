"""Reading what rows of the ledger belong to: the items, meetings, committees, people and suspected breaches that they lead to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from coi.assurance.place_queries import columns_of
from coi.assurance.sights import SIGHTS
from coi.audit.queries import EntryView
from coi.database import Base

Key = tuple[str, str]
"""A row: its table and its id."""


def rows_of(entry: EntryView) -> list[Key]:
    """Returns the rows that an entry is about or has the state of, its subject first."""
    return list(
        dict.fromkeys(
            [(entry.subject_table, entry.subject_id), *((each.table, each.row_id) for each in entry.sections)]
        )
    )


def belongings_of(entries: Iterable[EntryView]) -> dict[Key, frozenset[Key]]:
    """Returns, for each row of entries, itself and every row that it leads to, step by step: a vote to its decision, item and meeting.
    What an entry says of a row counts; what it does not say, or was erased, is read from the tables."""
    parents: dict[Key, set[Key]] = {}
    for entry in entries:
        for key in rows_of(entry):
            parents.setdefault(key, set())
        for section in entry.sections:
            if section.row is not None:
                parents[section.table, section.row_id] |= _led_to(section.table, section.row)
    _complete(parents)
    return {key: _closure(key, parents) for key in parents}


def _complete(parents: dict[Key, set[Key]]) -> None:
    """Reads from the tables whatever is not known yet, until every row leads as far as it can."""
    asked: set[Key] = set()
    while True:
        known = {key for key, found in parents.items() if found}
        named = set(parents) | {each for found in parents.values() for each in found}
        wanted: dict[str, set[str]] = defaultdict(set)
        for table, row_id in named - known - asked:
            if _columns(table):
                wanted[table].add(row_id)
        if not wanted:
            return
        for table, ids in wanted.items():
            asked |= {(table, row_id) for row_id in ids}
            for row_id, row in columns_of(table, ids, _columns(table)):
                parents[table, row_id] = _led_to(table, row)


def tables_led_to(table: str, column: str) -> frozenset[str]:
    """Returns the tables to whose rows a column leads: by its foreign keys, or by its own word where it cannot have one."""
    found = Base.metadata.tables[table].c[column]
    named = found.info.get("leads_to")
    return frozenset(key.column.table.name for key in found.foreign_keys) | ({named} if named else frozenset())


def _led_to(table: str, row: Mapping[str, object]) -> set[Key]:
    """The rows to which the columns of a row lead."""
    if table not in Base.metadata.tables:
        return set()
    return {
        (target, str(row[name])) for name in _columns(table) if row.get(name) for target in tables_led_to(table, name)
    }


def _columns(table: str) -> tuple[str, ...]:
    return SIGHTS[table].by if table in SIGHTS else ()


def _closure(start: Key, parents: Mapping[Key, set[Key]]) -> frozenset[Key]:
    found, waiting = {start}, [start]
    while waiting:
        more = parents.get(waiting.pop(), set()) - found
        found |= more
        waiting += more
    return frozenset(found)
