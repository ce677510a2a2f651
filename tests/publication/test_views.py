"""Publishing: a look at what would be public, the check, and what was published when."""

from datetime import date, timedelta

import pytest

from coi import clock
from coi.audit.models import AccessLog
from coi.database import db
from coi.handlers import actor_of, job_handlers
from coi.jobs.worker import Worker
from coi.permissions.vocabulary import Role
from coi.publication import publishing_jobs
from coi.registers.interests import commands as interests
from tests.factories.accounts import account_with, role
from tests.factories.committees import a_committee
from tests.factories.interests import SYSTEM, an_interest, details_of
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.factories.publication import AT, an_edition

PLACE = "/mid-marsh/publication/"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def scene(app):
    body = a_body("NHS Mid Marsh ICB", "mid-marsh")
    person = a_person()
    an_appointment(person, body)
    interest = an_interest(person)
    account_with(a_person("Sam Scribe").id, "sam@example.nhs.uk", [Role.SECRETARY], body.id)
    account_with(a_person("Ali Auditor").id, "audit@example.nhs.uk", [Role.AUDITOR], body.id)
    db.session.commit()
    return body, interest


def test_a_secretary_sees_what_would_be_public_then_publishes_it(client, scene):
    """Rule: REG-02."""
    client.as_("sam@example.nhs.uk").get(PLACE)
    page = client.click("See what would change on the register of interests")
    assert "1 entry would be public" in page.text and "1 new, 0 changed" in page.text
    page = client.click("Publish as of today")
    assert page.summary()["Name"] == "Dr Ama Boateng"
    page = client.post(f"{PLACE}interests/publish", {"note": "First edition"}, queries=50)
    assert page.notices == ["Edition 1 of the register of interests is published"]
    assert page.table("Registers")[0]["Last published"].startswith("1 November 2026, edition 1, 1 entry")
    page = client.post(f"{PLACE}interests/publish", {})
    assert page.status_code == 422 and "Nothing has changed since the last edition" in page.text
    assert client.post(f"{PLACE}interests/publish", {"nothing_changed": "y"}).notices


def test_an_end_that_was_taken_back_is_none_of_those_that_came_since_the_edition(client, scene):
    body, interest = scene
    an_edition(body)
    interests.end_interest(interest, date(2026, 11, 2), version=1, actor=SYSTEM, at=AT + timedelta(days=3))
    interests.change_interest(interest, details_of(), version=2, actor=SYSTEM, at=AT + timedelta(days=4))
    db.session.commit()
    assert "ended since" not in client.as_("sam@example.nhs.uk").get(PLACE).text


def test_a_register_that_should_have_been_published_again_and_what_ended_since_are_said(client, scene, monkeypatch):
    """Rule: REG-02."""
    body, interest = scene
    an_edition(body)
    page = client.as_("sam@example.nhs.uk").get(PLACE)
    assert "Again by 1 November 2027" in page.text and "ended since" not in page.text
    assert "to be published again" not in client.get("/mid-marsh/").text
    interests.end_interest(interest, date(2026, 11, 2), version=1, actor=SYSTEM, at=AT + timedelta(days=3))
    db.session.commit()
    assert (
        "1 interest has ended since, as was told, and is shown as lasting until the next edition"
        in client.get(PLACE).text
    )
    assert (
        "also that something has ended, comes with the next edition" in client.get("/mid-marsh/public/interests").text
    )
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=366))
    page = client.as_("sam@example.nhs.uk").get(PLACE)
    assert "To be published again by 1 November 2027" in page.text
    assert "Register of interests: to be published again by 1 November 2027" in client.get("/mid-marsh/").text
    an_edition(body, at=AT + timedelta(days=366))
    assert "ended since" not in client.get(PLACE).text


def test_a_secretary_of_one_committee_is_not_told_to_publish(client, scene, monkeypatch):
    body, _interest = scene
    person = a_person("Cat Clerk")
    account_with(person.id, "cat@example.nhs.uk", [], body.id)
    role(person.id, Role.SECRETARY, body.id, a_committee(body).id)
    an_edition(body)
    db.session.commit()
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=366))
    assert "to be published again" not in client.as_("cat@example.nhs.uk").get("/mid-marsh/").text


def test_what_will_be_public_on_a_day_counts_the_months_of_what_ended(client, scene):
    _, interest = scene
    interests.end_interest(interest, date(2026, 6, 20), version=1, actor=SYSTEM, at=AT - timedelta(days=5))
    client.as_("sam@example.nhs.uk")
    assert "1 entry would be public" in client.get(f"{PLACE}interests?on=2026-12-20").text
    assert "0 entries would be public" in client.get(f"{PLACE}interests?on=2026-12-21").text
    for wrong in ("2020-01-01", "soon"):
        assert client.get(f"{PLACE}interests?on={wrong}").status_code == 422


def test_what_leaves_the_register_is_shown_with_what_it_said_unless_it_is_withheld(client, scene):
    body, interest = scene
    an_edition(body, at=AT - timedelta(days=9))
    interests.end_interest(interest, date(2026, 6, 20), version=1, actor=SYSTEM, at=AT - timedelta(days=5))
    db.session.commit()
    page = client.as_("sam@example.nhs.uk").get(f"{PLACE}interests?on=2026-12-21")
    assert f"No longer on the public register: {interest.reference}" in page.text
    assert page.summary()["Name"] == "Dr Ama Boateng"
    assert "later than the 28 days that there are to tell of a change" in page.text
    secret = details_of(keep_private_because="I was threatened", ended_on=date(2026, 6, 20))
    interests.change_interest(interest, secret, version=2, actor=SYSTEM, at=AT - timedelta(days=1))
    page = client.get(f"{PLACE}interests")
    assert f"No longer on the public register: {interest.reference}" in page.text and "Boateng" not in page.text


def test_a_sealed_file_is_for_scrutineers_and_reading_it_leaves_a_trace(client, scene):
    body, _ = scene
    edition = an_edition(body)
    answer = client.as_("audit@example.nhs.uk").get(f"{PLACE}interests/sealed/1")
    assert answer.status_code == 200 and b"Boateng" in answer.data
    assert db.session.scalars(db.select(AccessLog.subject_id)).all() == [str(edition.id)]
    assert client.signed_out().get(f"{PLACE}interests/sealed/1", follow=False).status_code == 303
    assert client.as_("audit@example.nhs.uk").get(f"{PLACE}interests/publish").status_code == 404


def test_a_change_is_shown_before_it_is_published(client, scene):
    body, interest = scene
    an_edition(body, at=AT - timedelta(days=30))
    interests.change_interest(
        interest, details_of(nature="Salaried"), version=1, actor=SYSTEM, at=AT - timedelta(days=5)
    )
    page = client.as_("sam@example.nhs.uk").get(f"{PLACE}interests")
    assert "0 new, 1 changed" in page.text
    assert page.summary()["Nature of interest"] == "Partner in the practice Partner. Salaried"


def test_a_role_for_one_committee_alone_neither_publishes_nor_reads_editions(client, scene):
    body, _ = scene
    one = a_committee(body)
    person = a_person("Oli One")
    account_with(person.id, "one@example.nhs.uk", [], body.id)
    role(person.id, Role.SECRETARY, body.id, one.id)
    db.session.commit()
    client.as_("one@example.nhs.uk")
    assert "See what would change" not in client.get(PLACE).text
    for page in ("interests", "interests/publish", "interests/sealed/1"):
        assert client.get(f"{PLACE}{page}").status_code == 404


def test_what_will_be_public_of_breaches_is_not_shown_before_its_day(client, scene):
    client.as_("sam@example.nhs.uk")
    assert client.get(f"{PLACE}breaches").status_code == 200
    page = client.get(f"{PLACE}breaches?on=2027-12-20")
    assert page.status_code == 422 and "cannot be looked at before" in page.text


def test_a_large_register_is_published_by_a_job_and_the_page_says_how_far_it_is(client, app, scene, monkeypatch):
    monkeypatch.setattr(publishing_jobs, "AT_ONCE", 0)
    client.as_("sam@example.nhs.uk")
    page = client.post(f"{PLACE}interests/publish", {"note": "A large one"})
    assert page.notices == ["The register of interests is being published. This page says when it is done"]
    assert "Never Being published now" in page.table("Registers")[0]["Last published"]
    client.post(f"{PLACE}interests/publish", {"note": "A large one"})  # sent twice, published once
    work(app)
    page = client.get(PLACE)
    assert (
        page.table("Registers")[0]["Last published"] == "1 November 2026, edition 1, 1 entry Again by 1 November 2027"
    )
    assert [row["Edition"] for row in page.table("Editions, the newest first")] == ["Register of interests, edition 1"]
    assert "by Sam Scribe A large one" in page.text
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=1))
    client.post(f"{PLACE}interests/publish", {})
    work(app)
    assert "It could not be published: Nothing has changed since the last edition" in client.get(PLACE).text


def test_a_register_that_was_small_when_it_was_published_last_and_grew_since_is_published_by_a_job(
    client, scene, monkeypatch
):
    monkeypatch.setattr(publishing_jobs, "AT_ONCE", 1)
    client.as_("sam@example.nhs.uk")
    page = client.post(f"{PLACE}interests/publish", {})
    assert page.notices == ["Edition 1 of the register of interests is published"]
    an_interest(scene[1].person)
    db.session.commit()
    page = client.post(f"{PLACE}interests/publish", {})
    assert page.notices == ["The register of interests is being published. This page says when it is done"]


def test_the_page_says_who_publishes_and_who_withholds(client, scene):
    page = client.as_("audit@example.nhs.uk").get(PLACE)
    assert "the secretary and governance lead can publish" in page.text
    assert "Guardian decides what is withheld" in page.text


def work(app):
    """The worker does what is due."""
    worker = Worker(job_handlers(app.config["COI"]), actor_of, now=clock.now)
    while worker.run_once():
        pass
    db.session.rollback()
