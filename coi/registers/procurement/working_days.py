"""Working days in England: no Saturday, Sunday or bank holiday. Pure."""

from datetime import date, timedelta
from functools import lru_cache

MONDAY, SATURDAY = 0, 5
PROCLAIMED = {
    2020: (date(2020, 5, 8),),  # in place of the first Monday of May
    2022: (date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)),  # the first in place of the last Monday of May
    2023: (date(2023, 5, 8),),
}
MOVED = frozenset({date(2020, 5, 4), date(2022, 5, 30)})


def after_working_days(start: date, days: int) -> date:
    """Returns the last of so many working days that follow `start`: a standstill ends at midnight at its end. Rule: PROC-04; SI
    2023/1348 (the number of days is a parameter)."""
    on = start
    while days > 0:
        on += timedelta(days=1)
        days -= is_working_day(on)
    return on


def is_working_day(on: date) -> bool:
    """Whether people work in England on a day."""
    return on.weekday() < SATURDAY and on not in bank_holidays(on.year)


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """Returns the bank holidays of England in a year: those of the Banking and Financial Dealings Act 1971 and by proclamation."""
    easter = _easter(year)
    found = {easter - timedelta(days=2), easter + timedelta(days=1), _on_monday(date(year, 5, 1)), _last_monday(date(year, 5, 31)),
             _last_monday(date(year, 8, 31))}  # fmt: skip
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        found.add(_in_place_of(day, found))
    return frozenset(found - MOVED | set(PROCLAIMED.get(year, ())))


def _in_place_of(day: date, taken: set[date]) -> date:
    """The day itself, or the next weekday that is no holiday yet."""
    while day.weekday() >= SATURDAY or day in taken:
        day += timedelta(days=1)
    return day


def _on_monday(first: date) -> date:
    return first + timedelta(days=(MONDAY - first.weekday()) % 7)


def _last_monday(last: date) -> date:
    return last - timedelta(days=(last.weekday() - MONDAY) % 7)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    from_march = moon - weekday
    month = 3 + (from_march + 40) // 44
    return date(year, month, from_march + 28 - 31 * (month // 4))
