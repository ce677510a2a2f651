"""The pages of a meeting in common, before each of its committees; and the pages for what was put off."""

from datetime import timedelta

import pytest
from flask import Flask

from coi import clock
from coi.committees.vocabulary import Office
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as deciding
from coi.permissions.vocabulary import Role
from tests.factories.accounts import account_with
from tests.factories.committees import a_committee, a_member
from tests.factories.meetings import (
    HELD_ON,
    Scene,
    a_declared_interest,
    a_meeting,
    a_nil_return,
    a_scene,
    an_item,
    minutes,
    opened,
    ruled,
)
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person
from tests.support.client import StrictClient


@pytest.fixture
def scene(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Two committees in common, with a secretary, a GP of both and the chair of the second who can sign in."""
    monkeypatch.setattr(clock, "now", lambda: minutes(30))
    scene = a_scene()
    second = a_committee(scene.body, "Community Services Committee", "CSC")
    scene.people["host"], scene.people["scribe"] = a_person("Mrs Hope Hart"), a_person("Mr Sam Scribe")
    for who in ("host", "scribe"):
        a_nil_return(scene.people[who])
    a_member(second, scene.host, office=Office.CHAIR)
    a_member(second, scene.gp)
    scene.meeting = a_meeting(scene.committee, second)
    for who, role in (("scribe", Role.SECRETARY), ("host", Role.CHAIR), ("gp", Role.MEMBER)):
        account_with(scene.people[who].id, f"{who}@example.nhs.uk", [role, Role.DECLARANT], scene.body.id)
    return scene


def test_every_page_is_drawn_before_each_committee(scene: Scene, client: StrictClient) -> None:
    meeting = scene.meeting
    assert meeting is not None
    first, second = (row.committee for row in meeting.committees)
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    item = an_item(meeting, "A shared service", [elm])
    scene.members = (*scene.members, "host")
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    ruled(scene, item, "gp", "A4", at=minutes(6))
    base, of = f"/{scene.body.slug}", f"committee={second.id}"
    client.as_("scribe@example.nhs.uk")
    assert "For Community Services Committee:" in client.get(f"{base}/meetings/{meeting.id}/agenda", queries=60).text
    assert "Community Services Committee" in client.get(f"{base}/items/{item.id}/", queries=60).text
    room = client.get(f"{base}/items/{item.id}/room/?{of}", queries=60)
    assert "Needs a ruling" in room.text
    assert (
        f"Nobody has ruled on Dr Fay Fenn for item {item.position}, Community Services Committee."
        in client.get(f"{base}/meetings/{meeting.id}/room/close", queries=70).text
    )
    client.as_("host@example.nhs.uk")
    review = client.get(f"{base}/meetings/{meeting.id}/conflicts/?{of}", queries=60)
    assert "For Community Services Committee." in review.text and "Rule on Dr Fay Fenn" in review.text
    rule = client.get(f"{base}/items/{item.id}/conflicts/{scene.gp.id}/rule?{of}", queries=60)
    assert f"{item.title}, for Community Services Committee" in rule.text
    mine = client.as_("gp@example.nhs.uk").get(f"{base}/meetings/{meeting.id}/conflicts/mine", queries=60)
    assert mine.text.count("A shared service") == 1
    assert first.name != second.name


def test_what_was_put_off_is_offered_with_one_button(scene: Scene, client: StrictClient) -> None:
    meeting = scene.meeting
    assert meeting is not None
    second = meeting.committees[1].committee
    item = an_item(meeting, "A shared service", [an_organisation("Elm Surgery")])
    scene.members = (*scene.members, "host")
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    deciding.defer_item(item, "No time", actor=scene.secretary, at=minutes(9), committee_id=second.id)
    later = a_meeting(second, held_on=HELD_ON + timedelta(days=28))
    client.as_("scribe@example.nhs.uk")
    add = f"/{scene.body.slug}/meetings/{later.id}/agenda/add"
    assert "Put A shared service on this agenda" in client.get(add, queries=60).text
    carry = f"/{scene.body.slug}/meetings/{later.id}/agenda/carry/{item.id}"
    page = client.post(carry, {}, queries=65)
    assert page.heading == "A shared service" and item.reference in page.text
    assert "This item is carried on from an earlier meeting" in page.text
    assert "It is carried on at a later meeting" in client.get(f"/{scene.body.slug}/items/{item.id}/", queries=60).text
    again = client.post(carry, {}, queries=65)
    assert "It may be on one already" in again.text
