"""Bringing a database to the present schema: the migrations, then the ledger's triggers and the application's rights."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext

from coi.audit import enforcement
from coi.config import Config
from coi.database import Base, DatabaseNotSafe, engine_options, normalised_url, prepare

SCRIPTS = Path(__file__).resolve().parent.parent.parent / "migrations"


def owner_engine(config: Config) -> sa.Engine:
    """Returns an engine for the owner of the schema, who alone may change it."""
    url = normalised_url(config.owner_database_url or config.database_url)
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine, application=False)
    return engine


@contextlib.contextmanager
def owner_connection(config: Config) -> Iterator[sa.Connection]:
    """Gives a connection of the schema's owner in one transaction, and closes it whatever happens."""
    engine = owner_engine(config)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@contextlib.contextmanager
def _changing_tables(config: Config) -> Iterator[sa.Connection]:
    """Gives the owner's connection for a migration. SQLite changes a table by making it anew, which it refuses while rows elsewhere refer
    to it: so references are not enforced meanwhile, and all of them are looked at before anything is kept. Raises DatabaseNotSafe where
    one leads nowhere."""
    engine = owner_engine(config)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", lambda connection, _entry: connection.execute("PRAGMA foreign_keys=OFF"))
    try:
        with engine.begin() as connection:
            yield connection
            if connection.dialect.name == "sqlite":
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise DatabaseNotSafe(f"The migration would leave rows that refer to nothing: {broken[:5]}")
    finally:
        engine.dispose()


def alembic_config(connection: sa.Connection) -> AlembicConfig:
    """Returns Alembic's settings bound to `connection`; there is no alembic.ini."""
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(SCRIPTS))
    settings.attributes["connection"] = connection
    return settings


def upgrade(config: Config, revision: str = "head") -> None:
    """Upgrades the schema in one transaction, installs what is missing of the ledger's enforcement, and gives the application's own
    role its rights where it has one."""
    with _changing_tables(config) as connection:
        command.upgrade(alembic_config(connection), revision)
        enforcement.install(connection, Base.metadata)
        application = sa.make_url(normalised_url(config.database_url)).username
        owner = connection.engine.url.username
        if connection.dialect.name == "postgresql" and application and application != owner:
            enforcement.grant_to_application(connection, application)


def downgrade(config: Config, revision: str) -> None:
    """Takes the schema back to `revision`. The ledger's tables are never dropped: the first migration cannot be undone while the
    ledger has an entry."""
    with _changing_tables(config) as connection:
        command.downgrade(alembic_config(connection), revision)


def write_revision(config: Config, message: str) -> Path:
    """Writes the next numbered migration from what the models have and the database has not. Returns its file."""
    number = 1 + len(list((SCRIPTS / "versions").glob("[0-9]*.py")))
    with owner_connection(config) as connection:
        script = command.revision(alembic_config(connection), message, autogenerate=True, rev_id=f"{number:04d}")
    return Path(script.path)  # type: ignore[union-attr]


def differences(config: Config) -> list[str]:
    """Returns what the models have and the database has not, or the other way round, one line each."""
    with owner_connection(config) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(each) for each in compare_metadata(context, Base.metadata)]
