"""A member of the public finds who holds an interest in a practice, and takes the register home as a file."""

import re

import pytest

from tests.journeys.conftest import Begin
from tests.journeys.journey import Journey
from tests.support.live_site import DAYS

pytestmark = pytest.mark.journey
PRACTICE = "Hollowbeck Surgery (GP practice)"


class Finding(Journey):
    """From the body's public registers to a person, a practice and a file."""

    def given_nobody_is_signed_in(self) -> None:
        self.page.goto(self.site.url("/wexmoor/public/"))
        self.baseline.look()
        self.heading_is("Public registers")

    def when_the_practice_is_looked_for(self) -> None:
        self.follow("Register of interests")
        self.fill("Name, organisation or words", "hollowbeck")
        self.send("Show")
        self.follow(PRACTICE)

    def then_everybody_with_an_interest_in_it_is_named(self) -> None:
        self.heading_is(PRACTICE)
        self.reads("Dr Carys Llŷr-Bevan")
        self.reads(re.compile("as at \\d+ \\w+ \\d{4}"))

    def when_the_register_is_downloaded(self) -> None:
        self.page.goto(self.site.url("/wexmoor/public/interests"))
        with self.page.expect_download() as waiting:
            self.main.get_by_role("link", name="The register as CSV").click()
        self.file = waiting.value

    def then_the_file_has_the_register(self) -> None:
        assert self.file.suggested_filename.endswith(".csv")
        text = self.file.path().read_text(encoding="utf-8")
        assert text.startswith("name,positions,organisation,")
        assert "Hollowbeck Surgery" in text


def test_a_member_of_the_public_finds_who_holds_an_interest_in_a_practice(begin: Begin, width: str) -> None:
    journey = begin(Finding, width, at=DAYS.at(25, "20:40"), javascript=width == "desk")
    journey.given_nobody_is_signed_in()
    journey.when_the_practice_is_looked_for()
    journey.then_everybody_with_an_interest_in_it_is_named()
    journey.when_the_register_is_downloaded()
    journey.then_the_file_has_the_register()
    journey.then_the_accessibility_baseline_is_met()
