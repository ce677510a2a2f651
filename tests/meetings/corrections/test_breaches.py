"""What a suspected breach says once the record that it was opened from was corrected. It is closed by a person alone."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from coi.database import db
from coi.jobs.models import Job
from coi.jobs.vocabulary import JobContext
from coi.meetings.conflicts.commands import declare_at_meeting
from coi.meetings.vocabulary import DeclaredPoint, MeetingDeclarationDetails
from coi.permissions.vocabulary import Role
from coi.registers.breaches.models import Breach
from coi.registers.breaches.queries import waiting
from coi.registers.breaches.vocabulary import BreachState
from coi.wiring import job_handlers
from tests.factories.accounts import account_with
from tests.factories.meetings import Scene, a_scene, an_item, minutes, opened
from tests.factories.people import a_person


def run_jobs(scene: Scene, app: Flask, kind: str) -> None:
    for asked in db.session.scalars(sa.select(Job).where(Job.kind == kind)).all():
        context = JobContext(asked.id, None, 1, 5, minutes(50), lambda *_: None, lambda: scene.secretary)
        job_handlers(app.config["COI"])[kind](asked.payload, context)


def said(scene: Scene, details: MeetingDeclarationDetails, at: int):  # type: ignore[no-untyped-def]
    return declare_at_meeting(scene.meeting, details, actor=scene.secretary, at=minutes(at))


def test_a_silence_that_turns_out_to_be_wrong_is_said_on_the_breach_which_waits_for_nobody_and_stays_open(
    app: Flask,
) -> None:
    scene = a_scene()
    scene.people["guardian"] = a_person("Mrs Gil Garth")
    account_with(scene.guardian.id, "guardian@example.nhs.uk", [Role.GUARDIAN], scene.body.id)
    guardian, day = scene.actor("guardian", Role.GUARDIAN), minutes(0).date() + timedelta(days=1)
    item = an_item(scene.meeting)
    opened(scene)
    silent = MeetingDeclarationDetails(
        scene.gp.id, DeclaredPoint.NOT_DECLARED, "Her practice", item.id, None, minutes(10)
    )
    row = said(scene, silent, 11)
    run_jobs(scene, app, "breaches.open")
    breach = db.session.scalars(sa.select(Breach)).one()
    assert waiting(guardian, scene.body.id, day)[0] == [breach]
    said(scene, replace(silent, point=DeclaredPoint.AT_ITEM, corrects_id=row.id), 12)
    run_jobs(scene, app, "breaches.ground_corrected")
    assert "What was recorded of Dr Fay Fenn at the meeting was corrected" in breach.ground_corrected
    assert breach.state is BreachState.REPORTED
    assert waiting(guardian, scene.body.id, day)[0] == []


def test_a_silence_that_was_corrected_before_the_breach_was_opened_opens_none(app: Flask) -> None:
    scene = a_scene()
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
