"""Tables of accounts: who can sign in, which roles people hold from when to when, who is signed in now."""

import uuid
from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coi.database import Base, Canonical, Instant, Keyed, Ledgered, words
from coi.permissions.vocabulary import Role


class Account(Ledgered, Base):
    """A person's way to sign in. The hash of the password is a secret: the ledger leaves it out."""

    __tablename__ = "account"
    __ledger_secret__: ClassVar[set[str]] = {"password_hash"}

    email: Mapped[str] = mapped_column(sa.String(200), unique=True)  # lower case
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    password_hash: Mapped[str] = mapped_column(sa.Text)  # empty until its owner sets a password
    is_disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)

    is_authenticated: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    @property
    def is_active(self) -> bool:
        return not self.is_disabled

    @property
    def has_password(self) -> bool:
        """Whether its owner has set a password yet."""
        return bool(self.password_hash)

    def get_id(self) -> str:
        """Returns what Flask-Login keeps in the session."""
        return str(self.id)


class RoleGrant(Ledgered, Base):
    """A role that a person holds, at a body or for one committee of it, from one date to another (both included)."""

    __tablename__ = "role_grant"

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(words(Role))
    body_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    committee_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("committee.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class ServerSession(Base):
    """A browser that something is kept for. The browser holds the token; here is only its hash."""

    __tablename__ = "server_session"
    __exempt__ = "operational"

    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    account_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(Canonical)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant, index=True)


class LoginAttempt(Keyed, Base):
    """A wrong password, to slow down guessing. The email stands as a hash: people type passwords into the wrong box."""

    __tablename__ = "login_attempt"
    __exempt__ = "operational"
    __table_args__ = (sa.Index("ix_login_attempt_address_at", "address", "at"),)

    email_hash: Mapped[str] = mapped_column(sa.String(64))
    address: Mapped[str] = mapped_column(sa.String(60))
    at: Mapped[datetime] = mapped_column(Instant)


class SetPasswordLink(Keyed, Base):
    """A link with which the owner of an account sets a password, once. Whoever got it holds the token; here is only its
    hash. Opening it uses nothing up: mail scanners do."""

    __tablename__ = "set_password_link"
    __exempt__ = "operational; what an administrator did to issue it, and the password set with it, are in the ledger"

    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"), index=True)
    issued_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
