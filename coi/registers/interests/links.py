"""Links to pages of rooms above, which may not be plugged in: by the name of their endpoint."""

from typing import Any

from flask import current_app, url_for
from werkzeug.routing import BuildError

from coi.permissions.vocabulary import Permission
from coi.web.access import may


def href(endpoint: str, permission: Permission, **values: Any) -> str:
    """Returns the address of a page of another room; empty where there is none, or where the actor may not use it."""
    if endpoint not in current_app.view_functions or not may(permission):
        return ""
    try:
        return url_for(endpoint, **values)
    except BuildError:
        return ""
