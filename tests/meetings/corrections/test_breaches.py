"""What a suspected breach says once the record that it was opened from was corrected. It is closed by a person alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.database import db
from coi.handlers import job_handlers
from coi.jobs.models import Job
from coi.jobs.vocabulary import JobContext, JobStatus
from coi.meetings.conflicts.commands import declare_at_meeting
from coi.meetings.corrections.commands import correct_decision
from coi.meetings.corrections.vocabulary import CorrectionDetails
from coi.meetings.models import Decision
from coi.meetings.proceedings.decision_commands import record_irregular
from coi.meetings.recorded_vocabulary import DecisionDetails, MeetingDeclarationDetails
from coi.meetings.vocabulary import Cast, DeclaredPoint, Method, Outcome, PresenceKind
from coi.meetings.waiting import waiting_for
from coi.permissions.vocabulary import Actor, Role
from coi.registers.breaches.models import Breach
from coi.registers.breaches.queries import waiting
from coi.registers.breaches.vocabulary import BreachState, Conclusion
from tests.factories.accounts import account_with
from tests.factories.meetings import Scene, an_item, minutes, moved, opened
from tests.factories.people import a_person

DAY = minutes(0).date() + timedelta(days=1)
"""The day after the meeting."""


def run_jobs(scene: Scene, app: Flask, kind: str) -> None:
    for asked in db.session.scalars(sa.select(Job).where(Job.kind == kind)).all():
        context = JobContext(asked.id, None, 1, 5, minutes(50), lambda *_: None, lambda: scene.secretary)
        job_handlers(app.config["COI"])[kind](asked.payload, context)


def work(scene: Scene, app: Flask) -> None:
    """Does what waits, once."""
    kinds = ("breaches.open", "breaches.ground_corrected")
    wanted = sa.select(Job).where(Job.kind.in_(kinds), Job.status == JobStatus.WAITING).order_by(Job.created_at)
    for job in db.session.scalars(wanted).all():
        context = JobContext(job.id, None, 1, 5, minutes(50), lambda *_: None, lambda: scene.secretary)
        job_handlers(app.config["COI"])[job.kind](job.payload, context)
        job.status = JobStatus.DONE
    db.session.flush()


def a_guardian(scene: Scene) -> Actor:
    """The Guardian of the body, who has an account."""
    scene.people["guardian"] = a_person("Mrs Gil Garth")
    account_with(scene.guardian.id, "guardian@example.nhs.uk", [Role.GUARDIAN], scene.body.id)
    return scene.actor("guardian", Role.GUARDIAN)


def an_irregular_decision(scene: Scene) -> tuple[Decision, DecisionDetails, DecisionDetails]:
    """A decision on which somebody voted who had left, what was in order, and what was recorded."""
    item = an_item(scene.meeting)
    opened(scene)
    moved(scene, "gp", PresenceKind.LEFT, minutes(10))
    votes = tuple((scene.people[who].id, Cast.FOR) for who in scene.members)
    in_order = DecisionDetails(Outcome.APPROVED, "The variation.", decided_at=minutes(30))
    irregular = replace(in_order, method=Method.VOTE, votes=votes, explanation="She voted by phone")
    return record_irregular(item, irregular, actor=scene.secretary, at=minutes(31)), in_order, irregular


def said(scene: Scene, details: MeetingDeclarationDetails, at: int):  # type: ignore[no-untyped-def]
    return declare_at_meeting(scene.meeting, details, actor=scene.secretary, at=minutes(at))


def test_a_silence_that_turns_out_to_be_wrong_is_said_on_the_breach_which_waits_for_nobody_and_stays_open(
    scene: Scene,
    app: Flask,
) -> None:
    guardian = a_guardian(scene)
    item = an_item(scene.meeting)
    opened(scene)
    silent = MeetingDeclarationDetails(
        scene.gp.id, DeclaredPoint.NOT_DECLARED, "Her practice", item.id, None, minutes(10)
    )
    row = said(scene, silent, 11)
    run_jobs(scene, app, "breaches.open")
    breach = db.session.scalars(sa.select(Breach)).one()
    assert waiting(guardian, scene.body.id, DAY)[0] == [breach]
    said(scene, replace(silent, point=DeclaredPoint.AT_ITEM, corrects_id=row.id), 12)
    run_jobs(scene, app, "breaches.ground_corrected")
    assert "What was recorded of Dr Fay Fenn at the meeting was corrected" in breach.ground_corrected
    assert breach.state is BreachState.REPORTED
    new, _answered, corrected = waiting(guardian, scene.body.id, DAY)
    assert (new, corrected) == ([], [breach])
    said_so = f"What {breach.reference} rests on was corrected: look at it and close it"
    assert said_so in [each.sentence for each in waiting_for(guardian, scene.body.id, at=minutes(60 * 24))]
    breach.state = BreachState.CLOSED
    assert waiting(guardian, scene.body.id, DAY)[2] == []


def test_a_silence_that_was_corrected_before_the_breach_was_opened_opens_none(scene: Scene, app: Flask) -> None:
    item = an_item(scene.meeting)
    opened(scene)
    silent = MeetingDeclarationDetails(
        scene.gp.id, DeclaredPoint.NOT_DECLARED, "Her practice", item.id, None, minutes(10)
    )
    row = said(scene, silent, 11)
    said(scene, replace(silent, point=DeclaredPoint.AT_ITEM, corrects_id=row.id), 12)
    run_jobs(scene, app, "breaches.open")
    run_jobs(scene, app, "breaches.ground_corrected")
    assert db.session.scalars(sa.select(Breach)).all() == []


@pytest.mark.parametrize("was_opened", [True, False])
@pytest.mark.parametrize("is_noted", [True, False])
def test_a_decision_that_turns_out_to_be_irregular_after_all_waits_for_the_guardian_again(
    scene: Scene, app: Flask, was_opened: bool, is_noted: bool
) -> None:
    guardian, (decision, in_order, irregular) = a_guardian(scene), an_irregular_decision(scene)
    if was_opened:
        work(scene, app)
    correct_decision(decision, in_order, CorrectionDetails("A slip", 0), actor=scene.secretary, at=minutes(40))
    if is_noted:
        work(scene, app)
    correct_decision(decision, irregular, CorrectionDetails("It was so", 1), actor=scene.secretary, at=minutes(41))
    work(scene, app)
    (breach,) = waiting(guardian, scene.body.id, DAY)[0]
    assert breach.ground_corrected == ""


@pytest.mark.parametrize("is_noted", [True, False])
def test_a_breach_that_was_closed_is_open_again_once_its_decision_turns_out_irregular_after_all(
    scene: Scene, app: Flask, is_noted: bool
) -> None:
    guardian, (decision, in_order, irregular) = a_guardian(scene), an_irregular_decision(scene)
    work(scene, app)
    (breach,) = waiting(guardian, scene.body.id, DAY)[0]
    correct_decision(decision, in_order, CorrectionDetails("A slip", 0), actor=scene.secretary, at=minutes(40))
    if is_noted:
        work(scene, app)
    breach.state, breach.closed_at, breach.conclusion = BreachState.CLOSED, minutes(45), Conclusion.NO_BREACH
    correct_decision(decision, irregular, CorrectionDetails("It was so", 1), actor=scene.secretary, at=minutes(46))
    work(scene, app)
    assert breach.state is BreachState.INVESTIGATING
    assert "what this rests on stands after all" in breach.ground_corrected
    assert waiting(guardian, scene.body.id, DAY)[2] == [breach]
