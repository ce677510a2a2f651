"""What is plugged in, in order: settings, database, ledger guards, web glue, blueprints."""

import importlib
from functools import partial
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError

import coi.files.models
import coi.jobs.models
import coi.meetings.actions.models
import coi.meetings.conflicts.afterwards.models
import coi.meetings.conflicts.beforehand.models
import coi.meetings.conflicts.models
import coi.meetings.conflicts.voices.models
import coi.meetings.corrections.models
import coi.meetings.disputes.models
import coi.meetings.keeper_models
import coi.meetings.matters.models
import coi.meetings.minutes.models
import coi.meetings.models
import coi.meetings.papers.models
import coi.meetings.suggesting.models
import coi.meetings.urgent.models
import coi.notifications.models
import coi.publication.models
import coi.registers.aliases.models
import coi.registers.breaches.models
import coi.registers.chasing.models
import coi.registers.gifts.models
import coi.registers.importing.models
import coi.registers.interests.models
import coi.registers.models
import coi.registers.procurement.models
import coi.registers.prompts.models
import coi.registers.training.models  # noqa: F401 - loads the tables
from coi.accounts import signing_in
from coi.accounts.guardians import PROVIDERS
from coi.accounts.queries import NEEDED
from coi.audit import enforcement, log
from coi.committees.away import AWAY
from coi.config import Config
from coi.database import DatabaseNotSafe, db, engine_options, normalised_url, prepare
from coi.handlers import job_worker
from coi.meetings.conflicts.unreached_commands import losses_kept
from coi.meetings.proceedings import procurement_publicity
from coi.meetings.waiting import TO_PUBLISH
from coi.meetings.withholding import records_kept_from
from coi.organisations.losses import LOSSES
from coi.organisations.queries import body_by_slug
from coi.organisations.taught import TAUGHT
from coi.publication import queries as publication
from coi.publication.due_queries import overdue_for
from coi.registers.aliases.queries import meaning_here
from coi.registers.breaches.substitute_queries import role_is_needed
from coi.registers.interests.providers_queries import has_provider_interests
from coi.registers.interests.public_queries import EDITIONS
from coi.registers.kept_item_queries import KEPT
from coi.registers.procurement.queries import WITHHELD
from coi.registers.standing_queries import away_on
from coi.web import access
from coi.web import wiring as web

BLUEPRINTS = (
    "coi.web.views",
    "coi.accounts.views",
    "coi.accounts.link_views",
    "coi.accounts.admin_views",
    "coi.accounts.handover_views",
    "coi.organisations.views",
    "coi.organisations.body_views",
    "coi.organisations.policy_views",
    "coi.people.views",
    "coi.committees.views",
    "coi.registers.same_person.views",
    "coi.registers.standing_views",
    "coi.registers.non_declarers_views",
    "coi.registers.deciders.views",
    "coi.registers.queue_views",
    "coi.registers.aliases.views",
    "coi.registers.chasing.views",
    "coi.registers.starters.views",
    "coi.registers.prompts.own_views",
    "coi.registers.training.views",
    "coi.registers.gifts.views",
    "coi.registers.importing.views",
    "coi.registers.interests.views",
    "coi.registers.interests.link_views",
    "coi.registers.breaches.views",
    "coi.registers.procurement.views",
    "coi.registers.procurement.link_views",
    "coi.meetings.calling_off_views",
    "coi.meetings.actions.views",
    "coi.meetings.conflicts.views",
    "coi.meetings.conflicts.voices.views",
    "coi.meetings.conflicts.pictures.views",
    "coi.meetings.conflicts.order.views",
    "coi.meetings.conflicts.afterwards.views",
    "coi.meetings.conflicts.beforehand.views",
    "coi.meetings.matters.views",
    "coi.meetings.papers.views",
    "coi.meetings.suggesting.views",
    "coi.meetings.corrections.views",
    "coi.meetings.disputes.views",
    "coi.meetings.urgent.views",
    "coi.meetings.proceedings.item_views",
    "coi.meetings.minutes.views",
    "coi.publication.disposal_views",
    "coi.publication.views",
    "coi.publication.public_views",
    "coi.assurance.views",
)
"""The rooms with routes, in the order in which they are tried. Each has its blueprint as `bp`."""


def plug_in(app: Flask, config: Config, *, guards_needed: bool = True) -> None:
    """Turns a bare Flask into the product. The order matters: settings first, routes last."""
    app.config.from_mapping(settings_of(config))
    db.init_app(app)
    log.install_guards(db.session, log_name=config.ledger_name)
    with app.app_context():
        prepare(db.engine)
        if guards_needed:
            refuse_unguarded_ledger()
    signing_in.init_app(app, config)
    web.plug_in(app, config, load_actor=signing_in.load_actor, load_body=body_by_slug)
    app.extensions[KEPT] = records_kept_from
    app.extensions[EDITIONS] = publication.where_published
    app.extensions[TO_PUBLISH] = overdue_for
    app.extensions[LOSSES] = losses_kept
    app.extensions[NEEDED] = role_is_needed
    app.extensions[AWAY] = away_on
    app.extensions[PROVIDERS] = has_provider_interests
    app.extensions[TAUGHT] = meaning_here
    app.extensions[WITHHELD] = procurement_publicity.withheld_fields
    for room in BLUEPRINTS:
        app.register_blueprint(importlib.import_module(room).bp)
    access.refuse_undeclared(app)
    app.extensions["coi.worker"] = partial(job_worker, config)


def settings_of(config: Config) -> dict[str, Any]:
    """Returns Flask's settings for `config`. Our own stay together under COI."""
    url = normalised_url(config.database_url)
    return {
        "COI": config,
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(url),
        "TESTING": config.environment == "test",
    }


def refuse_unguarded_ledger() -> None:
    """Raises DatabaseNotSafe where the database has the tables but not the triggers that keep the ledger append-only. A database that
    is empty, or cannot be reached yet, says so on the first page instead."""
    try:
        with db.engine.connect() as connection:
            if sa.inspect(connection).has_table("ledger_leaf") and (gone := enforcement.missing(connection)):
                raise DatabaseNotSafe(
                    f"The ledger is not protected: {'; '.join(gone)}. Run `coi db upgrade` as the schema's owner"
                )
    except OperationalError:
        return
