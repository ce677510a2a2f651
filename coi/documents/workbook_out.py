"""XLSX out: rows of text to a workbook, row by row, so that a large one needs little memory. Every cell is text: none can become a
formula or a link."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

from coi.documents.vocabulary import cleaned

LONGEST_CELL = 32_000  # Excel takes 32,767 characters
WIDEST, NARROWEST = 60, 12
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook_of(title: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, about: Sequence[str] = ()) -> bytes:
    """Returns a workbook with one sheet: the lines of `about`, then the head, which stays in view, and the rows. A text that is longer
    than a cell may be is cut, and says so."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        with xlsxwriter.Workbook(path, _OPTIONS) as book:
            book.set_properties({"title": title})
            bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
            sheet = book.add_worksheet("Register")
            for column, heading in enumerate(head):
                sheet.set_column(column, column, max(NARROWEST, min(WIDEST, len(heading) + 4)))
            for number, line in enumerate(about):
                sheet.write_string(number, 0, _cell(line))
            top = len(about) + 1 if about else 0
            sheet.freeze_panes(top + 1, 1)
            for column, heading in enumerate(head):
                sheet.write_string(top, column, _cell(heading), bold)
            for number, row in enumerate(rows, start=top + 1):
                for column, text in enumerate(row):
                    if text:
                        sheet.write_string(number, column, _cell(text), wrapped)
        return path.read_bytes()


def _cell(text: str) -> str:
    text = cleaned(text)
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]} … (cut)"
