"""The blueprint of the register of breaches. Its routes stand in views.py and the other files of views, which views.py gathers."""

from flask import Blueprint

bp = Blueprint("breaches", __name__, url_prefix="/<body>/registers/breaches")
