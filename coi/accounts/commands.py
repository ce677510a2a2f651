"""Writing accounts: make, disable, change the password, give and end roles, count wrong passwords."""

import uuid
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from coi.accounts import passwords, queries, rules, sessions
from coi.accounts.models import Account, LoginAttempt, RoleGrant
from coi.accounts.vocabulary import AccountDetails, PasswordChange, RoleDetails, TooManyAttempts
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission

KEPT_ATTEMPTS = timedelta(days=1)


def create_account(details: AccountDetails, *, actor: Actor, at: datetime) -> Account:
    """Makes an account for a person. Raises RuleBroken where the email or the person has one, or the password is
    refused."""
    email = details.email.strip().lower()
    if not any(allows(actor, Permission.ACCOUNTS_ACCOUNT_MANAGE, grant.body_id) for grant in actor.grants):
        raise RuleBroken("Only an administrator can make accounts", rule="SEC-ROLE")
    if queries.account_by_email(email) is not None:
        raise RuleBroken("There is an account with this email address already", field="email")
    if queries.account_of_person(details.person_id) is not None:
        raise RuleBroken("This person has an account already", field="person_id")
    _check_password(details.password, email, details.person_id, "password")
    account = Account(
        email=email,
        person_id=details.person_id,
        password_hash=passwords.hashed(details.password),
        is_disabled=False,
        created_at=at,
    )
    db.session.add(account)
    log.record(Event.ACCOUNT_CREATED, subject=account, actor=actor, at=at)
    return account


def change_password(
    account: Account, details: PasswordChange, *, actor: Actor, at: datetime, keep_session: str | None = None
) -> Account:
    """Gives an account a new password and ends its sessions, all but `keep_session` (a token's hash). Raises
    RuleBroken where the present password is wrong or the new one is refused. Rule: SEC-PW; SECURITY §2.5."""
    if actor.account_id != account.id:
        raise RuleBroken("Only the owner of an account can change its password")
    if not passwords.matches(account.password_hash, details.current):
        raise RuleBroken("The password is not correct", field="current", rule="SEC-PW")
    _check_password(details.new, account.email, account.person_id, "new")
    account.password_hash = passwords.hashed(details.new)
    sessions.end_all(account.id, keep=keep_session)
    log.record(Event.ACCOUNT_PASSWORD_CHANGED, subject=account, actor=actor, at=at)
    return account


def disable_account(account: Account, *, actor: Actor, at: datetime) -> Account:
    """Lets nobody sign in with an account any more, and ends its sessions at once. Raises RuleBroken for one's own."""
    if not allows(actor, Permission.ACCOUNTS_ACCOUNT_MANAGE, None):
        raise RuleBroken("Only an administrator of the installation can disable accounts", rule="SEC-ROLE")
    if actor.account_id == account.id:
        raise RuleBroken("You cannot disable your own account. Ask another administrator", rule="SEC-ROLE")
    account.is_disabled = True
    sessions.end_all(account.id)
    log.record(Event.ACCOUNT_DISABLED, subject=account, actor=actor, at=at)
    return account


def grant_role(details: RoleDetails, *, actor: Actor, at: datetime) -> RoleGrant:
    """Gives a person a role. Raises RuleBroken where the actor may not, or the dates are the wrong way round. Rule:
    SEC-ROLE."""
    refusal = rules.role_refusal(details, actor)
    if refusal:
        raise RuleBroken(refusal, rule="SEC-ROLE")
    grant = RoleGrant(
        person_id=details.person_id,
        role=details.role,
        body_id=details.body_id,
        committee_id=details.committee_id,
        valid_from=details.valid_from,
        valid_to=details.valid_to,
    )
    db.session.add(grant)
    log.record(Event.ROLE_GRANTED, subject=grant, actor=actor, at=at, body_id=details.body_id)
    return grant


def end_role(grant: RoleGrant, on: date, *, actor: Actor, at: datetime) -> RoleGrant:
    """Ends a role: `on` is the last day that it holds. Raises RuleBroken where the actor may not, or it is the last
    administrator's."""
    if not allows(actor, Permission.ACCOUNTS_ACCOUNT_MANAGE, grant.body_id):
        raise RuleBroken("Only an administrator of the organisation can end roles in it", rule="SEC-ROLE")
    others = queries.other_administrators(grant, on)
    refusal = rules.end_refusal(grant.role, starts=grant.valid_from, ends=on, other_administrators=others)
    if refusal:
        raise RuleBroken(refusal, field="valid_to", rule="SEC-ROLE")
    grant.valid_to = on
    log.record(Event.ROLE_ENDED, subject=grant, actor=actor, at=at, body_id=grant.body_id)
    return grant


def check_throttle(email: str, address: str, *, at: datetime) -> None:
    """Raises TooManyAttempts where too many passwords were wrong lately. Rule: SEC-THROTTLE; SECURITY §2.5."""
    pair, all_failures = queries.failures(email, address, at)
    wait = rules.seconds_to_wait(pair, all_failures, at)
    if wait:
        raise TooManyAttempts(wait)


def note_attempt(email: str, address: str, *, succeeded: bool, at: datetime) -> None:
    """Remembers a wrong password for a day, or forgets the failures that a right one makes good. Operational: not in
    the ledger."""
    mark = queries.email_hash(email)
    if succeeded:
        same = sa.and_(LoginAttempt.email_hash == mark, LoginAttempt.address == address)
        db.session.execute(sa.delete(LoginAttempt).where(same))
        return
    db.session.execute(sa.delete(LoginAttempt).where(LoginAttempt.at < at - KEPT_ATTEMPTS))
    db.session.add(LoginAttempt(email_hash=mark, address=address, at=at))


def _check_password(password: str, email: str, person_id: uuid.UUID, field: str) -> None:
    refusal = rules.password_refusal(password, (email, queries.words_of_person(person_id)))
    if refusal:
        raise RuleBroken(refusal, field=field, rule="SEC-PW")
