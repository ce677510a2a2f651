"""The pages on which the secretary corrects what was recorded of an item."""

import uuid

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.meetings.minutes.models import Minutes
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings.decision_commands import take_decision
from coi.meetings.proceedings.vocabulary import HandoverDetails
from coi.meetings.recorded_vocabulary import DecisionDetails
from coi.meetings.vocabulary import Cast, Method, MinutesState, Outcome
from tests.factories.meetings import an_item, minutes, opened


def test_the_secretary_corrects_a_vote_where_everything_recorded_stands_in_the_fields(stage):
    scene = stage.scene
    item = an_item(scene.meeting)
    opened(scene)
    votes = tuple((scene.people[who].id, Cast.FOR) for who in scene.members)
    details = DecisionDetails(Outcome.APPROVED, "The variation.", Method.VOTE, votes, minutes(20))
    decision = take_decision(item, details, actor=scene.secretary, at=minutes(21))
    row = proceedings.hand_over_chair(
        an_item(scene.meeting, at=minutes(21)), HandoverDetails(scene.vice.id, minutes(22)), actor=scene.secretary, at=minutes(22)
    )  # fmt: skip
    db.session.commit()
    stage.at(minutes(30))
    scribe = stage.as_("scribe")
    room, url = stage.url(f"items/{item.id}/room/"), stage.url(f"decisions/{decision.id}/correct")
    assert f'href="{url}"' in scribe.get(room).html
    form = scribe.get(url).form_fields()
    nurse = f"vote_{scene.nurse.id.hex}"
    assert (form[nurse], form["text"], form["decided_at"]) == ("for", "The variation.", "10:20")
    refused = scribe.post(url, form | {nurse: "against"})
    assert refused.errors == ["Enter why it is corrected"]
    assert refused.form_fields()[nurse] == "against"
    page = scribe.post(url, form | {nurse: "against", "because": "I misheard her"}, queries=75)
    assert page.notices == ["The record is corrected. What it said before is kept."]
    assert "6 for, 1 against" in page.text
    assert "by Mr Sam Scribe. Reason: I misheard her" in page.text
    late = scribe.post(url, form | {"text": "The closure.", "because": "Another slip"})
    assert late.status_code == 409
    chair = stage.url(f"handovers/{row.id}/correct")
    page = scribe.post(chair, scribe.get(chair).form_fields() | {"handed_over_at": "10:15", "because": "A slip"})
    assert "Mr Bob Birch took the chair at 10:15am. Correct" in page.text


def test_nothing_offers_to_correct_what_confirmed_minutes_tell_and_the_page_says_where_it_is(stage):
    scene = stage.scene
    item = an_item(scene.meeting)
    opened(scene)
    row = proceedings.hand_over_chair(
        item, HandoverDetails(scene.vice.id, minutes(5)), actor=scene.secretary, at=minutes(5)
    )
    details = DecisionDetails(Outcome.APPROVED, "The variation.", decided_at=minutes(20))
    decision = take_decision(item, details, actor=scene.secretary, at=minutes(21))
    proceedings.close_meeting(scene.meeting, minutes(30), actor=scene.secretary, at=minutes(30))
    db.session.add(
        Minutes(
            id=uuid.uuid4(), meeting_id=scene.meeting.id, number=1, state=MinutesState.CONFIRMED, composed_at=minutes(31),
            composed_by=None, content={},
        )
    )  # fmt: skip
    log.record(
        Event.MINUTES_CONFIRMED, subject=scene.meeting, actor=scene.secretary, at=minutes(31), body_id=scene.body.id
    )
    db.session.commit()
    stage.at(minutes(40))
    scribe = stage.as_("scribe")
    page = scribe.get(stage.url(f"items/{item.id}/room/"))
    assert f"{row.id}/correct" not in page.html and f"{decision.id}/correct" not in page.html
    assert "The minutes are confirmed, so this can no longer be corrected here." in page.text
    room = scribe.get(stage.url(f"meetings/{scene.meeting.id}/room/"))
    assert "Correct the closing time" not in room.text
