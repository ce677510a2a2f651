"""What is plugged in, in order: settings, database, ledger guards, web glue, blueprints, job handlers."""

from flask import Flask

import coi.accounts.models
import coi.audit.models
import coi.committees.models
import coi.files.models
import coi.jobs.models
import coi.meetings.actions.models
import coi.meetings.conflicts.models
import coi.meetings.minutes.models
import coi.meetings.models
import coi.notifications.models
import coi.organisations.models
import coi.people.models
import coi.registers.interests.models
import coi.web.models  # noqa: F401 - loads the tables
from coi.accounts import signing_in
from coi.accounts import views as accounts_views
from coi.audit import log
from coi.config import Config
from coi.database import db, engine_options, normalised_url, prepare
from coi.organisations.queries import body_by_slug
from coi.web import access
from coi.web import views as web_views
from coi.web import wiring as web_wiring

BLUEPRINTS = (web_views.bp, accounts_views.bp)
"""The rooms' routes, in the order in which they are tried."""


def plug_in(app: Flask, config: Config) -> None:
    """Turns a bare Flask into the product. The order matters: settings first, routes last."""
    app.config.from_mapping(settings_of(config))
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    log.install_guards(db.session, log_name=config.ledger_name)
    signing_in.init_app(app, config)
    web_wiring.plug_in(app, config, load_actor=signing_in.load_actor, load_body=body_by_slug)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    access.refuse_undeclared(app)


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
