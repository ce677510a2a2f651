"""The training record: 80 % where the rules ask for it, every twelve months, by hand and from a spreadsheet."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations.models import Body
from coi.permissions.vocabulary import Actor, Grant, Role, system_actor
from coi.registers.training import commands, queries
from coi.registers.training.rules import Record, read_module, read_score, training_of
from coi.registers.training.vocabulary import Module, Trained, TrainingDetails
from tests.factories.accounts import account, role
from tests.factories.committees import a_committee, a_member
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient

AT = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 10)
SYSTEM = system_actor("cli")


def trained(*records: Record, mark: int | None = 80, months: int | None = 12, is_asked: bool = True) -> Trained:
    return training_of(records, is_asked=is_asked, months=months, pass_mark=lambda _on: mark, on=TODAY).trained


@pytest.mark.parametrize(
    ("done_on", "score", "expected"),
    [
        (date(2026, 5, 1), 80, Trained.CURRENT), (date(2026, 5, 1), 79, Trained.FAILED), (date(2026, 5, 1), None, Trained.FAILED),
        (date(2025, 11, 20), 95, Trained.DUE), (date(2025, 11, 10), 95, Trained.DUE), (date(2025, 11, 9), 95, Trained.EXPIRED),
    ],
)  # fmt: skip
def test_module_1_is_passed_at_80_percent_and_lasts_a_year(done_on: date, score: int | None, expected: Trained) -> None:
    """Rule: TRN-01."""
    assert trained(Record(Module.MODULE_1, done_on, score)) is expected


def test_where_the_rules_have_no_mark_whatever_was_done_counts() -> None:
    assert trained(Record(Module.ICB, date(2026, 5, 1), None), mark=None) is Trained.CURRENT


def test_the_rules_of_2013_asked_for_no_training_and_others_are_not_asked() -> None:
    assert trained(months=None) is Trained.NOT_ASKED
    assert trained(is_asked=False) is Trained.NOT_ASKED
    assert trained() is Trained.MISSING
    assert trained(Record(Module.MODULE_3, TODAY, 100)) is Trained.MISSING


def test_members_of_committees_and_who_keeps_or_guards_the_registers_are_asked_and_others_not(body: Body) -> None:
    """Rule: TRN-01."""
    a_member(a_committee(body), a_person("Dr Ann Member"))
    for name, held in (
        ("Ms Gus Guard", Role.GUARDIAN),
        ("Mr Sam Scribe", Role.SECRETARY),
        ("Ms Di Drafter", Role.DECLARANT),
    ):
        person = a_person(name)
        an_appointment(person, body)
        role(person.id, held, body.id)
    lead = Actor("Lead", grants=(Grant(Role.GOVERNANCE_LEAD, body.id),))
    found = {each.line.name: each.verdict.trained for each in queries.training_list(body.id, lead, AT)}
    assert found == {
        "Dr Ann Member": Trained.MISSING, "Ms Gus Guard": Trained.MISSING, "Mr Sam Scribe": Trained.MISSING,
        "Ms Di Drafter": Trained.NOT_ASKED,
    }  # fmt: skip


@given(
    st.lists(
        st.builds(Record, st.sampled_from(Module), st.dates(date(2017, 1, 1), TODAY), st.none() | st.integers(0, 100))
    )
)
def test_another_training_that_was_passed_never_makes_it_worse(records: list[Record]) -> None:
    assert trained(*records, Record(Module.MODULE_1, TODAY, 90)) is Trained.CURRENT


@pytest.mark.parametrize(
    ("text", "expected"), [("85", 85), ("85%", 85), ("85.0", 85), ("0.85", 85), ("120", None), ("pass", None), ("1", 1)]
)
def test_a_score_is_read_as_spreadsheets_write_it(text: str, expected: int | None) -> None:
    assert read_score(text) == expected


def test_a_module_is_read_by_its_number_or_as_the_icb_training() -> None:
    assert [read_module(text) for text in ("CoI Module 1", "2", "Managing conflicts of interest (ICB)", "Fire safety")] == [
        Module.MODULE_1, Module.MODULE_2, Module.ICB, None,
    ]  # fmt: skip


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def test_what_is_on_record_is_not_entered_twice_and_a_mistake_counts_no_more(body: Body) -> None:
    person = a_person()
    an_appointment(person, body)
    details = TrainingDetails(person.id, Module.ICB, date(2026, 5, 1))
    (record,) = commands.enter_training([details, details], actor=SYSTEM, at=AT, body_id=body.id)
    with pytest.raises(RuleBroken, match="on record already"):
        commands.enter_training([details], actor=SYSTEM, at=AT, body_id=body.id)
    future = TrainingDetails(person.id, Module.ICB, date(2027, 5, 1))
    with pytest.raises(RuleBroken, match="in the past"):
        commands.enter_training([future], actor=SYSTEM, at=AT, body_id=body.id)
    commands.withdraw_training(record, actor=SYSTEM, at=AT, body_id=body.id)
    assert queries.on_record([person.id]) == {}
    assert len(queries.records_of(person.id)) == 1


def test_a_test_that_was_taken_again_on_the_same_day_is_kept_beside_the_first_and_counts(body: Body) -> None:
    """Rule: TRN-01."""
    person, on = a_person(), date(2026, 5, 1)
    an_appointment(person, body)
    failed, passed = (TrainingDetails(person.id, Module.MODULE_1, on, score) for score in (79, 80))
    commands.enter_training([failed], actor=SYSTEM, at=AT, body_id=body.id)
    commands.enter_training([failed, passed], actor=SYSTEM, at=AT, body_id=body.id)
    assert queries.on_record([person.id]) == {(person.id, Module.MODULE_1.value, on): {79, 80}}
    with pytest.raises(RuleBroken, match="on record already"):
        commands.enter_training([replace(passed, score=None), failed], actor=SYSTEM, at=AT, body_id=body.id)
    tried = [Record(Module.MODULE_1, on, 80), Record(Module.MODULE_1, on, 79)]
    verdict = training_of(tried, is_asked=True, months=12, pass_mark=lambda _: 80, on=AT.date())
    assert verdict.trained is Trained.CURRENT


SHEET = """Full Name,Email,Course,Completion Date,Score
Dr Ann Lee,,Module 1,05/01/2026,85%
"Lee, Ben",ben@x.example,Module 1,2026-02-30,85
Nobody Known,,Module 1,2026-01-05,85
"""


def test_the_secretary_reads_a_spreadsheet_looks_at_it_and_takes_it_once(body: Body, client: StrictClient) -> None:
    committee = a_committee(body)
    ann = a_member(committee, a_person("Dr Ann Lee")).person
    a_member(committee, a_person("Mr Ben Lee", email="ben@x.example"))
    secretary = a_person("Ms Ffion Secretary")
    account(secretary.id, "sec@example.nhs.uk")
    role(secretary.id, Role.SECRETARY, body.id)
    client.as_("sec@example.nhs.uk")
    home = "/mid-marsh/registers/training"
    page = client.get(f"{home}/")
    assert "No training on record" in page.text
    assert "every 12 months" in page.text and "set no pass mark: whoever did it passed" in page.text
    page = client.post(f"{home}/spreadsheet", {"file": (io.BytesIO(SHEET.encode()), "training.csv")})
    assert "1 new, 0 on record already, 2 not understood" in page.text
    assert "Row 3, Mr Ben Lee" in page.text or "Row 3, Ben Lee" in page.text
    assert "“2026-02-30” is not a date" in page.text
    assert "Row 4, Nobody Known: Nobody here has this name" in page.text
    page = client.post(f"{home}/spreadsheet/check")
    assert "1 training is on record" in page.text
    assert "Dr Ann Lee" not in page.text
    page = client.post(f"{home}/spreadsheet", {"file": (io.BytesIO(SHEET.encode()), "training.csv")})
    assert "0 new, 1 on record already" in page.text
    page = client.post(f"{home}/spreadsheet", {"file": (io.BytesIO(b"%PDF-1.7"), "training.xlsx")})
    assert "is not" in page.error_for("Spreadsheet")
    assert [each.score for each in queries.records_of(ann.id)] == [85]


def test_who_was_due_for_training_is_shown_as_it_was_known_then(body: Body, client: StrictClient, today: None) -> None:
    secretary, home = a_person("Ms Ffion Secretary"), "/mid-marsh/registers/training"
    account(secretary.id, "sec@example.nhs.uk")
    role(secretary.id, Role.SECRETARY, body.id)
    person = a_member(a_committee(body), a_person("Dr Ann Member")).person
    details = TrainingDetails(person.id, Module.MODULE_1, date(2026, 5, 1), 90)
    commands.enter_training([details], actor=SYSTEM, at=AT, body_id=body.id)
    db.session.commit()
    browser = client.as_("sec@example.nhs.uk")
    page = browser.get(f"{home}/?known=2026-11-08T12:00")
    assert "Dr Ann Member" in page.text and "As it was known at 8 November 2026, midday" in page.text
    assert "Dr Ann Member" not in browser.get(f"{home}/").text
    assert browser.get(f"{home}/?known=soon").errors == ["Enter a date and time like 2026-11-01T12:00"]


def test_the_record_of_one_person_is_shown_as_it_was_known_then(body: Body, client: StrictClient, today: None) -> None:
    secretary, home = a_person("Ms Ffion Secretary"), "/mid-marsh/registers/training"
    account(secretary.id, "sec@example.nhs.uk")
    role(secretary.id, Role.SECRETARY, body.id)
    person = a_member(a_committee(body), a_person("Dr Ann Member")).person
    details = TrainingDetails(person.id, Module.MODULE_1, date(2026, 5, 1), 90)
    (made,) = commands.enter_training([details], actor=SYSTEM, at=AT - timedelta(days=1), body_id=body.id)
    db.session.commit()
    where, browser = f"{home}/people/{person.id}", client.as_("sec@example.nhs.uk")
    then = browser.get(f"{where}?known=2026-11-08T12:00")
    assert "Nothing was on record" in then.text and "Enter a training" not in then.text
    assert "90%" in browser.get(where).text
    commands.withdraw_training(made, actor=SYSTEM, at=AT, body_id=body.id)
    db.session.commit()
    page = browser.get(f"{where}?known=soon")
    assert page.errors == ["Enter a date and time like 2026-11-01T12:00"] and "Withdrawn" in page.text
    page = browser.get(f"{where}?known=2026-11-09T13:00")
    assert "90%" in page.text and "Withdrawn" not in page.text and "Passed" in page.text
