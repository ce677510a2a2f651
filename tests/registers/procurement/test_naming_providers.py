"""Who is named with a contract, with which value and days: only where there is one, or is to be one, the same in every file."""

from datetime import UTC, datetime, timedelta

import pytest

from coi.database import db
from coi.publication.catalogue import PROCUREMENT
from coi.registers.procurement import commands
from coi.registers.procurement.columns import public_row
from coi.registers.procurement.notices import notices_of
from coi.registers.procurement.ocds import Publisher, release
from coi.registers.procurement.vocabulary import Outcome, Supplier
from tests.factories.procurement import AT, SYSTEM, a_procurement, details, facts
from tests.factories.publication import an_edition

HOME = "/mid-marsh/registers/procurement"
NAMING = {Outcome.AWARDED, Outcome.INTENDED, Outcome.EXTENDED, Outcome.VARIED}
TO_NOTHING = {Outcome.NOT_AWARDED, Outcome.ABANDONED}
ENTERED = {
    "supplier": Supplier("Larkfield Federation", address="1 High Street"),
    "other_suppliers": ("Elm Surgery Ltd",),
}
LATER = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
PUBLISHER = Publisher("NHS Mid Marsh ICB", "QZZ", "https://coi.example/releases.json")


@pytest.mark.parametrize("regime", ["psr_2023", "ppccr_2013", "pcr_2015"])
@pytest.mark.parametrize("outcome", list(Outcome))
def test_no_file_or_notice_names_a_provider_with_a_contract_that_they_neither_have_nor_are_to_have(
    outcome, regime
) -> None:
    """Rule: PROC-03; RULEBOOK §17.8."""
    row = facts(outcome=outcome, regime=regime, **ENTERED)
    told = [
        str(public_row(row).values),
        str(release(row, PUBLISHER)),
        " ".join(notice.text for notice in notices_of(row, "NHS Mid Marsh ICB")),
    ]
    for text in told:
        assert [name in text for name in ("Larkfield", "Elm Surgery")] == [outcome in NAMING] * 2


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_procurement_that_came_to_nothing_has_no_value_and_no_days_of_a_contract(outcome) -> None:
    """Rule: PROC-03."""
    row = facts(outcome=outcome)
    values, terms = public_row(row).values, ("value_total", "value_body", "starts_on", "ends_on")
    assert [values[name] is None for name in terms] == [outcome in TO_NOTHING] * 4
    if outcome in TO_NOTHING:
        assert not {"value", "contractPeriod"} & release(row, PUBLISHER)["awards"][0].keys()
        assert "125,000" not in " ".join(notice.text for notice in notices_of(row, "NHS Mid Marsh ICB"))


def test_the_code_of_a_provider_is_given_with_their_name_and_never_alone() -> None:
    known = Supplier("Larkfield Surgery", code="F81022")
    assert public_row(facts(supplier=known)).values["supplier_code"] == "F81022"
    assert public_row(facts(supplier=known, outcome=Outcome.ABANDONED)).values["supplier_code"] == ""


def test_an_older_register_that_does_not_say_what_was_decided_still_says_whom_it_names() -> None:
    values = public_row(facts(outcome=None, **ENTERED)).values
    assert values["suppliers"] == ("Larkfield Federation, 1 High Street", "Elm Surgery Ltd") and values["value_total"]


def test_a_record_is_not_called_that_of_a_contract_awarded_where_none_was() -> None:
    (record,) = notices_of(facts(regime="ppccr_2013", outcome=Outcome.NOT_AWARDED), "NHS Mid Marsh ICB")
    assert record.title == "Record of the procurement"


def test_an_intended_award_that_is_abandoned_leaves_the_public_without_the_provider(client, secretary, body) -> None:
    """Rule: PROC-03."""
    row = a_procurement(body, outcome=Outcome.INTENDED)
    an_edition(body, PROCUREMENT)
    db.session.commit()
    public = client.get("/mid-marsh/public/procurement").text
    assert "Contract awarded to, or intended for" in public and "Intends to award a new contract" in public
    changed = details(outcome=Outcome.ABANDONED)
    commands.correct_decision(
        row, changed, version=1, note="Representations were upheld", actor=SYSTEM, at=AT + timedelta(days=5)
    )
    an_edition(body, PROCUREMENT, at=LATER)
    db.session.commit()
    for path in ("", "/register.csv", "/register.json", "/releases.json", f"/record/{row.reference}"):
        found = client.get(f"/mid-marsh/public/procurement{path}").data.decode()
        assert row.reference.replace("/", "-") in found.replace("/", "-") and "Larkfield" not in found, path
    listed = secretary.get(f"{HOME}/")
    assert "Nobody" in listed.text and "Nobody yet" not in listed.text and "Larkfield" not in listed.text
    assert (
        not {"Contract awarded to", "Contract value, total", "Contract runs"}
        & secretary.get(f"{HOME}/{row.id}").summary().keys()
    )
    assert "Nothing on the register fits" in secretary.get(f"{HOME}/?show=unmatched").text
