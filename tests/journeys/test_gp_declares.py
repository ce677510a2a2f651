"""A GP declares between two patients, on a phone; a member says that there is nothing; a GP answers what was flagged."""

import re
from datetime import date

import pytest

from tests.journeys.conftest import Begin
from tests.journeys.journey import Journey
from tests.support.live_site import DAYS

pytestmark = pytest.mark.journey
EVENING = DAYS.at(25, "20:40")


class Declaring(Journey):
    """One thing per page, answers to check, a reference."""

    def when_a_declaration_is_begun(self) -> None:
        self.go_to("My interests")
        self.follow("Declare an interest")

    def when_nothing_is_answered_the_page_says_what_to_do(self) -> None:
        self.send("Continue")
        self.reads("Select whose interest it is")
        self.reads("Select what you want to declare")

    def when_the_spouses_shares_are_declared(self) -> None:
        self.choose("Mine", "Whose is it?")
        self.answer("What is it?", "Director of a company")
        self.heading_is("Which company is it?")

    def when_the_way_back_is_taken_to_put_right_whose_it_is(self) -> None:
        self.go_back()
        self.heading_is("What do you want to declare?")
        self.choose(re.compile("^Somebody close to me"), "Whose is it?")
        self.pick("Who are they to you?", "Husband, wife or partner")
        self.send("Continue")

    def when_a_name_is_mistyped_the_like_ones_are_offered(self) -> None:
        self.heading_is("Which organisation is the interest in?")
        self.fill("Which organisation is the interest in?", "Pelowe Surgicle")
        self.send("Continue")
        self.reads("“Pelowe Surgicle” was not found. Did you mean one of these?")
        self.choose("Pellowe Surgical Ltd")
        self.send("Continue")

    def when_the_rest_is_answered(self) -> None:
        self.heading_is("About Pellowe Surgical Ltd")
        self.enter_date("When did it start?", date(2025, 4, 1))
        self.unfold("Say more about it (optional)")
        self.choose("Yes", "Is it paid? (optional)")
        self.fill("Anything to add in your own words? (optional)", "Owns a tenth of the company.")
        self.send("Continue")
        self.heading_is("You have added 1 interest")
        self.answer("Do you want to add another interest?", "No")

    def then_the_answers_are_there_to_check(self) -> None:
        self.heading_is("Check your answers")
        for words in (
            "Director of a company",
            "Husband, wife or partner",
            "Pellowe Surgical Ltd",
            "Paid",
            "Owns a tenth of the company.",
            "1 April 2025",
        ):
            self.reads(words)

    def then_it_is_said_kindly_that_it_is_late(self) -> None:
        self.reads("This is later than it should be. Send it all the same")
        self.reads("later than the 28 days that there are to declare it")

    def when_an_answer_is_changed(self) -> None:
        self.follow(re.compile("^Change paid"))
        self.choose("No", "Is it paid? (optional)")
        self.send("Continue")
        self.heading_is("Check your answers")

    def when_it_is_sent(self) -> None:
        self.choose("No", "Is there a reason not to publish any of this?")
        self.send("Agree and send")

    def then_there_is_a_reference(self) -> None:
        self.heading_is("Declaration sent")
        self.reads("This came later than it should have")
        self.reads(re.compile(r"Reference number\s*D/2026/\d+"))

    def then_it_was_screened_at_once(self) -> None:
        """The coming meeting awards a contract that the company bids for."""
        self.go_to("Home")
        self.follow(re.compile("^You have three items on 2 December 2026"))
        self.reads("Pellowe Surgical Ltd → bidder in item 11")

    def answer(self, question: str, answer: str) -> None:
        self.choose(answer, question)
        self.send("Continue")


class SayingNothing(Journey):
    """A nil return is something that somebody says."""

    def when_there_is_nothing_to_declare(self) -> None:
        self.go_to("My interests")
        self.follow("I have nothing to declare")
        self.send("Agree and send")
        self.reads("Select the statement to confirm that you have nothing to declare")
        self.choose(re.compile("^I have no interests to declare"))
        self.send("Agree and send")

    def then_the_register_says_so(self) -> None:
        self.heading_is("Declaration sent")
        self.reads("Nothing to declare")
        self.follow("My interests")
        self.reads("The register says: no interests declared, confirmed on 22 November 2026.")


class Answering(Journey):
    """Whoever is flagged is asked."""

    def when_the_flag_is_answered(self) -> None:
        self.follow(re.compile("^You have two items on 2 December 2026"))
        self.heading_is("You have two items on 2 December 2026")
        self.follow(re.compile("^Answer.*shareholder in.*bidder in item 10$"))
        self.heading_is("Do you have this interest?")
        self.send("Send the answer")
        self.choose("Yes, this is right")
        self.send("Send the answer")

    def then_the_chair_can_see_it(self) -> None:
        self.reads("The chair can see your answer")
        self.when_somebody_else_signs_in("chair")
        self.follow(re.compile("flags need a ruling for 2 December 2026"))
        self.reads("Dr Carys Llŷr-Bevan says: this is right")


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without-javascript"])
def test_a_gp_declares_an_interest_and_is_told_where_it_matters(begin: Begin, width: str, javascript: bool) -> None:
    journey = begin(Declaring, width, at=EVENING, javascript=javascript)
    journey.given_is_signed_in("gp")
    journey.when_a_declaration_is_begun()
    journey.when_nothing_is_answered_the_page_says_what_to_do()
    journey.when_the_spouses_shares_are_declared()
    journey.when_the_way_back_is_taken_to_put_right_whose_it_is()
    journey.when_a_name_is_mistyped_the_like_ones_are_offered()
    journey.when_the_rest_is_answered()
    journey.then_the_answers_are_there_to_check()
    journey.then_it_is_said_kindly_that_it_is_late()
    journey.when_an_answer_is_changed()
    journey.when_it_is_sent()
    journey.then_there_is_a_reference()
    journey.then_it_was_screened_at_once()
    journey.then_the_accessibility_baseline_is_met()


def test_a_member_says_that_there_is_nothing_to_declare(begin: Begin, width: str) -> None:
    journey = begin(SayingNothing, width, at=EVENING)
    journey.given_is_signed_in("vice-chair")
    journey.when_there_is_nothing_to_declare()
    journey.then_the_register_says_so()
    journey.then_the_accessibility_baseline_is_met()


def test_a_gp_answers_a_flag_and_the_chair_sees_it(begin: Begin, width: str) -> None:
    journey = begin(Answering, width, at=EVENING)
    journey.given_is_signed_in("gp")
    journey.when_the_flag_is_answered()
    journey.then_the_chair_can_see_it()
    journey.then_the_accessibility_baseline_is_met()
