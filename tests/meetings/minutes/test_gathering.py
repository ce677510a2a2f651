"""What the minutes say of the people on an item: who took part, who had nothing to declare, on whom nobody ruled; and that no
record is in a state that could never be final."""

import pytest
from flask import Flask

from coi.assurance.answers import answers
from coi.assurance.queries import story_facts
from coi.assurance.story import compose as tell
from coi.assurance.vocabulary import Story
from coi.documents.vocabulary import text_of
from coi.errors import RuleBroken
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.conflicts.flag_commands import dismiss_flag
from coi.meetings.conflicts.queries import flags_of_item
from coi.meetings.minutes.commands import compose_now
from coi.meetings.models import AgendaItem
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.proceedings.queries import room_of
from coi.meetings.proceedings.vocabulary import OpeningDetails
from coi.meetings.queries import agenda_of
from coi.meetings.recorded_vocabulary import DecisionDetails, MeetingDeclarationDetails, MovementDetails
from coi.meetings.vocabulary import (
    DeclaredPoint,
    FlagAnswer,
    Outcome,
    PresenceKind,
    PresenceReason,
    Purpose,
    Standing,
)
from coi.permissions.vocabulary import Role
from coi.registers.interests.models import Interest
from tests.factories.accounts import account_with
from tests.factories.committees import a_member
from tests.factories.meetings import (
    TEN,
    Scene,
    a_declared_interest,
    a_scene,
    an_item,
    attending,
    minutes,
    moved,
    opened,
    ruled,
)
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person
from tests.support.client import StrictClient


def test_a_member_whose_interest_was_noted_took_part_in_a_decision_by_consensus(app: Flask) -> None:
    scene = a_scene()
    charity = an_organisation("Kestrel Carers")
    a_declared_interest(scene.lay, charity, nature="Volunteer")
    item = an_item(scene.meeting, "A grant", [charity])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    ruled(scene, item, "lay", "A6", rationale="Immaterial because the sum is small", guardian=True, at=minutes(6))
    details = DecisionDetails(Outcome.APPROVED, "The grant is paid", decided_at=minutes(8))
    deciding.take_decision(item, details, actor=scene.secretary, at=minutes(8))
    text = text_of(compose_now(scene.meeting, scene.body)[0].document)
    assert "Reason: Immaterial because the sum is small. How large the interest is: About £300 a year." in text
    assert (
        f"{scene.lay.name} was in the room when the item was decided, took part in the decision and was counted" in text
    )
    told = [
        line for each in answers(story_facts(item, actor=scene.secretary, known_at=minutes(9))) for line in each.details
    ]
    assert f"{scene.lay.name} was in the room, took part in the decision and was counted towards the quorum." in told
    timeline = [line for chapter in story(scene, item).chapters for each in chapter.lines for line in each.details]
    assert "How large the interest is: About £300 a year." in timeline


def test_an_item_that_names_nobody_is_not_minuted_as_cleared(app: Flask, client: StrictClient) -> None:
    scene = a_scene()
    item = an_item(scene.meeting, "A grant")
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(4))
    decided(scene, item)
    text = text_of(compose_now(scene.meeting, scene.body)[0].document)
    assert "This item was not screened for conflicts of interest: it names no organisation" in text
    assert "No conflict of interest was found" not in text
    gain = answers(story_facts(item, actor=scene.secretary, known_at=minutes(9)))[0]
    assert gain.sentence.startswith("This cannot be said. The item was not screened: it names no organisation")
    account_with(scene.people["vice"].id, "scribe@example.nhs.uk", [Role.SECRETARY], scene.body.id)
    base = f"/{scene.body.slug}/"
    for page in (f"items/{item.id}/", f"items/{item.id}/room/"):
        shown = client.as_("scribe@example.nhs.uk").get(base + page).text
        assert "Not screened: it named no organisation" in shown
        assert "Searched" not in shown and "No conflict was found" not in shown
    review = client.get(f"{base}meetings/{scene.meeting.id}/conflicts/").text
    assert "Not screened: it named no organisation" in review
    assert "Decided without being screened" in client.get(f"{base}meetings/{scene.meeting.id}/minutes/").text


def a_flagged_item(scene: Scene) -> tuple[AgendaItem, Interest]:
    elm = an_organisation("Elm Surgery")
    interest = a_declared_interest(scene.gp, elm)
    return an_item(scene.meeting, affected=[elm]), interest


def declared(scene: Scene, item: AgendaItem | None, interest: Interest | None = None) -> None:
    point = DeclaredPoint.AT_ITEM if item else DeclaredPoint.START
    details = MeetingDeclarationDetails(
        scene.gp.id,
        point,
        "",
        item.id if item else None,
        interest.id if interest else None,
        minutes(1),
        interest is None,
    )
    conflicts.declare_at_meeting(scene.meeting, details, actor=scene.secretary, at=minutes(1))


def decided(scene: Scene, item: AgendaItem) -> None:
    details = DecisionDetails(Outcome.APPROVED, "It is approved", decided_at=minutes(5))
    deciding.take_decision(item, details, actor=scene.secretary, at=minutes(5))


def closed(scene: Scene, item: AgendaItem) -> tuple[str, list[str]]:
    """The text of the minutes once the meeting is closed, and what they lack about an item."""
    proceedings.close_meeting(scene.meeting, minutes(50), actor=scene.secretary, at=minutes(50))
    whole, _public = compose_now(scene.meeting, scene.body)
    return text_of(whole.document), [gap.sentence for gap in whole.gaps if gap.item == f"Item {item.position}"]


@pytest.mark.parametrize("at_the_item", [True, False])
def test_whoever_has_nothing_to_declare_has_no_conflict(app: Flask, at_the_item: bool) -> None:
    scene = a_scene()
    item = an_item(scene.meeting)
    opened(scene)
    declared(scene, item if at_the_item else None)
    decided(scene, item)
    text, gaps = closed(scene, item)
    assert not gaps
    assert "Dr Fay Fenn has a conflict" not in text
    assert "not on the register" not in text
    assert ("at the start of the meeting at 10:01am that they had nothing to declare" in text) is not at_the_item


def test_an_interest_declared_at_the_start_is_declared_for_the_item_that_it_is_flagged_on(app: Flask) -> None:
    scene = a_scene()
    item, interest = a_flagged_item(scene)
    opened(scene)
    declared(scene, None, interest)
    ruled(scene, item, "gp", "A4", "A3", at=minutes(2))
    moved(scene, "gp", PresenceKind.LEFT, minutes(3), item, at=minutes(3))
    decided(scene, item)
    text, gaps = closed(scene, item)
    assert not gaps
    assert text.count("Dr Fay Fenn declared at the start of the meeting") == 2
    assert "Dr Fay Fenn did not return before the meeting closed." in text


def test_a_corrected_leaving_is_minuted_before_the_return(app: Flask) -> None:
    scene = a_scene()
    item, _interest = a_flagged_item(scene)
    opened(scene)
    ruled(scene, item, "gp", "A4", at=minutes(2))
    wrong = moved(scene, "gp", PresenceKind.LEFT, minutes(4), item, at=minutes(4))
    moved(scene, "gp", PresenceKind.RETURNED, minutes(6), item, at=minutes(6))
    details = MovementDetails(scene.gp.id, PresenceKind.LEFT, minutes(3), PresenceReason.CONFLICT, corrects_id=wrong.id)
    proceedings.record_movement(scene.meeting, details, actor=scene.secretary, at=minutes(7))
    text = text_of(compose_now(scene.meeting, scene.body)[0].document)
    assert 0 < text.index("Fenn left the meeting at 10:03am") < text.index("Fenn returned to the meeting at 10:06am")


def test_nothing_has_to_be_managed_for_whoever_was_not_there(app: Flask) -> None:
    scene = a_scene()
    item, _interest = a_flagged_item(scene)
    opened(scene, "gp")
    decided(scene, item)
    text, gaps = closed(scene, item)
    assert not gaps
    assert "Dr Fay Fenn was not at the meeting when the item was taken." in text
    assert "Nobody ruled" not in text


def test_a_member_who_never_declared_and_did_not_come_leaves_no_gap(app: Flask) -> None:
    scene = a_scene()
    there = frozenset(scene.people[each].id for each in scene.members)
    newcomer = a_person("Dr Ned Newt")
    a_member(scene.committee, newcomer)
    item = an_item(scene.meeting)
    proceedings.open_meeting(scene.meeting, OpeningDetails(TEN, there), actor=scene.secretary, at=TEN)
    decided(scene, item)
    text, gaps = closed(scene, item)
    assert not gaps
    assert "(no declaration that counts): Has no declaration on file." in text


def test_an_item_put_off_or_decided_regardless_says_that_nobody_ruled(app: Flask) -> None:
    scene = a_scene()
    put_off, _interest = a_flagged_item(scene)
    regardless = an_item(scene.meeting, "Another variation", [row.organisation for row in put_off.affected])
    opened(scene)
    deciding.defer_item(put_off, "There was no time", actor=scene.secretary, at=minutes(5))
    details = DecisionDetails(Outcome.APPROVED, "It is approved", decided_at=minutes(8), explanation="Nobody asked")
    deciding.record_irregular(regardless, details, actor=scene.secretary, at=minutes(8))
    text, gaps = closed(scene, put_off)
    assert not gaps
    assert not closed_gaps(scene, regardless)
    assert text.count("Nobody ruled on this conflict.") == 2
    assert text.count("It is not recorded that Dr Fay Fenn declared this interest at the meeting.") == 2


def closed_gaps(scene: Scene, item: AgendaItem) -> list[str]:
    whole, _public = compose_now(scene.meeting, scene.body)
    return [gap.sentence for gap in whole.gaps if gap.item == f"Item {item.position}"]


def test_a_declaration_that_was_forgotten_is_recorded_after_the_meeting(app: Flask) -> None:
    scene = a_scene()
    item, interest = a_flagged_item(scene)
    opened(scene)
    ruled(scene, item, "gp", "A4", "A3", at=minutes(2))
    moved(scene, "gp", PresenceKind.LEFT, minutes(3), item, at=minutes(3))
    decided(scene, item)
    _text, gaps = closed(scene, item)
    assert gaps == ["Item 7, Dr Fay Fenn: record whether and when the interest was declared at the meeting"]
    details = MeetingDeclarationDetails(scene.gp.id, DeclaredPoint.AT_ITEM, "", item.id, interest.id, minutes(60))
    with pytest.raises(RuleBroken):
        conflicts.declare_at_meeting(scene.meeting, details, actor=scene.actor("gp"), at=minutes(60))
    row = conflicts.declare_at_meeting(scene.meeting, details, actor=scene.secretary, at=minutes(60))
    assert row.declared_at is None
    assert not closed_gaps(scene, item)


def test_an_interest_that_was_declared_only_after_the_decision_is_named_and_nobody_ruled(app: Flask) -> None:
    scene = a_scene()
    item = an_item(scene.meeting)
    opened(scene)
    decided(scene, item)
    details = MeetingDeclarationDetails(scene.gp.id, DeclaredPoint.DURING_ITEM, "My sister owns it", item.id)
    conflicts.declare_at_meeting(scene.meeting, details, actor=scene.secretary, at=minutes(20))
    text, gaps = closed(scene, item)
    assert not gaps
    assert "Dr Fay Fenn has a conflict of interest in this item (declared at the meeting): My sister owns it." in text
    assert "Nobody ruled on this conflict." in text


def test_an_item_without_conflicts_says_what_was_searched_until_it_was_decided(app):
    scene = a_scene()
    item = an_item(scene.meeting, affected=[an_organisation("Oak Surgery"), "Ash Hall"])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(4))
    decided(scene, item)
    a_declared_interest(scene.gp, an_organisation("Elm Surgery"), at=minutes(6))
    text, _gaps = closed(scene, item)
    assert "No conflict of interest was found for this item." in text
    assert "Searched 7 people, 0 interests and 0 relations between organisations against 1 item." in text
    assert "“Ash Hall” could not be matched to a known organisation: compared by these words only" in text


def test_of_whoever_only_attends_and_never_declared_the_record_says_so_once_and_nothing_waits_for_a_ruling(
    app: Flask,
) -> None:
    scene = a_scene()
    guest = a_person("Mr Sam Scribe")
    item, other = (an_item(scene.meeting, title, ["Ash Hall"]) for title in ("A grant", "Another grant"))
    opened(scene)
    attending(scene, guest, joined=minutes(1))
    room = room_of(item, known_at=minutes(2))
    assert not room.verdict.stops
    assert "Nothing that counts is on file from Mr Sam Scribe. Ask them once" in room.verdict.notes[0]
    (about,) = room.conflicts.conflicts(item.id)
    assert (about.lead.level, about.awaits_ruling) == ("F0", False)
    decided(scene, item)
    decided(scene, other)
    standing = next(each for each in agenda_of(scene.meeting) if each.standing is Standing.DECLARATIONS)
    proceedings.open_item(standing, actor=scene.secretary, at=minutes(6))
    text, gaps = closed(scene, item)
    assert not gaps
    assert text.count("Mr Sam Scribe, in attendance, and they declared nothing at this meeting.") == 1
    assert "no declaration that counts" not in text and "Nobody ruled" not in text
    nothing = MeetingDeclarationDetails(guest.id, DeclaredPoint.START, "", has_nothing=True)
    conflicts.declare_at_meeting(scene.meeting, nothing, actor=scene.secretary, at=minutes(55))
    assert "they declared nothing" not in text_of(compose_now(scene.meeting, scene.body)[0].document)


def test_minutes_say_who_dismissed_a_flag_and_that_the_guardian_was_asked_and_what_could_not_be_matched(
    app: Flask,
) -> None:
    scene = a_scene()
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm, "Ash Hall"])
    opened(scene, "chair")
    proceedings.open_item(item, actor=scene.secretary, at=minutes(3))
    (flag,) = flags_of_item(item, known_at=minutes(3))
    vice = scene.actor("vice", Role.CHAIR)
    dismiss_flag(
        item, flag, "She left it in March", actor=vice, at=minutes(4), guardian_consulted=True, ground=FlagAnswer.ENDED
    )
    decided(scene, item)
    text, _gaps = closed(scene, item)
    said = "Mr Bob Birch, as the one to preside over this item, dismissed this flag. Reason: It has ended. She left it in March."
    assert f"{said} The Conflicts of Interest Guardian was consulted." in text
    assert "“Ash Hall” could not be matched to a known organisation: compared by these words only" in text


@pytest.mark.parametrize("purpose", [Purpose.APPROVE, Purpose.NOTE])
def test_minutes_and_story_say_that_nhs_england_keeps_the_function_of_an_item(app: Flask, purpose: Purpose) -> None:
    scene = a_scene()
    item = an_item(
        scene.meeting, "A practice complaint", ["Kestrel Surgery"], purpose=purpose, function_code="complaints"
    )
    other = an_item(scene.meeting, "Another", ["Kestrel Surgery"])
    opened(scene)
    for number, each in enumerate((item, other)):
        proceedings.open_item(each, actor=scene.secretary, at=minutes(5 + number))
        deciding.note_item(each, actor=scene.secretary, at=minutes(8))
    kept = "NHS England decides on this. The committee cannot: Management of complaints."
    assert text_of(compose_now(scene.meeting, scene.body)[0].document).count(kept) == 1
    told = [line for chapter in story(scene, item).chapters for each in chapter.lines for line in each.details]
    assert told.count(kept) == 1
    assert "NHS England" not in str(story(scene, other))


def test_an_irregular_decision_says_only_once_that_the_function_is_nhs_englands(app: Flask) -> None:
    scene = a_scene()
    item = an_item(scene.meeting, "A practice complaint", ["Kestrel Surgery"], function_code="complaints")
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    details = DecisionDetails(Outcome.APPROVED, "It is upheld", decided_at=minutes(8), explanation="Nobody had seen it")
    deciding.record_irregular(item, details, actor=scene.secretary, at=minutes(8))
    kept = "NHS England decides on this. The committee cannot: Management of complaints."
    assert text_of(compose_now(scene.meeting, scene.body)[0].document).count(kept) == 1


def test_minutes_do_not_say_of_somebody_without_a_vote_that_they_were_allowed_to_decide(app: Flask) -> None:
    scene = a_scene(gps_vote=False)
    charity = an_organisation("Kestrel Carers")
    for who in (scene.lay, scene.gp):
        a_declared_interest(who, charity, nature="Volunteer")
    guest = a_person("Mr Guy Guest")
    scene.people["guest"] = guest
    item = an_item(scene.meeting, "A grant", [charity])
    opened(scene)
    attending(scene, guest, joined=minutes(1))
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    for who in ("lay", "gp", "guest"):
        ruled(scene, item, who, "A6", rationale="Immaterial because the sum is small", guardian=True, at=minutes(6))
    text = text_of(compose_now(scene.meeting, scene.body)[0].document)
    assert f"{scene.lay.name} was allowed to stay and decide." in text
    for without in (scene.gp, guest):
        assert f"{without.name}, who has no vote, was allowed to stay." in text
        assert f"{without.name} was allowed to stay and decide" not in text


def story(scene: Scene, item: AgendaItem) -> Story:
    return tell(story_facts(item, actor=scene.secretary, known_at=minutes(20)))
