"""The rest of a screening in words: what stands open, what nobody understood, and what could not be read."""

import textwrap
from collections.abc import Iterable, Sequence

from coi.screening.flags import Flag
from coi.screening.screen import Screening, row_of
from coi.screening.unsettled import may_be

WIDTH = 100
LONGEST = 600  # letters of a declared text that are printed
NAMED = 5  # of those who may be meant


def question_lines(questions: Iterable[Flag], screening: Screening) -> Iterable[str]:
    """What would be a flag on an item if one of those that a text may mean is meant: beside the item, so that somebody settles it."""
    for one in questions:
        row = row_of(one.interest_key)
        where = rows_words([(screening.lines.get(row, 0), row)])
        yield f"  ?   {one.person or where.capitalize()}: not settled which organisation is meant"
        said = f"“{shortened(one.interest.text)}” ({where}) {may_be(one)}"
        yield from textwrap.wrap(said, WIDTH, initial_indent="      ", subsequent_indent="      ")


def rows_words(rows: Sequence[tuple[int, int]]) -> str:
    """Where something stands: by its lines in the sheet, as people see them, else by its rows."""
    by_line = all(line for line, _row in rows)
    noun, numbers = ("line", [line for line, _row in rows]) if by_line else ("row", [row for _line, row in rows])
    if len(numbers) == 1:
        return f"{noun} {numbers[0]}"
    return f"{noun}s {', '.join(str(each) for each in numbers[:-1])} and {numbers[-1]}"


def shortened(text: str) -> str:
    """Returns as much of a declared text as is printed."""
    return textwrap.shorten(text, LONGEST, placeholder=" …") if len(text) > LONGEST else text


def unmatched_lines(screening: Screening) -> Iterable[str]:
    """What nobody understood, with whom it may mean."""
    if not screening.unmatched:
        return
    yield "Not understood: look at these yourself"
    rows: dict[tuple[str, str, tuple[str, ...]], dict[tuple[int, int], None]] = {}
    for one in screening.unmatched:
        rows.setdefault((one.text, one.person, tuple(one.candidates)), {})[one.line, one.row] = None
    for (text, person, candidates), numbers in rows.items():
        who = f", {person}" if person else ""
        yield from textwrap.wrap(
            f"{f'“{shortened(text)}”' if text else 'Nothing entered, which is no nil return'} ({rows_words(tuple(numbers))}{who})",
            WIDTH,
            initial_indent="  • ",
            subsequent_indent="    ",
        )
        if candidates:
            several = f"may be {' or '.join(candidates[:NAMED])}"
            if len(candidates) > NAMED:
                several = f"may be any of {len(candidates)}, among them {', '.join(candidates[:NAMED])}"
            yield from textwrap.wrap(several, WIDTH, initial_indent="      ", subsequent_indent="      ")
    yield ""


def unread_dates_lines(screening: Screening) -> Iterable[str]:
    """Dates that are none."""
    if not screening.unread.dates:
        return
    yield "Not a date that can be: read as if nothing stood there, so that the interest may count as running"
    for one in screening.unread.dates:
        yield from textwrap.wrap(
            f"“{one.text}” ({rows_words([(one.line, one.row)])}, column “{one.column}”)",
            WIDTH,
            initial_indent="  • ",
            subsequent_indent="    ",
        )
    yield ""


def unknown_codes_lines(screening: Screening) -> Iterable[str]:
    """Codes that nobody has."""
    if not screening.unread.codes:
        return
    yield "Unknown code: the reference data has no such organisation, and nobody was taken to be meant"
    for one in screening.unread.codes:
        where = f"{one.sheet}, line {one.line}, column “{one.column}”"
        yield from textwrap.wrap(f"“{one.text}” ({where})", WIDTH, initial_indent="  • ", subsequent_indent="    ")
    yield ""
