"""Names that a body taught: their one meaning at a time, what asks them, and the pages on which they are kept."""

from datetime import date, timedelta

import pytest

from coi import clock
from coi.audit.queries import entries
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations.models import Body, Organisation
from coi.permissions.vocabulary import Role
from coi.registers.aliases import commands, queries
from coi.registers.aliases.rules import is_name
from coi.registers.aliases.vocabulary import AliasDetails
from coi.registers.interests import queries as interests
from coi.registers.suggestions import suggestions
from tests.factories.accounts import account, role
from tests.factories.interests import an_interest, details_of
from tests.factories.organisations import AT, SYSTEM, a_body, a_release, an_organisation, ods_row
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient

NAMES, MATCH = "/mid-marsh/registers/aliases/", "/mid-marsh/registers/next/organisation"
WHY = "Its website says so"


@pytest.fixture
def oak(body: Body) -> Organisation:
    return an_organisation("Oakridge Medical Centre", code="Y00001")


@pytest.fixture
def secretary(body: Body, client: StrictClient) -> StrictClient:
    person = a_person("Ms Sam Secretary")
    account(person.id, "sam@example.nhs.uk")
    role(person.id, Role.SECRETARY, body.id)
    return client.as_("sam@example.nhs.uk")


def taught(body: Body, text: str, organisation: Organisation | None, at=AT):
    details = AliasDetails(text, organisation.id if organisation else None, WHY)
    return commands.teach(body.id, details, actor=SYSTEM, at=at)


def test_a_name_has_one_meaning_at_a_time_and_its_earlier_meanings_stay(body: Body, oak: Organisation) -> None:
    elm = an_organisation("Elmhurst Surgery", code="Y00002")
    first = taught(body, "Ridge Docs", oak)
    taught(body, "the RIDGE docs", elm, at=AT + timedelta(days=2))
    assert [(each.text, each.code) for each in queries.aliases_of(body.id)] == [("the RIDGE docs", "Y00002")]
    assert (first.valid_from, first.valid_to, first.ended_because) == (
        date(2026, 4, 1),
        date(2026, 4, 3),
        "Taught anew",
    )
    assert [each.row.meaning for each in queries.taught_names(body.id)] == [
        "Elmhurst Surgery",
        "Oakridge Medical Centre",
    ]
    with pytest.raises(RuleBroken, match="means this already"):
        taught(body, "Ridge Docs", elm)


def test_a_taught_name_is_found_wherever_an_organisation_is_looked_up(
    body: Body, oak: Organisation, secretary: StrictClient
) -> None:
    said = "taught by the system on 1 April 2026"
    an_organisation("Docs Travel Ltd")
    taught(body, "Ridge Docs", oak)
    found = secretary.get("/mid-marsh/organisations?q=ridge+docs")
    assert "1 found" in found.text and f"“ridge docs” means it here: {said}" in found.text
    relate = f"/mid-marsh/organisations/{an_organisation('Elm').id}/relations/new"
    asked = secretary.post(relate, {"other-text": "the Ridge Docs", "other-find": "1"})
    (chosen,) = [each["value"] for each in asked.soup.select("input[name=other-choice][checked]")]
    assert chosen == str(oak.id) and said in asked.text


def test_another_body_does_not_know_the_name(body: Body, oak: Organisation) -> None:
    taught(body, "Ridge Docs", oak)
    assert queries.aliases_of(a_body("NHS Far Fell ICB", "far-fell").id) == ()


@pytest.mark.parametrize(
    "text",
    ["", "🙂", "GP partner at", "n/a", "a b " * 13],
)
def test_only_a_name_can_be_taught(body: Body, oak: Organisation, text: str) -> None:
    assert not is_name(text)
    with pytest.raises(RuleBroken, match="Enter the name alone"):
        taught(body, text, oak)


def test_the_lesson_lasts_through_new_releases_and_says_when_the_organisation_closed(body: Body) -> None:
    a_release(ods_row("Y12345", "RIDGE HOUSE SURGERY"))
    ridge = suggestions("Ridge House Surgery", (), date(2026, 4, 1))[0]
    commands.teach(body.id, AliasDetails("Ridge Docs", ridge.id, WHY), actor=SYSTEM, at=AT)
    renamed = ods_row("Y12345", "MARSH PARK SURGERY", status="C", closed="20260331")
    a_release(renamed, released_on=date(2026, 4, 1), filename="epraccur-2.csv", at=AT + timedelta(days=1))
    (alias,) = queries.aliases_of(body.id)
    assert (alias.code, alias.name) == ("Y12345", "MARSH PARK SURGERY")
    assert alias.why == "taught by the system on 1 April 2026; closed on 31 March 2026"


def test_a_taught_name_leads_the_suggestions(body: Body, oak: Organisation) -> None:
    an_organisation("Ridge Road Surgery", code="Y00009")
    taught(body, "Ridge Docs", oak)
    found = suggestions("Ridge Docs", (), date(2026, 11, 10), queries.aliases_of(body.id))
    assert (found[0].id, found[0].is_likely) == (oak.id, True)
    assert "taught by the system on 1 April 2026" in found[0].about


def test_words_that_mean_nobody_no_longer_wait_to_be_matched(body: Body) -> None:
    gp = a_person("Dr Carys Gp")
    an_appointment(gp, body)
    for text in ("Ridge Docs", "Ridge Cricket Club"):
        an_interest(gp, details_of(text))
    row = taught(body, "ridge cricket club", None)
    assert [each.text for each in interests.unmatched(body.id, clock.now(), clock.today())] == ["Ridge Docs"]
    commands.end(row, "It has a contract now", actor=SYSTEM, at=AT)
    assert len(interests.unmatched(body.id, clock.now(), clock.today())) == 2


def test_the_secretary_adds_a_name_and_ends_it_with_a_reason(
    body: Body, oak: Organisation, secretary: StrictClient
) -> None:
    assert "None yet" in secretary.get(NAMES).text
    page = secretary.post(
        f"{NAMES}teach",
        {"text": "Ridge Docs", "organisation-text": "Oakridge", "organisation-asked": "Oakridge",
         "organisation-choice": str(oak.id), "why": WHY},
    )  # fmt: skip
    assert "“Ridge Docs” is remembered" in page.text
    assert "Ms Sam Secretary" in page.text
    secretary.click("End “Ridge Docs”")
    ending = f"{NAMES}{queries.taught_names(body.id)[0].row.id}/end"
    assert "Enter why it no longer counts" in secretary.post(ending, {"because": " "}).text
    page = secretary.post(ending, {"because": "The practice took another name"})
    assert "“Ridge Docs” meant Oakridge Medical Centre" in page.text
    assert [each.event for each in entries(2)] == ["registers:alias:ended", "registers:alias:taught"]


def test_a_name_needs_one_answer_of_two(oak: Organisation, secretary: StrictClient) -> None:
    page = secretary.post(f"{NAMES}teach", {"text": "Ridge Docs", "why": WHY})
    assert "Enter the organisation, or select that it is none of them" in page.text
    page = secretary.post(f"{NAMES}teach", {"text": "Ridge Docs", "why": WHY, "no_organisation": "y"})
    assert "None of the organisations in the lists" in page.text


def test_whoever_works_the_queue_lets_the_words_be_remembered(
    body: Body, oak: Organisation, secretary: StrictClient
) -> None:
    gp = a_person("Dr Carys Gp")
    an_appointment(gp, body)
    an_interest(gp, details_of("Oakridge Docs"))
    page = secretary.get(MATCH)
    seen = str(page.soup.find("input", attrs={"name": "seen"})["value"])
    secretary.post(MATCH, {"seen": seen, "organisation": str(oak.id), "remember": "y"})
    (alias,) = queries.aliases_of(body.id)
    assert (alias.text, alias.code) == ("Oakridge Docs", "Y00001")
    assert [each.event for each in entries(1)] == ["registers:organisation:matched"]


def test_a_wrong_match_is_put_right_and_remembered_or_taken_back(
    body: Body, oak: Organisation, secretary: StrictClient
) -> None:
    gp = a_person("Dr Carys Gp")
    an_appointment(gp, body)
    elm = an_organisation("Elmhurst Surgery")
    interest = an_interest(gp, details_of(elm))
    where = (
        f"/mid-marsh/registers/interests/{interest.id}/organisations/{interest.versions[0].organisations[0].position}"
    )
    told = {"organisation-text": "Elmhurst Surgery", "organisation-asked": "Elmhurst Surgery", "remember": "y"}
    secretary.post(where, {"version": "1", **told, "organisation-choice": "words"})
    db.session.expire_all()
    assert interests.interest(interest.id).versions[-1].organisations[0].organisation_id is None
    assert queries.aliases_of(body.id)[0].means_none


def test_taking_a_match_back_says_that_the_words_are_still_remembered_and_leads_to_ending_that(
    body: Body, oak: Organisation, secretary: StrictClient
) -> None:
    gp = a_person("Dr Carys Gp")
    an_appointment(gp, body)
    interest = an_interest(gp, details_of(an_organisation("Elmhurst Surgery")))
    where = f"/mid-marsh/registers/interests/{interest.id}/organisations/1"
    assert "still remembered" not in secretary.get(where).text
    commands.teach(body.id, AliasDetails("Elmhurst Surgery", oak.id, "Local"), actor=SYSTEM, at=AT)
    db.session.commit()
    told = {"organisation-text": "Elmhurst Surgery", "organisation-asked": "Elmhurst Surgery"}
    page = secretary.post(where, {"version": "1", **told, "organisation-choice": "words"})
    assert f"“Elmhurst Surgery” is still remembered as {oak.name}" in page.text
    assert page.links["End that"].endswith("/end")
