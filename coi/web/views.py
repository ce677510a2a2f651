"""The pages that every public service has: accessibility, privacy, cookies. Anybody may read them."""

from flask import Blueprint, Response, current_app

from coi.web.access import public
from coi.web.pages import page

bp = Blueprint("web", __name__)


@bp.get("/accessibility")
@public
def accessibility() -> Response:
    """Says how accessible the service is and whom to tell about a problem."""
    return page("web/accessibility.html")


@bp.get("/privacy")
@public
def privacy() -> Response:
    """Says what is kept about people, and why."""
    return page("web/privacy.html")


@bp.get("/cookies")
@public
def cookies() -> Response:
    """Lists the cookies."""
    return page("web/cookies.html", cookie_name=current_app.config["SESSION_COOKIE_NAME"])
