"""A ledger of its own on each database."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import sessionmaker

from coi.audit import log
from tests.audit.shelving import LOG, Store, build, engine_for
from tests.support import postgres

Template = tuple[str, str]


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Template]:
    """For each kind of database, an empty one to copy: (owner's URL, application's URL), made at first use."""
    made: dict[str, Template] = {}

    def template(kind: str) -> Template:
        if kind not in made:
            if kind == "sqlite":
                url = f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'first.sqlite'}"
                made[kind] = url, url
            else:
                made[kind] = postgres.fresh_database()
            build(made[kind][0])
        return made[kind]

    return template


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path, templates: Callable[[str], Template]) -> Iterator[Store]:
    """An empty ledger on each database."""
    if request.param == "postgresql" and postgres.server() is None:
        pytest.skip(f"PostgreSQL: {postgres.reason()}")
    first = templates(request.param)
    if request.param == "sqlite":
        shutil.copy(first[0].removeprefix("sqlite:///"), tmp_path / "ledger.sqlite")
        owner_url = url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    else:
        owner_url, url = postgres.fresh_database(first[0])
    owner, engine = engine_for(owner_url, application=False), engine_for(url)
    sessions = sessionmaker(engine, expire_on_commit=False)
    log.install_guards(sessions, log_name=LOG)
    yield Store(request.param, owner, engine, sessions, Ed25519PrivateKey.generate())
    owner.dispose()
    engine.dispose()
    if request.param == "postgresql":
        postgres.drop_database(owner_url)
