"""What is assumed of a row that does not say everything, in words that stand beside it. Pure."""

import re
from collections.abc import Iterator
from datetime import date

from coi.organisations.naming import folded
from coi.registers.importing.kinds import kind_in
from coi.registers.importing.spans import span_in, spans_taken
from coi.registers.interests.rules import apparent_name
from coi.registers.interests.subtypes import settles_type
from coi.registers.interests.vocabulary import SHORT_TYPE_WORDS, InterestType
from coi.screening.cells import contradicting_type, is_ticked, ticks_in, unclear_type, unread_ticks
from coi.screening.interest_text import InterestReading, is_nil, read_date
from coi.screening.layouts import RegisterLine
from coi.screening.vocabulary import InterestType as ReadType
from coi.screening.vocabulary import Role
from coi.wording import and_list, day

TYPES = {
    ReadType.FINANCIAL: InterestType.FINANCIAL,
    ReadType.PROFESSIONAL: InterestType.NON_FINANCIAL_PROFESSIONAL,
    ReadType.PERSONAL: InterestType.NON_FINANCIAL_PERSONAL,
}
"""The types of the register, by what a row is read to say."""
_UNCLEAR = "The row does not say how it is related. It is entered as another close associate"


def latest_start(line: RegisterLine) -> date | None:
    """The last day on which an interest can have started, where its row gives a month or a year alone."""
    span = span_in(line.dates[0])
    last = span.last if span else read_date(line.dates[0], at_end=True)
    return last if last != line.row.arose_on else None


def days_taken(line: RegisterLine, ended: date | None) -> Iterator[str]:
    """What was taken for the day, where the file gives a month or a year alone. It is public like a day that somebody stated."""
    row, (since, until) = line.row, line.dates
    yield from spans_taken(line)
    if row.arose_on and latest_start(line) and not span_in(since):
        yield f"“{since}” does not give the day. It is entered as from {day(row.arose_on)}, the first that it can be"
    if ended and ended == row.ended_on and ended != read_date(until) and not span_in(until):
        yield f"“{until}” does not give the day. It is entered as to {day(row.ended_on)}, the last that it can be"


def _type_taken(line: RegisterLine, reading: InterestReading) -> str:
    """Which type was taken where a row says none, or only "personal", and why."""
    taken = SHORT_TYPE_WORDS[TYPES[reading.type_hint]].lower()
    unclear = unclear_type(line.cells)
    told = line.cells.get("types", "").strip()
    if not unclear and told and not is_nil(told) and not re.search(r"direct|^\W*other\b", told, re.IGNORECASE):
        return f"“{told[:60]}” is not one of the three types. It is entered as {taken}"
    if not unclear:
        return f"The row does not say the type. It is entered as {taken}"
    why = "as nothing in it says that no money is involved"
    if reading.role is not Role.UNKNOWN:
        paid = reading.type_hint is ReadType.FINANCIAL
        why = "as such a role usually brings money" if paid else "as such a role is usually unpaid"
    said = f"“{line.cells[unclear]}” can mean their own money, or the opposite of pecuniary"
    return f"{said}. It is entered as {taken}, {why}. Correct the row where that is wrong"


def assumed(line: RegisterLine, reading: InterestReading, text: str, via: str, *, indirect: bool) -> Iterator[str]:
    """What was taken for the type, the relation, the place and the days of an interest, `text` being all that is said of it and `via` the
    relation that was found."""
    row = line.row
    kind = kind_in(line.cells)
    if row.interest_type is None and kind and settles_type(kind) is None:
        taken = SHORT_TYPE_WORDS[TYPES[reading.type_hint]].lower()
        yield f"“{line.cells['types'].strip()[:60]}” is its kind, and does not say which of the three types it is. It is entered as {taken}"
    elif row.interest_type is None and kind is None:
        yield _type_taken(line, reading)
    if row.interest_type is not None and (against := contradicting_type(line.cells)):
        taken = SHORT_TYPE_WORDS[TYPES[row.interest_type]].lower()
        yield f"It is entered as {taken} by its type, but “{against[:60]}” may say otherwise. Correct the row where that is wrong"
    if len(ticked := [SHORT_TYPE_WORDS[TYPES[each]].lower() for each in ticks_in(line.cells)]) > 1:
        yield (
            f"The row ticks {and_list(ticked)}. It is entered once for each, as one relationship can be several interests. Where only one "
            "is right, correct the others to its type, and they count once"
        )
    if is_ticked(line.cells.get("direct", "")) and is_ticked(line.cells.get("indirect", "")):
        yield "The row ticks direct and indirect. It is entered as indirect. Correct the row where it is their own"
    where = line.cells.get("organisation", "")
    if where and not is_nil(where) and folded(where) not in folded(text):
        yield f"The row also names “{where[:80]}”. As the interest names an organisation itself, that is read as where they work"
    if indirect and not via:
        yield _UNCLEAR
    if indirect and (name := apparent_name(text)):
        yield f"It seems to name somebody: {name}. The register says the relation, never the name"
    for meaning, cell in unread_ticks(line.cells).items():
        column = SHORT_TYPE_WORDS[TYPES[ReadType(meaning)]].lower()
        yield f"“{cell[:60]}” in the column of ticks for {column} is not understood, and counts as no tick"
    if row.arose_on is None and reading.arose_on is None and not reading.is_pursuing and not span_in(line.dates[0]):
        yield "The row does not say when it started"
    if reading.has_ended and row.ended_on is None and reading.ended_on is None:
        yield "It seems to have ended, but the row does not say when. It is entered as still standing"
