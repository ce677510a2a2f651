"""Scenario 50 of RULEBOOK §23: somebody refuses to leave, or disputes the ruling on them."""

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.database import db
from coi.errors import RuleBroken
from coi.handlers import job_handlers
from coi.jobs.models import Job
from coi.jobs.vocabulary import JobContext
from coi.meetings.disputes.commands import record_dispute, strike_out_dispute
from coi.meetings.disputes.models import RulingDispute
from coi.meetings.disputes.vocabulary import DisputeDetails, DisputeKind, Response
from coi.meetings.minutes.commands import compose_now
from coi.meetings.models import AgendaItem
from coi.meetings.proceedings.decision_commands import record_irregular, take_decision
from coi.meetings.proceedings.queries import room_of
from coi.meetings.recorded_vocabulary import DecisionDetails
from coi.meetings.vocabulary import Cast, Method, Outcome, PresenceKind
from coi.registers.breaches.models import Breach
from coi.registers.breaches.vocabulary import BreachKind
from tests.factories.meetings import Scene, a_declared_interest, an_item, minutes, moved, opened, ruled
from tests.factories.organisations import an_organisation

SAID = "I have as much right to be here as anybody"
REFUSED = DisputeDetails(DisputeKind.REFUSED, SAID, minutes(12), Response.STOOD, "She asked the GP once more to leave")


@pytest.fixture
def item(scene: Scene) -> AgendaItem:
    """A GP is ruled out of the item of the open meeting, and has not left."""
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm])
    opened(scene)
    ruled(scene, item, "gp", "A4", at=minutes(10))
    return item


def refused(scene: Scene, item: AgendaItem, details: DisputeDetails = REFUSED) -> RulingDispute:
    return record_dispute(item, scene.gp.id, details, actor=scene.secretary, at=minutes(15))


def run_the_breach_job(scene: Scene, app: Flask) -> None:
    (asked,) = db.session.scalars(sa.select(Job).where(Job.kind == "breaches.open")).all()
    context = JobContext(asked.id, None, 1, 5, minutes(31), lambda *_: None, lambda: scene.secretary)
    job_handlers(app.config["COI"])["breaches.open"](asked.payload, context)


def text_of(scene: Scene, item: AgendaItem) -> str:
    return str(compose_now(scene.meeting, scene.body, items=[item])[0].document)


def test_whoever_refuses_to_leave_neither_counts_nor_votes_and_the_item_is_not_decided(
    scene: Scene, item: AgendaItem
) -> None:
    assert refused(scene, item).presiding_id == scene.chair.id
    room = room_of(item, known_at=minutes(20))
    assert str(scene.gp.id) in room.in_the_meeting
    assert str(scene.gp.id) not in {seat.person for seat in room.entitled}
    assert str(scene.gp.id) not in {each.person for each in room.quorum.counted}
    assert (
        "Dr Fay Fenn was ruled out of the decision, refused to leave and is still in the meeting."
        in room.verdict.sentences
    )
    assert "Adjourn until Dr Fay Fenn leaves: the ruling stands" in room.verdict.options
    details = DecisionDetails(Outcome.APPROVED, "Approved.", decided_at=minutes(20))
    with pytest.raises(RuleBroken, match="refused to leave"):
        take_decision(item, details, actor=scene.secretary, at=minutes(21))


def test_what_was_decided_with_somebody_in_the_room_who_refused_is_irregular_and_their_vote_is_named(
    scene: Scene, item: AgendaItem
) -> None:
    refused(scene, item)
    votes = tuple((scene.people[who].id, Cast.FOR) for who in scene.members)
    details = DecisionDetails(
        Outcome.APPROVED, "Approved.", Method.VOTE, votes, minutes(20), explanation="The GP would not go."
    )
    decision = record_irregular(item, details, actor=scene.secretary, at=minutes(21))
    assert any("refused to leave" in each for each in decision.irregular_because)
    assert "Dr Fay Fenn voted and was not entitled to." in decision.irregular_because


def test_the_minutes_say_who_refused_when_what_was_said_and_what_became_of_the_ruling(
    scene: Scene, item: AgendaItem
) -> None:
    refused(scene, item)
    said = (
        f"At 10:12am, Dr Fay Fenn refused to leave: “{SAID}”. The ruling stood, Mrs Ann Ashby presiding: "
        "She asked the GP once more to leave."
    )
    assert said in text_of(scene, item)


def test_a_refusal_opens_a_suspected_breach_and_a_dispute_alone_does_not(
    scene: Scene, item: AgendaItem, app: Flask
) -> None:
    disputed = DisputeDetails(DisputeKind.DISPUTED, "It is not my contract", minutes(11), Response.STOOD)
    refused(scene, item, disputed)
    wanted = sa.select(Job).where(Job.kind == "breaches.open")
    assert db.session.scalars(wanted).all() == []
    refused(scene, item)
    run_the_breach_job(scene, app)
    (breach,) = db.session.scalars(sa.select(Breach)).all()
    assert breach.kind is BreachKind.NOT_MANAGED and "refused to leave" in breach.what
    assert [each.person_id for each in breach.people] == [scene.gp.id]


def test_a_ruling_that_was_changed_is_told_and_stops_nothing_by_itself(scene: Scene, item: AgendaItem) -> None:
    changed = DisputeDetails(DisputeKind.REFUSED, SAID, minutes(12), Response.CHANGED)
    refused(scene, item, changed)
    ruled(scene, item, "gp", "S1", rationale="She may stay and not vote", at=minutes(14))
    assert not any("refused" in each for each in room_of(item, known_at=minutes(20)).verdict.sentences)
    assert "The ruling was changed, Mrs Ann Ashby presiding." in text_of(scene, item)


def test_whoever_left_after_all_is_followed_by_presence(scene: Scene, item: AgendaItem) -> None:
    refused(scene, item)
    moved(scene, "gp", PresenceKind.LEFT, minutes(16), item)
    assert room_of(item, known_at=minutes(20)).verdict.allowed


@pytest.mark.parametrize(
    ("who", "details", "said"),
    [
        ("other_gp", REFUSED, "Nobody has ruled on Dr Guy Gorse"),
        ("gp", DisputeDetails(DisputeKind.REFUSED, " ", None, Response.STOOD), "Enter what was said"),
        ("gp", DisputeDetails(DisputeKind.REFUSED, SAID, minutes(40), Response.STOOD), "time that has passed"),
    ],
)
def test_what_cannot_have_been_is_not_recorded(
    scene: Scene, item: AgendaItem, who: str, details: DisputeDetails, said: str
) -> None:
    with pytest.raises(RuleBroken, match=said):
        record_dispute(item, scene.people[who].id, details, actor=scene.secretary, at=minutes(15))
    assert db.session.scalars(sa.select(RulingDispute)).all() == []


def test_nobody_refuses_to_leave_whom_the_ruling_lets_stay(scene: Scene, item: AgendaItem) -> None:
    ruled(scene, item, "gp", "S1", rationale="She may stay and not vote", at=minutes(11))
    with pytest.raises(RuleBroken, match="lets Dr Fay Fenn stay"):
        refused(scene, item)


def test_what_was_entered_by_mistake_is_struck_out_and_kept(scene: Scene, item: AgendaItem, app: Flask) -> None:
    row = refused(scene, item)
    strike_out_dispute(row, item, "It was somebody else", actor=scene.secretary, at=minutes(30))
    with pytest.raises(RuleBroken, match="struck this out already"):
        strike_out_dispute(row, item, "Another reason", actor=scene.secretary, at=minutes(31))
    run_the_breach_job(scene, app)
    assert db.session.scalars(sa.select(Breach)).all() == []
    assert "refused to leave" not in text_of(scene, item)
    assert not any("refused" in each for each in room_of(item, known_at=minutes(31)).verdict.sentences)
    assert db.session.scalars(sa.select(RulingDispute)).one().struck_because == "It was somebody else"
