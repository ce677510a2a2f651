"""A GP without an account declares on a phone by a link, and a year later confirms line by line by another."""

import re
from datetime import date

import pytest

from coi import clock
from coi.cli.demo.scene import SYSTEM
from coi.database import db
from coi.organisations.queries import bodies
from coi.people.queries import by_email
from coi.registers.interests.link_commands import issue_declaring_link
from coi.registers.interests.link_vocabulary import LinkPurpose
from tests.journeys.conftest import Begin
from tests.journeys.journey import Journey
from tests.support.live_site import DAYS

pytestmark = pytest.mark.journey
EVENING = DAYS.at(25, "20:40")


class ByLink(Journey):
    """The mail, a button, one thing per page, one signature."""

    def given_a_link_in_the_mail(self, email: str, purpose: LinkPurpose) -> None:
        with self.site.app.app_context():
            person, body = by_email(email), bodies()[0]
            assert person is not None
            link = issue_declaring_link(
                person, purpose, body_id=body.id, site=self.site.address, actor=SYSTEM, at=clock.now()
            )
            db.session.commit()
            db.session.remove()
        self.url = link.url

    def when_it_is_opened(self) -> None:
        self.page.goto(self.url)
        self.baseline.look()
        self.pages = 1
        self.send("Start")
        self.heading_is("Your interests")

    def when_a_partnership_is_declared(self) -> None:
        self.follow("Declare an interest")
        self.choose("Mine", "Whose is it?")
        self.answer("What is it?", "Partner in a practice or another business")
        self.fill("Which practice or business is it?", "dunmarsh")
        self.send("Continue")
        self.choose(re.compile("^Dunmarsh Surgery"))
        self.send("Continue")
        self.heading_is("About Dunmarsh Surgery")
        self.unfold("Say more about it (optional)")
        self.fill("What is your share? (optional)", "One quarter")
        self.enter_date("When did it start?", date(2025, 4, 1))
        self.send("Continue")

    def then_the_network_of_the_practice_is_asked_for(self) -> None:
        self.reads("Dunmarsh Surgery is in this network")
        self.answer("Do you want to add another interest?", "No")

    def when_it_may_all_be_published(self) -> None:
        self.heading_is("Check your answers")
        self.choose("No", "Is there a reason not to publish any of this?")

    def when_it_is_signed(self) -> None:
        self.heading_is("Check your answers")
        self.reads("decides how it is used")
        self.send("Agree and send")
        self.heading_is("Declaration sent")
        self.reads("Keep a copy")

    def then_it_took_few_pages(self, most: int) -> None:
        """From the mail to the receipt. Nine pages are three minutes on a phone."""
        assert self.pages <= most, f"{self.pages} pages"

    def when_the_register_is_confirmed_line_by_line(self) -> None:
        self.follow("Confirm it line by line")
        self.heading_is("Greyholme House Surgery")
        self.answer("Is this still right?", "Yes, it is still right")
        self.heading_is("Harbour Row Physio")
        self.choose("It has ended", "Is this still right?")
        self.enter_date("When did it end?", date(2026, 10, 31))
        self.send("Continue")
        self.heading_is("Kestrow Carers’ Trust")
        self.answer("Is this still right?", "Yes, it is still right")
        self.answer("Do you want to add another interest?", "No")

    def then_the_link_is_used_up(self) -> None:
        self.page.goto(self.url)
        self.heading_is("This link was used already")
        self.baseline.look()

    def answer(self, question: str, answer: str) -> None:
        self.choose(answer, question)
        self.send("Continue")


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without-javascript"])
def test_a_gp_declares_on_a_phone_by_a_link(begin: Begin, javascript: bool) -> None:
    journey = begin(ByLink, "phone", at=EVENING, javascript=javascript)
    journey.given_a_link_in_the_mail("invited@wexmoor.example", LinkPurpose.INVITATION)
    journey.when_it_is_opened()
    journey.when_a_partnership_is_declared()
    journey.then_the_network_of_the_practice_is_asked_for()
    journey.when_it_may_all_be_published()
    journey.when_it_is_signed()
    journey.then_it_took_few_pages(most=9)
    journey.then_the_link_is_used_up()
    journey.then_the_accessibility_baseline_is_met()


def test_a_gp_confirms_on_a_phone_by_a_link(begin: Begin) -> None:
    journey = begin(ByLink, "phone", at=EVENING)
    journey.given_a_link_in_the_mail("gp3@wexmoor.example", LinkPurpose.CONFIRMATION)
    journey.when_it_is_opened()
    journey.when_the_register_is_confirmed_line_by_line()
    journey.when_it_is_signed()
    journey.then_the_link_is_used_up()
    journey.then_the_accessibility_baseline_is_met()
