"""The secretary takes over an old register in the layout of the national template, and clears what is left to match."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from coi import clock
from coi.config import Config
from coi.handlers import actor_of, job_handlers
from coi.jobs.worker import Worker
from tests.journeys.conftest import Begin
from tests.journeys.journey import Journey
from tests.registers.importing.registers_seen import TEMPLATE, as_csv
from tests.support.live_site import DAYS

pytestmark = pytest.mark.journey
DOUBTFUL = [
    "Dr C Llŷr-Bevan",
    "GP adviser",
    "Tarn Care Ltd",
    "X",
    "",
    "",
    "Direct",
    "Director",
    "June 2021",
    "Ongoing",
    "",
]
WRONG = [
    "Mr Owain Teal",
    "Lay member",
    "Marsh School",
    "",
    "",
    "x",
    "Direct",
    "Governor",
    "01/02/2020",
    "01/01/2019",
    "",
]


class Importing(Journey):
    """From the old spreadsheet to a register without loose ends."""

    def when_the_old_register_is_uploaded(self, file: Path) -> None:
        self.go_to("Register")
        self.follow("Import a register")
        self.send("Upload it")
        self.reads("Select a file")
        self.main.get_by_label("The register").set_input_files(file)
        self.send("Upload it")
        self.reads("The file is being read")

    def when_the_worker_has_done_its_work(self) -> None:
        with self.site.app.app_context():
            config: Config = self.site.app.config["COI"]
            worker = Worker(job_handlers(config), actor_of, now=lambda: clock.now())
            while worker.run_once():
                pass
        self.page.reload()
        self.baseline.look()

    def then_only_what_needs_her_is_shown(self) -> None:
        self.reads("2 rows need you first")
        self.reads("before it starts on 1 February 2020")
        expect(self.main.get_by_text("Quillbrook Surgery")).to_have_count(0)

    def when_the_columns_are_looked_at(self) -> None:
        self.follow("Correct the columns, the register or the day")
        self.reads("For example: Quillbrook Surgery")
        self.go_back("Back to register.csv")

    def when_the_wrong_row_is_corrected(self) -> None:
        self.follow("Correct row 9")
        self.fill("To", "never")
        self.send("Use this instead")
        self.reads("“never” is not a date")
        self.fill("To", "")
        self.send("Use this instead")

    def when_she_answers(self) -> None:
        self.reads("1 row needs you first")
        self.pick("Who is Dr C Llŷr-Bevan, row 8?", "Dr Carys")
        self.send("Save these answers")

    def then_everything_is_imported_at_once(self) -> None:
        self.reads("All rows are imported together, or none")
        self.send("Import these rows")
        self.reads("The file is being imported")
        self.when_the_worker_has_done_its_work()
        self.reads("The register was imported, as at 31 January 2026")

    def when_the_queue_is_cleared(self) -> None:
        self.follow("match the organisations that were not certain")
        for _ in range(12):
            if self.main.get_by_role("heading", name="You are through").count():
                break
            self.follow("Leave it for later and go on")
        self.heading_is("You are through")

    def then_the_register_shows_the_old_rows(self) -> None:
        self.go_to("Register")
        self.fill("Name, organisation or words", "Ashdown")
        self.send("Show")
        expect(self.row("Quillbrook Surgery")).to_contain_text(re.compile("GP partner"))


def test_the_secretary_imports_a_register_and_clears_the_queue(begin: Begin, width: str, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(as_csv([*TEMPLATE, DOUBTFUL, WRONG], delimiter=";", encoding="utf-16"))
    secretary = begin(Importing, width, at=DAYS.at(25, "09:05"), javascript=True)
    secretary.given_is_signed_in("secretary")
    secretary.when_the_old_register_is_uploaded(file)
    secretary.when_the_worker_has_done_its_work()
    secretary.then_only_what_needs_her_is_shown()
    secretary.when_the_columns_are_looked_at()
    secretary.when_the_wrong_row_is_corrected()
    secretary.when_the_worker_has_done_its_work()
    secretary.when_she_answers()
    secretary.when_the_worker_has_done_its_work()
    secretary.then_everything_is_imported_at_once()
    secretary.when_the_queue_is_cleared()
    secretary.then_the_register_shows_the_old_rows()
    secretary.then_the_accessibility_baseline_is_met()
