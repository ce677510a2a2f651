"""A worker in a process of its own, for the test that kills one: `worker_process.py DATABASE_URL`, until its input is closed."""

import os
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from coi.database import db, engine_options, prepare
from coi.jobs.commands import enqueue
from coi.jobs.vocabulary import JobContext
from coi.jobs.worker import Worker
from coi.permissions.vocabulary import system_actor

LEASE = timedelta(seconds=2)


def leave_a_trace(payload: Any, context: JobContext) -> None:
    enqueue("trace", payload, actor=system_actor("job"), at=context.at)
    db.session.flush()


def wait_for_death(payload: Any, context: JobContext) -> None:
    """Does its work, and the first time says where it can be killed before that is committed."""
    leave_a_trace(payload, context)
    if context.attempt == 1:
        Path(payload["say"]).write_text(str(os.getpid()))
        time.sleep(60)


def main(url: str) -> None:
    app = Flask("coi")
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url))
    db.init_app(app)
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    with app.app_context():
        prepare(db.engine)
        Worker({"work": leave_a_trace, "deadly": wait_for_death}, lambda _id: None, lease=LEASE).run_forever(stop)


if __name__ == "__main__":
    main(sys.argv[1])
