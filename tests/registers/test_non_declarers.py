"""The list of decision-makers who did not declare: nobody on it who is away or new, and nothing published that no person confirmed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations.models import Body
from coi.permissions.vocabulary import Actor, Grant, Role
from coi.registers import absence_commands
from coi.registers.non_declarers_commands import confirm_list
from coi.registers.non_declarers_queries import could_be_named, newest_confirmed
from tests.factories.accounts import account, role
from tests.factories.committees import a_committee, a_member
from tests.factories.interests import a_nil_return
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient

AT = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def lead(body: Body) -> Actor:
    return Actor("Lead", grants=(Grant(Role.GOVERNANCE_LEAD, body.id),))


def test_whoever_is_away_new_or_has_declared_is_never_named(body: Body) -> None:
    missing, away, new, nil = (a_person(f"Dr {name}") for name in ("Missing One", "Away Two", "New Three", "Nil Four"))
    for person in (missing, away, nil):
        an_appointment(person, body)
    an_appointment(new, body, valid_from=date(2026, 11, 1))
    absence_commands.enter_absence([away], body.id, date(2026, 9, 1), None, actor=lead(body), at=AT)
    a_nil_return(nil)
    assert [line.name for line in could_be_named(body.id, AT)] == ["Dr Missing One"]
    for person in (away, new, nil):
        with pytest.raises(RuleBroken, match="Look at the list again"):
            confirm_list(body, [missing.id, person.id], "", actor=lead(body), at=AT)
    db.session.rollback()


def test_nothing_may_be_published_until_a_person_confirmed_it(body: Body) -> None:
    person = a_person("Dr Missing One")
    an_appointment(person, body, "Clinical lead")
    assert newest_confirmed(body.id) is None
    confirm_list(body, [person.id], "", actor=lead(body), at=AT)
    found = newest_confirmed(body.id)
    assert found is not None
    assert [(each.name, each.positions) for each in found.still_named] == [("Dr Missing One", "Clinical lead")]
    a_nil_return(person, at=AT + timedelta(hours=1))
    found = newest_confirmed(body.id)
    assert found is not None
    assert (len(found.people), found.still_named) == (1, ())


def test_a_list_that_names_nobody_says_that_everybody_declared(body: Body) -> None:
    confirm_list(body, [], "", actor=lead(body), at=AT)
    found = newest_confirmed(body.id)
    assert found is not None
    assert found.people == ()


def test_the_secretary_of_one_committee_cannot_confirm_the_list_of_the_body(body: Body) -> None:
    actor = Actor("Sec", grants=(Grant(Role.SECRETARY, body.id, a_committee(body).id),))
    with pytest.raises(RuleBroken, match="whole organisation"):
        confirm_list(body, [], "", actor=actor, at=AT)


def test_members_are_ticked_others_are_not_and_the_secretary_confirms(body: Body, client: StrictClient) -> None:
    member, employee = a_person("Dr Missing Member"), a_person("Mr Missing Employee")
    a_member(a_committee(body), member)
    an_appointment(employee, body, "Clerk")
    secretary = a_person("Ms Ffion Secretary")
    account(secretary.id, "sec@example.nhs.uk")
    role(secretary.id, Role.SECRETARY, body.id)
    client.as_("sec@example.nhs.uk")
    page = client.get("/mid-marsh/registers/non-declarers/")
    assert "No list was ever confirmed" in page.text
    assert [each["value"] for each in page.soup.select("input[name=people][checked]")] == [str(member.id)]
    page = client.post("/mid-marsh/registers/non-declarers/", {"people": [str(member.id)]})
    assert "Ms Ffion Secretary confirmed it" in page.text
    page = client.post("/mid-marsh/registers/non-declarers/", {"people": [str(secretary.id)]})
    assert page.status_code == 422
