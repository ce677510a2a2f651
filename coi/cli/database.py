"""coi db: bring the database to the present schema."""

import click

from coi.cli import schema
from coi.config import Config


@click.group("db", help="The database's schema.")
def db_group() -> None:
    pass


@db_group.command(
    "upgrade", help="Bring the database to the present schema, with the ledger's triggers and the application's rights."
)
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    config = Config.from_environment()
    schema.upgrade(config, revision)
    click.echo(f"The database is at {revision}.")
