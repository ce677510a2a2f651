"""Reading what an administrator of a body looks after: its people with their accounts and roles."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from coi.accounts.belonging import belongs_to, table_above
from coi.accounts.models import Account, RoleGrant
from coi.accounts.vocabulary import AccountState, GivenRole, Holder
from coi.database import db
from coi.errors import NotFound


def holders(body_id: uuid.UUID, on: date) -> list[Holder]:
    """Returns the people of a body, in the order of the registers: whoever holds or held a post, a seat or a role there, and
    whomever it entered who holds none anywhere yet. Their roles are those at the body and of the installation."""
    person = table_above("person")
    rows = db.session.execute(_people(body_id).order_by(person.c.sort_key, person.c.id)).all()
    roles = _roles([row.id for row in rows], body_id, on)
    return [_holder(row, roles[row.id]) for row in rows]


def holder(person_id: uuid.UUID, body_id: uuid.UUID, on: date) -> Holder:
    """Returns one of the people of a body. Raises NotFound."""
    row = db.session.execute(_people(body_id).where(table_above("person").c.id == person_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such person")
    return _holder(row, _roles([row.id], body_id, on)[row.id])


def role_at(grant_id: uuid.UUID, body_id: uuid.UUID) -> RoleGrant:
    """Returns a role that was given at a body. Raises NotFound."""
    found = db.session.get(RoleGrant, grant_id)
    if found is None or found.body_id != body_id:
        raise NotFound("There is no such role")
    return found


def committees(body_id: uuid.UUID, on: date) -> Sequence[tuple[uuid.UUID, str]]:
    """Returns the committees of a body that have not ended by a day, by name."""
    committee = table_above("committee")
    lasting = sa.or_(committee.c.ended_on.is_(None), committee.c.ended_on >= on)
    wanted = sa.select(committee.c.id, committee.c.name).where(committee.c.body_id == body_id, lasting)
    return [(row.id, row.name) for row in db.session.execute(wanted.order_by(committee.c.name, committee.c.id))]


def _people(body_id: uuid.UUID) -> sa.Select[Any]:
    person = table_above("person")
    columns = (person.c.id, person.c.name, person.c.email, Account.email.label("account_email"), Account.is_disabled)
    wanted = sa.select(*columns, (Account.password_hash != "").label("has_password"))
    joined = wanted.select_from(person.outerjoin(Account.__table__, Account.person_id == person.c.id))
    return joined.where(belongs_to(body_id))


def _roles(person_ids: Collection[uuid.UUID], body_id: uuid.UUID, on: date) -> dict[uuid.UUID, list[GivenRole]]:
    committee = table_above("committee")
    here = sa.or_(RoleGrant.body_id == body_id, RoleGrant.body_id.is_(None))
    wanted = (
        sa.select(RoleGrant, committee.c.name)
        .outerjoin(committee, committee.c.id == RoleGrant.committee_id)
        .where(RoleGrant.person_id.in_(person_ids), here)
        .order_by(RoleGrant.valid_from.desc(), RoleGrant.role, RoleGrant.id)
    )
    found: dict[uuid.UUID, list[GivenRole]] = defaultdict(list)
    for grant, name in db.session.execute(wanted):
        found[grant.person_id].append(_given(grant, name or "", on))
    return found


def _given(grant: RoleGrant, committee_name: str, on: date) -> GivenRole:
    state = "planned" if grant.valid_from > on else "current"
    if grant.valid_to is not None and (grant.valid_to < on or grant.valid_to < grant.valid_from):
        state = "ended"
    everywhere = grant.body_id is None
    return GivenRole(grant.id, grant.role, committee_name, everywhere, grant.valid_from, grant.valid_to, state)


def _holder(row: sa.Row[Any], roles: Sequence[GivenRole]) -> Holder:
    state = AccountState.ACTIVE if row.has_password else AccountState.INVITED
    if row.account_email is None:
        state = AccountState.NONE
    elif row.is_disabled:
        state = AccountState.DISABLED
    return Holder(row.id, row.name, row.account_email or row.email, state, roles)
