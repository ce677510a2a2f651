"""The files of a published register: valid for those who check them, harmless for those who open them, silent about what is withheld."""

import csv
import io
import json
import uuid
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
import sqlalchemy as sa
from flask import Flask
from frictionless import Package, system

from coi import clock
from coi.audit.models import AccessLog
from coi.config import Config
from coi.database import db
from coi.documents.spreadsheets import read_table
from coi.documents.vocabulary import Table
from coi.handlers import actor_of, job_handlers
from coi.jobs.commands import enqueue
from coi.jobs.vocabulary import JobContext
from coi.jobs.worker import Worker
from coi.permissions.vocabulary import Role
from coi.publication import commands, making, saying
from coi.publication.catalogue import BREACHES
from coi.publication.exporting import About, Line, csv_of, document_of
from coi.publication.vocabulary import ShownRow
from coi.registers.interests import commands as interests
from coi.registers.interests.columns import SHAPE
from tests.factories.accounts import account_with
from tests.factories.interests import SYSTEM, a_nil_return, an_interest, details_of
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment
from tests.factories.publication import AT, an_edition
from tests.support import pdf

PLACE = "/mid-marsh/public/interests/"
LATER = AT + timedelta(days=5)
EVIL = "=HYPERLINK(“x”)"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)


def somebody(body, name="Dr Ama Boateng"):
    person = a_person(name)
    an_appointment(person, body)
    return person


@pytest.fixture
def scene(app):
    body = a_body("NHS Mid Marsh ICB", "mid-marsh")
    surgery = an_organisation("Larkfield Surgery", code="Y00001")
    interest = an_interest(somebody(body), details_of(surgery))
    an_interest(somebody(body, "Dr Ben Łęcki"), details_of(EVIL, nature="-2+3; fees, “quoted”\nand a second line"))
    a_nil_return(somebody(body, "Dr Zoë Abbot"))
    an_edition(body)
    db.session.commit()
    return body, interest, surgery


def work(app: Flask) -> None:
    """The worker does what is due."""
    config: Config = app.config["COI"]
    worker = Worker(job_handlers(config), actor_of, now=clock.now)
    while worker.run_once():
        pass
    db.session.rollback()


def rows_of(client):
    return list(csv.DictReader(io.StringIO(client.get(f"{PLACE}register.csv").data.decode(), newline="")))


def withhold(interest, surgery, version=1):
    interests.change_interest(
        interest,
        details_of(surgery, keep_private_because="I was threatened"),
        version=version,
        actor=SYSTEM,
        at=AT + timedelta(days=1),
    )


def test_the_csv_has_the_columns_that_people_expect(client, scene):
    nil, ama, ben = rows_of(client)
    assert (ama["name"], ama["type"], ama["financial"], ama["indirect"]) == (
        "Dr Ama Boateng",
        "Financial",
        "true",
        "false",
    )
    assert (ama["organisation_identifier"], ama["identifier_scheme"], ama["arose_on"]) == (
        "Y00001",
        "GB-NHS",
        "2026-05-20",
    )
    assert (ama["date_published"], ama["first_register"], ama["last_register"]) == ("2026-11-01", "1", "1")
    assert (nil["null_entry"], nil["organisation"]) == ("true", "No interests declared")
    assert ben["organisation"] == f"'{EVIL}"
    assert ben["nature"].startswith("Partner. -2+3")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\0"])
def test_no_cell_of_a_csv_can_become_a_formula(start):
    cell = f"{start}cmd"
    short = {"name": cell, "organisation": [cell]}  # as an edition from before the other columns has it
    for values in (
        short,
        dict.fromkeys(SHAPE.names) | short | {"financial": True},
        dict.fromkeys(SHAPE.names) | short | {"type": [cell]},
    ):
        text = "".join(csv_of(SHAPE, [Line(values, 1)], {1: date(2026, 1, 1)}, 1))
        (row,) = csv.DictReader(io.StringIO(text, newline=""))
        assert row["name"] == row["organisation"] == f"'{cell}"
        assert row["type"] in ("", f"'{cell}")
        assert row["financial"] == ("true" if values.get("financial") else "")


def test_json_says_what_was_declared_to_the_letter(client, scene):
    records = json.loads(client.get(f"{PLACE}register.json").data)
    assert records[2]["organisation"] == [EVIL]
    assert records[2]["name"] == "Dr Ben Łęcki"
    assert records[0]["arose_on"] is None and records[0]["null_entry"] is True


def test_the_data_package_is_valid(client, scene, tmp_path):
    for name in ("datapackage.json", "register.csv", "register.json"):
        (tmp_path / name).write_bytes(client.get(PLACE + name).data)
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    assert report.tasks[0].stats["rows"] == 3


def test_workbook_and_pdf_are_made_ahead_and_say_the_same(client, app, scene):
    assert client.get(f"{PLACE}register.xlsx").status_code == 202
    program = client.get(f"{PLACE}register.xlsx", headers={"Accept": "*/*"})
    assert (program.status_code, program.headers["Retry-After"]) == (202, "60")
    assert program.headers["Content-Type"].startswith("text/plain")
    reader = client.get(f"{PLACE}register.xlsx", headers={"Accept": "text/html,*/*;q=0.8"})
    assert reader.status_code == 202 and reader.heading == "The file is being made"
    assert "The Excel workbook with 3 entries is being brought up to date" in reader.text
    assert reader.links["Get the file"].endswith(f"{PLACE}register.xlsx")
    work(app)
    sheet = read_table(client.get(f"{PLACE}register.xlsx").data, "register.xlsx")[0]
    head = next(number for number, row in enumerate(sheet.rows) if row[0] == "Name")
    assert [row[0] for row in sheet.rows[head + 1 :]] == ["Dr Zoë Abbot", "Dr Ama Boateng", "Dr Ben Łęcki"]
    said = pdf.read(client.get(f"{PLACE}register.pdf").data).text
    assert "Ongoing" in said and "https://localhost/mid-marsh/public/interests" in said
    for words in (
        "Register of interests as at 1 November 2026",
        "Dr Ben Łęcki",
        "Larkfield Surgery (GP practice)",
        "at least 6 years",
    ):
        assert words in " ".join(said.split())


def test_no_cell_of_a_workbook_is_a_formula(client, app, scene):
    work(app)
    with zipfile.ZipFile(io.BytesIO(client.get(f"{PLACE}register.xlsx").data)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert EVIL.encode() in book.read("xl/worksheets/sheet1.xml").replace(b"&quot;", b'"')


def test_what_is_withheld_since_is_in_no_file_and_no_feed(client, app, scene):
    _, interest, surgery = scene
    work(app)
    withhold(interest, surgery)
    for path in (f"{PLACE}register.csv", f"{PLACE}register.json", "/mid-marsh/public/changes.atom"):
        assert b"Boateng" not in client.get(path).data
    for name in ("register.xlsx", "register.pdf"):
        assert client.get(PLACE + name).status_code == 202
    from_schedule(app)
    assert b"Boateng" not in client.get(f"{PLACE}register.pdf").data
    cells = [cell for row in read_table(client.get(f"{PLACE}register.xlsx").data, "r.xlsx")[0].rows for cell in row]
    assert not any("Boateng" in cell for cell in cells)


def test_scenario_55_what_the_public_may_read_of_one_person_is_a_file_and_what_is_withheld_is_read_with_a_trace(
    client, app
):
    """Rule: REG-06, REG-07; RULEBOOK §7.3."""
    body = a_body("NHS Mid Marsh ICB", "mid-marsh")
    ama = somebody(body)
    open_one = an_interest(ama, details_of("Larkfield Surgery", nature="Partner"))
    hidden = an_interest(ama, details_of("Heron Ltd", nature="Adviser", keep_private_because="I was threatened"))
    an_interest(somebody(body, "Dr Ben Łęcki"), details_of("Kite Ltd"))
    an_edition(body)
    lead = a_person("Ms Lea Lead")
    account_with(lead.id, "lead@example.nhs.uk", [Role.GOVERNANCE_LEAD], body.id)
    db.session.commit()
    told = list(csv.DictReader(io.StringIO(client.get(f"{PLACE}register.csv?find=boateng").data.decode(), newline="")))
    assert [each["organisation"] for each in told if each["name"] == "Dr Ama Boateng"] == ["Larkfield Surgery"]
    assert not any("Łęcki" in each["name"] for each in told)
    page = client.as_("lead@example.nhs.uk").get("/mid-marsh/registers/interests/?find=boateng")
    assert open_one.reference in page.text and hidden.reference in page.text
    assert [each.subject_id for each in db.session.scalars(sa.select(AccessLog))] == [str(hidden.id)]


def from_schedule(app: Flask) -> None:
    """What comes round by itself."""
    enqueue("publication.refresh", {}, actor=SYSTEM, at=LATER)
    db.session.commit()
    work(app)


def test_the_feed_has_an_entry_for_each_edition(client, scene):
    body, interest, surgery = scene
    interests.change_interest(
        interest, details_of(surgery, nature="Salaried"), version=1, actor=SYSTEM, at=AT + timedelta(days=1)
    )
    an_edition(body, at=AT + timedelta(days=2))
    feed = ET.fromstring(client.get("/mid-marsh/public/changes.atom").data)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}title") for entry in entries] == [
        "Register of interests, edition 2",
        "Register of interests, edition 1",
    ]
    assert "Nature of interest: Partner. Salaried" in entries[0].findtext(f"{atom}content")
    assert (
        entries[0].find(f"{atom}link").get("href") == "https://localhost/mid-marsh/public/interests/changes?from=1&to=2"
    )


def test_a_register_without_entries_has_files_too(client, app):
    body = a_body("NHS Mid Marsh ICB", "mid-marsh")
    an_edition(body)
    db.session.commit()
    work(app)
    assert rows_of(client) == []
    assert json.loads(client.get(f"{PLACE}register.json").data) == []
    for name in ("register.xlsx", "register.pdf"):
        assert client.get(PLACE + name).status_code == 200


def test_the_document_says_the_edition_and_the_day():
    about = About(
        "NHS Mid Marsh ICB",
        "mid-marsh",
        SHAPE.title,
        "interests",
        3,
        date(2026, 11, 1),
        "https://localhost/x",
        "Kept for years.",
    )
    document = document_of(SHAPE, [], about)
    assert document.title == "Register of interests as at 1 November 2026"
    row = ShownRow(
        "1",
        "",
        {"name": "Dr Sanjay Patel", "nature": "First line\nSecond line", "arose_on": date(2020, 1, 1)},
        frozenset({"type"}),
    )
    printed = document_of(SHAPE, [row], about)
    assert printed.is_wide
    table = next(block for block in printed.blocks if isinstance(block, Table))
    said = dict(zip(table.head, table.rows[0], strict=True))
    assert list(said) == [column.heading for column in SHAPE.columns if column.is_shown]
    assert (said["Nature of interest"], said["Type of interest"]) == ("First line; Second line", "Withheld")
    assert (said["From"], said["To"], said["Direct or indirect"]) == ("1 January 2020", "Ongoing", "–")


def test_the_files_of_an_earlier_edition_are_what_it_said_or_nothing(client, scene):
    body, interest, surgery = scene
    interests.change_interest(
        interest, details_of(surgery, nature="Salaried"), version=1, actor=SYSTEM, at=AT + timedelta(days=1)
    )
    an_edition(body, at=AT + timedelta(days=2))
    db.session.commit()
    assert b"Salaried" in client.get(f"{PLACE}register.csv").data
    assert b"Salaried" not in client.get(f"{PLACE}register.csv?edition=1").data
    assert b"Salaried" not in client.get(f"{PLACE}register.json?edition=1").data
    withhold(interest, surgery, version=2)
    assert b"Boateng" not in client.get(f"{PLACE}register.csv?edition=1").data
    for path in (
        "register.csv?edition=3",
        "register.csv?edition=",
        "register.pdf?edition=1",
        "register.xlsx?edition=1",
    ):
        assert client.get(PLACE + path).status_code == 404


def test_what_comes_round_makes_the_files_of_every_register(client, app, scene, monkeypatch):
    body = scene[0]
    an_edition(body, BREACHES)
    db.session.commit()
    work(app)
    monkeypatch.setattr(saying, "retention_statement", lambda *_of: "Kept for ten years")
    for kind in ("interests", "breaches"):
        assert client.get(f"/mid-marsh/public/{kind}/register.pdf").status_code == 202
    from_schedule(app)
    for kind in ("interests", "breaches"):
        assert "Kept for ten years" in pdf.read(client.get(f"/mid-marsh/public/{kind}/register.pdf").data).text


def test_everything_is_drawn_before_the_first_file_is_kept(app, scene, monkeypatch):
    seen = []
    drawn = making.pdf_of
    monkeypatch.setattr(making, "pdf_of", lambda *a, **k: (seen.append("drawn"), drawn(*a, **k))[1])
    kept = commands.keep_file
    monkeypatch.setattr(commands, "keep_file", lambda *a, **k: (seen.append("kept"), kept(*a, **k))[1])
    work(app)
    assert seen == ["drawn", "kept", "kept"]


def test_while_each_file_is_made_the_job_shows_how_far_it_is(scene, monkeypatch):
    monkeypatch.setattr(making, "EVERY", 1)
    shown = []
    context = JobContext(uuid.uuid4(), scene[0].id, 1, 5, LATER, lambda *told: shown.append(told), lambda: SYSTEM)
    making.make_files({"body_id": str(scene[0].id), "kind": "interests"}, context)
    title = SHAPE.title
    assert shown == [
        *((done, 3, f"{title}, xlsx") for done in (0, 1, 2)),
        *((done, 3, f"{title}, pdf") for done in (1, 2, 3)),
    ]
