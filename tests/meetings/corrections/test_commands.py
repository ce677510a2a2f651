"""Correcting what was recorded of an item: what it said before stays, and minutes, story and quorum follow."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.assurance.queries import story_facts
from coi.assurance.story import compose
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.jobs.models import Job
from coi.meetings.corrections.commands import correct_decision
from coi.meetings.corrections.handover_commands import correct_handover
from coi.meetings.corrections.vocabulary import CorrectedHandover, CorrectionDetails
from coi.meetings.minutes import commands as minutes_commands
from coi.meetings.minutes.commands import Confirmation, compose_now
from coi.meetings.models import AgendaItem, Decision, QuorumSnapshot, Vote
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings.decision_commands import defer_item, defer_untaken, record_irregular, take_decision
from coi.meetings.proceedings.vocabulary import HandoverDetails, OpeningDetails
from coi.meetings.recorded_vocabulary import DecisionDetails, MovementDetails, Presided
from coi.meetings.vocabulary import Cast, CastingVote, ItemState, Method, Outcome, PresenceKind
from tests.factories.meetings import (
    Scene,
    a_declared_interest,
    a_meeting,
    an_item,
    minutes,
    moved,
    opened,
    ruled,
    takes_earlier_minutes,
)
from tests.factories.organisations import an_organisation

APPROVED = DecisionDetails(Outcome.APPROVED, "The variation.", decided_at=minutes(30))
WHY = CorrectionDetails("A slip of the pen", 0)


@pytest.fixture
def item(scene: Scene) -> AgendaItem:
    found = an_item(scene.meeting, affected=["Elm Surgery"])
    opened(scene)
    return found


def decided(scene: Scene, item: AgendaItem, details: DecisionDetails = APPROVED) -> Decision:
    return take_decision(item, details, actor=scene.secretary, at=minutes(31))


def corrected(
    scene: Scene, decision: Decision, details: DecisionDetails, why: CorrectionDetails = WHY, at: int = 40
) -> Decision:
    return correct_decision(decision, details, why, actor=scene.secretary, at=minutes(at))


def voted(scene: Scene, **sides: Cast) -> DecisionDetails:
    votes = tuple((scene.people[who].id, cast) for who, cast in sides.items())
    return replace(APPROVED, method=Method.VOTE, votes=votes)


def text_of(scene: Scene) -> str:
    return str(compose_now(scene.meeting, scene.body)[0].document)


def test_the_minutes_and_the_story_tell_what_is_right_now_what_stood_there_who_corrected_it_and_why(
    scene: Scene, item: AgendaItem
) -> None:
    decision = corrected(scene, decided(scene, item), replace(APPROVED, text="The merger."))
    said = text_of(scene)
    assert "approved: The merger." in said
    assert "Corrected on 10 November 2026, 10:40am, by Sam Scribe. Reason: A slip of the pen." in said
    assert "Recorded before: Approved: The variation. Decided by consensus at 10:30am, Mrs Ann Ashby presided." in said
    told = compose(story_facts(item, actor=scene.secretary, known_at=minutes(50)))
    lines = [line for chapter in told.chapters for line in chapter.lines if line.seq is not None]
    was, taken, why = (
        next(line for line in lines if words in line.sentence)
        for words in ("at first was", "approved it", "by Sam Scribe")
    )
    assert "Approved: The variation." in was.details and why.details[0] == f"Recorded before (ledger entry {was.seq}):"
    assert (taken.seq, was.seq) == (why.seq, min(was.seq, why.seq)) and was.seq != why.seq
    assert decision.snapshot is not None and decision.snapshot.replaced_at is None  # the words alone changed


def test_the_minutes_tell_of_a_correction_of_an_item_that_nobody_began(scene: Scene, item: AgendaItem) -> None:
    defer_untaken(item, minutes(35), actor=scene.secretary, at=minutes(35))
    (decision,) = db.session.scalars(sa.select(Decision).where(Decision.item_id == item.id))
    details = DecisionDetails(
        Outcome.DEFERRED, "The author was ill.", decided_at=decision.decided_at, presided=Presided(None)
    )
    corrected(scene, decision, details)
    assert "Reason: A slip of the pen. Recorded before: Deferred: It was not taken before" in text_of(scene)


def test_another_outcome_is_asked_again_what_stood_against_it_and_takes_the_quorum_of_its_moment(
    scene: Scene, item: AgendaItem
) -> None:
    deferred = defer_item(item, "Too late", actor=scene.secretary, at=minutes(20))
    before = deferred.snapshot
    moved(scene, "gp", PresenceKind.LEFT, minutes(25))
    decision = corrected(scene, deferred, APPROVED)
    assert item.state is ItemState.DECIDED
    assert not decision.is_irregular
    assert before is not None and before.replaced_at == minutes(40)
    assert decision.snapshot is not None and str(scene.gp.id) not in decision.snapshot.present
    assert before.searched_words and decision.snapshot.searched_words == before.searched_words, (
        "a correction searches nothing"
    )
    assert "deferred the item" not in text_of(scene)
    assert len(db.session.scalars(sa.select(QuorumSnapshot).where(QuorumSnapshot.item_id == item.id)).all()) == 2


def test_votes_are_kept_or_replaced_as_they_are_sent_and_none_is_erased(scene: Scene, item: AgendaItem) -> None:
    everybody = dict.fromkeys(scene.members, Cast.FOR)
    decision = decided(scene, item, voted(scene, **everybody))
    corrected(scene, decision, voted(scene, **{**everybody, "nurse": Cast.ABSTAINED}))
    assert decision.arithmetic.endswith("6 for, 1 abstained")
    corrected(scene, decision, APPROVED, replace(WHY, seen=1), at=41)
    assert decision.votes == []
    every = db.session.scalars(sa.select(Vote).where(Vote.decision_id == decision.id)).all()
    assert len(every) == 7
    assert all(vote.struck_at == minutes(41) for vote in every)


def test_a_correction_of_votes_asks_nothing_new_of_the_function_and_a_deferral_that_becomes_a_decision_does(
    scene: Scene, item: AgendaItem
) -> None:
    """Rule: PCCC-05."""
    everybody = dict.fromkeys(scene.members, Cast.FOR)
    decision = decided(scene, item, voted(scene, **everybody))
    item.function_code = "capital_expenditure"
    db.session.flush()
    corrected(scene, decision, voted(scene, **{**everybody, "nurse": Cast.ABSTAINED}))
    assert not decision.is_irregular
    corrected(
        scene,
        decision,
        DecisionDetails(Outcome.DEFERRED, "Too late", decided_at=minutes(31)),
        replace(WHY, seen=1),
        at=41,
    )
    with pytest.raises(RuleBroken, match="NHS England decides on this"):
        corrected(scene, decision, APPROVED, replace(WHY, seen=2), at=42)


def test_what_stood_against_the_corrected_decision_needs_an_explanation_and_opens_a_suspected_breach(
    scene: Scene, item: AgendaItem
) -> None:
    moved(scene, "gp", PresenceKind.LEFT, minutes(10))
    decision = decided(scene, item)
    everybody = voted(scene, **dict.fromkeys(scene.members, Cast.FOR))
    with pytest.raises(RuleBroken, match="Dr Fay Fenn voted and was not entitled to") as broken:
        corrected(scene, decision, everybody)
    assert broken.value.field == "explanation"
    corrected(scene, decision, replace(everybody, explanation="She voted by phone"))
    assert decision.is_irregular
    assert db.session.scalars(sa.select(Job).where(Job.kind == "breaches.open")).one().payload["subject"] == str(
        decision.id
    )


def test_what_was_irregular_by_mistake_is_in_order_once_the_movement_is_corrected(scene: Scene, app: Flask) -> None:
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm])
    opened(scene)
    ruled(scene, item, "gp", "A4", at=minutes(10))
    details = replace(APPROVED, explanation="She stayed")
    decision = record_irregular(item, details, actor=scene.secretary, at=minutes(31))
    left = MovementDetails(
        scene.gp.id, PresenceKind.LEFT, minutes(20), item_id=item.id, note="She had left", is_so=True
    )
    proceedings.record_movement(scene.meeting, left, actor=scene.secretary, at=minutes(35))
    corrected(scene, decision, replace(APPROVED, method=Method.VOTE, votes=tuple(
        (scene.people[who].id, Cast.FOR) for who in scene.members if who != "gp"
    )))  # fmt: skip
    assert not decision.is_irregular
    assert "It was irregular: Dr Fay Fenn was ruled out" in text_of(scene)


def test_the_casting_vote_stays_as_it_was_recorded_and_who_presided_can_be_corrected(
    scene: Scene, item: AgendaItem
) -> None:
    moved(scene, "gp", PresenceKind.LEFT, minutes(10))
    sides = {"chair": Cast.FOR, "vice": Cast.FOR, "lay": Cast.FOR}
    tied = voted(scene, **sides, finance=Cast.AGAINST, nurse=Cast.AGAINST, other_gp=Cast.AGAINST)
    tied = replace(tied, casting=CastingVote.FOR)
    decision = decided(scene, item, tied)
    corrected(scene, decision, replace(tied, text="The merger."))
    assert decision.arithmetic.endswith("casting vote for")
    vice = replace(tied, presided=Presided(scene.vice.id))
    corrected(scene, decision, vice, replace(WHY, seen=1), at=41)
    assert decision.presiding_id == scene.vice.id
    assert [vote.person_id for vote in decision.votes if vote.is_casting] == [scene.vice.id]


@pytest.mark.parametrize(
    ("details", "why", "field"),
    [
        (APPROVED, WHY, "text"),
        (replace(APPROVED, text="The merger."), CorrectionDetails(" ", 0), "because"),
        (replace(APPROVED, text=" "), WHY, "text"),
        (replace(APPROVED, outcome=Outcome.REFERRED), WHY, "referred_to"),
        (replace(APPROVED, decided_at=minutes(-10)), WHY, "decided_at"),
        (replace(APPROVED, decided_at=minutes(50)), WHY, "decided_at"),
    ],
)
def test_a_correction_says_what_is_wrong_with_it(
    scene: Scene, item: AgendaItem, details: DecisionDetails, why: CorrectionDetails, field: str
) -> None:
    decision = decided(scene, item)
    with pytest.raises(RuleBroken) as broken:
        corrected(scene, decision, details, why)
    assert broken.value.field == field


def test_two_who_correct_the_same_are_told_of_each_other(scene: Scene, item: AgendaItem) -> None:
    decision = decided(scene, item)
    corrected(scene, decision, replace(APPROVED, text="The merger."))
    with pytest.raises(EditConflict):
        corrected(scene, decision, replace(APPROVED, text="The closure."), at=41)


def test_confirmed_minutes_are_corrected_at_a_later_meeting(scene: Scene, item: AgendaItem) -> None:
    decision = decided(scene, item)
    proceedings.close_meeting(scene.meeting, minutes(40), actor=scene.secretary, at=minutes(40))
    minutes_commands.draft_minutes(scene.meeting, scene.body, actor=scene.secretary, at=minutes(45))
    corrected(scene, decision, replace(APPROVED, text="The merger."), at=50)  # until then it can be corrected
    first, scene.meeting = scene.meeting, a_meeting(scene.committee, held_on=scene.meeting.held_on + timedelta(days=7))
    later = opened(scene, at=minutes(7 * 24 * 60))
    takes_earlier_minutes(later, scene.secretary, minutes(7 * 24 * 60))
    confirmation = Confirmation(later, scene.chair)
    minutes_commands.confirm_minutes(
        first, scene.body, confirmation, actor=scene.secretary, at=minutes(7 * 24 * 60 + 5)
    )
    with pytest.raises(RuleBroken, match="confirmed") as broken:
        corrected(scene, decision, APPROVED, replace(WHY, seen=1), at=7 * 24 * 60 + 6)
    assert broken.value.options == ("Put the correction to a later meeting: the minutes of that meeting record it",)


def test_the_time_of_a_handover_is_corrected_within_the_meeting(scene: Scene, item: AgendaItem) -> None:
    details = HandoverDetails(scene.vice.id, minutes(20))
    row = proceedings.hand_over_chair(item, details, actor=scene.secretary, at=minutes(20))
    actor = scene.secretary
    with pytest.raises(RuleBroken, match="after the meeting was opened"):
        correct_handover(row, CorrectedHandover(minutes(-5), None), WHY, actor=actor, at=minutes(40))
    with pytest.raises(RuleBroken, match="after the chair was handed over"):
        correct_handover(row, CorrectedHandover(minutes(20), minutes(15)), WHY, actor=actor, at=minutes(40))
    correct_handover(row, CorrectedHandover(minutes(15), minutes(25)), WHY, actor=actor, at=minutes(40))
    said = text_of(scene)
    assert "took the chair from Mrs Ann Ashby at 10:15am" in said
    assert "The chair went back at 10:25am." in said
    assert "Recorded before: Mr Bob Birch took the chair at 10:20am." in said


def test_who_took_the_chair_is_corrected_and_minutes_stay_a_draft_while_the_decision_says_otherwise(
    scene: Scene, item: AgendaItem
) -> None:
    actor, handed = scene.secretary, HandoverDetails(scene.vice.id, minutes(20), "The chair is a partner")
    row = proceedings.hand_over_chair(item, handed, actor=actor, at=minutes(20))
    decision = decided(scene, item)
    same = CorrectedHandover(minutes(20), None, scene.vice.id, "The chair is a partner")
    with pytest.raises(RuleBroken, match="Nothing is changed"):
        correct_handover(row, same, WHY, actor=actor, at=minutes(40))
    with pytest.raises(RuleBroken, match="Select somebody else"):
        correct_handover(row, replace(same, to_person_id=scene.chair.id), WHY, actor=actor, at=minutes(40))
    correct_handover(row, replace(same, to_person_id=scene.lay.id), WHY, actor=actor, at=minutes(40))
    said = text_of(scene)
    assert "Ms Cat Cole took the chair from Mrs Ann Ashby at 10:20am as presiding by agreement" in said
    assert "Recorded before: Mr Bob Birch took the chair at 10:20am. The reason was: The chair is a partner." in said
    gap = (
        f"Item {item.position}: By the record of the decision Mr Bob Birch presided at 10:30am. By the record of the handover Ms Cat Cole "
        "was in the chair then. Correct the handover, or the record of the item"
    )
    assert gap in [each.sentence for each in compose_now(scene.meeting, scene.body)[0].gaps]
    corrected(scene, decision, replace(APPROVED, presided=Presided(scene.lay.id)))
    assert gap not in [each.sentence for each in compose_now(scene.meeting, scene.body)[0].gaps]


@pytest.mark.parametrize("is_settled", [True, False])
def test_a_deferral_that_a_later_meeting_took_up_becomes_a_decision_with_an_explanation_alone(
    scene: Scene, item: AgendaItem, is_settled: bool
) -> None:
    deferred = defer_item(item, "Too late", actor=scene.secretary, at=minutes(20))
    later = a_meeting(scene.committee, held_on=scene.meeting.held_on + timedelta(days=28))
    again = an_item(later, item.title)
    again.continues_id = item.id
    start = minutes(0) + timedelta(days=28)
    there = frozenset(person.id for person in scene.people.values())
    proceedings.open_meeting(
        later, OpeningDetails(start, there, frozenset(), frozenset()), actor=scene.secretary, at=start
    )
    if is_settled:
        take_decision(again, DecisionDetails(Outcome.APPROVED, "Yes"), actor=scene.secretary, at=start)
    refused = replace(APPROVED, outcome=Outcome.NOT_APPROVED)
    after = 60 * 24 * 29
    with pytest.raises(RuleBroken, match="has taken this item up") as broken:
        corrected(scene, deferred, refused, at=after)
    assert broken.value.field == "explanation"
    with pytest.raises(RuleBroken, match="has taken this item up"):
        corrected(scene, deferred, replace(refused, outcome=Outcome.NOTED), at=after)
    done = corrected(scene, deferred, replace(refused, explanation="Both were said"), at=after)
    assert "has taken this item up" in done.irregular_because[-1]
