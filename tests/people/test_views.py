"""Pages about people, as a secretary uses them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coi import clock
from coi.database import db
from coi.organisations.models import Body
from coi.people import commands, queries, views
from coi.people.vocabulary import AppointmentDetails, PersonDetails
from coi.permissions.vocabulary import Role, system_actor
from tests.factories import accounts
from tests.factories.committees import a_committee, a_member
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient

SYSTEM = system_actor("cli")


def test_people_stand_under_the_letter_of_their_family_name_without_its_accent(secretary: StrictClient) -> None:
    for name in ("Dr Siân Ŵyn-Jones", "Mr Łukasz Żak", "Mrs Ann Adeyemi"):
        a_person(name)
    page = secretary.get("/mid-marsh/people")
    assert [each.get_text() for each in page.soup.select("main h2")] == ["A", "R", "W", "Z"]
    page = secretary.get("/mid-marsh/people?q=lukasz zak")
    assert "Mr Łukasz Żak" in page.text and "1 person found" in page.text


def test_a_person_is_added_and_then_given_a_post(secretary: StrictClient) -> None:
    page = secretary.post(
        "/mid-marsh/people/new", {"title": "Dr", "given_names": "Nia", "family_name": "O’Łęcki-Hughes"}
    )
    assert page.heading == "Add a post for Dr Nia O’Łęcki-Hughes"
    sent = {"post": "GP partner member", "valid_from-day": "1", "valid_from-month": "4", "valid_from-year": "2024"}
    page = secretary.post(page.path, sent)
    assert page.table("Posts at NHS Mid Marsh ICB")[0]["Post"] == "GP partner member"
    assert page.summary()["Initials"] == "NOH"


def test_a_person_is_shown_as_they_were_known_at_an_earlier_instant(
    body: Body, secretary: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: now)
    made = PersonDetails("Jane", "Smith", title="Dr", email="jane@practice.example")
    person = commands.enter_person(made, body_id=body.id, actor=SYSTEM, at=now - timedelta(days=30))
    post = AppointmentDetails("GP adviser", date(2026, 10, 1))
    held = commands.appoint(person, body, post, actor=SYSTEM, at=now - timedelta(days=20))
    commands.end_appointment(held, date(2026, 10, 31), actor=SYSTEM, at=now - timedelta(days=5))
    renamed = PersonDetails("Jane", "Smith-Jones", title="Dr", email="jane@home.example")
    commands.change_person(person, renamed, actor=SYSTEM, at=now - timedelta(days=4))
    db.session.commit()
    page = secretary.get(f"/mid-marsh/people/{person.id}")
    assert (page.heading, page.summary()["Email address"]) == ("Dr Jane Smith-Jones", "jane@home.example")
    page = secretary.get(f"/mid-marsh/people/{person.id}?known=2026-11-01T12:00")
    assert (page.heading, page.summary()["Email address"]) == ("Dr Jane Smith", "jane@practice.example")
    assert page.table("Posts at NHS Mid Marsh ICB")[0]["Last day"].strip().lower() == "current"
    assert "Add a post" not in page.links and "Change name or email address" not in page.links
    page = secretary.get(f"/mid-marsh/people/{person.id}?known=2026-10-15")
    assert "No posts at NHS Mid Marsh ICB had been entered then" in page.text
    assert secretary.get(f"/mid-marsh/people/{person.id}?known=2026-10-01").status_code == 404
    assert secretary.get(f"/mid-marsh/people/{person.id}?known=tomorrow").status_code == 422


def test_a_person_with_only_one_name_can_be_added(secretary: StrictClient) -> None:
    page = secretary.post("/mid-marsh/people/new", {"given_names": "Sukarno"})
    assert page.heading == "Add a post for Sukarno"


def test_a_person_without_any_name_is_refused_beside_the_field(secretary: StrictClient) -> None:
    page = secretary.post("/mid-marsh/people/new", {"title": "Dr", "family_name": "- ’"})
    assert page.status_code == 422
    assert (page.error_for("Family name") or "").startswith("Enter a family name")


def test_a_namesake_is_asked_about_and_added_when_confirmed(secretary: StrictClient) -> None:
    a_person("Dr Jane Smith")
    sent = {"title": "Mrs", "given_names": "Jane", "family_name": "Smith"}
    page = secretary.post("/mid-marsh/people/new", sent)
    assert page.status_code == 422
    assert "There is already a Dr Jane Smith" in page.errors[0]
    page = secretary.post("/mid-marsh/people/new", {**sent, "namesake_confirmed": "y"})
    assert page.heading == "Add a post for Mrs Jane Smith"
    assert len(queries.namesakes("smith  jane")) == 2


def test_somebody_who_is_known_at_another_body_takes_a_post_here_too_and_is_not_entered_twice(secretary, body) -> None:
    """Rule: REG-07; declared once for all bodies."""
    there = a_body("NHS Far Fell ICB", "far-fell")
    known = a_person("Dr Jane Smith")
    commands.change_person(
        known, PersonDetails("Jane", "Smith", "Dr", "jane@example.nhs.uk"), actor=SYSTEM, at=clock.now()
    )
    an_appointment(known, there, "GP member")
    db.session.commit()
    sent = {"title": "Dr", "given_names": "Jane", "family_name": "Smith"}
    for email in ("", "other@example.nhs.uk"):
        page = secretary.post("/mid-marsh/people/new", {**sent, "email": email})
        assert "If they are known at another body, enter the email address" in page.errors[0]
        assert page.soup.find("input", attrs={"name": "is_same"}) is None
        assert (
            secretary.post("/mid-marsh/people/new", {**sent, "email": email, "is_same": "y", "post": "GP"}).status_code
            == 422
        )
    page = secretary.post("/mid-marsh/people/new", {**sent, "email": "Jane@example.nhs.uk"})
    assert page.errors == [views.SAME] and page.soup.find("input", attrs={"name": "namesake_confirmed"}) is None
    twice = secretary.post("/mid-marsh/people/new", page.form_fields() | {"namesake_confirmed": "y"})
    assert twice.status_code == 422 and len(queries.namesakes("smith  jane")) == 1
    asked = page.form_fields() | {"is_same": "y", "post": "GP clinical lead"}
    assert (
        secretary.post("/mid-marsh/people/new", asked).error_for("First day in the post")
        == "Enter the first day in the post"
    )
    day = {"valid_from-day": "1", "valid_from-month": "4", "valid_from-year": "2026"}
    page = secretary.post("/mid-marsh/people/new", {**asked, **day})
    assert page.heading == "Dr Jane Smith" and "GP clinical lead" in page.text and "GP member" not in page.text
    assert len(queries.namesakes("smith  jane")) == 1


def test_two_people_who_change_the_same_person_are_shown_both_versions(secretary: StrictClient) -> None:
    person = a_person("Dr Jane Smith")
    db.session.commit()
    url = f"/mid-marsh/people/{person.id}/change"
    mine = secretary.get(url).form_fields()
    theirs = secretary.post(url, {**mine, "family_name": "Smith-Jones", "form_key": ""})
    assert theirs.heading == "Dr Jane Smith-Jones"
    page = secretary.post(url, {**mine, "family_name": "Smythe"})
    assert page.status_code == 409
    assert "Smith-Jones" in page.text and "Smythe" in page.text


def test_a_post_that_ends_before_it_began_is_refused(secretary: StrictClient) -> None:
    body = queries.person(a_person().id)
    db.session.commit()
    sent = {
        "post": "Chair", "valid_from-day": "1", "valid_from-month": "4", "valid_from-year": "2024",
        "valid_to-day": "31", "valid_to-month": "3", "valid_to-year": "2024",
    }  # fmt: skip
    page = secretary.post(f"/mid-marsh/people/{body.id}/posts/new", sent)
    assert page.error_for("Last day in the post") == "The last day must be the same as or after the first day"
    assert page.value_of("Post") == "Chair"


def test_a_post_is_ended_from_the_page_of_its_holder(secretary: StrictClient) -> None:
    person = a_person("Dr Jane Smith")
    other = a_body("NHS Far Fen ICB", "far-fen")
    from coi.organisations.queries import body_by_slug  # noqa: PLC0415

    held = an_appointment(person, body_by_slug("mid-marsh") or other)
    db.session.commit()
    page = secretary.get(f"/mid-marsh/people/{person.id}")
    page = secretary.post(
        f"/mid-marsh/people/posts/{held.id}/end", {"valid_to-day": "1", "valid_to-month": "6", "valid_to-year": "2025"}
    )
    assert "1 June 2025" in page.text


def test_somebody_of_another_body_only_is_not_shown(secretary: StrictClient) -> None:
    person = a_person("Dr Far Away")
    an_appointment(person, a_body("NHS Far Fen ICB", "far-fen"))
    db.session.commit()
    assert "Far Away" not in secretary.get("/mid-marsh/people").text
    assert secretary.get(f"/mid-marsh/people/{person.id}").status_code == 404


def test_somebody_who_has_a_seat_or_a_role_at_another_body_alone_is_not_shown(secretary: StrictClient) -> None:
    other = a_body("NHS Far Fell ICB", "far-fell")
    seated, granted, new = a_person("Ms Una Fell"), a_person("Mr Ned Fell"), a_person("Dr Zoë New")
    a_member(a_committee(other), seated)
    accounts.role(granted.id, Role.MEMBER, other.id)
    text = secretary.get("/mid-marsh/people").text
    assert "Fell" not in text and new.name in text
    assert [secretary.get(f"/mid-marsh/people/{each.id}").status_code for each in (seated, granted, new)] == [
        404,
        404,
        200,
    ]
    assert {each.name for each in queries.people(other.id)} >= {seated.name, granted.name}
