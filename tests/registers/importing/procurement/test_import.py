"""coi registers import of procurement decisions, as somebody types it: all or nothing, and the same again changes nothing."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from frictionless import Package, system

from coi import clock
from coi.database import db
from coi.organisations.models import Body
from coi.publication.catalogue import PROCUREMENT
from coi.registers.disposal.record_queries import over_on
from coi.registers.importing.models import RegisterImport
from coi.registers.procurement import commands, queries
from coi.registers.procurement.models import ProcurementDecision, ProcurementVersion
from coi.registers.procurement.public_queries import public_releases, public_rows
from coi.registers.procurement.vocabulary import Outcome, Showing, State
from tests.factories.interests import an_interest, details_of
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment
from tests.factories.procurement import SYSTEM, a_procurement
from tests.factories.publication import an_edition
from tests.registers.importing.by_command import entries, imported
from tests.registers.importing.decisions_seen import ANNEX_H, HOURS, SHORT, SURGERY
from tests.support.client import StrictClient

NOW = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def body(app: Flask) -> Body:
    body = a_body()
    an_organisation("Quillbrook Surgery", code="Z99001")
    db.session.commit()
    return body


def _rows() -> list[ProcurementDecision]:
    return list(db.session.query(ProcurementDecision).order_by(ProcurementDecision.reference))


def test_a_register_of_decisions_comes_in_as_one_entry_of_the_ledger(body: Body, tmp_path: Path) -> None:
    before = entries()
    result = imported(tmp_path, ANNEX_H)
    assert result.exit_code == 0, result.output
    assert "Register of procurement decisions and contracts awarded, as at 2019-03-31" in result.output
    assert "2 rows: 2 new decision." in result.output and "New people" not in result.output
    assert entries() == before + 1
    first, second = _rows()
    assert [each.reference for each in (first, second)] == ["PD/2018-19/001", "PD/2018-19/002"]
    assert (first.is_taken_over, first.old_reference, first.state) == (True, "P/01", State.ON_REGISTER)
    assert first.origin == "row 3 of register.csv, a register as at 31 March 2019"
    one, two = (each.versions[-1] for each in (first, second))
    assert one.supplier is not None and one.supplier.code == "Z99001"
    assert two.supplier_organisation_id is None, "a doubtful one waits for a person"
    assert (one.decided_on, one.decided_on_or_before) == (date(2019, 2, 12), False)
    assert (two.decided_on, two.decided_on_or_before, two.value_body) == (date(2019, 3, 31), True, None)
    assert (one.service_kind, one.is_gp_provider, one.public_from) == (None, None, date(2026, 11, 10))
    assert "Taken over from register.csv, row 3" in one.change_note
    (done,) = db.session.query(RegisterImport)
    assert (done.register, done.counts["new"]) == ("procurement", 2)
    found = queries.register_page(body.id, NOW, actor=SYSTEM, showing=Showing.UNMATCHED)
    assert [row.decision.id for row in found.rows] == [second.id]


def test_the_same_rows_again_change_nothing_in_whichever_file(body: Body, tmp_path: Path) -> None:
    imported(tmp_path, ANNEX_H)
    before = entries()
    for rows, name in ((ANNEX_H, "register.csv"), ([ANNEX_H[0], ANNEX_H[1], HOURS, SURGERY], "again.csv")):
        result = imported(tmp_path, rows, name=name)
        assert result.exit_code == 0 and "Nothing changed" in result.output, result.output
    assert (entries(), len(_rows())) == (before, 2)


def test_a_row_that_was_reworded_is_a_new_version_and_the_match_stays(body: Body, tmp_path: Path) -> None:
    imported(tmp_path, ANNEX_H)
    result = imported(tmp_path, [*ANNEX_H[:2], [*SURGERY[:9], "The GP left", *SURGERY[10:]], HOURS], name="later.csv")
    assert "1 changed decision, 1 on the register already" in result.output
    first, _second = _rows()
    old, new = first.versions
    assert (old.mitigations, new.mitigations, new.supplier_organisation_id) == (
        "",
        "The GP left",
        old.supplier_organisation_id,
    )


def test_nothing_comes_in_while_a_row_needs_a_person(body: Body, tmp_path: Path) -> None:
    wrong = [*SURGERY[:12], "10", "20", ""]
    before = entries()
    result = imported(tmp_path, [*ANNEX_H[:2], wrong, HOURS])
    assert result.exit_code == 1 and "Nothing was imported" in result.output and "Value to the body" in result.output
    assert (entries(), _rows()) == (before, [])
    assert imported(tmp_path, [*ANNEX_H[:2], wrong, HOURS], "--leave-out", "1").exit_code == 0
    assert len(_rows()) == 1


def test_a_dry_run_says_everything_as_data_and_keeps_nothing(body: Body, tmp_path: Path) -> None:
    told = json.loads(imported(tmp_path, ANNEX_H, "--dry-run", "--json").output)
    assert (told["register"], told["imported"], _rows()) == ("procurement", False, [])
    first, second = told["rows"]
    assert (first["title"], first["matched"][0]["name"]) == ("Minor surgery", "Quillbrook Surgery")
    assert first["says"]["Conflicts noted"] == "None" and second["matched"] == []
    asked = imported(tmp_path, SHORT)
    assert asked.exit_code == 2 and "does not say on which day it was right" in asked.output


def test_the_kind_can_be_said(body: Body, tmp_path: Path) -> None:
    result = imported(tmp_path, ANNEX_H, "--register", "interests")
    assert result.exit_code == 2 and "no column for the name" in result.output
    bare = [["Contract", "Company"], ["Wound care", "Tarn Care Ltd"]]
    args = ("--as-at", "2019-03-31", "--register", "procurement")
    assert imported(tmp_path, bare, *args).exit_code == 0
    assert [each.versions[-1].title for each in _rows()] == ["Wound care"]


def test_an_old_register_is_asked_for_its_columns_and_blamed_for_nothing(body: Body, tmp_path: Path) -> None:
    """Rule: PROC-03. What was done then and is not in the file is no gap: notices, the checklist, declarations of bidders."""
    assert imported(tmp_path, SHORT, "--as-at", "2025-03-31").exit_code == 0
    (row,) = queries.rows_at(body.id, NOW)
    missing = ("the day of the decision", "what was decided: a new contract, an extension or a variation")
    assert row.gaps == missing
    version = row.decision.versions[-1]
    assert over_on(version) is None, "nothing says when it ended"
    details = replace(queries.details_of(version), involved="The lay members and the nurse")
    new = commands.correct_decision(row.decision, details, version=1, note="As the minutes say", actor=SYSTEM, at=NOW)
    assert (new.outcome, new.decided_on_or_before) == (None, True), "a correction need not know more than the register"


def test_the_public_reads_on_or_before_instead_of_a_day_that_nobody_recorded(body: Body, tmp_path: Path) -> None:
    imported(tmp_path, ANNEX_H)
    later, first = (row.values for row in public_rows(body.id, on=date(2026, 11, 10), at=NOW))
    assert (first["decided_on"], later["decided_on"]) == (date(2019, 2, 12), None)
    assert later["process"] == "Governing Body. Decided on or before 31 March 2019"
    assert list(public_rows(body.id, on=date(2026, 11, 9), at=NOW)) == []
    package = public_releases(body.id, on=date(2026, 11, 10), at=NOW, uri="https://coi.example")
    awards = [each["awards"][0] for each in package["releases"]]
    assert [each.get("date") for each in awards] == [None, "2019-02-12T00:00:00Z"]


def test_a_contract_is_told_as_awarded_where_the_old_register_does_not_say_what_was_decided(
    body: Body, tmp_path: Path
) -> None:
    imported(tmp_path, [*ANNEX_H[:2], [*SURGERY[:3], "Existing", *SURGERY[4:]]])
    (release,) = public_releases(body.id, on=date(2026, 11, 10), at=NOW, uri="https://coi.example")["releases"]
    assert release["tag"] == ["award"] and release["awards"][0]["suppliers"][0]["name"] == "Quillbrook Surgery"
    assert "planning" not in release


def test_references_run_on_beside_those_that_are_there(body: Body, tmp_path: Path) -> None:
    a_procurement(
        body,
        decided_on=date(2019, 1, 2),
        outcome=Outcome.NOT_AWARDED,
        title="Other",
        route=None,
        intended_on=None,
        award_noticed_on=None,
    )
    db.session.commit()
    imported(tmp_path, ANNEX_H)
    assert [each.reference for each in _rows()] == [f"PD/2018-19/00{n}" for n in (1, 2, 3)]
    assert db.session.query(ProcurementVersion).count() == 3


def test_an_edition_of_what_was_taken_over_is_published_with_valid_files(
    client: StrictClient, body: Body, tmp_path: Path
) -> None:
    imported(tmp_path, [*ANNEX_H, ["P/03", "Spirometry", "", "", *[""] * 11]])
    an_edition(body, PROCUREMENT, at=NOW)
    db.session.commit()
    place = "/mid-marsh/public/procurement/"
    page = client.get(place.rstrip("/"))
    assert "Governing Body. Decided on or before 31 March 2019" in page.text
    for name in ("datapackage.json", "register.csv", "register.json", "releases.json"):
        (tmp_path / name).write_bytes(client.get(place + name).data)
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    told = json.loads((tmp_path / "releases.json").read_bytes())["releases"]
    assert sorted(each["tag"][0] for each in told) == ["award", "award", "planning"]


def test_a_row_that_speaks_of_somebody_with_something_withheld_needs_a_person(body: Body, tmp_path: Path) -> None:
    """Rule: REG-06. The free words of an old register would tell what the Guardian keeps from the public."""
    ash = a_person("Dr Ann Ash")
    an_appointment(ash, body, "GP member")
    an_interest(ash, details_of(keep_private_because="I was threatened"))
    db.session.commit()
    result = imported(tmp_path, ANNEX_H)
    assert result.exit_code == 1 and "It speaks of Ash, about whom something is kept from the public" in result.output
    assert result.output.count("It speaks of Ash") == 1, "a clinical lead alone tells nothing"
    assert imported(tmp_path, ANNEX_H, "--leave-out", "2").exit_code == 0


def test_what_was_imported_is_public_once_somebody_publishes_the_register(
    body: Body, tmp_path: Path, client: StrictClient
) -> None:
    """Rule: REG-02. The import publishes nothing by itself, whatever day stands in a row."""
    an_edition(body, PROCUREMENT, at=NOW)
    db.session.commit()
    assert imported(tmp_path, ANNEX_H).exit_code == 0
    assert "Minor surgery" not in client.get("/mid-marsh/public/procurement").text
    an_edition(body, PROCUREMENT, at=NOW + timedelta(seconds=1))
    db.session.commit()
    assert "Minor surgery" in client.get("/mid-marsh/public/procurement").text
