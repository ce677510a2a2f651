"""How Alembic runs here: on the connection that coi.cli.schema hands over, to upgrade or to write a new migration from the models."""

from typing import Any

from alembic import context

import coi.wiring  # noqa: F401 - loads every room's tables
from coi.database import Base, Canonical, Instant, Key, Word


def plain(kind: str, thing: Any, _autogenerate: Any) -> str | bool:
    """Writes our own column types as what they are stored as, so that no migration imports the application."""
    if kind == "type" and isinstance(thing, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Canonical):
        return "sa.Text()"
    if kind == "type" and isinstance(thing, Key):
        return "sa.Uuid()"
    if kind == "type" and isinstance(thing, Word):
        return f"sa.Enum{repr(thing).removeprefix('Word')}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plain,
    compare_type=True,
)
context.run_migrations()
