"""coi audit: check every entry of the ledger, print the signed tree head."""

import json
import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import ScriptInfo, with_appcontext

from coi import clock
from coi.assurance.file_checks import check_files
from coi.audit import checkpoint, commands, enforcement, notes, verify
from coi.audit.notes import CheckpointWrong
from coi.config import Config
from coi.database import db
from coi.errors import BadInput
from coi.organisations.queries import check_reference_rows
from coi.publication.checking import check_editions
from coi.registers.breaches.reporter_checks import check_reporters

FAILED_CHECK = 1
CHECKS = (enforcement.check_guards, check_reference_rows, check_files, check_editions, check_reporters)
"""What is held against the ledger beside its own tables."""


@click.group("audit", help="The ledger: check it, sign its head.")
def audit_group() -> None:
    pass


@audit_group.command(
    "verify", help="Check every entry, node, checkpoint and ledgered row. Exit status 1 if anything is wrong."
)
@click.option(
    "--checkpoint",
    "outside",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help="A checkpoint kept outside this installation: finds a ledger that was cut short or rewritten.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def verify_ledger(context: click.Context, outside: tuple[Path, ...], as_json: bool) -> None:
    context.with_resource(_unguarded(context).app_context())
    config = Config.from_environment()
    key = checkpoint.load_or_make_key(config.ledger_key_file)
    kept = [_checkpoint_in(path) for path in outside]
    with click.progressbar(
        length=100, label="Checking", file=sys.stderr, hidden=as_json or not sys.stderr.isatty()
    ) as bar:
        report = verify.verify(
            db.session.connection(), vkey=checkpoint.vkey(config.ledger_name, key), log_name=config.ledger_name, outside=kept,
            reference_checks=CHECKS, progress=lambda done, total: bar.update(int(100 * done / max(total, 1)) - bar.pos),
        )  # fmt: skip
    if as_json:
        click.echo(json.dumps(report.as_data(), indent=1))
    else:
        for problem in report.problems:
            click.echo(str(problem))
        click.echo(report.summary)
    sys.exit(FAILED_CHECK if report.problems else 0)


def _checkpoint_in(path: Path) -> bytes:
    """Returns a checkpoint that was kept outside. A file that is none says nothing about the ledger: it is bad input. Raises BadInput."""
    note = path.read_bytes()
    try:
        notes.parse(note)
    except CheckpointWrong as broken:
        raise BadInput(f"{path.name} is not a checkpoint, so nothing was checked. {broken}") from None
    return note


def _unguarded(context: click.Context) -> Flask:
    """Returns the application even where the ledger's guards are gone: that is when the check is needed most."""
    factory = context.ensure_object(ScriptInfo).create_app
    assert factory is not None
    return factory(guards_needed=False)


@audit_group.command(
    "checkpoint", help="Sign the present tree head and print it. Keep the print outside this installation."
)
@with_appcontext
def sign_checkpoint() -> None:
    config = Config.from_environment()
    key = checkpoint.load_or_make_key(config.ledger_key_file)
    signed = commands.sign_checkpoint(at=clock.now(), log_name=config.ledger_name, key=key)
    db.session.commit()
    click.echo(signed.note.decode(), nl=False)
