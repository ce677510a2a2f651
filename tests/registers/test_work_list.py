"""The work list of a body on both databases: who stands where, absences, the page and its filter."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations.models import Body
from coi.people.queries import people
from coi.permissions.vocabulary import Actor, Grant, Permission, Role, system_actor
from coi.registers import absence_commands
from coi.registers.standing import Standing
from coi.registers.standing_queries import lines_of_body, open_absences, work_list
from coi.registers.work_list import Line
from tests.factories.accounts import account, role
from tests.factories.committees import a_committee, a_member
from tests.factories.interests import a_nil_return, an_interest, details_of
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient

AT = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
SYSTEM = system_actor("cli")
SECRETARY = "sec@example.nhs.uk"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def secretary(body: Body, client: StrictClient) -> StrictClient:
    person = a_person("Ms Ffion Secretary")
    account(person.id, SECRETARY)
    role(person.id, Role.SECRETARY, body.id)
    return client.as_(SECRETARY)


def line(body: Body, name: str) -> Line:
    return next(each for each in lines_of_body(body.id, AT) if name in each.name)


def test_each_person_stands_where_the_records_say(body: Body) -> None:
    """Rule: REG-01."""
    committee = a_committee(body)
    a_member(committee, a_person("Dr Missing One"))
    a_nil_return(a_member(committee, a_person("Mr Nil Two")).person)
    an_interest(a_member(committee, a_person("Dr Current Three")).person, details_of(arose_on=date(2026, 1, 1)))
    a_member(committee, a_person("Ms Stale Four"))
    a_nil_return(people(body.id, "Stale")[0], at=AT - timedelta(days=500))
    an_appointment(a_person("Mrs New Five"), body, "Nurse", valid_from=date(2026, 11, 1))
    standings = {each.name: each.standing for each in lines_of_body(body.id, AT)}
    assert standings == {
        "Dr Missing One": Standing.MISSING, "Mr Nil Two": Standing.NIL, "Dr Current Three": Standing.CURRENT,
        "Ms Stale Four": Standing.STALE, "Mrs New Five": Standing.DUE,
    }  # fmt: skip
    everybody = work_list(body.id, Actor("Lead", grants=(Grant(Role.GOVERNANCE_LEAD, body.id),)), AT)
    current = next(each for each in everybody if "Current" in each.name)
    assert (current.waiting, current.unmatched, current.late) == (1, 1, 1)
    assert current.committees == {str(committee.id)}
    assert line(body, "New").positions == ("Nurse",)


def test_whoever_never_declared_and_moves_to_another_post_stays_a_non_declarer(body: Body) -> None:
    """Rule: DECL-03, REG-01."""
    person = a_person("Mr Mover One")
    an_appointment(person, body, "Nurse", valid_from=date(2024, 5, 11), valid_to=date(2026, 11, 8))
    an_appointment(person, body, "Lead nurse", valid_from=date(2026, 11, 9))
    found = line(body, "Mover")
    assert found.standing is Standing.MISSING and found.positions == ("Lead nurse",)


def test_a_secretary_of_one_committee_sees_its_members_alone(body: Body) -> None:
    mine, other = a_committee(body), a_committee(body, "Quality Committee", "QUAL")
    a_member(mine, a_person("Dr Mine One"))
    a_member(other, a_person("Dr Other Two"))
    actor = Actor("Sec", grants=(Grant(Role.SECRETARY, body.id, mine.id),))
    found = work_list(body.id, actor, AT, permission=Permission.REGISTERS_STANDING_KEEP)
    assert [each.name for each in found] == ["Dr Mine One"]


def test_somebody_away_is_asked_nothing_until_the_return_and_a_mistake_never_counted(body: Body) -> None:
    person = a_person("Dr Missing One")
    an_appointment(person, body)
    (absence,) = absence_commands.enter_absence([person], body.id, date(2026, 9, 1), None, actor=SYSTEM, at=AT)
    assert line(body, "Missing").standing is Standing.ABSENT
    absence_commands.end_absence(absence, date(2026, 11, 5), actor=SYSTEM, at=AT)
    assert line(body, "Missing").standing is Standing.DUE
    absence_commands.end_absence(absence, None, actor=SYSTEM, at=AT)
    assert line(body, "Missing").standing is Standing.MISSING


def test_two_absences_of_one_person_never_overlap(body: Body) -> None:
    person = a_person()
    an_appointment(person, body)
    absence_commands.enter_absence([person], body.id, date(2026, 9, 1), None, actor=SYSTEM, at=AT)
    with pytest.raises(RuleBroken, match="away on some of these days already"):
        absence_commands.enter_absence([person], body.id, date(2026, 11, 1), None, actor=SYSTEM, at=AT)
    db.session.rollback()


def test_the_number_of_statements_does_not_grow_with_the_people(body: Body, secretary: StrictClient) -> None:
    committee = a_committee(body)
    a_member(committee, a_person("Dr Number Zero"))
    secretary.get("/mid-marsh/registers/?show=everybody")
    first = secretary.get("/mid-marsh/registers/?show=everybody").queries
    for number in range(30):
        person = a_person(f"Dr Number N{number}")
        a_member(committee, person)
        an_interest(person)
    page = secretary.get("/mid-marsh/registers/?show=everybody")
    assert page.text.count("Dr Number") >= 31
    assert page.queries == first


def test_the_secretary_works_through_the_list_and_marks_several_as_away(body: Body, secretary: StrictClient) -> None:
    committee = a_committee(body)
    people = [a_member(committee, a_person(f"Dr Missing {name}")).person for name in ("Alpha", "Beta", "Gamma")]
    page = secretary.get("/mid-marsh/")
    assert "3 people owe a declaration that is overdue" in page.text
    page = secretary.click("3 people owe a declaration that is overdue")
    assert page.heading == "Who is due"
    assert "Started 1 April 2023, first declaration due 29 April 2023" in page.text
    away = "/mid-marsh/registers/absences/new"
    page = secretary.get(f"{away}?people={people[0].id}&people={people[2].id}")
    assert [each["value"] for each in page.soup.select("input[name=people][checked]")] == [
        str(people[0].id),
        str(people[2].id),
    ]
    ticked = [str(people[0].id), str(people[2].id)]
    page = secretary.post(away, {"people": ticked})
    assert page.status_code == 422
    assert page.error_for("First day away") == "Enter the first day away"
    days = {"since-day": "1", "since-month": "10", "since-year": "2026", "until-ongoing": "yes"}
    page = secretary.post(away, {"people": ticked, **days})
    assert "2 people are entered as away" in page.text
    assert len(open_absences([each.id for each in people], body.id)) == 2
    assert "Dr Missing Beta" in secretary.get("/mid-marsh/registers/").text
    assert "Dr Missing Alpha" not in secretary.get("/mid-marsh/registers/").text


def test_somebody_of_another_body_cannot_be_marked(body: Body, secretary: StrictClient) -> None:
    a_member(a_committee(body), a_person("Dr Missing One"))
    stranger = a_person("Dr Far Stranger")
    an_appointment(stranger, a_body("NHS Far Fell ICB", "far-fell"))
    days = {"since-day": "1", "since-month": "10", "since-year": "2026", "until-ongoing": "yes"}
    page = secretary.post("/mid-marsh/registers/absences/new", {"people": [str(stranger.id)], **days})
    assert page.status_code == 422
    assert not open_absences([stranger.id], body.id)


def test_who_was_due_is_shown_as_it_was_known_then_and_nothing_is_done_from_there(
    body: Body, secretary: StrictClient
) -> None:
    committee = a_committee(body)
    late = a_member(committee, a_person("Dr Was Due")).person
    a_nil_return(late, at=AT - timedelta(days=1))
    came = a_member(committee, a_person("Dr Came Later"), at=AT - timedelta(hours=1)).person
    absence_commands.enter_absence([came], body.id, date(2026, 1, 1), None, actor=SYSTEM, at=AT)
    db.session.commit()
    then = "/mid-marsh/registers/?known=2026-11-08T12:00"
    page = secretary.get(then)
    assert "Dr Was Due" in page.text and "Dr Came Later" not in page.text
    assert "As it was known at 8 November 2026, midday" in page.text and "Send them a reminder" not in page.text
    assert "known=2026-11-08" in next(url for words, url in page.links.items() if words.startswith("1 "))
    assert "Dr Was Due" not in secretary.get("/mid-marsh/registers/").text
    page = secretary.get("/mid-marsh/registers/?known=2027-01-01")
    assert (page.status_code, page.errors) == (422, ["The date and time must be in the past"])
