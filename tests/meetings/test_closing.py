"""What is left open when a meeting is about to close: named for each committee, and kept out of final minutes."""

from coi.meetings.closing import not_taken, unresolved
from coi.meetings.minutes.commands import compose_now
from coi.meetings.models import AgendaItem
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.proceedings.vocabulary import OpeningDetails
from coi.meetings.queries import agenda_for, agenda_of
from coi.meetings.recorded_vocabulary import DecisionDetails, MovementDetails
from coi.meetings.vocabulary import Outcome, PresenceKind, PresenceReason
from tests.factories.committees import a_committee, a_member
from tests.factories.meetings import (
    TEN,
    Scene,
    a_declared_interest,
    a_meeting,
    a_nil_return,
    an_item,
    minutes,
    moved,
    opened,
    ruled,
)
from tests.factories.organisations import an_organisation


def said(scene: Scene) -> list[str]:
    assert scene.meeting is not None
    agenda = agenda_of(scene.meeting)
    seen = agenda_for(scene.secretary, agenda).items
    found = unresolved(scene.meeting, scene.body, agenda, seen, known_at=minutes(30))
    return [each.sentence for each in found]


def conflicted_item(scene: Scene) -> AgendaItem:
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    return an_item(scene.meeting, affected=[elm])


def test_what_is_not_settled_and_not_ruled_on_is_listed(scene: Scene) -> None:
    item = conflicted_item(scene)
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    assert said(scene) == [
        f"Item {item.position}, Variation of a contract, is not settled.",
        f"Nobody has ruled on Dr Fay Fenn for item {item.position}.",
    ]


def test_every_committee_of_the_meeting_is_asked_for_its_own_people(scene: Scene) -> None:
    other = a_committee(scene.body, "Community Services Committee", "CSC")
    for who in ("chair", "gp"):
        a_member(other, scene.people[who])
    scene.meeting = a_meeting(scene.committee, other)
    item = conflicted_item(scene)
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    first = scene.committee.name
    assert said(scene)[1:] == [
        f"Nobody has ruled on Dr Fay Fenn for item {item.position}, {first}.",
        f"Nobody has ruled on Dr Fay Fenn for item {item.position}, Community Services Committee.",
    ]
    ruled(scene, item, "gp", "A4", at=minutes(6))
    assert said(scene)[1:] == [
        f"Nobody has ruled on Dr Fay Fenn for item {item.position}, Community Services Committee."
    ]


def test_whoever_stood_down_without_a_recorded_leaving_is_named_and_blocks_the_minutes(scene: Scene) -> None:
    item = conflicted_item(scene)
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    ruled(scene, item, "gp", "A4", at=minutes(6))
    left = moved(scene, "gp", PresenceKind.LEFT, minutes(7), item)
    details = DecisionDetails(Outcome.APPROVED, "The contract is varied", decided_at=minutes(8))
    deciding.take_decision(item, details, actor=scene.secretary, at=minutes(8))
    moved(scene, "gp", PresenceKind.RETURNED, minutes(20), item)
    assert said(scene) == []

    def corrected(when, corrects):
        details = MovementDetails(
            scene.gp.id,
            PresenceKind.LEFT,
            when,
            PresenceReason.CONFLICT,
            item.id,
            "She left later",
            corrects.id,
            is_so=True,
        )
        return proceedings.record_movement(scene.meeting, details, actor=scene.secretary, at=minutes(30))

    later = corrected(minutes(12), left)
    sentence = f"Item {item.position}, Dr Fay Fenn: was to leave, and no leaving before the decision is recorded"
    contradiction = "was in the room at 10:08am by the movements recorded, and was taken to be out of it"
    assert f"{sentence}." in said(scene) and any(contradiction in each for each in said(scene))
    proceedings.close_meeting(scene.meeting, minutes(60), actor=scene.secretary, at=minutes(60))
    assert sentence in [gap.sentence for gap in compose_now(scene.meeting, scene.body)[0].gaps]
    corrected(None, later)
    assert sentence not in [gap.sentence for gap in compose_now(scene.meeting, scene.body)[0].gaps]


def test_whoever_was_out_already_when_the_item_began_needs_no_second_leaving(scene: Scene) -> None:
    item = conflicted_item(scene)
    opened(scene)
    moved(scene, "gp", PresenceKind.LEFT, minutes(2), reason=PresenceReason.OTHER)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    ruled(scene, item, "gp", "A4", at=minutes(6))
    details = DecisionDetails(Outcome.APPROVED, "The contract is varied", decided_at=minutes(8))
    deciding.take_decision(item, details, actor=scene.secretary, at=minutes(8))
    moved(scene, "gp", PresenceKind.RETURNED, minutes(20), reason=PresenceReason.OTHER)
    assert said(scene) == []


def test_a_leaving_that_was_forgotten_can_be_recorded_after_the_close_at_a_time_that_nobody_knows(scene: Scene) -> None:
    a_nil_return(scene.gp)
    item = conflicted_item(scene)
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    proceedings.close_meeting(scene.meeting, minutes(60), actor=scene.secretary, at=minutes(60))
    row = moved(scene, "gp", PresenceKind.LEFT, None, item, at=minutes(90))
    assert row.at is None


def test_whoever_was_expected_and_never_came_is_named_before_the_meeting_closes(scene: Scene) -> None:
    there = frozenset(scene.people[who].id for who in scene.members if who != "lay")
    assert scene.meeting is not None
    proceedings.open_meeting(scene.meeting, OpeningDetails(TEN, there), actor=scene.secretary, at=TEN)
    name = scene.people["lay"].name
    assert f"{name} was expected, and is recorded neither as having come nor with apologies." in said(scene)


def test_the_standing_items_that_nobody_took_are_named(scene: Scene) -> None:
    opened(scene)
    items = agenda_of(scene.meeting)
    standing = [item for item in items if item.standing is not None]
    assert standing
    assert not_taken(items) == standing
    proceedings.open_item(standing[0], actor=scene.secretary, at=minutes(5))
    assert not_taken(items) == standing[1:]
