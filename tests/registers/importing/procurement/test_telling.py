"""What a cell of an older register of procurement decisions says: never what it denies, waives, or tells of another time."""

from decimal import Decimal

import pytest

from coi.registers.importing.procurement.outcomes import outcome_in
from coi.registers.importing.procurement.telling import arrangement_in, of_nobody, route_in, sum_in, suppliers_in
from coi.registers.importing.sources import read_source
from coi.registers.procurement.vocabulary import Arrangement, Outcome, Route
from coi.registers.vocabulary import RegisterKind
from tests.registers.importing.procurement.test_planning import TODAY
from tests.registers.importing.registers_seen import as_csv


@pytest.mark.parametrize(
    "told",
    [
        "Existing", "Existing provider, no contract change", "Existing - no contract variation", "Existing contract: unmodified",
        "Existing; there was no contract in place before", "Existing contract, will not be renewed", "Not a new contract",
        "Existing contract continues, not extended", "Existing contract with option to extend", "Existing service, new provider",
        "Extended hours service", "Existing; the earlier contract was varied in 2015", "New contract not awarded",
        "New contract – no award made", "New contract proposed", "New service. Procurement abandoned", "Not yet awarded",
        "Existing contract extended; new contract from 2020", "Extension – not approved", "Extension/variation", "New or existing",
        "Existing contract, due for renewal", "Contract cancelled", "Variation of services. Extension for a year",
    ],
)  # fmt: skip
def test_an_outcome_that_a_cell_denies_expects_or_tells_of_before_is_not_taken(told: str) -> None:
    """Rule: PROC-03; RULEBOOK §17.8."""
    assert outcome_in(told, has_supplier=True) == (None, told)


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ("New", Outcome.AWARDED), ("New contract, 3 years with option to extend for 2 years", Outcome.AWARDED),
        ("New (2+1 extension option)", Outcome.AWARDED), ("New service, no extension", Outcome.AWARDED),
        ("New contract. The earlier one was varied in 2017", Outcome.AWARDED), ("New: intended to improve access", Outcome.AWARDED),
        ("New – replaces a contract that was terminated before its end", Outcome.AWARDED), ("A new contract", Outcome.AWARDED),
        ("Existing provider, new contract from 2019", Outcome.AWARDED), ("Existing – 12 month extension", Outcome.EXTENDED),
        ("Existing contract extended for a year", Outcome.EXTENDED), ("Existing (contract was extended to 2020)", Outcome.EXTENDED),
        ("Renewal", Outcome.EXTENDED), ("Extension of existing contract", Outcome.EXTENDED), ("Existing contract, varied", Outcome.VARIED),
        ("Existing. Contract variation notice 3", Outcome.VARIED), ("Extended by 1 year with an option for a second", Outcome.EXTENDED),
        ("Intention to award a new contract", Outcome.INTENDED), ("Decision not to award", Outcome.NOT_AWARDED),
        ("Existing contract. No award made", Outcome.NOT_AWARDED), ("Procurement abandoned in May", Outcome.ABANDONED),
    ],
)  # fmt: skip
def test_an_outcome_is_taken_where_it_opens_a_part_of_the_cell(told: str, outcome: Outcome) -> None:
    assert outcome_in(told, has_supplier=True)[0] is outcome


@pytest.mark.parametrize(
    ("told", "route"),
    [
        ("Direct award without competition", None), ("Direct award - no competition", None), ("Competition not required", None),
        ("Waiver of competitive tender", None), ("Exempt from competition", None), ("Direct award, no framework available", None),
        ("Not urgent award", None), ("List based, not AQP", None), ("Competitive tender was not used", None),
        ("Direct award following a failed competition", None), ("Open tender; single tender for the second lot", None),
        ("Competitive tender without framework", Route.COMPETITIVE), ("Competitive process (not framework)", Route.COMPETITIVE),
        ("Single tender waiver, no competition", Route.SINGLE_TENDER), ("STW", Route.SINGLE_TENDER),
        ("Mini-competition from a framework", Route.FRAMEWORK), ("Competition within the framework", Route.FRAMEWORK),
        ("Direct Award Process C: existing provider", Route.DIRECT_C), ("Urgent award, as there was no time to tender", Route.URGENT),
    ],
)  # fmt: skip
def test_a_route_that_was_not_taken_is_not_entered(told: str, route: Route | None) -> None:
    assert route_in(told) is route


@pytest.mark.parametrize(
    ("told", "arrangement"),
    [
        ("Not collaborative", None), ("No joint procurement", None), ("Single body (non-collaborative)", None),
        ("Own, not joint", Arrangement.OWN), ("CCG only", Arrangement.OWN), ("Collaborative with Mid CCG", Arrangement.COLLABORATIVE),
        ("On behalf of three CCGs, not urgent", Arrangement.COLLABORATIVE), ("Joint venture", None),
    ],
)  # fmt: skip
def test_a_procurement_that_is_said_not_to_be_shared_is_not_entered_as_shared(told, arrangement) -> None:
    assert arrangement_in(told)[0] is arrangement


@pytest.mark.parametrize(
    "told",
    [
        "No contract awarded", "No award made", "None awarded", "Nobody", "Withdrawn", "Procurement abandoned", "See comments", "No bids",
        "Procurement was abandoned in May 2019", "Not yet awarded", "No suitable provider", "Decision deferred", "Tender in progress",
    ],
)  # fmt: skip
def test_words_that_say_that_nobody_has_the_contract_are_nobodys_name(told: str) -> None:
    assert suppliers_in(told) == (None, ()) and of_nobody(told) == [told]


@pytest.mark.parametrize(
    "told",
    ["No 1 Care Ltd", "No. 7 Health Providers Ltd", "Not Just Care CIC", "Outstanding Care Ltd", "Elm Surgery (contract terminated 2018)",
     "Seeley Surgery", "Withdrawn Arms Practice", "Nobles Surgery"],
)  # fmt: skip
def test_a_supplier_whose_name_begins_like_a_refusal_is_kept(told: str) -> None:
    first, others = suppliers_in(told)
    assert first is not None and first.name == told and not others and not of_nobody(told)


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("£5,000, 6,000", None), ("£5,000 6,000", None), ("2019 2020", None), ("£1,25", None), ("1,234.567", None), ("-500", None),
        ("£125,000", 125_000), ("1,250,000.50", Decimal("1250000.50")), ("£12 000", 12_000), ("250000", 250_000), ("£1.25m", 1_250_000),
    ],
)  # fmt: skip
def test_two_sums_or_years_in_one_cell_are_no_sum(told: str, value: Decimal | int | None) -> None:
    assert sum_in(told) == value


def test_words_that_are_not_understood_are_kept_and_told_in_the_preview() -> None:
    head = ["Title", "New or existing", "Type", "Procurement route", "Contract awarded to", "Conflicts"]
    row = [
        "Wound care",
        "Not a new contract",
        "Not collaborative",
        "Direct award without competition",
        "No award made",
        "None",
    ]
    (stated,) = read_source(as_csv([head, row]), "register.csv", today=TODAY, register=RegisterKind.PROCUREMENT).stated
    assert not {"outcome", "arrangement", "route", "supplier"} & stated.said.keys() and not stated.is_heading
    kept = (
        stated.said["outcome_details"],
        stated.said["arrangement_details"],
        stated.said["process"],
        stated.said["comments"],
    )
    assert kept == (row[1], row[2], f"Procurement route: {row[3]}", f"Contract awarded to: {row[4]}")
    assert all(any(f"“{told}”" in note for note in stated.notes) for told in row[1:5])
