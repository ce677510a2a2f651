"""The console script: `coi …`, or `python -m coi …`. Commands that need the application get it from create_app."""

import sys

import click
from flask.cli import ScriptInfo
from sqlalchemy.exc import DatabaseError, OperationalError, ProgrammingError

from coi import create_app
from coi.cli import Commands
from coi.config import SettingMissing
from coi.database import DatabaseNotSafe
from coi.errors import CoiError

BAD_INPUT = 2

group = Commands(
    name="coi", create_app=create_app, add_default_commands=False, add_version_option=False, load_dotenv=False,
    help="Conflicts of interest and meeting governance for NHS primary care commissioning.",
)  # fmt: skip


def main() -> None:
    """Runs one command. What a user can mend is said in one sentence, with exit status 2; nothing is kept then."""
    try:
        group.main(prog_name="coi", obj=ScriptInfo(create_app=create_app))
    except (CoiError, SettingMissing, DatabaseNotSafe) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(BAD_INPUT)
    except (OperationalError, ProgrammingError) as error:
        if not is_without_tables(error):
            raise
        click.echo(
            "Error: The database has no tables yet, or those of an older version. Run `coi db upgrade` first", err=True
        )
        sys.exit(BAD_INPUT)


def is_without_tables(error: DatabaseError) -> bool:
    """Whether a statement failed because a table or a column is not there."""
    said = str(error.orig)
    return (
        "no such table" in said or "no such column" in said or getattr(error.orig, "sqlstate", "") in {"42P01", "42703"}
    )


if __name__ == "__main__":
    main()
