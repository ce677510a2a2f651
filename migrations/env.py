"""How Alembic runs here: on the connection that coi.cli.schema hands over, or to make a new migration from the models."""

from alembic import context

import coi.wiring  # noqa: F401 - loads every room's tables
from coi.database import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
context.run_migrations()
