"""Somebody without an account reports what they saw, the Guardian takes it up and asks, and the reporter comes back with the code."""

import pytest

from tests.journeys.conftest import Begin
from tests.journeys.journey import Journey
from tests.support.live_site import DAYS

pytestmark = pytest.mark.journey
EVENING = DAYS.at(25, "20:40")
SEEN = "She voted on the contract of the practice that her husband owns"


class Reporting(Journey):
    """In confidence, from the first page to the answer."""

    codes: tuple[str, ...] = ()

    def when_a_report_is_begun(self) -> None:
        self.page.goto(self.site.url("/wexmoor/registers/breaches/report"))
        self.baseline.look()
        self.reads("You do not need an account")

    def when_nothing_is_said_the_page_asks_what_happened(self) -> None:
        self.send("Send in confidence")
        self.reads("Say what happened")

    def when_it_is_told(self) -> None:
        self.fill("What happened?", SEEN)
        self.choose("No", "Is it about the Conflicts of Interest Guardian?")
        self.send("Send in confidence")

    def then_the_codes_are_shown_once(self) -> None:
        self.heading_is("Your report is with us")
        self.codes = tuple(self.main.locator(".nhsuk-summary-list__value").all_inner_texts())
        assert len(self.codes) == 2

    def when_the_guardian_takes_it_up_and_asks(self) -> None:
        self.given_is_signed_in("guardian")
        self.reads("2 suspected breaches to take up")
        self.go_to("Breaches")
        self.follow_newest()
        self.reads(SEEN)
        self.follow("Write to the reporter")
        self.fill("Your message to the reporter", "At which meeting was it?")
        self.send("Send in confidence")
        self.follow("Take it up")
        self.reads(SEEN)
        self.fill("What happened", "A member stayed at an item of their own practice")
        self.choose("Somebody with a conflict stayed or took part")
        self.choose("Medium", "How grave is it?")
        self.choose("Yes", "Is it material?")
        self.fill("Who looks into it", "Internal audit")
        self.send("Save")
        self.reads("Before it is closed, the record should say a finding of the investigation")

    def follow_newest(self) -> None:
        with self.page.expect_navigation():
            self.main.locator("tbody a").first.click()
        self.baseline.look()

    def when_the_reporter_comes_back_with_the_code(self) -> None:
        self.page.get_by_role("button", name="Sign out").click()
        self.page.goto(self.site.url("/wexmoor/registers/breaches/follow-up"))
        self.baseline.look()
        self.fill("Reference", self.codes[0])
        self.fill("Private code", self.codes[1].lower())
        self.send("Open your report")

    def then_the_question_is_there_to_answer_and_the_report_is_not_shown(self) -> None:
        self.reads("At which meeting was it?")
        assert SEEN not in self.main.inner_text()
        self.fill("Your message", "At the one in May")
        self.send("Send in confidence")
        self.reads("Your message is sent")


def test_somebody_reports_in_confidence_and_answers_the_guardian(begin: Begin, width: str) -> None:
    story = begin(Reporting, width, at=EVENING)
    story.when_a_report_is_begun()
    story.when_nothing_is_said_the_page_asks_what_happened()
    story.when_it_is_told()
    story.then_the_codes_are_shown_once()
    story.when_the_guardian_takes_it_up_and_asks()
    story.when_the_reporter_comes_back_with_the_code()
    story.then_the_question_is_there_to_answer_and_the_report_is_not_shown()
    story.then_the_accessibility_baseline_is_met()
