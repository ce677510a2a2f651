"""What is plugged in, in order: settings, database, ledger guards, web glue, blueprints, job handlers."""

import importlib
import uuid
from datetime import datetime, timedelta
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
from coi import clock
from coi.accounts import queries as accounts
from coi.accounts import signing_in
from coi.accounts.guardians import PROVIDERS
from coi.accounts.handover_commands import FOLLOW
from coi.accounts.queries import NEEDED
from coi.audit import enforcement, log
from coi.committees.away import AWAY
from coi.config import Config
from coi.database import DatabaseNotSafe, db, engine_options, normalised_url, prepare
from coi.errors import NotFound
from coi.jobs.vocabulary import Handler, JobContext, Schedule
from coi.jobs.worker import Worker
from coi.meetings.actions.following import follow_roles
from coi.meetings.conflicts.afterwards.commands import screen_afterwards
from coi.meetings.conflicts.afterwards.task_commands import end_tasks_by
from coi.meetings.conflicts.beforehand.rounds import ask_round
from coi.meetings.conflicts.unreached_commands import keep_what_the_register_took, losses_kept
from coi.meetings.proceedings import breach_queries, procurement_publicity
from coi.meetings.waiting import TO_PUBLISH
from coi.meetings.withholding import records_kept_from
from coi.notifications.commands import CATCH_UP
from coi.notifications.delivery import catching_up, delivery
from coi.organisations.losses import LOSSES
from coi.organisations.queries import body_by_slug
from coi.organisations.taught import TAUGHT
from coi.permissions.vocabulary import Actor, system_actor
from coi.publication import publishing_jobs
from coi.publication import queries as publication
from coi.publication.due_queries import overdue_for
from coi.registers.aliases.queries import meaning_here
from coi.registers.breaches import report_commands
from coi.registers.breaches.queries import opened_from_any
from coi.registers.breaches.substitute_queries import role_is_needed
from coi.registers.breaches.vocabulary import BreachSource
from coi.registers.chasing.rounds import send_round
from coi.registers.gifts import breach_queries as gift_breach_queries
from coi.registers.interests.models import Interest
from coi.registers.interests.providers_queries import has_provider_interests
from coi.registers.interests.public_queries import EDITIONS
from coi.registers.interests.versions import AFTERWARDS
from coi.registers.interests.versions import LOSSES as LOST
from coi.registers.kept_item_queries import KEPT
from coi.registers.procurement.queries import WITHHELD
from coi.registers.prompts.suggesting import DRAFT as PUBLIC_LIST
from coi.registers.prompts.suggesting import KEPT as LIST_KEPT
from coi.registers.standing_queries import away_on
from coi.web import access, drafts, idempotency
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


def job_worker(config: Config) -> Worker:
    """Returns a worker for every kind of job, with the work that comes round by itself."""
    schedules = (
        Schedule("audit.checkpoint", timedelta(hours=1)),
        Schedule("audit.seal", timedelta(hours=1)),
        Schedule("meetings.ask", timedelta(days=1)),
        Schedule(CATCH_UP, timedelta(minutes=10)),
        Schedule("reminders.send", timedelta(days=1)),
        Schedule("publication.refresh", timedelta(minutes=10)),
        Schedule("web.forget", timedelta(days=1)),
    )
    return Worker(job_handlers(config), actor_of, schedules)


def job_handlers(config: Config) -> dict[str, Handler]:
    """Returns the handler of each kind of job."""
    return {
        "audit.checkpoint": _later("coi.assurance.ledger_jobs:sign"),
        "audit.seal": _later("coi.assurance.ledger_jobs:seal"),
        report_commands.OPEN: partial(_open_suspected_breach, config),
        report_commands.CORRECTED: _note_corrected_ground,
        publishing_jobs.KIND: publishing_jobs.publish,
        "publication.forget": _later("coi.publication.making:forget_disposed"),
        "publication.files": _later("coi.publication.making:make_files"),
        "publication.refresh": _later("coi.publication.making:refresh_files"),
        AFTERWARDS: _screen_afterwards,
        LOST: _keep_what_the_register_took,
        "meetings.ask": partial(_ask_before_meetings, config),
        CATCH_UP: catching_up(config),
        "notifications.deliver": delivery(config),
        FOLLOW: follow_roles,
        "registers.import": _later("coi.registers.importing.jobs:take"),
        "registers.read": _later("coi.registers.importing.jobs:read"),
        "reminders.send": partial(_send_reminders, config),
        "web.forget": _forget_old,
    }


def _later(where: str) -> Handler:
    """Returns a handler whose module is loaded when its first job runs: the web's workers plug in this table too, and would keep in
    memory what only jobs need."""
    module, _, name = where.partition(":")

    def handler(payload: Any, context: JobContext) -> None:
        getattr(importlib.import_module(module), name)(payload, context)

    return handler


def actor_of(account_id: uuid.UUID) -> Actor | None:
    """Returns the actor that an account stands for now; None where it is gone or disabled."""
    try:
        account = accounts.account(account_id)
    except NotFound:
        return None
    return None if account.is_disabled else accounts.actor_for(account, clock.today())


SUSPICIONS = {
    BreachSource.IRREGULAR_DECISION: breach_queries.irregular_at_meeting,
    BreachSource.UNDECLARED_AT_MEETING: breach_queries.undeclared_interest,
    BreachSource.GIFT_ACCEPTED: gift_breach_queries.accepted_gift,
}
"""Where the facts of a suspected breach are read, by what it is opened from."""


def _open_suspected_breach(config: Config, payload: Any, context: JobContext) -> None:
    source, people = BreachSource(payload["source"]), [uuid.UUID(each) for each in payload["people"]]
    found = SUSPICIONS[source](uuid.UUID(payload["subject"]), people)
    if found is None:
        return
    suspicion, body_id = found
    report_commands.open_suspected_breach(
        suspicion,
        body_id,
        actor=system_actor("job"),
        at=context.at,
        site=config.base_url,
        is_again=payload.get("again", False),
    )


def _note_corrected_ground(payload: Any, context: JobContext) -> None:
    subject = uuid.UUID(payload["subject"])
    breach = opened_from_any(subject)
    if breach is None or SUSPICIONS[breach.source](subject, ()) is not None:
        return  # none was opened, or it was corrected back meanwhile
    report_commands.note_corrected_ground(subject, payload["said"], actor=system_actor("job"), at=context.at)


def _screen_afterwards(payload: Any, context: JobContext) -> None:
    for each in payload["interests"]:
        interest, actor = db.session.get_one(Interest, uuid.UUID(each)), system_actor("job")
        screen_afterwards(interest, actor=actor, at=context.at)
        end_tasks_by(interest, actor=actor, at=context.at)


def _keep_what_the_register_took(payload: Any, context: JobContext) -> None:
    keep_what_the_register_took(datetime.fromisoformat(payload["at"]), actor=system_actor("job"), at=context.at)


def _forget_old(_payload: Any, context: JobContext) -> None:
    idempotency.forget_old()
    drafts.forget_old(PUBLIC_LIST, context.at - LIST_KEPT)


def _send_reminders(config: Config, _payload: Any, context: JobContext) -> None:
    send_round(
        site=config.base_url, actor=system_actor("job"), at=context.at,
        tell=lambda done, of: context.progress(done, of, "Reminders"),
    )  # fmt: skip


def _ask_before_meetings(config: Config, _payload: Any, context: JobContext) -> None:
    ask_round(
        site=config.base_url, actor=system_actor("job"), at=context.at,
        tell=lambda done, of: context.progress(done, of, "Questions before meetings"),
    )  # fmt: skip
