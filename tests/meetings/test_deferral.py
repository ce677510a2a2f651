"""Items that are put off: offered on the next agenda of the committee, carried on under their reference, and kept from whoever was ruled
out until they are decided."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from coi.documents.vocabulary import text_of
from coi.errors import NotFound, RuleBroken
from coi.meetings import commands as planning
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.conflicts.flag_commands import dismiss_flag, raise_flag
from coi.meetings.conflicts.queries import flags_of_item
from coi.meetings.conflicts.vocabulary import RaisedDetails
from coi.meetings.deferral_commands import call_off, carry_on
from coi.meetings.deferral_queries import carried_among, carried_on_as, earlier_ruling, items_to_carry_on
from coi.meetings.minutes import commands as minuting
from coi.meetings.minutes.queries import took_earlier_minutes
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.papers.queries import paper_of, papers_for, papers_kept_from
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.proceedings.vocabulary import OpeningDetails
from coi.meetings.queries import agenda_of, item_of, last_meeting_before
from coi.meetings.recorded_vocabulary import DecisionDetails, MeetingDeclarationDetails, MovementDetails
from coi.meetings.vocabulary import (
    DeclaredPoint,
    FlagAnswer,
    FlagState,
    ItemDetails,
    ItemState,
    Outcome,
    Part,
    PresenceKind,
    PresenceReason,
    Purpose,
)
from coi.meetings.waiting import waiting_for
from coi.meetings.withholding import items_kept_from, minutes_kept_from
from coi.permissions.vocabulary import Role
from tests.factories.committees import a_committee
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
from tests.factories.papers import a_paper

WEEKS = timedelta(days=28)


class Deferral:
    """A private item on which a GP was ruled out, deferred by a meeting whose minutes the next one confirmed."""

    def __init__(self, part: Part = Part.PRIVATE) -> None:
        self.scene: Scene = a_scene()
        self.practice = an_organisation("Larkfield Surgery")
        a_declared_interest(self.scene.gp, self.practice)
        assert self.scene.meeting is not None
        self.first: Meeting = self.scene.meeting
        reason = "In confidence" if part is Part.PRIVATE else ""
        self.item: AgendaItem = an_item(self.first, "A merger", [self.practice], part=part, private_reason=reason)
        self.paper = a_paper(self.item, "Options")

    def deferred(self) -> None:
        scene = self.scene
        opened(scene)
        proceedings.open_item(self.item, actor=scene.secretary, at=minutes(5))
        declared(self, self.item, self.first, minutes(6))
        ruled(scene, self.item, "gp", "A4", "A3", at=minutes(6))
        moved(scene, "gp", PresenceKind.LEFT, minutes(7), self.item)
        deciding.defer_item(self.item, "The figures are missing", actor=scene.secretary, at=minutes(9))
        proceedings.close_meeting(self.first, minutes(60), actor=scene.secretary, at=minutes(60))
        minuting.draft_minutes(self.first, scene.body, actor=scene.secretary, at=minutes(70))

    def held(self, times: int) -> tuple[Meeting, datetime]:
        """A later meeting, planned."""
        start = TEN + times * WEEKS
        return a_meeting(self.scene.committee, held_on=HELD_ON + times * WEEKS, at=start - timedelta(days=7)), start

    def begin(self, meeting: Meeting, start: datetime) -> None:
        there = frozenset(self.scene.people[key].id for key in self.scene.members)
        details = OpeningDetails(start, there, frozenset(), frozenset())
        proceedings.open_meeting(meeting, details, actor=self.scene.secretary, at=start)

    def confirm(self, meeting: Meeting, at_meeting: Meeting, at: datetime) -> None:
        if not took_earlier_minutes([at_meeting.id], []):
            takes_earlier_minutes(at_meeting, self.scene.secretary, at)
        confirmation = minuting.Confirmation(at_meeting, self.scene.chair)
        minuting.confirm_minutes(meeting, self.scene.body, confirmation, actor=self.scene.secretary, at=at)

    def carried(self, meeting: Meeting, at: datetime) -> AgendaItem:
        return carry_on(meeting, self.item, actor=self.scene.secretary, at=at)


def may_read(deferral: Deferral, item: AgendaItem) -> bool:
    try:
        item_of(item.id, body_id=deferral.scene.body.id, actor=deferral.scene.actor("gp"))
    except NotFound:
        return False
    return True


def may_have(deferral: Deferral, paper_id) -> bool:
    try:
        paper_of(paper_id, body_id=deferral.scene.body.id, actor=deferral.scene.actor("gp"))
    except NotFound:
        return False
    return True


@pytest.fixture
def deferral(app: Flask) -> Deferral:
    made = Deferral()
    made.deferred()
    return made


def test_a_deferred_private_item_stays_closed_to_whoever_was_ruled_out_until_it_is_decided(deferral: Deferral) -> None:
    scene = deferral.scene
    second, start = deferral.held(1)
    again = deferral.carried(second, start - timedelta(days=6))
    paper = a_paper(again, "The figures")
    deferral.begin(second, start)
    deferral.confirm(deferral.first, second, start)
    assert not may_read(deferral, deferral.item) and not may_read(deferral, again)
    assert not may_have(deferral, deferral.paper.id) and not may_have(deferral, paper.id)
    assert minutes_kept_from(scene.actor("gp")) == {deferral.first.id, second.id}
    assert items_kept_from(scene.actor("nurse")) == frozenset()

    def at(number: int) -> datetime:
        return start + timedelta(minutes=number)

    proceedings.open_item(again, actor=scene.secretary, at=at(5))
    declared(deferral, again, second, at(6))
    ruled(scene, again, "gp", "A4", at=at(6))
    left = MovementDetails(scene.gp.id, PresenceKind.LEFT, at(7), PresenceReason.CONFLICT, again.id)
    proceedings.record_movement(second, left, actor=scene.secretary, at=at(7))
    deciding.take_decision(again, DecisionDetails(Outcome.APPROVED, "Agreed"), actor=scene.secretary, at=at(9))
    proceedings.close_meeting(second, at(60), actor=scene.secretary, at=at(60))
    minuting.draft_minutes(second, scene.body, actor=scene.secretary, at=at(70))
    assert not may_read(deferral, deferral.item) and not may_read(deferral, again)
    third, later = deferral.held(2)
    deferral.begin(third, later)
    deferral.confirm(second, third, later)
    assert may_read(deferral, again)
    assert not may_read(deferral, deferral.item)  # whose papers were taken away by its own ruling


def declared(deferral: Deferral, item: AgendaItem, meeting: Meeting, at: datetime) -> None:
    details = MeetingDeclarationDetails(deferral.scene.gp.id, DeclaredPoint.AT_ITEM, "My practice", item.id, None, at)
    conflicts.declare_at_meeting(meeting, details, actor=deferral.scene.secretary, at=at)


def test_another_ruling_at_the_later_meeting_opens_the_later_item_alone(deferral: Deferral) -> None:
    scene = deferral.scene
    second, start = deferral.held(1)
    again = deferral.carried(second, start - timedelta(days=6))
    paper = a_paper(again, "The figures")
    ruled(
        scene, again, "gp", "A6", rationale="Immaterial because the practice left", guardian=True,
        at=start - timedelta(days=5),
    )  # fmt: skip
    assert may_read(deferral, again) and may_have(deferral, paper.id)
    assert not may_read(deferral, deferral.item)


def test_an_item_taken_off_again_leaves_nothing_behind(deferral: Deferral) -> None:
    second, start = deferral.held(1)
    again = deferral.carried(second, start - timedelta(days=6))
    assert items_to_carry_on(second, actor=deferral.scene.secretary) == []
    planning.remove_item(again, actor=deferral.scene.secretary, at=start - timedelta(days=5))
    assert items_to_carry_on(second, actor=deferral.scene.secretary) == [deferral.item]
    third = deferral.carried(second, start - timedelta(days=4))
    assert (third.reference, third.issued) == (deferral.item.reference, f"{deferral.item.reference}/3")


def test_a_deferred_item_is_offered_to_its_committee_and_carried_on_under_its_reference(app: Flask) -> None:
    deferral = Deferral(Part.PUBLIC)
    scene = deferral.scene
    (flag,) = flags_of_item(deferral.item, known_at=minutes(-60))
    chair = scene.actor("chair", Role.CHAIR)
    dismiss_flag(
        deferral.item,
        flag,
        "Left that practice",
        actor=chair,
        at=minutes(-50),
        guardian_consulted=True,
        ground=FlagAnswer.ENDED,
    )
    raise_flag(deferral.item, RaisedDetails(scene.nurse.id, "Works there"), actor=chair, at=minutes(-40))
    opened(scene)
    proceedings.open_item(deferral.item, actor=scene.secretary, at=minutes(5))
    deciding.defer_item(deferral.item, "No time", actor=scene.secretary, at=minutes(9))
    second, start = deferral.held(1)
    other = a_meeting(a_committee(scene.body, "Audit Committee", "AUD"), held_on=HELD_ON + WEEKS)
    assert items_to_carry_on(other, actor=scene.secretary) == []
    assert items_to_carry_on(second, actor=scene.secretary) == [deferral.item]
    with pytest.raises(RuleBroken):
        carry_on(other, deferral.item, actor=scene.secretary, at=start)
    again = deferral.carried(second, start - timedelta(days=6))
    assert again.reference == deferral.item.reference and again.continues is deferral.item
    assert carried_on_as(deferral.item) == [again]
    assert [row.organisation_id for row in again.affected] == [deferral.practice.id]
    found = {each.name: each for each in flags_of_item(again, known_at=start)}
    assert (found["Dr Fay Fenn"].state, found["Dr Fay Fenn"].reason) == (
        FlagState.DISMISSED,
        "It has ended. Left that practice",
    )
    assert found["Mrs Eve Elder"].path == ("Mrs Eve Elder", "Works there", f"item {again.position}")
    with pytest.raises(RuleBroken, match="It may be on one already"):
        deferral.carried(second, start)
    deferral.begin(second, start)
    whole = text_of(minuting.compose_now(second, scene.body)[0].document)
    assert f"The meeting {deferral.first.reference} on 10 November 2026 had put this item off." in whole


def test_a_meeting_that_is_called_off_records_nothing_and_its_items_go_to_the_next_agenda(app: Flask) -> None:
    deferral = Deferral(Part.PUBLIC)
    scene, first, secretary = deferral.scene, deferral.first, deferral.scene.secretary
    note = an_item(first, "A report", purpose=Purpose.NOTE)
    ruled(scene, deferral.item, "gp", "A3", "A4")
    with pytest.raises(RuleBroken, match="Enter why"):
        call_off(first, " ", actor=secretary, at=minutes(-30))
    call_off(first, "Snow", actor=secretary, at=minutes(-30))
    assert (first.phase, first.called_off_because) == ("called off", "Snow")
    details = ItemDetails("Late", Purpose.NOTE)
    for forbidden in (
        lambda: opened(scene),
        lambda: call_off(first, "Again", actor=secretary, at=minutes(0)),
        lambda: planning.add_item(first, details, actor=secretary, at=minutes(0)),
        lambda: minuting.draft_minutes(first, scene.body, actor=secretary, at=minutes(0)),
        lambda: proceedings.correct_closing(first, minutes(1), actor=secretary, at=minutes(2)),
        lambda: deciding.defer_item(deferral.item, "No time", actor=secretary, at=minutes(9)),
    ):
        with pytest.raises(RuleBroken):
            forbidden()
    sooner = a_meeting(scene.committee, held_on=HELD_ON - timedelta(days=2))
    (waits,) = [each for each in waiting_for(secretary, scene.body.id, at=minutes(0)) if "called off" in each.sentence]
    assert waits.sentence == "2 items, called off for 10 November 2026, are on no later agenda"
    assert items_to_carry_on(sooner, actor=secretary) == [deferral.item, note]
    carry_on(sooner, note, actor=secretary, at=minutes(1))
    assert items_to_carry_on(sooner, actor=secretary) == [deferral.item]
    assert carried_among([note]).later[note.id]
    assert papers_kept_from(scene.actor("gp"), [deferral.item.id]) == {deferral.item.id}
    assert last_meeting_before(a_meeting(scene.committee, held_on=HELD_ON)) is sooner


def test_an_open_meeting_is_not_called_off(app: Flask) -> None:
    deferral = Deferral(Part.PUBLIC)
    opened(deferral.scene)
    with pytest.raises(RuleBroken, match="was opened"):
        call_off(deferral.first, "Snow", actor=deferral.scene.secretary, at=minutes(5))


def test_whoever_presides_sees_what_was_ruled_when_the_item_was_put_off(deferral: Deferral) -> None:
    second, start = deferral.held(1)
    again = deferral.carried(second, start - timedelta(days=6))
    found = earlier_ruling(again, deferral.scene.gp.id, deferral.scene.committee.id)
    assert found is not None and found.actions == ["A3", "A4"]
    assert earlier_ruling(again, deferral.scene.nurse.id, deferral.scene.committee.id) is None


def test_an_item_that_a_meeting_never_decided_is_offered_too(app: Flask) -> None:
    deferral = Deferral(Part.PUBLIC)
    opened(deferral.scene)
    proceedings.close_meeting(deferral.first, minutes(60), actor=deferral.scene.secretary, at=minutes(60))
    second, _ = deferral.held(1)
    assert deferral.item.state is ItemState.PLANNED
    assert items_to_carry_on(second, actor=deferral.scene.secretary) == [deferral.item]
    assert papers_kept_from(deferral.scene.actor("gp"), [deferral.item.id]) == frozenset()


def test_whatever_was_asked_of_the_committee_an_item_that_nobody_took_is_offered(app: Flask) -> None:
    deferral = Deferral(Part.PUBLIC)
    secretary = deferral.scene.secretary
    talk = an_item(deferral.first, "The winter", purpose=Purpose.DISCUSS)
    opened(deferral.scene)
    proceedings.close_meeting(deferral.first, minutes(60), actor=secretary, at=minutes(60))
    second, start = deferral.held(1)
    assert items_to_carry_on(second, actor=secretary) == [deferral.item, talk]
    again = carry_on(second, talk, actor=secretary, at=start - timedelta(days=6))
    assert items_to_carry_on(second, actor=secretary) == [deferral.item]
    assert carried_among([talk]).later[talk.id] == [again]


def test_the_earlier_papers_follow_and_a_later_ruling_keeps_them_too(deferral: Deferral) -> None:
    scene = deferral.scene
    second, start = deferral.held(1)
    again = deferral.carried(second, start - timedelta(days=6))
    nurse = scene.actor("nurse")
    assert [paper.id for paper in papers_for(nurse, again).earlier] == [deferral.paper.id]
    out = papers_for(scene.actor("gp"), again)
    assert (out.earlier, out.withheld) == ((), 1)
    ruled(scene, again, "nurse", "A3", "A4", at=start - timedelta(days=5))
    assert (papers_for(nurse, again).earlier, papers_for(nurse, again).withheld) == ((), 1)
    with pytest.raises(NotFound):
        paper_of(deferral.paper.id, body_id=scene.body.id, actor=nurse)
    assert paper_of(deferral.paper.id, body_id=scene.body.id, actor=scene.actor("lay")) is deferral.paper


def test_papers_of_a_public_item_that_was_put_off_are_for_everybody_once_the_meeting_closed(app: Flask) -> None:
    deferral = Deferral(Part.PUBLIC)
    deferral.deferred()
    second, start = deferral.held(1)
    again = deferral.carried(second, start - timedelta(days=6))
    assert [paper.id for paper in papers_for(deferral.scene.actor("gp"), again).earlier] == [deferral.paper.id]


def test_what_was_put_off_is_said_on_both_agendas_and_waits_on_the_first_page_until_it_is_carried_on(
    deferral: Deferral,
) -> None:
    scene, at = deferral.scene, minutes(90)
    (waiting,) = [
        each for each in waiting_for(scene.secretary, scene.body.id, at=at) if "no later agenda" in each.sentence
    ]
    assert (waiting.sentence, waiting.endpoint) == (
        "A merger, left open on 10 November 2026, is on no later agenda",
        "meetings.plan",
    )
    second, start = deferral.held(1)
    (waiting,) = [
        each for each in waiting_for(scene.secretary, scene.body.id, at=at) if "no later agenda" in each.sentence
    ]
    assert (waiting.endpoint, waiting.arguments) == ("meetings.add_item", {"meeting_id": second.id})
    again = deferral.carried(second, start - timedelta(days=6))
    assert not [
        each for each in waiting_for(scene.secretary, scene.body.id, at=at) if "no later agenda" in each.sentence
    ]
    assert carried_among(agenda_of(deferral.first)).later == {deferral.item.id: [again]}
    assert carried_among(agenda_of(second)).earlier == {again.id: deferral.item}
