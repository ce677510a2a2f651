"""How dates, times and lists read, in pages, letters and papers. London time; the words of the NHS content guide. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, time

from coi import clock

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""By hand: a page of the register has a hundred dates, and strftime takes eight times as long over each."""


def day(value: date | None) -> str:
    """Returns a date as "12 November 2026". An instant is taken in London; None gives an empty string."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.local(value).date()
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def running_words(start: date | None, end: date | None, *, has_ended: bool = False, is_to_begin: bool = False) -> str:
    """Returns from when until when something runs: "since 1 April 2014", "from 1 April 2014 until 31 August 2026", "on 3 June 2026".
    `has_ended`: on a day that nobody stated; `is_to_begin`: it is hoped for. Empty where no day is known."""
    if end is not None and start == end:
        return f"on {day(end)}"
    if end is not None:
        return f"from {day(start)} until {day(end)}" if start else f"until {day(end)}"
    if start is None:
        return ""
    if has_ended:
        return f"from {day(start)}, ended on a day that is not known"
    return f"{'from' if is_to_begin else 'since'} {day(start)}"


def clock_time(value: time | datetime | None) -> str:
    """Returns a time of day as "2:05pm", "9am", "midday" or "midnight". An instant is taken in London."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.local(value).time()
    if (value.hour, value.minute) in ((0, 0), (12, 0)):
        return "midday" if value.hour else "midnight"
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def moment(value: datetime | None) -> str:
    """Returns an instant as London shows it: "12 November 2026, 2:05pm"."""
    return "" if value is None else f"{day(value)}, {clock_time(value)}"


def on_the_day(value: datetime, usual: date) -> str:
    """Returns when something was as whoever knows the `usual` day reads it: "at 2:05pm", or "on 12 November 2026 at 2:05pm" on another."""
    on = "" if clock.local(value).date() == usual else f"on {day(value)} "
    return f"{on}at {clock_time(value)}"


def in_sentence(words: str) -> str:
    """Returns words as they read within a sentence: without their capital, but for short forms: "salaried GP", "GP trainer"."""
    first = words.split(" ", 1)[0]
    return words if len(first) > 1 and first.isupper() else f"{words[:1].lower()}{words[1:]}"


def and_list(values: Iterable[object]) -> str:
    """Returns "a", "a and b" or "a, b and c"."""
    words = [str(value) for value in values]
    return " and ".join(([", ".join(words[:-1])] if len(words) > 1 else []) + words[-1:])


def short_list(values: Iterable[object], most: int = 8) -> str:
    """Returns the first of many: "a, b and 290 more"; all of them where they are few."""
    words = [str(value) for value in values]
    return and_list(words if len(words) <= most + 1 else [*words[:most], f"{len(words) - most} more"])


def shortened(text: str, most: int = 60) -> str:
    """Returns a text that somebody else wrote, such as a cell of their file, at a length that a sentence can hold."""
    return text if len(text) <= most else f"{text[:most].rstrip()} …"
