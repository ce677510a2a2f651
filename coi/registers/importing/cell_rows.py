"""The rows under the headings of a table as cells by meaning, as the file or somebody says them. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coi.screening.headings import RegisterColumns, cell_of, is_subheading, rows_below
from coi.screening.interest_text import read_date
from coi.screening.layouts import AS_ABOVE

MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*"
WHOLE_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\.?,?\s+(?:19|20)\d\d\b|\b\d{1,2}[/.-]\d{1,2}[/.-](?:(?:19|20)\d\d|\d\d)\b"
    r"|\b(?:19|20)\d\d-\d\d-\d\d\b"
)
"""A day that is given whole, such as 31 March 2019 or 31/03/19."""
_TOTAL = re.compile(
    r"\W*(?:grand |sub.?)?totals?\b(?:[\W\d_]|\b(?:values?|costs?|spend|amounts?|sum|number|for|of|the|this|all|year|period|quarter|q\d"
    rf"|month|to|date|in|and|contracts?|decisions?|awards?|offers?|gifts?|awarded|gbp|k|m|{MONTH})\b)*",
    re.IGNORECASE,
)


def days_in(text: str) -> set[date]:
    """Returns the whole days that a text names."""
    return {found for each in WHOLE_DAY.findall(text) if (found := read_date(each))}


def is_total(cell: str) -> bool:
    """Whether a cell says that a total stands in its row: the word alone, with a sum or what it is of. "Total hip replacement" does not."""
    return bool(_TOTAL.fullmatch(cell.strip()))


@dataclass(frozen=True)
class Line:
    """A row under the headings: which one it is, where it stands in the sheet, and its cells by meaning."""

    row: int
    line: int
    cells: Mapping[str, str]
    from_above: tuple[str, ...] = ()


def lines_of(
    rows: Sequence[Sequence[str]], found: RegisterColumns, corrections: Mapping[str, Mapping[str, Any]]
) -> Iterator[Line]:
    """Yields the rows under the headings that hold anything, as the file or somebody says them. "As above" is what stands there."""
    below = found.header + 1
    first = below + 1 + (below < len(rows) and is_subheading(rows[below], rows[found.header]))
    above: Mapping[str, str] = {}
    for number, row in enumerate(rows_below(rows, found.header), 1):
        told = {meaning: cell_of(row, column) for meaning, column in found.columns.items()}
        said = corrections.get(str(number), {}).get("cells")
        cells = {
            meaning: above.get(meaning, "") or cell if AS_ABOVE.match(cell) else cell for meaning, cell in told.items()
        }
        cells = {**cells, **said} if said is not None else cells
        if any(cell.strip() for cell in row):
            taken = tuple(each for each in told if cells[each] != told[each]) if said is None else ()
            yield Line(number, first + number - 1, cells, taken)
            above = cells
