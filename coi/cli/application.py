"""How a command of the command line gets the application: settings read, context pushed, errors said in words."""

import functools
import sys
from collections.abc import Callable
from typing import Any

import click

from coi import create_app
from coi.config import SettingMissing
from coi.database import DatabaseNotSafe, db
from coi.errors import CoiError

FAILED_CHECK = 1
BAD_INPUT = 2


def with_application(function: Callable[..., Any]) -> Callable[..., Any]:
    """Runs a command inside the application's context. A CoiError becomes one sentence and exit status 2; nothing is kept then."""

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            app = create_app()
        except (SettingMissing, DatabaseNotSafe) as error:
            raise click.ClickException(str(error)) from error
        with app.app_context():
            try:
                return function(*args, **kwargs)
            except CoiError as error:
                db.session.rollback()
                click.echo(f"Error: {error}", err=True)
                sys.exit(BAD_INPUT)

    return run
