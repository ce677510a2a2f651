"""The page on which it is recorded that a later meeting confirmed the minutes, and what it shows of items without an outcome."""

from datetime import timedelta

from coi.database import db
from coi.meetings.minutes import commands as minuting
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings.decision_commands import note_item
from tests.factories.meetings import HELD_ON, a_meeting, an_item, minutes, opened, takes_earlier_minutes


def test_who_presided_when_the_minutes_were_taken_stands_in_the_field_and_what_has_no_outcome_is_named(stage):
    scene = stage.scene
    item = an_item(scene.meeting, "The merger")
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    first, week = (
        proceedings.close_meeting(scene.meeting, minutes(30), actor=scene.secretary, at=minutes(30)),
        7 * 24 * 60,
    )
    minuting.draft_minutes(first, scene.body, actor=scene.secretary, at=minutes(40))
    scene.meeting = a_meeting(scene.committee, held_on=HELD_ON + timedelta(days=7))
    opened(scene, "chair", at=minutes(week))
    earlier = takes_earlier_minutes(scene.meeting, scene.secretary, minutes(week + 1))
    note_item(earlier, actor=scene.secretary, at=minutes(week + 2))
    db.session.commit()
    stage.at(minutes(week + 5))
    scribe = stage.as_("scribe")
    shown = scribe.get(stage.url(f"meetings/{first.id}/minutes/"))
    assert "Begun, and without an outcome when the meeting closed." in shown.text
    assert f"Item {item.position}, The merger" in shown.text
    assert "can still be recorded, with its time" in scribe.get(stage.url(f"items/{item.id}/room/")).text
    form = scribe.get(stage.url(f"meetings/{first.id}/minutes/confirm")).form_fields()
    assert (form["at_meeting"], form["confirmed_by"]) == (str(scene.meeting.id), str(scene.vice.id))
