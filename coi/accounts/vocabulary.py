"""The words of accounts: what it takes to make one, to give a role, to sign in. Standard library only, and the
roles."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from coi.errors import CoiError
from coi.permissions.vocabulary import Role

ROLE_NAMES: Mapping[Role, str] = {
    Role.ADMINISTRATOR: "Administrator",
    Role.AUDITOR: "Auditor",
    Role.CHAIR: "Chair",
    Role.DECLARANT: "Declarant",
    Role.GOVERNANCE_LEAD: "Governance lead",
    Role.GUARDIAN: "Conflicts of interest guardian",
    Role.LAY_MEMBER: "Lay member",
    Role.MEMBER: "Member",
    Role.SECRETARY: "Secretary",
}


@dataclass(frozen=True)
class AccountDetails:
    """A new account: for whom, and the first password."""

    email: str
    person_id: uuid.UUID
    password: str = field(repr=False)


@dataclass(frozen=True)
class InvitationDetails:
    """A new account: for whom. Its owner sets the password with a link."""

    email: str
    person_id: uuid.UUID


@dataclass(frozen=True)
class IssuedLink:
    """A link to set a password. `url` is empty where only its owner may see it, in the mail."""

    email: str
    url: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True)
class RoleDetails:
    """A role to give: to whom, where (`committee_id` None: the whole body; `body_id` None: the installation), from
    when to when."""

    person_id: uuid.UUID
    role: Role
    body_id: uuid.UUID | None
    valid_from: date
    committee_id: uuid.UUID | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class PasswordChange:
    """The present password and the one to come."""

    current: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True)
class SignInDetails:
    """What somebody types to sign in."""

    email: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Credentials:
    """What a password is checked against."""

    account_id: uuid.UUID
    password_hash: str = field(repr=False)


@dataclass(frozen=True)
class HeldRole:
    """A role as its holder reads it."""

    role: Role
    body_name: str
    committee_name: str
    valid_from: date
    valid_to: date | None

    @property
    def name(self) -> str:
        return ROLE_NAMES[self.role]


@dataclass(frozen=True)
class BodyLink:
    """A body at which somebody has a role."""

    slug: str
    name: str


class TooManyAttempts(CoiError):
    """Too many wrong passwords from one place for one account. `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__("Too many attempts")
        self.wait = wait
