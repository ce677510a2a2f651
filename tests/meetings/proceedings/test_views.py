"""The secretary in the room: opening, one page per item, coming and going, the chair, the decision, closing."""

import pytest
import sqlalchemy as sa

from coi.committees.models import TermsOfReference
from coi.database import db
from coi.meetings.models import AgendaItem, Attendance, ChairHandover, Decision, Presence, Vote
from coi.meetings.proceedings.vocabulary import mark_of
from coi.meetings.vocabulary import Capacity, ItemState, MeetingState, Outcome, PresenceKind, PresenceReason
from tests.factories.committees import the_terms
from tests.factories.meetings import (
    PLANNED,
    a_declared_interest,
    a_nil_return,
    an_item,
    attending,
    minutes,
    moved,
    opened,
    ruled,
)
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person, an_appointment


@pytest.fixture
def item(stage):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(stage.scene.gp, elm)
    return an_item(stage.scene.meeting, affected=[elm])


@pytest.fixture
def room(stage, item):
    """The meeting is open and it is half past ten."""
    opened(stage.scene)
    stage.at(minutes(30))
    return stage


def last(model):
    return db.session.scalars(sa.select(model).order_by(model.recorded_at)).all()[-1]


def only(model):
    return db.session.scalars(sa.select(model)).one()


def item_url(stage, item, path=""):
    return stage.url(f"items/{item.id}/room/{path}")


def move(stage, item, who, **data):
    url = stage.url(f"meetings/{item.meeting_id}/room/people/{stage.scene.people[who].id}/movement?item={item.id}")
    return stage.client.post(url, {"reason": "conflict"} | data)


def roll(stage, **others):
    """What the form of the opening sends: everybody there, but those who are named."""
    return {f"who_{stage.scene.people[who].id.hex}": others.get(who, "there") for who in stage.scene.members}


def press(stage, item, do, text=None, *, seen=None, at=None):
    """A button of the page of an item, with the notes as they are or as they were typed, and a time beside somebody."""
    saved = item.discussion
    data = {"do": do, "text": saved if text is None else text, "seen": mark_of(saved) if seen is None else seen}
    data |= {f"at_{stage.scene.people[who].id.hex}": typed for who, typed in (at or {}).items()}
    return stage.client.post(item_url(stage, item, "keep"), data, queries=70)  # a refusal draws the whole page again


def moves(stage, who, kind):
    return f"{kind}:{stage.scene.people[who].id}"


def test_the_secretary_opens_the_meeting_with_everybody_ticked_but_who_is_away(stage, item):
    stage.at(minutes(1))
    page = stage.as_("scribe").get(stage.url(f"meetings/{item.meeting_id}/room/"))
    form = stage.client.click("Open the meeting")
    assert [form.value_of(stage.scene.people[who].name) for who in stage.scene.members] == ["There"] * 7
    assert form.value_of("When did the meeting open?") == "10:00"
    data = roll(stage, lay="apologies", nurse="remote") | {"opened_at": "10.00"}
    page = stage.client.post(stage.url(f"meetings/{item.meeting_id}/room/open"), data)
    assert page.notices == ["The meeting is open."]
    assert "Ms Cat Cole" in page.text
    assert "Apologies" in page.text
    assert stage.scene.meeting.state is MeetingState.OPEN


def test_a_meeting_that_opens_early_opens_now(stage, item):
    stage.at(minutes(-5))
    page = stage.as_("scribe").get(stage.url(f"meetings/{item.meeting_id}/room/open"))
    assert page.value_of("When did the meeting open?") == "09:55"


def test_a_meeting_is_not_opened_without_anybody_and_nothing_typed_is_lost(stage, item):
    stage.at(minutes(1))
    nobody = roll(stage, **dict.fromkeys(stage.scene.members, "later")) | {"opened_at": "10.01"}
    page = stage.as_("scribe").post(stage.url(f"meetings/{item.meeting_id}/room/open"), nobody)
    assert page.errors == ["Select who is there"]
    assert page.value_of("When did the meeting open?") == "10.01"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Attendance)) == 0


def test_a_meeting_is_not_opened_before_its_day(stage, item):
    stage.at(minutes(-60 * 30))
    page = stage.as_("scribe").post(
        stage.url(f"meetings/{item.meeting_id}/room/open"), roll(stage) | {"opened_at": "10.00"}
    )
    assert page.errors[0].startswith("The meeting is planned for 10 November 2026")


def test_the_page_of_an_item_says_what_stops_the_decision_and_what_can_be_done(room, item):
    page = room.as_("scribe").get(item_url(room, item))
    assert page.heading == "Variation of a contract"
    assert "This item cannot be decided yet" in page.text
    assert "Nobody has ruled on the conflict of Dr Fay Fenn" in page.text
    assert "Record the chair’s ruling on Dr Fay Fenn" in page.text
    assert "Mrs Ann Ashby is in the chair." in page.text
    assert "Quorate: 7 members count and 4 are needed." in page.text
    assert "Record the decision" not in page.links


def test_from_flag_to_decision_in_the_room(room, item):
    client = room.as_("scribe")
    client.post(item_url(room, item, "keep"), {"do": "begin"})
    ruling = room.url(f"items/{item.id}/conflicts/{room.scene.gp.id}/rule")
    said = {"actions": ["A4"], "rationale": "Her own contract", "decided_by": str(room.scene.chair.id)}
    assert client.post(ruling, said | {"said_at": "09:15"}).errors == ["Enter a time after the meeting was opened"]
    client.post(ruling, said | {"said_at": "10:15"})
    page = client.get(item_url(room, item))
    assert "Dr Fay Fenn was ruled out of the decision and is still in the meeting." in page.text
    page = move(room, item, "gp", kind="left", at="10:20", reason="conflict")
    assert "Left the meeting, 10:20am" in page.text
    assert "This item cannot be decided yet" not in page.text
    assert "Mrs Ann Ashby has not confirmed it yet." in page.text
    form = client.get(item_url(room, item, "decide"))
    assert "7 members; 1 stood down; 6 entitled; quorum 4." in form.text
    data = {"outcome": "approved", "text": "The variation was approved.", "method": "consensus", "decided_at": "10:25"}
    page = client.post(item_url(room, item, "decide"), data)
    assert page.notices == ["The decision is recorded."]
    assert "7 members; 1 stood down; 6 entitled; quorum 4; agreed without a vote." in page.text
    assert item.state is ItemState.DECIDED
    page = move(room, item, "gp", kind="returned", at="10:28")
    assert last(Presence).kind is PresenceKind.RETURNED
    said = client.get(room.url(f"meetings/{item.meeting_id}/room/")).soup.select(".coi-agenda__item")[6].get_text()
    assert said.split() == ["7.", "Variation", "of", "a", "contract", "Decided"]


def test_a_decision_that_something_stops_says_so_and_keeps_what_was_typed(room, item):
    data = {"outcome": "approved", "text": "The variation was approved.", "method": "consensus", "decided_at": "10:25"}
    page = room.as_("scribe").post(item_url(room, item, "decide"), data)
    assert page.status_code == 422
    assert page.errors[0].startswith("Nobody has ruled on the conflict of Dr Fay Fenn")
    assert page.value_of("What was decided?") == "The variation was approved."
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Decision)) == 0


def test_votes_are_recorded_member_by_member(room, item):
    ruled(room.scene, item, "gp", "S1", rationale="She knows the practice", at=minutes(5))
    client = room.as_("scribe")
    form = client.get(item_url(room, item, "decide"))
    assert "Dr Fay Fenn" not in form.text
    people = [room.scene.people[who] for who in room.scene.members if who != "gp"]
    data = {"outcome": "approved", "text": "Approved.", "method": "vote", "decided_at": "10:25"}
    page = client.post(item_url(room, item, "decide"), data)
    assert "Enter how each member voted" in page.errors
    data |= {f"vote_{person.id.hex}": "for" for person in people}
    data[f"vote_{people[0].id.hex}"] = "abstained"
    page = client.post(item_url(room, item, "decide"), data)
    assert "quorum 4; 5 for, 1 abstained." in page.text
    assert len(db.session.scalars(sa.select(Vote)).all()) == 6


def test_the_vote_of_somebody_who_has_left_since_is_recorded(room, item):
    ruled(room.scene, item, "gp", "S1", rationale="She knows the practice", at=minutes(5))
    client = room.as_("scribe")
    moved(room.scene, "lay", PresenceKind.LEFT, minutes(28), reason=PresenceReason.OTHER, at=minutes(29))
    db.session.commit()
    people = [room.scene.people[who] for who in room.scene.members if who != "gp"]
    data = {"outcome": "approved", "text": "Approved.", "method": "vote", "decided_at": "10:25"}
    data |= {f"vote_{person.id.hex}": "for" for person in people}
    assert "quorum 4; 6 for." in client.post(item_url(room, item, "decide"), data).text
    assert room.scene.lay.id in {vote.person_id for vote in db.session.scalars(sa.select(Vote))}


def test_only_whoever_is_there_at_the_time_of_the_decision_is_asked_for_a_vote(room, item):
    ruled(room.scene, item, "gp", "A4", at=minutes(5))
    moved(room.scene, "gp", PresenceKind.LEFT, minutes(6), item)
    moved(room.scene, "lay", PresenceKind.LEFT, minutes(20), reason=PresenceReason.OTHER, at=minutes(29))
    db.session.commit()
    client, lay = room.as_("scribe"), room.scene.lay
    url = item_url(room, item, "decide")
    form = client.get(url)
    assert f"vote_{lay.id.hex}" not in form.html and "Not there, so not asked: Ms Cat Cole." in form.text
    there = [room.scene.people[who] for who in room.scene.members if who not in ("gp", "lay")]
    data = {"outcome": "approved", "text": "Approved.", "method": "vote"} | {
        f"vote_{each.id.hex}": "for" for each in there
    }
    earlier = client.post(url, data | {"decided_at": "10:15"})
    assert "Enter how Ms Cat Cole voted. Whoever did not vote abstained" in earlier.errors
    assert f"vote_{lay.id.hex}" in earlier.html
    later = client.post(url, data | {"decided_at": "10:25", f"vote_{lay.id.hex}": "for"})
    assert "Ms Cat Cole voted and was not entitled to." in later.errors[0]
    assert f"vote_{lay.id.hex}" not in later.html
    assert "quorum 4; 5 for." in client.post(url, data | {"decided_at": "10:25"}).text


def test_the_vote_of_a_deputy_is_recorded_of_what_happened_regardless(stage, item):
    terms = db.session.scalars(sa.select(TermsOfReference)).one()
    the_terms(stage.scene.committee, valid_from=terms.valid_from, deputies_allowed=True, at=PLANNED)
    opened(stage.scene, "finance")
    deputy = a_person("Mrs Di Dunn")
    attending(stage.scene, deputy, Capacity.DEPUTY, deputy_for=stage.scene.finance, joined=minutes(2))
    a_nil_return(deputy)
    db.session.commit()
    stage.at(minutes(30))
    data = {"outcome": "approved", "text": "Approved.", "method": "vote", "decided_at": "10:25"}
    data |= {f"vote_{deputy.id.hex}": "for", "explanation": "Nobody asked the GP."}
    assert stage.as_("scribe").post(item_url(stage, item, "irregular"), data).status_code == 200
    assert only(Vote).person_id == deputy.id


def test_what_happened_regardless_is_recorded_as_irregular(room, item):
    client = room.as_("scribe")
    form = client.get(item_url(room, item)) and press(room, item, "irregular")
    assert "Nobody has ruled on the conflict of Dr Fay Fenn" in form.text
    data = {"outcome": "approved", "text": "Approved.", "method": "consensus", "decided_at": "10:25"}
    assert client.post(item_url(room, item, "irregular"), data).errors == ["Enter what happened and why it went on"]
    page = client.post(item_url(room, item, "irregular"), data | {"explanation": "She said nothing and nobody asked."})
    assert "She said nothing and nobody asked." in page.text
    assert last(Decision).is_irregular


def test_a_movement_at_an_unknown_time(room, item):
    room.as_("scribe")
    page = move(room, item, "gp", **{"kind": "left", "at": "", "at-unknown": "yes", "reason": "conflict"})
    assert "time not known" in page.text
    assert last(Presence).at is None


def test_a_movement_that_cannot_be_comes_back_with_what_was_typed(room, item):
    room.as_("scribe")
    page = move(room, item, "gp", kind="returned", at="10:20")
    assert page.heading == "Dr Fay Fenn: movement"
    assert page.error_for("What happened?") == "Dr Fay Fenn is in the meeting. Record that they left first"
    assert page.value_of("When?") == "10:20"


def test_a_movement_is_corrected_by_another(room, item):
    room.as_("scribe")
    move(room, item, "gp", kind="left", at="10:20")
    wrong = last(Presence)
    move(room, item, "gp", kind="left", at="10:24", corrects=str(wrong.id))
    page = room.client.get(room.url(f"meetings/{item.meeting_id}/room/"))
    assert "10:24am: Dr Fay Fenn, left the meeting (a correction)" in page.text
    assert "<del>10:20am: Dr Fay Fenn, left the meeting</del> (corrected)" in page.html


def test_whoever_returns_by_the_page_of_the_room_returns_to_the_item_that_they_left(room, item):
    client = room.as_("scribe")
    move(room, item, "gp", kind="left", at="10:20")
    person = room.scene.people["gp"].id
    client.post(
        room.url(f"meetings/{item.meeting_id}/room/people/{person}/movement"), {"kind": "returned", "at": "10:24"}
    )
    assert last(Presence).item_id == item.id


def test_a_correction_from_the_page_of_the_room_stays_with_the_item_of_what_it_corrects(room, item):
    client = room.as_("scribe")
    url = room.url(f"meetings/{item.meeting_id}/room/people/{room.scene.people['gp'].id}/movement")
    move(room, item, "gp", kind="left", at="10:20")
    wrong = last(Presence)
    move(room, item, "gp", kind="returned", at="10:24")
    early = last(Presence)
    another = an_item(room.scene.meeting, "Another")
    move(room, another, "gp", kind="left", at="10:28")
    client.post(url, {"kind": "left", "at": "10:18", "corrects": str(wrong.id)})
    client.post(url, {"kind": "returned", "at": "10:23", "corrects": str(early.id)})
    corrections = db.session.scalars(sa.select(Presence).where(Presence.corrects_id.is_not(None))).all()
    assert [row.item_id for row in corrections] == [item.id, item.id]


def test_a_movement_begins_with_no_reason_and_asks_for_one_where_somebody_left(room, item):
    client = room.as_("scribe")
    url = room.url(f"meetings/{item.meeting_id}/room/people/{room.scene.gp.id}/movement")
    for where in (url, f"{url}?item={item.id}"):
        asked = client.get(where).soup.select("input[name=reason]")
        assert [each["value"] for each in asked] == ["conflict", "other"]
        assert not any(each.has_attr("checked") for each in asked)
    refused = client.post(url, {"kind": "left", "at": "10:20"})
    assert refused.error_for("Why did they leave?") == "Select why they left"
    client.post(url, {"kind": "left", "at": "10:20", "reason": "conflict"})
    wrong = last(Presence)
    client.post(url, {"kind": "returned", "at": "10:22"})
    listed = [each.get_text() for each in client.get(url).soup.select("select[name=corrects] option")]
    assert listed[1:] == ["Returned, 10:22am", "Left the meeting, 10:20am", "Joined, 10am"]
    client.post(url, {"kind": "left", "at": "10:21", "corrects": str(wrong.id)})
    assert last(Presence).reason is PresenceReason.CONFLICT, "a correction of the time keeps the reason"


def test_the_quick_buttons_ask_for_a_time_only_where_they_say_that_none_is_now(room, item):
    room.as_("scribe")
    page = move(room, item, "gp", kind="left", at="")
    assert page.error_for("When?") == "Enter the time, or say that it is not known"


def test_the_chair_is_handed_over_and_returned(room):
    oak = an_organisation("Oak Surgery")
    a_declared_interest(room.scene.chair, oak)
    item = an_item(room.scene.meeting, "Rent review", [oak])
    client = room.as_("scribe")
    page = client.get(item_url(room, item))
    assert "Mr Bob Birch, the vice chair, presides." in page.text
    form = press(room, item, "hand_over")
    assert form.value_of("Who takes the chair?") == "Mr Bob Birch"
    assert f'value="{room.scene.nurse.id}"' in form.html
    assert f'value="{room.scene.chair.id}"' not in form.html  # her conflict keeps her from it
    wrong = client.post(item_url(room, item, "chair"), {"to_person": str(room.scene.nurse.id), "at": "10:20"})
    assert "cannot take the chair for this item" in wrong.error_for("Who takes the chair?")
    page = client.post(item_url(room, item, "chair"), {"to_person": str(room.scene.vice.id), "at": "10:20"})
    assert "Mr Bob Birch is in the chair." in page.text
    page = client.post(item_url(room, item, "chair/return"), {"at": "10:29"})
    assert page.notices == ["The chair is back."]
    assert only(ChairHandover).returned_at == minutes(29)


def test_a_late_guest_is_recorded_and_asked_to_declare(room, item):
    guest = a_person("Mrs Ida Ivy")
    an_appointment(guest, room.scene.body, "Healthwatch")
    data = {
        "person": str(guest.id),
        "capacity": "in_attendance",
        "role_words": "Healthwatch",
        "has_joined": "y",
        "joined_at": "10:12",
    }
    page = room.as_("scribe").post(room.url(f"meetings/{item.meeting_id}/room/attendance"), data)
    assert page.notices == ["Mrs Ida Ivy is recorded. Ask what they have to declare."]
    assert (last(Attendance).capacity, last(Presence).at) == (Capacity.IN_ATTENDANCE, minutes(12))


def test_a_deputy_is_refused_where_the_terms_let_nobody_deputise(room, item):
    deputy = a_person("Mr Hal Hart")
    an_appointment(deputy, room.scene.body, "Deputy finance officer")
    data = {
        "person": str(deputy.id),
        "capacity": "deputy",
        "deputy_for": str(room.scene.finance.id),
        "joined_at": "10:12",
    }
    page = room.as_("scribe").post(room.url(f"meetings/{item.meeting_id}/room/attendance"), data)
    assert "let nobody deputise" in page.error_for("In which capacity?")


@pytest.mark.parametrize(
    ("path", "data", "outcome"),
    [
        ("defer", {"text": "Not quorate"}, Outcome.DEFERRED),
        ("refer", {"text": "Not quorate", "referred_to": "The board"}, Outcome.REFERRED),
        ("note", {"text": ""}, Outcome.NOTED),
    ],
)
def test_an_item_is_deferred_referred_or_noted(room, item, path, data, outcome):
    client = room.as_("scribe")
    form = client.get(item_url(room, item, path))
    if path != "note":
        assert "Nobody has ruled on the conflict of Dr Fay Fenn" in form.text
    client.post(item_url(room, item, path), data)
    assert last(Decision).outcome is outcome


def test_whoever_defers_an_item_says_who_presided(room, item):
    client = room.as_("scribe")
    form = client.get(item_url(room, item, "defer"))
    assert "The record keeps the quorum as it is now, without whoever still waits for a ruling" in form.text
    chosen = form.soup.select_one("select[name=presided_by] option[selected]")
    assert chosen.text.strip() == "Mrs Ann Ashby"
    client.post(item_url(room, item, "defer"), {"text": "Not ready", "presided_by": str(room.scene.vice.id)})
    assert last(Decision).presiding_id == room.scene.vice.id


def test_what_was_not_taken_is_put_off_in_one_step_when_the_meeting_closes(room, item):
    other = an_item(room.scene.meeting, "Another item", at=minutes(2))
    client = room.as_("scribe")
    close = room.url(f"meetings/{item.meeting_id}/room/close")
    assert "Defer the items that were not taken to a later meeting" in client.get(close).text
    refused = client.post(close, {"closed_at": "9:30", "put_off": "y"})
    assert refused.status_code == 422 and db.session.scalars(sa.select(Decision)).all() == []
    page = client.post(close, {"closed_at": "10:28", "put_off": "y"}, queries=120)
    assert page.notices == ["The meeting is closed. The minutes can be composed."]
    rows = db.session.scalars(sa.select(Decision)).all()
    assert {(row.item_id, row.outcome) for row in rows} == {(each.id, Outcome.DEFERRED) for each in (item, other)}
    assert {row.text for row in rows} == {"It was not taken before the meeting closed."}
    after = client.get(item_url(room, item)).text
    assert "Quorum when it was deferred" in after and "Quorum when it was decided" not in after
    assert "Quorum now" not in after and "Nobody is in the chair" not in after
    gaps = client.get(room.url(f"meetings/{item.meeting_id}/minutes/")).text
    assert "no decision of" not in gaps and "Dr Fay Fenn" not in gaps.split("Missing before")[-1]
    assert item.opened_at is None and {row.presiding_id for row in rows} == {None}
    client.post(room.url(f"meetings/{item.meeting_id}/minutes/draft"))
    text = client.get(room.url(f"meetings/{item.meeting_id}/minutes/")).text
    assert "deferred the item: It was not taken before the meeting closed." in text
    assert "It is not recorded that" not in text and "Nobody ruled on this conflict" not in text


def test_a_referral_says_to_whom(room, item):
    page = room.as_("scribe").post(item_url(room, item, "refer"), {"text": "Not quorate"})
    assert page.error_for("Who is it referred to?") == "Enter who the item is referred to"


def test_the_notes_of_the_discussion_are_kept(room, item):
    room.as_("scribe")
    page = press(room, item, "", "Members asked about the cost.")
    assert page.notices == ["The notes are saved."]
    assert page.value_of("Notes of the discussion") == "Members asked about the cost."


def test_notes_that_were_changed_in_another_window_are_shown_beside_ones_own_and_nothing_is_overwritten(room, item):
    room.as_("scribe")
    before = mark_of("")
    press(room, item, "", "Members asked about the cost.")
    page = press(room, item, moves(room, "gp", "left"), "Members asked about the lease.", seen=before)
    assert page.status_code == 409
    assert page.heading == "The notes were changed meanwhile"
    assert "Members asked about the cost." in page.text
    assert page.value_of("Notes of the discussion") == "Members asked about the lease."
    assert "“Left the meeting” is not recorded yet" in page.text
    assert item.discussion == "Members asked about the cost."
    both = page.form_fields(item_url(room, item, "keep")) | {"text": "Members asked about the cost and the lease."}
    page = room.client.post(item_url(room, item, "keep"), both)
    assert item.discussion == "Members asked about the cost and the lease."
    assert page.notices == ["The notes are saved.", "Dr Fay Fenn: left the meeting."]


def test_a_movement_keeps_the_notes_that_were_not_saved_yet(room, item):
    room.as_("scribe")
    page = press(room, item, moves(room, "gp", "left"), "Half a sentence", at={"gp": "10:20"})
    assert page.notices == ["The notes are saved.", "Dr Fay Fenn: left the meeting."]
    assert (item.discussion, last(Presence).at) == ("Half a sentence", minutes(20))


def test_a_movement_that_cannot_be_keeps_what_was_typed_on_the_page(room, item):
    room.as_("scribe")
    page = press(room, item, moves(room, "gp", "left"), "Half a sentence", at={"gp": "9:20"})
    assert page.status_code == 422
    assert page.errors == ["Enter a time after the meeting was opened"]
    assert page.value_of("Notes of the discussion") == "Half a sentence"
    assert item.discussion == ""


def test_a_time_beside_which_nothing_was_pressed_is_not_lost(room, item):
    room.as_("scribe")
    page = press(room, item, "", "Half a sentence", at={"gp": "10:20"})
    assert page.errors == ["Press what happened at this time, or clear the time"]
    assert page.soup.find("input", {"name": f"at_{room.scene.gp.id.hex}"})["value"] == "10:20"


@pytest.mark.parametrize(
    "where", ["decide", "note", "defer", "refer", "hand_over", "irregular", "action", "raise_flag"]
)
def test_every_way_off_the_page_keeps_the_notes(room, item, where):
    room.as_("scribe")
    page = press(room, item, where, "Half a sentence")
    assert page.status_code == 200
    assert item.discussion == "Half a sentence"


@pytest.mark.parametrize("where", ["rule", "declare", "movement"])
def test_every_way_to_a_person_keeps_the_notes(room, item, where):
    room.as_("scribe")
    page = press(room, item, moves(room, "gp", where), "Half a sentence")
    assert "Dr Fay Fenn" in page.heading
    assert item.discussion == "Half a sentence"


def test_a_button_that_there_is_not_changes_nothing(room, item):
    room.as_("scribe")
    assert press(room, item, "delete", "Half a sentence").status_code == 404


def test_ticking_that_the_time_is_not_known_clears_the_time_that_the_page_filled_in(room, item):
    client = room.as_("scribe")
    url = room.url(f"meetings/{item.meeting_id}/room/people/{room.scene.gp.id}/movement?item={item.id}")
    data = {"kind": "left", "reason": "conflict", "at-unknown": "yes", "at-offered": "10:30"}
    assert client.get(url).value_of("When?") == "10:30"
    both = client.post(url, data | {"at": "10:21"})
    assert both.error_for("When?") == "Clear the time or the tick at “The time is not known”: only one can be right"
    client.post(url, data | {"at": "10:30"})
    assert last(Presence).at is None


def test_closing_shows_what_is_left_open_first(room, item):
    client = room.as_("scribe")
    page = client.get(room.url(f"meetings/{item.meeting_id}/room/close"))
    assert "Item 7, Variation of a contract, is not settled." in page.text
    early = client.post(room.url(f"meetings/{item.meeting_id}/room/close"), {"closed_at": "9:30"})
    assert early.error_for("When did the meeting close?") == "Enter a time after the meeting was opened"
    client.post(room.url(f"meetings/{item.meeting_id}/room/close"), {"closed_at": "10:29"})
    assert room.scene.meeting.state is MeetingState.CLOSED


@pytest.mark.parametrize("who", ["gp", "chair"])
def test_only_whoever_keeps_the_record_records(room, item, who):
    client = room.as_(who)
    assert client.get(room.url(f"meetings/{item.meeting_id}/room/")).status_code == 200
    for url in (
        item_url(room, item),
        item_url(room, item, "decide"),
        room.url(f"meetings/{item.meeting_id}/room/close"),
    ):
        assert client.get(url).status_code == 404


def test_closing_leads_from_each_line_to_the_page_that_settles_it(room, item):
    client = room.as_("scribe")
    client.post(item_url(room, item, "keep"), {"do": "begin"})
    page = client.get(room.url(f"meetings/{item.meeting_id}/room/close"))
    assert page.links["Item 7, Variation of a contract, is not settled."] == f"{item_url(room, item)}#decision"
    ruling = room.url(f"items/{item.id}/conflicts/{room.scene.gp.id}/rule")
    assert page.links["Nobody has ruled on Dr Fay Fenn for item 7."] == ruling


def test_what_the_minutes_lack_leads_to_the_page_that_mends_it(room, item):
    client = room.as_("scribe")
    client.post(item_url(room, item, "keep"), {"do": "begin"})
    ruled(room.scene, item, "gp", "A4", at=minutes(10))
    room.at(minutes(12))
    page = client.get(room.url(f"meetings/{item.meeting_id}/minutes/"))
    links = {words: where for words, where in page.links.items() if words.startswith(("Item 7", "The meeting was not"))}
    declare = room.url(f"meetings/{item.meeting_id}/declarations/{room.scene.gp.id}?item={item.id}")
    assert links == {
        "The meeting was not closed. Close it first": room.url(f"meetings/{item.meeting_id}/room/close"),
        "Item 7: no decision of Primary Care Commissioning Committee is recorded. Decide, defer or refer it":
            f"{item_url(room, item)}#decision",
        "Item 7, Dr Fay Fenn: record whether and when the interest was declared at the meeting": declare,
    }  # fmt: skip
    for where in links.values():
        assert client.get(where).status_code == 200


def test_an_item_begins_at_the_time_typed_with_what_was_noted_before(room, item):
    client = room.as_("scribe")
    typed = {"do": "begin", "began": "10:20", "text": "The chair welcomed the public.", "seen": mark_of("")}
    client.post(item_url(room, item, "keep"), typed)
    db.session.expire_all()
    assert db.session.get_one(AgendaItem, item.id).opened_at.strftime("%M") == "20"
    assert "The chair welcomed the public." in client.get(item_url(room, item)).text
    page = client.post(item_url(room, item, "defer"), {"text": "More facts are needed", "decided_at": "10:35"})
    assert "10:35am" in page.text


def test_a_time_before_the_opening_is_said_first_and_times_read_alike(room, item):
    data = {"outcome": "approved", "text": "Yes.", "method": "consensus", "decided_at": "09:50"}
    page = room.as_("scribe").post(item_url(room, item, "decide"), data)
    assert page.errors == ["Enter a time after the meeting was opened"]
    room.client.post(item_url(room, item, "keep"), {"do": "begin", "began": "10:12"})
    page = room.client.post(room.url(f"meetings/{item.meeting_id}/room/close"), {"closed_at": "10:05"})
    assert page.errors == ["At 10:12am item 7 was reached. Enter a closing time that is not before that"]


def test_a_time_that_cannot_be_read_is_named_in_words(stage, item):
    stage.at(minutes(1))
    page = stage.as_("scribe").post(
        stage.url(f"meetings/{item.meeting_id}/room/open"), roll(stage) | {"opened_at": "soon"}
    )
    assert page.errors[0].startswith("The opening time must be")


@pytest.mark.parametrize("path", ["defer", "refer"])
def test_nobody_without_a_ruling_is_said_to_have_stood_down(room, item, path):
    page = room.as_("scribe").get(item_url(room, item, path))
    assert "Dr Fay Fenn does not count: nobody ruled on their conflict." in page.text
    assert "stood down" not in page.text
