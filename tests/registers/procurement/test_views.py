"""The pages of the register of procurement decisions as their users meet them."""

import json

import sqlalchemy as sa

from coi.database import db
from coi.registers.procurement.models import ProcurementDecision
from tests.factories.procurement import a_procurement

HOME = "/mid-marsh/registers/procurement"
DAY = {"day": "20", "month": "5", "year": "2026"}


def day(name, **parts):
    return {f"{name}-{part}": value for part, value in {**DAY, **parts}.items()}


ROW = {
    "title": "Blood tests", "outcome": "awarded", "conflicts": "None declared", "service_kind": "health_care", "is_gp_provider": "no",
    "arrangement": "own", "supplier-text": "Nowhere Ltd", "supplier-asked": "Nowhere Ltd", "value_total": "£125,000", **day("decided_on"),
    **day("public_from"),
}  # fmt: skip


def test_a_secretary_enters_a_decision_and_reads_what_is_missing(secretary) -> None:
    page = secretary.post(f"{HOME}/enter", ROW)
    assert "PD/2026-27/001 is on the register" in page.text
    assert "which process of the Provider Selection Regime was followed" in page.text
    assert "Nowhere Ltd" in page.text and "£125,000" in page.text
    page = secretary.get(f"{HOME}/?find=blood&show=incomplete")
    assert "Blood tests" in page.text and "Rows 1 to 1 of 1" in page.text
    assert "Nothing on the register fits" in secretary.get(f"{HOME}/?find=zebra").text


def test_the_code_of_the_service_is_completed_or_asked_for_again(secretary) -> None:
    page = secretary.post(f"{HOME}/enter", {**ROW, "cpv": "85121100-5"})
    assert page.errors == ["Check the CPV code 85121100-5: its last digit does not belong to the others"]
    page = secretary.post(f"{HOME}/enter", {**ROW, "cpv": "85121100 ,85110000-3"})
    assert page.summary()["CPV code"] == "85121100-4, 85110000-3"


def test_an_award_without_a_supplier_is_asked_for_with_everything_typed_kept(secretary) -> None:
    page = secretary.post(f"{HOME}/enter", {**ROW, "supplier-text": "", "supplier-asked": ""})
    assert page.status_code == 422
    assert page.errors == ["Enter who gets the contract"]
    assert "Blood tests" in page.html and "125,000" in page.html


def test_a_correction_needs_a_reason_and_keeps_what_was_said(secretary, body) -> None:
    row = a_procurement(body)
    page = secretary.get(f"{HOME}/{row.id}/change")
    sent = {**ROW, "version": "1", "supplier-text": "Larkfield Federation", "supplier-asked": "Larkfield Federation"}
    assert secretary.post(f"{HOME}/{row.id}/change", sent).errors == ["Enter what changed, and why"]
    page = secretary.post(f"{HOME}/{row.id}/change", {**sent, "note": "The wrong service"})
    assert "The wrong service" in page.text and "Version 2" in page.text
    page = secretary.post(f"{HOME}/{row.id}/change", {**sent, "note": "Again"})
    assert page.status_code == 409


def test_the_notices_and_the_checklist_stand_on_the_page_of_the_row(secretary, body) -> None:
    row = a_procurement(body, is_gp_provider=True)
    page = secretary.get(f"{HOME}/{row.id}")
    assert "Notice of the intention to award a contract" in page.text
    assert "Standstill to the end of 4 June 2026" in page.text
    assert "12 answers of the procurement checklist" in page.text
    page = secretary.post(f"{HOME}/{row.id}/checklist", {"version": "1", "q_route": "Best for patients"})
    assert "11 answers of the procurement checklist" in page.text and "Best for patients" in page.text


def test_the_declaration_of_a_bidder_is_kept_with_the_row(secretary, body) -> None:
    row = a_procurement(body)
    said = {
        "side": "bidder",
        "declared_by": "Ivy Quill",
        "organisation": "Larkfield Federation",
        "interest": "None",
        "has_conflict": "no",
        "has_undertaken": "y",
    }
    page = secretary.post(f"{HOME}/{row.id}/declare", {**said, **day("declared_on")})
    assert "Ivy Quill" in page.text and "Undertook to tell of any change" in page.text


def test_what_is_public_today_can_be_had_as_an_open_contracting_file(secretary, body) -> None:
    assert (
        "No decision is public yet, so there is no Open Contracting file" in secretary.get(f"{HOME}/releases.json").text
    )
    row = a_procurement(body)
    db.session.commit()
    package = json.loads(secretary.get(f"{HOME}/releases.json").html)
    assert [each["id"] for each in package["releases"]] == [f"{row.reference.replace('/', '-')}-1"]


def test_a_register_as_known_at_an_instant_says_so(secretary, body) -> None:
    a_procurement(body)
    assert "No procurement decision was entered then" in secretary.get(f"{HOME}/?known=2026-05-01T10:00").text
    page = secretary.get(f"{HOME}/?known=tomorrow")
    assert page.status_code == 422
    assert db.session.scalar(sa.select(sa.func.count(ProcurementDecision.id))) == 1
