"""The Guardian withholds a name and lets the rest be read; the next edition, its file and the feed obey."""

import csv
import io
import re
from datetime import timedelta

import pytest

from tests.journeys.conftest import Begin
from tests.journeys.journey import Journey
from tests.support.live_site import DAYS

pytestmark = pytest.mark.journey
NAME, NATURE = "Ms Leonie Baptiste", "Foster carer"


class Redacting(Journey):
    """From the request not to publish to what the public reads."""

    def when_the_request_is_opened_the_page_says_what_else_tells_the_name(self) -> None:
        self.go_to("Register")
        self.follow("Requests not to publish")
        self.follow(re.compile("^Decide"), self.row(NAME))
        self.reads("A child who lives with us could be traced")
        self.reads("If you withhold the name, the public can still tell who it is")
        self.reads(re.compile(f"nobody but {NAME} is"))

    def when_only_the_name_and_the_position_are_withheld(self) -> None:
        self.choose("Yes, withhold what is ticked below")
        held = self.main.get_by_role("group", name="What is withheld?")
        for box in held.get_by_role("checkbox").all():
            box.uncheck()
        self.choose("Name", "What is withheld?")
        self.choose(re.compile("^Current position"), "What is withheld?")
        self.fill("Reason for the decision", "A child could be found by the name")
        self.enter_date("When will you look at it again?", DAYS.on(20) + timedelta(days=180))
        self.send("Save the decision")
        self.reads(re.compile("is decided"), self.page.locator("main"))

    def when_the_secretary_publishes_the_register(self) -> None:
        self.page.goto(self.site.url("/wexmoor/publication/"))
        self.baseline.look()
        self.follow(re.compile("^Publish the register of interests"))
        self.send("Publish")
        self.reads("Edition 3 of the register of interests is published")

    def then_the_public_page_says_withheld_and_stands_last(self) -> None:
        self.page.goto(self.site.url("/wexmoor/public/interests?find=foster"))
        self.baseline.look()
        self.reads(NATURE)
        self.reads("Withheld")
        assert NAME not in self.main.inner_text()
        self.page.goto(self.site.url("/wexmoor/public/interests"))
        assert NATURE in self.main.locator("tbody tr").last.inner_text()

    def then_file_and_feed_obey(self) -> None:
        rows = list(csv.DictReader(io.StringIO(self._read("interests/register.csv"), newline="")))
        (row,) = [each for each in rows if NATURE in each["nature"]]
        assert (row["name"], row["positions"], row["person_id"], row["withheld"]) == ("", "", "", "name; positions")
        assert rows[-1] == row
        (line,) = [each for each in self._read("changes.atom").splitlines() if NATURE in each]
        assert NAME not in line
        assert "Name: Withheld" in line

    def _read(self, path: str) -> str:
        return self.page.request.get(self.site.url(f"/wexmoor/public/{path}")).text()


def test_the_guardian_withholds_a_name_and_everything_public_obeys(begin: Begin, width: str) -> None:
    guardian = begin(Redacting, width, at=DAYS.at(20, "10:00"))
    guardian.given_is_signed_in("guardian")
    guardian.when_the_request_is_opened_the_page_says_what_else_tells_the_name()
    guardian.when_only_the_name_and_the_position_are_withheld()
    guardian.when_somebody_else_signs_in("secretary")
    guardian.when_the_secretary_publishes_the_register()
    guardian.then_the_public_page_says_withheld_and_stands_last()
    guardian.then_file_and_feed_obey()
    guardian.then_the_accessibility_baseline_is_met()
