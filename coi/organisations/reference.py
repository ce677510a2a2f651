"""What the reference data says as a whole: its digest, and whether it is still what was imported and entered."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from coi.audit.findings import Kind, Problem
from coi.audit.models import LedgerPayload
from coi.organisations.models import EnteredFact, Organisation, OrganisationName, OrganisationRelation, ReferenceRelease
from coi.organisations.naming import folded
from coi.organisations.vocabulary import ENTERED

_ORGANISATION = (
    "kind", "code", "name", "sort_key", "status", "opened_on", "closed_on", "address", "town", "postcode", "setting",
    "source", "released_on",
)  # fmt: skip
_RELATION = ("kind", "valid_from", "valid_to", "source", "released_on")
_organisation = Organisation.__table__
_name = OrganisationName.__table__
_relation = OrganisationRelation.__table__


def rows_digest(connection: sa.Connection) -> str:
    """Returns the SHA-256 of every row that came from published files, in one order, without the keys of this database: the same
    files, read in the same order, give the same digest everywhere."""
    lines = sorted(_lines(connection))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _lines(connection: sa.Connection) -> Iterator[str]:
    columns = [_organisation.c[each] for each in _ORGANISATION]
    from_files = _organisation.c.source != ENTERED
    for row in connection.execute(sa.select(*columns).where(from_files)):
        yield _line("organisation", row)
    names = sa.select(
        _organisation.c.code, _name.c.name, _name.c.search_key, _name.c.seen_from, _name.c.seen_to, _name.c.is_current
    )
    for row in connection.execute(names.join_from(_name, _organisation).where(from_files)):
        yield _line("name", row)
    owner, target = _organisation.alias(), _organisation.alias()
    relations = (
        sa.select(owner.c.code, target.c.code, *(_relation.c[each] for each in _RELATION))
        .join_from(_relation, owner, owner.c.id == _relation.c.from_id)
        .join(target, target.c.id == _relation.c.to_id)
        .where(_relation.c.source != ENTERED)
    )
    for row in connection.execute(relations):
        yield _line("relation", row)


def _line(table: str, values: Iterable[Any]) -> str:
    return json.dumps([table, *map(_plain, values)], ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def facts_of(row: Organisation | OrganisationRelation) -> dict[str, Any]:
    """Returns what is kept of a row that a person entered, as JSON values."""
    table = row.__table__
    return {column.name: _json(getattr(row, column.name)) for column in table.columns if column.name != "id"}


def _json(value: Any) -> Any:
    return str(value) if isinstance(value, uuid.UUID) else _plain(value)


def check_reference_rows(connection: sa.Connection) -> list[Problem]:
    """Returns a problem for whatever in the reference tables is not what the newest import left, or not what a person entered. A
    check for `coi audit verify`."""
    try:
        return [*_published_problems(connection), *_entered_problems(connection), *_entered_name_problems(connection)]
    except (
        LookupError,
        ValueError,
    ) as error:  # a value that its column cannot hold: somebody wrote past the application
        return [Problem(None, _organisation.name, None, None, f"a value cannot be read ({type(error).__name__})")]


def _published_problems(connection: sa.Connection) -> Iterator[Problem]:
    wanted = sa.select(ReferenceRelease.id, ReferenceRelease.rows_sha256, ReferenceRelease.file_name)
    newest = wanted.order_by(ReferenceRelease.imported_at.desc(), ReferenceRelease.id).limit(1)
    release = connection.execute(newest).first()
    if rows_digest(connection) == (release.rows_sha256 if release else _NO_ROWS):
        return
    if release is None:
        yield Problem(None, _organisation.name, None, None, "there are rows of published files, but none was imported")
    else:
        what = f"the rows of published files are not what the import of {release.file_name} left"
        yield Problem(_entry_about(connection, release.id), _organisation.name, None, None, what)


_NO_ROWS = hashlib.sha256(b"").hexdigest()


def _entered_problems(connection: sa.Connection) -> Iterator[Problem]:
    """The rows that people entered, against the newest fact about each."""
    for table in (_organisation, _relation):
        facts = sa.select(EnteredFact.id, EnteredFact.subject_id, EnteredFact.facts)
        facts = facts.where(EnteredFact.subject_table == table.name).order_by(EnteredFact.entered_at, EnteredFact.id)
        stated = {row.subject_id: row for row in connection.execute(facts)}
        rows = {row["id"]: row for row in connection.execute(sa.select(table)).mappings()}
        for key, fact in stated.items():
            if key not in rows:
                what = "a person entered this row, and it is gone"
                yield Problem(_entry_about(connection, fact.id), table.name, str(key), None, what, Kind.COMPLETENESS)
        for key, row in rows.items():
            if row["source"] == ENTERED:
                yield from _row_problems(connection, table, row, stated.get(key))


def _entered_name_problems(connection: sa.Connection) -> Iterator[Problem]:
    """The names by which organisations that people entered are found: each has the one that was entered."""
    entered = sa.select(_organisation.c.id, _organisation.c.name).where(_organisation.c.source == ENTERED)
    names = sa.select(_name).join(_organisation).where(_organisation.c.source == ENTERED).order_by(_name.c.id)
    found: dict[uuid.UUID, list[sa.RowMapping]] = {}
    for row in connection.execute(names).mappings():
        found.setdefault(row["organisation_id"], []).append(row)
    for key, name in connection.execute(entered.order_by(_organisation.c.id)):
        rows = found.get(key, [])
        if not rows:
            what = "a person entered this organisation, and the name that finds it is gone"
            yield Problem(None, _name.name, str(key), None, what, Kind.COMPLETENESS)
        for row in rows:
            wanted = {"name": name, "search_key": folded(name), "seen_from": None, "seen_to": None, "is_current": True}
            for column in (each for each, value in wanted.items() if row[each] != value):
                yield Problem(None, _name.name, str(row["id"]), column, "this is not the name that was entered")
        for row in rows[1:]:
            what = "this organisation was entered with one name, and has more"
            yield Problem(None, _name.name, str(row["id"]), None, what)


def _row_problems(
    connection: sa.Connection, table: sa.Table, row: sa.RowMapping, fact: sa.Row[Any] | None
) -> Iterator[Problem]:
    if fact is None:
        yield Problem(None, table.name, str(row["id"]), None, "this row says that a person entered it, and nobody did")
        return
    for column, value in row.items():
        if column != "id" and fact.facts.get(column) != _json(value):
            what = "this is not what was entered"
            yield Problem(_entry_about(connection, fact.id), table.name, str(row["id"]), column, what)


def _entry_about(connection: sa.Connection, row_id: uuid.UUID) -> int | None:
    """The number of the ledger entry that a row was written with."""
    wanted = sa.select(sa.func.min(LedgerPayload.seq)).where(LedgerPayload.subject_id == str(row_id))
    return connection.scalar(wanted)
