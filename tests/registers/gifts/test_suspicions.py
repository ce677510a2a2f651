"""An offer that was accepted against the rules opens a suspected breach by itself, once, about whoever accepted it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from coi.database import db
from coi.handlers import job_handlers
from coi.jobs.models import Job
from coi.jobs.vocabulary import JobContext
from coi.organisations.models import Body
from coi.people.models import Person
from coi.registers.breaches.models import Breach
from coi.registers.breaches.vocabulary import BreachKind, BreachSource, BreachState
from coi.registers.gifts import commands
from coi.registers.gifts.vocabulary import ApprovalDetails, OfferKind, OfferSource, Response
from tests.factories.gifts import AT, SYSTEM, a_gift, gift_details
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment

LATER = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
WINE = {
    "source": OfferSource.SUPPLIER,
    "offeror": "Medibright Ltd",
    "description": "Case of wine",
    "value": Decimal(85),
    "is_estimate": False,
}


@pytest.fixture
def body(app) -> Body:
    return a_body()


@pytest.fixture
def person(body) -> Person:
    found = a_person("Dr Ama Boateng")
    an_appointment(found, body, "GP member")
    return found


def asked() -> list[Job]:
    return list(db.session.scalars(sa.select(Job).where(Job.kind == "breaches.open")))


def run(app, job: Job) -> None:
    context = JobContext(job.id, None, 1, 5, LATER, lambda *_: None, lambda: SYSTEM)
    job_handlers(app.config["COI"])[job.kind](job.payload, context)


def noted(app) -> None:
    for job in db.session.scalars(sa.select(Job).where(Job.kind == "breaches.ground_corrected")).all():
        run(app, job)


def test_a_gift_that_must_be_declined_and_was_kept_opens_one_suspected_breach_that_says_all_about_it(app, body, person):
    gift = a_gift(body, person, **WINE)
    commands.correct_gift(
        gift, gift_details(**WINE, comments="For the team"), version=1, note="", actor=SYSTEM, at=LATER
    )
    (job,) = asked()
    run(app, job)
    run(app, job)
    (breach,) = db.session.scalars(sa.select(Breach)).all()
    assert (breach.source, breach.kind, breach.subject_id) == (BreachSource.GIFT_ACCEPTED, BreachKind.GIFT, gift.id)
    assert breach.happened_on == date(2026, 5, 8)
    assert [each.person_id for each in breach.people] == [person.id]
    for told in (gift.reference, "Case of wine", "£85", "Medibright Ltd", "Dr Ama Boateng", "must be declined"):
        assert told in breach.what


def test_what_fits_the_rules_or_still_waits_for_its_approval_opens_nothing(body, person):
    a_gift(body, person)
    a_gift(body, person, **{**WINE, "response": Response.DECLINED, "received_on": None})
    a_gift(body, person, **{**WINE, "kind": OfferKind.MEAL, "value": Decimal(45)})
    assert asked() == []


def test_an_approval_that_is_refused_opens_a_suspected_breach(app, body, person):
    gift = a_gift(body, person, **{**WINE, "kind": OfferKind.MEAL, "value": Decimal(45)})
    refused = ApprovalDetails(is_approved=False, decided_on=AT.date(), note="A likely bidder")
    commands.decide_gift(gift, refused, version=1, actor=SYSTEM, at=LATER)
    (job,) = asked()
    run(app, job)
    (breach,) = db.session.scalars(sa.select(Breach)).all()
    assert "did not approve" in breach.what


def test_a_breach_says_that_the_entry_it_was_opened_from_was_put_right_or_withdrawn_and_waits_again_if_it_was_not(
    app, body, person
):
    gift = a_gift(body, person, **WINE)
    run(app, *asked())
    (breach,) = db.session.scalars(sa.select(Breach)).all()
    declined = gift_details(**{**WINE, "response": Response.DECLINED, "received_on": None})
    commands.correct_gift(gift, declined, version=1, note="It was sent back", actor=SYSTEM, at=LATER)
    noted(app)
    assert f"Entry {gift.reference} was corrected on 12 May 2026" in breach.ground_corrected
    assert "nothing in it goes against the rules any more. Reason: It was sent back" in breach.ground_corrected
    commands.correct_gift(gift, gift_details(**WINE), version=2, note="It was kept", actor=SYSTEM, at=LATER)
    run(app, asked()[-1])
    assert breach.ground_corrected == ""
    commands.withdraw_gift(gift, "Entered twice", version=3, actor=SYSTEM, at=LATER + timedelta(minutes=1))
    noted(app)
    assert "was withdrawn as made by mistake" in breach.ground_corrected
    assert breach.state is BreachState.REPORTED


def test_an_entry_that_is_put_right_before_anybody_looked_opens_nothing(app, body, person):
    gift = a_gift(body, person, **WINE)
    commands.withdraw_gift(gift, "Entered twice", version=1, actor=SYSTEM, at=LATER)
    run(app, *asked())
    noted(app)
    assert db.session.scalars(sa.select(Breach)).all() == []
