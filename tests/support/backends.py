"""A database for tests, on SQLite or PostgreSQL: built once from the models, put back to its first state after a test that committed."""

import shutil
from pathlib import Path

import sqlalchemy as sa

from coi.cli import schema
from coi.config import Config
from coi.database import db
from tests.support import postgres


class Backend:
    """One kind of database. `url` is what the application uses; `restore()` puts the first state back if anything was committed."""

    name = ""
    url = ""
    owner_url = ""

    def __init__(self) -> None:
        self.is_dirty = False

    def restore(self) -> None:
        if self.is_dirty:
            db.session.remove()
            db.engine.dispose()
            self._put_back()
            self.is_dirty = False

    def watch(self, engine: sa.Engine) -> None:
        """Notes every commit, so that a test that only read costs nothing to clean up after."""

        @sa.event.listens_for(engine, "commit")
        def note(_connection: sa.Connection) -> None:
            self.is_dirty = True

    def _put_back(self) -> None:
        raise NotImplementedError


class SqliteBackend(Backend):
    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.file, self.first = folder / "coi.sqlite", folder / "first.sqlite"
        self.url = self.owner_url = f"sqlite:///{self.file}"
        schema.upgrade(Config(environment="test", database_url=self.url, owner_database_url=self.url))
        shutil.copy(self.file, self.first)

    def _put_back(self) -> None:
        shutil.copy(self.first, self.file)


class PostgresBackend(Backend):
    name = "postgresql"

    def __init__(self) -> None:
        super().__init__()
        self.template_owner, template_app = postgres.fresh_database()
        schema.upgrade(Config(environment="test", database_url=template_app, owner_database_url=self.template_owner))
        self._put_back()

    def _put_back(self) -> None:
        if self.url:
            postgres.reset_database(self.url, self.template_owner)
        else:
            self.owner_url, self.url = postgres.fresh_database(self.template_owner)
