"""coi serve and coi worker: the web server (gunicorn) with its worker beside it, or the worker alone."""

import multiprocessing
import os
import signal
import threading
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from coi import create_app, wiring
from coi.config import Config


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn, with its settings given here. On SQLite one process writes, so one worker with threads."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self.app, self.options = app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def serve_forever(port: int, *, host: str = "127.0.0.1") -> None:
    """Serves until it is stopped, with a job worker in a process of its own."""
    config = Config.from_environment()
    on_sqlite = config.database_url.startswith("sqlite")
    worker = multiprocessing.get_context("spawn").Process(target=work_forever, daemon=True)
    worker.start()
    try:
        Server(
            create_app(config),
            {
                "bind": f"{host}:{port}", "workers": 1 if on_sqlite else 2, "threads": 4, "worker_class": "gthread",
                "accesslog": None, "loglevel": "warning", "timeout": 60, "preload_app": False,
            },
        ).run()  # fmt: skip
    finally:
        worker.terminate()


def work_forever() -> None:
    """Runs jobs until the process is told to stop."""
    stop = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    app = create_app()
    with app.app_context():
        wiring.job_worker(app).run_forever(stop)


@click.command("serve", help="Serve the application on loopback, with its worker.")
@click.option("--port", type=int, default=lambda: int(os.environ.get("PORT", "5000")), show_default="PORT or 5000")
@click.option("--host", default="127.0.0.1", show_default=True)
def serve(port: int, host: str) -> None:
    serve_forever(port, host=host)


@click.command("worker", help="Run jobs: mail, seals and signed checkpoints.")
def worker() -> None:
    work_forever()
