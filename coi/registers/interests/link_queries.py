"""Reading links to declare: which one a token opens, which one a browser goes by, how many were asked for."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coi.accounts.sessions import hash_of
from coi.database import db
from coi.errors import NotFound
from coi.registers.interests.models import Declaration, DeclaringLink


def link_of_token(token: str) -> DeclaringLink | None:
    """Returns the link that a token is of, whether it was used, is too old, or can be used; None where there never was one."""
    wanted = sa.select(DeclaringLink).where(DeclaringLink.token_hash == hash_of(token))
    return db.session.scalar(wanted.options(joinedload(DeclaringLink.person)))


def link(link_id: uuid.UUID, *, locked: bool = False) -> DeclaringLink:
    """Returns a link; `locked` keeps everybody else from using it meanwhile. Raises NotFound."""
    wanted = sa.select(DeclaringLink).where(DeclaringLink.id == link_id).execution_options(populate_existing=True)
    found = db.session.scalar(wanted.with_for_update(of=DeclaringLink) if locked else wanted)
    if found is None:
        raise NotFound("There is no such link")
    return found


def issued_since(person_id: uuid.UUID, since: datetime) -> int:
    """Returns how many links were issued for a person after an instant."""
    wanted = sa.select(sa.func.count(DeclaringLink.id)).where(
        DeclaringLink.person_id == person_id, DeclaringLink.issued_at > since
    )
    return db.session.scalar(wanted) or 0


def reference_of(link: DeclaringLink) -> str:
    """Returns the reference of what was declared by a link; empty where nothing was."""
    if link.gift is not None:
        return str(link.gift.reference)
    return db.session.scalar(sa.select(Declaration.reference).where(Declaration.id == link.declaration_id)) or ""
