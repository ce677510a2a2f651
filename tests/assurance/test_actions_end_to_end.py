"""Each action of the closed list from the ruling to the minutes and the story: papers, presence, quorum, vote and two sentences say
the same thing. Rule: MTG-08; RULEBOOK §10.4; DESIGN §4.9."""

from dataclasses import dataclass

import pytest
from flask import Flask

from coi.assurance import queries
from coi.assurance.story import compose
from coi.documents.vocabulary import text_of
from coi.meetings.minutes.commands import compose_now
from coi.meetings.models import AgendaItem
from coi.meetings.papers.queries import papers_for
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.proceedings.queries import decisions_of, room_of
from coi.meetings.recorded_vocabulary import DecisionDetails
from coi.meetings.vocabulary import Outcome, PresenceKind
from coi.permissions.vocabulary import Role
from tests.factories.meetings import (
    Scene,
    a_declared_interest,
    a_scene,
    an_actor,
    an_item,
    minutes,
    moved,
    opened,
    ruled,
)
from tests.factories.organisations import an_organisation
from tests.factories.papers import a_paper

IN, OUT = "was in the room", "was not in the room"


@dataclass(frozen=True)
class Expected:
    """What has to follow from a ruling on a GP."""

    codes: tuple[str, ...]
    papers: bool
    leaves: bool
    counts: bool
    votes: bool
    ruled: str  # in the minutes
    lost: str  # in the story


CASES = [
    Expected(
        ("A2",), False, True, False, False, "Dr Fay Fenn was asked not to attend for item",
        "Dr Fay Fenn could not join the discussion.",
    ),
    Expected(
        ("A3", "A4"), False, True, False, False, "The papers for item", "Dr Fay Fenn could not join the discussion."
    ),
    Expected(
        ("A4",), True, True, False, False, "Dr Fay Fenn was asked to leave for the discussion and the decision",
        "Dr Fay Fenn could not join the discussion.",
    ),
    Expected(
        ("A5",), True, True, False, False, "Dr Fay Fenn was asked to join the discussion of item",
        "Dr Fay Fenn could join the discussion before leaving.",
    ),
    Expected(
        ("A6",), True, False, True, True, "was noted as not material to item",
        "Nothing. No clinical member was sent out for this item.",
    ),
    Expected(
        ("S1",), True, False, False, False, "was allowed to stay and discuss item",
        "Nothing. No clinical member was sent out for this item.",
    ),
]  # fmt: skip


@pytest.fixture(params=[True, False], ids=["voting", "without a vote"])
def scene(app: Flask, request: pytest.FixtureRequest) -> Scene:
    return a_scene(gps_vote=request.param)


def settled(scene: Scene, expected: Expected) -> AgendaItem:
    """An item from ruling to decision, with the GP leaving where the ruling says so."""
    practice = an_organisation("Larkfield Surgery")
    a_declared_interest(scene.gp, practice)
    item = an_item(scene.meeting, "Variation of a contract", [practice])
    a_paper(item)
    ruled(scene, item, "gp", *expected.codes, rationale="Considered by the chair", guardian=True)
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    if expected.leaves:
        moved(scene, "gp", PresenceKind.LEFT, minutes(6), item)
    details = DecisionDetails(Outcome.APPROVED, "It is approved", decided_at=minutes(9))
    deciding.take_decision(item, details, actor=scene.secretary, at=minutes(9))
    return item


@pytest.mark.parametrize("expected", CASES, ids=lambda each: "+".join(each.codes))
def test_papers_presence_quorum_vote_minutes_and_story_follow_the_action(scene: Scene, expected: Expected) -> None:
    item = settled(scene, expected)
    gp = str(scene.gp.id)
    votes = {seat.person: seat.voting for seat in room_of(item, known_at=minutes(9)).seats}[gp]
    room = room_of(item, known_at=minutes(9), moment=minutes(9))
    seen = papers_for(an_actor(scene.gp, scene.body, Role.MEMBER), item)
    assert bool(seen.papers) is expected.papers
    assert (gp in room.in_the_meeting) is not expected.leaves
    assert (gp in {seat.person for seat in room.entitled}) is (expected.votes and votes)
    snapshot = decisions_of(item.id)[0].snapshot
    assert (gp in {person for _name, _slot, person in snapshot.counted}) is (expected.counts and votes)

    text = text_of(compose_now(scene.meeting, scene.body)[0].document)
    assert expected.ruled in text
    assert f"Dr Fay Fenn {OUT if expected.leaves else IN} when the item was decided" in text
    took = "took part in" if expected.votes and votes else "took no part in"
    count = "was counted" if expected.counts and votes else "was not counted"
    assert f"{took} the decision and {count} towards the quorum" in text
    assert ("Dr Fay Fenn (GP)" in snapshot.clinical_words) is not expected.leaves

    lay = an_actor(scene.lay, scene.body, Role.LAY_MEMBER)
    story = compose(queries.story_facts(item, actor=lay, known_at=minutes(20)))
    answers = {each.question: each for each in story.answers}
    lost = answers["What did we lose by sending people out?"]
    assert expected.lost in (lost.sentence, *lost.details)
    assert ("Dr Fay Fenn (GP)" in lost.details[0]) is not expected.leaves
    told = " ".join(line for each in story.answers for line in (each.sentence, *each.details))
    assert "stood down" not in told
    assert "Left out of this count: Dr Fay Fenn." in told
