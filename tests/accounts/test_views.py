"""Pages of accounts: sign in, sign out, your account; and sessions as the browser sees them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi import clock
from coi.accounts import commands, queries, sessions
from coi.accounts.models import Account, LoginAttempt, ServerSession
from coi.config import Config
from coi.database import db
from coi.organisations.models import Body
from coi.permissions.vocabulary import Role
from tests.factories import accounts
from tests.support.client import PASSWORD, StrictClient
from tests.support.rows import a_body, a_person

NEW = "eleven lamps upon a hill"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch):
    """Moves the clock forward."""
    real = clock.now

    def move(by: timedelta) -> None:
        monkeypatch.setattr(clock, "now", lambda: real() + by)

    return move


def token(client: StrictClient) -> str | None:
    """What the browser holds."""
    cookie = client._client.get_cookie("__Host-sid")
    return cookie.value if cookie else None


def test_signing_in_with_a_wrong_password_says_neither_which_part_was_wrong(client: StrictClient, ann: Account) -> None:
    answers = []
    for email in ("ann@example.nhs.uk", "nobody@example.nhs.uk"):
        page = client.post("/sign-in", {"email": email, "password": "not the right one"})
        answers.append(
            (page.status_code, page.errors, page.error_for("Email address"), page.value_of("Email address") == email)
        )
    assert (
        answers[0]
        == answers[1]
        == (422, ["Email address or password is not correct"], "Email address or password is not correct", True)
    )


def test_signing_in_asks_for_both(client: StrictClient) -> None:
    assert client.post("/sign-in", {}).errors == ["Enter your email address", "Enter your password"]


def test_the_cookie_is_for_this_site_alone_and_out_of_reach_of_scripts(client: StrictClient, ann: Account) -> None:
    page = client.get("/sign-in")
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-sid=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_signing_in_changes_the_token_so_that_nobody_can_plant_one(client: StrictClient, ann: Account) -> None:
    client.get("/sign-in")
    before = token(client)
    client.post("/sign-in", {"email": ann.email, "password": PASSWORD}, follow=False)
    after = token(client)
    assert before != after
    kept = db.session.scalars(sa.select(ServerSession.token_hash)).all()
    assert kept == [sessions.hash_of(after or "")]


def test_the_database_does_not_hold_the_token(client: StrictClient, ann: Account) -> None:
    client.as_(ann.email)
    row = db.session.execute(sa.select(ServerSession)).scalar_one()
    assert token(client) not in (row.token_hash, str(row.data))


def test_signing_out_ends_the_session_on_the_server_too(client: StrictClient, ann: Account) -> None:
    client.as_(ann.email).get("/account")
    stolen = token(client)
    page = client.post("/sign-out")
    assert (page.heading, page.notices) == ("Sign in", ["You have signed out"])
    client._client.set_cookie("__Host-sid", stolen or "")
    assert client.get("/account").heading == "Sign in"


def test_signing_out_needs_the_token_of_the_form(client: StrictClient, ann: Account) -> None:
    client.as_(ann.email)
    assert client.post("/sign-out", {"csrf_token": "forged"}).status_code == 400
    assert client.get("/account").heading == "Your account"


def test_signing_in_needs_the_token_of_the_form(client: StrictClient, ann: Account) -> None:
    page = client.post("/sign-in", {"email": ann.email, "password": PASSWORD, "csrf_token": "forged"})
    assert page.status_code == 400
    assert client.get("/account").heading == "Sign in"


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_signing_in_leads_to_no_other_site(client: StrictClient, ann: Account, target: str) -> None:
    page = client.get(f"/sign-in?next={target}")
    assert page.form_fields()["next"] == ""
    page = client.post("/sign-in", {"email": ann.email, "password": PASSWORD, "next": target}, follow=False)
    assert page.headers["Location"] == "/"


def test_the_sixth_wrong_password_must_wait_and_the_right_one_with_it(client: StrictClient, ann: Account) -> None:
    for _ in range(5):
        assert client.post("/sign-in", {"email": ann.email, "password": "not the right one"}).status_code == 422
    page = client.post("/sign-in", {"email": ann.email, "password": PASSWORD})
    assert (page.status_code, page.heading) == (429, "Too many attempts")
    assert 0 < int(page.headers["Retry-After"]) <= 900


def test_a_right_password_makes_good_the_wrong_ones(client: StrictClient, ann: Account) -> None:
    for _ in range(4):
        client.post("/sign-in", {"email": ann.email, "password": "not the right one"})
    client.as_(ann.email)
    assert db.session.scalars(sa.select(LoginAttempt)).all() == []


def test_a_session_that_is_not_used_ends(client: StrictClient, ann: Account, later) -> None:
    client.as_(ann.email).get("/account")
    later(timedelta(minutes=59))
    assert client.get("/account").heading == "Your account"
    later(timedelta(minutes=59 + 61))
    assert client.get("/account").heading == "Sign in"


def test_a_session_ends_after_twelve_hours_however_it_is_used(client: StrictClient, ann: Account, later) -> None:
    client.as_(ann.email)
    for hour in range(1, 12):
        later(timedelta(hours=hour, minutes=-2 * hour))
        assert client.get("/account").heading == "Your account"
    later(timedelta(hours=12, minutes=1))
    assert client.get("/account").heading == "Sign in"


def test_a_page_within_the_minute_writes_nothing(client: StrictClient, ann: Account) -> None:
    client.as_(ann.email).get("/account")
    before = db.session.execute(sa.select(ServerSession.seen_at, ServerSession.data)).one()
    client.get("/account")
    assert db.session.execute(sa.select(ServerSession.seen_at, ServerSession.data)).one() == before


def test_a_visitor_for_whom_nothing_is_kept_gets_no_session(client: StrictClient) -> None:
    page = client.get("/accessibility")
    assert "Set-Cookie" not in page.headers
    assert db.session.scalars(sa.select(ServerSession)).all() == []


def test_sessions_that_are_over_are_cleared_away(client: StrictClient, ann: Account, later) -> None:
    client.as_(ann.email)
    later(timedelta(hours=13))
    client.as_(ann.email)
    assert len(db.session.scalars(sa.select(ServerSession)).all()) == 1


def test_a_disabled_account_is_out_at_once(client: StrictClient, ann: Account, admin: Account) -> None:
    client.as_(ann.email).get("/account")
    administrator = queries.actor_for(admin, clock.today())
    commands.disable_account(ann, actor=administrator, at=clock.now())
    assert client.get("/account").heading == "Sign in"


def test_your_account_shows_your_roles_and_sessions(client: StrictClient, ann: Account, body: Body) -> None:
    page = client.as_(ann.email).get("/account")
    assert page.heading == "Your account"
    assert page.summary()["Email address"] == ann.email
    roles = page.table("Your roles")
    assert roles == [{"Role": "Declarant", "Where": body.name, "From": "1 April 2020", "To": "No end date"}]
    assert [row["Action"] for row in page.table("Where you are signed in")] == ["This browser"]


def test_another_session_can_be_ended(app: Flask, client: StrictClient, ann: Account) -> None:
    elsewhere = StrictClient(app).as_(ann.email)
    elsewhere.get("/account")
    page = client.as_(ann.email).get("/account")
    (form,) = page.soup.select("main form")
    assert client.post(form["action"]).notices == ["The session was ended"]
    assert elsewhere.get("/account").heading == "Sign in"
    assert client.get("/account").heading == "Your account"


def test_a_session_of_somebody_else_cannot_be_ended(
    app: Flask, client: StrictClient, ann: Account, admin: Account
) -> None:
    theirs = StrictClient(app).as_(admin.email)
    row = db.session.scalars(sa.select(ServerSession).where(ServerSession.account_id == admin.id)).one()
    address = f"/account/sessions/{row.id}/end"
    assert client.as_(ann.email).post(address).status_code == 404
    assert theirs.get("/account").heading == "Your account"


def test_changing_the_password_signs_out_everywhere_else(app: Flask, client: StrictClient, ann: Account) -> None:
    elsewhere = StrictClient(app).as_(ann.email)
    client.as_(ann.email)
    before = token(client)
    page = client.post("/account/password", {"current": PASSWORD, "new": NEW})
    assert page.notices == ["Your password was changed. You have been signed out everywhere else"]
    assert token(client) != before
    assert elsewhere.get("/account").heading == "Sign in"
    assert StrictClient(app).as_(ann.email, NEW).get("/account").heading == "Your account"


@pytest.mark.parametrize(
    ("sent", "label", "error"),
    [
        ({"current": "wrong", "new": NEW}, "Current password", "The password is not correct"),
        ({"current": PASSWORD, "new": "short"}, "New password", "Password must be 12 characters or more"),
        ({"current": PASSWORD}, "New password", "Enter a new password"),
    ],
)
def test_a_password_that_is_refused_says_why(
    client: StrictClient, ann: Account, sent: dict[str, str], label: str, error: str
) -> None:
    page = client.as_(ann.email).post("/account/password", sent)
    assert (page.status_code, page.error_for(label)) == (422, error)


def test_the_start_page_sends_strangers_to_sign_in(client: StrictClient) -> None:
    assert client.get("/").path == "/sign-in"


def test_the_start_page_lets_somebody_with_two_bodies_choose(client: StrictClient, ann: Account) -> None:
    accounts.role(ann.person_id, Role.CHAIR, a_body("southmoor", "NHS Southmoor ICB").id)
    a_body("eastmoor", "NHS Eastmoor ICB")
    page = client.as_(ann.email).get("/")
    assert page.heading == "Choose an organisation"
    assert "NHS Northmoor ICB" in page.text
    assert "NHS Southmoor ICB" in page.text
    assert "Eastmoor" not in page.text


def test_the_start_page_tells_somebody_without_a_role_what_to_do(client: StrictClient, app: Flask) -> None:
    accounts.account(a_person().id, "new@example.nhs.uk")
    page = client.as_("new@example.nhs.uk").get("/")
    assert page.heading == "You have no role yet"


def test_without_secure_cookies_the_name_makes_no_promise() -> None:
    assert sessions.ServerSessions(Config(secure_cookies=False)).cookie == "sid"
