"""How templates are rendered: escaping always on, an undefined name is an error, and what every template may use."""

import hashlib
from collections.abc import Callable, Hashable, MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from flask import Flask, g
from flask.templating import Environment
from markupsafe import Markup

from coi.permissions.vocabulary import NOBODY
from coi.web import filters, navigation
from coi.web.access import may

NHS = "nhsuk/"


class TemplateEnvironment(Environment):
    """Our own templates fail on an undefined name; those of the NHS.UK package, which count on the opposite, live
    apart."""

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self._nhs = jinja2.Environment(
            loader=jinja2.PackageLoader("nhsuk_frontend_jinja"), undefined=jinja2.ChainableUndefined, autoescape=True
        )

    def _load_template(
        self,
        name: str | jinja2.Template,
        globals: MutableMapping[str, Any] | None,  # noqa: A002 - Jinja's own name
    ) -> jinja2.Template:
        if isinstance(name, str) and name.startswith(NHS):
            return self._nhs.get_template(name)
        return super()._load_template(name, globals)


def init_app(app: Flask) -> None:
    """Sets up Jinja for `app`: escaping, strictness, filters and the names that every template knows."""
    app.jinja_environment = TemplateEnvironment
    app.jinja_options = {
        "autoescape": True,
        "undefined": jinja2.StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": ["jinja2.ext.do"],
    }
    filters.init_app(app)
    app.jinja_env.globals.update(
        can=may, asset=lambda name: _asset(app, name), nbsp=Markup("&nbsp;"), remembered=remembered
    )

    @app.context_processor
    def names_for_templates() -> dict[str, Any]:
        return {
            "actor": g.get("actor", NOBODY),
            "body": g.get("body"),
            "navigation": navigation.for_request,
            "forms": (),
            "page_errors": (),
        }


@lru_cache(maxsize=1024)
def remembered(macro: Callable[..., Markup], *facts: Hashable) -> Markup:
    """Returns what `macro` draws for these facts, drawn once and then remembered. Only for macros that are imported without context
    and for frozen facts: what is drawn then depends on nothing else, so a memory of it is never stale."""
    return macro(*facts)


def _asset(app: Flask, name: str) -> str:
    """Returns the URL of a static file with a mark of its content, so that it may be cached for a year."""
    path = Path(app.static_folder or "") / name
    return f"{app.static_url_path}/{name}?v={_mark(path, path.stat().st_mtime_ns) if path.exists() else ''}"


@lru_cache(maxsize=64)
def _mark(path: Path, _modified: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
