"""An item that one meeting left open and a later one took up: it is not decided twice unseen, and what is missing is remarked."""

from datetime import timedelta

import pytest

from coi.errors import RuleBroken
from coi.meetings.minutes.commands import compose_now
from coi.meetings.models import AgendaItem
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings.decision_commands import defer_item, record_irregular, take_decision
from coi.meetings.proceedings.queries import room_of
from coi.meetings.recorded_vocabulary import DecisionDetails
from coi.meetings.vocabulary import Outcome
from tests.factories.meetings import Scene, a_meeting, an_item, minutes, opened

LATER = 28 * 24 * 60
APPROVED = DecisionDetails(Outcome.APPROVED, "The variation.", decided_at=minutes(30))


@pytest.fixture
def left_open(scene: Scene) -> AgendaItem:
    """An item that a meeting began and did not settle before it closed."""
    found = an_item(scene.meeting)
    opened(scene)
    proceedings.open_item(found, actor=scene.secretary, at=minutes(5))
    proceedings.close_meeting(scene.meeting, minutes(60), actor=scene.secretary, at=minutes(60))
    return found


@pytest.fixture
def again(scene: Scene, left_open: AgendaItem) -> AgendaItem:
    """The same item, begun at a later meeting."""
    scene.meeting = a_meeting(scene.committee, held_on=scene.meeting.held_on + timedelta(days=28))
    found = an_item(scene.meeting, left_open.title)
    found.continues_id = left_open.id
    opened(scene, at=minutes(LATER))
    return found


def decided(scene: Scene, item: AgendaItem, minute: int) -> None:
    details = DecisionDetails(Outcome.NOT_APPROVED, "The variation.", decided_at=minutes(minute))
    take_decision(item, details, actor=scene.secretary, at=minutes(LATER + 30))


def test_what_a_later_meeting_has_decided_is_decided_late_at_an_earlier_one_only_with_an_explanation(
    scene: Scene, left_open: AgendaItem, again: AgendaItem
) -> None:
    decided(scene, again, LATER + 20)
    said = f"The meeting {scene.meeting.reference} has decided this item already."
    with pytest.raises(RuleBroken, match=said) as broken:
        take_decision(left_open, APPROVED, actor=scene.secretary, at=minutes(LATER + 40))
    assert f"Correct the record of {scene.meeting.reference}, if that is what is wrong" in broken.value.options
    details = DecisionDetails(
        Outcome.APPROVED, "The variation.", decided_at=minutes(30), explanation="It was forgotten"
    )
    row = record_irregular(left_open, details, actor=scene.secretary, at=minutes(LATER + 40))
    assert row.irregular_because == [said]


def test_what_an_earlier_meeting_decided_and_recorded_late_is_not_decided_again_unseen(
    scene: Scene, left_open: AgendaItem, again: AgendaItem
) -> None:
    take_decision(left_open, APPROVED, actor=scene.secretary, at=minutes(LATER + 10))
    with pytest.raises(RuleBroken, match="has decided this item already") as broken:
        decided(scene, again, LATER + 20)
    assert "Note the item: it is decided" in broken.value.options


def test_an_item_that_is_begun_before_its_earlier_meeting_settled_it_says_so_until_that_is_recorded(
    scene: Scene, left_open: AgendaItem, again: AgendaItem
) -> None:
    (note,) = room_of(again, known_at=minutes(LATER + 5)).verdict.notes
    assert f"The record of the meeting {left_open.meeting.reference}" in note
    assert "says nothing of what came of it" in note
    proceedings.open_item(again, actor=scene.secretary, at=minutes(LATER + 6))
    assert "had begun this item and not settled it." in str(compose_now(scene.meeting, scene.body)[0].document)
    defer = {"actor": scene.secretary, "at": minutes(LATER + 10), "when": minutes(30)}
    defer_item(left_open, "Too late", **defer)
    assert room_of(again, known_at=minutes(LATER + 15)).verdict.notes == ()
