"""coi db: bring the database to the present schema, write a new migration, see whether the models have moved on."""

import sys

import click

from coi.cli import schema
from coi.config import Config

FAILED_CHECK = 1


@click.group("db", help="The database's schema.")
def db_group() -> None:
    pass


@db_group.command(
    "upgrade", help="Bring the database to the present schema, with the ledger's triggers and the application's rights."
)
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    schema.upgrade(Config.from_environment(), revision)
    click.echo(f"The database is at {revision}.")


@db_group.command(
    "revision", help="Write a migration with what the models have and the database has not. Read it before use."
)
@click.option("-m", "--message", required=True, help="What the migration is for.")
def revision(message: str) -> None:
    click.echo(f"Wrote {schema.write_revision(Config.from_environment(), message)}")


@db_group.command(
    "check", help="Say what the models have and the database has not. Exit status 1 if there is anything."
)
def check() -> None:
    found = schema.differences(Config.from_environment())
    for each in found:
        click.echo(each)
    sys.exit(FAILED_CHECK if found else 0)
