"""The secretary plans a meeting and sees, as soon as an item names an organisation, who has to stand down and what is left."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Begin
from tests.journeys.journey import Journey
from tests.support.live_site import DAYS

pytestmark = pytest.mark.journey
ITEM = "Second site for Hollowbeck Surgery"


class Planning(Journey):
    """From what waits to an agenda in order."""

    def then_what_waits_is_on_the_first_page(self) -> None:
        self.heading_is("What waits for you")
        self.reads("flags need a ruling for 2 December 2026")
        self.reads("Draft minutes of 28 October 2026 wait to be confirmed")

    def when_a_meeting_is_planned_for(self, on: date) -> None:
        self.follow("Plan a meeting")
        self.send("Plan the meeting")
        self.reads("Enter the date of the meeting")
        self.choose("Primary Care Commissioning Committee")
        self.enter_date("Date of the meeting", on)
        self.fill("Start time", "2pm")
        self.fill("Place", "Boardroom and online")
        self.send("Plan the meeting")
        self.reads("is planned")

    def then_the_standing_items_are_on_the_agenda(self) -> None:
        self.heading_is("Agenda, 13 January 2027")
        self.reads("Declarations of interest")

    def when_an_item_is_added(self) -> None:
        self.follow("Add an item")
        self.fill("Title of the item", ITEM)
        self.choose("To approve")
        self.send("Add the item")
        self.heading_is(ITEM)
        self.reads("None is named yet, so the item cannot be screened.")

    def when_the_organisation_is_picked(self) -> None:
        self.follow("Add an organisation")
        self.fill("Which organisation does it concern?", "hollowbec")
        self.send("Find Which organisation does it concern?")
        self.choose("Hollowbeck Surgery")
        self.choose("Contract holder")
        self.send("Add the organisation")

    def then_the_flag_says_who_and_by_which_path(self) -> None:
        self.reads("Dr Carys Llŷr-Bevan")
        self.reads("Dr Carys Llŷr-Bevan → partner at Hollowbeck Surgery → contract holder in item 7")
        self.reads("Suggested:")

    def then_the_quorum_is_told_in_words(self) -> None:
        self.reads("What it means for the meeting")
        self.reads("Dr Carys Llŷr-Bevan, own contract")

    def when_the_item_is_moved_up_with_the_keyboard(self) -> None:
        self.go_back("Back to the agenda")
        button = self.main.get_by_role("button", name=re.compile(rf"Move up.*{ITEM}"))
        self.place_before = self.place_of(ITEM)
        button.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.baseline.look()

    def then_it_stands_one_place_higher(self) -> None:
        assert self.place_of(ITEM) == self.place_before - 1
        expect(self.main.get_by_role("heading", name=ITEM)).to_be_in_viewport()

    def place_of(self, title: str) -> int:
        return int(self.main.get_by_role("heading", name=title).inner_text().split(".")[0])


def test_the_secretary_plans_a_meeting_and_sees_who_stands_down(begin: Begin, width: str) -> None:
    journey = begin(Planning, width, at=DAYS.at(25, "09:05"))
    journey.given_is_signed_in("secretary")
    journey.then_what_waits_is_on_the_first_page()
    journey.when_a_meeting_is_planned_for(date(2027, 1, 13))
    journey.then_the_standing_items_are_on_the_agenda()
    journey.when_an_item_is_added()
    journey.when_the_organisation_is_picked()
    journey.then_the_flag_says_who_and_by_which_path()
    journey.then_the_quorum_is_told_in_words()
    journey.when_the_item_is_moved_up_with_the_keyboard()
    journey.then_it_stands_one_place_higher()
    journey.then_the_accessibility_baseline_is_met()
