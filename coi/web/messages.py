"""What a page says of the change that led to it: kept for the page that the browser is sent to, so that no other tab says it."""

from urllib.parse import unquote, urlsplit

from flask import Flask, Response, get_flashed_messages, request, session

TOLD = "told"
"""What the session keeps: for each path that was not read yet, what its page is to say, as (category, message)."""
MOST_PAGES = 10
"""How many pages can have something to say that nobody came to read."""
_FLASHED = "_flashes"
_REDIRECTS = (301, 302, 303, 307, 308)


def init_app(app: Flask) -> None:
    """Hooks the binding of messages to `app`, and offers `messages()` to templates."""
    app.after_request(_bind)
    app.jinja_env.globals["messages"] = messages


def messages() -> list[tuple[str, str]]:
    """Returns what this page has to say, once, as (category, message): what was kept for its path, and what was flashed in this request."""
    kept = dict(session.get(TOLD, {}))
    mine = kept.pop(request.path, [])
    if mine:
        session[TOLD] = kept
    return [*((category, message) for category, message in mine), *get_flashed_messages(with_categories=True)]


def _bind(response: Response) -> Response:
    """A redirect takes what was flashed along to its target; where the target redirects in turn, on to there. What was flashed for an
    answer that shows no messages is said nowhere: on the next page, whichever that is, nobody would know what it is about."""
    if response.status_code not in _REDIRECTS or not response.location:
        session.pop(_FLASHED, None)
        return response
    kept = dict(session.get(TOLD, {}))
    said = [*kept.pop(request.path, []), *session.get(_FLASHED, ())]
    if said:
        target = unquote(urlsplit(response.location).path).removeprefix(request.root_path) or "/"
        said = [*kept.pop(target, []), *said]
        session[TOLD] = {**dict(list(kept.items())[1 - MOST_PAGES :]), target: said}
        session.pop(_FLASHED, None)
    return response
