"""A secretary who has an interest in an item loses sight of it, public or not, and whoever presides names who keeps its record instead."""

import pytest
import sqlalchemy as sa

from coi.accounts.models import Account
from coi.accounts.queries import actor_for
from coi.database import db
from coi.documents.vocabulary import text_of
from coi.errors import RuleBroken
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.keeper_models import RecordKeeper
from coi.meetings.minutes import commands as minuting
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.proceedings.keeper_commands import name_record_keeper
from coi.meetings.proceedings.vocabulary import KeeperDetails, NotesDetails, OpeningDetails, mark_of
from coi.meetings.recorded_vocabulary import DecisionDetails, MeetingDeclarationDetails, MovementDetails
from coi.meetings.vocabulary import DeclaredPoint, Outcome, Part, PresenceKind, PresenceReason
from coi.meetings.waiting import waiting_for
from coi.meetings.withholding import items_kept_from
from coi.permissions.vocabulary import Role
from tests.factories.accounts import account_with
from tests.factories.meetings import (
    HELD_ON,
    TEN,
    a_declared_interest,
    a_meeting,
    an_item,
    attending,
    minutes,
    opened,
    ruled,
    takes_earlier_minutes,
)
from tests.factories.organisations import an_organisation
from tests.factories.papers import a_paper
from tests.factories.people import a_person


@pytest.fixture
def item(stage):
    """A public item on the contract of a practice in which the secretary and a GP are partners."""
    elm = an_organisation("Elm Surgery")
    for who in ("scribe", "gp"):
        a_declared_interest(stage.scene.people[who], elm)
    stage.scene.people["clerk"] = a_person("Ms Cleo Clerk")
    account_with(stage.scene.people["clerk"].id, "clerk@example.nhs.uk", [Role.DECLARANT], stage.scene.body.id)
    found = an_item(stage.scene.meeting, "The contract of Elm Surgery", affected=[elm])
    a_paper(found, "Options for Elm")
    return found


@pytest.fixture
def room(stage, item):
    """The meeting is open; the chair has ruled the secretary and the GP out of the item."""
    opened(stage.scene)
    attending(stage.scene, stage.scene.people["scribe"], joined=minutes(1))
    for who in ("scribe", "gp"):
        ruled(stage.scene, item, who, "A3", "A4", at=minutes(5))
    stage.at(minutes(30))
    return stage


def actor(stage, who):
    account = db.session.scalar(sa.select(Account).where(Account.person_id == stage.scene.people[who].id))
    return actor_for(account, HELD_ON)


def named(stage, item, who="clerk", *, by="chair", at=None):
    people = stage.scene.people
    details = KeeperDetails(people[who].id, people["scribe"].id)
    return name_record_keeper(item, details, actor=actor(stage, by), at=at or minutes(20))


def item_url(stage, item, path=""):
    return stage.url(f"items/{item.id}/room/{path}")


def press(stage, item, do, text):
    return stage.client.post(item_url(stage, item, "keep"), {"do": do, "text": text, "seen": mark_of(item.discussion)})


def status(stage, who, path):
    return stage.as_(who).get(stage.url(path)).status_code


def decided(stage, item, who):
    proceedings.record_movement(item.meeting, _left(stage, "gp", item), actor=actor(stage, who), at=minutes(32))
    proceedings.record_movement(item.meeting, _left(stage, "scribe", item), actor=actor(stage, who), at=minutes(32))
    details = DecisionDetails(Outcome.APPROVED, "The contract is varied")
    deciding.take_decision(item, details, actor=actor(stage, who), at=minutes(40))


def _left(stage, who, item):
    return MovementDetails(stage.scene.people[who].id, PresenceKind.LEFT, minutes(31), PresenceReason.CONFLICT, item.id)


def test_an_item_kept_from_the_secretary_that_nobody_took_waits_for_the_chair_and_its_keeper(room, item):
    named(room, item)
    proceedings.close_meeting(room.scene.meeting, minutes(60), actor=actor(room, "vice"), at=minutes(60))
    said = "The contract of Elm Surgery, left open on 10 November 2026, is on no later agenda and is kept from the secretary"
    for who, sees in (("chair", True), ("clerk", True), ("scribe", False), ("gp", False), ("nurse", False)):
        found = waiting_for(actor(room, who), room.scene.body.id, at=minutes(70))
        assert (said in [each.sentence for each in found]) is sees, who


def test_the_chair_names_who_keeps_the_record_and_finds_the_way_to_it(room, item):
    page = room.as_("chair").get(room.url(f"meetings/{item.meeting_id}/conflicts/"))
    assert "Mr Sam Scribe cannot keep the record of this item." in page.text
    page = room.client.click("Name who keeps it for item 7")
    assert "A ruling keeps Mr Sam Scribe from this item" in page.text
    assert "Ms Cleo Clerk" in page.text and "Mrs Eve Elder" in page.text
    data = {"person": str(room.scene.people["clerk"].id), "in_place_of": str(room.scene.people["scribe"].id)}
    page = room.client.post(room.url(f"items/{item.id}/record-keeper"), data)
    assert page.notices == ["Ms Cleo Clerk keeps the record of item 7 in place of Mr Sam Scribe."]
    assert "Ms Cleo Clerk keeps the record of this item in place of Mr Sam Scribe." in page.text
    row = db.session.scalars(sa.select(RecordKeeper)).one()
    assert (row.person.name, row.in_place_of.name, row.namer.name) == (
        "Ms Cleo Clerk",
        "Mr Sam Scribe",
        "Mrs Ann Ashby",
    )


def test_nobody_who_does_not_preside_sees_the_page_or_names_anybody(room, item):
    for who in ("nurse", "vice", "scribe", "clerk", "gp"):
        assert status(room, who, f"items/{item.id}/record-keeper") == 404, who
    with pytest.raises(RuleBroken, match="Only whoever presides"):
        named(room, item, by="vice")


def test_without_a_choice_the_page_says_what_to_do_and_nothing_is_stored(room, item):
    page = room.as_("chair").post(room.url(f"items/{item.id}/record-keeper"), {})
    assert page.status_code == 422
    assert "Select who keeps the record of this item" in page.errors
    assert db.session.scalars(sa.select(RecordKeeper)).all() == []


def test_whoever_was_ruled_out_themselves_is_not_named_nor_whoever_cannot_sign_in(room, item):
    for who in ("gp", "scribe", "finance"):
        with pytest.raises(RuleBroken, match="can sign in here and has not been ruled out"):
            named(room, item, who)


def test_nobody_is_named_in_place_of_a_secretary_whom_no_ruling_keeps_from_the_item(stage, item):
    opened(stage.scene)
    with pytest.raises(RuleBroken, match="No ruling keeps this person"):
        named(stage, item)
    assert items_kept_from(actor(stage, "scribe")) == frozenset()
    attending(stage.scene, stage.scene.people["scribe"], joined=minutes(1))
    ruled(stage.scene, item, "scribe", "A5", at=minutes(5))
    assert items_kept_from(actor(stage, "scribe")) == frozenset()
    with pytest.raises(RuleBroken, match="No ruling keeps this person"):
        named(stage, item)


def test_the_secretary_reads_and_records_nothing_of_a_public_item_on_which_they_are_ruled_out(room, item):
    paths = ("", "story", "room/", "room/decide", "room/note", "room/defer", "edit")
    assert [status(room, "scribe", f"items/{item.id}/{path}") for path in paths] == [404] * len(paths)
    for page in ("agenda", "conflicts/", "conflicts/mine", "room/"):
        text = room.as_("scribe").get(room.url(f"meetings/{item.meeting_id}/{page}")).text
        assert "Direct financial interest in the contract" not in text, page
    agenda = room.as_("scribe").get(room.url(f"meetings/{item.meeting_id}/agenda")).text
    assert "you cannot read item 7 until it is decided" in agenda and item.title not in agenda
    saved = room.as_("scribe").post(item_url(room, item, "keep"), {"do": "", "text": "Mine", "seen": ""})
    assert saved.status_code == 404


def test_a_member_who_is_ruled_out_still_reads_a_public_item(room, item):
    assert status(room, "gp", f"items/{item.id}/") == 200


def test_a_secretary_ruled_on_by_their_own_hand_lands_on_a_page_that_they_may_read(stage, item):
    opened(stage.scene)
    attending(stage.scene, stage.scene.people["scribe"], joined=minutes(1))
    stage.at(minutes(30))
    data = {"actions": ["A3", "A4"], "rationale": "A partner there", "decided_by": str(stage.scene.chair.id)}
    page = stage.as_("scribe").post(
        stage.url(f"items/{item.id}/conflicts/{stage.scene.people['scribe'].id}/rule"), data
    )
    assert page.status_code == 200 and page.heading == "Conflicts of interest"


def test_whoever_is_named_does_for_this_item_what_the_secretary_does_and_for_no_other(room, item):
    other = an_item(room.scene.meeting, "Another item", at=minutes(2))
    assert status(room, "clerk", f"items/{item.id}/room/") == 404
    named(room, item)
    assert "You keep the record of item 7, The contract of Elm Surgery" in room.as_("clerk").get(room.url("")).text
    page = room.client.get(item_url(room, item))
    assert page.heading == item.title and "Options for Elm" in page.text
    paper = next(where for words, where in page.links.items() if "Options for Elm" in words)
    assert room.client.get(paper).status_code == 200
    assert status(room, "scribe", paper.split("/", 2)[2]) == 404
    room.as_("clerk")
    press(room, item, "", "The options were discussed.")
    press(room, item, f"left:{room.scene.gp.id}", "The options were discussed.")
    declared = {"point": "at_item", "interest": "new", "text": "My practice"}
    url = f"meetings/{item.meeting_id}/declarations/{room.scene.gp.id}?item={item.id}"
    page = room.client.post(room.url(url), declared, queries=70)
    assert page.status_code == 200
    assert room.client.get(item_url(room, item, "decide")).status_code == 200
    assert item.discussion == "The options were discussed."
    assert status(room, "clerk", f"items/{other.id}/room/") == 404
    assert status(room, "clerk", f"meetings/{item.meeting_id}/room/close") == 404
    assert status(room, "clerk", f"meetings/{item.meeting_id}/declarations/{room.scene.gp.id}") == 404


def test_whoever_is_ruled_out_after_they_were_named_or_is_replaced_keeps_it_no_longer(room, item):
    named(room, item, "nurse")
    assert status(room, "nurse", f"items/{item.id}/room/") == 200
    named(room, item, "clerk", at=minutes(21))
    assert status(room, "nurse", f"items/{item.id}/room/") == 404
    assert status(room, "clerk", f"items/{item.id}/room/") == 200
    named(room, item, "nurse", at=minutes(22))
    ruled(room.scene, item, "nurse", "A4", at=minutes(23))
    assert status(room, "nurse", f"items/{item.id}/room/") == 404
    assert status(room, "clerk", f"items/{item.id}/room/") == 404


def closed(stage):
    proceedings.close_meeting(stage.scene.meeting, minutes(60), actor=stage.scene.secretary, at=minutes(60))


def composed(stage):
    return minuting.compose_now(stage.scene.meeting, stage.scene.body)[0]


def test_the_minutes_and_the_story_say_who_kept_the_record_in_place_of_whom(room, item):
    named(room, item)
    decided(room, item, "clerk")
    closed(room)
    said = "Ms Cleo Clerk kept the record of this item in place of Mr Sam Scribe, who had an interest in it."
    assert said in text_of(composed(room).document)
    assert not [gap for gap in composed(room).gaps if gap.element == "record"]
    room.at(minutes(70))
    story = room.as_("vice").get(room.url(f"items/{item.id}/story")).text
    assert (
        "Mrs Ann Ashby named Ms Cleo Clerk to keep the record of this item in place of Mr Sam Scribe, who had an"
        in story
    )


def test_minutes_are_not_final_where_somebody_who_was_ruled_out_kept_the_record(room, item):
    decided(room, item, "scribe")
    closed(room)
    gaps = [gap.sentence for gap in composed(room).gaps if gap.element == "record"]
    assert gaps == [
        "Item 7: Mr Sam Scribe kept its record and was ruled out of it. Whoever presides names somebody to take it over"
    ]
    room.at(minutes(70))
    room.as_("chair").get(room.url(f"meetings/{item.meeting_id}/conflicts/"))
    assert room.client.click("Name who keeps it for item 7").heading == "Name who keeps the record"
    named(room, item, at=minutes(65))
    assert not [gap for gap in composed(room).gaps if gap.element == "record"]
    said = "Ms Cleo Clerk took over the record of this item from Mr Sam Scribe, who had an interest in it."
    assert said in text_of(composed(room).document)


def test_notes_that_a_secretary_took_before_the_ruling_need_somebody_to_take_them_over(stage, item):
    opened(stage.scene)
    attending(stage.scene, stage.scene.people["scribe"], joined=minutes(1))
    details = NotesDetails("Heard so far", mark_of(""))
    proceedings.note_discussion(item, details, actor=actor(stage, "scribe"), at=minutes(3))
    assert not [gap for gap in composed(stage).gaps if gap.element == "record"]
    ruled(stage.scene, item, "scribe", "A3", "A4", at=minutes(5))
    assert [gap.person for gap in composed(stage).gaps if gap.element == "record"] == ["Mr Sam Scribe"]


def test_the_draft_is_kept_from_the_secretary_for_this_item_alone_until_it_is_confirmed(room, item):
    other = an_item(room.scene.meeting, "Another item", at=minutes(2))
    named(room, item)
    proceedings.note_discussion(
        item, NotesDetails("Nobody else may know", mark_of("")), actor=actor(room, "clerk"), at=minutes(25)
    )
    decided(room, item, "clerk")
    deciding.note_item(other, actor=room.scene.secretary, at=minutes(45))
    closed(room)
    minuting.draft_minutes(room.scene.meeting, room.scene.body, actor=room.scene.secretary, at=minutes(62))
    room.at(minutes(70))
    page = room.as_("scribe").get(room.url(f"meetings/{item.meeting_id}/minutes/"))
    assert "Nobody else may know" not in page.text and "The contract is varied" not in page.text
    assert "7. Kept from you" in page.text and "Another item" in page.text
    assert "Record that they were confirmed" not in page.text
    assert status(room, "scribe", f"meetings/{item.meeting_id}/minutes/confirm") == 404
    assert "Nobody else may know" in room.as_("vice").get(room.url(f"meetings/{item.meeting_id}/minutes/")).text
    assert "The contract is varied" not in room.as_("scribe").get(room.url("ledger/")).text


def test_a_private_item_needs_somebody_else_too(stage, item):
    private = an_item(
        stage.scene.meeting, "Merger", affected=["Elm Surgery"], part=Part.PRIVATE, private_reason="In confidence"
    )
    opened(stage.scene)
    attending(stage.scene, stage.scene.people["scribe"], joined=minutes(1))
    ruled(stage.scene, private, "scribe", "A3", "A4", at=minutes(5))
    named(stage, private)
    stage.at(minutes(30))
    assert status(stage, "clerk", f"items/{private.id}/room/") == 200
    assert status(stage, "scribe", f"items/{private.id}/room/") == 404


def test_once_the_minutes_are_confirmed_the_secretary_reads_the_item_and_nobody_is_named_any_more(room, item):
    named(room, item)
    for who in ("gp", "scribe"):
        _declared(room, item, who)
    decided(room, item, "clerk")
    closed(room)
    minuting.draft_minutes(room.scene.meeting, room.scene.body, actor=room.scene.secretary, at=minutes(62))
    later = a_meeting(room.scene.committee, held_on=HELD_ON.replace(month=12), at=TEN)
    start = TEN.replace(month=12)
    there = frozenset(room.scene.people[key].id for key in room.scene.members)
    proceedings.open_meeting(
        later, OpeningDetails(start, there, frozenset(), frozenset()), actor=room.scene.secretary, at=start
    )
    assert items_kept_from(actor(room, "scribe")) == {item.id}
    assert status(room, "clerk", f"items/{item.id}/room/") == 200
    takes_earlier_minutes(later, room.scene.secretary, start)
    minuting.confirm_minutes(
        room.scene.meeting, room.scene.body, minuting.Confirmation(later, room.scene.chair),
        actor=room.scene.secretary, at=start,
    )  # fmt: skip
    assert items_kept_from(actor(room, "scribe")) == frozenset()
    assert status(room, "clerk", f"items/{item.id}/room/") == 404
    with pytest.raises(RuleBroken, match="minutes of this meeting are confirmed"):
        named(room, item, at=start)


def _declared(stage, item, who):
    details = MeetingDeclarationDetails(
        stage.scene.people[who].id, DeclaredPoint.AT_ITEM, "My practice", item.id, None, minutes(6)
    )
    conflicts.declare_at_meeting(item.meeting, details, actor=stage.scene.secretary, at=minutes(6))
