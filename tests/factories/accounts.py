"""Accounts and roles for tests, made by the commands that make them in the product. The password is always PASSWORD."""

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime

from coi.accounts import commands
from coi.accounts.models import Account, RoleGrant
from coi.accounts.vocabulary import AccountDetails, RoleDetails
from coi.permissions.vocabulary import Role, system_actor
from tests.support.client import PASSWORD

AT = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
FROM = date(2020, 4, 1)
SYSTEM = system_actor("cli")


def account(person_id: uuid.UUID, email: str = "ann@example.nhs.uk", *, at: datetime = AT) -> Account:
    """An account for a person."""
    return commands.create_account(AccountDetails(email, person_id, PASSWORD), actor=SYSTEM, at=at)


def role(
    person_id: uuid.UUID,
    role: Role,
    body_id: uuid.UUID | None,
    committee_id: uuid.UUID | None = None,
    *,
    valid_from: date = FROM,
    valid_to: date | None = None,
) -> RoleGrant:
    """A role for a person, by default since 2020 and without an end."""
    details = RoleDetails(person_id, role, body_id, valid_from, committee_id, valid_to)
    return commands.grant_role(details, actor=SYSTEM, at=AT)


def account_with(person_id: uuid.UUID, email: str, roles: Iterable[Role], body_id: uuid.UUID | None) -> Account:
    """An account and the roles of its person at a body."""
    made = account(person_id, email)
    for each in roles:
        role(person_id, each, body_id)
    return made
