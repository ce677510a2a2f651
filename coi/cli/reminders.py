"""coi reminders: send what is due today. The worker does the same once a day."""

import json
import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from coi import clock
from coi.config import Config
from coi.permissions.vocabulary import system_actor
from coi.registers.chasing import queries
from coi.registers.chasing.rounds import Round, send_round
from coi.registers.chasing.vocabulary import Due


@click.group("reminders", help="Reminders to declare.")
def reminders_group() -> None:
    pass


@reminders_group.command("send", help="Send the reminders that are due today. Run again, it sends none twice.")
@click.option("--dry-run", is_flag=True, help="Only say who would be reminded.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
def send(dry_run: bool, as_json: bool) -> None:
    at = clock.now()
    if dry_run:
        done = Round(reminded=queries.due_now(at))
    else:
        config: Config = current_app.config["COI"]
        done = send_round(site=config.base_url, actor=system_actor("cli"), at=at, tell=_shown)
    click.echo(_as_json(done, dry_run) if as_json else _as_text(done, dry_run))


def _shown(done: int, of: int) -> None:
    """How far it is, on a terminal alone."""
    if sys.stderr.isatty():
        click.echo(f"\r{done:,} of {of:,}", nl=done == of, err=True)


def _as_text(done: Round, dry_run: bool) -> str:
    lines = [f"{_whom(each)}: {queries.when_words(each.step).lower()}, {each.lead.due_on}" for each in done.reminded]
    lines += [f"{_whom(each)}: not reminded. {reason}" for each, reason in done.refused]
    number = len(done.reminded)
    people = "1 person" if number == 1 else f"{number:,} people"
    return "\n".join([*lines, f"{people} {'would be' if dry_run else 'were' if number != 1 else 'was'} reminded."])


def _whom(due: Due) -> str:
    return f"{due.name} <{due.email}>"


def _as_json(done: Round, dry_run: bool) -> str:
    def said(each: Due) -> dict[str, object]:
        owed = [{"body": one.body, "due_on": one.due_on.isoformat(), "reason": one.reason} for one in each.owed]
        return {"name": each.name, "email": each.email, "step": each.step, "owed": owed}

    refused = [{**said(each), "reason": reason} for each, reason in done.refused]
    told = {"dry_run": dry_run, "reminded": [said(each) for each in done.reminded], "refused": refused}
    return json.dumps(told, ensure_ascii=False, indent=2)
