"""What a cell of a register gives instead of a day or month: a financial year, a quarter, a time before which. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coi.clock import months_after
from coi.screening.interest_text import read_date
from coi.screening.layouts import RegisterLine
from coi.wording import day

_BEFORE = re.compile(r"^\W*(?:pre|before|prior to|earlier than)\b[\s:-]*(?=.*\d)", re.IGNORECASE)
_WITHIN = re.compile(r"\bin\s+(?:([a-z]{3,9})\s+)?((?:19|20)\d\d)\W*$", re.IGNORECASE)
"""A month or year in which something happened before which it was: “prior to joining in 2019” may be in that year."""
_NHS_YEAR = re.compile(
    r"^\W*(?:FY\s*)?((?:19|20)\d\d)\s*(?:/\s*(?:19|20)?(\d\d)|[–-]\s*((?:19|20)?\d\d))\W*$", re.IGNORECASE
)
_SHORT_YEAR = re.compile(r"^\W*FY\W*(\d\d)\s*[/–-]\s*(?=\d\d\W*$)", re.IGNORECASE)
"""“FY15/16”: two digits are years only where they are said to be."""
_QUARTER = re.compile(r"^\W*Q([1-4])\W{0,3}((?:19|20)\d\d)(?:\s*/\s*(?:19|20)?(\d\d))?\W*$", re.IGNORECASE)
_ORDINALS = ("first", "second", "third", "fourth")


@dataclass(frozen=True)
class Span:
    """The days between which something began or ended: `first` None where nothing says how long before `last`. `means`: how it was read."""

    first: date | None
    last: date
    means: str


def span_in(text: str) -> Span | None:
    """Returns what a cell gives instead of a day, a month or a year: "2015/16", "Q3 2018", "Pre 2013". None for any other."""
    text = _SHORT_YEAR.sub(lambda found: f"FY {'20' if found[1] < '70' else '19'}{found[1]}/", text)
    if before := _BEFORE.match(text):
        until = read_date(text[before.end() :])
        if until and (within := _WITHIN.search(text, before.end())):
            return _before_the_end_of(until, has_month=within[1] is not None)
        return Span(None, until - timedelta(days=1), f"before {day(until)}") if until else None
    if quarter := _QUARTER.match(text):
        return _quarter(int(quarter[1]), int(quarter[2]), quarter[3])
    if year := _NHS_YEAR.match(text):
        first, second = int(year[1]), year[2] or year[3]
        is_month = bool(year[3]) and len(second) == 2 and int(second) <= 12  # "2011-12" is December
        if (first + 1) % 100 == int(second) % 100 and not is_month:
            return Span(date(first, 4, 1), date(first + 1, 3, 31), f"the financial year {first}/{(first + 1) % 100:02}")
    return None


def _before_the_end_of(begins: date, *, has_month: bool) -> Span:
    """Before something that happened in a month or year: at the latest on its last day."""
    last = months_after(begins.replace(day=1), 1) - timedelta(days=1) if has_month else date(begins.year, 12, 31)
    return Span(None, last, f"on {day(last)} or before")


def _quarter(number: int, year: int, second: str | None) -> Span | None:
    """A quarter of the financial year where two years are named, else one of the calendar."""
    if second is not None and (year + 1) % 100 != int(second):
        return None
    month, name = (
        (3 * number - 2, f"{year}") if second is None else (3 * number + 1, f"the financial year {year}/{second}")
    )
    if month > 12:
        month, year = month - 12, year + 1
    after = date(year + (month > 9), (month + 3 - 1) % 12 + 1, 1)
    return Span(date(year, month, 1), after - timedelta(days=1), f"the {_ORDINALS[number - 1]} quarter of {name}")


def with_spans(line: RegisterLine) -> RegisterLine:
    """A row with the days that its spans give."""
    since, until = (span_in(each) for each in line.dates)
    row = replace(line.row, arose_on=since.first) if since else line.row
    row = replace(row, ended_on=until.last) if until else row
    return replace(line, row=row, unread_dates=tuple(each for each in line.unread_dates if not span_in(each)))


def spans_taken(line: RegisterLine) -> Iterator[str]:
    """What was taken for the days, where a row gives spans."""
    for text, span, is_end in zip(line.dates, map(span_in, line.dates), (False, True), strict=True):
        if span and is_end:
            yield f"“{text}” is read as {span.means}. It is entered as to {day(span.last)}, the last that it can be"
        elif span and span.first is None:
            yield f"“{text}” gives no first day: it is read as {span.means}. No start is entered, and the words are kept with its nature"
        elif span and span.first:
            yield f"“{text}” is read as {span.means}. It is entered as from {day(span.first)}, the first that it can be"


def kept_words(line: RegisterLine, nature: str) -> str:
    """The nature of an interest, with what its row says of a start to which no day can be given."""
    span = span_in(line.dates[0])
    return f"{nature} (from: {line.dates[0]})" if span and span.first is None and nature else nature
