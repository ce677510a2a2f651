"""When a failed job is tried again, and which round of a schedule an instant belongs to."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coi.jobs.rules import FIRST_WAIT, LONGEST_WAIT, key_of_round, round_of, wait_after
from coi.jobs.vocabulary import Schedule

HOURLY = Schedule("audit.checkpoint", timedelta(hours=1))
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def test_each_wait_is_twice_the_one_before_until_it_is_an_hour() -> None:
    waits = [wait_after(attempt) for attempt in range(1, 10)]
    assert waits[:3] == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4]
    assert waits[-1] == LONGEST_WAIT
    assert waits == sorted(waits)


@given(st.integers(0, 10**6))
def test_no_wait_is_shorter_than_the_first_or_longer_than_an_hour(attempt: int) -> None:
    assert FIRST_WAIT <= wait_after(attempt) <= LONGEST_WAIT


def test_an_hourly_round_begins_on_the_hour() -> None:
    assert round_of(HOURLY, datetime(2026, 11, 10, 12, 59, 59, tzinfo=UTC)) == datetime(2026, 11, 10, 12, tzinfo=UTC)


@given(INSTANTS, st.timedeltas(timedelta(minutes=1), timedelta(days=40)))
def test_every_instant_is_in_exactly_one_round(at: datetime, every: timedelta) -> None:
    schedule = Schedule("a", every)
    began = round_of(schedule, at)
    assert began <= at < began + every
    assert key_of_round(schedule, began) == key_of_round(schedule, at) != key_of_round(schedule, began + every)
