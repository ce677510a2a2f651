"""Sign-in, hosts, sizes, errors and secrets of the whole product, as a stranger meets them."""

import io
import logging
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi import clock, create_app
from coi.accounts import commands
from coi.accounts.models import LoginAttempt, ServerSession
from coi.audit.models import LedgerPayload
from coi.config import Config
from coi.database import Base, db
from coi.meetings import views as meetings
from coi.permissions.vocabulary import Role, system_actor
from coi.registers.interests import views as interests
from coi.web.access import AccessUndeclared, refuse_undeclared
from tests.factories.accounts import account_with
from tests.factories.interests import an_interest, details_of
from tests.factories.meetings import a_scene, an_item
from tests.support.client import PASSWORD, StrictClient

ANN = "ann@example.nhs.uk"
COOKIE = "__Host-sid"
ELSEWHERE = (
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example",
    "http:/evil.example", "javascript:alert(1)", "/%0d%0aSet-Cookie:x=1", "/\r\nSet-Cookie: x=1", "/\t/evil.example", "evil.example",
    "//localhost@evil.example", "/ /evil.example", "data:text/html,x", "@evil.example", "/\x00/evil.example",
)  # fmt: skip
SECRET_WORDS = ("password", "token", "secret", "hash", "salt", "key")
NOT_SECRET = {"sha256", "rows_sha256", "sort_key", "search_key", "unique_key", "offeror_key"}
NOT_SECRET_HERE = {"declined_suggestion.key"}  # which suggestion it was: who, how, or which class


@pytest.fixture
def scene(app: Flask):
    """A committee, a planned meeting, and a secretary called Ann."""
    scene = a_scene()
    account_with(scene.people["nurse"].id, ANN, [Role.SECRETARY, Role.DECLARANT], scene.body.id)
    db.session.commit()
    return scene


@pytest.mark.parametrize("target", ELSEWHERE)
def test_sign_in_leads_to_this_site_only(scene, client: StrictClient, target: str) -> None:
    client.get("/sign-in")
    answer = client._client.get("/sign-in", query_string={"next": target}, buffered=True)
    assert "evil" not in answer.text and "Set-Cookie: x" not in str(answer.headers)
    page = client.post("/sign-in", {"email": ANN, "password": PASSWORD, "next": target}, follow=False)
    assert page.status_code == 303
    location = page.headers["Location"]
    assert location == "/" or (location.startswith("/%0d%0a") and "\r" not in location and "\n" not in location)
    assert "x" not in {header.split("=")[0] for header in page.headers.getlist("Set-Cookie")}


def test_the_token_from_before_sign_in_is_dead_and_so_is_the_one_from_before_sign_out(
    scene, client: StrictClient
) -> None:
    client.get("/sign-in")
    planted = client._client.get_cookie(COOKIE).value
    client.post("/sign-in", {"email": ANN, "password": PASSWORD})
    own = client._client.get_cookie(COOKIE).value
    client.get("/account")
    client.post("/sign-out")
    for token in (planted, own):
        client.signed_out()._client.set_cookie(COOKIE, token)
        assert client.get("/account").heading == "Sign in"
    left = [row.account_id for row in db.session.scalars(sa.select(ServerSession))]
    assert set(left) <= {None}


def test_a_disabled_account_is_out_on_its_next_click_in_every_browser(scene, app: Flask) -> None:
    browsers = [StrictClient(app).as_(ANN), StrictClient(app).as_(ANN)]
    account = db.session.scalars(sa.select(commands.Account).where(commands.Account.email == ANN)).one()
    commands.disable_account(account, actor=system_actor("cli"), at=clock.now())
    db.session.commit()
    assert [each.get("/account").heading for each in browsers] == ["Sign in", "Sign in"]
    assert db.session.scalars(sa.select(ServerSession).where(ServerSession.account_id == account.id)).all() == []


def test_guessing_is_slowed_down_and_locks_nobody_out(
    scene, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        client.post("/sign-in", {"email": ANN, "password": "not the right one"})
    assert client.post("/sign-in", {"email": ANN, "password": PASSWORD}).status_code == 429
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    stranger = StrictClient(client.app)
    stranger._client.environ_base |= elsewhere
    stranger.get("/sign-in")
    assert stranger.post("/sign-in", {"email": ANN, "password": PASSWORD}, follow=False).status_code == 303
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(minutes=16))
    assert client.signed_out().post("/sign-in", {"email": ANN, "password": PASSWORD}, follow=False).status_code == 303
    assert ANN not in str([vars(row) for row in db.session.scalars(sa.select(LoginAttempt))])


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost:80@evil.example", "evil.example:443"]
)
def test_a_request_for_another_host_gets_no_page(scene, client: StrictClient, host: str) -> None:
    for path in ("/sign-in", "/", f"/{scene.body.slug}/", "/static/coi.css"):
        answer = client._client.get(path, headers={"Host": host}, buffered=True)
        assert answer.status_code == 400
        assert "evil" not in answer.text + str(answer.headers.get("Location", ""))


def test_a_forwarded_host_or_scheme_is_not_believed(scene, client: StrictClient) -> None:
    headers = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "javascript",
        "X-Forwarded-Prefix": "//evil.example",
    }
    answer = client._client.get("/", headers=headers)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in"


def test_a_file_that_is_too_large_is_refused_in_words_and_nothing_is_kept(
    scene, client: StrictClient, app: Flask
) -> None:
    item = an_item(scene.meeting)
    client.as_(ANN)
    app.config["MAX_CONTENT_LENGTH"], before = 100_000, app.config["MAX_CONTENT_LENGTH"]
    try:
        file = (io.BytesIO(b"%PDF-1.7" + b"x" * 200_000), "large.pdf")
        page = client.post(f"/{scene.body.slug}/items/{item.id}/edit", {"title": "Large", "file": file})
    finally:
        app.config["MAX_CONTENT_LENGTH"] = before
    assert (page.status_code, page.heading) == (413, "What you sent is too large")
    assert db.session.scalar(sa.text("SELECT count(*) FROM stored_file")) == 0


def test_a_fault_tells_nothing_of_the_machine_and_keeps_nothing(
    scene, client: StrictClient, app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("SELECT password_hash FROM account in /srv/coi/secret.py")

    monkeypatch.setattr(meetings.commands, "change_meeting", fail)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    client.as_(ANN)
    data = {"held_on-day": "11", "held_on-month": "11", "held_on-year": "2026", "starts_at": "10:00", "version": "1"}
    with caplog.at_level(logging.ERROR):
        page = client.post(f"/{scene.body.slug}/meetings/{scene.meeting.id}/edit", data)
    assert (page.status_code, page.heading) == (500, "There is a problem with the service")
    for told in ("SELECT", "secret.py", "Traceback", "RuntimeError", "Werkzeug", "Flask", "Python", PASSWORD):
        assert told not in page.html
    assert not {"Server", "X-Powered-By"} & set(page.headers.keys())


def test_what_the_database_refuses_unexpectedly_is_said_with_what_was_typed_and_nothing_is_stored(
    scene, client: StrictClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def collide(meeting, *_args: object, **_options: object) -> None:
        meeting.venue = "Half-written"
        db.session.flush()
        raise sa.exc.IntegrityError("INSERT INTO secret_table", {}, Exception("UNIQUE constraint failed"))

    monkeypatch.setattr(meetings.commands, "change_meeting", collide)
    client.as_(ANN)
    data = {
        "held_on-day": "11",
        "held_on-month": "11",
        "held_on-year": "2026",
        "starts_at": "10:00",
        "venue": "Glebe Hall",
    }
    with caplog.at_level(logging.ERROR):
        page = client.post(f"/{scene.body.slug}/meetings/{scene.meeting.id}/edit", data)
    assert (page.status_code, page.heading) == (409, "Your changes were not saved")
    assert "Glebe Hall" in page.text and "secret_table" not in page.html and "UNIQUE" not in page.html
    db.session.expire_all()
    assert scene.meeting.venue == "Room 1"


def test_a_page_that_fails_after_it_noted_a_reading_fails_at_once_and_notes_none(
    scene, client: StrictClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    interest = an_interest(scene.people["gp"], details_of(keep_private_because="Threats"))

    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("The template is broken")

    url = f"/{scene.body.slug}/registers/interests/{interest.id}"
    assert client.as_(ANN).get(url).status_code == 200
    monkeypatch.setattr(interests, "page", fail)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    assert client.get(url).status_code == 500
    assert db.session.scalar(sa.text("SELECT count(*) FROM access_log")) == 1


def test_no_secret_is_in_the_ledger(scene, client: StrictClient) -> None:
    client.as_(ANN)
    secret = {
        f"{mapper.local_table.name}.{column.name}"
        for mapper in Base.registry.mappers if mapper.class_.__ledgered__
        for column in mapper.local_table.columns
        if any(word in column.name for word in SECRET_WORDS) and column.name not in NOT_SECRET
        and f"{mapper.local_table.name}.{column.name}" not in NOT_SECRET_HERE
        and column.name not in getattr(mapper.class_, "__ledger_secret__", set())
    }  # fmt: skip
    assert secret == set(), "Leave these out of the ledger with __ledger_secret__"
    account = db.session.scalars(sa.select(commands.Account).where(commands.Account.email == ANN)).one()
    held = b"".join(row.body or b"" for row in db.session.scalars(sa.select(LedgerPayload)))
    assert ANN.encode() in held
    for known in (account.password_hash, client._client.get_cookie(COOKIE).value, PASSWORD):
        assert known.encode() not in held


def test_the_product_does_not_start_with_a_page_that_says_nothing_about_access() -> None:
    app = create_app(Config(environment="test", database_url="sqlite://", secret_key="for tests only"))
    app.add_url_rule("/forgotten", "forgotten", lambda: "")
    with pytest.raises(AccessUndeclared, match="forgotten"):
        refuse_undeclared(app)


@pytest.mark.parametrize("name", ["page.html", "page.jinja", "page.j2", "page.txt", "part.html.jinja", "page", None])
def test_every_template_escapes_whatever_it_is_called(app: Flask, name: str | None) -> None:
    choose = app.jinja_env.autoescape
    assert choose if isinstance(choose, bool) else choose(name)
    assert app.jinja_env.from_string("{{ text }}").render(text="<b>") == "&lt;b&gt;"
