"""The blueprint of the register of procurement decisions. Its routes stand in views.py and the other files of views, which views.py
gathers."""

from flask import Blueprint

bp = Blueprint("procurement", __name__, url_prefix="/<body>/registers/procurement")
