"""Who takes part in decisions: asked by a file with pay bands, said by a person, on both databases."""

import io
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import system_actor
from coi.registers.deciders.models import DecisionMaker
from coi.registers.deciders.queries import newest, who_decide
from tests.factories.committees import a_committee, a_member
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient

SYSTEM = system_actor("cli")
AT = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
PAGE, FILE = "/mid-marsh/registers/decision-makers/", "/mid-marsh/registers/starters"
PAYROLL = """Name,Post,Email,Pay Band
Dr Ann Lee,GP adviser,ann@x.example,Band 8D
Mr Ben Oak,Clerk,ben@x.example,Band 4
Mrs Cath New,Chief nurse,cath@x.example,VSM
Ms Mem Ber,Director,mem@x.example,Band 9
"""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def body(app: Flask) -> Body:
    made = a_body()
    for name, post in (("Dr Ann Lee", "GP adviser"), ("Mr Ben Oak", "Clerk"), ("Ms Mem Ber", "Director")):
        email = f"{name.split()[1].lower()}@x.example"
        an_appointment(a_person(name, email=email), made, post, valid_from=date(2020, 1, 1))
    return made


def named(name: str) -> Person:
    return db.session.query(Person).filter(Person.name == name).one()


def waiting(body: Body) -> dict[uuid.UUID, str]:
    """Of whom it waits to be said, and why."""
    return {key: said.row.because for key, said in newest(body.id).items() if not said.is_answered}


def take(client: StrictClient, content: str = PAYROLL) -> str:
    client.post(f"{FILE}/", {"file": (io.BytesIO(content.encode()), "staff.csv"), "is_everybody": "no"})
    page = client.get(f"{FILE}/check")
    ticked = [each["value"] for each in page.soup.select("input[name=take][checked]")]
    return client.post(f"{FILE}/check", {"take": ticked}, queries=60).text


def test_a_pay_band_makes_one_ask_and_decides_nothing(body: Body, secretary: StrictClient) -> None:
    a_member(a_committee(body), named("Ms Mem Ber"))
    assert "1 started, 0 moved, 0 left, 3 to be asked whether they take part in decisions" in take(secretary)
    assert waiting(body) == {
        named("Dr Ann Lee").id: "Pay band 8d", named("Mrs Cath New").id: "Very senior manager", named("Ms Mem Ber").id: "Pay band 9"
    }  # fmt: skip
    assert who_decide(body.id) == frozenset()
    assert "2 people may take part in decisions: say who does" in secretary.get("/mid-marsh/").text
    listed = secretary.get("/mid-marsh/registers/?show=deciding")
    assert "May take part in decisions: Pay band 8d" in listed.text
    assert "Ms Mem Ber" not in listed.soup.select_one("form table.coi-table tbody").text


def test_one_click_says_it_of_all_who_are_ticked_and_the_list_of_non_declarers_ticks_them(
    body: Body, secretary: StrictClient
) -> None:
    take(secretary)
    page = secretary.get(PAGE)
    assert [label.text.strip() for label in page.soup.select(".nhsuk-checkboxes__label")] == [
        "Ms Mem Ber", "Dr Ann Lee", "Mrs Cath New"
    ]  # fmt: skip
    ticked = [each["value"] for each in page.soup.select("input[name=people][checked]")]
    assert len(ticked) == 3
    page = secretary.post(PAGE, {"people": ticked, "answer": "yes"})
    assert "Saved: 3 people take part in decisions" in page.text
    assert "Ms Sol Reyes said on 10 November 2026: takes part in decisions (Pay band 8d)" in page.text
    assert not page.soup.select("input[name=people][checked]")
    listed = secretary.get("/mid-marsh/registers/non-declarers/")
    assert str(named("Dr Ann Lee").id) in {each["value"] for each in listed.soup.select("input[name=people][checked]")}
    assert str(named("Mr Ben Oak").id) not in {
        each["value"] for each in listed.soup.select("input[name=people][checked]")
    }


def test_who_was_said_to_take_no_part_is_not_asked_about_again_for_the_same_reason(
    body: Body, secretary: StrictClient
) -> None:
    take(secretary)
    ann = named("Dr Ann Lee").id
    page = secretary.post(PAGE, {"people": [str(ann)], "answer": "no"})
    assert "Saved: 1 person takes no part in decisions" in page.text
    take(secretary, PAYROLL.replace("Mrs Cath", "Mrs Dana").replace("cath@", "dana@"))
    assert ann not in waiting(body)
    take(secretary, "Name,Post,Email,Grade\nDr Ann Lee,GP adviser,ann@x.example,Band 9\n")
    assert waiting(body)[ann] == "Pay band 9"


@pytest.mark.parametrize("answer", [{}, {"answer": "maybe"}])
def test_without_one_of_the_two_answers_nothing_is_said_of_anybody(
    body: Body, secretary: StrictClient, answer: dict[str, str]
) -> None:
    ben = named("Mr Ben Oak").id
    page = secretary.post(f"{PAGE}?people={ben}", {"people": [str(ben)], **answer})
    assert page.status_code == 422 and page.error_for("People").startswith("Say with one of the two buttons")
    assert who_decide(body.id) == frozenset()


def test_it_can_be_said_of_anybody_and_otherwise_later_and_the_earlier_answer_is_kept(
    body: Body, secretary: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = named("Mr Ben Oak").id
    page = secretary.get(f"{PAGE}?people={ben}")
    assert [each["value"] for each in page.soup.select("input[name=people][checked]")] == [str(ben)]
    secretary.post(f"{PAGE}?people={ben}", {"people": [str(ben)], "answer": "yes"})
    assert who_decide(body.id) == {ben}
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=9))
    secretary.post(PAGE, {"people": [str(ben)], "answer": "no"})
    assert who_decide(body.id) == frozenset()
    assert newest(body.id, known_at=AT)[ben].decides


def test_nobody_is_said_to_decide_without_being_ticked_and_nobody_of_another_body(
    body: Body, secretary: StrictClient
) -> None:
    take(secretary)
    assert secretary.post(PAGE, {}).status_code == 422
    other = a_person("Dr Else Where")
    an_appointment(other, a_body("NHS High Fen ICB", "high-fen"))
    assert secretary.post(f"{PAGE}?people={other.id}", {"people": [str(other.id)], "answer": "yes"}).status_code == 422


def test_a_question_that_two_files_asked_at_once_is_answered_once(body: Body, secretary: StrictClient) -> None:
    ann = named("Dr Ann Lee")
    for _ in range(2):
        row = DecisionMaker(id=uuid.uuid4(), person_id=ann.id, body_id=body.id, because="Pay band 8d", asked_at=AT)
        db.session.add(row)
    log.record(Event.DECISION_MAKERS_SAID, subject=row, actor=SYSTEM, at=AT, body_id=body.id)
    db.session.commit()
    assert "Saved: 1 person takes part" in secretary.post(PAGE, {"people": [str(ann.id)], "answer": "yes"}).text
    assert "may take part in decisions" not in secretary.get("/mid-marsh/").text and not waiting(body)
