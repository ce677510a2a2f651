"""The meeting as it goes: opening, coming and going, the chair; scenarios 20 to 25, 30 to 34, on both databases."""

import pytest
import sqlalchemy as sa

from coi.audit.models import LedgerLeaf
from coi.committees.vocabulary import MemberClass
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.movement_queries import standing_presence_of
from coi.meetings.models import Attendance, ChairHandover, Decision, Presence, QuorumSnapshot
from coi.meetings.proceedings import commands, decision_commands
from coi.meetings.proceedings.people_queries import people_in_meeting
from coi.meetings.proceedings.queries import room_of
from coi.meetings.proceedings.vocabulary import (
    AttendanceDetails,
    HandoverDetails,
    NotesDetails,
    OpeningDetails,
    mark_of,
)
from coi.meetings.recorded_vocabulary import MovementDetails
from coi.meetings.vocabulary import (
    Capacity,
    ItemState,
    MeetingState,
    Part,
    PresenceKind,
    PresenceReason,
    PresidingBasis,
    SnapshotPhase,
)
from tests.factories.committees import a_committee, a_member, the_terms
from tests.factories.meetings import (
    PLANNED,
    TEN,
    a_declared_interest,
    a_meeting,
    a_nil_return,
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

pytestmark = pytest.mark.usefixtures("app")


def entries():
    return db.session.scalar(sa.select(sa.func.count()).select_from(LedgerLeaf))


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def here(scene, item, at=None):
    room = room_of(item, known_at=minutes(300), moment=at)
    return {room.names[person] for person in room.in_the_meeting}


def conflicted_item(scene, *who, **details):
    elm = an_organisation("Elm Surgery")
    for each in who:
        a_declared_interest(scene.people[each], elm)
    return an_item(scene.meeting, affected=[elm], **details)


def test_opening_takes_attendance_presence_and_the_opening_quorum_with_one_entry(scene):
    before = entries()
    meeting = opened(scene, "lay")
    assert meeting.state is MeetingState.OPEN
    assert entries() == before + 1
    assert count(Presence) == 6
    assert {row.person_id for row in db.session.scalars(sa.select(Attendance)) if row.apologies} == {scene.lay.id}
    snapshot = db.session.scalars(sa.select(QuorumSnapshot)).one()
    assert (snapshot.phase, snapshot.quorate, snapshot.item_id) == (SnapshotPhase.OPENING, True, None)
    assert "Mrs Ann Ashby" in {name for name, _slot, _person in snapshot.counted}
    assert len(snapshot.present) == 6


def test_members_are_listed_with_the_seat_that_they_hold(scene):
    opened(scene)
    said = {row.person_id: row.role_words for row in db.session.scalars(sa.select(Attendance))}
    assert (said[scene.chair.id], said[scene.nurse.id]) == ("Lay member (chair)", "Registered nurse")


def test_a_meeting_without_a_quorum_opens_and_the_record_says_so(scene):
    opened(scene, "finance")
    assert not db.session.scalars(sa.select(QuorumSnapshot)).one().quorate


def test_a_meeting_is_opened_once(scene):
    opened(scene)
    with pytest.raises(RuleBroken, match="already opened"):
        opened(scene)


def test_nobody_is_there_and_away(scene):
    both = frozenset({scene.lay.id})
    details = OpeningDetails(TEN, both | {scene.chair.id}, both)
    with pytest.raises(RuleBroken) as broken:
        commands.open_meeting(scene.meeting, details, actor=scene.secretary, at=TEN)
    assert broken.value.field == "apologies"
    assert count(Attendance) == 0


def test_a_time_that_has_not_come_is_refused(scene):
    opened(scene)
    with pytest.raises(RuleBroken, match="has passed"):
        moved(scene, "gp", PresenceKind.LEFT, minutes(30), at=minutes(29))


def test_scenario_25_whoever_joins_late_is_there_from_then_on(scene):
    item = an_item(scene.meeting)
    details = OpeningDetails(TEN, frozenset(p.id for key, p in scene.people.items() if key != "lay"))
    commands.open_meeting(scene.meeting, details, actor=scene.secretary, at=TEN)
    moved(scene, "lay", PresenceKind.JOINED, minutes(20), reason=PresenceReason.OTHER)
    assert "Ms Cat Cole" not in here(scene, item, minutes(19))
    assert "Ms Cat Cole" in here(scene, item, minutes(21))


@pytest.mark.parametrize("kind", [PresenceKind.LEFT, PresenceKind.REMOVED, PresenceKind.GALLERY])
def test_scenarios_32_and_34_removed_and_in_the_gallery_are_out_of_the_meeting(scene, kind):
    item = conflicted_item(scene, "gp")
    opened(scene, remote=("gp",))
    before = entries()
    moved(scene, "gp", kind, minutes(10), item)
    assert entries() == before + 1
    assert "Dr Fay Fenn" not in here(scene, item)


def test_nobody_sits_in_the_gallery_of_a_private_item(scene):
    item = conflicted_item(scene, "gp", part=Part.PRIVATE, private_reason="Commercially confidential")
    opened(scene)
    with pytest.raises(RuleBroken) as broken:
        moved(scene, "gp", PresenceKind.GALLERY, minutes(10), item)
    assert broken.value.field == "kind"


def test_an_unknown_time_is_recorded_as_unknown(scene):
    item = conflicted_item(scene, "gp")
    opened(scene)
    commands.open_item(item, actor=scene.secretary, at=minutes(10))
    row = moved(scene, "gp", PresenceKind.LEFT, None, item, at=minutes(15))
    assert row.at is None
    assert "Dr Fay Fenn" in here(scene, item, minutes(9))
    assert "Dr Fay Fenn" not in here(scene, item, minutes(12))


def test_a_correction_is_a_new_movement_and_the_old_one_stays_on_record(scene):
    item = conflicted_item(scene, "gp")
    opened(scene)
    wrong = moved(scene, "gp", PresenceKind.LEFT, minutes(10), item)
    details = MovementDetails(
        scene.gp.id, PresenceKind.LEFT, minutes(14), PresenceReason.CONFLICT, item.id, corrects_id=wrong.id
    )
    commands.record_movement(scene.meeting, details, actor=scene.secretary, at=minutes(20))
    assert count(Presence) == 9
    assert "Dr Fay Fenn" in here(scene, item, minutes(12))
    assert "Dr Fay Fenn" not in here(scene, item, minutes(15))


def test_a_movement_that_cannot_be_leaves_nothing_behind(scene):
    opened(scene)
    before = count(Presence)
    with pytest.raises(RuleBroken, match="is in the meeting"):
        moved(scene, "gp", PresenceKind.RETURNED, minutes(10))
    assert count(Presence) == before


def test_a_stranger_cannot_leave(scene):
    opened(scene)
    details = MovementDetails(a_person("Mr Zed Zander").id, PresenceKind.LEFT, minutes(1))
    with pytest.raises(NotFound):
        commands.record_movement(scene.meeting, details, actor=scene.secretary, at=minutes(2))


def test_scenario_30_a_deputy_needs_terms_that_let_them(scene):
    deputy = a_person("Mr Hal Hart")
    with pytest.raises(RuleBroken) as broken:
        attending(scene, deputy, Capacity.DEPUTY, deputy_for=scene.finance)
    assert broken.value.options == ("Record them as in attendance: they may speak, and do not count or vote",)
    assert attending(scene, deputy).capacity is Capacity.IN_ATTENDANCE


def test_scenario_30_a_deputy_votes_in_place_of_the_member():
    scene = a_scene(deputies_allowed=True)
    deputy = a_person("Mr Hal Hart")
    a_nil_return(deputy)
    attending(scene, deputy, Capacity.DEPUTY, deputy_for=scene.finance, at=PLANNED)
    there = frozenset({deputy.id, *(p.id for key, p in scene.people.items() if key != "finance")})
    details = OpeningDetails(TEN, there, frozenset({scene.finance.id}))
    commands.open_meeting(scene.meeting, details, actor=scene.secretary, at=TEN)
    room = room_of(an_item(scene.meeting), known_at=TEN)
    assert "Mr Hal Hart" in {seat.name for seat in room.entitled}
    assert room.vote_facts.members == 7


def test_a_deputy_says_for_whom():
    scene = a_scene(deputies_allowed=True)
    with pytest.raises(RuleBroken) as broken:
        attending(scene, a_person("Mr Hal Hart"), Capacity.DEPUTY)
    assert broken.value.field == "deputy_for"


def test_scenario_31_a_deputy_has_one_line_per_committee(scene):
    second = a_committee(scene.body, "Second committee", "SEC", terms=False)
    the_terms(second, deputies_allowed=True)
    the_terms(scene.committee, valid_from=scene.meeting.held_on, deputies_allowed=True)
    for name, member_class in (("Mrs Kay King", MemberClass.LAY), ("Mr Len Law", MemberClass.EXECUTIVE)):
        a_member(second, name, member_class)
    scene.meeting = a_meeting(scene.committee, second)
    principal = a_member(second, "Ms May Moss", MemberClass.EXECUTIVE).person
    deputy = a_person("Mr Hal Hart")
    for committee, member in ((scene.committee, scene.finance), (second, principal)):
        details = AttendanceDetails(deputy.id, Capacity.DEPUTY, member.id, committee_id=committee.id)
        commands.record_attendance(scene.meeting, details, actor=scene.secretary, at=PLANNED)
    assert count(Attendance) == 2
    item = an_item(scene.meeting)
    details = OpeningDetails(TEN, frozenset({deputy.id, scene.chair.id}))
    commands.open_meeting(scene.meeting, details, actor=scene.secretary, at=TEN)
    assert {row.committee_id for row in db.session.scalars(sa.select(QuorumSnapshot))} == {
        scene.committee.id,
        second.id,
    }
    for committee in (scene.committee, second):
        room = room_of(item, known_at=TEN, committee_id=committee.id)
        assert [seat.person for seat in room.entitled].count(str(deputy.id)) == 1


def hand_over(scene, item, who, at=None):
    details = HandoverDetails(scene.people[who].id, at or minutes(10))
    return commands.hand_over_chair(item, details, actor=scene.secretary, at=at or minutes(10))


def test_scenario_20_the_vice_chair_takes_the_chair_and_gives_it_back(scene):
    item = conflicted_item(scene, "chair")
    opened(scene)
    handover = hand_over(scene, item, "vice")
    assert (handover.from_person_id, handover.basis) == (scene.chair.id, PresidingBasis.VICE_CHAIR)
    assert (
        handover.reason
        == "The chair, Mrs Ann Ashby, has a conflict on this item. Mr Bob Birch, the vice chair, presides."
    )
    assert room_of(item, known_at=minutes(11)).in_the_chair == str(scene.vice.id)
    commands.return_chair(handover, minutes(20), actor=scene.secretary, at=minutes(20))
    assert room_of(item, known_at=minutes(21)).in_the_chair == str(scene.chair.id)
    assert room_of(item, known_at=minutes(21), moment=minutes(15)).in_the_chair == str(scene.vice.id)


def test_scenario_20_the_chair_cannot_pass_over_the_vice_chair(scene):
    item = conflicted_item(scene, "chair")
    opened(scene)
    with pytest.raises(RuleBroken) as broken:
        hand_over(scene, item, "nurse")
    assert broken.value.options == ("Hand the chair over to Mr Bob Birch",)
    assert count(ChairHandover) == 0


def test_scenario_21_with_the_vice_chair_away_the_members_agree_who_presides(scene):
    item = conflicted_item(scene, "chair")
    opened(scene, "vice")
    assert room_of(item, known_at=minutes(1)).presiding.candidates
    assert hand_over(scene, item, "nurse").basis is PresidingBasis.AGREED_BY_MEMBERS
    room = room_of(item, known_at=minutes(11))
    assert (room.in_the_chair, room.chair_is_right) == (str(scene.nurse.id), True)


def test_a_member_with_a_conflict_cannot_take_the_chair(scene):
    item = conflicted_item(scene, "chair", "vice", "nurse")
    opened(scene)
    with pytest.raises(RuleBroken, match="Mrs Eve Elder cannot take the chair"):
        hand_over(scene, item, "nurse")


def test_with_the_chair_away_the_vice_chair_presides_without_more_ado(scene):
    item = an_item(scene.meeting)
    opened(scene, "chair")
    room = room_of(item, known_at=minutes(1))
    assert (room.in_the_chair, room.chair_is_right) == (str(scene.vice.id), True)


def test_the_chair_goes_back_when_the_next_item_opens(scene):
    item, following = conflicted_item(scene, "chair"), an_item(scene.meeting, "Next")
    opened(scene)
    handover = hand_over(scene, item, "vice")
    item.state, item.closed_at = ItemState.DECIDED, minutes(25)
    commands.open_item(following, actor=scene.secretary, at=minutes(26))
    assert handover.returned_at == minutes(25)


def test_scenario_24_closing_ends_every_open_presence(scene):
    opened(scene)
    moved(scene, "gp", PresenceKind.LEFT, minutes(30), reason=PresenceReason.OTHER)
    commands.close_meeting(scene.meeting, minutes(90), actor=scene.secretary, at=minutes(91))
    assert scene.meeting.state is MeetingState.CLOSED
    assert not any(each.is_in for each in people_in_meeting(scene.meeting))
    ends = [row for row in db.session.scalars(sa.select(Presence)) if row.reason is PresenceReason.END]
    assert len(ends) == 6


def test_a_closed_meeting_takes_no_more_rulings_and_no_movement_that_cannot_have_happened(scene):
    item = conflicted_item(scene, "gp")
    opened(scene)
    commands.close_meeting(scene.meeting, minutes(90), actor=scene.secretary, at=minutes(91))
    with pytest.raises(RuleBroken):
        moved(scene, "chair", PresenceKind.RETURNED, minutes(80))
    with pytest.raises(RuleBroken, match="closed"):
        ruled(scene, item, "gp", "A4", at=minutes(92))


def test_what_was_noted_of_the_discussion_is_kept(scene):
    item = an_item(scene.meeting)
    opened(scene)
    notes = NotesDetails(" Members asked about the cost. ", mark_of(""))
    commands.note_discussion(item, notes, actor=scene.secretary, at=minutes(5))
    assert item.discussion == "Members asked about the cost."


def test_nobody_moves_after_the_meeting_has_closed(scene):
    opened(scene)
    commands.close_meeting(scene.meeting, minutes(60), actor=scene.secretary, at=minutes(90))
    with pytest.raises(RuleBroken, match="The meeting closed at"):
        moved(scene, "gp", PresenceKind.LEFT, minutes(61), at=minutes(90))


def test_a_meeting_closes_not_before_the_last_thing_that_happened_and_its_time_can_be_corrected(scene):
    item = an_item(scene.meeting)
    opened(scene)
    commands.open_item(item, actor=scene.secretary, at=minutes(30))
    with pytest.raises(RuleBroken, match="was reached") as broken:
        commands.close_meeting(scene.meeting, minutes(20), actor=scene.secretary, at=minutes(90))
    assert broken.value.field == "closed_at"
    commands.close_meeting(scene.meeting, minutes(60), actor=scene.secretary, at=minutes(90))
    with pytest.raises(RuleBroken, match="was reached"):
        commands.correct_closing(scene.meeting, minutes(29), actor=scene.secretary, at=minutes(91))
    commands.correct_closing(scene.meeting, minutes(70), actor=scene.secretary, at=minutes(92))
    assert scene.meeting.closed_at == minutes(70)
    ends = [row for row in standing_presence_of(scene.meeting.id) if row.reason is PresenceReason.END]
    assert {row.at for row in ends} == {minutes(70)}
    assert len(ends) == 7
    assert {each.last.at for each in people_in_meeting(scene.meeting)} == {minutes(70)}


def test_items_put_off_when_the_meeting_closed_follow_its_corrected_time(scene):
    item = an_item(scene.meeting)
    opened(scene)
    decision_commands.defer_untaken(item, minutes(60), actor=scene.secretary, at=minutes(90))
    commands.close_meeting(scene.meeting, minutes(60), actor=scene.secretary, at=minutes(90))
    commands.correct_closing(scene.meeting, minutes(50), actor=scene.secretary, at=minutes(91))
    decided = db.session.scalars(sa.select(Decision).where(Decision.item_id == item.id)).one()
    assert (scene.meeting.closed_at, decided.decided_at, item.closed_at) == (minutes(50),) * 3
