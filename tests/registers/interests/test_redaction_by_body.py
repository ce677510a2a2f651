"""Where one body is meant, its own Guardian's decision counts, whatever another one decided. On both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from coi.assurance.queries import redacted_interests
from coi.database import db
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Role
from coi.registers.importing.procurement.queries import withheld_people
from coi.registers.interests import queries
from coi.registers.interests.matching_queries import restricted_among
from coi.registers.interests.redaction_commands import decide_fields
from coi.registers.interests.related_queries import fellow_partners
from coi.registers.interests.vocabulary import RedactionDetails
from tests.factories.accounts import account_with
from tests.factories.interests import AT, an_interest, details_of
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment

LATER = AT + timedelta(days=10)


@pytest.fixture(params=["publishes", "withholds"])
def apart(app, request):
    """An interest on two registers of which one body withholds something: the bodies, that which keeps it back first, with the interest.
    The other has decided to publish it; the first was joined after that, or has decided to withhold it."""
    keeps, publishes = a_body("NHS High Fen ICB", "high-fen"), a_body("NHS Mid Marsh ICB", "mid-marsh")
    person, guardian = a_person("Dr Ama Boateng"), Actor("Gaia", person_id=a_person("Ms Gaia Guardian").id)
    practice = an_organisation("Larkfield Surgery")
    interest = an_interest(person, replace(details_of(practice), keep_private_because="I was threatened"))
    an_appointment(person, publishes)
    asked = queries.redactions_of([interest.id])[interest.id]
    decide_fields(asked, RedactionDetails(frozenset(), "No harm"), actor=guardian, at=LATER, body_id=publishes.id)
    an_appointment(person, keeps)
    if request.param == "withholds":
        details = RedactionDetails(frozenset({"nature"}), "A real risk")
        decide_fields(asked, details, actor=guardian, at=LATER, body_id=keeps.id)
    return keeps, publishes, interest, practice


def test_an_import_of_decisions_asks_about_whoever_this_body_withholds_something_of(apart):
    """Rules: REG-06, REG-07."""
    keeps, publishes, _interest, _practice = apart
    assert withheld_people(keeps.id) == ("Boateng",)
    assert withheld_people(publishes.id) == ()


def test_the_register_of_a_body_says_restricted_where_this_body_restricts(apart, client):
    """Rules: REG-06, REG-07: what another body's Guardian decided is told to nobody here."""
    for body, is_restricted in zip(apart[:2], (True, False), strict=True):
        email = f"{body.slug}@example.nhs.uk"
        account_with(a_person("Ms Lee Lead").id, email, [Role.GUARDIAN], body.id)
        db.session.commit()
        text = client.as_(email).get(f"/{body.slug}/registers/interests/").text
        assert "Dr Ama Boateng" in text
        assert ("Restricted" in text) is is_restricted


def test_readings_are_noted_and_partners_told_nothing_where_this_body_keeps_it_back(apart):
    """Rules: REG-06, REG-07, DECL-08."""
    keeps, publishes, interest, practice = apart
    mine = an_interest(a_person("Dr Bea Cole"), details_of(practice)).versions[-1]
    rows, everybody = interest.versions[-1].organisations, sa.select(Person.id)
    for body, kept in ((keeps, [interest]), (publishes, [])):
        assert redacted_interests([interest.id], body.id) == kept
        assert restricted_among(rows, None, body.id) == kept
        partners = [each.name for each in fellow_partners(mine, LATER, everybody, body.id)]
        assert partners == ([] if kept else ["Dr Ama Boateng"])
