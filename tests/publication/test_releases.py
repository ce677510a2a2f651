"""Procurement decisions as Open Contracting releases on the public site: the rows of an edition, and nothing that is not public."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from frictionless import Package, system

from coi import clock
from coi.cli import loaded
from coi.database import db
from coi.errors import NotFound
from coi.organisations.models import Body
from coi.publication.catalogue import PROCUREMENT
from coi.publication.looking import published
from coi.publication.releases import releases_of
from coi.registers.procurement.commands import correct_decision
from coi.registers.procurement.models import ProcurementDecision
from tests.factories.procurement import SYSTEM, a_procurement, details
from tests.factories.publication import AT, an_edition
from tests.support.client import StrictClient

PLACE = "/mid-marsh/public/procurement/"
LATER = AT + timedelta(days=5)


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def decision(body: Body) -> ProcurementDecision:
    row = a_procurement(body, clinical_lead="Dr Hidden Lead")
    a_procurement(body, title="Not public before next year", public_from=(AT + timedelta(days=90)).date())
    an_edition(body, PROCUREMENT)
    db.session.commit()
    return row


def test_the_releases_are_the_rows_of_the_newest_edition_under_one_address(
    client: StrictClient, body: Body, decision: ProcurementDecision
) -> None:
    a_procurement(body, title="Entered after the edition", at=AT + timedelta(days=1))
    correct_decision(
        decision, details(title="Corrected after the edition"), version=1, note="Mended", actor=SYSTEM, at=AT + timedelta(days=1)
    )  # fmt: skip
    page = client.get(f"{PLACE}releases.json")
    package = json.loads(page.data)
    assert package["uri"] == f"https://localhost{PLACE}releases.json"
    assert package["publishedDate"] == "2026-11-01T10:00:00Z"
    assert [each["tender"]["title"] for each in package["releases"]] == ["Minor surgery in the valley"]
    assert package["releases"][0]["ocid"].endswith(decision.reference.replace("/", "-"))
    assert "Open Contracting" in client.get(PLACE.rstrip("/")).text
    assert client.get(f"{PLACE}releases.json?edition=7").status_code == 404


def test_the_page_of_an_earlier_edition_leads_to_its_own_releases(
    client: StrictClient, body: Body, decision: ProcurementDecision
) -> None:
    a_procurement(body, title="Entered after the edition", at=AT + timedelta(days=1))
    an_edition(body, PROCUREMENT, at=AT + timedelta(days=1))
    db.session.commit()
    assert f'href="{PLACE}releases.json?edition=1"' in client.get(f"{PLACE}editions/1").html
    package = json.loads(client.get(f"{PLACE}releases.json?edition=1").data)
    assert package["uri"] == f"https://localhost{PLACE}releases.json?edition=1"
    assert len(package["releases"]) == 1


def test_nothing_that_is_no_public_column_or_is_withheld_is_in_a_release(decision: ProcurementDecision) -> None:
    found = published(decision.body_id, PROCUREMENT, at=LATER)
    text = json.dumps(releases_of(found, "https://coi.example/releases.json", ""))
    for words in ("Best on access and quality", "Hidden Lead", "A GP is a partner", "The GP left", "direct financial"):
        assert words not in text
    for hidden in ({"title"}, {"suppliers"}, set(PROCUREMENT.shape.names)):
        view = replace(found.shown, hidden={decision.reference: frozenset(hidden)})
        with pytest.raises(NotFound):
            releases_of(replace(found, shown=view), "https://coi.example/x", "")
    view = replace(found.shown, hidden={decision.reference: frozenset({"conflicts"})})
    assert len(releases_of(replace(found, shown=view), "https://coi.example/x", "")["releases"]) == 1


def test_the_public_page_names_a_decision_once_and_keeps_the_lines_of_a_text(client: StrictClient, body: Body) -> None:
    row = a_procurement(body, justification="First reason\nSecond reason")
    an_edition(body, PROCUREMENT)
    db.session.commit()
    page = client.get(PLACE.rstrip("/")).data.decode()
    (cell,) = re.findall(rf">[^<]*{row.reference}[^<]*<", page)
    assert cell == f">{row.reference}<"
    assert '<span class="coi-lines">First reason\nSecond reason</span>' in page


def test_the_data_package_of_procurement_has_them_and_is_valid(
    client: StrictClient, decision: ProcurementDecision, tmp_path: Path
) -> None:
    for name in ("datapackage.json", "register.csv", "register.json", "releases.json"):
        (tmp_path / name).write_bytes(client.get(PLACE + name).data)
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_a_register_without_decisions_offers_no_releases_as_the_standard_knows_no_empty_package(
    client: StrictClient, body: Body
) -> None:
    an_edition(body, PROCUREMENT)
    db.session.commit()
    assert "Open Contracting" not in client.get(PLACE.rstrip("/")).text
    assert "releases" not in client.get(f"{PLACE}datapackage.json").text
    assert client.get(f"{PLACE}releases.json").status_code == 404


def test_the_command_line_writes_them(
    app: Flask, decision: ProcurementDecision, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = app.test_cli_runner()
    result = run.invoke(loaded("registers"), ["export", "--register", "procurement", "--format", "ocds"])
    assert result.exit_code == 0, result.output
    package = json.loads((tmp_path / "mid-marsh-procurement-2026-11-01.releases.json").read_bytes())
    assert len(package["releases"]) == 1
    wrong = run.invoke(loaded("registers"), ["export", "--format", "ocds"])
    assert "add --register procurement" in str(wrong.exception)
