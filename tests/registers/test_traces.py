"""The Guardian is told from where the public can tell who it is although the name is withheld."""

from dataclasses import replace

import pytest
from flask import Flask

from coi import clock
from coi.permissions.vocabulary import Role
from coi.registers.interests import queries
from coi.registers.traces import TraceFacts, traces_of
from coi.registers.traces_queries import traces_of_gift, traces_of_interest
from tests.factories.accounts import account_with
from tests.factories.committees import a_committee, a_member
from tests.factories.gifts import a_gift
from tests.factories.interests import AT, an_interest, details_of
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment
from tests.factories.procurement import a_procurement
from tests.support.client import StrictClient


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def test_each_place_that_tells_the_name_is_named(app: Flask, client: StrictClient) -> None:
    body, person, elm = (
        a_body("NHS Mid Marsh ICB", "mid-marsh"),
        a_person("Dr Ama Boateng"),
        an_organisation("Elm Surgery"),
    )
    an_appointment(person, body, "GP partner member")
    for name in ("Mr Ash", "Ms Birch", "Mrs Cole", "Mx Dale"):
        an_appointment(a_person(name), body, "Clerk")
    an_appointment(person, body, "Clerk")
    a_member(a_committee(body, "Primary Care Committee"), person)
    private = replace(details_of(elm, keep_private_because="I was threatened"), keep_private_fields=("name",))
    interest = an_interest(person, private)
    open_one = an_interest(person, details_of(elm, nature="Partner"))
    gift = a_gift(body, person)
    a_gift(body, person, keep_private_because="I was threatened", keep_private_fields=("name",))
    decision = a_procurement(body, conflicts="Dr Boateng is a partner of a bidder")
    a_procurement(body, title="Another", conflicts="None")
    found = traces_of_interest(interest, body.id, AT)
    assert found == [
        "Position: nobody but Dr Ama Boateng is “GP partner member” here",
        "Committee: the row names Primary Care Committee, and its papers and minutes name its members",
        f"Organisation: Elm Surgery stands under the name in {open_one.reference}",
        f"Date: declared on the same day as {open_one.reference}, under the name",
        f"Register of interests: {open_one.reference} under the name",
        f"Register of gifts and hospitality: {gift.reference} under the name",
        f"Register of procurement decisions: {decision.reference} mentions the family name",
    ]
    assert f"Register of interests: {open_one.reference} under the name" in traces_of_gift(gift, body.id, AT)
    account_with(a_person("Ms Gaia Guardian").id, "gaia@example.nhs.uk", [Role.GUARDIAN], body.id)
    asked = queries.redactions_of([interest.id])[interest.id]
    page = client.as_("gaia@example.nhs.uk").get(f"/mid-marsh/registers/interests/redactions/{asked.id}")
    assert "the public can still tell who it is" in page.text
    assert found[0] in page.text


def test_nothing_is_said_where_nothing_tells_and_many_references_are_counted() -> None:
    assert traces_of(TraceFacts("Dr Ama Boateng", posts=(("Clerk", 4),), organisations=(("Elm", ()),))) == []
    said = traces_of(TraceFacts("Dr Ama Boateng", posts=(("Lead", 2),), interests=("I/1", "I/2", "I/3", "I/4", "I/5")))
    assert said == [
        "Position: only 2 people are “Lead” here",
        "Register of interests: I/1, I/2, I/3 and 2 more under the name",
    ]
