"""A secretary imports a register of gifts and hospitality in the browser: upload, look, answer, correct, import; on both databases."""

import pytest
from flask import Flask

from coi.database import db
from coi.organisations.models import Body
from coi.registers.gifts.models import Gift
from tests.factories.people import a_person, an_appointment
from tests.registers.importing.by_browser import read, send
from tests.registers.importing.by_upload import work
from tests.registers.importing.gifts_seen import ANNEX_D, LUNCH, WINE
from tests.support.client import StrictClient


@pytest.fixture
def secretary(secretary: StrictClient, body: Body) -> StrictClient:
    an_appointment(a_person("Dr Ann Ash"), body, "GP member")
    db.session.commit()
    return secretary


def _gifts() -> int:
    count = db.session.query(Gift).count()
    db.session.rollback()  # SQLite has one writer, and the worker is another
    return count


def test_a_register_of_gifts_is_uploaded_looked_through_and_imported(app: Flask, secretary: StrictClient) -> None:
    page = read(app, secretary, ANNEX_D)
    assert "It is a register of gifts and hospitality" in page.text and "Not read:" not in page.text
    wine, lunch, sweets = page.table("Everything: 3")
    assert wine["What will happen"].startswith("New offer") and "Known: Dr Ann Ash" in wine["Recipient"]
    assert "Offeror: for you to match after the import" in wine["What the row says"]
    assert "Offeror matched: Quillbrook Surgery" in lunch["What the row says"]
    assert "New person" in sweets["Recipient"] and "Offeror" not in sweets["What the row says"]
    page = send(app, secretary, page, "import")
    assert "New offer: 3" in page.text and "New people: 1" in page.text and _gifts() == 3
    secretary.click("say who the offerors are that were not certain")
    shown = secretary.click("Gift, G/2026/0001")
    assert "Taken over from an older register" in shown.text and "On or before 31 March 2019" in shown.text
    assert "Who they are Not recorded" in shown.text
    again = read(app, secretary, ANNEX_D)
    assert "This file was imported before" in again.text and "There is nothing to import" in again.text


def test_who_somebody_is_is_asked_and_a_row_is_corrected_cell_by_cell(app: Flask, secretary: StrictClient) -> None:
    rows = [*ANNEX_D[:2], ["A Ash", "", *LUNCH[2:]], [*WINE[:3], "?", *WINE[4:]]]
    page = read(app, secretary, rows)
    asked, wrong = page.table("Needs you: 2")
    assert "may be somebody who is known" in asked["What will happen"]
    assert "The row does not say whether it was accepted or declined" in wrong["What will happen"]
    page = send(app, secretary, page, "answers", **{"who-1": "new"})
    (wrong,) = page.table("Needs you: 1")
    form = secretary.click("Correct row 4")
    kept = form.form_fields()
    assert kept["cell_offeror"] == "Wexmoor Supplies Ltd"
    empty = secretary.post(form.path, {**kept, "cell_response": ""})
    assert "Enter what became of the offer" in empty.text
    secretary.post(form.path, {**kept, "cell_response": "Declined"})
    work(app)
    page = secretary.get(page.path)
    assert "You corrected this row" in page.text
    send(app, secretary, page, "import")
    assert _gifts() == 2


def test_an_old_entry_is_put_right_without_what_nobody_knows(app: Flask, secretary: StrictClient) -> None:
    page = read(app, secretary, ANNEX_D)
    send(app, secretary, page, "import")
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
