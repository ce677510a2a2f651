"""The governance lead disposes of an interest whose years of keeping are over, and sees what is left of it."""

import re

import pytest

from tests.journeys.conftest import Begin
from tests.journeys.journey import Journey
from tests.support.live_site import DAYS

pytestmark = pytest.mark.journey


class Disposing(Journey):
    """From the register to the list of what is due, to the record that is left."""

    def when_what_is_due_is_ticked(self) -> None:
        self.go_to("Register")
        self.follow("Due for disposal")
        self.heading_is("Due for disposal")
        self.reads("Ended on 28 September 2018. It had to be kept until 28 September 2024. Due since 29 September 2024")
        self.send("Continue")
        self.reads("Select at least one record")
        self.main.get_by_role("checkbox").check()
        self.send("Continue")

    def when_the_check_page_is_answered_with_a_reason(self) -> None:
        self.heading_is("Check what you dispose of")
        self.reads("What is erased")
        self.reads("No sealed file of a published edition holds any of them")
        self.send("Erase what it said")
        self.reads("Enter why they are disposed of")
        self.fill("Why are they disposed of?", "Yearly review of the records")
        self.send("Erase what it said")

    def then_the_fact_stays_and_what_it_said_is_gone(self) -> None:
        self.reads("Nothing is due for disposal")
        self.reads("Yearly review of the records")
        self.go_to("Register")
        self.follow(re.compile("^Disposed of"))
        self.reads("What this interest said was disposed of on")
        assert "locum" not in self.main.inner_text()


def test_the_governance_lead_disposes_of_an_old_interest(begin: Begin, width: str) -> None:
    lead = begin(Disposing, width, at=DAYS.at(20, "10:00"))
    lead.given_is_signed_in("governance")
    lead.when_what_is_due_is_ticked()
    lead.when_the_check_page_is_answered_with_a_reason()
    lead.then_the_fact_stays_and_what_it_said_is_gone()
    lead.then_the_accessibility_baseline_is_met()
