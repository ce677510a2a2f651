"""Which work is done by whom in the background: a handler for each kind of job, and what comes round by itself."""

import importlib
import uuid
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from coi import clock
from coi.accounts import queries as accounts
from coi.accounts.handover_commands import FOLLOW
from coi.config import Config
from coi.database import db
from coi.errors import NotFound
from coi.jobs.vocabulary import Handler, JobContext, Schedule
from coi.jobs.worker import Worker
from coi.meetings.actions.following import follow_roles
from coi.meetings.conflicts.afterwards.commands import screen_afterwards
from coi.meetings.conflicts.afterwards.task_commands import end_tasks_by
from coi.meetings.conflicts.beforehand.rounds import ask_round
from coi.meetings.conflicts.unreached_commands import keep_what_the_register_took
from coi.meetings.proceedings import breach_queries
from coi.notifications.commands import CATCH_UP
from coi.notifications.delivery import catching_up, delivery
from coi.permissions.vocabulary import Actor, system_actor
from coi.publication import publishing_jobs
from coi.registers.breaches import report_commands
from coi.registers.breaches.queries import opened_from_any
from coi.registers.breaches.vocabulary import BreachSource
from coi.registers.chasing.rounds import send_round
from coi.registers.gifts import breach_queries as gift_breach_queries
from coi.registers.importing.unused_commands import delete_unused
from coi.registers.interests.models import Interest
from coi.registers.interests.versions import AFTERWARDS
from coi.registers.interests.versions import LOSSES as LOST
from coi.registers.prompts.suggesting import DRAFT as PUBLIC_LIST
from coi.registers.prompts.suggesting import KEPT as LIST_KEPT
from coi.web import drafts, idempotency


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
    delete_unused(actor=system_actor("job"), at=context.at)


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
