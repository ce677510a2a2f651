"""What is plugged in, in order: settings, database, ledger guards, web glue, blueprints, job handlers."""

from flask import Flask

import coi.meetings.actions.models
import coi.meetings.conflicts.models
import coi.meetings.minutes.models
import coi.meetings.models
import coi.registers.interests.models
import coi.web.models  # noqa: F401 - loads the tables
from coi.config import Config
from coi.database import db, engine_options, normalised_url, prepare

BLUEPRINTS = ()
"""The rooms' routes, in the order in which they are tried."""


def plug_in(app: Flask, config: Config) -> None:
    """Turns a bare Flask into the product. The order matters: settings first, routes last."""
    app.config.from_mapping(settings_of(config))
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)


def settings_of(config: Config) -> dict[str, object]:
    """Returns Flask's settings for `config`. Our own stay together under COI."""
    url = normalised_url(config.database_url)
    return {
        "COI": config,
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(url),
        "TESTING": config.environment == "test",
    }
