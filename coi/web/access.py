"""Deny by default: what a view declares about who may see it, and the hook that holds every request against it."""

import contextlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.routing import Rule
from werkzeug.wrappers import Response

from coi import database
from coi.permissions.rules import allows
from coi.permissions.vocabulary import NOBODY, Actor, Permission

View = TypeVar("View", bound=Callable[..., Any])
SIGN_IN = "accounts.sign_in"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class BodyRow(Protocol):
    """What the web needs of a body."""

    id: uuid.UUID
    slug: str
    name: str


@dataclass(frozen=True)
class Declaration:
    """Who may call a view: everybody, or holders of one permission."""

    permission: Permission | None

    @property
    def is_public(self) -> bool:
        return self.permission is None


class AccessUndeclared(RuntimeError):
    """A route without a declared permission. The application does not start."""


def requires(permission: Permission) -> Callable[[View], View]:
    """Declares that a view needs `permission`: at the body that the URL names, or, on a URL without a body, at any
    body."""

    def declare(view: View) -> View:
        view.__access__ = Declaration(permission)  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """Declares that anybody may call a view, signed in or not."""
    view.__access__ = Declaration(None)  # type: ignore[attr-defined]
    return view


def declaration_of(app: Flask, endpoint: str) -> Declaration | None:
    """Returns what the view behind `endpoint` declares; None where it says nothing. Static files are public."""
    if endpoint == "static":
        return Declaration(None)
    return getattr(app.view_functions[endpoint], "__access__", None)


def refuse_undeclared(app: Flask) -> None:
    """Raises AccessUndeclared where a route of `app` says nothing about who may use it. Called when everything is
    plugged in."""
    silent = sorted({rule.endpoint for rule in app.url_map.iter_rules() if declaration_of(app, rule.endpoint) is None})
    if silent:
        raise AccessUndeclared(f"Say with @requires or @public who may use: {', '.join(silent)}")


def may(permission: Permission | str, committee_id: uuid.UUID | None = None) -> bool:
    """Whether the present actor holds `permission` at the present body (or, on a page without one, at any). The `can`
    of templates."""
    return _holds(g.get("actor", NOBODY), Permission(permission), g.get("body"), committee_id)


def safe_next(target: str | None) -> str | None:
    """Returns `target` if it is a path of this site, else None. Anything with a host, a scheme, a backslash or a
    control character is somebody else's page (SECURITY 1.4 C20)."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(ord(char) < 33 or ord(char) == 127 for char in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def init_app(app: Flask, *, load_actor: Callable[[], Actor], load_body: Callable[[str], BodyRow | None]) -> None:
    """Hooks access to `app`. `load_actor` says who makes the present request (NOBODY when signed out), `load_body`
    finds a body by its slug (None where there is none)."""

    @app.before_request
    def check_access() -> Response | None:
        _begin(request.method in SAFE_METHODS)
        if request.endpoint == "static" or request.url_rule is None:
            g.actor = NOBODY if request.endpoint == "static" else load_actor()
            return None
        g.actor = load_actor()
        declared = declaration_of(current_app, request.endpoint or "")
        return _decide(declared, load_body)

    @app.url_value_preprocessor
    def pop_body(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.body = None
        g.body_slug = values.pop("body", None) if values and _expects_body(request.url_rule) else None

    @app.url_defaults
    def add_body(endpoint: str, values: dict[str, Any]) -> None:
        if "body" in values or g.get("body") is None or endpoint not in app.view_functions:
            return
        if app.url_map.is_endpoint_expecting(endpoint, "body"):
            values["body"] = g.body.slug

    app.teardown_request(_end)


def _decide(declared: Declaration | None, load_body: Callable[[str], BodyRow | None]) -> Response | None:
    """Lets the request through (None), sends the visitor to sign in, or aborts with 404."""
    if declared is None:
        abort(404)
    if not declared.is_public and not g.actor.is_signed_in:
        return _to_sign_in()
    body = load_body(g.body_slug) if g.body_slug is not None else None
    if g.body_slug is not None and body is None:
        abort(404)
    if declared.is_public or _knows(g.actor, body):
        g.body = body  # the page, an error page too, names the body only to those who belong to it
    if declared.permission is not None and not _holds(g.actor, declared.permission, body):
        abort(404)
    return None


def _holds(actor: Actor, permission: Permission, body: BodyRow | None, committee_id: uuid.UUID | None = None) -> bool:
    if body is not None:
        return allows(actor, permission, body.id, committee_id)
    return any(allows(actor, permission, grant.body_id, committee_id) for grant in actor.grants)


def _knows(actor: Actor, body: BodyRow | None) -> bool:
    return body is not None and bool(actor.roles_at(body.id))


def _to_sign_in() -> Response:
    target = request.full_path.rstrip("?") if request.method in SAFE_METHODS else None
    wanted = safe_next(target)
    return redirect(url_for(SIGN_IN, next=wanted) if wanted and wanted != "/" else url_for(SIGN_IN), 303)


def _expects_body(rule: Rule | None) -> bool:
    return rule is not None and "body" in rule.arguments


def _begin(reads: bool) -> None:
    """A request that only reads takes no write lock when its transaction begins on SQLite."""
    g.reading = contextlib.ExitStack()
    if reads:
        g.reading.enter_context(database.reading_only())


def _end(_error: BaseException | None) -> None:
    reading: contextlib.ExitStack | None = g.pop("reading", None)
    if reading is not None:
        reading.close()
