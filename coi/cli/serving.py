"""coi serve and coi worker: the web server (gunicorn) with its worker beside it, or the worker alone."""

import ctypes
import gc
import os
import signal
import subprocess
import sys
import threading
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from gunicorn import util
from gunicorn.app.base import BaseApplication

from coi.config import Config, port_of_environment, serve_on

_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3  # from malloc.h
LOOPBACK, WITHOUT_DOCSTRINGS = "127.0.0.1", "-OO"
FACTORY = "coi:create_app()"  # by name: wiring stands above the command line


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn, with its settings given here. Each worker process makes its own application, after the fork."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        keep_no_freed_memory()
        application = util.import_app(FACTORY)
        set_apart_what_stays()
        return application


def keep_no_freed_memory() -> None:
    """Lets the threads of this process take their memory from one place, and gives large pieces, such as a password's, back at
    once. Each of four threads would else keep what it ever freed, tens of megabytes in all. Only the GNU allocator does so, and only
    it has these switches."""
    switch = getattr(ctypes.CDLL(None), "mallopt", None)
    if switch is not None:
        switch(_M_ARENA_MAX, 1)
        switch(_M_MMAP_THRESHOLD, 1024 * 1024)


def set_apart_what_stays() -> None:
    """Tells the collector that whatever was loaded so far stays. It looks then only at what requests made, and soon; else it would let
    garbage lie until there is a quarter as much of it as of the whole program."""
    gc.collect()
    gc.freeze()


def serve_forever(host: str, port: int) -> None:
    """Serves until it is stopped, with a job worker in a process of its own. On SQLite one process writes, so one worker with threads."""
    on_sqlite = Config.from_environment().database_url.startswith("sqlite")
    worker = subprocess.Popen([sys.executable, "-m", "coi", "worker"])
    options = {
        "bind": f"{host}:{port}",
        "workers": 1 if on_sqlite else 2,
        "threads": 4,
        "worker_class": "gthread",
        "loglevel": "warning",
        "timeout": 60,
        "on_exit": lambda _server: worker.terminate(),
    }
    try:
        Server(options).run()
    finally:
        worker.terminate()


def hand_over_to_serve(port: int, host: str = LOOPBACK) -> None:
    """Becomes `coi serve` in this same process, which gives back all that was loaded and made until then, and loads code without its
    docstrings and assertions: nobody reads the ones in a server, the others only tell the type checker what is so. Does not return."""
    sys.stdout.flush()
    sys.stderr.flush()
    command = [sys.executable, WITHOUT_DOCSTRINGS, "-m", "coi", "serve", "--port", str(port), "--host", host]
    os.execv(sys.executable, command)  # noqa: S606 - no shell is wanted


@click.command("serve", help="Serve the application on loopback, with its worker.")
@click.option("--port", type=int, default=port_of_environment, show_default="PORT or 5000")
@click.option("--host", default=LOOPBACK, show_default=True)
def serve(port: int, host: str) -> None:
    if sys.flags.optimize < 2:
        hand_over_to_serve(port, host)
    serve_on(port)
    sys.argv = sys.argv[:1]  # gunicorn reads the command line too
    serve_forever(host, port)


@click.command("worker", help="Run jobs: mail, seals and signed checkpoints.")
@with_appcontext
def worker() -> None:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    current_app.extensions["coi.worker"]().run_forever(stop)
