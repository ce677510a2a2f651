"""Reading organisations, their relations and the bodies. Searching stands in search.py."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from coi.database import db
from coi.errors import NotFound
from coi.organisations.models import (
    Body,
    EnteredFact,
    Organisation,
    OrganisationName,
    OrganisationRelation,
    ReferenceRelease,
)
from coi.organisations.naming import folded
from coi.organisations.reference import check_reference_rows as check_reference_rows
from coi.organisations.rules import AROUND_CLOSING, why_successor
from coi.organisations.vocabulary import (
    BELONGING,
    OrganisationKind,
    OrganisationStatus,
    RelationKind,
    SuccessorSuggestion,
)
from coi.screening.names import company_key

R = OrganisationRelation
_WITHIN = (RelationKind.COMMISSIONED_BY, RelationKind.PART_OF)


def organisation(organisation_id: uuid.UUID) -> Organisation:
    """Returns an organisation with its names. Raises NotFound."""
    wanted = sa.select(Organisation).where(Organisation.id == organisation_id)
    found = db.session.scalar(wanted.options(selectinload(Organisation.names)))
    if found is None:
        raise NotFound("There is no such organisation")
    return found


def organisations(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Organisation]:
    """Returns those of `ids` that exist, by id."""
    wanted = list(set(ids))
    return {each.id: each for each in db.session.scalars(sa.select(Organisation).where(Organisation.id.in_(wanted)))}


def networks_of(area_codes: Collection[str]) -> list[Organisation]:
    """Returns the primary care networks of these commissioners that are open, by name."""
    own = sa.select(R.from_id).join(Organisation, Organisation.id == R.to_id)
    own = own.where(
        R.kind == RelationKind.COMMISSIONED_BY, R.valid_to.is_(None), Organisation.code.in_(list(area_codes))
    )
    wanted = sa.select(Organisation).where(
        Organisation.kind == OrganisationKind.PCN,
        Organisation.status == OrganisationStatus.ACTIVE,
        Organisation.id.in_(own),
    )
    return list(db.session.scalars(wanted.order_by(Organisation.sort_key, Organisation.id)))


def by_code(code: str) -> Organisation | None:
    """Returns the organisation with an ODS code, in whatever case it is written; None where there is none."""
    return db.session.scalar(sa.select(Organisation).where(Organisation.code == code.strip().upper()))


def called_alike(name: str) -> list[Organisation]:
    """Returns the organisations that bear a name, however it is written and whatever legal form it ends with: "St Twin Health Ltd" and
    "Saint Twin Health Limited". Looks among those with its longest word that has one spelling."""
    key = company_key(name)
    spelled = set(folded(name).split()) & set(key.removeprefix("name:").split()) or {*folded(name).split()}
    longest = max(sorted(spelled), key=len, default="")
    named = sa.select(Organisation, OrganisationName.name).join(
        OrganisationName, OrganisationName.organisation_id == Organisation.id
    )
    rows = db.session.execute(
        named.where(
            OrganisationName.is_current, OrganisationName.search_key.contains(longest, autoescape=True)
        ).order_by(Organisation.id)
    )
    return list(dict.fromkeys(row.Organisation for row in rows if company_key(row.name) == key))


def by_codes(codes: Iterable[str]) -> dict[str, Organisation]:
    """Returns the organisations with these codes, by code."""
    wanted = sorted({code.strip().upper() for code in codes})
    found = db.session.scalars(sa.select(Organisation).where(Organisation.code.in_(wanted)))
    return {each.code: each for each in found if each.code}


def ids_by_key(keys: Iterable[str]) -> dict[str, uuid.UUID]:
    """Returns the ids of the organisations that screening calls by these keys: an ODS code, or the id where there is none."""
    wanted = set(keys)
    return {
        row.code or str(row.id): row.id
        for row in db.session.execute(sa.select(Organisation.id, Organisation.code))
        if (row.code or str(row.id)) in wanted
    }


def bodies() -> list[Body]:
    """Returns every commissioning body, by name."""
    return list(db.session.scalars(sa.select(Body).order_by(Body.name, Body.id)))


def body(body_id: uuid.UUID) -> Body:
    """Returns a body. Raises NotFound."""
    found = db.session.get(Body, body_id)
    if found is None:
        raise NotFound("There is no such body")
    return found


def body_by_slug(slug: str) -> Body | None:
    """Returns the body whose URLs start with `slug`; None where there is none."""
    return db.session.scalar(sa.select(Body).where(Body.slug == slug))


def releases() -> list[ReferenceRelease]:
    """Returns the imports, the newest first."""
    return list(
        db.session.scalars(
            sa.select(ReferenceRelease).order_by(ReferenceRelease.imported_at.desc(), ReferenceRelease.id)
        )
    )


def release_of(sha256: str) -> ReferenceRelease | None:
    """Returns the import of a file with this digest; None where it was never read."""
    return db.session.scalar(sa.select(ReferenceRelease).where(ReferenceRelease.sha256 == sha256))


def entered_at(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    """Returns when somebody added these organisations, of those that no published file has."""
    first = sa.func.min(EnteredFact.entered_at, type_=EnteredFact.entered_at.type)
    rows = sa.select(EnteredFact.subject_id, first).where(
        EnteredFact.subject_table == Organisation.__tablename__, EnteredFact.subject_id.in_(list(ids))
    )
    return {row[0]: row[1] for row in db.session.execute(rows.group_by(EnteredFact.subject_id))}


def reference_state() -> tuple[uuid.UUID | None, uuid.UUID | None]:
    """Returns what changes whenever the reference data do: the newest import, the newest fact that a person entered."""
    imported = (
        sa.select(ReferenceRelease.id).order_by(ReferenceRelease.imported_at.desc(), ReferenceRelease.id).limit(1)
    )
    entered = sa.select(EnteredFact.id).order_by(EnteredFact.entered_at.desc(), EnteredFact.id).limit(1)
    row = db.session.execute(sa.select(imported.scalar_subquery(), entered.scalar_subquery())).one()
    return row[0], row[1]


def reference_sizes() -> tuple[int, ...]:
    """Returns how many organisations, names and relations there are."""
    counted = [
        sa.select(sa.func.count()).select_from(each) for each in (Organisation, OrganisationName, OrganisationRelation)
    ]
    return tuple(db.session.execute(sa.select(*(each.scalar_subquery() for each in counted))).one())


def holds_on(on: date) -> sa.ColumnElement[bool]:
    """The condition that a relation stands on a day."""
    return sa.and_(sa.or_(R.valid_from.is_(None), R.valid_from <= on), sa.or_(R.valid_to.is_(None), R.valid_to >= on))


def practices_of_area(area_codes: Collection[str], on: date) -> list[Organisation]:
    """Returns the practices that these commissioners commission on a day and that are open then, by name."""
    area = sa.select(Organisation.id).where(Organisation.code.in_(list(area_codes)))
    belongs = sa.select(R.from_id).where(R.kind == RelationKind.COMMISSIONED_BY, R.to_id.in_(area), holds_on(on))
    practices = sa.select(Organisation).where(
        Organisation.kind == OrganisationKind.PRACTICE, Organisation.id.in_(belongs), open_on(on)
    )
    return list(db.session.scalars(practices.order_by(Organisation.sort_key, Organisation.id)))


def open_on(on: date) -> sa.ColumnElement[bool]:
    """The condition that an organisation is not closed on a day."""
    known = sa.or_(Organisation.closed_on.is_not(None), Organisation.status != OrganisationStatus.CLOSED)
    return sa.and_(known, sa.or_(Organisation.closed_on.is_(None), Organisation.closed_on > on))


def relations_of(organisation_id: uuid.UUID) -> list[tuple[OrganisationRelation, Organisation]]:
    """Returns every relation from or to an organisation with the one at the other end, the newest first. Whom a commissioner
    commissions is left out: it has hundreds."""
    other = sa.case((R.from_id == organisation_id, R.to_id), else_=R.from_id)
    mine = sa.or_(R.from_id == organisation_id, sa.and_(R.to_id == organisation_id, R.kind.not_in(_WITHIN)))
    rows = db.session.execute(sa.select(R, Organisation).join(Organisation, Organisation.id == other).where(mine))
    pairs = [(relation, organisation) for relation, organisation in rows]
    return sorted(pairs, key=lambda pair: (pair[0].valid_from or date.min, pair[1].sort_key), reverse=True)


def relation(relation_id: uuid.UUID) -> OrganisationRelation:
    """Returns a relation. Raises NotFound."""
    found = db.session.get(R, relation_id)
    if found is None:
        raise NotFound("There is no such relation")
    return found


def relations_on(ids: Iterable[uuid.UUID], on: date) -> list[OrganisationRelation]:
    """Returns the relations from or to any of `ids` that stand on a day."""
    wanted = list(set(ids))
    either = sa.or_(R.from_id.in_(wanted), R.to_id.in_(wanted))
    return list(db.session.scalars(sa.select(R).where(either, holds_on(on)).order_by(R.kind, R.id)))


def successions() -> dict[uuid.UUID, list[uuid.UUID]]:
    """Returns every succession that was entered: an organisation's id → its successors' ids."""
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for row in db.session.execute(sa.select(R.from_id, R.to_id).where(R.kind == RelationKind.SUCCEEDED_BY)):
        found[row.from_id].append(row.to_id)
    return found


def belongings(since: date | None, until: date | None) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Returns to whom organisations belong on some day from one to another (None: open-ended): an organisation's id → its owners' ids."""
    runs = [R.kind.in_(BELONGING)]
    runs += [sa.or_(R.valid_from.is_(None), R.valid_from <= until)] if until else []
    runs += [sa.or_(R.valid_to.is_(None), R.valid_to >= since)] if since else []
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for row in db.session.execute(sa.select(R.from_id, R.to_id).where(*runs).order_by(R.id)):
        found[row.from_id].append(row.to_id)
    return found


def suggested_successors(closed: Organisation) -> list[SuccessorSuggestion]:
    """Returns organisations of the same kind that may have followed a closed one: the same postcode or a similar name, opened
    around the closing. Suggestions only: the files name no successor, and none is invented. None where one was entered."""
    known = sa.exists().where(R.from_id == closed.id, R.kind == RelationKind.SUCCEEDED_BY)
    if closed.closed_on is None or db.session.scalar(sa.select(known)):
        return []
    near = sa.and_(
        Organisation.opened_on >= closed.closed_on - AROUND_CLOSING,
        Organisation.opened_on <= closed.closed_on + AROUND_CLOSING,
    )
    candidates = sa.select(Organisation).where(Organisation.kind == closed.kind, Organisation.id != closed.id, near)
    found = []
    for each in db.session.scalars(candidates.order_by(Organisation.sort_key, Organisation.id)):
        why = why_successor(closed.name, closed.postcode, closed.closed_on, each.name, each.postcode, each.opened_on)
        if why:
            found.append(SuccessorSuggestion(each.id, each.code, each.name, why))
    return found
