"""What the secretary sees of what conflicts mean for the meeting, and how she says who is expected."""

import pytest
import sqlalchemy as sa

from coi.database import db
from coi.meetings.models import Attendance
from coi.registers.interests.vocabulary import InterestRole
from tests.factories.meetings import a_declared_interest, an_item
from tests.factories.organisations import an_organisation


@pytest.fixture
def item(stage):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(stage.scene.gp, elm)
    a_declared_interest(stage.scene.other_gp, elm)
    return an_item(stage.scene.meeting, affected=[elm])


def answers(stage, **said):
    """Everybody comes but those who say something else."""
    people = stage.scene.people
    return {f"answer_{people[who].id.hex}": said.get(who, "coming") for who in stage.scene.members}


def test_an_item_that_loses_its_gps_says_who_goes_who_remains_and_what_can_be_done(stage, item):
    page = stage.as_("nurse").get(stage.url(f"meetings/{item.meeting_id}/what-it-means"))
    assert page.heading == "What it means for the meeting"
    assert "No member has said yet whether they come, so every member is counted." in page.text
    assert "No GP remains. Mrs Eve Elder (nurse) remains." in page.text
    assert "Written clinical advice goes out with the papers" in page.text
    assert "may join the discussion" not in page.text  # it is their own contract
    own = stage.client.get(stage.url(f"items/{item.id}/"))
    assert "No GP remains. Mrs Eve Elder (nurse) remains." in own.text


def test_apologies_before_the_meeting_change_the_forecast(stage, item):
    url = stage.url(f"meetings/{item.meeting_id}/expected")
    form = stage.as_("scribe").get(url)
    assert form.value_of("Mrs Ann Ashby") == "No answer yet"
    data = {**answers(stage, chair="apologies", vice="apologies", lay="remote"), "seen": form.form_fields()["seen"]}
    page = stage.client.post(url, data)
    assert "5 of 7 members said that they come; Mrs Ann Ashby and Mr Bob Birch sent apologies." in page.text
    assert "Not quorate" in page.text
    assert "It would be quorate if Mrs Ann Ashby came" in page.text
    rows = {row.person.name: row for row in db.session.scalars(sa.select(Attendance))}
    assert (rows["Mrs Ann Ashby"].apologies, rows["Ms Cat Cole"].is_remote) == (True, True)


def test_a_chair_with_a_conflict_presides_in_no_column_although_only_own_contracts_leave(stage, item):
    """Rule: MTG-07; RULEBOOK §10.5."""
    a_declared_interest(stage.scene.chair, item.affected[0].organisation, role=InterestRole.EMPLOYEE)
    page = stage.as_("nurse").get(stage.url(f"meetings/{item.meeting_id}/what-it-means"))
    presides = "The chair, Mrs Ann Ashby, has a conflict on this item. Mr Bob Birch, the vice chair, presides."
    assert "If only own contracts leave" in page.text
    assert page.text.count(presides) == 3


def test_nobody_is_asked_to_come_who_would_have_to_leave(stage, item):
    a_declared_interest(stage.scene.chair, item.affected[0].organisation)
    url = stage.url(f"meetings/{item.meeting_id}/expected")
    form = stage.as_("scribe").get(url)
    data = {**answers(stage, chair="apologies", vice="apologies"), "seen": form.form_fields()["seen"]}
    page = stage.client.post(url, data)
    assert "Not quorate" in page.text
    assert "It would be quorate if Mrs Ann Ashby came" not in page.text


def test_two_people_who_record_who_comes_do_not_overwrite_each_other(stage, item):
    url = stage.url(f"meetings/{item.meeting_id}/expected")
    form = stage.as_("scribe").get(url)
    data = {**answers(stage), "seen": form.form_fields()["seen"]}
    stage.client.post(url, data)
    page = stage.client.post(url, {**answers(stage, gp="apologies"), "seen": form.form_fields()["seen"]})
    assert page.status_code == 409


def test_where_most_would_withdraw_the_chair_is_told_what_to_weigh(stage):
    elm = an_organisation("Elm Surgery")
    for who in ("gp", "other_gp", "nurse", "lay"):
        a_declared_interest(stage.scene.people[who], elm)
    found = an_item(stage.scene.meeting, affected=[elm])
    page = stage.as_("nurse").get(stage.url(f"meetings/{found.meeting_id}/what-it-means"))
    assert (
        "4 of the 7 voting members who are expected would withdraw, more than half. Mrs Ann Ashby decides" in page.text
    )
