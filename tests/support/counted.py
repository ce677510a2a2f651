"""Counting what is asked of the database, where no request is sent that the strict client would count."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from coi.database import db


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are executed meanwhile, without those that begin a transaction."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
