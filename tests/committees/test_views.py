"""Pages about committees, as a secretary uses them and a member reads them."""

import json
from datetime import UTC, date, datetime

from coi.accounts.queries import roles_of
from coi.committees import queries
from coi.committees.models import Committee, Membership
from coi.committees.vocabulary import MemberClass, Office
from coi.database import db
from coi.organisations.queries import body_by_slug
from coi.people.commands import change_person
from coi.people.models import Person
from coi.people.vocabulary import PersonDetails
from coi.permissions.vocabulary import Role
from coi.registers.absence_commands import enter_absence
from tests.factories import accounts
from tests.factories.committees import a_committee, a_member, the_terms
from tests.factories.interests import SYSTEM
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient


def _committee(**options: object) -> Committee:
    committee = a_committee(body_by_slug("mid-marsh"), **options)  # type: ignore[arg-type]
    db.session.commit()
    return committee


def _day(name: str, day: str, month: str, year: str) -> dict[str, str]:
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


def test_a_committee_is_established_given_terms_and_read_in_words(secretary: StrictClient) -> None:
    sent = {"name": "Primary Care Committee", "prefix": "pcc", **_day("established_on", "1", "4", "2023")}
    page = secretary.post("/mid-marsh/committees/new", sent)
    assert page.heading == "Terms of reference of the Primary Care Committee"
    sent = page.form_fields() | _day("valid_from", "1", "4", "2023")
    sent |= {
        "lay_voting": "3",
        "executive_voting": "2",
        "gp_non_voting": "2",
        "preset": "number",
        "number__members": "3",
        "primary_care": "yes",
    }
    sent |= {"functions": ["contracts", "mergers"]}  # type: ignore[dict-item]
    page = secretary.post(page.path, sent)
    assert "At least 3 voting members." in page.text
    assert "GP: 2 seats without a vote, 0 filled" in page.text
    assert "2 functions in scope" in page.text
    assert "PCC" in secretary.get("/mid-marsh/committees").text


def test_a_joint_committee_says_with_whom_on_the_page_of_each_body(secretary: StrictClient) -> None:
    """Rule: REG-07."""
    assert "Joint with" not in secretary.get("/mid-marsh/committees/new").text
    other = a_body("NHS Far Fell ICB", "far-fell")
    db.session.commit()
    page = secretary.get("/mid-marsh/committees/new")
    sent = {
        "name": "Joint Committee",
        "prefix": "JC",
        **_day("established_on", "1", "4", "2023"),
        "joint_with": str(other.id),
    }
    secretary.post(page.path, page.form_fields() | sent)
    committee = db.session.query(Committee).one()
    assert "It is joint with NHS Far Fell ICB" in secretary.get(f"/mid-marsh/committees/{committee.id}").text
    accounts.account_with(a_person("Mr Fen Far").id, "fen@example.nhs.uk", [Role.SECRETARY], other.id)
    db.session.commit()
    there = secretary.as_("fen@example.nhs.uk")
    assert "It is joint with NHS Mid Marsh ICB" in there.get(f"/far-fell/committees/{committee.id}").text


def test_a_figure_that_is_wrong_is_named_beside_its_field_and_the_rest_is_kept(secretary: StrictClient) -> None:
    committee = _committee(terms=False)
    url = f"/mid-marsh/committees/{committee.id}/terms/new"
    sent = secretary.get(url).form_fields() | _day("valid_from", "31", "2", "2024")
    sent |= {"lay_voting": "three", "preset": "number", "number__members": "0"}
    page = secretary.post(url, sent)
    assert page.status_code == 422
    assert page.error_for("Date these terms start") == "Date these terms start must be a real date"
    assert "Lay member, with a vote must be a whole number" in page.errors
    assert page.soup.find("input", attrs={"name": "lay_voting"})["value"] == "three"


def test_terms_without_a_voting_seat_are_refused_at_the_seats(secretary: StrictClient) -> None:
    committee = _committee(terms=False)
    url = f"/mid-marsh/committees/{committee.id}/terms/new"
    sent = (
        secretary.get(url).form_fields()
        | _day("valid_from", "1", "4", "2024")
        | {"gp_non_voting": "2", "primary_care": "yes"}
    )
    sent |= {"functions": ["contracts"]}  # type: ignore[dict-item]
    page = secretary.post(url, sent)
    assert page.errors == ["Enter at least one voting seat"]


def test_an_expert_rule_that_cannot_be_read_says_where(secretary: StrictClient) -> None:
    committee = _committee()
    url = f"/mid-marsh/committees/{committee.id}/terms/new"
    sent = secretary.get(url).form_fields() | _day("valid_from", "1", "4", "2025")
    sent |= {"preset": "expression", "expression": '{"at_least": "many", "of": {}}', "functions": ["contracts"]}  # type: ignore[dict-item]
    page = secretary.post(url, sent)
    assert (page.error_for("Rule") or "").startswith("The rule cannot be read.")
    rule = json.dumps({"all": [{"at_least": 3, "of": {}}, {"office": ["chair", "vice_chair"]}]})
    page = secretary.post(url, {**sent, "expression": rule})
    assert "At least 3 members, including the chair or the vice chair" in page.text


def test_two_people_who_adopt_terms_at_once_are_shown_both_versions(secretary: StrictClient) -> None:
    committee = _committee()
    url = f"/mid-marsh/committees/{committee.id}/terms/new"
    sent = secretary.get(url).form_fields() | _day("valid_from", "1", "4", "2025")
    sent |= {"functions": ["contracts"]}  # type: ignore[dict-item]
    assert secretary.post(url, {**sent, "form_key": ""}).status_code == 200
    page = secretary.post(url, {**sent, "number__members": "5"})
    assert page.status_code == 409
    assert "by somebody else or by you in another window" in page.text


def test_a_chair_is_given_a_seat_and_may_then_rule_in_that_committee(secretary: StrictClient) -> None:
    committee, person = _committee(), a_person("Mrs Lena Marsh")
    db.session.commit()
    url = f"/mid-marsh/committees/{committee.id}/members/new"
    sent = {
        "person_id": str(person.id),
        "member_class": "lay",
        "voting": "yes",
        "office": "chair",
        **_day("valid_from", "1", "4", "2024"),
    }
    page = secretary.post(url, sent)
    row = page.table("Members today")[0]
    assert row["Name"] == "Mrs Lena Marsh Chair" and row["Vote"] == "Votes"
    assert {held.role for held in roles_of(person.id, date(2025, 1, 1))} == {Role.CHAIR, Role.LAY_MEMBER}
    assert {held.committee_name for held in roles_of(person.id, date(2025, 1, 1))} == {committee.name}


def test_a_second_chair_is_refused_beside_the_office(secretary: StrictClient) -> None:
    committee, person = _committee(), a_person("Mr Idris Pugh")
    a_member(committee, office=Office.CHAIR)
    db.session.commit()
    sent = {
        "person_id": str(person.id),
        "member_class": "lay",
        "voting": "yes",
        "office": "chair",
        **_day("valid_from", "1", "4", "2024"),
    }
    page = secretary.post(f"/mid-marsh/committees/{committee.id}/members/new", sent)
    assert (
        page.error_for("Which office does this person hold?") == "Mrs Lena Marsh is chair on these days. End that first"
    )


def test_an_ended_seat_takes_its_access_with_it(secretary: StrictClient) -> None:
    committee = _committee()
    member = a_member(committee, "Dr Ada Obi", MemberClass.GP, voting=False)
    db.session.commit()
    page = secretary.get(f"/mid-marsh/committees/{committee.id}")
    page = secretary.click("End the seat of Dr Ada Obi")
    page = secretary.post(page.path, _day("valid_to", "31", "3", "2025"))
    assert "Nobody has a seat today" in page.text
    assert roles_of(member.person_id, date(2025, 3, 31)) and not roles_of(member.person_id, date(2025, 4, 1))


def test_a_committee_is_shown_as_it_was_known_then(secretary: StrictClient) -> None:
    committee = _committee()
    a_member(committee, "Dr Ada Obi", MemberClass.GP, voting=False)
    db.session.commit()
    url = f"/mid-marsh/committees/{committee.id}"
    secretary.get(url)
    page = secretary.click("End the seat of Dr Ada Obi")
    assert "Nobody has a seat today" in secretary.post(page.path, _day("valid_to", "31", "3", "2025")).text
    then = secretary.get(f"{url}?known=2026-04-02T09:00")
    assert "As it was known at 2 April 2026, 9am" in then.text, "the end was entered later"
    (row,) = then.table("Members then")
    assert row["Name"] == "Dr Ada Obi" and "End" not in row["Since"] and "Give somebody a seat" not in then.text
    assert secretary.get(f"{url}?known=2025-01-01").status_code == 404, "nobody had entered it"
    wrong = secretary.get(f"{url}?known=soon")
    assert wrong.status_code == 422 and wrong.errors == ["Enter a date and time like 2026-11-01T12:00"]


def test_the_members_of_a_committee_as_known_then_bear_the_names_and_titles_of_then(secretary: StrictClient) -> None:
    committee = _committee()
    member = a_member(committee, "Dr Ada Zeal", MemberClass.GP, office=Office.CHAIR, voting=False)
    a_member(committee, "Dr Ben Moss", MemberClass.GP, voting=False)
    later = a_member(committee, "Mr Cal Young", MemberClass.GP, voting=False, valid_from=date(2027, 4, 1))
    married, knighted = PersonDetails("Ada", "Abel", "Prof"), PersonDetails("Cal", "Young", "Sir")
    for seat, details in ((member, married), (later, knighted)):
        change_person(seat.person, details, actor=SYSTEM, at=datetime(2026, 4, 3, 9, tzinfo=UTC))
    db.session.commit()
    url = f"/mid-marsh/committees/{committee.id}"
    now = secretary.get(url)
    assert "Prof Ada Abel" in now.text and "Sir Cal Young" in now.text
    assert "The chair, Prof Ada Abel, is not a lay member" in now.text
    then = secretary.get(f"{url}?known=2026-04-02T09:00")
    assert [row["Name"].split(" Chair")[0] for row in then.table("Members then")] == ["Dr Ada Zeal", "Dr Ben Moss"]
    assert "Mr Cal Young" in then.text and "The chair, Dr Ada Zeal, is not a lay member" in then.text
    assert "Abel" not in then.text and "Sir" not in then.text


def test_the_terms_of_a_committee_are_those_that_were_known_then(secretary: StrictClient) -> None:
    committee = _committee()
    the_terms(
        committee,
        preset="number",
        figures={"members": 5},
        valid_from=date(2024, 4, 1),
        at=datetime(2026, 4, 3, 9, tzinfo=UTC),
    )
    db.session.commit()
    url = f"/mid-marsh/committees/{committee.id}"
    assert "At least 5 voting members" in secretary.get(url).text
    then = secretary.get(f"{url}?known=2026-04-02T09:00")
    assert "At least 5 voting members" not in then.text and "From 1 April 2024" not in then.text


def test_findings_are_said_in_words_and_not_in_codes(secretary: StrictClient) -> None:
    committee = _committee()
    a_member(committee, "Dr Ada Obi", MemberClass.GP, office=Office.CHAIR)
    page = secretary.get(f"/mid-marsh/committees/{committee.id}")
    assert "To put right, or to explain" in page.text
    assert "PCCC-01" not in page.text


def test_the_page_says_that_members_away_for_long_leave_no_quorum_and_not_who_they_are(secretary: StrictClient) -> None:
    """Rule: QUO-01; RULEBOOK §23 scenario 57."""
    committee, body = _committee(), body_by_slug("mid-marsh")
    the_terms(
        committee,
        preset="number",
        figures={"members": 2},
        valid_from=date(2024, 4, 1),
        at=datetime(2026, 4, 3, 9, tzinfo=UTC),
    )
    seats = [a_member(committee, f"Mrs Lay {name}", MemberClass.LAY) for name in ("One", "Two")]
    db.session.commit()
    url = f"/mid-marsh/committees/{committee.id}"
    assert "away for long" not in secretary.get(url).text
    away = [db.session.get_one(Person, each.person_id) for each in seats[:1]]
    enter_absence(away, body.id, date(2026, 6, 1), None, actor=SYSTEM, at=datetime(2026, 6, 2, 9, tzinfo=UTC))
    db.session.commit()
    said = "While 1 member is away for long, the members in post cannot be a quorum. Missing: 1 more voting member."
    assert said in secretary.get(url).text
    assert "away for long" not in secretary.get(f"{url}?known=2026-06-01T09:00").text, "nobody had entered it"


def test_the_page_misses_healthwatch_and_the_wellbeing_board_until_their_people_are_on_file(
    secretary: StrictClient,
) -> None:
    """Rule: PCCC-04."""
    committee, body = _committee(), body_by_slug("mid-marsh")
    an_appointment(a_person("Ms Jo Lark"), body, "Healthwatch Mid Marsh")
    db.session.commit()
    url = f"/mid-marsh/committees/{committee.id}"
    assert (
        "Nobody on file comes for the health and wellbeing board. It has a standing invitation"
        in secretary.get(url).text
    )
    an_appointment(a_person("Cllr Kit Moss"), body, "Health and wellbeing board")
    db.session.commit()
    assert "standing invitation" not in secretary.get(url).text


def test_a_committee_that_does_not_commission_primary_care_is_not_checked_as_one(secretary: StrictClient) -> None:
    committee = _committee()
    a_member(committee, "Dr Ada Obi", MemberClass.GP, office=Office.CHAIR)
    db.session.commit()
    url, new = f"/mid-marsh/committees/{committee.id}", f"/mid-marsh/committees/{committee.id}/terms/new"
    checked = "The chair, Dr Ada Obi, is not a lay member."
    assert checked in secretary.get(url).text
    form = secretary.get(new).form_fields() | {"functions": ["contracts"]}
    assert form["primary_care"] == "yes", "a committee that was there before is checked as it was"
    later = form | _day("valid_from", "1", "4", "2024")
    page = secretary.post(new, later | {"primary_care": "no"})
    assert checked not in page.text and "standing invitation" not in page.text and "without a GP" not in page.text
    assert "It does not commission primary care." in page.text
    assert "The members in post cannot be a quorum." in page.text, (
        "that it has to be quorate counts for every committee"
    )


def test_whether_a_new_committee_commissions_primary_care_is_asked_and_not_taken_for_granted(
    secretary: StrictClient,
) -> None:
    committee = _committee(terms=False)
    url = f"/mid-marsh/committees/{committee.id}/terms/new"
    page = secretary.get(url)
    assert "primary_care" not in page.form_fields()
    sent = page.form_fields() | _day("valid_from", "1", "4", "2024") | {"lay_voting": "3", "functions": ["contracts"]}
    page = secretary.post(url, sent)
    assert page.errors == ["Select yes if it commissions primary care"]


def test_what_the_quorum_asks_for_in_words_of_its_own_can_be_said_of_a_seat(secretary: StrictClient) -> None:
    committee = _committee(terms=False)
    the_terms(committee, preset="listed", figures={"members": 1, "conditions": "1 lay member for audit"})
    a_member(committee, "Mrs Lena Marsh")
    person = a_person("Mr Idris Pugh")
    db.session.commit()
    url = f"/mid-marsh/committees/{committee.id}"
    page = secretary.get(url)
    assert "At least 1 member, including at least 1 lay member for audit." in page.text
    assert "Missing: 1 lay member for audit." in page.text
    page = secretary.click("Describe the seat of Mrs Lena Marsh")
    assert "for audit" in [each["value"] for each in page.soup.select("input[name=attributes]")]
    page = secretary.post(page.path, {"posts": "", "attributes": ["for audit"]})
    assert page.table("Members today")[0]["Name"] == "Mrs Lena Marsh For audit"
    assert "Missing: 1 lay member for audit." not in page.text
    seats = db.session.query(Membership).order_by(Membership.recorded_at).all()
    assert [(each.attributes, each.replaced_at is None) for each in seats] == [([], False), (["for audit"], True)]
    sent = {
        "person_id": str(person.id),
        "member_class": "lay",
        "voting": "yes",
        "office": "none",
        "attributes": ["for audit"],
    }
    page = secretary.post(f"{url}/members/new", sent | _day("valid_from", "1", "4", "2024"))
    assert "Mr Idris Pugh For audit" in [each["Name"] for each in page.table("Members today")]


def test_two_people_who_describe_a_seat_at_once_are_shown_both_versions(secretary: StrictClient) -> None:
    committee = _committee()
    member = a_member(committee)
    db.session.commit()
    url = f"/mid-marsh/committees/{committee.id}/members/{member.id}/describe"
    assert secretary.post(url, {"posts": "Chief Officer"}).status_code == 200
    page = secretary.post(url, {"posts": "Chief Finance Officer"})
    assert page.status_code == 409
    assert "Chief Officer" in page.text and "Chief Finance Officer" in page.text


def test_a_member_sees_only_their_own_committees(client: StrictClient) -> None:
    body = a_body()
    mine, other = a_committee(body), a_committee(body, "Audit Committee", "AUD")
    member = a_member(mine, "Dr Ada Obi", MemberClass.GP)
    accounts.account(member.person_id, "gp@example.nhs.uk")
    db.session.commit()
    client.as_("gp@example.nhs.uk")
    page = client.get("/mid-marsh/committees")
    assert mine.name in page.text and other.name not in page.text
    assert client.get(f"/mid-marsh/committees/{other.id}").status_code == 404
    assert "Give somebody a seat" not in client.get(f"/mid-marsh/committees/{mine.id}").text
    assert queries.members_on(mine, date(2026, 1, 1))
