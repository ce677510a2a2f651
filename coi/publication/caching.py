"""What a browser or a proxy may keep of a public page: it asks each time whether the page is still the same, and gets it again only
when it is not. A redaction counts from the next request."""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from flask import current_app, request
from werkzeug.wrappers import Response


def public_answer(marks: str, make: Callable[[], Response]) -> Response:
    """Returns what `make` makes, or only that nothing changed (304) where the visitor has it already. `marks` is all that the answer
    depends on besides its address."""
    tag = hashlib.sha256(f"{_templates(current_app.root_path)}|{request.full_path}|{marks}".encode()).hexdigest()[:32]
    answer = Response(status=304) if request.if_none_match.contains_weak(tag) else make()
    if answer.status_code in (200, 304):
        answer.set_etag(tag, weak=True)
        answer.headers["Cache-Control"] = "public, no-cache"
        answer.vary.add("Cookie")
    return answer


@lru_cache(maxsize=1)
def _templates(root: str) -> str:
    """The digest of everything that a page is drawn from besides its facts."""
    whole = hashlib.sha256()
    for folder in ("templates/publication", "templates/layouts", "static"):
        for file in sorted(Path(root, folder).rglob("*")):
            if file.is_file():
                whole.update(file.read_bytes())
    return whole.hexdigest()
