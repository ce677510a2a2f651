"""As known when: what the address of a page may ask for."""

from datetime import UTC, datetime

import pytest

from coi.web.known import known_in, read_known

NOW = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ("9999-12-31", "must be in the past"), ("9999-12-31T23:59-14:00", "must be in the past"), ("2026-11-11", "must be in the past"),
        ("2026-11-10T12:01", "must be in the past"), ("0001-01-01", "from 1900 on"), ("0001-01-01T00:00+14:00", "from 1900 on"),
        ("1899-12-31", "from 1900 on"), ("nonsense", "Enter a date and time like"), ("2026-02-30", "Enter a date and time like"),
    ],
)  # fmt: skip
def test_an_instant_that_no_register_can_be_known_at_is_refused_in_words(told: str, wrong: str) -> None:
    """The ends of the calendar, too, where a day has no end."""
    found = known_in({"known": told}, NOW)
    assert wrong in found.error and not found.is_past and found.instant == NOW


@pytest.mark.parametrize(
    ("told", "instant"),
    [
        ("", NOW), ("2026-11-10", NOW), ("2026-11-10T12:00", NOW), ("2026-06-01T12:00", datetime(2026, 6, 1, 11, 0, tzinfo=UTC)),
        ("1900-01-01", datetime(1900, 1, 1, 23, 59, 59, 999999, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_day_and_an_instant_of_the_past_are_read(told: str, instant: datetime) -> None:
    assert read_known(told, NOW) == instant
