"""What makes a row unreadable in whichever register: cells that are too long, formulas that came to nothing. Pure."""

import re
from collections.abc import Iterable, Iterator

from coi.documents.workbook_notes import NO_VALUE
from coi.registers.importing.vocabulary import LONGEST_CELL

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|ERROR)")


def too_long(cells: Iterable[str]) -> str:
    """Returns, in words, that a cell is too long; empty where none is."""
    long = [text for text in cells if len(text) > LONGEST_CELL]
    if not long:
        return ""
    return f"A cell has {len(long[0]):,} characters. Shorten it to {LONGEST_CELL:,} or fewer, or leave the row out"


def of_formulas(cells: Iterable[str]) -> Iterator[str]:
    """Yields, in words, which formulas of a row came to an error, or to nothing yet."""
    cells = list(cells)
    for error in dict.fromkeys(cell for cell in cells if _ERROR.fullmatch(cell)):
        yield f"A formula of the workbook came to {error}. Correct it there, or correct the row here"
    if NO_VALUE in cells:
        yield "A formula of the workbook has no result yet. Open it in Excel, save it and upload it again, or correct the row here"
