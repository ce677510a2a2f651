"""The strict test client: signs in for real, and fails a test on a page that is not as every page must be, on
anything left uncommitted and on too many queries."""

import contextvars
import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Flask, Response, has_app_context
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from coi.database import db
from tests.support.page import Page
from tests.support.standing_checks import complaints

PASSWORD = "violet tractor sings nightly"
MOST_QUERIES = 40
_MOST_REDIRECTS = 5
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|WITH\b.*\bINSERT)", re.IGNORECASE | re.DOTALL)
_TRANSACTION = {"BEGIN", "BEGIN IMMEDIATE"}
_WATCHED = "coi.tests.watched"


@dataclass
class Observed:
    """What one request did to the database."""

    statements: list[str] = field(default_factory=list)
    open_writes: dict[int, list[str]] = field(default_factory=dict)
    uncommitted: list[str] = field(default_factory=list)


_observed: contextvars.ContextVar[Observed | None] = contextvars.ContextVar("observed", default=None)


class StrictClient:
    """A browser without JavaScript. What the test has prepared is committed before each request."""

    def __init__(self, app: Flask, *, most_queries: int = MOST_QUERIES) -> None:
        self.app = app
        self.most_queries = most_queries
        self.page: Page | None = None
        self._client = app.test_client()
        self._token = ""
        _watch(app)

    def as_(self, email: str, password: str = PASSWORD) -> "StrictClient":
        """Signs in as the owner of an account, in a browser that knows nothing yet. Fails where the password is
        refused."""
        self._client = self.app.test_client()
        self._token = ""
        self.get("/sign-in")
        page = self.post("/sign-in", {"email": email, "password": password}, follow=False)
        assert page.status_code == 303, f"{email} could not sign in: {page.errors or page.heading}"
        self._token = ""
        return self

    def signed_out(self) -> "StrictClient":
        """Forgets every cookie, as a new browser would."""
        self._client = self.app.test_client()
        self._token = ""
        return self

    def get(
        self, url: str, *, follow: bool = True, queries: int | None = None, headers: Mapping[str, str] | None = None
    ) -> Page:
        """Opens a page. `queries` is the bound for this page where it needs another than usual."""
        return self._visit("GET", url, None, follow, queries, headers)

    def post(
        self,
        url: str,
        data: Mapping[str, Any] | None = None,
        *,
        follow: bool = True,
        queries: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        """Sends a form with its token, and a fresh key unless `data` has one. Lists in `data` are sent as several
        values."""
        if not self._token and "csrf_token" not in (data or {}):
            self._visit("GET", "/sign-in" if not self._is_signed_in() else "/account", None, False, None, None)
        sent = {"csrf_token": self._token, "form_key": str(uuid.uuid4()), **(data or {})}
        return self._visit("POST", url, sent, follow, queries, headers)

    def click(self, text: str) -> Page:
        """Follows the link with this text on the last page."""
        assert self.page is not None, "No page is open"
        assert text in self.page.links, f"No link {text!r} among {list(self.page.links)}"
        return self.get(self.page.links[text])

    def _is_signed_in(self) -> bool:
        return (
            self.page is not None
            and self.page.is_html
            and any("nhsuk-header__account" in each.attrs.get("class", "").split() for each in self.page.elements.each)
        )

    def _visit(
        self, method: str, url: str, data: Any, follow: bool, queries: int | None, headers: Mapping[str, str] | None
    ) -> Page:
        came_by: tuple[str, ...] = ()
        while True:
            response, observed = self._send(method, url, data, headers)
            page = Page(response, url, came_by)
            self._judge(page, observed, f"{method} {url}", queries or self.most_queries)
            if not (follow and 300 <= page.status_code < 400 and len(came_by) < _MOST_REDIRECTS):
                break
            came_by += (url,)
            target = urlsplit(page.headers["Location"])
            method, url, data = "GET", target.path + (f"?{target.query}" if target.query else ""), None
        self.page = page
        return page

    def _send(self, method: str, url: str, data: Any, headers: Mapping[str, str] | None) -> tuple[Any, Observed]:
        if has_app_context():
            db.session.commit()
        observed = Observed()

        def request() -> Any:
            _observed.set(observed)
            body = _multipart(data) if _has_files(data) else {"data": data}
            return self._client.open(url, method=method, headers=dict(headers or {}), buffered=True, **body)

        with _observing(self.app):
            response = contextvars.Context().run(request)
        if has_app_context():
            db.session.expire_all()
        return response, observed

    def _judge(self, page: Page, observed: Observed, what: str, most_queries: int) -> None:
        wrong = complaints(page) if page.status_code not in range(300, 400) else []
        wrong += [f"left uncommitted: {each}" for each in observed.uncommitted]
        if len(observed.statements) > most_queries:
            listed = "\n  ".join(statement[:160].replace("\n", " ") for statement in observed.statements)
            wrong.append(f"{len(observed.statements)} queries, at most {most_queries} are allowed:\n  {listed}")
        page.queries = len(observed.statements)  # type: ignore[attr-defined]
        assert not wrong, f"{what} ({page.status_code}):\n- " + "\n- ".join(wrong)
        if page.is_html:
            fields = page.elements.named("input")
            tokens = (each.attrs["value"] for each in fields if each.attrs.get("name") == "csrf_token")
            self._token = next(tokens, self._token)


def _has_files(data: Mapping[str, Any] | None) -> bool:
    values = [each for value in (data or {}).values() for each in (value if isinstance(value, list) else [value])]
    return any(isinstance(each, tuple) for each in values)


def _multipart(data: Mapping[str, Any]) -> dict[str, Any]:
    """A form with files, (stream, name) or (stream, name, type) each, in memory: a temporary file would stay open."""

    def part(value: Any) -> Any:
        return (
            FileStorage(value[0], value[1], content_type=value[2] if len(value) > 2 else None)
            if isinstance(value, tuple)
            else value
        )

    parts = {
        name: [part(each) for each in (value if isinstance(value, list) else [value])] for name, value in data.items()
    }
    stream, length, boundary = stream_encode_multipart(parts, use_tempfile=False)
    kind = f'multipart/form-data; boundary="{boundary}"'
    return {"input_stream": stream, "content_length": length, "content_type": kind}


def _watch(app: Flask) -> None:
    """Looks, when a view is done and before anything is cleared away, for what it did not commit."""
    if app.extensions.get(_WATCHED):
        return
    app.extensions[_WATCHED] = True

    def look(response: Response) -> Response:
        observed = _observed.get()
        if observed is not None:
            session = db.session()
            pending = [*session.new, *(each for each in session.dirty if session.is_modified(each)), *session.deleted]
            observed.uncommitted = [repr(each) for each in pending]
            observed.uncommitted += [each[:120] for writes in observed.open_writes.values() for each in writes]
        return response

    app.after_request_funcs.setdefault(None, []).append(look)  # the last one added runs first


@contextmanager
def _observing(app: Flask) -> Iterator[None]:
    with contextvars.Context().run(app.app_context):
        engine = db.engine

    def executed(connection: sa.Connection, _cursor: Any, statement: str, *_others: Any) -> None:
        observed = _observed.get()
        if observed is not None and statement not in _TRANSACTION:
            observed.statements.append(statement)
            if _WRITES.match(statement):
                observed.open_writes.setdefault(id(connection), []).append(statement)

    def ended(connection: sa.Connection) -> None:
        observed = _observed.get()
        if observed is not None:
            observed.open_writes.pop(id(connection), None)

    listeners = (("before_cursor_execute", executed), ("commit", ended), ("rollback", ended))
    for name, listener in listeners:
        sa.event.listen(engine, name, listener)
    try:
        yield
    finally:
        for name, listener in listeners:
            sa.event.remove(engine, name, listener)
