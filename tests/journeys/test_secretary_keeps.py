"""A secretary works through who is due: reminds two people, looks at what was sent, enters an absence, reads a file of staff."""

import re

import pytest

from tests.journeys.conftest import Begin
from tests.journeys.journey import Journey
from tests.support.live_site import DAYS

pytestmark = pytest.mark.journey
ESR = """Title,First Name,Last Name,Email Address,Position Title,Latest Start Date
Mr,Gethin,Pryderi,contracts@wexmoor.example,Head of contracts,02/11/2026
Mrs,Cath,Newcombe,cath@x.example,Pharmacist,02/11/2026
"""


class Keeping(Journey):
    """From the list of who is due to what was done about it."""

    def when_two_people_are_ticked_and_reminded(self) -> None:
        self.go_to("Who is due")
        self.heading_is("Who is due")
        for name in ("Mr Gethin Pryderi", "Dr Bronwen Achterberg"):
            self.main.get_by_label(name, exact=True).check()
        self.send("Send them a reminder")
        self.send("Send")

    def then_the_page_says_what_was_sent(self) -> None:
        self.heading_is("Reminders")
        self.reads("2 reminders are waiting to be sent")
        self.reads("contracts@wexmoor.example")

    def when_the_text_is_looked_at_before_it_is_saved(self) -> None:
        self.follow("Change the days and the text")
        self.send("Look at the email first")
        self.reads("Dear Dr Ann Example")
        self.go_back("Back to reminders")

    def when_somebody_is_entered_as_away(self) -> None:
        self.go_to("Who is due")
        self.follow("Away for long")
        self.reads("Mrs Teleri Fontaine")
        self.follow("Enter an absence")
        self.send("Save")
        self.reads("Enter the first day away")

    def when_a_file_of_staff_is_read(self) -> None:
        self.go_to("Who is due")
        self.follow("Starters, movers and leavers")
        sent = {"name": "esr.csv", "mimeType": "text/csv", "buffer": ESR.encode()}
        self.main.get_by_label("Spreadsheet").set_input_files(files=[sent])
        self.choose("No")
        self.send("Read it")
        self.reads("From Contracts manager, primary care to Head of contracts")
        self.send("Take what is ticked")

    def then_the_changes_are_taken(self) -> None:
        self.reads("Taken: 1 started, 1 moved, 0 left")

    def when_the_training_record_and_the_queue_are_opened(self) -> None:
        self.go_to("Who is due")
        self.follow("Training")
        self.reads("Due for training")
        self.go_back("Back to who is due")
        self.follow("Match organisations, one after the other")
        self.follow("Leave it for later and go on")
        self.go_to("Who is due")
        self.follow("Decision-makers who did not declare")
        self.send("Confirm the list")
        self.reads(re.compile("Ms Ffion Tregarrow confirmed it"))


def test_a_secretary_works_through_who_is_due(begin: Begin, width: str) -> None:
    secretary = begin(Keeping, width, at=DAYS.at(20, "10:00"))
    secretary.given_is_signed_in("secretary")
    secretary.when_two_people_are_ticked_and_reminded()
    secretary.then_the_page_says_what_was_sent()
    secretary.when_the_text_is_looked_at_before_it_is_saved()
    secretary.when_somebody_is_entered_as_away()
    secretary.when_a_file_of_staff_is_read()
    secretary.then_the_changes_are_taken()
    secretary.when_the_training_record_and_the_queue_are_opened()
    secretary.then_the_accessibility_baseline_is_met()
