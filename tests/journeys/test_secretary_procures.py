"""A secretary takes a decision of a meeting to the register of procurement decisions, completes it and publishes it; anybody reads it."""

import re

import pytest
import sqlalchemy as sa

from coi.database import db
from coi.meetings.models import AgendaItem
from tests.journeys.conftest import Begin
from tests.journeys.journey import Journey
from tests.support.live_site import DAYS

pytestmark = pytest.mark.journey
BOUGHT = "Minor surgery: inviting two providers to submit"
MORNING = DAYS.at(10, "10:05")


class Procures(Journey):
    """From the item of a meeting to the public row."""

    def when_the_decision_on_an_item_is_taken_to_the_register(self, title: str) -> None:
        with self.site.app.app_context():
            item_id = db.session.scalars(sa.select(AgendaItem.id).where(AgendaItem.title == title)).one()
            db.session.remove()
        self.page.goto(self.site.url(f"/wexmoor/items/{item_id}"))
        self.follow("Enter the decision in the register of procurement decisions")
        self.reads("Both providers are invited to submit.")
        self.send("Begin the entry")

    def then_what_the_record_says_is_filled_in_and_nothing_is_chosen(self) -> None:
        self.reads("From the meeting’s record: the quorum and the rulings")
        self.reads("The item was about")
        assert self.main.locator("input[type=radio]:checked").count() == 0

    def when_it_is_put_on_the_register_too_early(self) -> None:
        self.send("Put it on the register")
        self.reads("Select what was decided")

    def when_the_rest_is_answered(self) -> None:
        self.choose("Health care services", "What is bought?")
        self.choose("Decided to procure, not awarded yet", "What was decided?")
        self.choose("Yes", "Could GP practices or their federations provide it?")
        self.choose("The body’s own procurement", "Whose procurement is it?")
        self.pick("Procurement route (optional)", "^Most suitable provider")
        self.send("Put it on the register")
        self.reads("is on the register")
        self.reads("Notice of the intended approach")

    def when_an_adviser_is_asked_to_declare(self) -> None:
        self.follow("Bidders’ and evaluators’ declarations")
        self.choose("An adviser", "Who is asked?")
        self.fill("Name of the person who gets the link", "Mx Perrin Alder")
        self.fill("Organisation", "Alder Advice")
        self.fill("Email address", "perrin@alder.example")
        self.send("Write the email")
        self.reads("Not declared yet")

    def when_the_register_is_published(self) -> None:
        self.go_to("Publication")
        self.follow(re.compile("^Publish the register of procurement"))
        self.reads("1 new")
        self.send("Publish")

    def then_anybody_reads_the_row(self) -> None:
        self.page.goto(self.site.url("/wexmoor/public/procurement"))
        self.baseline.look()
        self.reads(BOUGHT)
        self.reads("Decided to procure, not awarded yet")


def test_a_secretary_takes_a_decision_to_the_published_register(begin: Begin, width: str) -> None:
    journey = begin(Procures, width, at=MORNING)
    journey.given_is_signed_in("secretary")
    journey.when_the_decision_on_an_item_is_taken_to_the_register(BOUGHT)
    journey.then_what_the_record_says_is_filled_in_and_nothing_is_chosen()
    journey.when_it_is_put_on_the_register_too_early()
    journey.when_the_rest_is_answered()
    journey.when_an_adviser_is_asked_to_declare()
    journey.when_the_register_is_published()
    journey.then_anybody_reads_the_row()
    journey.then_the_accessibility_baseline_is_met()
