"""Temporary members: invited to one meeting where the terms of reference allow it, screened like everybody, counted and voting."""

import pytest

from coi.audit.queries import entries
from coi.committees.vocabulary import MemberClass
from coi.errors import RuleBroken
from coi.meetings.conflicts.queries import conflicts_at, flags_of_item
from coi.meetings.conflicts.voices.queries import circumstances_of, expectations_of, meanings_of_item
from coi.meetings.conflicts.voices.trial_queries import try_out
from coi.meetings.conflicts.voices.trial_vocabulary import Proposal, TrialDetails
from coi.meetings.proceedings import commands
from coi.meetings.proceedings.queries import room_of
from coi.meetings.proceedings.vocabulary import AttendanceDetails, OpeningDetails
from coi.meetings.queries import agenda_of
from coi.meetings.vocabulary import Capacity
from tests.factories.meetings import PLANNED, TEN, Scene, a_declared_interest, a_nil_return, a_scene, an_item
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person, an_appointment

pytestmark = pytest.mark.usefixtures("app")
OPTION = "Invite a temporary member, as the terms of reference permit"


@pytest.fixture
def guest():
    person = a_person("Mr Hal Hart")
    a_nil_return(person)
    return person


def invited(scene: Scene, person, member_class=MemberClass.EXECUTIVE, at=PLANNED):
    details = AttendanceDetails(person.id, Capacity.TEMPORARY, member_class=member_class)
    return commands.record_attendance(scene.meeting, details, actor=scene.secretary, at=at)


def an_item_without_quorum(scene: Scene):
    elm = an_organisation("Elm Surgery")
    for who in ("finance", "lay", "nurse"):
        a_declared_interest(scene.people[who], elm)
    return an_item(scene.meeting, affected=[elm])


@pytest.mark.parametrize("allowed", [True, False])
def test_they_are_offered_where_the_quorum_is_lost_and_the_terms_allow_them(allowed, guest):
    scene = a_scene(temporary_allowed=allowed)
    item = an_item_without_quorum(scene)
    (meaning,) = meanings_of_item(conflicts_at(scene.meeting, known_at=PLANNED, items=[item]), item)
    offered = [way for way in meaning.options if way.sentence.startswith(OPTION)]
    assert [way.source.rule_id for way in offered] == ["QUO-01"] * allowed
    tried = TrialDetails(person_id=guest.id, proposal=Proposal.TEMPORARY, member_class=MemberClass.EXECUTIVE)
    trial = try_out(scene.meeting, agenda_of(scene.meeting), tried, area=(), known_at=PLANNED)
    assert (trial.lines[0].quorate_with, bool(trial.note)) == (allowed, not allowed)
    if not allowed:
        with pytest.raises(RuleBroken, match="allow no temporary members") as broken:
            invited(scene, guest)
        assert broken.value.field == "capacity"


def test_they_are_screened_count_vote_and_are_minuted_for_what_they_are(guest):
    scene = a_scene(temporary_allowed=True)
    item = an_item_without_quorum(scene)
    assert invited(scene, guest).role_words == "Temporary member (Executive)"
    (entry,) = entries(1)
    assert entry.event == "meetings:attendance:recorded"
    conflicts = conflicts_at(scene.meeting, known_at=PLANNED, items=[item])
    (meaning,) = meanings_of_item(conflicts, item)
    assert meaning.followed.quorum.quorate
    (told,) = expectations_of(conflicts, circumstances_of(scene.meeting)).values()
    assert told.sentence.endswith("Mr Hal Hart comes as a temporary member.")
    there = frozenset({guest.id, *(person.id for person in scene.people.values())})
    commands.open_meeting(scene.meeting, OpeningDetails(TEN, there), actor=scene.secretary, at=TEN)
    room = room_of(an_item(scene.meeting, "Another item"), known_at=TEN)
    assert "Mr Hal Hart" in {seat.name for seat in room.entitled}
    a_declared_interest(guest, item.affected[0].organisation)
    assert "Mr Hal Hart" in {flag.name for flag in flags_of_item(item, known_at=TEN)}


def test_who_sits_already_or_in_no_class_is_no_temporary_member(guest):
    scene = a_scene(temporary_allowed=True)
    for person, member_class, field in ((scene.gp, MemberClass.GP, "capacity"), (guest, None, "member_class")):
        with pytest.raises(RuleBroken) as broken:
            invited(scene, person, member_class)
        assert broken.value.field == field


def test_the_secretary_records_one_on_the_page_of_the_room(stage, guest):
    an_appointment(guest, stage.scene.body, "Health and wellbeing board member")
    url = stage.url(f"meetings/{stage.scene.meeting.id}/room/attendance?as=temporary")
    page = stage.as_("scribe").get(url)
    assert "Temporary member" not in page.text
    answer = {"person": str(guest.id), "capacity": "temporary", "member_class": "lay"}
    assert stage.client.post(url, answer).error_for("In which capacity?") == "Select one of the options"
