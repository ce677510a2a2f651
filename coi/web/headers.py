"""What every answer says to the browser about safety, and what no request may exceed."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from coi.config import Config
from coi.permissions.vocabulary import NOBODY
from coi.web.errors import MOST_THROWN_AWAY

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
MAX_FORM_BYTES = 500_000
MAX_FORM_PARTS = 1_000
A_YEAR = 31_536_000


def init_app(app: Flask, config: Config) -> None:
    """Sets the limits of requests to `app` and adds the headers to its answers. A view may set a stricter policy of
    its own."""
    app.config.update(
        MAX_CONTENT_LENGTH=config.max_upload_bytes,
        MAX_FORM_MEMORY_SIZE=MAX_FORM_BYTES,
        MAX_FORM_PARTS=MAX_FORM_PARTS,
        TRUSTED_HOSTS=list(config.trusted_hosts),
    )
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=0)  # type: ignore[method-assign]
    app.before_request(_limit_text)
    app.after_request(_harden)


def takes_files(view: Callable[..., Any]) -> Callable[..., Any]:
    """Marks a view whose form says itself that a file is too large, and keeps what was typed. What is much larger is not read at all."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def _limit_text() -> None:
    """Werkzeug limits the text of a form with files; this limits a form without, and lets in what a view looks at itself."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_files", False) and request.mimetype == "multipart/form-data":
        request.max_content_length = MOST_THROWN_AWAY
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = MAX_FORM_BYTES


def _harden(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR if request.args.get('v') else 300}"
    elif g.get("actor", NOBODY).is_signed_in or request.cookies:
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response
