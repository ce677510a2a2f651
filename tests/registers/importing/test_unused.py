"""Uploads that nobody imports: deleted after their time, with an entry of the ledger for each, and nothing else is."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask

from coi import clock
from coi.audit.queries import entries_about
from coi.audit.vocabulary import Event
from coi.database import db
from coi.handlers import job_handlers
from coi.organisations.models import Body
from coi.registers.importing import upload_commands, upload_queries
from coi.registers.importing.unused_commands import KEPT, delete_unused
from coi.registers.importing.vocabulary import UploadState
from tests.factories.interests import SYSTEM
from tests.factories.organisations import a_body
from tests.registers.importing.by_upload import imported, problems, tables_that_say, uploaded

HEAD = ["Name", "Position", "Declared interest", "Type of interest", "From", "To"]
USED = ["Dr Bea Birch", "GP member", "Partner at Larkfield Surgery", "Financial", "11/2005", "Ongoing"]
UNUSED = ["Dr Ama Ashdown", "GP member", "Director of Quintessence Ltd", "Financial", "11/2005", "31/03/2018"]
DAY = timedelta(days=1)


@pytest.fixture
def body(app: Flask) -> Body:
    return a_body()


def test_an_upload_that_nobody_imports_is_deleted_after_its_time_and_what_was_imported_stays(
    app: Flask, body: Body
) -> None:
    used = imported(app, uploaded(app, body, [HEAD, USED], "used.csv"))
    unused = uploaded(app, body, [HEAD, UNUSED], "unused.csv")
    upload_commands.answer(unused, unused.version, {"dr ama ashdown||": "new"}, set(), actor=SYSTEM, at=clock.now())
    db.session.commit()
    delete_unused(actor=SYSTEM, at=clock.now() + KEPT - DAY)
    assert upload_queries.upload(unused.id).state is not UploadState.REFUSED
    job_handlers(app.config["COI"])["web.forget"](None, SimpleNamespace(at=clock.now() + KEPT + DAY))
    db.session.commit()
    gone = upload_queries.upload(unused.id)
    assert gone.state is UploadState.REFUSED and "Nobody imported this file within 30 days" in gone.reason
    assert (tables_that_say("Quintessence"), gone.people) == (set(), {}) and "file_chunk" in tables_that_say(
        "Larkfield"
    )
    assert upload_queries.upload(used.id).state is UploadState.IMPORTED
    latest = entries_about("stored_file", gone.file_id)[-1]
    assert latest.event == Event.REGISTER_FILE_DELETED and problems(app) == []
    delete_unused(actor=SYSTEM, at=clock.now() + 3 * KEPT)
    assert len(entries_about("stored_file", gone.file_id)) == 2, "nothing is deleted twice"


def test_an_upload_is_kept_as_long_as_somebody_works_on_it(app: Flask, body: Body) -> None:
    upload, now = uploaded(app, body, [HEAD, UNUSED]), clock.now()
    upload_commands.answer(upload, upload.version, {}, {1}, actor=SYSTEM, at=now + 20 * DAY)
    delete_unused(actor=SYSTEM, at=now + 31 * DAY)
    assert upload_queries.upload(upload.id).state is UploadState.READING
    delete_unused(actor=SYSTEM, at=now + 51 * DAY)
    assert upload_queries.upload(upload.id).state is UploadState.REFUSED
