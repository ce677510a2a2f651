"""What the reference data says as a whole: its digest, and whether it is still what was imported and entered."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from coi.organisations.models import EnteredFact, Organisation, OrganisationName, OrganisationRelation, ReferenceRelease
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


def differences(connection: sa.Connection) -> Iterator[tuple[str, str, str]]:
    """Yields (table, what, sentence) for whatever in the reference tables is not what the newest import left, or not what a
    person entered."""
    newest = sa.select(ReferenceRelease.rows_sha256, ReferenceRelease.file_name).order_by(
        ReferenceRelease.imported_at.desc(), ReferenceRelease.id
    )
    release = connection.execute(newest.limit(1)).first()
    found = rows_digest(connection)
    empty = hashlib.sha256(b"").hexdigest()
    if found != (release.rows_sha256 if release else empty):
        after = f"the import of {release.file_name}" if release else "the beginning, although no file was imported"
        yield "organisation", "published files", f"The rows from published files were changed after {after}"
    for table in (_organisation, _relation):
        yield from _entered_differences(connection, table)


def _entered_differences(connection: sa.Connection, table: sa.Table) -> Iterator[tuple[str, str, str]]:
    """The rows that people entered, against the newest fact about each."""
    facts = sa.select(EnteredFact.subject_id, EnteredFact.facts).where(EnteredFact.subject_table == table.name)
    stated = {row.subject_id: row.facts for row in connection.execute(facts.order_by(EnteredFact.entered_at))}
    for row in connection.execute(sa.select(table).where(table.c.source == ENTERED)).mappings():
        fact = stated.pop(row["id"], None)
        if fact is None:
            yield table.name, str(row["id"]), "This row says that a person entered it, and nobody did"
        elif fact != {name: _json(value) for name, value in row.items() if name != "id"}:
            yield table.name, str(row["id"]), "This row is not what was entered"
    kept = set(connection.scalars(sa.select(table.c.id).where(table.c.id.in_(stated)))) if stated else set()
    for missing in stated.keys() - kept:
        yield table.name, str(missing), "This row was entered and is gone"
