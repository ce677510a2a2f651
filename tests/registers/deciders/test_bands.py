"""Pay bands as payrolls write them, and from which on somebody is asked about."""

import pytest

from coi.registers.deciders.bands import band_in, decides_because


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("8d", "8d"), ("Band 8D", "8d"), ("AfC 8 d", "8d"), ("Band 8 - Range D", "8d"), ("Review Body Band 8 - Range D", "8d"),
        ("NHS|XR11|Review Body Band 8 - Range D", "8d"), ("NHS|XN12", "9"), ("Agenda for Change Band 9", "9"), ("9", "9"),
        ("Band 08c", "8c"), ("XR08", "8a"), ("Band 7", "7"), ("B6", "6"), ("VSM", "vsm"), ("Very Senior Managers", "vsm"),
        ("Consultant", ""), ("YC72", ""), ("8", ""), ("Band 8 days", ""), ("Local 2019", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_band_is_read_as_payrolls_write_it(text: str, band: str) -> None:
    assert band_in(text) == band


@pytest.mark.parametrize(
    ("text", "lowest", "because"),
    [
        ("Band 8D", "8d", "Pay band 8d"), ("Band 9", "8d", "Pay band 9"), ("VSM", "8d", "Very senior manager"),
        ("Band 8C", "8d", ""), ("Consultant", "8d", ""), ("Band 9", None, ""),
    ],
)  # fmt: skip
def test_staff_are_asked_about_from_the_band_that_the_rules_name(text: str, lowest: str | None, because: str) -> None:
    """Rule: REG-02; RULEBOOK §4."""
    assert decides_because(text, lowest) == because
