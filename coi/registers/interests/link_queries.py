"""Reading links to declare: which one a token opens, which one a browser goes by, which wait to be sent, how many were asked for."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coi import clock
from coi.accounts.sessions import hash_of
from coi.database import db
from coi.errors import NotFound
from coi.notifications.models import OutboxMessage
from coi.notifications.queries import unsent_by_key
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests.link_vocabulary import ASKING, LinkPurpose, secret_of_link
from coi.registers.interests.models import Declaration, DeclaringLink
from coi.registers.interests.people_queries import people_on_file_for


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


def waiting_mails(
    actor: Actor, body_id: uuid.UUID, at: datetime, *, only: uuid.UUID | None = None
) -> list[tuple[DeclaringLink, OutboxMessage]]:
    """Returns the links of a body that can still be used and whose mail was not sent, of the people on whose behalf `actor` may enter, the
    newest first; `only` this one. Reminders are not among them."""
    people = people_on_file_for(actor, Permission.REGISTERS_INTEREST_ENTER, body_id, clock.local(at).date())
    wanted = sa.select(DeclaringLink).where(
        DeclaringLink.body_id == body_id, DeclaringLink.used_at.is_(None), DeclaringLink.expires_at > at,
        DeclaringLink.retired_at.is_(None), DeclaringLink.person_id.in_(people),
    )  # fmt: skip
    if only is not None:
        wanted = wanted.where(DeclaringLink.id == only)
    newest = wanted.order_by(DeclaringLink.issued_at.desc(), DeclaringLink.id).options(joinedload(DeclaringLink.person))
    links = {secret_of_link(each.id): each for each in db.session.scalars(newest)}
    mails = unsent_by_key(links)
    return [(each, mails[key]) for key, each in links.items() if key in mails]


def replaceable(person_id: uuid.UUID, body_id: uuid.UUID, purpose: LinkPurpose, at: datetime) -> list[DeclaringLink]:
    """Returns the links that a body sent to a person for a purpose and that can still be used, but were never opened, the newest first.
    Nobody else can send that person one until the transaction ends."""
    db.session.execute(sa.select(Person.id).where(Person.id == person_id).with_for_update())
    wanted = sa.select(DeclaringLink).where(
        DeclaringLink.person_id == person_id, DeclaringLink.body_id == body_id, DeclaringLink.purpose == purpose,
        DeclaringLink.is_asked_for.is_(False), DeclaringLink.opened_at.is_(None), DeclaringLink.used_at.is_(None),
        DeclaringLink.retired_at.is_(None), DeclaringLink.expires_at > at,
    )  # fmt: skip
    return list(db.session.scalars(wanted.order_by(DeclaringLink.issued_at.desc(), DeclaringLink.id)))


def secrets_of_links(person_id: uuid.UUID, body_id: uuid.UUID, purpose: LinkPurpose) -> list[str]:
    """Returns what the outbox calls the secrets of all links that a body ever sent to a person for a purpose."""
    wanted = sa.select(DeclaringLink.id).where(
        DeclaringLink.person_id == person_id, DeclaringLink.body_id == body_id, DeclaringLink.purpose == purpose
    )
    return [secret_of_link(each) for each in db.session.scalars(wanted.order_by(DeclaringLink.id))]


def asking_links(person_id: uuid.UUID) -> list[DeclaringLink]:
    """Returns the links that any body sent to a person to be told what their interests are: a declaration answers them all."""
    wanted = sa.select(DeclaringLink).where(DeclaringLink.person_id == person_id, DeclaringLink.purpose.in_(ASKING))
    return list(db.session.scalars(wanted.order_by(DeclaringLink.id)))


def declared_since(link: DeclaringLink) -> Declaration | None:
    """Returns the newest declaration of a link's person that came in after the link was made, where it asks for one."""
    if link.purpose not in ASKING:
        return None
    newest = (
        sa.select(Declaration)
        .where(Declaration.person_id == link.person_id, Declaration.submitted_at > link.issued_at)
        .order_by(Declaration.submitted_at.desc(), Declaration.reference.desc())
        .limit(1)
    )
    return db.session.scalar(newest)


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
