"""create_app, nothing else: what is plugged in stands in wiring."""

import importlib

from flask import Flask

from coi.config import Config


def create_app(config: Config | None = None, *, guards_needed: bool = True) -> Flask:
    """Returns the application for `config` (from the environment where it is left out). Refuses to start on a setting that is
    missing in production, a route without a declared permission, or a database that cannot be trusted: only the check of the ledger asks
    for one that is not (`guards_needed`), to say what is wrong with it. What it is made of is loaded only here: a command that needs no
    application, such as `coi screen`, does not wait for it."""
    app = Flask(__name__, static_folder="static")
    wiring = importlib.import_module("coi.wiring")
    wiring.plug_in(app, config or Config.from_environment(), guards_needed=guards_needed)
    return app
