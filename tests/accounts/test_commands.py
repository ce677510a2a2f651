"""Commands of accounts: what they change, what they refuse, what the ledger hears of it."""

import threading
import uuid
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.accounts import commands, passwords, queries
from coi.accounts.models import Account, LoginAttempt, RoleGrant, ServerSession
from coi.accounts.vocabulary import AccountDetails, PasswordChange, RoleDetails, TooManyAttempts
from coi.audit.models import LedgerLeaf
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations.models import Body
from coi.permissions.vocabulary import Actor, Grant, Role
from tests.factories import accounts
from tests.support.client import PASSWORD
from tests.support.rows import a_body, a_person

AT = datetime(2026, 11, 10, 12, tzinfo=UTC)
TODAY = date(2026, 11, 10)
NEW = "eleven lamps upon a hill"


def events() -> list[str]:
    """What the ledger says happened, in order."""
    leaves = db.session.scalars(sa.select(LedgerLeaf).order_by(LedgerLeaf.seq))
    return [event for leaf in leaves for event in Event if f'"{event}"'.encode() in leaf.entry]


def as_(account: Account) -> Actor:
    return queries.actor_for(account, TODAY)


def test_an_account_is_made_with_its_email_in_lower_case_and_no_password_in_clear(app: Flask) -> None:
    account = accounts.account(a_person().id, " Ann@Example.NHS.uk ")
    db.session.commit()
    assert account.email == "ann@example.nhs.uk"
    assert PASSWORD not in account.password_hash
    assert account.password_hash.startswith("$argon2id$")
    assert passwords.matches(account.password_hash, PASSWORD)
    assert events()[-1] == Event.ACCOUNT_CREATED


def test_the_hash_of_a_password_is_not_in_the_ledger(ann: Account) -> None:
    kept = db.session.execute(sa.text("SELECT body FROM ledger_payload")).scalars().all()
    assert not any(b"argon2" in bytes(body) for body in kept)


@pytest.mark.parametrize(
    ("email", "is_same_person", "password", "field"),
    [
        ("ANN@example.nhs.uk", False, PASSWORD, "email"),
        ("new@example.nhs.uk", True, PASSWORD, "person_id"),
        ("new@example.nhs.uk", False, "password1234", "password"),
        ("new@example.nhs.uk", False, "Benjamin Benjamin 1", "password"),
    ],
)
def test_an_account_that_is_refused_leaves_nothing(
    ann: Account, email: str, is_same_person: bool, password: str, field: str
) -> None:
    person_id = ann.person_id if is_same_person else a_person("Benjamin Other").id
    with pytest.raises(RuleBroken) as broken:
        commands.create_account(AccountDetails(email, person_id, password), actor=accounts.SYSTEM, at=AT)
    assert broken.value.field == field
    assert db.session.scalar(sa.select(sa.func.count(Account.id))) == 1


def test_only_an_administrator_makes_accounts(ann: Account) -> None:
    details = AccountDetails("new@example.nhs.uk", a_person("Benjamin Other").id, PASSWORD)
    with pytest.raises(RuleBroken, match="Only an administrator"):
        commands.create_account(details, actor=as_(ann), at=AT)


def test_a_new_password_needs_the_present_one(ann: Account) -> None:
    with pytest.raises(RuleBroken) as broken:
        commands.change_password(ann, PasswordChange("not the present one", NEW), actor=as_(ann), at=AT)
    assert broken.value.field == "current"
    assert passwords.matches(ann.password_hash, PASSWORD)


def test_a_new_password_ends_every_other_session(ann: Account) -> None:
    for name in ("here", "there"):
        db.session.add(ServerSession(token_hash=name, account_id=ann.id, data={}, created_at=AT, seen_at=AT))
    commands.change_password(ann, PasswordChange(PASSWORD, NEW), actor=as_(ann), at=AT, keep_session="here")
    db.session.commit()
    assert passwords.matches(ann.password_hash, NEW)
    assert db.session.scalars(sa.select(ServerSession.token_hash)).all() == ["here"]
    assert events()[-1] == Event.ACCOUNT_PASSWORD_CHANGED


def test_nobody_changes_the_password_of_somebody_else(ann: Account, admin: Account) -> None:
    with pytest.raises(RuleBroken):
        commands.change_password(ann, PasswordChange(PASSWORD, NEW), actor=as_(admin), at=AT)


def test_a_disabled_account_is_nobody_and_its_sessions_end(ann: Account, admin: Account) -> None:
    db.session.add(ServerSession(token_hash="x", account_id=ann.id, data={}, created_at=AT, seen_at=AT))
    commands.disable_account(ann, actor=as_(admin), at=AT)
    db.session.commit()
    assert not as_(ann).is_signed_in
    assert queries.credentials_of(ann.email) is None
    assert db.session.scalars(sa.select(ServerSession)).all() == []
    assert events()[-1] == Event.ACCOUNT_DISABLED


def test_an_administrator_does_not_disable_the_own_account(admin: Account) -> None:
    with pytest.raises(RuleBroken, match="your own account"):
        commands.disable_account(admin, actor=as_(admin), at=AT)


def test_a_role_counts_from_its_first_day_to_its_last(ann: Account, body: Body, admin: Account) -> None:
    details = RoleDetails(ann.person_id, Role.CHAIR, body.id, date(2026, 11, 1), valid_to=date(2026, 11, 30))
    commands.grant_role(details, actor=as_(admin), at=AT)
    db.session.commit()
    held = [
        Grant(Role.CHAIR, body.id) in queries.actor_for(ann, date(2026, month, day)).grants
        for month, day in ((10, 31), (11, 1), (11, 30), (12, 1))
    ]
    assert held == [False, True, True, False]
    assert events()[-1] == Event.ROLE_GRANTED


def test_a_role_ends_on_its_last_day(ann: Account, body: Body, admin: Account) -> None:
    (grant,) = db.session.scalars(sa.select(RoleGrant).where(RoleGrant.person_id == ann.person_id))
    commands.end_role(grant, TODAY, actor=as_(admin), at=AT)
    db.session.commit()
    assert queries.actor_for(ann, TODAY).grants == (Grant(Role.DECLARANT, body.id),)
    assert queries.actor_for(ann, date(2026, 11, 11)).grants == ()
    assert events()[-1] == Event.ROLE_ENDED


def test_an_administrator_of_one_body_gives_no_role_at_another(ann: Account, body: Body) -> None:
    accounts.role(ann.person_id, Role.ADMINISTRATOR, body.id)
    other = a_body("southmoor", "NHS Southmoor ICB")
    details = RoleDetails(a_person("Ben Other").id, Role.SECRETARY, other.id, TODAY)
    with pytest.raises(RuleBroken, match="Only an administrator"):
        commands.grant_role(details, actor=as_(ann), at=AT)


def test_the_only_administrator_cannot_stop_being_one(admin: Account, ann: Account) -> None:
    (grant,) = db.session.scalars(sa.select(RoleGrant).where(RoleGrant.person_id == admin.person_id))
    with pytest.raises(RuleBroken, match="only administrator"):
        commands.end_role(grant, TODAY, actor=as_(admin), at=AT)
    accounts.role(ann.person_id, Role.ADMINISTRATOR, None)
    commands.end_role(grant, TODAY, actor=as_(admin), at=AT)


def test_an_administrator_who_cannot_sign_in_does_not_count_as_another(admin: Account, ann: Account) -> None:
    accounts.role(ann.person_id, Role.ADMINISTRATOR, None)
    commands.disable_account(ann, actor=as_(admin), at=AT)
    (grant,) = db.session.scalars(sa.select(RoleGrant).where(RoleGrant.person_id == admin.person_id))
    with pytest.raises(RuleBroken, match="only administrator"):
        commands.end_role(grant, TODAY, actor=as_(admin), at=AT)


def test_wrong_passwords_from_one_place_do_not_lock_out_another(app: Flask) -> None:
    for _ in range(5):
        commands.note_attempt("ann@example.nhs.uk", "192.0.2.1", succeeded=False, at=AT)
    with pytest.raises(TooManyAttempts) as many:
        commands.check_throttle("ann@example.nhs.uk", "192.0.2.1", at=AT)
    assert 0 < many.value.wait <= 901
    commands.check_throttle("ann@example.nhs.uk", "192.0.2.2", at=AT)
    commands.check_throttle("ben@example.nhs.uk", "192.0.2.1", at=AT)


def test_a_right_password_forgets_the_wrong_ones(app: Flask) -> None:
    for succeeded in (False, False, True):
        commands.note_attempt("ann@example.nhs.uk", "192.0.2.1", succeeded=succeeded, at=AT)
    assert db.session.scalars(sa.select(LoginAttempt)).all() == []


def test_what_somebody_typed_into_the_wrong_box_is_not_kept(app: Flask) -> None:
    commands.note_attempt("my secret password", "192.0.2.1", succeeded=False, at=AT)
    (attempt,) = db.session.scalars(sa.select(LoginAttempt))
    assert "secret" not in attempt.email_hash


def test_a_password_for_nobody_is_never_right(app: Flask) -> None:
    assert not passwords.matches(None, "nobody has this password")


def test_two_administrators_who_end_each_others_roles_at_once_do_not_both_succeed(app: Flask) -> None:
    """On SQLite, whose writers queue from the start, one after the other."""
    body = a_body()
    keepers = [
        accounts.account_with(a_person(name).id, f"{name}@example.org", [Role.ADMINISTRATOR], body.id)
        for name in ("ann", "bob")
    ]
    actors = [as_(each) for each in keepers]
    grants = [queries.roles_not_over(each.person_id, TODAY)[0].id for each in keepers]
    waits = db.engine.dialect.name == "postgresql"
    db.session.commit()
    refused: list[str] = []
    ready = threading.Barrier(2)

    def end(grant_id: uuid.UUID, actor: Actor) -> None:
        with app.app_context():
            try:
                grant = queries.role_grant(grant_id)
                if waits:
                    ready.wait(10)
                commands.end_role(grant, None, actor=actor, at=AT)
                db.session.commit()
            except RuleBroken as broken:
                refused.append(broken.reason)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=end, args=each) for each in zip(reversed(grants), actors, strict=True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(refused) == 1 and "only administrator" in refused[0]
