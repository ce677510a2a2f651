"""Reading a published file into the tables: what is known is loaded, the file is merged into it, the difference is written.
Core statements in bulk; the command around it stands in commands.py."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

import sqlalchemy as sa

from coi.database import db
from coi.errors import BadInput
from coi.organisations.merge import Link, NameRun, sight_name, state_relation
from coi.organisations.models import Organisation, OrganisationName, OrganisationRelation, ReferenceRelease
from coi.organisations.naming import folded
from coi.organisations.ods import OdsFile, OdsRecord, OdsRelation
from coi.organisations.vocabulary import ENTERED, UNNAMED, OrganisationKind, OrganisationStatus, RelationKind

Progress = Callable[[int, int], None]
ICBS_SINCE = date(2022, 7, 1)  # Health and Care Act 2022: before it, the same codes stood for areas without a body
CHUNK = 500
FEW = 20
_SIGHTINGS = {"released_on", "seen_to"}  # columns that only say that a newer release shows the same
_RANKS = {UNNAMED: 0, "practice_map": 1, ENTERED: 2}
_ONE_AT_A_TIME = {RelationKind.COMMISSIONED_BY, RelationKind.PART_OF}


@dataclass(slots=True)
class OrganisationState:
    """A row of the organisation table, in the order of its columns here."""

    id: uuid.UUID
    kind: OrganisationKind
    code: str
    name: str
    sort_key: str
    status: OrganisationStatus
    opened_on: date | None = None
    closed_on: date | None = None
    address: str = ""
    town: str = ""
    postcode: str = ""
    setting: str = ""
    source: str = UNNAMED
    released_on: date | None = None


_COLUMNS = tuple(each.name for each in fields(OrganisationState))
_NAME_COLUMNS = ("id", "organisation_id", "name", "search_key", "seen_from", "seen_to", "is_current")
_LINK_COLUMNS = ("id", "from_id", "to_id", "kind", "valid_from", "valid_to", "source", "released_on")
Rows = dict[uuid.UUID, tuple[Any, ...]]


@dataclass
class Known:
    """What the database knows of organisations with a code, and how it stood when it was loaded."""

    organisations: dict[str, OrganisationState] = field(default_factory=dict)
    names: dict[uuid.UUID, list[NameRun]] = field(default_factory=lambda: defaultdict(list))
    links: dict[tuple[uuid.UUID, RelationKind], list[Link]] = field(default_factory=lambda: defaultdict(list))
    released: dict[str, set[date]] = field(default_factory=lambda: defaultdict(set))  # by kind of file
    before: tuple[Rows, Rows, Rows] = ({}, {}, {})

    def rows(self) -> tuple[Rows, Rows, Rows]:
        """Returns the rows of the three tables as they now should be."""
        organisations = {
            state.id: tuple(getattr(state, name) for name in _COLUMNS) for state in self.organisations.values()
        }
        names = {
            run.id: (run.id, owner, run.name, run.key, run.seen_from, run.seen_to, run is runs[-1])
            for owner, runs in self.names.items()
            for run in runs
        }
        links = {
            link.id: (link.id, owner, link.to_id, kind, link.valid_from, link.valid_to, link.source, link.released_on)
            for (owner, kind), group in self.links.items()
            for link in group
        }
        return organisations, names, links

    def named(self, code: str, kind: OrganisationKind) -> OrganisationState:
        """Returns the organisation with `code`. One that no file has named yet goes by its code until one does."""
        state = self.organisations.get(code)
        if state is None:
            state = OrganisationState(uuid.uuid4(), kind, code, code, folded(code), OrganisationStatus.ACTIVE)
            self.organisations[code] = state
        return state


def load() -> Known:
    """Returns what is known now. Relations that people entered are left out: no file touches them."""
    known = Known()
    organisation, name, relation = Organisation.__table__, OrganisationName.__table__, OrganisationRelation.__table__
    for row in db.session.execute(
        sa.select(*(organisation.c[each] for each in _COLUMNS)).where(organisation.c.code.is_not(None))
    ):
        known.organisations[row.code] = OrganisationState(*row)
    coded = sa.select(organisation.c.id).where(organisation.c.code.is_not(None))
    for row in db.session.execute(
        sa.select(*(name.c[each] for each in _NAME_COLUMNS)).where(name.c.organisation_id.in_(coded))
    ):
        known.names[row.organisation_id].append(NameRun(row.id, row.name, row.search_key, row.seen_from, row.seen_to))
    for runs in known.names.values():
        runs.sort(key=lambda run: run.seen_from or date.min)
    for row in db.session.execute(
        sa.select(*(relation.c[each] for each in _LINK_COLUMNS)).where(relation.c.source != ENTERED)
    ):
        link = Link(row.id, row.to_id, row.valid_from, row.valid_to, row.source, row.released_on)
        known.links[row.from_id, row.kind].append(link)
    for release in db.session.execute(sa.select(ReferenceRelease.file_kind, ReferenceRelease.released_on)):
        known.released[release.file_kind].add(release.released_on)
    known.before = known.rows()
    return known


def merge(known: Known, file: OdsFile, released_on: date, progress: Progress | None = None) -> None:
    """Merges a file into what is known. Raises BadInput where a code stands in it twice."""
    seen: set[str] = set()
    total = len(file.records) + len(file.relations)
    for done, record in enumerate(file.records, 1):
        if record.code in seen:
            raise BadInput(f"{record.code} is in the file twice. Remove one of the two rows")
        seen.add(record.code)
        _merge_record(known, record, released_on)
        if progress is not None and not done % CHUNK:
            progress(done, total)
    for done, relation in enumerate(file.relations, len(file.records) + 1):
        _merge_relation(known, file.kind, relation, released_on)
        if progress is not None and not done % CHUNK:
            progress(done, total)
    if progress is not None:
        progress(total, total)


def _merge_record(known: Known, record: OdsRecord, on: date) -> None:
    state = known.named(record.code, OrganisationKind(record.kind))
    rank, present = _RANKS.get(record.file_kind, 3), _RANKS.get(state.source, 3)
    if rank < present == _RANKS[ENTERED]:
        return
    if (rank, on) >= (present, state.released_on or date.min):
        _take_details(state, record, on)
    runs = known.names[state.id]
    sight_name(runs, record.name, folded(record.name), on, tuple(known.released[record.file_kind]))
    state.name, state.sort_key = runs[-1].name, runs[-1].key
    if record.commissioner:
        relation = OdsRelation(
            record.code, record.commissioner, "commissioned_by", record.commissioner_from, record.commissioner_to
        )
        _merge_relation(known, record.file_kind, relation, on)
    if record.file_kind == "eccg" and record.geography and (record.closed_on is None or record.closed_on >= ICBS_SINCE):
        since = max(record.opened_on or ICBS_SINCE, ICBS_SINCE)
        relation = OdsRelation(record.code, record.geography, "part_of", since, record.closed_on)
        _merge_relation(known, record.file_kind, relation, on)


def _take_details(state: OrganisationState, record: OdsRecord, on: date) -> None:
    state.kind, state.status = OrganisationKind(record.kind), OrganisationStatus(record.status)
    state.opened_on, state.closed_on = record.opened_on, record.closed_on
    state.address, state.town, state.postcode = "\n".join(record.address), record.town, record.postcode
    state.setting, state.source, state.released_on = record.setting, record.file_kind, on


_KINDS_AT_THE_ENDS = {
    RelationKind.MEMBER_OF_PCN: (OrganisationKind.PRACTICE, OrganisationKind.PCN),
    RelationKind.COMMISSIONED_BY: (OrganisationKind.PRACTICE, OrganisationKind.COMMISSIONER),
    RelationKind.PART_OF: (OrganisationKind.COMMISSIONER, OrganisationKind.COMMISSIONER),
}


def _merge_relation(known: Known, source: str, relation: OdsRelation, on: date) -> None:
    kind = RelationKind(relation.kind)
    kind_from, kind_to = _KINDS_AT_THE_ENDS[kind]
    owner, target = known.named(relation.from_code, kind_from), known.named(relation.to_code, kind_to)
    stated = Link(uuid.uuid4(), target.id, relation.valid_from, relation.valid_to, source, on)
    state_relation(known.links[owner.id, kind], stated, one_at_a_time=kind in _ONE_AT_A_TIME)


@dataclass(frozen=True)
class Written:
    """How many rows of a table were added, changed and withdrawn."""

    added: int
    changed: int
    withdrawn: int


def write(known: Known) -> tuple[Written, Written, Written]:
    """Writes the difference between what was loaded and what is known now: organisations, names, relations."""
    organisations, names, links = known.rows()
    before = known.before
    first = _write_table(Organisation.__table__, _COLUMNS, before[0], organisations)
    return (
        first,
        _write_table(OrganisationName.__table__, _NAME_COLUMNS, before[1], names),
        _write_table(OrganisationRelation.__table__, _LINK_COLUMNS, before[2], links),
    )


def _write_table(table: sa.Table, columns: Sequence[str], before: Rows, after: Rows) -> Written:
    gone = [key for key in before if key not in after]
    fresh = [dict(zip(columns, row, strict=True)) for key, row in after.items() if key not in before]
    groups: dict[tuple[tuple[str, Any], ...], list[uuid.UUID]] = defaultdict(list)
    for key, row in after.items():
        was = before.get(key)
        if was is not None and was != row:
            groups[tuple((columns[n], value) for n, value in enumerate(row) if was[n] != value)].append(key)
    for chunk in _chunks(gone):
        db.session.execute(sa.delete(table).where(table.c.id.in_(chunk)))
    if fresh:
        db.session.execute(sa.insert(table), fresh)
    _update(table, groups)
    changed = sum(len(keys) for changes, keys in groups.items() if any(name not in _SIGHTINGS for name, _ in changes))
    return Written(len(fresh), changed, len(gone))


def _update(table: sa.Table, groups: Mapping[tuple[tuple[str, Any], ...], Sequence[uuid.UUID]]) -> None:
    """Many rows that change alike go out together; the others as one statement with many values."""
    single: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for changes, keys in groups.items():
        if len(keys) > FEW:
            for chunk in _chunks(keys):
                db.session.execute(sa.update(table).where(table.c.id.in_(chunk)).values(dict(changes)))
            continue
        values = {f"new_{name}": value for name, value in changes}
        single[tuple(name for name, _ in changes)] += [{"row_id": key, **values} for key in keys]
    for columns, rows in single.items():
        changed = {name: sa.bindparam(f"new_{name}", type_=table.c[name].type) for name in columns}
        statement = sa.update(table).where(table.c.id == sa.bindparam("row_id")).values(changed)
        db.session.connection().execute(statement, rows)


def _chunks(keys: Sequence[uuid.UUID]) -> Iterable[Sequence[uuid.UUID]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def counts_of(file: OdsFile, written: tuple[Written, Written, Written]) -> Mapping[str, int]:
    """Returns what an import did, for the ledger and for the person who asked for it."""
    organisations, names, relations = written
    return {
        "rows": len(file.records) or len(file.relations),
        "organisations_added": organisations.added,
        "organisations_changed": organisations.changed,
        "names_added": names.added,
        "relations_added": relations.added,
        "relations_changed": relations.changed + relations.withdrawn,
    }
