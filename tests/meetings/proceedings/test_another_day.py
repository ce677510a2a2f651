"""A meeting that is written up on a later day: no time of that day gets into its record, and it can be closed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coi import clock
from coi.database import db
from coi.documents.vocabulary import text_of
from coi.errors import RuleBroken
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.conflicts.models import Ruling
from coi.meetings.minutes import commands as minuting
from coi.meetings.models import Presence
from coi.meetings.proceedings import commands
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.proceedings.vocabulary import mark_of
from coi.meetings.recorded_vocabulary import MeetingDeclarationDetails, MovementDetails, RulingDetails
from coi.meetings.vocabulary import DeclaredPoint, ItemState, MeetingState, PresenceKind
from tests.factories.meetings import an_item, minutes, moved, opened
from tests.factories.people import a_person, an_appointment

LATER = minutes(320) + timedelta(days=3)
ASKED = "Enter the time: the meeting was on 10 November 2026"


def test_whatever_is_recorded_on_another_day_asks_for_its_time(scene):
    item, who = an_item(scene.meeting), {"actor": scene.secretary, "at": LATER}
    opened(scene)
    pressed = MovementDetails(scene.gp.id, PresenceKind.LEFT, None, item_id=item.id, is_now=True)
    recorded = {
        "began": lambda: commands.open_item(item, **who),
        "at": lambda: commands.record_movement(scene.meeting, pressed, **who),
        "decided_at": lambda: deciding.defer_item(item, "A paper was missing", **who),
    }
    for field, record in recorded.items():
        with pytest.raises(RuleBroken) as broken:
            record()
        assert (broken.value.reason, broken.value.field) == (ASKED, field)
    for record in (
        lambda: deciding.note_item(item, **who),
        lambda: deciding.refer_item(item, "NHS England", "It decides", **who),
    ):
        with pytest.raises(RuleBroken, match=ASKED):
            record()
    assert item.state is ItemState.PLANNED


def test_what_is_typed_on_another_day_without_its_time_was_declared_when_the_item_began_or_at_a_time_that_is_not_known(
    scene,
):
    item = an_item(scene.meeting)
    opened(scene)
    commands.open_item(item, actor=scene.secretary, at=minutes(5))
    for point, declared_at in ((DeclaredPoint.AT_ITEM, minutes(5)), (DeclaredPoint.DURING_ITEM, None)):
        said = MeetingDeclarationDetails(scene.gp.id, point, "My own practice", item.id, at=LATER, is_new=True)
        assert (
            conflicts.declare_at_meeting(scene.meeting, said, actor=scene.secretary, at=LATER).declared_at
            == declared_at
        )


def test_a_ruling_made_before_the_meeting_has_its_own_day(scene):
    item = an_item(scene.meeting)
    opened(scene)
    details = RulingDetails(("A4",), "Direct financial interest", scene.chair.id, at=minutes(-2000))
    for wrong, reason in (
        (details, "Enter a time after the meeting was opened"),
        (replace(details, at=minutes(1), is_before=True), "Enter a time before the meeting was opened"),
        (replace(details, at=minutes(600), is_before=True), "Enter a time that has passed"),
        (replace(details, at=minutes(-600_000), is_before=True), "Enter a day within the year before the meeting"),
    ):
        with pytest.raises(RuleBroken, match=reason):
            conflicts.record_dictated_ruling(item, scene.gp.id, wrong, actor=scene.secretary, at=minutes(20))
    before = replace(details, is_before=True)
    ruling = conflicts.record_dictated_ruling(item, scene.gp.id, before, actor=scene.secretary, at=minutes(20))
    assert (ruling.made_at, ruling.recorded_at) == (minutes(-2000), minutes(20))
    text = text_of(minuting.compose_now(scene.meeting, scene.body)[0].document)
    assert "ruled on 9 November 2026 at" in text


def test_a_ruling_on_another_day_is_asked_for_its_time_too(stage):
    item = an_item(stage.scene.meeting)
    opened(stage.scene)
    stage.at(minutes(20))
    rule = stage.url(f"items/{item.id}/conflicts/{stage.scene.gp.id}/rule")
    stage.as_("scribe").get(rule, queries=70)
    typed = {
        "actions": "A4", "rationale": "Own contract", "decided_by": str(stage.scene.chair.id),
        "said_on-day": "9", "said_on-month": "11", "said_on-year": "2026",
    }  # fmt: skip
    page = stage.client.post(rule, typed, queries=70)
    assert [each.removeprefix("Error: ") for each in page.errors] == ["Enter the time at which it was ruled that day"]
    stage.client.post(rule, {**typed, "said_at": "14:30"}, queries=70)
    assert clock.local(db.session.query(Ruling).one().made_at).isoformat()[:16] == "2026-11-09T14:30"


def test_the_buttons_ask_beside_their_fields_and_the_forms_begin_empty(stage):
    item = an_item(stage.scene.meeting)
    opened(stage.scene)
    stage.at(LATER)
    keep, gp = stage.url(f"items/{item.id}/room/keep"), stage.scene.gp
    page = stage.as_("scribe").get(stage.url(f"items/{item.id}/room/"), queries=70)
    assert "The meeting was on 10 November 2026. Enter the time first, like 10:05." in page.text
    for do in ("begin", f"left:{gp.id}"):
        page = stage.client.post(keep, {"do": do, "text": "", "seen": mark_of("")}, queries=70)
        assert [each.removeprefix("Error: ") for each in page.errors] == [ASKED]
    assert not db.session.query(Presence).filter_by(kind=PresenceKind.LEFT).count()
    room = f"meetings/{item.meeting_id}/room"
    for path, label in (
        (f"{room}/close", "When did the meeting close?"),
        (f"{room}/people/{gp.id}/movement", "When?"),
        (f"items/{item.id}/room/decide", "When?"),
        (f"items/{item.id}/room/chair", "When?"),
    ):
        assert not stage.client.get(stage.url(path), queries=70).value_of(label)


def test_somebody_else_who_came_is_asked_when_they_joined(stage):
    opened(stage.scene)
    guest = a_person("Mr Guy Guest")
    an_appointment(guest, stage.scene.body)
    stage.at(LATER)
    url = stage.url(f"meetings/{stage.scene.meeting.id}/room/attendance")
    assert not stage.as_("scribe").get(url).value_of("When did they join?")
    data = {"person": str(guest.id), "capacity": "in_attendance", "has_joined": "y"}
    assert "Enter the time they joined, or say that it is not known" in stage.client.post(url, data).text
    page = stage.client.post(url, data | {"joined_at-unknown": "y"})
    assert page.notices == ["Mr Guy Guest is recorded. Ask what they have to declare."]


def test_a_meeting_with_an_item_that_began_after_its_day_can_be_put_right_and_closed(stage):
    item, meeting = an_item(stage.scene.meeting), stage.scene.meeting
    opened(stage.scene)
    moved(stage.scene, "gp", PresenceKind.LEFT, minutes(10))
    item.state, item.opened_at = ItemState.OPEN, LATER
    db.session.flush()
    stage.at(LATER)
    deciding.defer_item(item, "A paper was missing", actor=stage.scene.secretary, at=LATER, when=minutes(40))
    page = stage.as_("scribe").get(stage.url(f"items/{item.id}/room/"), queries=70)
    assert "By the record this item began on 13 November 2026" in page.text
    keep = {"do": "begin", "text": "", "seen": mark_of("")}
    page = stage.client.post(stage.url(f"items/{item.id}/room/keep"), keep | {"began": "10:45"}, queries=70)
    assert "The item was settled at 10:40am. Enter a time before that" in page.text
    stage.client.post(stage.url(f"items/{item.id}/room/keep"), keep | {"began": "10:20"}, queries=70)
    assert (item.opened_at, item.state) == (minutes(20), ItemState.DEFERRED)
    with pytest.raises(RuleBroken, match="The item was already opened"):
        commands.open_item(item, actor=stage.scene.secretary, at=LATER, when=minutes(21))
    item.opened_at = LATER
    commands.close_meeting(meeting, minutes(50), actor=stage.scene.secretary, at=LATER)
    assert (meeting.state, meeting.closed_at) == (MeetingState.CLOSED, minutes(50))
