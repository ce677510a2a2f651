"""Writing accounts: make, disable, change the password, give and end roles, count wrong passwords."""

import uuid
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from coi import clock
from coi.accounts import passwords, queries, rules, sessions
from coi.accounts.guardians import check_guardian
from coi.accounts.models import Account, LoginAttempt, RoleGrant, SetPasswordLink
from coi.accounts.vocabulary import AccountDetails, PasswordChange, RoleDetails, TooManyAttempts
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission, Role

KEPT_ATTEMPTS = timedelta(days=1)


def create_account(details: AccountDetails, *, actor: Actor, at: datetime) -> Account:
    """Makes an account for a person. Raises RuleBroken where the email or the person has one, or the password is
    refused."""
    email = details.email.strip().lower()
    if not any(allows(actor, Permission.ACCOUNTS_ACCOUNT_MANAGE, grant.body_id) for grant in actor.grants):
        raise RuleBroken("Only an administrator can make accounts", rule="SEC-ROLE")
    check_is_new(email, details.person_id)
    check_password(details.password, email, details.person_id, "password")
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
    check_password(details.new, account.email, account.person_id, "new")
    account.password_hash = passwords.hashed(details.new)
    sessions.end_all(account.id, keep=keep_session)
    log.record(Event.ACCOUNT_PASSWORD_CHANGED, subject=account, actor=actor, at=at)
    return account


def renew_hash(account: Account, renewed: str, *, actor: Actor, at: datetime) -> Account:
    """Keeps the same password as a hash at today's cost, when its owner has just signed in with it: only then is it known.
    Nothing else changes, and every session goes on. Rule: SEC-PW; SECURITY §2.5."""
    account.password_hash = renewed
    log.record(Event.ACCOUNT_PASSWORD_REHASHED, subject=account, actor=actor, at=at)
    return account


def disable_account(account: Account, *, actor: Actor, at: datetime, body_id: uuid.UUID | None = None) -> Account:
    """Lets nobody sign in with an account any more, ends its sessions at once and the links to set its password.
    `body_id` is where it is done, None for the installation. Raises RuleBroken for one's own, for one whose owner has
    roles elsewhere, and for the last administrator's. Rule: SEC-ROLE."""
    check_care(account.person_id, body_id, actor=actor, at=at)
    log.lock(db.session.connection())  # who else can look after accounts is counted below, and stays so
    if actor.account_id == account.id:
        raise RuleBroken("You cannot disable your own account. Ask another administrator", rule="SEC-ROLE")
    today = clock.local(at).date()
    for grant in queries.roles_not_over(account.person_id, today):
        others = queries.other_administrators(grant, today - timedelta(days=1))
        if grant.role is Role.ADMINISTRATOR and others == 0:
            raise RuleBroken(rules.LAST_ADMINISTRATOR, rule="SEC-ROLE")
    account.is_disabled = True
    sessions.end_all(account.id)
    db.session.execute(sa.delete(SetPasswordLink).where(SetPasswordLink.account_id == account.id))
    log.record(Event.ACCOUNT_DISABLED, subject=account, actor=actor, at=at, body_id=body_id)
    return account


def enable_account(account: Account, *, actor: Actor, at: datetime, body_id: uuid.UUID | None = None) -> Account:
    """Lets the owner of an account sign in again, with the password of before. Raises RuleBroken where the actor may
    not. Rule: SEC-ROLE."""
    check_care(account.person_id, body_id, actor=actor, at=at)
    account.is_disabled = False
    log.record(Event.ACCOUNT_ENABLED, subject=account, actor=actor, at=at, body_id=body_id)
    return account


def check_care(person_id: uuid.UUID, body_id: uuid.UUID | None, *, actor: Actor, at: datetime) -> None:
    """Raises RuleBroken where `actor` may not look after a person's account. Rule: SEC-ROLE."""
    held = queries.roles_not_over(person_id, clock.local(at).date())
    refusal = rules.care_refusal(actor, body_id, {grant.body_id for grant in held})
    if refusal:
        raise RuleBroken(refusal, rule="SEC-ROLE")


def grant_role(details: RoleDetails, *, actor: Actor, at: datetime) -> RoleGrant:
    """Gives a person a role. Raises RuleBroken where the actor may not, the dates are the wrong way round, or something speaks against it
    and nobody says why it is right. Rule: SEC-ROLE."""
    refusal = rules.role_refusal(details, actor)
    if refusal:
        raise RuleBroken(refusal, rule="SEC-ROLE")
    check_guardian(details.role, details.person_id, details.because, at)
    grant = RoleGrant(
        person_id=details.person_id,
        role=details.role,
        body_id=details.body_id,
        committee_id=details.committee_id,
        valid_from=details.valid_from,
        valid_to=details.valid_to,
    )
    db.session.add(grant)
    note = {"because": details.because} if details.because else None
    log.record(Event.ROLE_GRANTED, subject=grant, actor=actor, at=at, body_id=details.body_id, note=note)
    return grant


def end_role(grant: RoleGrant, on: date | None, *, actor: Actor, at: datetime) -> RoleGrant:
    """Ends a role: `on` is the last day that it holds; None ends it at once. Raises RuleBroken where the actor may not,
    or it is the last administrator's."""
    at_once = on is None
    on = on or rules.last_day_if_ended_at_once(grant.valid_from, clock.local(at).date())
    if not allows(actor, Permission.ACCOUNTS_ACCOUNT_MANAGE, grant.body_id):
        raise RuleBroken("Only an administrator of the organisation can end roles in it", rule="SEC-ROLE")
    log.lock(db.session.connection())  # two administrators who end each other's roles: one of them stays
    others = queries.other_administrators(grant, on)
    refusal = rules.end_refusal(
        grant.role, starts=grant.valid_from, ends=on, other_administrators=others, at_once=at_once
    ) or queries.needed_until(grant, on + timedelta(days=1))
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


def check_is_new(email: str, person_id: uuid.UUID) -> None:
    """Raises RuleBroken where the email address or the person has an account."""
    if queries.account_by_email(email) is not None:
        raise RuleBroken("There is an account with this email address already", field="email")
    if queries.account_of_person(person_id) is not None:
        raise RuleBroken("This person has an account already", field="person_id")


def check_password(password: str, email: str, person_id: uuid.UUID, field: str) -> None:
    """Raises RuleBroken, beside `field`, where a password cannot be used. Rule: SEC-PW."""
    refusal = rules.password_refusal(password, (email, queries.words_of_person(person_id)))
    if refusal:
        raise RuleBroken(refusal, field=field, rule="SEC-PW")
