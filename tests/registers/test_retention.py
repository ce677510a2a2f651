"""How long an entry is public, kept, and when it may be disposed of: calendar months, held back to the end of a shorter one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.registers.retention import (
    OWN_YEARS,
    Periods,
    Stage,
    months_after,
    private_until,
    public_until,
    retention,
    statement,
)
from coi.registers.vocabulary import RegisterKind

SIX = Periods(6, 6)
DAYS = st.dates(date(2013, 4, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("ended_on", "last_day"),
    [
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2023, 8, 31), date(2024, 2, 29)),
        (date(2026, 2, 28), date(2026, 8, 28)),
        (date(2025, 12, 31), date(2026, 6, 30)),
        (date(2026, 5, 20), date(2026, 11, 20)),
    ],
    ids=["end of August", "to a leap February", "February to August", "December to June", "an ordinary day"],
)
def test_an_ended_interest_is_public_for_six_calendar_months(ended_on: date, last_day: date) -> None:
    assert public_until(ended_on, 6) == last_day
    assert retention(ended_on, on=last_day, periods=SIX).stage is Stage.PUBLIC_TAIL
    after = retention(ended_on, on=last_day + timedelta(days=1), periods=SIX)
    assert after.stage is Stage.PRIVATE and not after.is_public
    assert after.rule == "REG-04"


def test_what_has_not_ended_is_public_and_never_due() -> None:
    found = retention(None, on=date(2090, 1, 1), periods=SIX)
    assert found.stage is Stage.CURRENT and found.is_public
    assert found.public_until is None and found.private_until is None


def test_it_is_kept_six_years_and_due_the_day_after() -> None:
    ended_on, last_day = date(2020, 2, 29), date(2026, 2, 28)
    assert private_until(ended_on, 6) == last_day
    assert retention(ended_on, on=last_day, periods=SIX).stage is Stage.PRIVATE
    due = retention(ended_on, on=last_day + timedelta(days=1), periods=SIX)
    assert due.stage is Stage.DUE
    assert due.reason == "It had to be kept until 28 February 2026"


def test_without_a_figure_nothing_is_ever_due() -> None:
    found = retention(date(2014, 1, 1), on=date(2090, 1, 1), periods=Periods(None, None))
    assert found.stage is Stage.PRIVATE
    assert public_until(date(2014, 1, 1), None) == date(2014, 1, 1)


@given(ended_on=DAYS, months=st.integers(0, 240))
def test_months_later_is_never_further_than_the_calendar_says(ended_on: date, months: int) -> None:
    later = months_after(ended_on, months)
    assert (later.year - ended_on.year) * 12 + later.month - ended_on.month == months
    assert later.day <= ended_on.day
    assert later.day == ended_on.day or (later + timedelta(days=1)).day == 1


@given(ended_on=DAYS, on=DAYS, months=st.integers(0, 60), years=st.integers(6, 30))
def test_nothing_is_due_while_it_is_public_or_has_not_ended(ended_on: date, on: date, months: int, years: int) -> None:
    found = retention(ended_on, on=on, periods=Periods(months, years))
    assert found.is_public == (on <= months_after(ended_on, months))
    assert (found.stage is Stage.DUE) == (on > months_after(ended_on, 12 * years) and not found.is_public)


def test_the_statement_says_how_long_and_whom_to_ask() -> None:
    """Rule: REG-05."""
    said = statement(public_months=6, private_years=6, contact="governance@example.nhs.uk")
    assert "at least 6 months" in said and "at least 6 years" in said
    assert said.endswith("contact governance@example.nhs.uk.")
    assert "contact" not in statement(public_months=6, private_years=6, contact="")


def test_each_register_speaks_of_its_own_past() -> None:
    said = {
        kind: statement(public_months=6, private_years=6, contact="the team", register=kind) for kind in RegisterKind
    }
    unset = {
        kind: statement(public_months=6, private_years=None, contact="the team", register=kind) for kind in OWN_YEARS
    }
    assert said[RegisterKind.INTERESTS].startswith(
        "An interest stays on the public register for at least 6 months after it ends."
    )
    assert "past offers" in said[RegisterKind.GIFTS] and "interest" not in said[RegisterKind.GIFTS]
    for kind in (RegisterKind.PROCUREMENT, RegisterKind.BREACHES):
        assert "its record is kept, for at least 6 years after" in said[kind]
        assert unset[kind].startswith("No limit is set") and "6" not in unset[kind]
