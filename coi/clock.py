"""The only clock: instants in UTC, local dates in Europe/London. No other module asks the machine for the time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class TimeNotOnTheClock(ValueError):
    """A local time that does not exist, or exists twice, on the night the clocks change."""


def now() -> datetime:
    """Returns the present instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Returns today's date in London."""
    return now().astimezone(LONDON).date()


def local(instant: datetime) -> datetime:
    """Returns `instant` (aware) as London shows it."""
    return instant.astimezone(LONDON)


def instant(on: date, at: time) -> datetime:
    """Returns the UTC instant of a London date and time of day. Raises TimeNotOnTheClock in the gap in March and, since nobody
    can know which was meant, in the repeated hour in October."""
    first = datetime.combine(on, at, LONDON)
    second = first.replace(fold=1)
    if first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != first.replace(tzinfo=None):
        raise TimeNotOnTheClock("The clocks go forward that night, so this time does not exist")
    if first.utcoffset() != second.utcoffset():
        raise TimeNotOnTheClock(
            "The clocks go back that night, so this time happens twice. Enter a time outside that hour"
        )
    return first.astimezone(UTC)


def end_of_day(on: date) -> datetime:
    """Returns the last microsecond of a London date, in UTC."""
    return datetime.combine(on + timedelta(days=1), time(0), LONDON).astimezone(UTC) - timedelta(microseconds=1)
