"""Links to set a password: a new account, a forgotten password, and what a link cannot be used for."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi import clock
from coi.accounts import commands, link_commands, passwords, queries
from coi.accounts.models import Account, SetPasswordLink
from coi.accounts.vocabulary import InvitationDetails, IssuedLink
from coi.audit.models import LedgerLeaf
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.notifications.models import OutboxMessage
from coi.organisations.models import Body
from coi.permissions.vocabulary import Role
from tests.factories import accounts
from tests.support.client import PASSWORD, StrictClient
from tests.support.rows import a_body, a_person

SITE = "https://coi.example"
NEW = "eleven lamps upon a hill"
GONE = "This link does not work any more"
ADMINISTRATOR = accounts.SYSTEM


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch):
    """Moves the clock forward."""
    real = clock.now

    def move(by: timedelta) -> None:
        monkeypatch.setattr(clock, "now", lambda: real() + by)

    return move


def invited(body: Body, name: str = "Ben Other", email: str = "ben@example.nhs.uk") -> IssuedLink:
    """A link to a new account of a declarant."""
    details = InvitationDetails(email, a_person(name).id)
    accounts.role(details.person_id, Role.DECLARANT, body.id)
    link = link_commands.open_account(details, body_id=body.id, site=SITE, actor=ADMINISTRATOR, at=clock.now())
    db.session.commit()
    return link


def path_of(link: IssuedLink) -> str:
    return link.url.removeprefix(SITE)


def mails() -> list[OutboxMessage]:
    return list(db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.created_at)))


def last_event() -> str:
    leaf = db.session.scalars(sa.select(LedgerLeaf).order_by(LedgerLeaf.seq.desc()).limit(1)).one()
    return leaf.entry.decode()


def test_a_new_account_has_no_password_and_its_owner_gets_one_mail_with_the_link(body: Body) -> None:
    link = invited(body)
    account = queries.account_by_email("ben@example.nhs.uk")
    (mail,) = mails()
    assert account is not None
    assert not account.has_password
    assert (mail.to_address, link.url in mail.text, body.name in mail.text) == (account.email, True, True)
    assert link.expires_at - clock.now() > timedelta(days=6, hours=23)
    assert Event.ACCOUNT_CREATED in last_event()


@pytest.mark.parametrize("password", ["", "nobody has this password", PASSWORD])
def test_nobody_signs_in_to_an_account_without_a_password(client: StrictClient, body: Body, password: str) -> None:
    invited(body)
    assert client.post("/sign-in", {"email": "ben@example.nhs.uk", "password": password}).status_code == 422
    assert queries.credentials_of("ben@example.nhs.uk") is None
    assert not passwords.matches("", password)


def test_the_database_holds_the_hash_of_the_token_alone_and_the_ledger_nothing_of_it(body: Body) -> None:
    token = path_of(invited(body)).removeprefix("/set-password/")
    kept = db.session.scalars(sa.select(SetPasswordLink)).one()
    assert len(token) >= 43
    assert token not in kept.token_hash
    bodies = db.session.execute(sa.text("SELECT body FROM ledger_payload")).scalars().all()
    assert not any(token.encode() in bytes(each) for each in bodies)


def test_opening_a_link_uses_nothing_up_and_setting_a_password_signs_in(client: StrictClient, body: Body) -> None:
    path = path_of(invited(body))
    for _ in range(3):
        page = client.get(path)
        assert (page.heading, page.headers["Cache-Control"]) == ("Set your password", "no-store")
    page = client.post(path, {"new": NEW})
    assert page.notices == ["Your password was set. You are signed in"]
    assert client.get("/account").summary()["Email address"] == "ben@example.nhs.uk"
    assert Event.ACCOUNT_PASSWORD_CHANGED in last_event()
    assert '"link"' in last_event()


def test_a_link_works_once(app: Flask, client: StrictClient, body: Body) -> None:
    path = path_of(invited(body))
    client.post(path, {"new": NEW})
    stranger = StrictClient(app)
    for page in (stranger.get(path), stranger.post(path, {"new": "somebody else was here"})):
        assert (page.status_code, page.heading) == (410, GONE)
    assert StrictClient(app).as_("ben@example.nhs.uk", NEW)


def test_a_password_that_is_refused_does_not_use_the_link_up(client: StrictClient, body: Body) -> None:
    path = path_of(invited(body))
    assert client.post(path, {}).error_for("New password") == "Enter a new password"
    page = client.post(path, {"new": "password1234"})
    assert "too easy to guess" in (page.error_for("New password") or "")
    assert client.post(path, {"new": NEW}).notices


def test_after_seven_days_a_link_is_gone_and_looks_like_one_that_never_was(
    client: StrictClient, body: Body, later
) -> None:
    path = path_of(invited(body))
    later(timedelta(days=6, hours=23))
    assert client.get(path).heading == "Set your password"
    later(timedelta(days=7, minutes=1))
    late, never = client.get(path), client.get("/set-password/never-issued")
    assert (late.status_code, late.text) == (never.status_code, never.text) == (410, late.text)
    assert late.heading == GONE


def test_a_set_password_ends_every_session_and_every_other_link(app: Flask, body: Body, ann: Account) -> None:
    elsewhere = StrictClient(app).as_(ann.email)
    link_commands.request_link(ann.email, site=SITE, at=clock.now())
    link_commands.request_link(ann.email, site=SITE, at=clock.now())
    db.session.commit()
    first, second = (re.search(r"/set-password/\S+", mail.text)[0] for mail in mails())  # type: ignore[index]
    StrictClient(app).post(first, {"new": NEW})
    assert elsewhere.get("/account").heading == "Sign in"
    assert StrictClient(app).get(second).heading == GONE


def test_the_link_of_a_disabled_account_is_gone(client: StrictClient, body: Body, admin: Account) -> None:
    path = path_of(invited(body))
    account = queries.account_by_email("ben@example.nhs.uk")
    commands.disable_account(account, actor=queries.actor_for(admin, clock.today()), at=clock.now())
    assert client.get(path).heading == GONE


def test_a_forgotten_password_gets_the_same_answer_whether_there_is_an_account_or_not(
    client: StrictClient, ann: Account
) -> None:
    answers = [client.post("/forgotten-password", {"email": each}) for each in (ann.email, "nobody@example.nhs.uk")]
    known, unknown = (page.text.replace(ann.email, "").replace("nobody@example.nhs.uk", "") for page in answers)
    assert known == unknown
    assert [page.status_code for page in answers] == [200, 200]
    assert [mail.to_address for mail in mails()] == [ann.email]
    path = re.search(r"/set-password/\S+", mails()[0].text)[0]  # type: ignore[index]
    assert client.post(path, {"new": NEW}).notices == ["Your password was set. You are signed in"]


def test_until_the_link_is_used_the_old_password_stays(client: StrictClient, ann: Account) -> None:
    client.post("/forgotten-password", {"email": ann.email})
    assert client.as_(ann.email, PASSWORD)


def test_whoever_asks_again_and_again_must_wait_and_can_still_sign_in(client: StrictClient, ann: Account) -> None:
    answers = [client.post("/forgotten-password", {"email": ann.email}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert len(mails()) == 3
    assert client.as_(ann.email)


def test_nobody_is_mailed_more_than_three_links_an_hour_from_wherever_they_are_asked_for(ann: Account, later) -> None:
    for _ in range(5):
        link_commands.request_link(ann.email, site=SITE, at=clock.now())
    assert len(mails()) == 3
    later(timedelta(hours=1, minutes=1))
    link_commands.request_link(ann.email, site=SITE, at=clock.now())
    assert len(mails()) == 4


def test_a_disabled_account_is_mailed_nothing(ann: Account, admin: Account) -> None:
    commands.disable_account(ann, actor=queries.actor_for(admin, clock.today()), at=clock.now())
    link_commands.request_link(ann.email, site=SITE, at=clock.now())
    db.session.commit()
    assert mails() == []


def test_the_link_of_an_account_in_use_is_mailed_and_never_shown_to_the_administrator(
    ann: Account, body: Body, admin: Account
) -> None:
    actor = queries.actor_for(admin, clock.today())
    link = link_commands.issue_link(ann, body_id=body.id, site=SITE, actor=actor, at=clock.now())
    db.session.commit()
    assert link.url == ""
    assert "/set-password/" in mails()[0].text
    assert Event.ACCOUNT_LINK_ISSUED in last_event()


def test_an_administrator_of_one_body_does_not_get_into_accounts_with_roles_elsewhere(ann: Account, body: Body) -> None:
    keeper = accounts.account_with(a_person("Kit Keeper").id, "kit@example.nhs.uk", [Role.ADMINISTRATOR], body.id)
    chief = a_person("Cleo Chief")
    accounts.role(chief.id, Role.ADMINISTRATOR, None)
    accounts.role(ann.person_id, Role.CHAIR, a_body("southmoor", "NHS Southmoor ICB").id)
    db.session.commit()
    actor, at = queries.actor_for(keeper, clock.today()), clock.now()
    details = InvitationDetails("cleo@example.nhs.uk", chief.id)
    with pytest.raises(RuleBroken, match="another organisation"):
        link_commands.open_account(details, body_id=body.id, site=SITE, actor=actor, at=at)
    with pytest.raises(RuleBroken, match="another organisation"):
        link_commands.issue_link(ann, body_id=body.id, site=SITE, actor=actor, at=at)
    with pytest.raises(RuleBroken, match="another organisation"):
        commands.disable_account(ann, actor=actor, at=at, body_id=body.id)
    assert mails() == []


def test_a_token_that_was_never_issued_opens_nothing(app: Flask) -> None:
    with pytest.raises(NotFound):
        link_commands.set_password("never-issued", NEW, at=clock.now())
