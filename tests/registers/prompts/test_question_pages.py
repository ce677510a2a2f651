"""The pages of questions from public lists: a list is read, questions are chosen, the member answers, with an account or by a link."""

import io
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.datastructures import FileStorage

from coi.audit.models import LedgerPayload
from coi.database import db
from coi.notifications.models import OutboxMessage
from coi.notifications.vocabulary import MessageStatus
from coi.organisations.models import Body
from coi.organisations.vocabulary import RelationKind
from coi.people.commands import end_appointment
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Grant, Role
from coi.registers.interests.models import DeclaringLink
from coi.registers.prompts import commands
from coi.registers.prompts.erasing import erase_of_leavers
from coi.registers.prompts.models import MemberQuestion
from coi.registers.prompts.vocabulary import Answer, AnswerDetails, QuestionState
from coi.wording import day
from tests.factories.accounts import account, role
from tests.factories.interests import an_interest, details_of
from tests.factories.organisations import a_relation, an_organisation
from tests.factories.people import a_person, an_appointment
from tests.factories.questions import AT, SOURCE, SYSTEM, a_prompt, a_question
from tests.support.client import StrictClient
from tests.support.page import Page

PAGES = "/mid-marsh/registers/questions/"
OFFICERS = (
    "Officer name,Company name,Company number,Role,Appointed,Resigned,Nationality\n"
    '"BOATENG, Ama",Elm Care Ltd,01234567,director,2024-03-01,,British\n'
    '"BOATENG, Ama",Oak Baking Ltd,07654321,director,2020-01-01,,British\n'
    '"SECRETARY, Sam",Sam Ltd,08888888,director,2020-01-01,,British\n'
    '"STONE, Ben",Stone Ltd,09999999,director,2020-01-01,,British\n'
    ",Nobody Ltd,09999998,director,2020-01-01,,British\n"
)


@pytest.fixture
def secretary(body: Body, ama: Person, client: StrictClient) -> StrictClient:
    sam = a_person("Ms Sam Secretary", email="sam@example.nhs.uk")
    an_appointment(sam, body, "Secretary")
    an_appointment(a_person("Mr Ben Stone"), body, "Estates")
    account(sam.id, "sam@example.nhs.uk")
    role(sam.id, Role.SECRETARY, body.id)
    return client.as_("sam@example.nhs.uk")


def started(browser: StrictClient, path: str) -> Page:
    """Opens a link and presses its button."""
    assert browser.get(path).heading == "A question for you"
    page = browser.post(path)
    browser._token = ""  # the session is another one from here on
    return page


def sent(data: str | bytes = OFFICERS, name: str = "officers.csv") -> dict[str, object]:
    content = data if isinstance(data, bytes) else data.encode()
    return {
        "file": FileStorage(io.BytesIO(content), filename=name), "name": "Officers of companies, Companies House",
        "on-day": "1", "on-month": "6", "on-year": "2026",
    }  # fmt: skip


def question() -> MemberQuestion:
    db.session.expire_all()
    return db.session.scalars(sa.select(MemberQuestion)).one()


def test_a_list_is_read_told_of_and_asked_about_and_does_not_suggest_the_same_again(secretary: StrictClient) -> None:
    page = secretary.post(f"{PAGES}list", sent())
    assert "Read from officers.csv: 4 people named with an organisation. 1 row was not understood" in page.text
    assert "Columns not read: Nationality" in page.text
    assert "1 question is about you" in page.text
    assert "No email address: 1" in page.text
    boxes = [each["value"] for each in page.soup.select("input[name=pick]")]
    assert len(boxes) == 2
    assert secretary.post(f"{PAGES}choose", {"ask": "1"}).errors == ["Select at least one question"]
    page = secretary.post(f"{PAGES}choose", {"pick": [boxes[0]], "ask": "1"})
    assert "1 person asked, with one email each" in page.text
    secretary.post(f"{PAGES}choose", {"pick": [boxes[1]], "aside": "1"})
    page = secretary.post(f"{PAGES}list", sent())
    assert not page.soup.select("input[name=pick]")
    assert "Asked or set aside before: 2" in page.text
    assert "Set aside" in secretary.get(PAGES).text
    assert db.session.scalar(sa.select(sa.func.count(OutboxMessage.id))) == 1
    assert "Nobody" not in secretary.post(f"{PAGES}forget").text
    assert secretary.get(f"{PAGES}choose").path == f"{PAGES}list"


def test_a_second_list_leaves_the_first_one_to_go_on_with_and_each_is_forgotten_alone(secretary: StrictClient) -> None:
    secretary.post(f"{PAGES}list", sent())
    other = sent("Supplier,Title\nFar Ltd,Scans\n", "awards.csv") | {"name": "Awarded contracts"}
    assert "There is nothing to ask" in secretary.post(f"{PAGES}list", other).text
    secretary.post(f"{PAGES}list", sent())
    links = [each["href"] for each in secretary.get(PAGES).soup.select("main li a") if "/choose?list=" in each["href"]]
    assert len(links) == 2
    officers, awards = links
    page = secretary.get(officers)
    box = page.soup.select("input[name=pick]")[0]["value"]
    assert len(secretary.post(officers, {"pick": [box], "aside": "1"}).soup.select("input[name=pick]")) == 1
    secretary.post(awards.replace("/choose?", "/forget?"))
    assert secretary.get(awards).path == PAGES
    assert "officers.csv" in secretary.get(PAGES).text
    assert "awards.csv" not in secretary.get(PAGES).text


def test_a_day_that_there_is_not_and_a_number_of_no_company_are_said_with_their_rows(secretary: StrictClient) -> None:
    wrong = OFFICERS.replace("2024-03-01", "31/31/2020").replace("07654321", "0765")
    wrong = wrong.replace("2020-01-01,,", "2020-01-01,still current,")
    page = secretary.post(f"{PAGES}list", sent(wrong))
    said = [each.get_text() for each in page.soup.select("main li")]
    assert "row 2: “31/31/2020” is no day of an appointment" in said
    assert "row 3: “0765” is no company number" in said
    assert not any("still current" in each for each in said)
    assert "hold no such day or number" not in secretary.post(f"{PAGES}list", sent()).text


@pytest.mark.parametrize(
    ("data", "name", "wrong"),
    [
        (b"", "officers.csv", "The file is empty"),
        (b" ", "officers.json", "The file is empty"),
        (b"Item,Price\nDesk,3\n", "prices.csv", "This is neither a list of officers nor of awarded contracts"),
        (b'{"items": [', "officers.json", "The file is cut off, or is no JSON"),
        (b"%PDF-1.7", "officers.pdf", "A PDF holds no rows that can be read"),
    ],
)
def test_a_file_that_is_no_such_list_gets_a_clear_word_and_what_was_typed_stays(
    secretary: StrictClient, data: bytes, name: str, wrong: str
) -> None:
    page = secretary.post(f"{PAGES}list", sent(data, name))
    assert page.status_code == 422
    assert page.errors[0].startswith(wrong)
    assert page.soup.select_one("#name")["value"] == "Officers of companies, Companies House"


def test_a_list_of_awards_says_what_is_asked_and_of_whom_nothing_was(secretary: StrictClient, ama: Person) -> None:
    assert "whoever declared an organisation that has a share in a supplier" in secretary.get(f"{PAGES}list").text
    an_interest(ama, details_of(an_organisation("Elm Care Ltd")))
    page = secretary.post(
        f"{PAGES}list", sent("Supplier,Title\nElm Care Limited,Phlebotomy\nFar Ltd,Scans\n", "awards.csv")
    )
    assert "There is nothing to ask. Nobody here who did not declare the supplier bears a name on the list" in page.text
    assert "Declared already by somebody here, who is not asked about it: Elm Care Limited." in page.text


def test_without_a_list_entries_that_name_a_closed_practice_are_suggested(secretary: StrictClient, ama: Person) -> None:
    elm, oak = an_organisation("Elm Surgery"), an_organisation("Oak Surgery")
    a_relation(elm, RelationKind.SUCCEEDED_BY, oak)
    an_interest(ama, details_of(elm))
    page = secretary.post(f"{PAGES}closed")
    assert "Has your interest gone over, or ended?" in page.text
    (box,) = page.soup.select("input[name=pick]")
    secretary.post(f"{PAGES}choose", {"pick": [box["value"]], "ask": "1"})
    assert question().interest_id is not None


def test_a_question_is_withdrawn_and_a_reminder_is_the_secretarys_own_act(
    secretary: StrictClient, ama: Person, body: Body
) -> None:
    asked = a_question(ama, body)
    db.session.commit()
    page = secretary.post(f"{PAGES}{asked.id}/remind")
    assert "The reminder is written" in page.text
    page = secretary.post(f"{PAGES}{asked.id}/remind")
    assert "was written to about this today" in page.text
    page = secretary.post(f"{PAGES}{asked.id}/withdraw", {"because": "The wrong person"})
    assert "The question is withdrawn" in page.text
    assert question().state is QuestionState.WITHDRAWN


def member(client: StrictClient, person: Person, body: Body) -> StrictClient:
    account(person.id, "ama@practice.example")
    role(person.id, Role.DECLARANT, body.id)
    return client.as_("ama@practice.example")


def test_the_member_finds_the_question_on_the_first_page_sees_why_and_is_led_into_declaring(
    client: StrictClient, ama: Person, body: Body
) -> None:
    asked = a_question(ama, body)
    browser = member(client, ama, body)
    assert "1 question from public lists for you to answer" in browser.get("/mid-marsh/").text
    assert "One question from a public list waits" in browser.get("/mid-marsh/registers/interests/mine").text
    page = browser.get(f"{PAGES}mine/{asked.id}")
    assert "Officers of companies, Companies House, as it was on 1 June 2026" in page.text
    assert browser.post(f"{PAGES}mine/{asked.id}", {}).errors == ["Select an answer"]
    page = browser.post(f"{PAGES}mine/{asked.id}", {"answer": "will_declare"})
    assert page.path.endswith("/interests/declare/1/what")
    page = browser.post("/mid-marsh/registers/interests/declare/1/what", {"what": "director"})
    assert "Elm Care Ltd" in browser.get("/mid-marsh/registers/interests/declare").text
    assert question().answer is Answer.WILL_DECLARE
    page = browser.post(f"{PAGES}mine/{asked.id}", {"answer": "not_me"})
    assert page.path == f"{PAGES}mine"
    assert "No, that is not me" in page.text


def test_without_an_account_the_link_of_the_mail_answers_and_is_used_up_with_the_last_answer(
    secretary: StrictClient, ama: Person, app: Flask
) -> None:
    page = secretary.post(f"{PAGES}list", sent())
    boxes = [each["value"] for each in page.soup.select("input[name=pick]")]
    secretary.post(f"{PAGES}choose", {"pick": boxes, "ask": "1"})
    path = urlsplit(db.session.scalars(sa.select(OutboxMessage)).one().secret).path
    browser = secretary.signed_out()
    page = started(browser, path)
    assert "Questions for you" in page.text
    first, second = [url for url in page.links.values() if "/questions/by-link/" in url]
    page = browser.post(first, {"answer": "will_declare"})
    assert "You started a declaration" in page.text
    page = browser.post(second, {"answer": "not_me"})
    assert page.path.endswith("/by-link/")
    assert "You started a declaration" in page.text


def test_with_nothing_to_declare_the_last_answer_ends_the_visit(secretary: StrictClient, ama: Person) -> None:
    page = secretary.post(f"{PAGES}list", sent())
    box = page.soup.select_one("input[name=pick]")["value"]
    secretary.post(f"{PAGES}choose", {"pick": [box], "ask": "1"})
    path = urlsplit(db.session.scalars(sa.select(OutboxMessage)).one().secret).path
    browser = secretary.signed_out()
    page = started(browser, path)
    (url,) = [url for url in page.links.values() if "/questions/by-link/" in url]
    assert browser.post(url, {"answer": "nothing_new"}).errors == [
        "Say where it is declared, or why it does not need to be"
    ]
    page = browser.post(url, {"answer": "nothing_new", "words": "See I/2026/0001"})
    assert page.heading == "Thank you for your answer"
    assert browser.signed_out().get(path).status_code == 410
    assert question().answer_words == "See I/2026/0001"


def test_an_answer_waits_on_the_secretarys_first_page_until_it_is_noted(
    secretary: StrictClient, ama: Person, body: Body
) -> None:
    asked = a_question(ama, body)
    commands.answer(asked, AnswerDetails(Answer.WILL_DECLARE), actor=SYSTEM, at=AT)
    assert "1 answer to questions from public lists to read" in secretary.get("/mid-marsh/").text
    assert "It is not on the register yet" in secretary.get(PAGES).text
    an_interest(ama, details_of("Elm Care Limited"))
    assert "It is on the register" in secretary.post(f"{PAGES}{asked.id}/note").text
    assert "to questions from public lists" not in secretary.get("/mid-marsh/").text


def test_what_was_asked_of_somebody_who_left_is_erased_by_the_governance_lead_in_the_ledger_too(
    client: StrictClient, body: Body
) -> None:
    lead, gone = a_person("Mr Kit Lead"), a_person("Dr Gone Away", email="gone@practice.example")
    an_appointment(lead, body, "Governance lead")
    an_appointment(gone, body, valid_to=date(2026, 6, 30))
    asked = a_question(gone, body, "Quintessence Ltd")
    account(lead.id, "kit@example.nhs.uk")
    role(lead.id, Role.GOVERNANCE_LEAD, body.id)
    browser = client.as_("kit@example.nhs.uk")
    browser.get(PAGES)
    assert "Dr Gone Away" in browser.click("Erase what was asked of people who left").text
    assert browser.post(f"{PAGES}left", {}).errors == ["Enter why it is erased"]
    assert "is erased" in browser.post(f"{PAGES}left", {"because": "They left"}).text
    assert question().disposed_at is not None
    sections = [bytes(each.body or b"") for each in db.session.scalars(sa.select(LedgerPayload))]
    assert not any(b"Quintessence" in each for each in sections)
    assert browser.get(f"{PAGES}left").status_code == 404
    assert asked.state is QuestionState.ASKED


def test_what_is_erased_is_mailed_no_more_and_says_of_nobody_that_they_were_asked_who_never_were(body: Body) -> None:
    gone = a_person("Dr Gone Away", email="gone@practice.example")
    post, never = an_appointment(gone, body), a_prompt(gone, "Never Ltd")
    commands.set_aside(
        gone.id,
        [replace(never, about=replace(never.about, number="7"))],
        SOURCE,
        body,
        "Another person",
        actor=SYSTEM,
        at=AT,
    )
    commands.ask(
        gone.id, [a_prompt(gone, "Quintessence Ltd")], SOURCE, body, site="https://localhost", actor=SYSTEM, at=AT
    )
    end_appointment(post, date(2026, 5, 31), actor=SYSTEM, at=AT)
    lead = Actor("Mr Kit Lead", grants=(Grant(Role.GOVERNANCE_LEAD, body.id),))
    made = erase_of_leavers(body, "They left", actor=lead, at=AT)
    db.session.commit()
    assert sorted(made.records) == [
        f"Question about Dr Gone Away that was set aside and not asked, {day(AT)}", f"Question to Dr Gone Away, {day(AT)}",
    ]  # fmt: skip
    mail = db.session.scalars(sa.select(OutboxMessage)).one()
    assert (mail.status, mail.secret) == (MessageStatus.CANCELLED, None) and "Quintessence" not in mail.text
    assert db.session.scalars(sa.select(DeclaringLink)).one().is_retired


def test_nobody_reads_anothers_question(secretary: StrictClient, ama: Person, body: Body) -> None:
    asked = a_question(ama, body)
    assert secretary.get(f"{PAGES}mine/{asked.id}").status_code == 404
    assert "Elm Care Ltd" not in secretary.signed_out().get("/mid-marsh/public/").text
