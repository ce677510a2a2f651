"""An interest that is in no organisation, from the question to the register, the public row, screening and the paper."""

from datetime import date

import pytest

from coi import clock
from coi.database import db
from coi.meetings.conflicts.searched import Searched
from coi.permissions.vocabulary import Role
from coi.registers.interests import queries
from coi.registers.interests.annex_queries import annex_of
from coi.registers.interests.columns import PublicFacts, public_row
from coi.registers.interests.entries import Entry
from coi.registers.interests.forms import signed
from coi.registers.interests.vocabulary import DeclaredOn, InterestType
from tests.factories.accounts import account_with
from tests.factories.interests import AT, an_interest, details_of
from tests.factories.people import a_person, an_appointment

HOME = "/mid-marsh/registers/interests"
CAUSE = "Has campaigned for years to keep the walk-in centre open"
IN_NONE = (
    ("what", {"what": "other", "whose": "direct"}),
    ("kind", {"kind": "non_financial_personal"}),
    ("organisation", {"organisation-text": "", "no_organisation": "y"}),
    ("about", {"nature": CAUSE, "arose_on-day": "1", "arose_on-month": "4", "arose_on-year": "2019"}),
)


@pytest.fixture
def gp(body):
    return somebody(body, "Dr Ama Boateng", "gp@example.nhs.uk", Role.DECLARANT)


def somebody(body, name, email, role):
    person = a_person(name)
    an_appointment(person, body, "GP partner member")
    account_with(person.id, email, [role], body.id)
    return person


def declare(client):
    client.as_("gp@example.nhs.uk")
    for step, answers in IN_NONE:
        page = client.post(f"{HOME}/declare/1/{step}", answers)
        assert page.status_code == 200, (step, page.errors)
    return client.post(f"{HOME}/declare/another", {"another": "no"})


def test_an_interest_in_no_organisation_is_declared_without_a_role_and_stands_on_every_page(body, client, gp):
    somebody(body, "Sam Scribe", "secretary@example.nhs.uk", Role.SECRETARY)
    db.session.commit()
    page = declare(client)
    assert page.heading == "Check your answers"
    assert page.summary()["Organisation"] == "No organisation"
    assert "Role" not in page.summary()
    page = client.post(f"{HOME}/declare/check", {"has_reason": "no"})
    assert page.heading == "Declaration sent"
    assert "No organisation" in page.text
    (standing,) = queries.standing_of(gp.id, clock.now())
    client.as_("secretary@example.nhs.uk")
    page = client.get(f"{HOME}/")
    assert "Unmatched" not in page.text
    page = client.get(f"{HOME}/?show=unmatched")
    assert CAUSE not in page.text
    client.get(f"{HOME}/")
    page = client.click(f"No organisation, {standing.interest.reference}")
    assert page.summary()["Organisation"] == "No organisation"
    assert page.summary()["Role"] == "None"


def test_an_organisation_and_none_at_once_is_refused_and_nothing_typed_is_lost(body, client, gp):
    db.session.commit()
    client.as_("gp@example.nhs.uk")
    client.post(f"{HOME}/declare/1/what", {"what": "other", "whose": "direct"})
    page = client.post(
        f"{HOME}/declare/1/organisation",
        {"organisation-text": "Nowhere", "organisation-asked": "Nowhere", "no_organisation": "y"},
    )
    assert page.status_code == 422
    assert "Either enter an organisation, or select that there is none" in page.errors
    assert "Nowhere" in page.html


def test_a_partnership_is_always_in_an_organisation(body, client, gp):
    db.session.commit()
    client.as_("gp@example.nhs.uk")
    client.post(f"{HOME}/declare/1/what", {"what": "partnership", "whose": "direct"})
    page = client.get(f"{HOME}/declare/1/organisation")
    assert "There is no organisation" not in page.text
    page = client.post(f"{HOME}/declare/1/organisation", {"organisation-text": "", "no_organisation": "y"})
    assert page.status_code == 422


def test_an_interest_that_turns_out_to_be_a_partnership_is_asked_for_its_organisation():
    entry = Entry().with_answers("what", {"subtype": "other"})
    entry = entry.with_answers("organisation", {"organisation": "", "has_no_organisation": True})
    assert not entry.asks_role
    changed = entry.with_answers("what", {"subtype": "partnership"})
    assert not changed.has_no_organisation
    assert "organisation" not in changed.answered


def test_an_interest_that_turns_out_to_be_in_an_organisation_is_asked_for_its_role(body, client, gp):
    interest = an_interest(gp, details_of(None, kind=InterestType.NON_FINANCIAL_PERSONAL, nature=CAUSE))
    db.session.commit()
    client.as_("gp@example.nhs.uk")
    page = client.get(f"{HOME}/mine/{interest.id}/change")
    assert page.status_code == 200
    entry = Entry(has_no_organisation=True, subtype="other", role="other", answered=("what", "organisation", "about"))
    there = entry.with_answers("organisation", {"organisation": "Friends of the centre", "has_no_organisation": False})
    assert there.asks_role
    assert "about" not in there.answered


def test_a_change_keeps_or_ends_being_in_no_organisation(body, client, gp):
    interest = an_interest(gp, details_of(None, kind=InterestType.NON_FINANCIAL_PERSONAL, nature=CAUSE))
    db.session.commit()
    client.as_("gp@example.nhs.uk")
    start = {"arose_on-day": "20", "arose_on-month": "5", "arose_on-year": "2026", "ended_on-ongoing": "yes"}
    said = {
        "kind": "non_financial_personal",
        "whose": "direct",
        "role": "other",
        "nature": f"{CAUSE}, as its chair",
        **start,
    }
    page = client.post(
        f"{HOME}/mine/{interest.id}/change", {**said, "version": "1", "organisation-text": "", "no_organisation": "y"}
    )
    assert page.status_code == 200, page.errors
    named = {"organisation-text": "Friends of the centre", "organisation-asked": "Friends of the centre"}
    page = client.post(f"{HOME}/mine/{interest.id}/change", {**said, "version": "2", **named})
    assert page.status_code == 200, page.errors
    page = client.get(f"{HOME}/mine/{interest.id}")
    assert page.summary()["Organisation"].startswith("Friends of the centre")


def test_the_public_row_and_the_paper_say_that_there_is_no_organisation(body, gp):
    facts = PublicFacts(
        "I/2026/0001", gp.name, gp.sort_key, DeclaredOn(date(2026, 6, 1)), type=InterestType.NON_FINANCIAL_PERSONAL, nature=CAUSE,
        role=details_of().role,
    )  # fmt: skip
    row = public_row(facts)
    assert row.values["organisation"] == ("No organisation",)
    assert row.values["nature"] == CAUSE
    assert row.values["organisation_identifier"] == ()
    interest = an_interest(gp, details_of(None, nature=CAUSE))
    paper = annex_of(interest.versions[0].declaration, body)
    assert paper.rows[0].description == f"No organisation. {CAUSE}"


@pytest.mark.parametrize(("days", "said"), [(28, "within 28 days"), (14, "within 14 days"), (0, "without delay")])
def test_what_is_signed_names_the_days_of_the_body(days, said):
    assert said in signed(days)


def test_what_was_searched_tells_of_interests_from_which_no_path_leads():
    loose = Searched(people=5, interests=4, items=2, relations=3, known_at=AT, not_matched=3)
    assert "4 interests" in loose.words
    assert "3 further interests name an organisation that is not matched, so a flag may be missing." in loose.words
    partly = Searched(people=5, interests=4, items=2, relations=3, known_at=AT, part_matched=1)
    assert (
        "One of the interests also names an organisation that is not matched, so a flag may be missing." in partly.words
    )
    searched = Searched(people=5, interests=4, items=2, relations=3, known_at=AT, without_organisation=1)
    assert searched.words.endswith(
        "2 items. 1 interest is in no organisation, so that no path leads from there: read what it says."
    )
