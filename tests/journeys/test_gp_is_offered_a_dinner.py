"""A GP declares a dinner with a supplier, on a phone, and reads before signing what the rules say; a governance lead approves it."""

import re
from datetime import date

import pytest

from tests.journeys.conftest import Begin
from tests.journeys.journey import Journey
from tests.support.live_site import DAYS

pytestmark = pytest.mark.journey
EVENING = DAYS.at(25, "20:40")


class BeingOffered(Journey):
    """One thing per page; the rules speak before the answer and before the signature."""

    def answer(self, question: str, answer: str) -> None:
        self.choose(answer, question)
        self.send("Continue")

    def when_the_dinner_is_described(self) -> None:
        self.go_to("My gifts")
        self.follow("Declare a gift or hospitality")
        self.answer("What was offered?", "Meal or refreshments")
        self.answer("Who offered it?", "A supplier or contractor, or somebody who may become one")
        self.fill("Which organisation or person was it?", "pellow")
        self.send("Find Which organisation or person was it?")
        self.choose("Pellowe Surgical Ltd")
        self.send("Continue")
        self.fill("Describe it", "Dinner after a talk")
        self.send("Continue")
        self.fill("What is it worth, in pounds?", "40")
        self.send("Continue")
        self.enter_date("When was it offered?", date(2026, 11, 20))
        self.send("Continue")

    def then_the_rules_speak_before_the_answer(self) -> None:
        self.heading_is("What happened?")
        self.reads("Decline this, unless a senior manager approves it")

    def when_what_happened_is_said(self) -> None:
        self.answer("What happened?", "I accepted it")
        self.enter_date("When did you receive it?", date(2026, 11, 20))
        self.send("Continue")
        self.fill("Why did you accept or decline it?", "I gave the talk")
        self.send("Continue")

    def then_it_can_be_sent_although_it_needs_an_approval(self) -> None:
        self.heading_is("Check your answers")
        self.reads("This needs an approval")
        self.send("Agree and send")
        self.heading_is("Declaration sent")
        self.reads(re.compile(r"Reference number\s*G/2026/\d+"))

    def when_a_governance_lead_approves_it(self) -> None:
        self.when_somebody_else_signs_in("governance")
        self.follow(re.compile("accepted without the approval of a senior manager"))
        self.follow(re.compile("^Meal or refreshments"), self.row("Dinner after a talk"))
        self.follow(re.compile("^Record"))
        self.choose("Yes, I approve it")
        self.fill("Reason", "The talk was in the interest of the service")
        self.send("Save the decision")

    def then_the_entry_says_so(self) -> None:
        self.reads(re.compile("Approved by Mr Kwabena Osei-Dunmore on"))
        self.reads("This may be kept")


def test_a_gp_declares_a_dinner_and_a_governance_lead_approves_it(begin: Begin, width: str) -> None:
    journey = begin(BeingOffered, width, at=EVENING)
    journey.given_is_signed_in("gp")
    journey.when_the_dinner_is_described()
    journey.then_the_rules_speak_before_the_answer()
    journey.when_what_happened_is_said()
    journey.then_it_can_be_sent_although_it_needs_an_approval()
    journey.when_a_governance_lead_approves_it()
    journey.then_the_entry_says_so()
    journey.then_the_accessibility_baseline_is_met()
