"""What was forgotten in the room can be recorded until the minutes are confirmed, and no meeting is stuck without minutes."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.committees.vocabulary import MemberClass
from coi.database import db
from coi.documents.vocabulary import text_of
from coi.errors import RuleBroken
from coi.jobs.models import Job
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.conflicts.afterwards.commands import screen_afterwards
from coi.meetings.minutes import commands as minuting
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.proceedings.vocabulary import OpeningDetails
from coi.meetings.queries import later_meetings
from coi.meetings.recorded_vocabulary import DecisionDetails, MeetingDeclarationDetails
from coi.meetings.vocabulary import DeclaredPoint, MinutesState, Outcome, PresenceKind
from coi.people.models import Person
from coi.registers.interests import commands as registers
from coi.registers.interests.vocabulary import NilDetails
from tests.factories.committees import a_member
from tests.factories.meetings import (
    HELD_ON,
    TEN,
    Scene,
    a_declared_interest,
    a_meeting,
    a_scene,
    an_item,
    minutes,
    moved,
    opened,
    ruled,
    takes_earlier_minutes,
)
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person


def closed_early(scene: Scene) -> None:
    """A meeting at which a GP left for an item, and which closed with all the rest undone."""
    practice = an_organisation("Otter Vale Surgery")
    a_declared_interest(scene.gp, practice)
    item = an_item(scene.meeting, "A contract", [practice])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    ruled(scene, item, "gp", "A4", at=minutes(6))
    said = MeetingDeclarationDetails(scene.gp.id, DeclaredPoint.AT_ITEM, "My own practice", item.id, None, minutes(6))
    conflicts.declare_at_meeting(scene.meeting, said, actor=scene.secretary, at=minutes(6))
    moved(scene, "gp", PresenceKind.LEFT, minutes(7), item)
    proceedings.close_meeting(scene.meeting, minutes(30), actor=scene.secretary, at=minutes(30))


def a_newcomer(scene: Scene, name: str, member_class: MemberClass) -> Person:
    """A member who has declared nothing so far."""
    person = a_person(name)
    a_member(scene.committee, person, member_class)
    scene.people["new"], scene.members = person, (*scene.members, "new")
    return person


def confirmed(scene: Scene) -> MinutesState:
    later = a_meeting(scene.committee, held_on=HELD_ON + timedelta(days=28))
    start = TEN + timedelta(days=28)
    there = frozenset(person.id for person in scene.people.values())
    proceedings.open_meeting(
        later, OpeningDetails(start, there, frozenset(), frozenset()), actor=scene.secretary, at=start
    )
    takes_earlier_minutes(later, scene.secretary, start)
    confirmation = minuting.Confirmation(later, scene.chair)
    return minuting.confirm_minutes(scene.meeting, scene.body, confirmation, actor=scene.secretary, at=start).state


def test_a_return_that_was_forgotten_is_recorded_after_the_close_and_not_after_the_confirmation(app: Flask) -> None:
    scene = a_scene()
    closed_early(scene)
    moved(scene, "gp", PresenceKind.RETURNED, minutes(20), at=minutes(40))
    minuting.draft_minutes(scene.meeting, scene.body, actor=scene.secretary, at=minutes(41))
    confirmed(scene)
    with pytest.raises(RuleBroken) as broken:
        moved(scene, "gp", PresenceKind.LEFT, minutes(25), at=TEN + timedelta(days=29))
    assert "confirmed" in broken.value.reason


def test_a_meeting_that_closed_with_all_undone_can_still_have_final_minutes(app: Flask) -> None:
    scene = a_scene()
    closed_early(scene)
    minuting.draft_minutes(scene.meeting, scene.body, actor=scene.secretary, at=minutes(31))
    whole = minuting.compose_now(scene.meeting, scene.body)[0]
    assert [gap.sentence for gap in whole.gaps] == []


def test_of_two_meetings_on_one_day_the_one_that_was_opened_later_is_the_later_one(app: Flask) -> None:
    scene = a_scene()
    closed_early(scene)
    second = a_meeting(scene.committee, held_on=HELD_ON)
    there = OpeningDetails(minutes(60), frozenset(each.id for each in scene.people.values()), frozenset(), frozenset())
    proceedings.open_meeting(second, there, actor=scene.secretary, at=minutes(60))
    assert (later_meetings(scene.meeting), later_meetings(second)) == ([second], [])


def test_minutes_are_confirmed_by_somebody_who_can_have_presided(app: Flask) -> None:
    scene = a_scene()
    closed_early(scene)
    minuting.draft_minutes(scene.meeting, scene.body, actor=scene.secretary, at=minutes(31))
    later = a_meeting(scene.committee, held_on=HELD_ON + timedelta(days=28))
    start = TEN + timedelta(days=28)
    there = frozenset(person.id for key, person in scene.people.items() if key != "chair")
    details = OpeningDetails(start, there, frozenset({scene.chair.id}), frozenset())
    proceedings.open_meeting(later, details, actor=scene.secretary, at=start)
    takes_earlier_minutes(later, scene.secretary, start)
    for who in (scene.nurse, scene.chair):
        confirmation = minuting.Confirmation(later, who)
        with pytest.raises(RuleBroken) as broken:
            minuting.confirm_minutes(scene.meeting, scene.body, confirmation, actor=scene.secretary, at=start)
        assert broken.value.field == "confirmed_by"
    confirmation = minuting.Confirmation(later, scene.vice)
    done = minuting.confirm_minutes(scene.meeting, scene.body, confirmation, actor=scene.secretary, at=start)
    assert done.state is MinutesState.CONFIRMED


@pytest.mark.parametrize("outcome", [None, Outcome.DEFERRED, Outcome.NOT_APPROVED])
def test_a_meeting_that_did_not_take_the_minutes_of_the_last_one_did_not_confirm_them(
    app: Flask, outcome: Outcome | None
) -> None:
    scene = a_scene()
    closed_early(scene)
    minuting.draft_minutes(scene.meeting, scene.body, actor=scene.secretary, at=minutes(31))
    later, start = a_meeting(scene.committee, held_on=HELD_ON + timedelta(days=28)), TEN + timedelta(days=28)
    there = frozenset(person.id for person in scene.people.values())
    proceedings.open_meeting(
        later, OpeningDetails(start, there, frozenset(), frozenset()), actor=scene.secretary, at=start
    )
    if outcome is not None:
        item = takes_earlier_minutes(later, scene.secretary, start)
        if outcome is Outcome.DEFERRED:
            deciding.defer_item(item, "They came late", actor=scene.secretary, at=start)
        else:
            details = DecisionDetails(outcome, "They leave out what was said on item 7")
            deciding.take_decision(item, details, actor=scene.secretary, at=start)
    with pytest.raises(RuleBroken, match="did not take its item on the minutes of the last meeting") as broken:
        minuting.confirm_minutes(
            scene.meeting, scene.body, minuting.Confirmation(later, scene.chair), actor=scene.secretary, at=start
        )
    assert broken.value.field == "at_meeting"


def test_a_decision_recorded_late_counts_what_was_declared_by_then_and_what_came_since_is_looked_at_afterwards(
    app: Flask,
) -> None:
    scene = a_scene()
    practice = an_organisation("Otter Vale Surgery")
    item = an_item(scene.meeting, "A contract", [practice])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    proceedings.close_meeting(scene.meeting, minutes(40), actor=scene.secretary, at=minutes(40))
    interest = a_declared_interest(scene.gp, practice, at=minutes(100))
    before = set(db.session.scalars(sa.select(Job.id)))
    agreed = DecisionDetails(Outcome.APPROVED, "Agreed", decided_at=minutes(30))
    decision = deciding.take_decision(item, agreed, actor=scene.secretary, at=minutes(120))
    assert not decision.is_irregular
    (job,) = db.session.scalars(sa.select(Job).where(Job.id.not_in(before), Job.kind == "meetings.afterwards"))
    assert job.payload == {"interests": [str(interest.id)]}
    (found,) = screen_afterwards(interest, actor=scene.secretary, at=minutes(121))
    assert (found.item_id, found.person_id) == (item.id, scene.gp.id)


def test_a_declaration_made_before_the_meeting_counts_at_a_decision_whenever_it_was_typed(app: Flask) -> None:
    scene = a_scene()
    newcomer = a_newcomer(scene, "Ms Cy Llŷr", MemberClass.LAY)
    practice = an_organisation("Otter Vale Surgery")
    item = an_item(scene.meeting, "A contract", [practice])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    paper = {"details": NilDetails("Nothing to declare"), "actor": scene.secretary, "at": minutes(100)}
    registers.make_nil_return(newcomer, **paper, declared_on=HELD_ON)
    agreed = DecisionDetails(Outcome.APPROVED, "Agreed", decided_at=minutes(30))
    with pytest.raises(RuleBroken, match="Ms Cy Llŷr has no declaration on file"):
        deciding.take_decision(item, agreed, actor=scene.secretary, at=minutes(120))
    registers.make_nil_return(newcomer, **paper, declared_on=HELD_ON - timedelta(days=3))
    assert not deciding.take_decision(item, agreed, actor=scene.secretary, at=minutes(120)).is_irregular


def test_an_end_that_was_told_after_the_meeting_takes_no_flag_from_a_decision_recorded_late(app: Flask) -> None:
    scene = a_scene()
    practice = an_organisation("Otter Vale Surgery")
    interest = a_declared_interest(scene.gp, practice, at=TEN - timedelta(days=30))
    item = an_item(scene.meeting, "A contract", [practice])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    told = minutes(2 * 24 * 60)
    registers.end_interest(interest, HELD_ON - timedelta(days=900), version=1, actor=scene.secretary, at=told)
    agreed = DecisionDetails(Outcome.APPROVED, "Agreed", decided_at=minutes(30))
    with pytest.raises(RuleBroken, match="Nobody has ruled on the conflict of Dr Fay Fenn"):
        deciding.take_decision(item, agreed, actor=scene.secretary, at=told + timedelta(minutes=5))


def test_whoever_is_flagged_by_an_interest_on_the_register_is_not_said_to_have_nothing_on_file(app: Flask) -> None:
    scene = a_scene()
    newcomer = a_newcomer(scene, "Dr Al Teasel", MemberClass.GP)
    practice = an_organisation("Otter Vale Surgery")
    item = an_item(scene.meeting, "A contract", [practice])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    a_declared_interest(newcomer, practice, at=minutes(100))
    ruled(scene, item, "new", "A4", at=minutes(101), made=minutes(6))
    moved(scene, "new", PresenceKind.LEFT, minutes(7), item, at=minutes(102))
    agreed = DecisionDetails(Outcome.APPROVED, "Agreed", decided_at=minutes(30))
    deciding.take_decision(item, agreed, actor=scene.secretary, at=minutes(120))
    text = text_of(minuting.compose_now(scene.meeting, scene.body)[0].document)
    assert "Dr Al Teasel has a conflict of interest in this item (direct financial interest)" in text
    assert "no declaration on file" not in text


def test_what_was_ruled_and_declared_has_the_time_at_which_it_was_said_however_late_it_is_typed(app: Flask) -> None:
    scene = a_scene()
    practice = an_organisation("Otter Vale Surgery")
    a_declared_interest(scene.gp, practice)
    item = an_item(scene.meeting, "A contract", [practice])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    said = MeetingDeclarationDetails(
        scene.gp.id, DeclaredPoint.DURING_ITEM, "My own practice", item.id, at=minutes(100), is_new=True, when=minutes(11)
    )  # fmt: skip
    row = conflicts.declare_at_meeting(scene.meeting, said, actor=scene.secretary, at=minutes(100))
    assert (row.declared_at, row.recorded_at) == (minutes(11), minutes(100))
    agreed = DecisionDetails(Outcome.APPROVED, "Agreed", decided_at=minutes(30))
    moved(scene, "gp", PresenceKind.LEFT, minutes(13), item, at=minutes(101))
    ruled(scene, item, "gp", "A4", at=minutes(102))
    with pytest.raises(RuleBroken, match=r"Mrs Ann Ashby ruled on Dr Fay Fenn at 11:42am, after this decision\."):
        deciding.take_decision(item, agreed, actor=scene.secretary, at=minutes(103))
    for wrong in (minutes(-1), minutes(104)):
        with pytest.raises(RuleBroken, match="Enter a time"):
            ruled(scene, item, "gp", "A4", at=minutes(103), made=wrong)
    ruling = ruled(scene, item, "gp", "A4", at=minutes(103), made=minutes(12))
    assert (ruling.made_at, ruling.recorded_at) == (minutes(12), minutes(103))
    deciding.take_decision(item, agreed, actor=scene.secretary, at=minutes(104))
    text = text_of(minuting.compose_now(scene.meeting, scene.body)[0].document)
    assert "Mrs Ann Ashby, the Chair, ruled at 10:12am" in text
    assert "Dr Fay Fenn declared during the discussion of the item at 10:11am" in text


def test_of_what_was_said_before_the_meeting_nobody_says_that_it_was_said_at_it(app: Flask) -> None:
    scene = a_scene()
    opened(scene)
    said = MeetingDeclarationDetails(
        scene.gp.id, DeclaredPoint.BEFORE_MEETING, "My brother bids", at=minutes(9), when=minutes(5)
    )
    with pytest.raises(RuleBroken, match="Enter a time before the meeting was opened"):
        conflicts.declare_at_meeting(scene.meeting, said, actor=scene.secretary, at=minutes(9))
    row = conflicts.declare_at_meeting(scene.meeting, replace(said, when=None), actor=scene.secretary, at=minutes(9))
    assert row.declared_at is None


def test_what_was_declared_before_the_meeting_keeps_its_time_when_it_is_corrected(app: Flask) -> None:
    scene = a_scene()
    said = MeetingDeclarationDetails(scene.gp.id, DeclaredPoint.BEFORE_MEETING, "My brother bids", at=minutes(-30))
    first = conflicts.declare_at_meeting(scene.meeting, said, actor=scene.secretary, at=minutes(-30))
    opened(scene)
    again = replace(said, text="My sister bids", at=minutes(9), corrects_id=first.id)
    row = conflicts.declare_at_meeting(scene.meeting, again, actor=scene.secretary, at=minutes(9))
    assert row.declared_at == first.declared_at == minutes(-30)


def test_who_was_ruled_on_before_the_decision_and_again_in_the_same_words_was_not_ruled_on_after_it(app: Flask) -> None:
    scene = a_scene()
    practice = an_organisation("Otter Vale Surgery")
    a_declared_interest(scene.gp, practice)
    item = an_item(scene.meeting, "A contract", [practice])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    agreed = DecisionDetails(Outcome.APPROVED, "Agreed", decided_at=minutes(30))
    moved(scene, "gp", PresenceKind.LEFT, minutes(7), item)
    ruled(scene, item, "gp", "A4", at=minutes(6))
    ruled(scene, item, "gp", "A4", at=minutes(41), made=minutes(40))
    with pytest.raises(RuleBroken, match="after this decision"):  # the second says itself that it was made later
        deciding.take_decision(item, agreed, actor=scene.secretary, at=minutes(42))
    ruled(scene, item, "gp", "A4", at=minutes(43), made=minutes(6))
    ruled(scene, item, "gp", "A4", at=minutes(44), rationale="Direct financial interest: she holds the contract")
    assert not deciding.take_decision(item, agreed, actor=scene.secretary, at=minutes(45)).is_irregular


def test_a_decision_recorded_late_is_still_stopped_by_what_was_declared_before_it(app: Flask) -> None:
    scene = a_scene()
    practice = an_organisation("Otter Vale Surgery")
    item = an_item(scene.meeting, "A contract", [practice])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    a_declared_interest(scene.gp, practice, at=minutes(29))
    proceedings.close_meeting(scene.meeting, minutes(40), actor=scene.secretary, at=minutes(40))
    agreed = DecisionDetails(Outcome.APPROVED, "Agreed", decided_at=minutes(30))
    with pytest.raises(RuleBroken, match="Nobody has ruled on the conflict of Dr Fay Fenn"):
        deciding.take_decision(item, agreed, actor=scene.secretary, at=minutes(120))
