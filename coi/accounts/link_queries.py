"""Reading links to set a password: which one a token opens, and how many were asked for."""

import uuid
from datetime import datetime

import sqlalchemy as sa

from coi.accounts.models import Account, SetPasswordLink
from coi.accounts.sessions import hash_of
from coi.database import Base, db
from coi.errors import NotFound


def link(token: str, at: datetime, *, locked: bool = False) -> SetPasswordLink:
    """Returns the link that `token` opens at an instant; `locked` keeps everybody else from using it meanwhile. Raises
    NotFound alike where it was used, is too old, never was, or the account is disabled."""
    usable = sa.and_(
        SetPasswordLink.token_hash == hash_of(token), SetPasswordLink.used_at.is_(None), SetPasswordLink.expires_at > at
    )
    wanted = sa.select(SetPasswordLink).join(Account, Account.id == SetPasswordLink.account_id)
    wanted = wanted.where(usable, ~Account.is_disabled)
    found = db.session.scalar(wanted.with_for_update(of=SetPasswordLink) if locked else wanted)
    if found is None:
        raise NotFound("This link does not work any more")
    return found


def issued_since(account_id: uuid.UUID, since: datetime) -> int:
    """Returns how many links were issued for an account after an instant."""
    wanted = sa.select(sa.func.count(SetPasswordLink.id)).where(
        SetPasswordLink.account_id == account_id, SetPasswordLink.issued_at > since
    )
    return db.session.scalar(wanted) or 0


def name_of_body(body_id: uuid.UUID | None) -> str:
    """Returns the name of a body; "your organisation" for the installation."""
    body = Base.metadata.tables["body"]
    return db.session.scalar(sa.select(body.c.name).where(body.c.id == body_id)) or "your organisation"
