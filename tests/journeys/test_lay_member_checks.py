"""A lay member who was not in the room reads what happened to an item, and checks that nobody altered it since."""

import re

import pytest

from coi import clock
from coi.audit import checkpoint
from coi.audit import commands as audit
from coi.database import db
from tests.journeys.conftest import Begin
from tests.journeys.journey import Journey
from tests.support.live_site import DAYS

pytestmark = pytest.mark.journey
ITEM = "Minor surgery: inviting two providers to submit"


class Scrutiny(Journey):
    """From the story of an item to the proof."""

    def given_a_checkpoint_was_signed_and_kept(self) -> None:
        """What the worker does every hour; the lay member kept its text."""
        config = self.site.app.config["COI"]
        with self.site.app.app_context():
            key = checkpoint.load_or_make_key(config.ledger_key_file)
            audit.sign_checkpoint(at=clock.now(), log_name=config.ledger_name, key=key)
            db.session.commit()
            db.session.remove()
        self.kept = self.page.request.get(self.site.url("/ledger/checkpoint")).text()

    def when_the_story_of_the_item_is_opened(self) -> None:
        self.follow(re.compile("^Primary Care Commissioning Committee, 28 October 2026"))
        self.follow("Agenda")
        self.follow(ITEM)
        self.follow("The story of this item")

    def then_it_is_told_in_order_with_who_and_when(self) -> None:
        self.heading_is(f"The story of “{ITEM}”")
        self.reads("Mr Rafiq Daud-Karim")
        self.reads("28 October 2026, 11:42am")

    def when_an_entry_of_the_ledger_is_opened(self) -> None:
        """The one behind the chair's ruling on the director who had said nothing."""
        line = self.main.locator("li.coi-story__line").filter(has_text="ruled").filter(has_text="Mr Rafiq Daud-Karim")
        self.follow(re.compile(r"^ledger entry \d+$"), line.last)

    def then_it_says_what_was_recorded_and_how_to_prove_it(self) -> None:
        self.main.get_by_text("The proof", exact=True).click()
        self.reads("Hash of the entry")

    def when_the_kept_checkpoint_is_pasted(self) -> None:
        self.go_to("Ledger")
        self.follow("Check the ledger")
        self.send("Check")
        self.reads("Paste the checkpoint that you kept")
        self.fill("The checkpoint that you kept", self.kept)
        self.send("Check")

    def then_nothing_was_altered(self) -> None:
        self.reads("It fits")
        self.reads("has been altered since")


def test_a_lay_member_reads_the_story_and_checks_the_ledger(begin: Begin, width: str) -> None:
    journey = begin(Scrutiny, width, at=DAYS.at(25, "20:40"))
    journey.given_a_checkpoint_was_signed_and_kept()
    journey.given_is_signed_in("lay")
    journey.when_the_story_of_the_item_is_opened()
    journey.then_it_is_told_in_order_with_who_and_when()
    journey.when_an_entry_of_the_ledger_is_opened()
    journey.then_it_says_what_was_recorded_and_how_to_prove_it()
    journey.when_the_kept_checkpoint_is_pasted()
    journey.then_nothing_was_altered()
    journey.then_the_accessibility_baseline_is_met()
