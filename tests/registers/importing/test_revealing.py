"""Rows that reveal somebody's health or belief wait for the Guardian: by their words, or as somebody says in the preview."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from coi import clock
from coi.cli.register_import import import_register_file
from coi.config import Config
from coi.database import db
from coi.handlers import actor_of, job_handlers
from coi.jobs.worker import Worker
from coi.organisations.models import Body
from coi.people.vocabulary import PersonDetails
from coi.permissions.vocabulary import Role
from coi.registers.importing.revealing import held_back, plainly
from coi.registers.importing.vocabulary import Action, Holder, KnownInterest, Proposal, Stated
from coi.registers.interests.models import Interest, RedactionRequest
from coi.registers.interests.public_queries import public_rows
from coi.registers.interests.versions import REVEALS
from coi.registers.interests.vocabulary import Directness, InterestType
from tests.factories.accounts import account_with
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.registers.importing.by_command import imported
from tests.registers.importing.registers_seen import as_csv
from tests.support.client import StrictClient
from tests.support.page import Page

NOW = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
HEAD = ["Name", "Position", "Declared interest", "Nature of interest", "From", "To"]
SON = ["Dr Ann Ash", "GP member", "Wexmoor Clinic", "My son has type 1 diabetes and is seen there", "01/04/2024", ""]
PARTNER = ["Dr Ann Ash", "GP member", "Quillbrook Surgery", "GP partner", "01/04/2015", ""]
ROWS = [["Register of interests as at 31 October 2026"], HEAD, SON, PARTNER]
WHO = PersonDetails("Ann", "Ash", "Dr")
STATED = Stated(1, 2, "Dr Ann Ash", WHO, organisation="Wexmoor Clinic", nature="My son has diabetes")
NEW = Proposal(STATED, Holder("ann", WHO), Action.NEW)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.mark.parametrize(
    "text",
    [
        "My son has diabetes and attends the clinic", "Wife was diagnosed with MS", "Daughter with cystic fibrosis", "Lives with dementia",
        "Has breast cancer", "I have a disability", "Member of St Anne’s Church", "Churchwarden, St Anne", "Elder at the Baptist Church",
    ],
)  # fmt: skip
def test_what_says_outright_that_somebody_is_ill_or_believes_is_heard(text: str) -> None:
    """Source: RULEBOOK §5.2."""
    assert plainly(text)


@pytest.mark.parametrize(
    "text",
    [
        "Trustee, Wexmoor Cancer Support", "GP partner", "Registered patient at the practice", "Husband works with cancer patients",
        "Partner at Church Street Surgery", "Governor of St Anne’s Church of England Primary School", "Trustee of the parish council",
        "Director, Tarn Diabetes Ltd", "The company has diabetes services", "Trustee of Church Lane Medical Trust",
    ],
)  # fmt: skip
def test_a_name_alone_reveals_nothing_of_anybody(text: str) -> None:
    assert not plainly(text)


def test_what_somebody_says_goes_before_the_words() -> None:
    """Rule: REG-06."""
    assert held_back(NEW, None).asks and held_back(NEW, None).reveals
    assert not held_back(NEW, False).asks
    plain = replace(NEW, stated=replace(STATED, nature="Employee"))
    assert not held_back(plain, None).asks and held_back(plain, True).asks


def test_what_stands_is_not_asked_about_again_by_its_words() -> None:
    """Whoever said once that it reveals nothing is not asked by the next file."""
    known = KnownInterest(
        "i", "ann", "I/1", 1, ("Wexmoor Clinic",), "Son has diabetes", InterestType.FINANCIAL, Directness.DIRECT
    )
    changed = replace(NEW, action=Action.CHANGED, interest=known)
    assert not held_back(changed, None).asks and held_back(changed, True).asks
    assert not held_back(replace(NEW, action=Action.ALREADY, interest=known), None).asks
    asked = held_back(replace(changed, interest=replace(known, is_asked_about=True)), True)
    assert asked.reveals and not asked.asks, "the Guardian was asked already"


def test_words_that_reveal_and_did_not_stand_before_are_asked_about_whatever_was_asked_of_others() -> None:
    known = KnownInterest(
        "i", "ann", "I/1", 1, ("Wexmoor Clinic",), "Visits", InterestType.FINANCIAL, Directness.DIRECT
    )
    changed = replace(NEW, action=Action.CHANGED, interest=replace(known, is_asked_about=True))
    assert held_back(changed, None).asks and held_back(changed, None).reveals
    assert not held_back(changed, False).asks


def test_a_row_that_refuses_consent_too_is_asked_about_once() -> None:
    both = held_back(replace(NEW, stated=replace(STATED, keep_private_because="I was threatened")), None)
    assert both.asks and both.reveals and len(both.reasons) == 3


def _asked(interest: Interest) -> list[str]:
    rows = db.session.query(RedactionRequest).filter(RedactionRequest.interest_id == interest.id)
    return [each.reason for each in rows]


def _interests() -> dict[str, Interest]:
    return {each.versions[-1].organisations[0].text: each for each in db.session.query(Interest)}


def test_the_command_line_keeps_back_what_reveals_and_can_be_told_otherwise(app: Flask, tmp_path: Path) -> None:
    body = a_body()
    db.session.commit()
    file = tmp_path / "register.csv"
    file.write_bytes(as_csv(ROWS))
    dry = CliRunner().invoke(import_register_file, [str(file), "--dry-run"])
    assert "The Guardian is asked" in dry.output
    db.session.rollback()
    dry = CliRunner().invoke(
        import_register_file, [str(file), "--dry-run", "--reveals-nothing", "1", "--reveals-health", "2"]
    )
    assert dry.output.count("The Guardian is asked") == 1 and "By its words" not in dry.output
    db.session.rollback()
    assert CliRunner().invoke(import_register_file, [str(file)]).exit_code == 0
    found = _interests()
    held, plain = found["Wexmoor Clinic"], found["Quillbrook Surgery"]
    assert _asked(held) == [REVEALS] and held.versions[-1].reveals_health
    assert not _asked(plain) and not plain.versions[-1].reveals_health
    public = [row.key for row in public_rows(body.id, on=NOW.date(), at=NOW)]
    assert plain.reference in public and held.reference not in public


def test_what_a_later_register_reveals_of_an_interest_that_was_public_waits_for_the_guardian(
    app: Flask, tmp_path: Path
) -> None:
    """Rule: REG-06."""
    body = a_body()
    db.session.commit()
    row = ["Dr Ann Ash", "GP member", "Quintessence Trust", "Volunteer driver who brings people", "01/04/2015", ""]
    as_at = "Register of interests as at 31 {} 2026"
    assert imported(tmp_path, [[as_at.format("July")], HEAD, row]).exit_code == 0
    row[3] = "Volunteer driver who brings people, as I have dementia"
    for word in ("1 changed interest", "Nothing changed"):
        assert word in imported(tmp_path, [[as_at.format("October")], HEAD, row], name="later.csv").output
    (held,) = db.session.query(Interest)
    assert _asked(held).count(REVEALS) == 1 and held.versions[-1].reveals_health
    assert "dementia" not in str([each.values for each in public_rows(body.id, on=NOW.date(), at=NOW)])


@pytest.fixture
def secretary(app: Flask, client: StrictClient) -> StrictClient:
    made: Body = a_body()
    person = a_person("Mrs Sue Secretary")
    an_appointment(person, made, "Committee secretary")
    account_with(person.id, "secretary@example.nhs.uk", [Role.SECRETARY], made.id)
    db.session.commit()
    return client.as_("secretary@example.nhs.uk")


def _work(app: Flask) -> None:
    config: Config = app.config["COI"]
    worker = Worker(job_handlers(config), actor_of, now=clock.now)
    while worker.run_once():
        pass
    db.session.rollback()


def _send(app: Flask, browser: StrictClient, page: Page, action: str, **data: str) -> Page:
    where = page.path.partition("?")[0]
    version = page.soup.find("input", attrs={"name": "version"})
    shown = [str(each["value"]) for each in page.soup.select("input[name=shown]")]
    browser.post(f"{where}/{action}", {"version": str(version["value"]), "shown": shown, **data})
    _work(app)
    return browser.get(where)


def test_the_preview_asks_it_of_each_row_and_keeps_the_answer(app: Flask, secretary: StrictClient) -> None:
    page = secretary.post("/mid-marsh/registers/import/", {"file": (io.BytesIO(as_csv(ROWS)), "register.csv")})
    _work(app)
    page = secretary.get(page.path)
    ticked = [each["name"] for each in page.soup.select("input[name^=reveals-]") if each.has_attr("checked")]
    assert ticked == ["reveals-1"] and "By its words. Untick it where it does not" in page.text
    page = _send(app, secretary, page, "answers", **{"reveals-2": "y"})
    ticked = [each["name"] for each in page.soup.select("input[name^=reveals-]") if each.has_attr("checked")]
    assert ticked == ["reveals-2"]
    _send(app, secretary, page, "import")
    found = _interests()
    assert not _asked(found["Wexmoor Clinic"]) and _asked(found["Quillbrook Surgery"]) == [REVEALS]
