"""A secretary imports a register of procurement decisions in the browser: upload, look, answer, correct, import; on both databases."""

import io

import xlsxwriter
from flask import Flask

from coi.audit.models import LedgerLeaf
from coi.database import db
from coi.registers.importing.models import RegisterUpload
from coi.registers.importing.row_plans import NEW_ENTRY
from coi.registers.importing.vocabulary import UploadState
from coi.registers.procurement.models import ProcurementDecision
from tests.registers.importing.by_browser import read, send
from tests.registers.importing.by_upload import work
from tests.registers.importing.decisions_seen import ANNEX_H, HOURS, SHORT, SURGERY
from tests.support.client import StrictClient

WRONG = [*SURGERY[:12], "10", "20", ""]


def _decisions() -> int:
    count = db.session.query(ProcurementDecision).count()
    db.session.rollback()  # SQLite has one writer, and the worker is another
    return count


def test_a_register_of_decisions_is_uploaded_looked_through_and_imported(app: Flask, secretary: StrictClient) -> None:
    page = read(app, secretary, ANNEX_H)
    assert "Read as the register was on 31 March 2019. It is a register of procurement decisions" in page.text
    assert "Contract/ Service title (title of the contract or service)" in page.text and "Not read:" not in page.text
    first, second = page.table("Everything: 2")
    assert (first["Row"], first["What will happen"][:12]) == ("3", "New decision")
    assert (
        "Conflicts noted: None" in first["What the row says"]
        and "Supplier matched: Quillbrook Surgery" in first["What the row says"]
    )
    assert "Supplier: for you to match after the import" in second["What the row says"]
    assert _decisions() == 0
    before = db.session.query(LedgerLeaf).count()
    db.session.rollback()
    page = send(app, secretary, page, "import")
    assert "The register was imported, as at 31 March 2019" in page.text and "New decision: 2" in page.text
    assert (_decisions(), db.session.query(LedgerLeaf).count()) == (2, before + 1)
    db.session.rollback()
    listed = secretary.click("match the suppliers that were not certain")
    (row,) = listed.table(str(listed.soup.table.caption.get_text()))
    assert (
        row["Contract or service"].startswith("Out of hours") and row["Decided on, by"] == "On or before 31 March 2019"
    )
    shown = secretary.click("Out of hours")
    assert "From row 4 of register.csv, a register as at 31 March 2019. Its number there: P/02." in shown.text
    assert "The register that it was taken over from does not say: the day of the decision" in shown.text
    again = read(app, secretary, ANNEX_H)
    assert "This file was imported before" in again.text and "There is nothing to import" in again.text


def test_a_row_is_corrected_cell_by_cell(app: Flask, secretary: StrictClient) -> None:
    page = read(app, secretary, [*ANNEX_H[:2], WRONG, HOURS])
    (row,) = page.table("Needs you: 1")
    assert "Value to the body: this must not be more than the whole value" in row["What will happen"]
    form = secretary.click("Correct row 3")
    kept = form.form_fields()
    assert kept["cell_value_body"] == "20" and "Quillbrook Surgery" in kept["cell_supplier"]
    version = str(form.soup.find("input", attrs={"name": "version"})["value"])
    refused = secretary.post(form.path, {**kept, "cell_title": "", "version": version})
    assert refused.status_code == 422 and "Enter the title of the contract or service" in refused.text
    secretary.post(form.path, {**kept, "cell_value_body": "5", "version": version})
    work(app)
    page = secretary.get(page.path)
    assert "You corrected this row" in page.table("Everything: 2")[0]["What will happen"]
    send(app, secretary, page, "import")
    assert _decisions() == 2


def test_rows_are_left_out_with_a_reason(app: Flask, secretary: StrictClient) -> None:
    page = read(app, secretary, [*ANNEX_H[:2], WRONG, HOURS])
    page = send(app, secretary, page, "answers", **{"out-1": "y", "why": "Another body's"})
    assert "You left it out: Another body's" in page.table("Everything: 2")[0]["What will happen"]
    send(app, secretary, page, "import")
    assert _decisions() == 1


def test_a_row_that_looks_like_a_decision_asks_which_it_is(app: Flask, secretary: StrictClient) -> None:
    unnumbered = [["", *SURGERY[1:]], ["", *HOURS[1:]]]
    send(app, secretary, read(app, secretary, [*ANNEX_H[:2], *unnumbered]), "import")
    page = read(app, secretary, [*ANNEX_H[:2], ["", *SURGERY[1:11], "Tarn Care Ltd", *SURGERY[12:]]], "later.csv")
    (row,) = page.table("Needs you: 1")
    assert "Say whether it is the same" in row["What will happen"]
    options = [str(each["value"]) for each in page.soup.select("select[name=same-1] option")]
    page = send(app, secretary, page, "answers", **{"same-1": options[1]})
    assert "Contract awarded to: PD/2018-19/001 says “Quillbrook Surgery, 1 High Street, Marshton”" in page.text
    send(app, secretary, page, "import")
    assert _decisions() == 2


def test_what_was_answered_new_does_not_come_in_twice_with_the_same_file(app: Flask, secretary: StrictClient) -> None:
    send(app, secretary, read(app, secretary, ANNEX_H), "import")
    rows = [*ANNEX_H[:2], ["", *SURGERY[1:11], "Tarn Care Ltd", *SURGERY[12:]]]
    page = send(app, secretary, read(app, secretary, rows, "later.csv"), "answers", **{"same-1": NEW_ENTRY})
    assert "You said that it is another decision than PD/2018-19/001" in page.text
    send(app, secretary, page, "import")
    assert _decisions() == 3
    page = read(app, secretary, rows, "later.csv")
    assert "There is nothing to import" in page.text and "It is PD/2018-19/003" in page.text
    (kept,) = db.session.query(RegisterUpload).filter_by(state=UploadState.READY)
    assert kept.corrections["same"] == {}, "what was new then stands there now"


def test_which_register_it_is_can_be_corrected(app: Flask, secretary: StrictClient) -> None:
    bare = [["Contract", "Company", "Detail"], ["Wound care", "Tarn Care Ltd", "Dressings"]]
    page = read(app, secretary, bare)
    assert "no column for the name" in page.text
    columns = secretary.get(f"{page.path}/columns")
    version = str(columns.soup.find("input", attrs={"name": "version"})["value"])
    day = {"as_at-day": "31", "as_at-month": "3", "as_at-year": "2019"}
    secretary.post(columns.path, {"version": version, "register": "procurement", **day})
    work(app)
    page = secretary.get(page.path)
    assert "New decision: 1" in page.text and "Contract (title of the contract or service)" in page.text
    columns = secretary.get(columns.path)
    version = str(columns.soup.find("input", attrs={"name": "version"})["value"])
    sent = {"version": version, "register": "procurement", "column-1": "supplier", **day}
    refused = secretary.post(columns.path, sent)
    assert refused.status_code == 422 and "Say which column holds the title of the contract or service" in refused.text
    secretary.post(columns.path, {**sent, "column-0": "description", "column-2": "title"})
    work(app)
    assert page.path and secretary.get(page.path).table("Everything: 1")[0]["Contract or service"] == "Dressings"


def test_a_workbook_with_merged_cells_is_read(app: Flask, secretary: StrictClient) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("Notes").write(0, 0, "Read me")
        sheet = book.add_worksheet("Procurement")
        sheet.merge_range(0, 0, 0, 14, str(ANNEX_H[0][0]))
        for number, row in enumerate(ANNEX_H[1:], 1):
            sheet.write_row(number, 0, row)
    page = read(app, secretary, made.getvalue(), "procurement.xlsx")
    assert "Only the sheet “Procurement” is read" in page.text and len(page.table("Everything: 2")) == 2


def test_without_a_day_nothing_is_proposed(app: Flask, secretary: StrictClient) -> None:
    page = read(app, secretary, SHORT)
    assert "does not say on which day it was right" in page.text and "New decision" not in page.text
    page = read(app, secretary, SHORT, **{"as_at-day": "31", "as_at-month": "3", "as_at-year": "2019"})
    assert "New decision: 1" in page.text


def test_a_decision_that_was_taken_over_is_corrected_without_knowing_the_rest(
    app: Flask, secretary: StrictClient
) -> None:
    """The old register need not say what was decided, and whoever corrects a word need not either."""
    send(
        app,
        secretary,
        read(app, secretary, SHORT, **{"as_at-day": "31", "as_at-month": "3", "as_at-year": "2019"}),
        "import",
    )
    secretary.get("/mid-marsh/registers/procurement/")
    page = secretary.click("Spirometry at practices was extended for a year")
    assert "Taken over From row 2 of register.csv" in page.text and "Begun" not in page.text
    form = secretary.click("Correct it")
    kept = form.form_fields()
    assert kept["decided_on_or_before"] == "y" and "It may have been earlier" in form.text
    page = secretary.post(form.path, {**kept, "conflicts": "Dr Ash left the room", "note": "As the minutes say"})
    assert page.summary()["Decided on or before"] == "31 March 2019"
    assert page.summary()["Conflicts noted"].endswith("Since: Dr Ash left the room")
    kept = secretary.click("Correct it").form_fields()
    day = {"decided_on-day": "5", "decided_on-month": "3", "decided_on-year": "2019"}
    del kept["decided_on_or_before"]
    page = secretary.post(form.path, {**kept, **day, "note": "The minutes of March"})
    assert page.summary()["Decided on"].endswith("Since: 5 March 2019") and "Decided on or before" not in page.summary()


def test_one_that_was_entered_here_is_not_asked_whether_it_may_have_been_earlier(secretary: StrictClient) -> None:
    assert "It may have been earlier" not in secretary.get("/mid-marsh/registers/procurement/enter").text
