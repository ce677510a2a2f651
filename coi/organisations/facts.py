"""Facts about organisations for the screening engine: edges around some of them, and the whole reference data for the matcher."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

import sqlalchemy as sa

from coi.database import db
from coi.organisations.models import Organisation, OrganisationName, OrganisationRelation
from coi.organisations.queries import holds_on
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.screening.matching_vocabulary import Dated, ReferenceOrganisation
from coi.screening.vocabulary import Edge, EdgeKind

R = OrganisationRelation
STEPS = 2  # from an organisation to a neighbour, and to the neighbour's neighbours: practice, federation, its company
_UPWARD = (RelationKind.COMMISSIONED_BY, RelationKind.PART_OF)  # followed from below only: a commissioner has hundreds
_EDGE_COLUMNS = (R.id, R.from_id, R.to_id, R.kind, R.valid_from, R.valid_to)


def edges_for_screening(ids: Iterable[uuid.UUID], on: date) -> tuple[Edge, ...]:
    """Returns the relations that stand on a day around some organisations and their neighbours, keyed as `Organisation.key` is: an
    ODS code, or the id where there is none. Successions are given whenever they were."""
    found: dict[uuid.UUID, sa.Row] = {}
    asked: set[uuid.UUID] = set()
    ahead = set(ids)
    for _ in range(STEPS):
        rows = _relations_around(ahead, on)
        asked |= ahead
        found |= {row.id: row for row in rows}
        sideways = [row for row in rows if row.kind not in _UPWARD]
        ahead = ({row.from_id for row in sideways} | {row.to_id for row in sideways}) - asked
        if not ahead:
            break
    found |= {row.id: row for row in _relations_up(ahead, on)}
    keys = _keys({row.from_id for row in found.values()} | {row.to_id for row in found.values()})
    edges = (
        Edge(keys[row.from_id], keys[row.to_id], EdgeKind(row.kind.value), row.valid_from, row.valid_to)
        for row in found.values()
    )
    return tuple(sorted(edges, key=lambda edge: (edge.source, edge.kind, edge.target, edge.valid_from or date.min)))


def _standing(on: date) -> sa.ColumnElement[bool]:
    return sa.or_(holds_on(on), R.kind == RelationKind.SUCCEEDED_BY)


def _relations_around(ids: set[uuid.UUID], on: date) -> list[sa.Row]:
    around = sa.or_(R.from_id.in_(ids), sa.and_(R.to_id.in_(ids), R.kind.not_in(_UPWARD)))
    return list(db.session.execute(sa.select(*_EDGE_COLUMNS).where(around, _standing(on))))


def _relations_up(ids: set[uuid.UUID], on: date) -> list[sa.Row]:
    up = sa.select(*_EDGE_COLUMNS).where(R.from_id.in_(ids), R.kind.in_(_UPWARD), holds_on(on))
    return list(db.session.execute(up)) if ids else []


def _keys(ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = db.session.execute(sa.select(Organisation.id, Organisation.code).where(Organisation.id.in_(ids)))
    return {row.id: row.code or str(row.id) for row in rows}


def reference_organisations(ids: sa.Select[tuple[uuid.UUID]] | None = None) -> Iterator[ReferenceOrganisation]:
    """Yields every organisation as the matcher needs it, with its names and dated relations, by key; or only those
    that `ids` selects, which are then not placed in a higher-level area."""
    names, relations, parents = _names(ids), _relations(ids), _geographies() if ids is None else {}
    wanted = sa.select(*_ORGANISATION_COLUMNS).order_by(Organisation.code, Organisation.id)
    for row in db.session.execute(wanted if ids is None else wanted.where(Organisation.id.in_(ids))):
        key = row.code or str(row.id)
        areas = tuple(relations.get((row.id, RelationKind.COMMISSIONED_BY), ()))
        yield ReferenceOrganisation(
            code=key,
            name=row.name,
            kind=row.kind.value,
            former_names=tuple(names.get(row.id, ())),
            status=row.status.value,
            opened_on=row.opened_on,
            closed_on=row.closed_on,
            town=row.town,
            postcode=row.postcode,
            address=tuple(row.address.split("\n")) if row.address else (),
            areas=areas,
            pcns=tuple(relations.get((row.id, RelationKind.MEMBER_OF_PCN), ())),
            successors=tuple(each.code for each in relations.get((row.id, RelationKind.SUCCEEDED_BY), ())),
            geography=parents.get(key, "") or (parents.get(areas[-1].code, "") if areas else ""),
        )


_ORGANISATION_COLUMNS = (
    Organisation.id, Organisation.code, Organisation.kind, Organisation.name, Organisation.status, Organisation.opened_on,
    Organisation.closed_on, Organisation.address, Organisation.town, Organisation.postcode,
)  # fmt: skip


def _names(ids: sa.Select[tuple[uuid.UUID]] | None) -> dict[uuid.UUID, list[str]]:
    former: dict[uuid.UUID, list[str]] = defaultdict(list)
    columns = sa.select(OrganisationName.organisation_id, OrganisationName.name)
    if ids is not None:
        columns = columns.where(OrganisationName.organisation_id.in_(ids))
    for row in db.session.execute(columns.where(~OrganisationName.is_current).order_by(OrganisationName.seen_from)):
        former[row.organisation_id].append(row.name)
    return former


def _relations(ids: sa.Select[tuple[uuid.UUID]] | None) -> dict[tuple[uuid.UUID, RelationKind], list[Dated]]:
    found: dict[tuple[uuid.UUID, RelationKind], list[Dated]] = defaultdict(list)
    kinds = (RelationKind.COMMISSIONED_BY, RelationKind.MEMBER_OF_PCN, RelationKind.SUCCEEDED_BY)
    columns = sa.select(R.from_id, R.to_id, R.kind, R.valid_from, R.valid_to, Organisation.code)
    rows = columns.join(Organisation, Organisation.id == R.to_id).where(R.kind.in_(kinds))
    if ids is not None:
        rows = rows.where(R.from_id.in_(ids))
    for row in db.session.execute(rows.order_by(R.valid_from, R.released_on)):
        found[row.from_id, row.kind].append(Dated(row.code or str(row.to_id), row.valid_from, row.valid_to))
    return found


def _geographies() -> dict[str, str]:
    """Which ICB a commissioner is part of, by code."""
    below, above = sa.orm.aliased(Organisation), sa.orm.aliased(Organisation)
    rows = (
        sa.select(below.code, above.code)
        .join_from(R, below, below.id == R.from_id)
        .join(above, above.id == R.to_id)
        .where(R.kind == RelationKind.PART_OF, below.kind == OrganisationKind.COMMISSIONER)
    )
    return {part: whole for part, whole in db.session.execute(rows) if part and whole}
