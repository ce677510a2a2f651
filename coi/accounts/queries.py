"""Reading accounts: who is signing in, what they may do today, where they have a role."""

import hashlib
import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from coi.accounts.belonging import table_above
from coi.accounts.models import Account, LoginAttempt, RoleGrant
from coi.accounts.rules import WINDOW
from coi.accounts.vocabulary import BodyLink, Credentials, HeldRole
from coi.database import db
from coi.errors import NotFound
from coi.permissions.vocabulary import NOBODY, Actor, Grant, Role

NEEDED = "coi.role_is_needed"
"""Where wiring plugs in which roles a room above cannot do without."""


def account(account_id: uuid.UUID) -> Account:
    """Returns an account. Raises NotFound."""
    found = db.session.get(Account, account_id)
    if found is None:
        raise NotFound("There is no such account")
    return found


def account_by_email(email: str) -> Account | None:
    """Returns the account with this email address, in whatever case it is typed."""
    return db.session.scalar(sa.select(Account).where(Account.email == email.strip().lower()))


def account_of_person(person_id: uuid.UUID) -> Account | None:
    """Returns a person's account, if the person has one."""
    return db.session.scalar(sa.select(Account).where(Account.person_id == person_id))


def credentials_of(email: str) -> Credentials | None:
    """Returns what a password is checked against; None where nobody can sign in with this email address."""
    has_password = Account.password_hash != ""
    wanted = sa.select(Account.id, Account.password_hash).where(
        Account.email == email, ~Account.is_disabled, has_password
    )
    row = db.session.execute(wanted).one_or_none()
    return None if row is None else Credentials(row.id, row.password_hash)


def actor_for(account: Account | None, on: date) -> Actor:
    """Returns the actor that an account stands for on a day, with the roles that its person holds then; NOBODY
    without an account, or where it is disabled."""
    if account is None or account.is_disabled:
        return NOBODY
    person = table_above("person")
    held = sa.and_(RoleGrant.person_id == person.c.id, _holds_on(on))
    rows = db.session.execute(
        sa.select(person.c.name, RoleGrant.role, RoleGrant.body_id, RoleGrant.committee_id)
        .select_from(person.outerjoin(RoleGrant, held))
        .where(person.c.id == account.person_id)
        .order_by(RoleGrant.role, RoleGrant.id)
    ).all()
    grants = tuple(Grant(row.role, row.body_id, row.committee_id) for row in rows if row.role is not None)
    name = rows[0].name if rows else account.email
    return Actor(name=name, account_id=account.id, person_id=account.person_id, grants=grants)


def bodies_of(actor: Actor) -> Sequence[BodyLink]:
    """Returns the bodies at which an actor has a role, by name; all of them for an administrator of the
    installation."""
    body = table_above("body")
    wanted = sa.select(body.c.slug, body.c.name).order_by(body.c.name, body.c.slug)
    places = {grant.body_id for grant in actor.grants}
    if None not in places:
        wanted = wanted.where(body.c.id.in_(places))
    return [BodyLink(row.slug, row.name) for row in db.session.execute(wanted)]


def all_bodies() -> Sequence[BodyLink]:
    """Returns every body, by name: whose public registers anybody may read."""
    body = table_above("body")
    wanted = sa.select(body.c.slug, body.c.name).order_by(body.c.name, body.c.slug)
    return [BodyLink(row.slug, row.name) for row in db.session.execute(wanted)]


def roles_of(person_id: uuid.UUID, on: date) -> Sequence[HeldRole]:
    """Returns the roles that a person holds on a day, as the person reads them."""
    body, committee = table_above("body"), table_above("committee")
    rows = db.session.execute(
        sa.select(RoleGrant.role, body.c.name, committee.c.name, RoleGrant.valid_from, RoleGrant.valid_to)
        .outerjoin(body, body.c.id == RoleGrant.body_id)
        .outerjoin(committee, committee.c.id == RoleGrant.committee_id)
        .where(RoleGrant.person_id == person_id, _holds_on(on))
        .order_by(body.c.name, RoleGrant.role, RoleGrant.id)
    )
    return [HeldRole(role, body_name or "", name or "", since, until) for role, body_name, name, since, until in rows]


def role_grant(grant_id: uuid.UUID) -> RoleGrant:
    """Returns a role that was given. Raises NotFound."""
    found = db.session.get(RoleGrant, grant_id)
    if found is None:
        raise NotFound("There is no such role")
    return found


def other_administrators(grant: RoleGrant, on: date) -> int:
    """Returns how many other people who can sign in are administrators of the same place, or of the installation, on
    the day after `on`, and for as long as `grant` would have lasted."""
    ends = RoleGrant.valid_to.is_(None)
    if grant.valid_to is not None:
        ends = sa.or_(ends, RoleGrant.valid_to >= grant.valid_to)
    lasting = sa.and_(_holds_on(on + timedelta(days=1)), ends)
    place = RoleGrant.body_id.is_(None)
    if grant.body_id is not None:
        place = sa.or_(place, RoleGrant.body_id == grant.body_id)
    enabled = sa.select(Account.person_id).where(~Account.is_disabled, Account.password_hash != "")
    wanted = sa.select(sa.func.count(sa.distinct(RoleGrant.person_id))).where(
        RoleGrant.role == Role.ADMINISTRATOR, lasting, place,
        RoleGrant.person_id != grant.person_id, RoleGrant.person_id.in_(enabled),
    )  # fmt: skip
    return db.session.scalar(wanted) or 0


def roles_not_over(person_id: uuid.UUID, on: date) -> Sequence[RoleGrant]:
    """Returns the roles that a person holds on a day or will hold later."""
    wanted = sa.select(RoleGrant).where(RoleGrant.person_id == person_id)
    lasting = sa.or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= on)
    begins = sa.or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= RoleGrant.valid_from)
    return db.session.scalars(wanted.where(lasting, begins).order_by(RoleGrant.valid_from, RoleGrant.id)).all()


def needed_until(grant: RoleGrant, on: date) -> str | None:
    """Returns why a role cannot end before a day, as a room above says; None where it can."""
    is_needed: Callable[[RoleGrant, date], str | None] = current_app.extensions[NEEDED]
    return is_needed(grant, on)


def holds_role(person_id: uuid.UUID, role: Role, body_id: uuid.UUID, committee_id: uuid.UUID | None, on: date) -> bool:
    """Whether a person holds a role at a body on a day, for the committee or, with None, for the whole body."""
    held = sa.select(RoleGrant.id).where(
        RoleGrant.person_id == person_id, RoleGrant.role == role, RoleGrant.body_id == body_id,
        RoleGrant.committee_id == committee_id if committee_id else RoleGrant.committee_id.is_(None), _holds_on(on),
    )  # fmt: skip
    return db.session.scalar(sa.select(held.exists())) or False


def roles_ended(person_id: uuid.UUID, body_id: uuid.UUID, on: date) -> list[tuple[Role, uuid.UUID | None]]:
    """Returns the roles at a body that a person held until some day before `on`, each with its committee (None: the whole body)."""
    ended = sa.select(RoleGrant.role, RoleGrant.committee_id).where(
        RoleGrant.person_id == person_id, RoleGrant.body_id == body_id, RoleGrant.valid_to < on
    )
    return [
        (row.role, row.committee_id)
        for row in db.session.execute(ended.distinct().order_by(RoleGrant.role, RoleGrant.committee_id))
    ]


def last_day_at(person_id: uuid.UUID, body_id: uuid.UUID) -> date | None:
    """Returns the last day of a person's posts at a body; None where one has no end, or they never held any."""
    post = table_above("appointment").c
    ends = db.session.scalars(
        sa.select(post.valid_to).where(post.person_id == person_id, post.body_id == body_id, post.replaced_at.is_(None))
    ).all()
    return None if None in ends else max((each for each in ends if each is not None), default=None)


def words_of_person(person_id: uuid.UUID) -> str:
    """Returns a person's name, for example so that a password does not hold it."""
    person = table_above("person")
    return db.session.scalar(sa.select(person.c.name).where(person.c.id == person_id)) or ""


def failures(email: str, address: str, at: datetime) -> tuple[list[datetime], list[datetime]]:
    """Returns when passwords were wrong lately from an address: for this email, and for any."""
    recent = sa.select(LoginAttempt.email_hash, LoginAttempt.at).where(
        LoginAttempt.address == address, LoginAttempt.at > at - WINDOW
    )
    rows = db.session.execute(recent.order_by(LoginAttempt.at)).all()
    mark = email_hash(email)
    return [row.at for row in rows if row.email_hash == mark], [row.at for row in rows]


def email_hash(email: str) -> str:
    """Returns how an email address stands in the list of failures."""
    return hashlib.sha256(email.encode()).hexdigest()


def _holds_on(on: date) -> sa.ColumnElement[bool]:
    return sa.and_(RoleGrant.valid_from <= on, sa.or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= on))
