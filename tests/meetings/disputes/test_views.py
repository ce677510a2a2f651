"""Pages on which a refusal to leave is recorded, and struck out."""

import sqlalchemy as sa

from coi.database import db
from coi.meetings.disputes.models import RulingDispute
from tests.factories.meetings import a_declared_interest, an_item, minutes, opened, ruled
from tests.factories.organisations import an_organisation


def test_the_secretary_records_a_refusal_from_the_page_of_the_item_and_it_stands_there_and_in_the_story(stage):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(stage.scene.gp, elm)
    item = an_item(stage.scene.meeting, affected=[elm])
    opened(stage.scene)
    ruled(stage.scene, item, "gp", "A4", at=minutes(10))
    db.session.commit()
    stage.at(minutes(15))
    client = stage.as_("scribe")
    room = stage.url(f"items/{item.id}/room/")
    assert "Refuses or disputes it" in client.get(room).text
    form = client.post(f"{room}keep", {"do": f"dispute:{stage.scene.gp.id}", "text": "", "seen": ""}, queries=70)
    assert (
        form.heading.endswith("Dr Fay Fenn against the ruling")
        and "Leaves for the discussion and the decision" in form.text
    )
    data = {"kind": "refused", "said": "I stay", "at": "10:12", "response": "stood", "did": ""}
    url = stage.url(f"items/{item.id}/conflicts/{stage.scene.gp.id}/dispute")
    assert client.post(url, data | {"said": ""}).errors == ["Enter what was said"]
    page = client.post(url, data)
    assert "Decide the item without them, or put it off." in page.notices[0]
    said = "At 10:12am, Dr Fay Fenn refused to leave: “I stay”. The ruling stood, Mrs Ann Ashby presiding."
    assert said in page.text and "refused to leave and is still in the meeting" in page.text
    assert said in client.get(stage.url(f"items/{item.id}/story"), queries=70).text
    row = db.session.scalars(sa.select(RulingDispute)).one()
    page = client.post(stage.url(f"disputes/{row.id}/strike-out"), {"because": "It was somebody else"})
    assert said not in page.text
