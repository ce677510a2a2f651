"""create_app, nothing else: what is plugged in stands in wiring."""

from flask import Flask

from coi import wiring
from coi.config import Config


def create_app(config: Config | None = None, *, guards_needed: bool = True) -> Flask:
    """Returns the application for `config` (from the environment where it is left out). Refuses to start on a setting that is
    missing in production, a route without a declared permission, or a database that cannot be trusted: only the check of the ledger asks
    for one that is not (`guards_needed`), to say what is wrong with it."""
    app = Flask(__name__, static_folder="static")
    wiring.plug_in(app, config or Config.from_environment(), guards_needed=guards_needed)
    return app
