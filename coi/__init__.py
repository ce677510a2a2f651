"""create_app, nothing else: what is plugged in stands in wiring."""

from flask import Flask

from coi import wiring
from coi.config import Config


def create_app(config: Config | None = None) -> Flask:
    """Returns the application for `config` (from the environment where it is left out). Refuses to start on a setting that is
    missing in production, a route without a declared permission, or a database that cannot be trusted."""
    app = Flask(__name__, static_folder="static")
    wiring.plug_in(app, config or Config.from_environment())
    return app
