"""The secretary at the meeting: nothing is decided before the chair ruled and the member left; what was recorded becomes minutes."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Begin
from tests.journeys.journey import Journey
from tests.support.live_site import DAYS

pytestmark = pytest.mark.journey
ITEM = "Minor surgery: award of the contract"
DIRECTOR, NURSE, CHAIR = "Mr Rafiq Daud-Karim", "Mrs Blessing Chikwanda", "Mrs Adaeze Okonkwo-Hale"
GP = "Dr Niamh O'Dornan"
DECISION = "The contract goes to the provider that the panel recommends."


class Sitting(Journey):
    """From opening to a PDF. The clock runs on between the steps, as it does."""

    def the_time_is(self, when: str) -> None:
        self.site.clock.set(DAYS.at(35, when))

    def when_the_meeting_is_opened(self) -> None:
        self.follow(re.compile("^Primary Care Commissioning Committee, 2 December 2026"))
        self.follow("Hold the meeting")
        self.follow("Open the meeting")
        self.send("Open the meeting")
        self.reads("The meeting is open.")

    def when_the_item_begins(self) -> None:
        self.follow(ITEM)
        self.send("Begin this item")
        self.heading_is(ITEM)

    def then_it_cannot_be_decided_yet(self, why: str) -> None:
        self.reads("This item cannot be decided yet")
        self.reads(why)
        expect(self.main.get_by_role("button", name="Record the decision")).to_have_count(0)

    def when_the_declaration_is_recorded(self, name: str, interest: re.Pattern[str]) -> None:
        self.send(f"Declaration by {name}")
        self.choose(interest)
        self.send("Record the declaration")
        self.reads(f"What {name} declared is recorded.")

    def when_the_ruling_is_dictated(self, name: str, *actions: str, why: str) -> None:
        self.send(f"Record the ruling on {name}")
        for box in self.main.get_by_role("group", name="What happens?").get_by_role("checkbox").all():
            box.uncheck()
        for action in actions:
            self.choose(action)
        self.fill("Why?", why)
        if any(action.startswith("Interest noted") for action in actions):
            self.main.get_by_label("The conflicts of interest Guardian was asked").check()
            self.main.get_by_label(re.compile("^How large is the interest")).fill("About £200 a year")
        self.pick("Who ruled?", CHAIR)
        self.send("Record the ruling")
        self.reads(f"The ruling on {name} is recorded.")

    def when_the_member_leaves(self, name: str) -> None:
        self.send(re.compile(f"^Left the meeting.*{name}"))
        self.reads(f"{name}: left the meeting.")

    def when_the_decision_is_taken(self) -> None:
        self.send("Record the decision")
        self.send("Record the decision")
        self.reads("Enter what was decided")
        self.choose("Approved", "What was the outcome?")
        self.fill("What was decided?", DECISION)
        self.send("Record the decision")
        self.reads("The decision is recorded.")

    def when_the_member_returns_and_the_meeting_closes(self, name: str) -> None:
        self.go_back("Back to the room")
        self.follow(re.compile(f"^Movement of {name}"))
        self.choose("Returned")
        self.send("Record the movement")
        self.follow("Close the meeting")
        self.send("Close the meeting")
        self.reads("The meeting is closed. The minutes can be composed.")

    def when_the_minutes_are_composed(self) -> None:
        self.follow("Minutes")
        self.send("Compose the minutes")

    def then_they_say_what_happened(self) -> None:
        for words in (DECISION, f"{DIRECTOR} declared", "left the meeting at 10:1"):
            self.reads(words)
        self.reads("Missing before the minutes can be final")
        expect(self.main).not_to_contain_text("not recorded whether and when they returned")

    def then_they_come_as_a_pdf(self) -> None:
        with self.page.expect_download() as coming:
            self.main.get_by_role("link", name="Download as PDF").click()
        assert coming.value.suggested_filename.endswith(".pdf")
        assert coming.value.path().read_bytes().startswith(b"%PDF-")


def test_the_secretary_takes_an_item_from_declaration_to_minutes(begin: Begin, width: str) -> None:
    journey = begin(Sitting, width, at=DAYS.at(35, "09:55"))
    journey.given_is_signed_in("secretary")
    journey.the_time_is("10:00")
    journey.when_the_meeting_is_opened()
    journey.the_time_is("10:05")
    journey.when_the_item_begins()
    journey.then_it_cannot_be_decided_yet(f"Nobody has ruled on the conflict of {DIRECTOR}")
    journey.when_the_declaration_is_recorded(DIRECTOR, re.compile("Pellowe Surgical Ltd"))
    journey.when_the_ruling_is_dictated(
        DIRECTOR, "Leaves for the discussion and the decision", why="He is a director of one of the bidders."
    )
    journey.when_the_declaration_is_recorded(NURSE, re.compile("Wexmoor Community NHS Foundation Trust"))
    journey.when_the_ruling_is_dictated(
        NURSE, "Interest noted, stays for the discussion and the decision", why="Single shifts in another service."
    )
    journey.then_it_cannot_be_decided_yet(f"Nobody has ruled on the conflict of {GP}")
    journey.when_the_ruling_is_dictated(
        GP, "Interest noted, stays for the discussion and the decision", why="A lunch, long before the bids."
    )
    journey.then_it_cannot_be_decided_yet(f"{DIRECTOR}")
    journey.the_time_is("10:10")
    journey.when_the_member_leaves(DIRECTOR)
    journey.the_time_is("10:20")
    journey.when_the_decision_is_taken()
    journey.the_time_is("10:25")
    journey.when_the_member_returns_and_the_meeting_closes(DIRECTOR)
    journey.when_the_minutes_are_composed()
    journey.then_they_say_what_happened()
    journey.then_they_come_as_a_pdf()
    journey.then_the_accessibility_baseline_is_met()
