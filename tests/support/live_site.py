"""The application with the demo's data, served on a free loopback port, at an instant that the test chooses."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from coi import clock, create_app
from coi.cli import schema
from coi.cli.demo import loading
from coi.cli.demo.days import Days
from coi.cli.demo.people import BY_KEY
from coi.config import Config
from coi.database import db

LOADED_ON = date(2026, 11, 22)
PASSWORD = "abcd-efgh-jkmn-pqrs"
DAYS = Days.around(LOADED_ON)


class Quiet(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing to say."""


class Clock:
    """The present instant of a site: it starts where the test puts it, and runs on."""

    def __init__(self, start: datetime) -> None:
        self.set(start)

    def set(self, start: datetime) -> None:
        self._start, self._since = start, time.monotonic()

    def now(self) -> datetime:
        return (self._start + timedelta(seconds=time.monotonic() - self._since)).astimezone(UTC)


@dataclass(frozen=True)
class Site:
    """A running site. `clock.set()` moves its present."""

    address: str
    clock: Clock
    app: Flask

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    @staticmethod
    def email(key: str) -> str:
        """The address that one of the demo's people signs in with."""
        return BY_KEY[key].email


def load_demo(folder: Path) -> Path:
    """Makes a folder with the demo in a SQLite database and the ledger's key, to be copied for each site."""
    config = _config(folder)
    schema.upgrade(config)
    with create_app(config).app_context():
        loading.load(LOADED_ON, PASSWORD, lambda line: None)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return folder


@contextmanager
def served(demo: Path, folder: Path, start: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Serves a copy of the demo, with what every installation has switched on: secure cookies, the policy, the limits."""
    shutil.copytree(demo, folder, dirs_exist_ok=True)
    present = Clock(start)
    monkeypatch.setattr(clock, "now", present.now)
    app = create_app(_config(folder))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Site(f"http://127.0.0.1:{server.server_port}", present, app)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()


def _config(folder: Path) -> Config:
    url = f"sqlite:///{folder / 'coi.sqlite'}"
    return Config(
        environment="demo", database_url=url, owner_database_url=url, secret_key="for journeys only",
        ledger_key_file=folder / "ledger.key", argon2_memory_kib=64,
    )  # fmt: skip
