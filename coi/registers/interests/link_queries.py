"""Reading links to declare: which one a token opens, which one a browser goes by, how many were asked for."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coi.accounts.sessions import hash_of
from coi.database import db
from coi.errors import NotFound
from coi.people.queries import posts_on
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


def reference_of(declaration_id: uuid.UUID | None) -> str:
    """Returns the reference of a declaration; empty where there is none."""
    return db.session.scalar(sa.select(Declaration.reference).where(Declaration.id == declaration_id)) or ""


def posts_of(link: DeclaringLink, at: datetime) -> list[str]:
    """Returns the posts that the person of a link holds at its body."""
    return posts_on([link.person_id], link.body_id, at.date()).get(link.person_id, [])
