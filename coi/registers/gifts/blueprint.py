"""The blueprint of the register of gifts and hospitality. Its routes stand in views.py and the files that it gathers."""

from flask import Blueprint

bp = Blueprint("gifts", __name__, url_prefix="/<body>/registers/gifts")
