"""A database for tests, on SQLite or PostgreSQL: built once from the models, put back to its first state after a test that committed."""

from pathlib import Path

import sqlalchemy as sa

from coi.cli import schema
from coi.config import Config
from coi.database import db
from tests.support import emptying, postgres
from tests.support.emptying import Emptier


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
            if not self._empty():
                db.engine.dispose()
                self._put_back()
            self.is_dirty = False

    def watch(self, engine: sa.Engine) -> None:
        """Notes every commit, so that a test that only read costs nothing to clean up after."""

        @sa.event.listens_for(engine, "commit")
        def note(_connection: sa.Connection) -> None:
            self.is_dirty = True

    def close(self) -> None:
        """Lets go of the database when no test asks for it any more."""

    def _empty(self) -> bool:
        """Puts the first state back while connections stay open. Returns whether that could be done."""
        raise NotImplementedError

    def _put_back(self) -> None:
        """Makes the database anew. Nobody is connected to it."""
        raise NotImplementedError


class SqliteBackend(Backend):
    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.file = folder / "coi.sqlite"
        self.url = self.owner_url = f"sqlite:///{self.file}"
        schema.upgrade(Config(environment="test", database_url=self.url, owner_database_url=self.url))
        self.first = self.file.read_bytes()

    def _empty(self) -> bool:
        return emptying.write_over(self.file, self.first)

    def _put_back(self) -> None:
        self.file.write_bytes(self.first)


class PostgresBackend(Backend):
    name = "postgresql"

    def __init__(self) -> None:
        super().__init__()
        self.template_owner, template_app = postgres.fresh_database()
        schema.upgrade(Config(environment="test", database_url=template_app, owner_database_url=self.template_owner))
        emptying.note_changes(postgres.superuser_url(self.template_owner))
        self.owner_url, self.url = postgres.fresh_database(self.template_owner)
        self._emptier: Emptier | None = None

    def _empty(self) -> bool:
        self._emptier = self._emptier or Emptier(postgres.superuser_url(self.url))
        return self._emptier.empty()

    def _put_back(self) -> None:
        self.close()
        postgres.reset_database(self.url, self.template_owner)

    def close(self) -> None:
        if self._emptier is not None:
            self._emptier.close()
            self._emptier = None
