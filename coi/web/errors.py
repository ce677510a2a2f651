"""Errors as pages: what went wrong in the user's words, never in the machine's. The only place that catches
everything."""

import logging
import secrets
import uuid
from typing import Any

from flask import Flask, Response, g, make_response, render_template, request
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge, TooManyRequests

from coi.database import db
from coi.documents.apart import DrawingFailed
from coi.errors import BadInput, EditConflict, NotFound, RuleBroken
from coi.web.typed import is_secret, typed

log = logging.getLogger(__name__)
MOST_THROWN_AWAY = 200 * 1024 * 1024
PLAIN = (
    "<!doctype html><html lang='en'><meta charset='utf-8'><title>{title}</title><h1>{title}</h1><p>{text}</p></html>"
)


def init_app(app: Flask) -> None:
    """Gives `app` its error pages."""
    for code in (403, 404, 405, 410):
        app.register_error_handler(code, lambda _error: _error_page("not_found", 404))
    app.register_error_handler(NotFound, lambda _error: _error_page("not_found", 404))
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(TooManyRequests, _too_many)
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(BadInput, _rule_broken)
    app.register_error_handler(EditConflict, _conflict)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(DrawingFailed, _not_drawn)
    app.register_error_handler(OperationalError, _database_busy)
    app.register_error_handler(InternalServerError, _fault)


def _error_page(name: str, status: int, **context: Any) -> Response:
    """Renders an error page. What the request had begun is undone first; a page that cannot be rendered becomes plain
    text."""
    try:
        db.session.rollback()
        return make_response(render_template(f"errors/{name}.html", **context), status)
    except Exception:  # the page for the error must not be the next error
        log.exception("error page %s could not be rendered", name)
        return plain(status)


def plain(status: int, title: str = "There is a problem", text: str = "Try again later.") -> Response:
    """Returns an error page without template, navigation or database."""
    return make_response(PLAIN.format(title=title, text=text), status)


def _refused(error: HTTPException) -> Response | HTTPException:
    """Whatever else the web refuses. Redirects pass; a request for another host gets no page, since no link on it
    could be right."""
    status = error.code or 500
    if status < 400:
        return error
    if request.routing_exception is error:
        return plain(status, text="This address is not served here.")
    return _error_page("bad_request", status)


def _too_large(_error: RequestEntityTooLarge) -> Response:
    _let_it_finish_sending()
    return _error_page("too_large", 413, limit=(request.max_content_length or 0) // (1024 * 1024))


def _let_it_finish_sending() -> None:
    """Takes in and throws away what was refused before any of it was read, within reason: a browser reads no answer
    before it has sent everything, and shows a broken connection instead."""
    length = request.content_length or 0
    left = length if (request.max_content_length or 0) < length <= MOST_THROWN_AWAY else 0
    while left > 0 and (block := request.environ["wsgi.input"].read(min(left, 65_536))):
        left -= len(block)


def _too_many(error: TooManyRequests) -> Response:
    minutes = int(getattr(error, "retry_after", None) or 900) // 60
    response = _error_page("too_many", 429, minutes=minutes)
    response.headers["Retry-After"] = str(minutes * 60)
    return response


def _rule_broken(error: RuleBroken | BadInput) -> Response:
    """A rule that a view did not show beside a field: the reason is the page."""
    return _error_page("rule_broken", 422, reason=str(error), options=getattr(error, "options", ()))


def _conflict(error: EditConflict) -> Response:
    """Both versions side by side, and whatever else was typed, so that nothing of it is lost."""
    words = typed()
    yours = {label: text for label, text in words if label in error.theirs} | {
        key: each for key, each in error.yours.items() if each
    }
    versions = EditConflict(error.what, theirs=error.theirs, yours=yours).versions
    rest = [each for each in words if each[0] not in yours and each[1] not in yours.values()]
    return _error_page("conflict", 409, what=error.what, versions=versions, typed=rest, back=request.path)


def _stale(_error: StaleDataError) -> Response:
    return _error_page("conflict", 409, what="This page", versions=[], typed=typed(), back=request.path)


def _not_drawn(error: DrawingFailed) -> Response:
    """A document that could not be made: it took too long, or the process that makes it ended."""
    incident = _incident()
    log.error("incident %s: a document was not made", incident, exc_info=error)
    return _error_page("not_drawn", 503, incident=incident)


def _database_busy(error: OperationalError) -> Response:
    """The database did not answer in time. Nothing was stored, and trying again may help."""
    incident = _incident()
    log.error("incident %s: the database did not answer", incident, exc_info=error)
    response = _error_page("fault", 503, incident=incident)
    response.headers["Retry-After"] = "30"
    return response


def _fault(error: InternalServerError) -> Response:
    incident = _incident()
    log.error("incident %s", incident, exc_info=error.original_exception or error)
    return _error_page("fault", 500, incident=incident)


def not_saved(error: IntegrityError) -> Response:
    """The database refused what a rule let pass, most likely because somebody saved something at the same moment. Nothing was stored;
    what was typed is shown, to be copied into the form again."""
    incident = _incident()
    log.error("incident %s: the database refused the change", incident, exc_info=error)
    return _error_page("not_saved", 409, incident=incident, typed=typed(), back=request.path)


def other_words(first: str | None) -> Response:
    """The form was sent and stored already, and is sent again with other words: nobody can know whether they correct the first ones or are
    a second thing. They are shown, and can be sent as a form of their own, but where a file or a secret is among them."""
    again = [(name, value) for name, value in request.form.items(multi=True) if name not in ("form_key", "csrf_token")]
    whole = not request.files and not any(is_secret(name) for name, _value in again)
    return _error_page(
        "sent_before",
        409,
        typed=typed(),
        first=first,
        again=again if whole else [],
        form_key=str(uuid.uuid4()),
        back=request.full_path.rstrip("?"),
    )


def _incident() -> str:
    g.incident = secrets.token_hex(4)
    return g.incident
