"""Rendering a page: the right status when a form has errors, and the errors listed at its top."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response, make_response, render_template

from coi.web.forms import Form, PageError

INVALID = 422


def page(template: str, status: int | None = None, *, wrong: Sequence[PageError] = (), **context: Any) -> Response:
    """Returns `template` rendered with `context`. Any form in the context that has errors makes it a 422, whose title
    begins with "Error:" and whose top lists the errors with links to their fields.
    `wrong` is what is wrong on a page without such a form."""
    forms = [value for value in context.values() if isinstance(value, Form)]
    errors = [*wrong, *_errors_of(forms)]
    body = render_template(template, **context, forms=forms, page_errors=errors)
    return make_response(body, status or (INVALID if errors else 200))


def kept_nowhere(response: Response) -> Response:
    """Returns a page that neither the browser nor anything on the way may keep: one behind a secret address."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _errors_of(forms: Iterable[Form]) -> list[PageError]:
    return [error for form in forms for error in form.page_errors()]
