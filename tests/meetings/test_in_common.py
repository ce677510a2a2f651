"""Committees in common: one meeting, and each committee rules, presides, counts and decides for itself (RULEBOOK §11.3)."""

from datetime import timedelta

import pytest
from flask import Flask

from coi.assurance.queries import story_facts
from coi.assurance.story import compose as story_of
from coi.committees.models import Committee
from coi.committees.vocabulary import MemberClass, Office
from coi.documents.vocabulary import text_of
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.conflicts import flag_commands
from coi.meetings.conflicts.queries import conflicts_at, frozen_flags
from coi.meetings.conflicts.vocabulary import RaisedDetails
from coi.meetings.minutes import commands as minuting
from coi.meetings.minutes.content import as_document
from coi.meetings.models import AgendaItem
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.proceedings.chair_queries import handover_to_return
from coi.meetings.proceedings.queries import room_of
from coi.meetings.proceedings.vocabulary import HandoverDetails, OpeningDetails
from coi.meetings.recorded_vocabulary import DecisionDetails, MeetingDeclarationDetails, RulingDetails
from coi.meetings.vocabulary import DeclaredPoint, FlagState, ItemState, Outcome, PresenceKind
from coi.permissions.vocabulary import Role
from tests.factories.committees import a_committee, a_member
from tests.factories.meetings import (
    HELD_ON,
    TEN,
    Scene,
    a_declared_interest,
    a_meeting,
    a_nil_return,
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

FIRST, SECOND = "Primary Care Commissioning Committee", "Community Services Committee"


class Common:
    """Two committees in common. The GP sits on both; the other GP on the first alone; the second has a chair of its own."""

    def __init__(self) -> None:
        self.scene: Scene = a_scene()
        self.second: Committee = a_committee(self.scene.body, SECOND, "CSC")
        host = a_person("Mrs Hope Hart")
        self.scene.people["host"] = host
        a_nil_return(host)
        a_member(self.second, host, office=Office.CHAIR)
        a_member(self.second, self.scene.vice, office=Office.VICE_CHAIR)
        a_member(self.second, self.scene.lay)
        a_member(self.second, self.scene.finance, MemberClass.EXECUTIVE)
        a_member(self.second, self.scene.nurse, MemberClass.NURSE)
        a_member(self.second, self.scene.gp, MemberClass.GP, voting=False)
        self.scene.members = (*self.scene.members, "host")
        self.scene.meeting = a_meeting(self.scene.committee, self.second)
        self.practice = an_organisation("Larkfield Surgery")
        a_declared_interest(self.scene.gp, self.practice)
        a_declared_interest(self.scene.other_gp, self.practice)
        self.item: AgendaItem = an_item(self.scene.meeting, "A shared service", [self.practice])

    def begun(self) -> None:
        opened(self.scene)
        proceedings.open_item(self.item, actor=self.scene.secretary, at=minutes(5))

    def second_rules(self, who: str, *actions: str, at: int = 6) -> None:
        details = RulingDetails(
            actions,
            "Immaterial because the service is elsewhere",
            self.scene.host.id,
            True,
            magnitude="About £300 a year",
        )
        conflicts.rule_on_conflict(
            self.item, self.scene.people[who].id, details, actor=self.scene.actor("host", Role.CHAIR),
            at=minutes(at), committee_id=self.second.id,
        )  # fmt: skip

    def declares(self, who: str) -> None:
        said = MeetingDeclarationDetails(
            self.scene.people[who].id, DeclaredPoint.AT_ITEM, "My practice", self.item.id, None, minutes(5)
        )
        conflicts.declare_at_meeting(self.scene.meeting, said, actor=self.scene.secretary, at=minutes(5))

    def first_approves(self) -> None:
        """The first committee sends both GPs out and approves."""
        for who in ("gp", "other_gp"):
            self.declares(who)
            ruled(self.scene, self.item, who, "A4", at=minutes(6))
            moved(self.scene, who, PresenceKind.LEFT, minutes(7), self.item)
        details = DecisionDetails(Outcome.APPROVED, "The service is shared", decided_at=minutes(10))
        deciding.take_decision(
            self.item, details, actor=self.scene.secretary, at=minutes(10), committee_id=self.scene.committee.id
        )


@pytest.fixture
def common(app: Flask) -> Common:
    return Common()


def test_each_committee_rules_on_its_own_people_and_on_whoever_nobody_ruled_on(common: Common) -> None:
    scene, item = common.scene, common.item
    common.begun()

    def waiting(committee: Committee) -> list[str]:
        known = conflicts_at(scene.meeting, known_at=minutes(8), items=[item])
        return [each.name for each in known.waiting(item.id, committee.id)]

    assert waiting(scene.committee) == waiting(common.second) == [scene.gp.name, scene.other_gp.name]
    ruled(scene, item, "other_gp", "A4", at=minutes(6))
    assert (waiting(scene.committee), waiting(common.second)) == ([scene.gp.name], [scene.gp.name])
    common.second_rules("gp", "A6")
    assert (waiting(scene.committee), waiting(common.second)) == ([scene.gp.name], [])


def test_the_chair_of_one_committee_is_handed_over_and_returned_without_the_other(common: Common) -> None:
    scene, item = common.scene, common.item
    common.begun()
    details = HandoverDetails(scene.vice.id, minutes(6), "The chair has another duty")
    proceedings.hand_over_chair(item, details, actor=scene.secretary, at=minutes(6), committee_id=common.second.id)
    rooms = {
        each.id: room_of(item, known_at=minutes(7), committee_id=each.id) for each in (scene.committee, common.second)
    }
    assert [each.is_handed_over for each in rooms.values()] == [False, True]
    assert rooms[scene.committee.id].in_the_chair == str(scene.chair.id)
    assert rooms[common.second.id].in_the_chair == str(scene.vice.id)
    with pytest.raises(NotFound):
        handover_to_return(item, scene.committee.id)
    proceedings.return_chair(
        handover_to_return(item, common.second.id), minutes(8), actor=scene.secretary, at=minutes(8)
    )
    assert not room_of(item, known_at=minutes(9), committee_id=common.second.id).is_handed_over


def test_what_one_committee_decided_with_stays_frozen_for_the_other(common: Common) -> None:
    scene, item = common.scene, common.item
    common.begun()
    common.first_approves()
    frozen = {row.id: (row.level, row.path, row.state) for row in frozen_flags(item.id)}
    assert {row[2] for row in frozen.values()} == {FlagState.CONFIRMED}
    flag = next(
        each
        for each in conflicts_at(scene.meeting, known_at=minutes(11), items=[item]).flags[item.id]
        if each.person_id == scene.gp.id
    )
    host = scene.actor("host", Role.CHAIR)
    for refused in (
        lambda: flag_commands.dismiss_flag(
            item, flag, "Elsewhere", actor=host, at=minutes(11), committee_id=common.second.id
        ),
        lambda: flag_commands.confirm_flag(item, flag, actor=host, at=minutes(11), committee_id=common.second.id),
    ):
        with pytest.raises(RuleBroken, match="Another committee settled this item"):
            refused()
    common.second_rules("gp", "A6", at=12)
    assert {row.id: (row.level, row.path, row.state) for row in frozen_flags(item.id)} == frozen


def test_the_chair_of_the_other_committee_disposes_of_a_flag_before_anybody_decided(common: Common) -> None:
    scene, item = common.scene, common.item
    common.begun()
    raised = flag_commands.raise_flag(
        item, RaisedDetails(scene.nurse.id, "Works there"), actor=scene.secretary, at=minutes(6)
    )
    flag = next(
        each
        for each in conflicts_at(scene.meeting, known_at=minutes(6), items=[item]).flags[item.id]
        if each.flag_id == raised.id
    )
    host = scene.actor("host", Role.CHAIR)
    with pytest.raises(RuleBroken):
        flag_commands.dismiss_flag(item, flag, "Not so", actor=host, at=minutes(7))
    row = flag_commands.dismiss_flag(item, flag, "Not so", actor=host, at=minutes(7), committee_id=common.second.id)
    assert row.state is FlagState.DISMISSED


def test_one_committee_approves_and_the_other_defers_to_confirmed_minutes(common: Common) -> None:
    scene, item = common.scene, common.item
    common.begun()
    common.first_approves()
    assert item.state is ItemState.OPEN
    moved(scene, "gp", PresenceKind.RETURNED, minutes(11), item)
    common.second_rules("gp", "A6", at=12)
    deciding.defer_item(
        item, "The second committee wants figures", actor=scene.secretary, at=minutes(15), committee_id=common.second.id
    )
    assert item.state is ItemState.DECIDED
    moved(scene, "other_gp", PresenceKind.RETURNED, minutes(20), item)
    proceedings.close_meeting(scene.meeting, minutes(60), actor=scene.secretary, at=minutes(60))
    minuting.draft_minutes(scene.meeting, scene.body, actor=scene.secretary, at=minutes(70))
    text = _confirmed(common)

    assert f"RESOLVED: {FIRST} approved: The service is shared." in text
    assert f"{SECOND} deferred the item: The second committee wants figures." in text
    assert f"For {FIRST}: Mrs Ann Ashby, the Chair, ruled" in text
    assert f"For {SECOND}: Mrs Hope Hart, the Chair, ruled" in text
    assert (
        f"Dr Fay Fenn was not in the room when {FIRST} decided the item, took no part in the decision and was not "
        "counted towards the quorum." in text
    )
    other = text[text.index("Dr Guy Gorse has a conflict of interest in this item") :].split("\nDr Fay")[0]
    assert f"For {SECOND}" not in other.split("RESOLVED")[0]
    assert text.count("has a conflict of interest in this item") == 2
    assert f"{SECOND} decided the item" not in text


def test_the_story_tells_each_committee_apart(common: Common) -> None:
    scene, item = common.scene, common.item
    common.begun()
    common.first_approves()
    details = HandoverDetails(scene.vice.id, minutes(11), "The chair has another duty")
    proceedings.hand_over_chair(item, details, actor=scene.secretary, at=minutes(11), committee_id=common.second.id)
    story = story_of(story_facts(item, actor=scene.actor("lay", Role.LAY_MEMBER), known_at=minutes(20)))
    lines = [line.sentence for chapter in story.chapters for line in chapter.lines]
    answers = {each.question: each for each in story.answers}
    assert f"No ruling of {SECOND} on Dr Fay Fenn is recorded." in lines
    assert not any("Dr Guy Gorse is recorded" in line and SECOND in line for line in lines)
    assert f"No decision of {SECOND} is recorded." in lines
    assert any(line.startswith(f"Mr Bob Birch took the chair of {SECOND} from Mrs Hope Hart") for line in lines)
    room = answers["Who is in the room?"]
    assert room.sentence == f"When {FIRST} settled the item, nobody with an interest in it was in the room."
    assert f"Dr Fay Fenn was out of the room for {FIRST}." in room.details


def _confirmed(common: Common) -> str:
    scene = common.scene
    later = a_meeting(scene.committee, held_on=HELD_ON + timedelta(days=28))
    start = TEN + timedelta(days=28)
    there = frozenset(scene.people[key].id for key in scene.members)
    proceedings.open_meeting(
        later, OpeningDetails(start, there - {scene.host.id}, frozenset(), frozenset()), actor=scene.secretary, at=start
    )
    takes_earlier_minutes(later, scene.secretary, start)
    confirmation = minuting.Confirmation(later, scene.chair)
    final = minuting.confirm_minutes(scene.meeting, scene.body, confirmation, actor=scene.secretary, at=start)
    return text_of(as_document(final.content["whole"]))
