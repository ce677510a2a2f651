"""The chair rules on a flag, and confirms a ruling that the secretary wrote down for her."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Begin
from tests.journeys.journey import Journey
from tests.support.live_site import DAYS

pytestmark = pytest.mark.journey
DIRECTOR = "Mr Rafiq Daud-Karim"
WHY = "He is a director of one of the bidders."


class Ruling(Journey):
    """The software suggests. The chair decides."""

    def when_the_flags_of_the_next_meeting_are_opened(self) -> None:
        self.follow(re.compile("flags need a ruling for 2 December 2026"))
        self.heading_is("Conflicts of interest")

    def when_a_ruling_on_the_director_is_begun(self) -> None:
        self.follow(re.compile(f"^Rule on {DIRECTOR}"))
        self.heading_is(f"Rule on {DIRECTOR}")
        self.reads(f"{DIRECTOR} → director of Pellowe Surgical Ltd → bidder in item 11")

    def then_the_suggestion_stands_beside_and_nothing_is_ticked(self) -> None:
        actions = self.main.get_by_role("group", name="What happens?")
        expect(actions.get_by_role("checkbox", checked=True)).to_have_count(0)
        expect(actions.get_by_text(re.compile("^Suggested. "))).to_have_count(2)

    def when_the_ruling_is_made(self) -> None:
        self.send("Make the ruling")
        self.reads("Enter why this is the right way to manage the conflict")
        self.choose("Leaves for the discussion and the decision")
        self.fill("Why?", WHY)
        self.send("Make the ruling")

    def then_it_stands_with_name_and_time(self) -> None:
        self.reads(f"The ruling on {DIRECTOR} is recorded.")
        self.reads(WHY)
        self.reads(re.compile("Ruled by Mrs Adaeze Okonkwo-Hale, 22 November 2026, 8:4"))

    def when_the_dictated_ruling_is_confirmed(self) -> None:
        self.go_to("Home")
        self.follow("1 ruling recorded as you dictated, for you to confirm")
        self.send("Confirm the ruling on Dr Niamh O'Dornan for item 7")

    def then_nothing_is_left_to_confirm(self) -> None:
        self.reads("The ruling is confirmed.")
        self.reads("No ruling waits for you.")


def test_the_chair_rules_and_confirms_what_she_dictated(begin: Begin, width: str) -> None:
    journey = begin(Ruling, width, at=DAYS.at(25, "20:40"))
    journey.given_is_signed_in("chair")
    journey.when_the_flags_of_the_next_meeting_are_opened()
    journey.when_a_ruling_on_the_director_is_begun()
    journey.then_the_suggestion_stands_beside_and_nothing_is_ticked()
    journey.when_the_ruling_is_made()
    journey.then_it_stands_with_name_and_time()
    journey.when_the_dictated_ruling_is_confirmed()
    journey.then_nothing_is_left_to_confirm()
    journey.then_the_accessibility_baseline_is_met()
