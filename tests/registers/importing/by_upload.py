"""Registers that are uploaded, looked through and imported by their commands and jobs, and what the database says afterwards."""

from datetime import date

import sqlalchemy as sa
from flask import Flask

from coi import clock
from coi.assurance.file_checks import check_files
from coi.audit import checkpoint
from coi.audit.verify import verify
from coi.config import Config
from coi.database import db
from coi.handlers import actor_of, job_handlers
from coi.jobs.worker import Worker
from coi.organisations.models import Body
from coi.registers.importing import upload_commands, upload_queries
from coi.registers.importing.models import RegisterUpload
from coi.registers.importing.vocabulary import UploadState
from tests.factories.interests import SYSTEM
from tests.registers.importing.registers_seen import Rows, as_csv

THEN = date(2019, 3, 31)


def work(app: Flask) -> None:
    """Does every job that waits."""
    config: Config = app.config["COI"]
    db.session.commit()
    worker = Worker(job_handlers(config), actor_of, now=clock.now)
    while worker.run_once():
        pass
    db.session.rollback()


def uploaded(app: Flask, body: Body, rows: Rows, name: str = "register.csv", *, as_at: date = THEN) -> RegisterUpload:
    """The rows as a file that was taken in and read."""
    upload = upload_commands.take_in(body, name, as_csv(rows), as_at, actor=SYSTEM, at=clock.now())
    work(app)
    return upload_queries.upload(upload.id)


def imported(app: Flask, upload: RegisterUpload) -> RegisterUpload:
    """The same upload, imported."""
    assert upload.state is UploadState.READY, upload.reason
    upload_commands.start_import(upload, upload.version, actor=SYSTEM, at=clock.now())
    work(app)
    return upload_queries.upload(upload.id)


def tables_that_say(word: str) -> set[str]:
    """The tables of which any row holds a word."""
    return {
        table.name
        for table in db.metadata.sorted_tables
        for row in db.session.execute(sa.text(f'SELECT * FROM "{table.name}"')).all()
        if any(word in (bytes(each).decode("utf-8", "replace") if isinstance(each, bytes | memoryview) else str(each)) for each in row)
    }  # fmt: skip


def problems(app: Flask) -> list[object]:
    """What `coi audit verify` would list."""
    config = app.config["COI"]
    vkey = checkpoint.vkey(config.ledger_name, checkpoint.load_or_make_key(config.ledger_key_file))
    report = verify(db.session.connection(), vkey=vkey, log_name=config.ledger_name)
    return [*report.problems, *check_files(db.session.connection())]
