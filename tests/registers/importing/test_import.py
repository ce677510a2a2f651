"""coi registers import, as somebody types it: all or nothing, and the same again changes nothing."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from coi import clock
from coi.audit.models import LedgerLeaf
from coi.cli.register_import import import_register_file
from coi.database import db
from coi.jobs.models import Job
from coi.organisations.models import Body
from coi.people.models import Appointment, Person
from coi.permissions.vocabulary import Actor, system_actor
from coi.registers.deciders.commands import say_who_decides
from coi.registers.deciders.models import DecisionMaker
from coi.registers.deciders.queries import waiting_of
from coi.registers.importing import commands
from coi.registers.importing.consenting import NO_REASON
from coi.registers.importing.row_plans import AnyPlan
from coi.registers.interests.commands import end_interest
from coi.registers.interests.models import (
    Declaration,
    Interest,
    InterestConfirmation,
    InterestVersion,
    RedactionRequest,
)
from coi.registers.interests.presenting import cards_of, shown_interest
from coi.registers.interests.public_queries import public_rows
from coi.registers.interests.queries import refresh_of
from coi.registers.interests.review_commands import agree_mitigation
from coi.registers.interests.versions import AFTERWARDS
from coi.registers.interests.vocabulary import DeclarationKind, InterestStatus, RedactionState
from coi.registers.standing_queries import lines_of_body
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment
from tests.registers.importing.registers_seen import ONE_FORM, SYSTEM, TEMPLATE, Rows, as_csv

CLI = system_actor("cli")
HEAD = ["Name", "Position", "Declared interest", "Type of interest", "From", "To"]
PARTNER = ["Dr Ama Ashdown", "GP member", "GP partner at Quillbrook Surgery", "Financial", "11/2015", "Ongoing"]


@pytest.fixture
def body(app: Flask) -> Body:
    body = a_body()
    an_organisation("Quillbrook Surgery", code="Z99001")
    db.session.commit()
    return body


def _run(tmp_path: Path, rows: Rows, *args: str, name: str = "register.csv") -> Result:
    file = tmp_path / name
    file.write_bytes(as_csv(rows))
    if rows[0] != TEMPLATE[0] and "--as-at" not in args:
        args = (*args, "--as-at", clock.today().isoformat())
    result = CliRunner().invoke(import_register_file, [str(file), *args])
    db.session.rollback()
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def _count(model: type) -> int:
    return db.session.query(model).count()


def test_a_register_comes_in_as_one_entry_of_the_ledger(body: Body, tmp_path: Path) -> None:
    before = _count(LedgerLeaf)
    result = _run(tmp_path, TEMPLATE)
    assert result.exit_code == 0, result.output
    assert "4 rows: 3 new interest, 1 nothing to declare. New people: 3." in result.output
    assert _count(LedgerLeaf) == before + 1
    (job,) = db.session.query(Job).where(Job.kind == AFTERWARDS)  # past decisions are compared with all of them
    assert len(job.payload["interests"]) == _count(Interest) == 3
    versions = {each.organisations[0].text: each for each in db.session.query(InterestVersion)}
    partner = versions["Quillbrook Surgery"]
    assert partner.organisations[0].organisation is not None and partner.organisations[0].organisation.code == "Z99001"
    assert (partner.status, partner.mitigation) == (InterestStatus.AGREED, "Leaves the room")
    assert "row 4" in partner.change_note
    assert versions["Tarn Care Ltd"].organisations[0].organisation_id is None, "doubtful ones wait for a person"
    kinds = sorted(each.kind.value for each in db.session.query(Declaration))
    assert kinds == ["nil", "on_appointment", "on_appointment"]
    (nil,) = [each for each in db.session.query(Declaration) if each.kind is DeclarationKind.NIL]
    assert (nil.declared_on.isoformat(), nil.on_behalf) == ("2026-01-31", True)


def test_nobody_looks_late_because_an_old_register_does_not_say_when(
    body: Body, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 10, 12, 0, tzinfo=UTC))
    known = a_person("Dr Ama Ashdown")
    an_appointment(known, body, "GP member", valid_from=date(2015, 1, 1))
    an_appointment(a_person("Ms Bryony Wren"), body, "Lay member", valid_from=date(2015, 1, 1))
    db.session.commit()
    dated = ["Ms Bryony Wren", "Lay member", "Governor of Marsh School", "", "01/02/2020", ""]
    rows = [[*HEAD, "Date declared"], [*PARTNER, ""], [*dated, "01/06/2020"]]
    assert _run(tmp_path, rows, "--as-at", "2026-01-31").exit_code == 0
    at = clock.now()
    first, second = sorted(db.session.query(InterestVersion), key=lambda each: each.declared.words, reverse=True)
    assert [first.declared.words, second.declared.words] == ["on or before 31 January 2026", "on 1 June 2020"]
    cards = cards_of([first, second], body.id)
    assert [card.late for card in cards] == ["", "Declared 93 days later than the guidance asks"]
    assert refresh_of(known.id, at, body.id).last_words == "on or before 31 January 2026"
    line = next(each for each in lines_of_body(body.id, at) if each.person_id == known.id)
    assert line.verdict.reason == "Last declared on or before 31 January 2026"
    found = {row.values["name"]: row.values for row in public_rows(body.id, on=date(2026, 11, 10), at=at)}
    assert [found[name]["declared_on_or_before"] for name in ("Dr Ama Ashdown", "Ms Bryony Wren")] == [True, False]
    (stage, *_) = shown_interest(first.interest, at, body.id).life
    assert stage.reason.startswith("Or before")


def test_the_same_rows_again_change_nothing_in_whichever_file(body: Body, tmp_path: Path) -> None:
    _run(tmp_path, TEMPLATE)
    before = _count(LedgerLeaf)
    for rows, name in ((TEMPLATE, "register.csv"), (TEMPLATE[1:], "another.csv")):
        result = _run(tmp_path, rows, name=name)
        assert result.exit_code == 0 and "Nothing changed" in result.output
    assert (_count(LedgerLeaf), _count(Interest)) == (before, 3)


def test_a_dry_run_says_everything_and_keeps_nothing(body: Body, tmp_path: Path) -> None:
    told = json.loads(_run(tmp_path, TEMPLATE, "--dry-run", "--json").output)
    assert told["imported"] is False and told["as_at"] == "2026-01-31"
    assert next((each["row"], each["line"], each["action"]) for each in told["rows"]) == (1, 4, "new")
    assert told["columns"]["fin"] == "Type of interest – Financial interests"
    assert _count(Interest) == 0


def test_all_or_nothing_until_the_row_is_left_out(body: Body, tmp_path: Path) -> None:
    rows = [HEAD, PARTNER, ["Ms Bryony Wren", "Lay member", "Governor of Marsh School", "", "01/02/2020", "01/01/2019"]]
    result = _run(tmp_path, rows)
    assert (
        result.exit_code == 1 and "row 2 (line 3)  Needs you" in result.output and "before it starts" in result.output
    )
    assert _count(Interest) == 0
    assert _run(tmp_path, rows, "--leave-out", "2").exit_code == 0
    assert _count(Interest) == 1


def test_a_namesake_is_asked_about_once(body: Body, tmp_path: Path) -> None:
    an_appointment(a_person("Mrs Ama Ashdown"), body, "Lay member")
    db.session.commit()
    assert _run(tmp_path, [HEAD, PARTNER]).exit_code == 1
    assert _run(tmp_path, [HEAD, PARTNER], "--new-people", "1").exit_code == 0
    again = _run(tmp_path, [HEAD, PARTNER])
    assert again.exit_code == 0 and "Nothing changed" in again.output


def test_whoever_does_not_consent_to_publication_is_heard_by_the_guardian_once(body: Body, tmp_path: Path) -> None:
    for _ in range(2):
        result = _run(tmp_path, ONE_FORM)
        assert result.exit_code == 0, result.output
        (asked,) = db.session.query(RedactionRequest)
        assert (asked.reason, asked.state) == ("my wife asked not", RedactionState.REQUESTED)
    at = clock.now()
    (shown,) = public_rows(body.id, on=clock.today(), at=at)  # what the Guardian has to decide about waits
    assert "Quillbrook Surgery" in str(shown.values)
    assert _count(Interest) == 2


@pytest.mark.parametrize("said", ["Consent to be given", "Yes - to be confirmed", "Yes, published in March 2099"])
def test_consent_that_is_still_to_come_is_none_and_the_guardian_is_asked(body: Body, tmp_path: Path, said: str) -> None:
    """Rule: REG-06."""
    assert _run(tmp_path, [[*HEAD, "Consent to publication"], [*PARTNER, said]]).exit_code == 0
    assert [each.reason for each in db.session.query(RedactionRequest)] == [said]
    assert "Quillbrook" not in str([each.values for each in public_rows(body.id, on=clock.today(), at=clock.now())])


@pytest.mark.parametrize(
    ("heading", "kept", "public"),
    [
        ("Withhold from publication?", "Yes", "No"), ("Do not publish", "x", ""), ("Redacted", "Y", "Not redacted"),
        ("Published?", "No", "31/01/2019"), ("Exempt from publication", "TRUE", "N"), ("Keep private?", "Yes please", "n/a"),
        ("Do you object to publication?", "Yes", "No"), ("Publish on website?", "N", "Y"), ("Not for publication", "Yes", "no"),
        ("Reason not to publish", "Yes", "None"),
    ],
)  # fmt: skip
def test_a_column_that_keeps_back_is_heard_and_its_heading_decides_what_a_yes_means(
    body: Body, tmp_path: Path, heading: str, kept: str, public: str
) -> None:
    """Rule: REG-06."""
    other = [*PARTNER[:2], "Director of Tarn Care Ltd", *PARTNER[3:]]
    assert _run(tmp_path, [[*HEAD, heading], [*PARTNER, kept], [*other, public]]).exit_code == 0
    shown = str([each.values for each in public_rows(body.id, on=clock.today(), at=clock.now())])
    assert ("Quillbrook" in shown, "Tarn Care" in shown) == (False, True)
    assert [each.reason for each in db.session.query(RedactionRequest)] == [NO_REASON]


def test_a_refusal_under_the_table_of_a_form_reaches_the_guardian_and_nothing_of_it_the_public(
    body: Body, tmp_path: Path
) -> None:
    """Rule: REG-06. The reason is for the Guardian alone."""
    asked = [
        "I do / do not [delete as applicable] give my consent. If consent is NOT given please give reasons:",
        "do not - harassment",
    ]
    table = [[*row[:5], ""] for row in ONE_FORM[:6]]
    table[3][5] = ""
    result = _run(tmp_path, [*table, [*asked, "", "", "", ""], *ONE_FORM[6:]])
    assert result.exit_code == 0, result.output
    assert [each.reason for each in db.session.query(RedactionRequest)] == ["harassment"] * 2
    assert _count(Interest) == 2
    assert "harassment" not in str([each.values for each in public_rows(body.id, on=clock.today(), at=clock.now())])


def test_no_change_is_a_confirmation_and_the_kinds_of_a_system_are_kept(body: Body, tmp_path: Path) -> None:
    _run(tmp_path, [HEAD, PARTNER], "--as-at", "2025-01-31")
    for again in (False, True):
        result = _run(tmp_path, SYSTEM)
        assert result.exit_code == 0, result.output
        assert ("Nothing changed" in result.output) is again
    (confirmed,) = db.session.query(InterestConfirmation)
    made = db.session.get_one(Declaration, confirmed.declaration_id)
    assert (made.kind, made.declared_on.isoformat(), made.person.family_name) == (
        DeclarationKind.ANNUAL,
        "2026-02-01",
        "Ashdown",
    )
    shares = db.session.query(InterestVersion).where(InterestVersion.subtype == "shareholding").one()
    assert (shares.nature, shares.particulars) == ("Holding: 5%", {"share": "5%"})


def test_of_whom_a_register_says_that_they_take_decisions_it_is_asked_once(body: Body, tmp_path: Path) -> None:
    """Rule: REG-02. A person says it: no file does."""
    rows = [SYSTEM[0], *SYSTEM[2:]]
    assert _run(tmp_path, rows).exit_code == 0
    (asked,) = db.session.query(DecisionMaker)
    person_id = asked.person_id
    assert db.session.get_one(Person, person_id).name == "Mr Cyril Dove" and asked.decides is None
    say_who_decides([person_id], body.id, decides=False, actor=CLI, at=clock.now())
    db.session.commit()
    more = ["Mr Cyril Dove", "Chair", "Loyalty Interests", "Quillbrook Surgery", "Patron", "", "01/02/2026"]
    assert "1 new interest" in _run(tmp_path, [*rows, more]).output
    assert not waiting_of([person_id], body.id) and _count(DecisionMaker) == 1


def test_a_form_that_comes_again_without_consent_asks_about_what_stands(body: Body, tmp_path: Path) -> None:
    _run(tmp_path, [[*row[:5], "Yes" if row[5].startswith("No") else row[5]] for row in ONE_FORM])
    assert _count(RedactionRequest) == 0
    result = _run(tmp_path, ONE_FORM)
    assert result.exit_code == 0 and "1 asks not to be published" in result.output
    assert (_count(RedactionRequest), _count(Interest), _count(InterestVersion)) == (1, 2, 2)


def test_a_later_register_changes_what_it_says_differently(body: Body, tmp_path: Path) -> None:
    _run(tmp_path, [HEAD, PARTNER])
    ended = [*PARTNER[:5], "31/03/2026"]
    result = _run(tmp_path, [HEAD, ended], "--as-at", "2026-05-01")
    assert result.exit_code == 0 and "1 changed interest" in result.output
    first, second = db.session.query(InterestVersion).order_by(InterestVersion.number)
    assert (first.ended_on, second.ended_on.isoformat(), second.status) == (None, "2026-03-31", InterestStatus.ENDED)


def test_a_corrected_file_says_what_differs_and_makes_a_version_not_a_double(body: Body, tmp_path: Path) -> None:
    head = ["Name", "Position", "Declared interest", "Nature", "From", "Action taken to mitigate risk"]
    first = ["Dr Ama Ashdown", "GP member", "Quillbrook Surgery", "GP partner", "11/2015", ""]
    second = ["Dr Ama Ashdown", "GP member", "Tarn Care Ltd", "Director", "2019", "Leaves the room"]
    _run(tmp_path, [head, first, second])
    third = [*first[:3], "Managing partner", *first[4:]], [*second[:5], "Declares it"]
    result = _run(tmp_path, [head, *third], "--dry-run")
    assert "says “GP partner”, the row “Managing partner”" in result.output
    assert "is “Declares it”, not “Leaves the room”" in result.output
    assert _run(tmp_path, [head, *third]).exit_code == 0
    assert "Nothing changed" in _run(tmp_path, [head, *third]).output
    assert (_count(Interest), _count(InterestVersion)) == (2, 4)
    last = {each.organisations[0].text: each for each in db.session.query(InterestVersion).filter_by(number=2)}
    assert (last["Quillbrook Surgery"].nature, last["Tarn Care Ltd"].mitigation) == ("Managing partner", "Declares it")


@pytest.mark.parametrize("now", ["Managing partner at Quillbrook Surgery, Marshton", "Director of Quillbrook Limited"])
def test_an_interest_whose_organisation_is_called_otherwise_later_is_a_new_version(
    body: Body, tmp_path: Path, now: str
) -> None:
    before = now.replace("Managing", "GP").replace(", Marshton", "").replace("Limited", "Ltd")
    _run(tmp_path, [HEAD, [*PARTNER[:2], before, *PARTNER[3:]]])
    result = _run(tmp_path, [HEAD, [*PARTNER[:2], now, *PARTNER[3:]]], name="later.csv")
    assert "1 changed interest" in result.output and result.exit_code == 0
    first, second = db.session.query(InterestVersion).order_by(InterestVersion.number)
    assert [each.text for each in first.organisations] == [before]
    assert [each.text for each in second.organisations] == [now]


def test_what_was_put_right_after_the_rows_were_looked_at_is_not_written_over(
    body: Body, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(tmp_path, [HEAD, PARTNER])
    real = commands.plan_for

    def then_put_right(*args: Any, **named: Any) -> AnyPlan:
        plan = real(*args, **named)
        (one,) = db.session.query(Interest)
        if is_importing:
            end_interest(one, date(2016, 6, 30), version=1, actor=CLI, at=clock.now(), body_id=body.id)
        is_importing.append(True)
        return plan

    is_importing: list[bool] = []
    monkeypatch.setattr(commands, "plan_for", then_put_right)
    result = _run(tmp_path, [HEAD, [*PARTNER[:5], "31/12/2023"]], name="later.csv")
    assert result.exit_code and "was changed meanwhile, so nothing was imported" in result.output
    assert _count(InterestVersion) == 1


def test_an_old_file_takes_back_nothing_that_was_changed_here_since(body: Body, tmp_path: Path) -> None:
    _run(tmp_path, [HEAD, PARTNER])
    _run(tmp_path, [HEAD, [*PARTNER[:3], "Non-financial professional", *PARTNER[4:]]], name="later.csv")
    before = _count(LedgerLeaf)
    result = _run(tmp_path, [HEAD, PARTNER], "--dry-run")
    assert "which was changed since" in result.output
    assert "Nothing changed" in _run(tmp_path, [HEAD, PARTNER]).output
    assert (_count(LedgerLeaf), _count(InterestVersion)) == (before, 2)


def test_whoever_has_left_gets_no_post_by_an_import(body: Body, tmp_path: Path) -> None:
    gone = a_person("Dr Ama Ashdown")
    an_appointment(gone, body, "GP member", valid_from=date(2015, 1, 1), valid_to=date(2020, 3, 31))
    db.session.commit()
    posts = _count(Appointment)
    result = _run(tmp_path, [HEAD, PARTNER], "--dry-run")
    assert "They left on 31 March 2020" in result.output
    _run(tmp_path, [HEAD, PARTNER])
    assert (_count(Interest), _count(Appointment)) == (1, posts)


def test_what_the_guardian_agreed_is_not_replaced_by_a_spreadsheet(body: Body, tmp_path: Path) -> None:
    _run(tmp_path, [HEAD, PARTNER])
    (interest,) = db.session.query(Interest)
    guardian = Actor("Guardian", person_id=a_person("Ms Gwen Guardian").id)
    agree_mitigation(interest, "Leaves the room", version=1, actor=guardian, at=clock.now())
    db.session.commit()
    ended = [*PARTNER[:5], "31/03/2026", "Declares at meetings"]
    result = _run(tmp_path, [[*HEAD, "Action taken to mitigate risk"], ended], "--as-at", "2026-05-01")
    assert result.exit_code == 0, result.output
    last = db.session.query(InterestVersion).order_by(InterestVersion.number.desc()).first()
    assert (last.mitigation, last.ended_on.isoformat()) == ("Leaves the room", "2026-03-31")
    assert "Declares at meetings" in last.change_note


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("register.xlsx", b"Name,Interest\r\n", "it is not"),
        ("register.csv", b'Name,Interest\r\nDr A,"Partner at', "never closes"),
        ("register.csv", b"Name,Post\r\nDr A,GP\r\n", "no column for the declared interest"),
        ("register.csv", b"%PDF-1.7 \x00\x01", "it is a PDF"),
    ],
    ids=["not what its name says", "cut off", "no register", "a PDF"],
)
def test_a_bad_file_gets_a_clear_word(body: Body, tmp_path: Path, name: str, data: bytes, said: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    result = CliRunner().invoke(import_register_file, [str(file)])
    assert result.exit_code == 2 and said in result.output


def test_a_register_that_does_not_say_its_day_is_asked_for_it(body: Body, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(as_csv([HEAD, PARTNER]))
    result = CliRunner().invoke(import_register_file, [str(file)])
    assert result.exit_code == 2 and "Say it with --as-at" in result.output
    assert _count(Interest) == 0


def test_a_register_of_the_future_is_refused(body: Body, tmp_path: Path) -> None:
    result = _run(tmp_path, [HEAD, PARTNER], "--as-at", "2099-01-01")
    assert result.exit_code == 2 and "today or in the past" in result.output


def test_somebody_known_whose_surname_stands_first_in_a_file_is_found_in_the_database(
    body: Body, tmp_path: Path
) -> None:
    assert _run(tmp_path, [HEAD, ["Mrs Adaeze Okonkwo-Hale", *PARTNER[1:]]]).exit_code == 0
    result = _run(tmp_path, [HEAD, ["Okonkwo-Hale Adaeze", *PARTNER[1:]]])
    assert result.exit_code == 1 and "may be somebody who is known" in result.output
    assert _count(Person) == 1
