"""The public register of breaches on every public page and in every file: nothing in it leads to who reported or whom it is about."""

import io
import zipfile

import pytest

from coi import clock
from coi.database import db
from coi.people.models import Person
from coi.publication.catalogue import BREACHES
from coi.registers.breaches import commands
from coi.registers.breaches.models import Breach
from tests.factories.breaches import SYSTEM, TOLD, a_closed, twin_details
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.factories.publication import AT, an_edition
from tests.publication.test_files import work
from tests.support import pdf

PUBLIC = "/mid-marsh/public/"
PAGES = (
    "", "breaches", "breaches/editions", "breaches/editions/1", "breaches/changes", "breaches/record/{reference}", "changes.atom",
    "breaches/register.csv", "breaches/register.json", "breaches/datapackage.json",
)  # fmt: skip


@pytest.fixture
def breach(app, monkeypatch) -> Breach:
    """A closed breach about a GP, with a text for the public, and a year without any; published."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    body = a_body("NHS Mid Marsh ICB", "mid-marsh")
    gp = a_person("Dr Gil Greystoke")
    an_appointment(gp, body)
    made = a_closed(body, gp=gp)
    commands.write_twin(made, twin_details(), actor=SYSTEM, at=AT)
    commands.state_no_breaches(body.id, 2024, actor=SYSTEM, at=AT)
    an_edition(body, BREACHES)
    db.session.commit()
    work(app)
    return made


def traces_of(breach: Breach) -> list[str]:
    """Whatever would lead back to the record."""
    (person,), (report,) = breach.people, breach.reports
    named: Person = person.person
    ids = (breach.id, report.id, person.id, person.person_id, breach.twins[0].id, *(each.id for each in breach.notes))
    said = [breach.reference, report.reference, named.family_name, TOLD, breach.what, breach.investigator]
    return [*said, *(note.text for note in breach.notes if note.text), *map(str, ids), *(each.hex for each in ids)]


def test_no_public_page_or_file_leads_to_the_record_of_a_breach(client, breach) -> None:
    reference, traces = breach.twins[0].reference, traces_of(breach)
    found = {}
    for page in PAGES:
        answer = client.get(PUBLIC + page.format(reference=reference))
        assert answer.status_code == 200, page
        found[page] = f"{answer.data.decode()} {answer.headers}"
    with zipfile.ZipFile(io.BytesIO(client.get(f"{PUBLIC}breaches/register.xlsx").data)) as book:
        found["xlsx"] = " ".join(book.read(name).decode(errors="replace") for name in book.namelist())
    paper = pdf.read(client.get(f"{PUBLIC}breaches/register.pdf").data)
    found["pdf"] = f"{paper.text} {vars(paper)}"
    for where, text in found.items():
        assert [trace for trace in traces if trace in text] == [], where
    for where in ("breaches", "breaches/register.csv", "xlsx", "pdf"):
        assert reference in found[where], where
        assert "No breaches in 2024/25" in found[where], where
