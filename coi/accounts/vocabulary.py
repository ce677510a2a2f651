"""The words of accounts: what it takes to make one, to give a role, to sign in. Standard library only, and the
roles."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

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

ROLE_HINTS: Mapping[Role, str] = {
    Role.ADMINISTRATOR: "Looks after accounts, roles and the list of people. Sees no interests and no meetings",
    Role.AUDITOR: "Reads the register, meetings, minutes and the ledger. Changes nothing",
    Role.CHAIR: "Rules on conflicts and confirms minutes",
    Role.DECLARANT: "Declares their own interests and sees nobody else’s",
    Role.GOVERNANCE_LEAD: "Looks after the register, committees and people",
    Role.GUARDIAN: "Agrees how interests are managed, and decides what is not published",
    Role.LAY_MEMBER: "Does what a member does, and reads the register",
    Role.MEMBER: "Reads agendas and minutes, and answers about their own conflicts",
    Role.SECRETARY: "Plans and records meetings, drafts minutes, enters declarations",
}


class AccountState(StrEnum):
    """Where a person's account stands, as an administrator reads it."""

    NONE = "no account"
    INVITED = "invited"  # no password yet
    ACTIVE = "active"
    DISABLED = "disabled"


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
    when to when. `because` says why, where something speaks against it."""

    person_id: uuid.UUID
    role: Role
    body_id: uuid.UUID | None
    valid_from: date
    committee_id: uuid.UUID | None = None
    valid_to: date | None = None
    because: str = ""


@dataclass(frozen=True)
class HandoverDetails:
    """Roles that go to another person from a day: for good (`until` None), or as a cover until a last day. `actions_follow`: their open
    actions go over too."""

    to_id: uuid.UUID
    starts: date
    until: date | None = None
    actions_follow: bool = False
    because: str = ""  # why, where something speaks against it


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
class Checked:
    """Whose password was right, and its new hash where the one that is kept was made at another cost."""

    account_id: uuid.UUID
    renewed: str | None = field(default=None, repr=False)


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
class GivenRole:
    """A role as an administrator reads it. `committee_name` is empty for the whole body; an administrator of the
    installation is `everywhere`. `state` is "current", "planned" or "ended"."""

    id: uuid.UUID
    role: Role
    committee_name: str
    everywhere: bool
    valid_from: date
    valid_to: date | None
    state: str

    @property
    def name(self) -> str:
        return ROLE_NAMES[self.role]

    @property
    def never_held(self) -> bool:
        """Whether it was taken back before it began."""
        return self.valid_to is not None and self.valid_to < self.valid_from


@dataclass(frozen=True)
class Holder:
    """A person of a body with account and roles, as an administrator reads them. `email` is the account's, or the
    person's where there is no account."""

    person_id: uuid.UUID
    name: str
    email: str
    state: AccountState
    roles: Sequence[GivenRole]

    @property
    def present_roles(self) -> list[GivenRole]:
        """The roles that are not over."""
        return [each for each in self.roles if each.state != "ended"]


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
