"""What `coi audit verify` finds beside the ledger's own tables: files, what the public reads, who reported."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.assurance.file_checks import check_files
from coi.audit.findings import Problem
from coi.cli.audit import CHECKS
from coi.database import db
from coi.files.models import FileChunk
from coi.publication.checking import check_editions
from coi.publication.models import PublishedEntry, Shelf
from coi.registers.breaches.models import BreachReport
from coi.registers.breaches.reporter_checks import check_reporters
from tests.factories.breaches import a_report
from tests.factories.interests import an_interest, details_of
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.factories.publication import an_edition

ENTRY, SHELF, CHUNK, REPORT = (each.__table__ for each in (PublishedEntry, Shelf, FileChunk, BreachReport))


@pytest.fixture
def published(app: Flask) -> None:
    """A register with two editions, the second with a record more, and a reported breach."""
    body, gp = a_body(), a_person("Dr Ama Boateng")
    an_appointment(gp, body)
    an_interest(gp, details_of("Elm Care Ltd"))
    an_edition(body)
    an_interest(gp, details_of("Oak Baking Ltd"))
    an_edition(body)
    a_report(body, name="Mr Rep Orter")
    db.session.commit()


def changed(check: Callable[[sa.Connection], list[Problem]], how: sa.Update | sa.Delete) -> list[str]:
    connection = db.session.connection()
    connection.execute(how)
    said = [f"{each.column}: {each.what}" for each in check(connection)]
    db.session.rollback()
    return said


@pytest.mark.usefixtures("published")
def test_what_nobody_touched_is_right() -> None:
    assert not any(each(db.session.connection()) for each in CHECKS)


@pytest.mark.usefixtures("published")
def test_a_file_that_was_changed_or_is_gone_is_found() -> None:
    newest = CHUNK.c.file_id == sa.select(CHUNK.c.file_id).limit(1).scalar_subquery()
    changes = sa.update(CHUNK).where(newest).values(data=b"forged")
    assert changed(check_files, changes) == ["None: the content of the file is not what was stored"]
    assert changed(check_files, sa.delete(CHUNK).where(newest)) == ["None: the content of the file is gone"]


@pytest.mark.usefixtures("published")
def test_what_the_public_reads_otherwise_than_it_was_published_is_found() -> None:
    one = ENTRY.c.id == sa.select(sa.func.min(ENTRY.c.id)).scalar_subquery()
    for how, said in (
        (sa.update(ENTRY).where(one).values(content="{}"), "content: the public reads something else than edition 1 says"),
        (sa.delete(ENTRY).where(one), "None: edition 1 has this record, and the public does not see it"),
        (sa.update(ENTRY).where(one).values(last_edition=1), "None: edition 2 has this record, and the public does not see it"),
        (sa.update(ENTRY).where(ENTRY.c.first_edition == 2).values(first_edition=1),
         "None: the public reads this record in edition 1, which does not have it"),
        (sa.update(ENTRY).where(one).values(mark="0" * 32), "mark: the record does not fit its mark"),
        (sa.update(ENTRY).where(one).values(changed_on=date(2001, 1, 1)), "changed_on: the record does not fit its changed_on"),
        (sa.update(ENTRY).where(one).values(subject="zz"), "subject: the record does not fit its subject"),
        (sa.update(ENTRY).where(one).values(sort_key="zz"), "sort_key: the public finds it elsewhere than edition 1 has it"),
        (sa.update(SHELF).values(edition=1), "edition: edition 1 is shown, and edition 2 is the newest"),
    ):  # fmt: skip
        assert changed(check_editions, how) == [said]


@pytest.mark.usefixtures("published")
def test_another_reporter_than_the_one_who_reported_is_found() -> None:
    for change in ({"reporter_name": "Ms Some Body Else"}, {"reference": "BR-0000"}, {"code_hash": "0" * 64}):
        (said,) = changed(check_reporters, sa.update(REPORT).values(**change))
        assert said == "reporter_name: who reported it, or the codes they come back with, are not what was kept"
