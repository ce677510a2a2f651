"""Plugs the web's parts into an application, in the order in which they depend on each other."""

from collections.abc import Callable

from flask import Flask, request

from coi.config import Config
from coi.extensions import csrf
from coi.permissions.vocabulary import Actor
from coi.web import access, errors, headers, idempotency, messages, rendering
from coi.web.access import BodyRow
from coi.web.numbers import BoundedNumber


def plug_in(
    app: Flask, config: Config, *, load_actor: Callable[[], Actor], load_body: Callable[[str], BodyRow | None]
) -> None:
    """Sets up numbers in addresses, headers and limits, templates, messages, access, CSRF, replay and error pages, in order. Call it
    before the rooms' blueprints are registered, and `access.refuse_undeclared(app)` after them."""
    app.url_map.converters["int"] = BoundedNumber
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_CHECK_DEFAULT=False)
    headers.init_app(app, config)
    rendering.init_app(app)
    messages.init_app(app)
    access.init_app(app, load_actor=load_actor, load_body=load_body)
    csrf.init_app(app)
    app.before_request(_protect)
    idempotency.init_app(app)
    errors.init_app(app)


def _protect() -> None:
    """Every POST to a page that exists carries the token; a page that does not exist is simply not found."""
    if request.url_rule is not None:
        csrf.protect()
