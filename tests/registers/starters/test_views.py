"""A file of staff read, looked at and taken, on both databases."""

import io
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from coi import clock
from coi.database import db
from coi.notifications.models import OutboxMessage
from coi.organisations.models import Body
from coi.people.models import Person
from coi.people.queries import people, posts_on
from coi.registers.standing_queries import absences_of_body
from coi.registers.starters.queries import seats_of_leavers
from tests.factories.committees import a_committee, a_member
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient

AT = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
HOME = "/mid-marsh/registers/starters"
ESR = """Employee Number,Title,First Name,Last Name,Email Address,Position Title,Latest Start Date,Termination Date
1,Dr,Ann,Lee,ann@x.example,Clinical lead,01/11/2026,
2,Mr,Ben,Oak,ben@x.example,Clerk,,31/10/2026
3,Mrs,Cath,New,cath@x.example,Pharmacist,02/11/2026,
4,Ms,Dee,Elm,,Nurse,02/11/2026,
"""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def body(app: Flask) -> Body:
    made = a_body()
    an_appointment(a_person("Dr Ann Lee", email="ann@x.example"), made, "GP adviser")
    ben = a_person("Mr Ben Oak", email="ben@x.example")
    an_appointment(ben, made, "Clerk")
    a_member(a_committee(made), ben)
    an_appointment(a_person("Mrs Dee Elm", email="dee@x.example"), made, "Director")
    return made


def read(client: StrictClient, content: str = ESR, is_everybody: str = "no"):
    file = (io.BytesIO(content.encode()), "esr.csv")
    return client.post(f"{HOME}/", {"file": file, "is_everybody": is_everybody})


def held(body: Body) -> dict[str, list[str]]:
    found = people(body.id)
    posts = posts_on([each.id for each in found], body.id, date(2026, 11, 10))
    return {each.name: posts.get(each.id, []) for each in found}


def test_what_is_ticked_is_taken_together_and_the_file_read_again_changes_nothing(
    body: Body, secretary: StrictClient
) -> None:
    page = read(secretary)
    assert page.heading == "What esr.csv would change"
    assert "Not read: Employee Number" in page.text
    assert "From GP adviser to Clinical lead" in page.text
    assert "Mrs Dee Elm is known here. Say whether this is the same person" in page.text
    ticked = [each["value"] for each in page.soup.select("input[name=take][checked]")]
    assert len(ticked) == 3
    page = secretary.post(f"{HOME}/check", {"take": [*ticked, "3o"]}, queries=60)
    assert "Taken: 2 started, 1 moved, 1 left" in page.text
    assert held(body) == {
        "Dr Ann Lee": ["Clinical lead"], "Mr Ben Oak": [], "Mrs Cath New": ["Pharmacist"], "Mrs Dee Elm": ["Director"],
        "Ms Dee Elm": ["Nurse"], "Ms Sol Reyes": [],
    }  # fmt: skip
    assert "Mr Ben Oak, Primary Care Commissioning Committee" in page.text
    assert [each.name for each in seats_of_leavers(body.id, date(2026, 11, 10))] == ["Mr Ben Oak"]
    (mail,) = db.session.scalars(sa.select(OutboxMessage)).all()
    assert mail.to_address == "ben@x.example"
    newest = db.session.scalar(sa.text("SELECT entry FROM ledger_leaf ORDER BY seq DESC LIMIT 1"))
    assert b"registers:starters:taken" in bytes(newest), "one command, one entry: the link has none of its own"
    page = read(secretary)
    assert not page.soup.select("input[name=take]")
    assert "No change: 3" in page.text


def test_nothing_is_taken_where_a_post_was_changed_meanwhile(body: Body, secretary: StrictClient) -> None:
    read(secretary)
    secretary.post(f"{HOME}/check", {"take": ["0"]}, queries=60)
    before = held(body)
    read(secretary)
    page = secretary.post(f"{HOME}/check", {"take": ["99"]})
    assert page.status_code == 422
    page = secretary.post(f"{HOME}/check", {})
    assert page.status_code == 422
    assert held(body) == before


def test_a_namesake_said_to_be_the_same_person_gets_the_post_beside_the_other(
    body: Body, secretary: StrictClient
) -> None:
    read(secretary)
    secretary.post(f"{HOME}/check", {"take": ["3s"]}, queries=60)
    assert held(body)["Mrs Dee Elm"] == ["Director", "Nurse"]
    assert len(db.session.scalars(sa.select(Person).where(Person.family_name == "Elm")).all()) == 1


def test_a_namesake_said_to_have_moved_holds_the_new_post_alone(body: Body, secretary: StrictClient) -> None:
    read(secretary)
    secretary.post(f"{HOME}/check", {"take": ["3m"]}, queries=60)
    assert held(body)["Mrs Dee Elm"] == ["Nurse"]


def test_a_move_starts_on_the_day_that_somebody_types_and_leaves_the_old_post_its_days(
    body: Body, secretary: StrictClient
) -> None:
    moved = "First Name,Last Name,Email Address,Position Title,Latest Start Date\nAnn,Lee,ann@x.example,Clinical lead,01/04/2023\n"
    page = read(secretary, moved)
    assert page.soup.select_one("#on-0")["value"] == "10 November 2026"
    for typed, told in (
        ("soon", "“soon” is not a day. Enter a day such as 31/01/2026"),
        ("01/04/2023", "The new post must start after 1 April 2023, when GP adviser began"),
    ):
        page = secretary.post(f"{HOME}/check", {"take": ["0"], "on-0": typed})
        assert page.status_code == 422 and f"Dr Ann Lee: {told}" in page.text
        assert page.soup.select_one("#on-0")["value"] == typed
    secretary.post(f"{HOME}/check", {"take": ["0"], "on-0": "1 October 2026"}, queries=60)
    ann = db.session.scalars(sa.select(Person).where(Person.family_name == "Lee")).one()
    assert [(each.post, each.valid_from, each.valid_to) for each in ann.appointments] == [
        ("GP adviser", date(2023, 4, 1), date(2026, 9, 30)), ("Clinical lead", date(2026, 10, 1), None),
    ]  # fmt: skip


def test_who_is_away_for_long_is_entered_where_somebody_ticks_it(body: Body, secretary: StrictClient) -> None:
    file = "Name,Post,Email,Assignment Status\nDr Ann Lee,GP adviser,ann@x.example,Suspend With Pay\n"
    page = read(secretary, file)
    box = page.soup.find("label", string="Dr Ann Lee").find_previous("input")
    assert not box.has_attr("checked")
    page = secretary.post(
        f"{HOME}/check", {"take": [box["value"]], f"on-{box['value']}": "1 November 2026"}, queries=60
    )
    assert "1 away for long" in page.text
    (absence,) = absences_of_body(body.id, date(2026, 11, 10))
    assert (absence.person.name, absence.since, absence.until) == ("Dr Ann Lee", date(2026, 11, 1), None)
    assert not read(secretary, file).soup.select("input[name=take]")


def test_a_last_day_is_read_by_the_name_that_the_page_gives_it(body: Body, secretary: StrictClient) -> None:
    page = read(secretary, "Name,Post,Email,First day,Last day\nMr Ben Oak,Clerk,ben@x.example,01/02/2020,30/11/2026\n")
    assert "Leaves: Clerk" in page.text


def test_whoever_is_not_in_a_file_of_everybody_is_shown_and_not_ticked(body: Body, secretary: StrictClient) -> None:
    page = read(secretary, "Name,Post\nDr Ann Lee,GP adviser\n", "yes")
    assert "Not in the file: 2" in page.text
    assert not page.soup.select("input[name=take][checked]")


def test_a_file_that_is_not_what_its_name_says_gets_a_clear_word(body: Body, secretary: StrictClient) -> None:
    page = read(secretary, "Shoe size\n5\n")
    assert (
        page.error_for("Spreadsheet")
        == "There is no column for the post or for the name. The first row needs a heading for each column"
    )


def test_a_start_far_ahead_is_ticked_by_nobody_but_a_person(secretary: StrictClient) -> None:
    read(secretary, ESR.replace("02/11/2026,\n4", "01/12/2027,\n4"))
    page = secretary.get(f"{HOME}/check")
    box = page.soup.find("label", string="Mrs Cath New").find_previous("input")
    assert not box.has_attr("checked") and "Tick it only if the year is right" in page.text
    assert "1 started" in secretary.post(f"{HOME}/check", {"take": str(box["value"])}).text
