"""A secretary imports a register of gifts and hospitality in the browser: upload, look, answer, correct, import; on both databases."""

import io
from datetime import UTC, datetime

import pytest
from flask import Flask

from coi import clock
from coi.config import Config
from coi.database import db
from coi.handlers import actor_of, job_handlers
from coi.jobs.worker import Worker
from coi.organisations.models import Body
from coi.permissions.vocabulary import Role
from coi.registers.gifts.models import Gift
from tests.factories.accounts import account_with
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment
from tests.registers.importing.gifts_seen import ANNEX_D, LUNCH, WINE, Rows
from tests.registers.importing.registers_seen import as_csv
from tests.support.client import StrictClient
from tests.support.page import Page

AT = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
HOME = "/mid-marsh/registers/import"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def secretary(app: Flask, client: StrictClient) -> StrictClient:
    made: Body = a_body()
    an_organisation("Quillbrook Surgery", code="Z99001")
    person = a_person("Mrs Sue Secretary")
    an_appointment(person, made, "Committee secretary")
    an_appointment(a_person("Dr Ann Ash"), made, "GP member")
    account_with(person.id, "secretary@example.nhs.uk", [Role.SECRETARY], made.id)
    db.session.commit()
    return client.as_("secretary@example.nhs.uk")


def _work(app: Flask) -> None:
    config: Config = app.config["COI"]
    worker = Worker(job_handlers(config), actor_of, now=clock.now)
    while worker.run_once():
        pass
    db.session.rollback()


def _read(app: Flask, browser: StrictClient, rows: Rows, name: str = "gifts.csv") -> Page:
    page = browser.post(f"{HOME}/", {"file": (io.BytesIO(as_csv(rows)), name)})
    _work(app)
    return browser.get(page.path)


def _send(app: Flask, browser: StrictClient, page: Page, action: str, **data: str) -> Page:
    where = page.path.partition("?")[0]
    version = page.soup.find("input", attrs={"name": "version"})
    shown = [str(each["value"]) for each in page.soup.select("input[name=shown]")]
    browser.post(f"{where}/{action}", {"version": str(version["value"]), "shown": shown, **data})
    _work(app)
    return browser.get(where)


def _gifts() -> int:
    count = db.session.query(Gift).count()
    db.session.rollback()  # SQLite has one writer, and the worker is another
    return count


def test_a_register_of_gifts_is_uploaded_looked_through_and_imported(app: Flask, secretary: StrictClient) -> None:
    page = _read(app, secretary, ANNEX_D)
    assert "It is a register of gifts and hospitality" in page.text and "Not read:" not in page.text
    wine, lunch, sweets = page.table("Everything: 3")
    assert wine["What will happen"].startswith("New offer") and "Known: Dr Ann Ash" in wine["Recipient"]
    assert "Offeror: for you to match after the import" in wine["What the row says"]
    assert "Offeror matched: Quillbrook Surgery" in lunch["What the row says"]
    assert "New person" in sweets["Recipient"] and "Offeror" not in sweets["What the row says"]
    page = _send(app, secretary, page, "import")
    assert "New offer: 3" in page.text and "New people: 1" in page.text and _gifts() == 3
    secretary.click("say who the offerors are that were not certain")
    shown = secretary.click("Gift, G/2026/0001")
    assert "Taken over from an older register" in shown.text and "On or before 31 March 2019" in shown.text
    assert "Who they are Not recorded" in shown.text
    again = _read(app, secretary, ANNEX_D)
    assert "This file was imported before" in again.text and "There is nothing to import" in again.text


def test_who_somebody_is_is_asked_and_a_row_is_corrected_cell_by_cell(app: Flask, secretary: StrictClient) -> None:
    rows = [*ANNEX_D[:2], ["A Ash", "", *LUNCH[2:]], [*WINE[:3], "?", *WINE[4:]]]
    page = _read(app, secretary, rows)
    asked, wrong = page.table("Needs you: 2")
    assert "may be somebody who is known" in asked["What will happen"]
    assert "The row does not say whether it was accepted or declined" in wrong["What will happen"]
    page = _send(app, secretary, page, "answers", **{"who-1": "new"})
    (wrong,) = page.table("Needs you: 1")
    form = secretary.click("Correct row 4")
    kept = form.form_fields()
    assert kept["cell_offeror"] == "Wexmoor Supplies Ltd"
    empty = secretary.post(form.path, {**kept, "cell_response": ""})
    assert "Enter what became of the offer" in empty.text
    secretary.post(form.path, {**kept, "cell_response": "Declined"})
    _work(app)
    page = secretary.get(page.path)
    assert "You corrected this row" in page.text
    _send(app, secretary, page, "import")
    assert _gifts() == 2


def test_an_old_entry_is_put_right_without_what_nobody_knows(app: Flask, secretary: StrictClient) -> None:
    page = _read(app, secretary, ANNEX_D)
    _send(app, secretary, page, "import")
    secretary.get("/mid-marsh/registers/gifts/?show=unmatched")
    secretary.click("Gift, G/2026/0001")
    form = secretary.click("Put it right")
    fields = {**form.form_fields(), "source": "supplier", "value": "", "note": "It is a firm"}
    done = secretary.post(form.path, fields)
    assert (
        "was put right" in done.text
        and "Supplier or likely supplier" in done.text
        and "Value Not recorded" in done.text
    )
