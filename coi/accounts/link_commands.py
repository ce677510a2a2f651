"""Writing links with which people set their own passwords: new accounts, forgotten passwords, and setting one."""

import secrets
import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa

from coi.accounts import commands, link_queries, passwords, queries, rules, sessions
from coi.accounts.models import Account, SetPasswordLink
from coi.accounts.vocabulary import InvitationDetails, IssuedLink
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.notifications.commands import forget_secrets, queue_message
from coi.permissions.vocabulary import Actor
from coi.wording import moment

PATH = "/set-password/"
_KEPT = timedelta(days=1)
_NEW = """An account was made for you in coi, where {place} keeps its register of interests.

Set your password here:
{url}

The link works once, until {until}.
If you did not expect this mail, tell the person who looks after accounts at your organisation."""
_AGAIN = """Somebody asked for a new password for your account in coi.

Set it here:
{url}

The link works once, until {until}. Until you use it, your old password stays.
If it was not you, you do not need to do anything."""


def open_account(
    details: InvitationDetails, *, body_id: uuid.UUID, site: str, actor: Actor, at: datetime
) -> IssuedLink:
    """Makes an account without a password for a person, and mails the link to set one. `site` is the address that links
    begin with. Returns the link, to be shown once. Raises RuleBroken where the email address or the person has an
    account, or the actor may not. Rule: SEC-PW; ASVS 6.4.1, 6.4.6."""
    email = details.email.strip().lower()
    commands.check_care(details.person_id, body_id, actor=actor, at=at)
    commands.check_is_new(email, details.person_id)
    account = Account(
        email=email, person_id=details.person_id, password_hash="", is_disabled=False, created_at=at
    )  # fmt: skip
    db.session.add(account)
    log.record(Event.ACCOUNT_CREATED, subject=account, actor=actor, at=at, body_id=body_id)
    return _issued(account, rules.INVITED_FOR, site=site, at=at, place=link_queries.name_of_body(body_id))


def issue_link(account: Account, *, body_id: uuid.UUID | None, site: str, actor: Actor, at: datetime) -> IssuedLink:
    """Mails a link to set a password to the owner of an account. It is shown to the administrator only where the
    account has no password yet: nobody sets the password of somebody who uses the account. The command line, which
    holds the database anyway, sees it always. Raises RuleBroken where the account is disabled, or the actor may not.
    Rule: SEC-PW; ASVS 6.4.6."""
    commands.check_care(account.person_id, body_id, actor=actor, at=at)
    if account.is_disabled:
        raise RuleBroken("This account is disabled. Let the person sign in again first")
    place = "" if account.has_password else link_queries.name_of_body(body_id)
    link = _issued(account, rules.INVITED_FOR, site=site, at=at, place=place)
    log.record(Event.ACCOUNT_LINK_ISSUED, subject=account, actor=actor, at=at, body_id=body_id)
    is_shown = actor.via == "cli" or not account.has_password
    return link if is_shown else IssuedLink(link.email, "", link.expires_at)


def request_link(email: str, *, site: str, at: datetime) -> None:
    """Mails a link to set a password, where there is an account with this email address that can be used, and not too
    many links were asked for lately. Says nothing of it: the answer is the same for everybody. Operational: not in the
    ledger. Rule: SEC-THROTTLE; ASVS 6.3.8."""
    account = queries.account_by_email(email)
    if account is None or account.is_disabled:
        return
    if link_queries.issued_since(account.id, at - rules.LINKS_WITHIN) < rules.MOST_LINKS:
        _issued(account, rules.FORGOTTEN_FOR, site=site, at=at)


def set_password(token: str, password: str, *, at: datetime) -> Account:
    """Sets the password of the account that a link is for. The link, and every other of the account, is used up, and its
    sessions end. Raises NotFound where the link was used, is too old or never was, RuleBroken where the password is
    refused; then the link can be used again. Rule: SEC-PW; ASVS 9.2.1, 6.4.1."""
    link = link_queries.link(token, at, locked=True)
    account = queries.account(link.account_id)
    commands.check_password(password, account.email, account.person_id, "new")
    account.password_hash = passwords.hashed(password)
    unused = sa.and_(SetPasswordLink.account_id == account.id, SetPasswordLink.used_at.is_(None))
    used_up = db.session.scalars(
        sa.update(SetPasswordLink).where(unused).values(used_at=at).returning(SetPasswordLink.id)
    )
    forget_secrets([f"set-password:{each}" for each in used_up])
    sessions.end_all(account.id)
    owner = Actor(
        queries.words_of_person(account.person_id), account_id=account.id, person_id=account.person_id, via="link"
    )
    log.record(Event.ACCOUNT_PASSWORD_CHANGED, subject=account, actor=owner, at=at)
    return account


def _issued(account: Account, lasts: timedelta, *, site: str, at: datetime, place: str = "") -> IssuedLink:
    """A new link, in the outbox for its owner. `place` names the body that made the account, empty where it is not new."""
    db.session.execute(sa.delete(SetPasswordLink).where(SetPasswordLink.expires_at < at - _KEPT))
    token = secrets.token_urlsafe(32)
    link = SetPasswordLink(
        id=uuid.uuid4(), token_hash=sessions.hash_of(token), account_id=account.id, issued_at=at, expires_at=at + lasts
    )
    db.session.add(link)
    db.session.flush()
    url = f"{site.rstrip('/')}{PATH}{token}"
    text = (_NEW if place else _AGAIN).format(place=place, url=url, until=moment(link.expires_at))
    subject = "Your account in coi" if place else "Set a new password in coi"
    key = f"set-password:{link.id}"
    queue_message(account.email, subject, text, at=at, unique_key=key, secret=url, secret_of=key)
    return IssuedLink(account.email, url, link.expires_at)
