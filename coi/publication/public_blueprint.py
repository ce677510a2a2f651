"""The blueprint of the public site. The files of views add their routes to it."""

from flask import Blueprint

bp = Blueprint("public", __name__, url_prefix="/<body>/public")
