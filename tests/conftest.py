"""Fixtures for every test: the application on both databases, the strict client, a fixed clock for facts."""

import gc
import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

import coi.wiring  # noqa: F401 - loads every room's tables, as the application does before anything else
from coi import create_app, database
from coi.audit import checkpoint, unrecorded
from coi.audit.verify import verify
from coi.config import Config
from coi.database import db
from coi.documents import apart
from coi.documents.drawing import drawn
from coi.organisations.models import Body
from coi.permissions.vocabulary import Role
from tests.factories.accounts import account_with
from tests.factories.organisations import a_body
from tests.factories.people import a_person
from tests.support import postgres
from tests.support.backends import Backend, PostgresBackend, SqliteBackend
from tests.support.client import StrictClient
from tests.support.quick_folder import quick_folder

settings.register_profile("coi", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("coi")
"""No test asserts a time: a property takes as long as a busy machine needs."""

os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", quick_folder())
"""What pytest takes as the place of every `tmp_path`."""

os.environ["COI_INDEX_FOLDER"] = ""
"""No test finds what another run left."""

database.KEPT_STATEMENTS, database.KEPT_BY_A_CONNECTION = 3000, 300
"""Ten thousand tests ask what ten thousand pages ask: what is made ready once is not made ready for each of them again."""

NOON = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """One database of each kind; every test that asks for it runs on both."""
    if request.param == "postgresql" and postgres.server() is None:
        pytest.skip(f"PostgreSQL: {postgres.reason()}")
    made = SqliteBackend(tmp_path_factory.mktemp("sqlite")) if request.param == "sqlite" else PostgresBackend()
    yield made
    made.close()


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
def app(
    request: pytest.FixtureRequest, application: Flask, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """The application with an empty database and an application context, which draws documents itself: a process for each would take
    most of a test's time, and tests/documents/test_apart.py has one. Whatever commands a test ran, every ledgered row is
    rebuilt from the ledger's payloads afterwards and compared with the table."""
    monkeypatch.setattr(apart, "_by_another", drawn)
    with application.app_context():
        yield application
        try:
            if request.node.get_closest_marker("damages_evidence") is None:
                assert_every_row_is_rebuilt_from_the_ledger(application)
        finally:
            db.session.rollback()
            db.session.remove()
            backend.restore()


@pytest.fixture
def body(app: Flask) -> Body:
    """A commissioning body: NHS Mid Marsh ICB at /mid-marsh."""
    return a_body()


def assert_every_row_is_rebuilt_from_the_ledger(application: Flask) -> None:
    """Compares each ledgered row with the newest payload that tells of it, in both directions, and checks the whole chain. What a
    test left unrecorded, to see it refused, is not looked at."""
    session = db.session()
    if not session.is_active or session.new or session.dirty or unrecorded.rows_of(session):
        return
    config: Config = application.config["COI"]
    vkey = checkpoint.vkey(config.ledger_name, checkpoint.load_or_make_key(config.ledger_key_file))
    report = verify(session.connection(), vkey=vkey, log_name=config.ledger_name)
    assert not report.problems, [str(problem) for problem in report.problems]


@pytest.fixture
def client(app: Flask) -> StrictClient:
    """A browser that fails the test on a page that is not as every page must be."""
    return StrictClient(app)


@pytest.fixture
def secretary(client: StrictClient, body: Body) -> StrictClient:
    """A browser, signed in as the secretary of the body."""
    account_with(a_person("Ms Sol Reyes").id, "sec@example.nhs.uk", [Role.SECRETARY], body.id)
    db.session.commit()
    return client.as_("sec@example.nhs.uk")


@pytest.fixture
def at() -> datetime:
    """An instant for commands that need one: 10 November 2026, noon."""
    return NOON


def pytest_collection_finish() -> None:
    """What was collected stays to the end: looking through it for garbage again and again took a sixteenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
