"""A running application with the world of permission_world.py in it: everybody signed in, and every address by whose thing it names."""

import re
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.test import TestResponse

from coi import clock, create_app
from coi.config import Config
from coi.database import db
from coi.documents import apart
from coi.documents.drawing import drawn
from coi.permissions.vocabulary import Role
from tests.support import permission_world
from tests.support.backends import SqliteBackend
from tests.support.client import StrictClient
from tests.support.emptying import write_over
from tests.support.permission_world import NOW, VICE, World

NOBODY, COOKIE = "nobody", "__Host-sid"
WHO = (
    NOBODY, "declarant", "member", "chair", "lay_member", "secretary", "governance_lead", "guardian", "auditor", "administrator",
)  # fmt: skip
RELATIONS = ("own", "committee", "body", "conflicted")
RECORDS_OF_ONES_OWN = {
    "accounts.end_session", "gifts.declared", "gifts.own", "gifts.own_correct", "gifts.own_private",
    "interests.declared", "interests.declared_copy", "interests.own", "interests.own_change", "interests.own_end",
    "prompts.own_answer",
}  # fmt: skip
ALSO_ONES_OWN = {"interests.end_drafter"}
"""What is one's own, or somebody's for whom one may do it: a secretary may, of their own committee, and a colleague may not."""
OF_AN_ITEM = {"item_id", "action_id", "paper_id"}
ALSO_KEPT = {"minutes.confirm", "assurance.about", "assurance.entry"}
NOT_THERE = uuid.uuid4()
UNTOUCHED = "Date", "Content-Length"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
SAID_WITH_EVERYTHING = {
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Referrer-Policy": "same-origin",
}
_VARYING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<=value=\")[\w.-]{60,}(?=\")|ledger/\d+|far-fell|no-such-body"
)


@dataclass
class Stage:
    """The application with the world in it, everybody signed in, and the state to go back to."""

    app: Flask
    world: World
    browsers: dict[str, StrictClient]
    cookies: dict[str, str]
    file: Path
    first: Path
    watcher: sqlite3.Connection
    missing: dict[tuple[str, str, str], tuple[int, dict[str, str], str]] = field(default_factory=dict)

    def changes(self) -> int:
        """A number that is another one once anybody has committed a change to the database."""
        found: int = self.watcher.execute("PRAGMA data_version").fetchone()[0]
        return found

    def restore(self) -> None:
        """Puts the world back, under connections that stay open."""
        with self.app.app_context():
            db.session.remove()
            assert write_over(self.file, self.first.read_bytes()), "No request changes a table"
        self.changes()

    def call(self, who: str, method: str, url: str) -> TestResponse:
        """One request, without following where it leads."""
        browser = self.browsers[who]
        browser._client.set_cookie(COOKIE, self.cookies[who])
        data = {"csrf_token": browser._token} if method == "POST" else None
        return browser._client.open(url, method=method, data=data, buffered=True)

    def answer_to_what_is_missing(self, who: str, method: str, url: str) -> tuple[int, dict[str, str], str]:
        """What somebody gets who asks for what does not exist. Asked once."""
        if (who, method, url) not in self.missing:
            self.missing[who, method, url] = plain(self.call(who, method, url))
        return self.missing[who, method, url]

    def urls(self, endpoint: str, who: str) -> dict[str, dict[str, str]]:
        """By relation, the addresses to try, each with the address of what does not exist that it must look like."""
        return _urls(self, endpoint, who)

    def methods(self, endpoint: str) -> list[str]:
        """GET, POST or both."""
        return methods_of(self.app, endpoint)


def staged(folder: Path) -> Iterator[Stage]:
    """On SQLite alone: what is tested are permissions, which do not depend on the database, in some thousand requests."""
    backend = SqliteBackend(folder)
    config = Config(
        environment="test", database_url=backend.url, owner_database_url=backend.owner_url, secret_key="for tests only",
        ledger_key_file=folder / "ledger.key", argon2_memory_kib=64, base_url="https://localhost",
    )  # fmt: skip
    app = create_app(config)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        patch.setattr(apart, "_by_another", lru_cache(drawn))  # the same few documents, for everybody
        patch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
        world = permission_world.build(app)
        browsers = {who: _browser(app, world, who) for who in (*WHO, VICE)}
        with app.app_context():
            db.engine.dispose()
        first = folder / "world.sqlite"
        shutil.copy(backend.file, first)
        cookies = {who: browser._client.get_cookie(COOKIE).value for who, browser in browsers.items()}
        made = Stage(app, world, browsers, cookies, backend.file, first, sqlite3.connect(backend.file))
        made.changes()
        yield made
        made.watcher.close()
        with app.app_context():
            db.engine.dispose()


def _browser(app: Flask, world: World, who: str) -> StrictClient:
    browser = StrictClient(app)
    if who != NOBODY:
        browser.as_(who if "@" in who else world.emails[Role(who)])
    browser.get("/sign-in" if who == NOBODY else "/account")
    assert browser._token
    return browser


def methods_of(app: Flask, endpoint: str) -> list[str]:
    methods = {method for rule in app.url_map.iter_rules(endpoint) for method in rule.methods or ()}
    return sorted(methods & {"GET", "POST"})


def _urls(stage: Stage, endpoint: str, who: str) -> dict[str, dict[str, str]]:
    """By relation, the addresses to try, each with the address of what does not exist that it must look like."""
    rule = next(stage.app.url_map.iter_rules(endpoint))
    names = set(rule.arguments) - {"body"}
    found: dict[str, dict[str, str]] = {}
    for relation in RELATIONS:
        values = _values(stage.world, endpoint, who, relation, names)
        if values is None:
            continue
        missing = {name: _missing(name, values[name]) for name in names}
        slug = stage.world.slug
        addresses = {_url(stage.app, endpoint, slug, values): _url(stage.app, endpoint, slug, missing)}
        if relation == "body":
            own_body = {} if not _is_of_a_body(names, endpoint) else addresses
            elsewhere = _url(stage.app, endpoint, stage.world.other_slug, values)
            addresses = (
                {**own_body, elsewhere: _url(stage.app, endpoint, "no-such-body", values)}
                if "body" in rule.arguments
                else own_body
            )
        found[relation] = addresses
    return found


def _is_of_a_body(names: set[str], endpoint: str) -> bool:
    """Whether what an address names belongs to one body. Organisations are everybody's, and each body has registers of the same kinds."""
    of_everybody = endpoint.startswith(("organisations.", "public."))
    return bool(names - {"number", "step", "figure", "kind", "edition"}) and not of_everybody


def _values(world: World, endpoint: str, who: str, relation: str, names: set[str]) -> dict[str, Any] | None:
    """What an address is filled with; None where an endpoint has no such relation."""
    own = world.own.get(Role(who), {}) if who != NOBODY else {}
    if relation == "conflicted":
        if not (names & OF_AN_ITEM or endpoint in ALSO_KEPT) or who in (NOBODY, "declarant", "administrator"):
            return None
        values = dict(world.conflicted)
        if endpoint == "conflicts.answer":
            values["key"] = own["key"]
    elif relation == "committee" and not _is_of_a_body(names, endpoint):
        return None
    else:
        values = dict(world.rooms[relation])
        if relation == "own" and endpoint in RECORDS_OF_ONES_OWN | ALSO_ONES_OWN:
            values |= own
        if relation == "committee" and endpoint in RECORDS_OF_ONES_OWN:
            values |= world.rooms["own"]  # a colleague's
    if endpoint == "conflicts.answer" and relation == "own" and own:
        values |= {"item_id": own["flagged_item"], "key": own["key"]}
    if endpoint == "proceedings.return_chair" and relation == "own":
        values["item_id"] = world.own[Role.CHAIR]["flagged_item"]
    return {name: values[name] for name in names}


def _missing(name: str, value: Any) -> Any:
    """What is not there: another id, a ledger entry that is not written yet."""
    if name == "seq":
        return 10**9
    return NOT_THERE if isinstance(value, uuid.UUID) else value


def _url(app: Flask, endpoint: str, slug: str, values: dict[str, Any]) -> str:
    with app.test_request_context():
        body = {"body": slug} if app.url_map.is_endpoint_expecting(endpoint, "body") else {}
        return url_for(endpoint, **body, **values)


def plain(answer: TestResponse) -> tuple[int, dict[str, str], str]:
    """An answer without what differs from one request to the next."""
    headers = {name: _VARYING.sub("…", value) for name, value in answer.headers if name not in UNTOUCHED}
    return answer.status_code, headers, _VARYING.sub("…", answer.text)


def not_said(answer: TestResponse, who: str) -> Iterator[str]:
    """What an answer does not say of what browsers may do with it, though each must."""
    for name, said in SAID_WITH_EVERYTHING.items():
        if answer.headers.get(name) != said:
            yield f"does not say {name}: {said}"
    policy = answer.headers.get("Content-Security-Policy", "")
    is_stricter = "default-src 'none'" in policy and "sandbox" in policy and "script-src" not in policy
    if policy != POLICY and not is_stricter:
        yield f"allows more than pages need: {policy}"
    if who != NOBODY and answer.headers.get("Cache-Control") != "no-store":
        yield "may be kept by what stands between"
    if who != NOBODY and "Cookie" not in answer.headers.get("Vary", ""):
        yield "does not say that it is for one reader"
