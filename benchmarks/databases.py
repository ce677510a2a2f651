"""Going through both databases for a figure that is taken of processes of their own: nothing of the application is loaded here."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.support import postgres


def on_both_databases(measure: Callable[[str, Path, str, str], None]) -> None:
    """Calls `measure` with the name of a database, a folder of its own, the application's URL and the owner's (empty on SQLite), for each
    of the two; says so where PostgreSQL is not there."""
    with tempfile.TemporaryDirectory() as folder:
        measure("sqlite", Path(folder), f"sqlite:///{folder}/coi.sqlite", "")
    if postgres.server() is None:
        print(f"skipped: PostgreSQL: {postgres.reason()}", file=sys.stderr)
        return
    owner, application = postgres.fresh_database()
    with tempfile.TemporaryDirectory() as folder:
        measure("postgresql", Path(folder), application, owner)
