"""The grid and the briefing of a meeting of two committees in common."""

import pytest

from coi import clock
from coi.committees.vocabulary import Office
from coi.permissions.vocabulary import Role
from tests.factories.accounts import account_with
from tests.factories.committees import a_committee, a_member
from tests.factories.meetings import PLANNED, a_declared_interest, a_meeting, a_nil_return, a_scene, an_item, ruled
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person


@pytest.fixture
def scene(app, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: PLANNED)
    scene = a_scene()
    second = a_committee(scene.body, "Community Services Committee", "CSC")
    scene.people["host"] = a_person("Mrs Hope Hart")
    a_nil_return(scene.host)
    a_member(second, scene.host, office=Office.CHAIR)
    a_member(second, scene.gp)
    scene.meeting = a_meeting(scene.committee, second)
    account_with(scene.host.id, "host@example.nhs.uk", [Role.MEMBER], scene.body.id)
    return scene


def heads(page):
    return [each.get_text() for each in page.soup.select("thead abbr")]


def marks(page):
    return [" ".join(each.get_text().split()) for each in page.soup.select("td[data-label] summary")]


def test_each_committee_has_its_own_grid_and_both_share_a_briefing(scene, client):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, "A shared service", [elm])
    ruled(scene, item, "gp", "A4")
    base = f"/{scene.body.slug}/meetings/{scene.meeting.id}"
    first = client.as_("host@example.nhs.uk").get(f"{base}/grid")
    assert heads(first)[:2] == ["Fenn", "Ashby"]
    assert "Hart" not in heads(first)
    assert marks(first) == ["F1 own contract – leaves, ruled"]
    second = client.click("For Community Services Committee")
    assert heads(second) == ["Fenn", "Hart"]
    assert marks(second) == ["F1 own contract – leaves?, confirmed, not ruled"]
    briefing = client.get(f"{base}/briefing").text
    assert "A shared service (Primary Care Commissioning Committee)" in briefing
    assert "A shared service (Community Services Committee)" in briefing
    assert client.get(f"{base}/order/").status_code == 200
