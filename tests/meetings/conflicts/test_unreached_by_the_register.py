"""What changes of the register take away from agendas to come: a job keeps it until whoever presides has seen it."""

from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy as sa

from coi.audit.models import LedgerLeaf
from coi.database import db
from coi.handlers import job_handlers
from coi.jobs.models import Job
from coi.jobs.vocabulary import JobContext
from coi.meetings.conflicts.models import UnreachedFlag
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.deferral_commands import call_off
from coi.organisations.vocabulary import OrganisationKind
from coi.permissions.vocabulary import Role
from coi.registers.gifts.commands import withdraw_gift
from coi.registers.interests.commands import change_interest, end_interest
from coi.registers.interests.review_commands import agree_mitigation, match_organisation
from coi.registers.interests.versions import LOSSES
from coi.registers.interests.vocabulary import (
    Directness,
    InterestDetails,
    InterestRole,
    InterestType,
    NamedOrganisation,
)
from tests.factories.accounts import account_with
from tests.factories.gifts import a_gift
from tests.factories.meetings import (
    PLANNED,
    Scene,
    a_declared_interest,
    a_meeting,
    an_actor,
    an_item,
    ruled,
)
from tests.factories.organisations import an_organisation

LATER = PLANNED + timedelta(hours=2)


def jobs_done(app, at=LATER + timedelta(hours=1)):
    """Runs the jobs that look at what was lost, and says how many there were."""
    db.session.flush()
    jobs = db.session.scalars(sa.select(Job).where(Job.kind == LOSSES)).all()
    for job in jobs:
        context = JobContext(job.id, None, 1, 5, at, lambda *_: None, lambda: None)
        job_handlers(app.config["COI"])[LOSSES](job.payload, context)
    return len(jobs)


def unseen(item):
    found = conflicts_at(item.meeting, known_at=LATER + timedelta(days=1), items=[item]).unreached.get(item.id, ())
    return [(each.path[:2], each.because) for each in found]


def secretary_with_an_account(scene: Scene):
    account = account_with(scene.vice.id, "vice@example.nhs.uk", [Role.SECRETARY], scene.body.id)
    return replace(an_actor(scene.vice, scene.body, Role.SECRETARY), account_id=account.id)


def test_a_match_that_somebody_corrects_is_told_to_whoever_presides(app, scene: Scene):
    elm, oak = an_organisation("Elm Surgery"), an_organisation("Oak Practice")
    interest = a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm])
    named = interest.versions[-1].organisations[0]
    match_organisation(named, oak.id, actor=secretary_with_an_account(scene), at=LATER, body_id=scene.body.id)
    assert jobs_done(app) == 1
    said = f"the organisation of interest {interest.reference} was matched anew by Mr Bob Birch on 2 November 2026."
    assert unseen(item) == [(("Dr Fay Fenn", "partner at Elm Surgery"), f"No longer reached because {said}")]
    newest = db.session.scalars(sa.select(LedgerLeaf).order_by(LedgerLeaf.seq.desc())).first()
    assert b"meetings:flag:lost" in newest.entry


def test_what_the_person_corrects_is_told_too_and_what_was_ruled_on_is_not(app, scene: Scene):
    elm, oak = an_organisation("Elm Surgery"), an_organisation("Oak Surgery")
    interest = a_declared_interest(scene.gp, elm)
    first = an_item(scene.meeting, affected=[elm])
    second = an_item(scene.meeting, affected=[elm])
    ruled(scene, second, "gp", "A4")
    details = InterestDetails(
        type=InterestType.FINANCIAL, directness=Directness.DIRECT, role=InterestRole.PARTNER, nature="Partner",
        organisations=(NamedOrganisation(oak.name, oak.id),), arose_on=date(2019, 4, 1),
    )  # fmt: skip
    change_interest(interest, details, version=1, actor=scene.actor("gp"), at=LATER)
    jobs_done(app)
    said = f"No longer reached because interest {interest.reference} was changed by Dr Fay Fenn on 2 November 2026."
    assert unseen(first) == [(("Dr Fay Fenn", "partner at Elm Surgery"), said)]
    assert unseen(second) == []


def test_an_interest_that_ended_long_before_the_meeting_is_told_and_one_that_still_counts_is_not(app, scene: Scene):
    elm, oak = an_organisation("Elm Surgery"), an_organisation("Oak Surgery")
    long_ago, lately = a_declared_interest(scene.gp, elm), a_declared_interest(scene.gp, oak)
    item = an_item(scene.meeting, affected=[elm, oak])
    end_interest(long_ago, date(2020, 1, 1), version=1, actor=scene.actor("gp"), at=LATER)
    end_interest(lately, date(2026, 10, 30), version=1, actor=scene.actor("gp"), at=LATER)
    assert jobs_done(app) == 1, "one job for all that is recorded at one instant"
    ((path, because),) = unseen(item)
    assert path[1] == "partner at Elm Surgery"
    assert because.startswith(f"No longer reached because interest {long_ago.reference} was ended by Dr Fay Fenn")


def test_a_change_between_two_others_is_told_as_what_it_was(app, scene: Scene):
    elm, oak = an_organisation("Elm Surgery"), an_organisation("Oak Surgery")
    first, second = a_declared_interest(scene.gp, elm), a_declared_interest(scene.other_gp, oak)
    item = an_item(scene.meeting, affected=[elm, oak])
    at, sooner = LATER, LATER - timedelta(minutes=1)
    end_interest(first, date(2020, 1, 1), version=1, actor=scene.actor("gp"), at=sooner)
    end_interest(second, date(2020, 1, 1), version=1, actor=scene.actor("other_gp"), at=at)
    assert jobs_done(app) == 2
    assert [(path[0], f"by {path[0]}" in because) for path, because in unseen(item)] == [
        ("Dr Fay Fenn", True), ("Dr Guy Gorse", True),
    ]  # fmt: skip


def test_a_fellow_partner_who_corrects_what_they_hold_takes_no_flag_away_unseen(app, scene: Scene):
    elm, company = an_organisation("Elm Surgery"), an_organisation("Marsh Diagnostics Ltd")
    a_declared_interest(scene.gp, elm)
    a_declared_interest(scene.other_gp, elm)
    theirs = a_declared_interest(scene.other_gp, company, InterestRole.SHAREHOLDER, nature="Shares")
    item = an_item(scene.meeting, affected=[company])
    end_interest(theirs, date(2020, 1, 1), version=1, actor=scene.actor("other_gp"), at=LATER)
    jobs_done(app)
    told = dict(unseen(item))
    assert {path[0] for path in told} == {"Dr Fay Fenn", "Dr Guy Gorse"}
    assert all(f"interest {theirs.reference} was ended by Dr Guy Gorse" in because for because in told.values())


def test_a_gift_that_is_withdrawn_as_a_mistake_is_told_too(app, scene: Scene):
    supplier = an_organisation("Marsh Supplies Ltd", OrganisationKind.COMPANY)
    gift = a_gift(scene.body, scene.gp, at=PLANNED, offeror=supplier.name, offeror_id=supplier.id)
    item = an_item(scene.meeting, affected=[supplier])
    (flag,) = conflicts_at(item.meeting, known_at=PLANNED, items=[item]).flags[item.id]
    withdraw_gift(gift, "It was for somebody else", version=1, actor=scene.secretary, at=LATER)
    jobs_done(app)
    ((path, because),) = unseen(item)
    assert path == flag.path[:2]
    said = f"entry {gift.reference} was withdrawn as made by mistake by Sam Scribe on 2 November 2026."
    assert because == f"No longer reached because {said}"


def test_agreeing_what_is_done_about_an_interest_asks_for_no_look(app, scene: Scene):
    interest = a_declared_interest(scene.gp, an_organisation("Elm Surgery"))
    agree_mitigation(interest, "Leaves the room", version=1, actor=scene.actor("chair"), at=LATER)
    assert jobs_done(app) == 0


def test_an_item_that_came_onto_the_agenda_after_the_change_was_never_reached(app, scene: Scene):
    elm = an_organisation("Elm Surgery")
    interest = a_declared_interest(scene.gp, elm)
    end_interest(interest, date(2020, 1, 1), version=1, actor=scene.actor("gp"), at=LATER)
    item = an_item(scene.meeting, affected=[elm], at=LATER + timedelta(minutes=1))
    jobs_done(app)
    assert unseen(item) == []


def test_a_meeting_that_is_over_is_told_of_nothing(app, scene: Scene):
    elm = an_organisation("Elm Surgery")
    interest = a_declared_interest(scene.gp, elm)
    later = a_meeting(scene.committee, held_on=date(2026, 12, 8))
    item, coming = an_item(scene.meeting, affected=[elm]), an_item(later, affected=[elm])
    call_off(scene.meeting, "Nobody can come", actor=scene.secretary, at=PLANNED)
    end_interest(interest, date(2020, 1, 1), version=1, actor=scene.actor("gp"), at=LATER)
    jobs_done(app)
    rows = db.session.scalars(sa.select(UnreachedFlag)).all()
    assert [row.item_id for row in rows] == [coming.id]
    assert item.id != coming.id
