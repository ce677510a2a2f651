"""The queues: unmatched organisations and mitigations that wait, walked through one after the other."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from coi import clock
from coi.audit.models import LedgerLeaf
from coi.database import db
from coi.organisations.models import Body
from coi.permissions.vocabulary import Role
from coi.registers.aliases.queries import aliases_of
from coi.registers.interests import queries, review_commands
from coi.registers.interests.models import Interest
from coi.registers.interests.vocabulary import InterestStatus, NamedOrganisation
from coi.registers.suggestions import suggestions
from tests.factories.accounts import account, role
from tests.factories.interests import SYSTEM, an_interest, details_of
from tests.factories.organisations import a_body, a_release, an_organisation, ods_row
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient
from tests.support.page import Page

MATCH, AGREE = "/mid-marsh/registers/next/organisation", "/mid-marsh/registers/next/mitigation"


@pytest.fixture
def body(app: Flask) -> Body:
    made = a_body()
    gp = a_person("Dr Carys Gp")
    an_appointment(gp, made)
    for text in ("Larkfield Srgery", "Nobody Knows Ltd"):
        an_interest(gp, details_of(text))
    return made


@pytest.fixture
def lead(body: Body, client: StrictClient) -> StrictClient:
    person = a_person("Mr Kwabena Lead")
    account(person.id, "lead@example.nhs.uk")
    role(person.id, Role.GOVERNANCE_LEAD, body.id)
    return client.as_("lead@example.nhs.uk")


def seen_on(page: Page) -> str:
    return str(page.soup.find("input", attrs={"name": "seen"})["value"])


def test_the_matcher_suggests_and_the_likeliest_comes_first(app: Flask) -> None:
    an_organisation("Larkfield House")
    lark = an_organisation("Larkfield Surgery", town="Marshton")
    found = suggestions("The Larkfield Surgery", (), date(2026, 11, 10))
    assert found[0].id == lark.id
    an_organisation("Merrow Brook Surgery")
    assert suggestions("Harbour Row Physio", (), date(2026, 11, 10)) == []
    assert suggestions("Nobody Knows", (), date(2026, 11, 10)) == []


def test_a_building_is_answered_with_whoever_practises_there(app: Flask) -> None:
    here = ods_row("Y10001", "ALDERBURY MEDICAL"), ods_row("Y10002", "ORMISTON MEDICAL")
    a_release(*(row.replace("THE HEALTH CENTRE", "WINDLE HOUSE") for row in here), ods_row("Y10003", "CAWLEY SURGERY"))
    found = suggestions("Windle House, Marshton", ["99Z"], date(2026, 11, 10), near="Mid Marsh")
    assert [each.name for each in found] == ["ALDERBURY MEDICAL", "ORMISTON MEDICAL"]
    assert "works in Windle House" in found[0].about
    assert suggestions("Windle House, Marshton", ["99Z"], date(2026, 11, 10)) == []


def test_one_organisation_after_the_other_is_matched_or_kept(body: Body, lead: StrictClient) -> None:
    lark = an_organisation("Larkfield Surgery")
    page = lead.get(MATCH)
    assert page.heading == "Which organisation is “Larkfield Srgery”?"
    assert "1 more to match" in page.text
    page = lead.post(MATCH, {"seen": seen_on(page), "organisation": str(lark.id)})
    assert page.heading == "Which organisation is “Nobody Knows Ltd”?"
    page = lead.click("Leave it for later and go on")
    assert "You left 1 organisation to match for later" in page.text
    assert len(queries.unmatched(body.id, clock.now(), clock.today())) == 1


def test_words_that_mean_none_are_kept_for_good_until_that_is_ended(body: Body, lead: StrictClient) -> None:
    page = lead.get(MATCH + "?after=I/1999/0001:000")
    while "Nobody Knows" not in page.heading:
        page = lead.click("Leave it for later and go on")
    page = lead.post(page.path, {"seen": seen_on(page), "keep": "yes"})
    assert "“Nobody Knows Ltd” stays as it was declared" in page.notices[0]
    assert [each.text for each in queries.unmatched(body.id, clock.now(), clock.today())] == ["Larkfield Srgery"]
    assert "Nobody Knows Ltd" in lead.get("/mid-marsh/registers/aliases/").text


def test_words_that_mean_none_are_taught_without_an_organisation(lead: StrictClient) -> None:
    page = lead.get("/mid-marsh/registers/aliases/teach?text=Nobody+Knows+Ltd&none=1")
    said = {"text": "Nobody Knows Ltd", "organisation-text": page.soup.find(id="organisation-text").get("value", "")}
    page = lead.post(page.path, {**said, "no_organisation": "y", "why": "It is a club"})
    assert "is remembered" in page.notices[0]


def test_a_place_in_the_queue_that_somebody_else_took_is_not_matched_twice(body: Body, lead: StrictClient) -> None:
    lark = an_organisation("Larkfield Surgery")
    page = lead.post(MATCH, {"seen": "I/1999/0001:000", "organisation": str(lark.id)})
    assert page.status_code == 422
    assert "Somebody was faster" in page.text


def test_one_mitigation_after_the_other_is_agreed(body: Body, lead: StrictClient) -> None:
    page = lead.get(AGREE)
    assert "1 more to agree" in page.text
    page = lead.post(
        AGREE, {"seen": seen_on(page), "version": "1", "mitigation": "Leaves the meeting for items about it"}
    )
    assert "is agreed" in page.text
    waiting = queries.waiting_for_mitigation(body.id, clock.now(), clock.today())
    assert [each.status for each in waiting] == [InterestStatus.SUBMITTED]
    page = lead.click("Leave it for later and go on")
    assert page.heading == "You are through"


def test_nobody_agrees_what_is_done_about_an_interest_that_they_did_not_see(body: Body, lead: StrictClient) -> None:
    first = seen_on(lead.get(AGREE))
    for_the_first = {"seen": first, "version": "1", "mitigation": "Leaves the meeting for items about the surgery"}
    lead.post(AGREE, {**for_the_first, "mitigation": "What somebody faster wrote"})
    page = lead.post(AGREE, for_the_first)
    assert page.status_code == 422
    assert "Somebody was faster" in page.text
    assert f"This is what you entered about interest {first}" in page.text
    assert (
        "“Leaves the meeting for items about the surgery” Somebody else agreed: “What somebody faster wrote”"
        in page.text
    )
    assert page.value_of("Action to reduce the risk") == ""
    [waits] = queries.waiting_for_mitigation(body.id, clock.now(), clock.today())
    assert seen_on(page) == waits.interest.reference != first
    page = lead.post(AGREE, {**for_the_first, "seen": seen_on(page)})
    assert f"interest {waits.interest.reference} is agreed" in page.text
    page = lead.post(AGREE, for_the_first)
    assert "Nothing was saved" in page.text
    assert "Leaves the meeting for items about the surgery" in page.text


@pytest.fixture
def same_words(body: Body) -> list[Interest]:
    """Three interests of three people with the same words, one of which has them twice."""
    made = []
    for name in ("Dr Abe One", "Dr Bea Two", "Dr Cid Three"):
        person = a_person(name)
        an_appointment(person, body)
        twice = NamedOrganisation("Merrow Srgery"), NamedOrganisation("Merrow Srgery")
        details = replace(details_of("Merrow Srgery"), organisations=twice if name.endswith("Two") else twice[:1])
        made.append(an_interest(person, details))
    return made


def ticks_on(page: Page, *, ticked: bool = True) -> list[str]:
    return [str(each["value"]) for each in page.soup.select("input[name=also]") if each.has_attr("checked") is ticked]


def test_the_same_words_elsewhere_are_matched_in_one_go_and_each_has_its_own_entry(
    same_words: list[Interest], lead: StrictClient
) -> None:
    merrow = an_organisation("Merrow Surgery")
    address = f"{MATCH}?after={same_words[0].reference}:000"
    page = lead.get(address)
    assert len(ticks_on(page)) == 2
    assert not ticks_on(page, ticked=False)
    entries = db.session.scalar(sa.select(sa.func.count()).select_from(LedgerLeaf)) or 0
    page = lead.post(
        address, {"seen": seen_on(page), "organisation": str(merrow.id), "also": ticks_on(page)}, queries=120
    )
    assert "“Merrow Srgery” is matched in 3 interests" in page.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(LedgerLeaf)) == entries + 3
    for interest in same_words:
        db.session.refresh(interest)
        assert [each.number for each in interest.versions] == [1, 2]
        assert {each.organisation_id for each in interest.versions[-1].organisations} == {merrow.id}


def test_only_those_that_the_page_told_of_are_matched_with_it(same_words: list[Interest], lead: StrictClient) -> None:
    merrow = an_organisation("Merrow Surgery")
    address = f"/mid-marsh/registers/interests/{same_words[0].id}/organisations/1"
    page = lead.get(address)
    sent = {
        "version": "1",
        "organisation-text": "merrow",
        "organisation-asked": "merrow",
        "organisation-choice": str(merrow.id),
        "also": ticks_on(page),
    }
    named = same_words[1].versions[0].organisations[0]
    review_commands.match_organisation(named, merrow.id, actor=SYSTEM, at=clock.now())
    late = an_interest(same_words[0].person, details_of("Merrow Srgery"))
    db.session.commit()
    page = lead.post(address, sent, queries=120)
    assert "is matched in 2 interests. 1 of the others changed meanwhile and is left as found" in page.text
    db.session.refresh(late)
    assert late.versions[-1].organisations[0].organisation_id is None


SIMILAR = (
    "Harbour Row Physio",
    "Harbour Row Physiotherapy Clinic",
    "Harbour Row Physio",
    "Harbour Row Physiotherapy Clinic Ltd",
)


@pytest.fixture
def similar(body: Body) -> list[Interest]:
    """Interests of four people that mean one organisation in three spellings, with another one between them; the last names two."""
    made = []
    for name, text in zip(("Abe One", "Bea Two", "Cid Three", "Dee Four"), SIMILAR, strict=True):
        person = a_person(f"Dr {name}")
        an_appointment(person, body)
        both = NamedOrganisation(text), NamedOrganisation("Harbour Row Physo Ltd")
        made.append(
            an_interest(person, replace(details_of(text), organisations=both[: 2 if text is SIMILAR[-1] else 1]))
        )
        an_interest(person, details_of(f"Quite Another {name[-3:]} Thing"))
    return made


def entries() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(LedgerLeaf)) or 0


def test_similar_words_stand_together_and_one_answer_is_given_to_those_that_are_ticked(
    similar: list[Interest], lead: StrictClient
) -> None:
    harbour = an_organisation("Harbour Row Physiotherapy")
    address = f"{MATCH}?after={similar[0].reference}:000"
    page = lead.get(address)
    assert page.heading == "Which organisation is “Harbour Row Physio”?"
    assert ticks_on(page) == [f"{similar[2].reference}:001:1"]
    to_tick = ticks_on(page, ticked=False)
    assert to_tick == [f"{similar[n].reference}:00{at}:1" for n, at in ((1, 1), (3, 1), (3, 2))]
    before = entries()
    sent = {
        "seen": seen_on(page),
        "organisation": str(harbour.id),
        "also": [*ticks_on(page), *to_tick[1:]],
        "remember": "y",
    }
    page = lead.post(address, sent, queries=120)
    assert "“Harbour Row Physio” is matched in 3 interests" in page.text
    assert entries() == before + 3
    for interest in similar:
        db.session.refresh(interest)
    matched = [{each.organisation_id for each in interest.versions[-1].organisations} for interest in similar]
    assert matched == [{harbour.id}, {None}, {harbour.id}, {harbour.id}]
    assert [len(interest.versions) for interest in similar] == [2, 1, 2, 2]


def test_similar_words_are_kept_in_one_go_and_each_of_them_has_its_own_entry(
    body: Body, similar: list[Interest], lead: StrictClient
) -> None:
    address = f"{MATCH}?after={similar[0].reference}:000"
    page = lead.get(address)
    before = entries()
    first_similar = ticks_on(page, ticked=False)[:1]
    page = lead.post(address, {"seen": seen_on(page), "keep": "yes", "also": [*ticks_on(page), *first_similar]})
    assert "“Harbour Row Physio” stays as it was declared, in this interest and in 2 more" in page.text
    assert entries() == before + 2
    left = {each.text for each in queries.unmatched(body.id, clock.now(), clock.today()) if "Harbour" in each.text}
    assert left == {"Harbour Row Physiotherapy Clinic Ltd", "Harbour Row Physo Ltd"}


@pytest.mark.parametrize("text", ["various", "GP partner at", "🙂", "He looks after the accounts of friends " * 40])
def test_words_that_name_no_organisation_leave_the_queue_until_they_change(
    body: Body, lead: StrictClient, text: str
) -> None:
    person = a_person("Dr Abe One")
    an_appointment(person, body)
    interest = an_interest(person, details_of(text))
    address = f"{MATCH}?after={interest.reference}:000"
    page = lead.get(address)
    an_organisation("Larkfield Surgery")
    slip = lead.post(address, {"seen": seen_on(page), "why": "It is a role"})
    assert slip.status_code == 422
    before = entries()
    page = lead.post(address, {"seen": seen_on(page), "keep": "none", "why": "It is a role"})
    assert "stays as it was declared" in page.notices[0]
    assert entries() == before + 1
    waiting = [each.text for each in queries.unmatched(body.id, clock.now(), clock.today())]
    assert sorted(waiting) == ["Larkfield Srgery", "Nobody Knows Ltd"]
    assert interest.versions[-1].organisations[0].text == text.strip()
    assert "It is a role" in lead.get("/mid-marsh/registers/aliases/").text
    assert "Dr Abe One" not in lead.get("/mid-marsh/registers/?show=unmatched").text
    assert "Dr Abe One" not in lead.get("/mid-marsh/registers/interests/?show=unmatched").text
    an_interest(person, details_of(f"{text} indeed"))
    assert len(queries.unmatched(body.id, clock.now(), clock.today())) == 3
    assert not [each for each in aliases_of(body.id) if text != "various"]
