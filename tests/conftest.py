"""Fixtures for every test: the application on both databases, the strict client, a fixed clock for facts."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from coi import create_app
from coi.config import Config
from coi.database import db
from tests.support import postgres
from tests.support.backends import Backend, PostgresBackend, SqliteBackend
from tests.support.client import StrictClient

NOON = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Backend:
    """One database of each kind; every test that asks for it runs on both."""
    if request.param == "sqlite":
        return SqliteBackend(tmp_path_factory.mktemp("sqlite"))
    if postgres.server() is None:
        pytest.skip(f"PostgreSQL: {postgres.reason()}")
    return PostgresBackend()


@pytest.fixture(scope="session")
def application(backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application as wiring builds it, with a cheap password hash."""
    key = tmp_path_factory.mktemp("keys") / "ledger.key"
    config = Config(
        environment="test", database_url=backend.url, owner_database_url=backend.owner_url, secret_key="for tests only",
        ledger_key_file=key, argon2_memory_kib=64, base_url="https://localhost",
    )  # fmt: skip
    app = create_app(config)
    with app.app_context():
        backend.watch(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(application: Flask, backend: Backend) -> Iterator[Flask]:
    """The application with an empty database and an application context."""
    with application.app_context():
        yield application
        db.session.rollback()
        db.session.remove()
        backend.restore()


@pytest.fixture
def client(app: Flask) -> StrictClient:
    """A browser that fails the test on a page that is not as every page must be."""
    return StrictClient(app)


@pytest.fixture
def at() -> datetime:
    """An instant for commands that need one: 10 November 2026, noon."""
    return NOON
