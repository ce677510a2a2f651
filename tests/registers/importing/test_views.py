"""A secretary imports a register in the browser: upload, look, answer, import; on both databases."""

import io
from datetime import date, timedelta

import pytest
import xlsxwriter
from flask import Flask

from coi import clock
from coi.audit.models import LedgerLeaf
from coi.database import db
from coi.jobs import commands as job_commands
from coi.organisations.models import Body
from coi.organisations.vocabulary import OrganisationKind
from coi.permissions.vocabulary import Role
from coi.registers.importing.models import RegisterImport
from coi.registers.interests.models import Interest, InterestOrganisation, InterestVersion
from coi.registers.interests.vocabulary import InterestRole
from tests.factories.accounts import account, role
from tests.factories.committees import a_committee
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person, an_appointment
from tests.registers.importing.by_browser import AT, HOME, press, upload
from tests.registers.importing.by_upload import work
from tests.registers.importing.registers_seen import TEMPLATE, Rows
from tests.support.client import StrictClient
from tests.support.page import Page

LOCAL = "local@example.nhs.uk"


HEAD = ["Name", "Position", "Declared interest", "Type of interest", "From", "To"]
PARTNER = ["Dr Ama Ashdown", "GP member", "GP partner at Quillbrook Surgery", "Financial", "11/2015", "Ongoing"]
WRONG = [
    "Ms Bryony Wren",
    "Lay member",
    "Governor of Marsh School",
    "Non-financial personal",
    "01/02/2020",
    "01/01/2019",
]


def _upload(browser: StrictClient, rows: Rows | bytes, name: str = "register.csv", *, said_day: bool = True) -> Page:
    day = {"as_at-day": "10", "as_at-month": "11", "as_at-year": "2026"} if rows is not TEMPLATE and said_day else {}
    return upload(browser, rows, name, **day)


def _interests() -> int:
    count = db.session.query(Interest).count()
    db.session.rollback()  # SQLite has one writer, and the worker is another
    return count


def test_a_register_is_uploaded_looked_through_and_imported(app: Flask, secretary: StrictClient) -> None:
    page = _upload(secretary, TEMPLATE)
    assert "The file is being read" in page.text
    work(app)
    page = secretary.get(page.path)
    assert "Read as the register was on 31 January 2026" in page.text
    assert "Type of interest – Financial interests (tick: financial)" in page.text
    assert "Not read:" not in page.text
    rows = page.table("Everything: 4")
    assert [each["Row"] for each in rows] == ["4", "5", "6", "7"]
    assert "Organisation matched" in rows[0]["Interest"] and "for you to match" in rows[1]["Interest"]
    assert _interests() == 0
    before = db.session.query(LedgerLeaf).count()
    page = press(secretary, page, "import")
    work(app)
    page = secretary.get(page.path)
    assert "The register was imported, as at 31 January 2026" in page.text
    assert (_interests(), db.session.query(LedgerLeaf).count()) == (3, before + 1)
    page = _upload(secretary, TEMPLATE)
    work(app)
    page = press(secretary, secretary.get(page.path), "import")
    work(app)
    assert "Nothing changed" in secretary.get(page.path).text
    assert _interests() == 3


def test_an_organisation_by_its_code_or_very_name_waits_in_no_queue(app: Flask, secretary: StrictClient) -> None:
    an_organisation("Marsh End Carers’ Trust", OrganisationKind.CHARITY)
    for town in ("Marsh End", "Farley"):
        an_organisation("Tarn Care", OrganisationKind.COMPANY, town=town, code=f"Z8{town[:1]}01")
    texts = ["Marsh end carers' trust", "Z99001", "Trustee of Marsh End Carers’ Trust", "Tarn Care"]
    coded = [[*PARTNER[:2], text, *PARTNER[3:], "Z8F01"] for text in ("Director of Tarn Care", "Nobody Known Ltd")]
    rows = [[*HEAD, "ODS code"], *([*PARTNER[:2], text, *PARTNER[3:], ""] for text in texts), *coded]
    page = _upload(secretary, rows)
    work(app)
    page = secretary.get(page.path)
    shown = [each["Interest"] for each in page.table("Everything: 6")]
    assert "matched: Marsh End Carers’ Trust (its exact name, which no other organisation has)" in shown[0]
    assert "matched: Quillbrook Surgery (" in shown[1] and "Z99001" in shown[1]
    assert "matched: Marsh End Carers’ Trust (" in shown[2]
    assert "for you to match" in shown[3], "two are called so"
    assert "matched: Tarn Care (its code Z8F01)" in shown[4] and "for you to match" in shown[5], "it works elsewhere"
    press(secretary, page, "import")
    work(app)
    named = {each.text: each.organisation_id for each in db.session.query(InterestOrganisation)}
    assert [bool(named[text]) for text in texts] == [True, True, True, False]


def test_rows_that_need_somebody_are_shown_first_and_hold_back_all_others(
    app: Flask, secretary: StrictClient, body: Body
) -> None:
    an_appointment(a_person("Mrs Ama Ashdown"), body, "Lay member")
    page = _upload(secretary, [HEAD, PARTNER, WRONG, [*WRONG[:4], "", ""]])
    work(app)
    page = secretary.get(page.path)
    assert "2 rows need you first" in page.text
    assert [each["Row"] for each in page.table("Needs you: 2")] == ["2", "3"]
    assert "before it starts" in page.text
    assert "Import these rows" not in page.text
    held_back = press(secretary, page, "import")
    assert "Some rows still need you" in held_back.text
    page = secretary.get(page.path)
    page = press(secretary, page, "answers", **{"who-1": "new", "out-2": "y"})
    work(app)
    page = secretary.get(page.path)
    assert "Import these rows" in page.text
    press(secretary, page, "import")
    work(app)
    assert _interests() == 2


def test_columns_are_corrected(app: Flask, secretary: StrictClient) -> None:
    page = _upload(
        secretary, [["Wer", "Was", "Wann"], ["Dr Ama Ashdown", "GP partner at Quillbrook Surgery", "11/2015"]]
    )
    work(app)
    page = secretary.get(page.path)
    assert "no column for the declared interest" in page.text
    page = secretary.get(f"{page.path}/columns")
    assert "For example: GP partner at Quillbrook Surgery" in page.text
    day = {"as_at-day": "1", "as_at-month": "5", "as_at-year": "2026"}
    version = str(page.soup.find("input", attrs={"name": "version"})["value"])
    refused = secretary.post(page.path, {"version": version, "column-0": "person", **day})
    assert refused.status_code == 422 and "Say which column holds the interest" in refused.text
    page = secretary.post(
        page.path, {"version": version, "column-0": "person", "column-1": "text", "column-2": "from", **day}
    )
    work(app)
    page = secretary.get(page.path)
    assert "New interest: 1" in page.text and "1 May 2026" in page.text


def _row_page(browser: StrictClient, page: Page, position: int) -> Page:
    return browser.get(f"{page.path.partition('?')[0]}/rows/{position}")


SAID = {
    "name": "Ms Bryony Wren", "position": "Lay member", "is_nil": "no", "organisation": "Marsh School", "nature": "Governor",
    "type": "non_financial_personal", "via": "", "arose_on": "02/2019", "ended_on": "", "same_as": "",
    "mitigation": "Leaves the room", "role": "volunteer",
}  # fmt: skip


def test_a_row_that_was_not_understood_is_corrected_without_another_upload(app: Flask, secretary: StrictClient) -> None:
    page = _upload(secretary, [HEAD, PARTNER, WRONG])
    work(app)
    row = _row_page(secretary, secretary.get(page.path), 2)
    assert "before it starts" in row.text and "Governor of Marsh School" in str(row.soup)
    assert row.soup.select_one("#type option[selected]")["value"] == "non_financial_personal", "as it was read"
    version = str(row.soup.find("input", attrs={"name": "version"})["value"])
    refused = secretary.post(row.path, {"version": version, **SAID, "arose_on": "soon"})
    assert refused.status_code == 422 and "“soon” is not a date" in (refused.error_for("From") or "")
    secretary.post(row.path, {"version": version, **SAID})
    late = secretary.post(row.path, {"version": version, **SAID, "nature": "Chair of governors"})
    assert late.status_code == 409 and "Chair of governors" in late.text
    work(app)
    page = secretary.get(page.path)
    assert "Role: Volunteer." in page.text
    assert "You corrected this row" in page.text and "Import these rows" in page.text
    press(secretary, page, "import")
    work(app)
    (done,) = db.session.query(RegisterImport)
    assert done.corrections["rows"]["2"]["organisation"] == "Marsh School"
    version = db.session.query(InterestVersion).filter_by(nature="Governor").one()
    assert (version.arose_on, version.organisations[0].text) == (date(2019, 2, 1), "Marsh School")
    assert (version.mitigation, version.role) == ("Leaves the room", InterestRole.VOLUNTEER)
    assert "row 3. You corrected this row" in version.change_note


def test_a_row_is_left_out_for_a_reason_that_is_kept(app: Flask, secretary: StrictClient) -> None:
    page = _upload(secretary, [HEAD, PARTNER, WRONG])
    work(app)
    press(secretary, secretary.get(page.path), "answers", **{"out-2": "y", "why": "She left the school"})
    work(app)
    page = secretary.get(page.path)
    assert "You left it out: She left the school" in page.text
    press(secretary, page, "import")
    work(app)
    (done,) = db.session.query(RegisterImport)
    assert (done.left_out, done.corrections["why_out"]) == ([2], {"2": "She left the school"})
    db.session.rollback()
    page = _upload(secretary, [HEAD, PARTNER, WRONG])
    work(app)
    page = secretary.get(page.path)
    assert "This file was imported before" in page.text and "You left it out: She left the school" in page.text
    assert "Needs you" not in page.text and page.soup.select_one("#out-2[checked]"), "the answer can be changed"


def test_who_a_namesake_is_is_answered_once_and_can_be_changed(app: Flask, secretary: StrictClient, body: Body) -> None:
    person = a_person("Mrs Ama Ashdown")
    an_appointment(person, body, "Lay member")
    db.session.commit()
    rows = [HEAD, PARTNER, [*PARTNER[:1], "Locum", "Director of Tarn Care Ltd", *PARTNER[3:]]]
    page = _upload(secretary, rows)
    work(app)
    page = secretary.get(page.path)
    as_first = str(page.soup.select("select[name=who-2] option")[-2]["value"])
    press(secretary, page, "answers", **{"who-1": str(person.id), "who-2": as_first})
    work(app)
    press(secretary, secretary.get(page.path), "import")
    work(app)
    assert _interests() == 2
    again = _upload(secretary, rows)
    work(app)
    again = secretary.get(again.path)
    assert "An earlier import said who 2 people are" in again.text and "There is nothing to import" in again.text
    chosen = [str(each["value"]) for each in again.soup.select("select[name^=who-] option[selected]")]
    assert chosen == [str(person.id)] * 2 and again.text.count("as answered at an earlier import") == 2
    press(secretary, again, "answers", **{"who-1": chosen[0], "who-2": "new"})
    work(app)
    again = secretary.get(again.path)
    assert "1 person is new" in again.text and "An earlier import said who 1 person is" in again.text


def test_what_looks_like_an_interest_on_the_register_is_decided_by_the_secretary(
    app: Flask, secretary: StrictClient
) -> None:
    for rows in ([HEAD, PARTNER], [HEAD, [*PARTNER[:2], "Partner, Quillbrook Surgery", "Financial", "2015", ""]]):
        page = _upload(secretary, rows)
        work(app)
        page = secretary.get(page.path)
        if "Import these rows" in page.text:
            press(secretary, page, "import")
            work(app)
    assert "It looks like I/2026/0001, which is on the register already" in page.text
    twin = page.soup.select("select[name=same-1] option")[1]
    page = press(secretary, page, "answers", **{"same-1": str(twin["value"])})
    work(app)
    page = secretary.get(page.path)
    assert "You said that it is I/2026/0001" in page.text
    assert page.soup.select_one("select[name=same-1] option[selected]")["value"] == twin["value"]
    press(secretary, page, "import")
    work(app)
    assert _interests() == 1


def test_another_sheet_is_chosen(app: Flask, secretary: StrictClient) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        for name, rows in (("Board", [HEAD, PARTNER]), ("PCCC", [HEAD, PARTNER, [*PARTNER[:2], "Nil"]])):
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    page = _upload(secretary, made.getvalue(), "register.xlsx")
    work(app)
    page = secretary.get(page.path)
    assert "Only the sheet “Board” is read. Not read: “PCCC”" in page.text
    page = secretary.get(f"{page.path}/columns")
    version = str(page.soup.find("input", attrs={"name": "version"})["value"])
    day = {"as_at-day": "1", "as_at-month": "5", "as_at-year": "2026"}
    page = secretary.post(page.path, {"version": version, "sheet": "PCCC", **day})
    work(app)
    assert "Only the sheet “PCCC” is read" in secretary.get(page.path).text


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"Name,Interest", "register.xlsx", "something else"),
        (b"%PDF-1.7", "register.csv", "something else"),
        (b"%PDF-1.7", "register.pdf", "must be an Excel workbook"),
        (b"", "register.csv", "empty"),
    ],
    ids=["no workbook", "no text", "a PDF", "empty"],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_at_once(
    secretary: StrictClient, data: bytes, name: str, said: str
) -> None:
    page = _upload(secretary, data, name)
    assert page.status_code == 422 and said in (page.error_for("The register") or "")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'Name,Interest\r\nDr A,"Partner at', "never closes"),
        (b"Name,Interest\r\n" + b"Dr A,Nil\r\n" * 200_001, "more than 200,000 rows"),
    ],
    ids=["cut off", "200,000 rows"],
)
def test_a_file_that_cannot_be_read_says_why(app: Flask, secretary: StrictClient, data: bytes, said: str) -> None:
    page = _upload(secretary, data)
    work(app)
    page = secretary.get(page.path)
    assert said in page.text and "Nothing was imported" in page.text


def test_columns_that_are_not_read_stand_above_the_rows_and_can_be_told(app: Flask, secretary: StrictClient) -> None:
    page = _upload(secretary, [[*HEAD, "Shoe size", "Telephone"], [*PARTNER, "43", "01"]])
    work(app)
    page = secretary.get(page.path)
    assert "Not read: Shoe size and Telephone. What stands there is not imported." in page.text
    assert not page.soup.select("details")
    assert "Organisation or practice" in secretary.get(f"{page.path}/columns").text


def test_the_day_of_a_register_is_asked_for_and_never_taken_to_be_today(app: Flask, secretary: StrictClient) -> None:
    page = _upload(secretary, [HEAD, PARTNER], said_day=False)
    work(app)
    page = secretary.get(page.path)
    assert "does not say on which day it was right" in page.text and "Import these rows" not in page.text
    assert "10 November 2026" not in page.text
    asked = secretary.get(f"{page.path}/columns")
    version = str(asked.soup.find("input", attrs={"name": "version"})["value"])
    chosen = {
        str(each["name"]): str(each.find("option", selected=True)["value"]) for each in asked.soup.select("select")
    }
    assert secretary.post(asked.path, {"version": version, **chosen}).status_code == 422
    day = {"as_at-day": "31", "as_at-month": "1", "as_at-year": "2017"}
    secretary.post(asked.path, {"version": version, **chosen, **day})
    work(app)
    assert "Read as the register was on 31 January 2017" in secretary.get(page.path).text


def test_what_is_all_there_offers_no_import_and_actions_are_shown(app: Flask, secretary: StrictClient) -> None:
    page = _upload(secretary, TEMPLATE)
    work(app)
    page = secretary.get(page.path)
    assert "Action taken to mitigate risk: Leaves the room" in page.text
    press(secretary, page, "import")
    work(app)
    page = _upload(secretary, TEMPLATE, "again.csv")
    work(app)
    page = secretary.get(page.path)
    assert "Every row of this file is on the register already. There is nothing to import." in page.text
    assert "Import these rows" not in page.text and "Nothing has been imported yet" not in page.text


def test_two_who_answer_at_once_notice_each_other(app: Flask, secretary: StrictClient) -> None:
    page = _upload(secretary, [HEAD, PARTNER, WRONG])
    work(app)
    page = secretary.get(page.path)
    press(secretary, page, "answers", **{"out-2": "y"})
    assert press(secretary, page, "answers").status_code == 409


def test_two_imports_of_the_same_rows_double_nothing(app: Flask, secretary: StrictClient) -> None:
    pages = [_upload(secretary, [HEAD, PARTNER], name) for name in ("one.csv", "two.csv")]
    work(app)
    for each in pages:
        press(secretary, secretary.get(each.path), "import")
    work(app)
    assert _interests() == 1


def test_an_import_that_is_killed_midway_keeps_nothing_and_starts_again(
    app: Flask, secretary: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _upload(secretary, [HEAD, PARTNER])
    work(app)
    press(secretary, secretary.get(page.path), "import")
    deaths = iter([True])

    def dies(*args: object) -> bool:
        if next(deaths, False):
            raise RuntimeError("killed")
        return True

    original = job_commands.finish
    monkeypatch.setattr(job_commands, "finish", lambda *args, **named: dies() and original(*args, **named))
    work(app)
    assert _interests() == 0
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(hours=1))
    work(app)
    assert _interests() == 1


def test_the_register_of_a_body_is_not_for_whoever_keeps_one_committee(client: StrictClient, body: Body) -> None:
    committee = a_committee(body)
    person = a_person("Mr Lee Local")
    account(person.id, LOCAL)
    role(person.id, Role.SECRETARY, body.id, committee_id=committee.id)
    assert client.as_(LOCAL).get(f"{HOME}/").status_code == 404
