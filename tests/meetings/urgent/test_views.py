"""Pages of urgent decisions."""

from coi.meetings.vocabulary import Purpose
from tests.factories.meetings import a_declared_interest, an_item, opened
from tests.factories.organisations import an_organisation


def test_the_secretary_records_an_urgent_decision_on_the_item_that_reports_it(stage):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(stage.scene.gp, elm)
    item = an_item(stage.scene.meeting, "Cover", [elm], purpose=Purpose.NOTE)
    client, people = stage.as_("scribe"), stage.scene.people
    page = client.get(stage.url(f"items/{item.id}/"))
    assert "Record an urgent decision" in page.text
    url = stage.url(f"items/{item.id}/urgent-decision")
    assert "Dr Fay Fenn (has a conflict on this item)" in client.get(url).text
    data = {
        "decided_by": str(people["gp"].id), "decided_on-day": "9", "decided_on-month": "11", "decided_on-year": "2026",
        "decided_time": "3pm", "text": "Cover was bought", "power": "Standing order 4.9", "why_urgent": "Illness",
        "second": str(people["finance"].id), "consulted": [str(people["lay"].id)],
    }  # fmt: skip
    refused = client.post(url, data)
    assert refused.status_code == 422 and "Dr Fay Fenn has a conflict on this item" in refused.errors[0]
    assert refused.value_of("What was decided?") == "Cover was bought"
    page = client.post(url, data | {"decided_by": str(people["chair"].id)})
    assert page.notices == ["The urgent decision is recorded. The meeting is asked to ratify it."]
    assert "Mrs Ann Ashby, the Chair, with Mr Dan Dale under Standing order 4.9." in page.text
    assert "Record that the audit committee was told" in page.text
    assert "Add an organisation" not in page.text and "These stay as whoever took" in page.text
    refused = client.post(stage.url(f"items/{item.id}/remove"), {})
    assert refused.status_code == 422 and "It stays on the agenda" in refused.text
    told = {"on-day": "10", "on-month": "11", "on-year": "2026"}
    assert "Enter a day that has come" in client.post(f"{url}/audit-committee", told | {"on-year": "2027"}).errors
    assert "is recorded that the audit committee was told" in client.post(f"{url}/audit-committee", told).notices[0]
    assert "An urgent decision was taken" in client.get(stage.url(f"items/{item.id}/story"), queries=70).text
    struck = client.post(f"{url}/strike-out", {"because": "It was another item"})
    assert struck.notices == ["The urgent decision is struck out."]
    assert "Record an urgent decision" in struck.text and "Urgent decision to ratify" not in struck.text


def test_it_is_said_on_opening_that_a_meeting_which_has_begun_reports_none(stage):
    item = an_item(stage.scene.meeting, "Cover", [an_organisation("Elm Surgery")])
    opened(stage.scene)
    page = stage.as_("scribe").get(stage.url(f"items/{item.id}/urgent-decision"))
    assert page.status_code == 422
    assert "an item of a meeting to come" in page.text and "Who decided?" not in page.text
