"""The only clock: instants in UTC, local dates in Europe/London. No other module asks the machine for the time."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MINUTE = timedelta(minutes=1)
"""Times are typed to the minute: what happened within one came before or after it."""


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


def minute_of(moment: datetime) -> datetime:
    """Returns the beginning of the minute in which something happened, as it is typed."""
    return moment.replace(second=0, microsecond=0)


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


def months_after(on: date, months: int) -> date:
    """Returns the date `months` calendar months later, held back to the end of a shorter month: 31 August → 28 February (RULEBOOK §26
    no. 11)."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def nhs_year(on: date) -> int:
    """Returns the year in which the NHS year of a day begins: 2025 for 1 April 2025 to 31 March 2026."""
    return on.year if on.month >= 4 else on.year - 1
