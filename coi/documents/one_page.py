"""Tells without drawing it whether a document surely fits on one page of A4. Pure, and careful: where it says yes, the PDF has one page;
near the end of the page it says no too early."""

from collections.abc import Iterable

from coi.documents.letter_widths import lines_in
from coi.documents.vocabulary import Block, BulletList, Document, Heading, KeyValues, Paragraph, Table, folded

MEASURE, HEIGHT = 470.0, 685.0
"""The width and height of the text on a page, in points; a hair less than the paper has."""
DENSE_MEASURE, DENSE_HEIGHT = 567.0, 822.0
"""The same for a dense document, whose text takes less room."""

_HEADINGS = {1: (20, 25, 10), 2: (14, 18, 19), 3: (11, 15, 11)}  # size, leading, space before and after
_SIZE, _LEADING, _AFTER_TEXT, _AFTER_ITEM, _INDENT = 10, 14, 6, 3, 14
_CELL, _CELL_LEADING, _CELL_PAD, _AROUND_TABLE = 9, 12, 4, 12
_LABEL, _VALUE = 0.28, 0.72


def fits_on_one_page(document: Document) -> bool:
    """Whether a document surely fits on one page. Tables without widths of their own count as if their columns were alike."""
    if document.is_dense:
        return sum(_height(block, DENSE_MEASURE) for block in document.blocks) <= DENSE_HEIGHT
    return sum(_height(block, MEASURE) for block in document.blocks) <= HEIGHT


def _height(block: Block, measure: float) -> float:
    match block:
        case Heading(level=level, text=text):
            size, leading, around = _HEADINGS[level]
            return _lines(text, measure, size) * leading + around
        case Paragraph(runs=runs):
            return _text("".join(run.text for run in runs), measure) + _AFTER_TEXT
        case BulletList(items=items):
            return sum(_text(item, measure - _INDENT) + _AFTER_ITEM for item in items) + _AFTER_TEXT - _AFTER_ITEM
        case Table(caption=caption, head=head, rows=rows, widths=widths):
            shares = widths or (1.0,) * len(head)
            columns = [measure * share / sum(shares) for share in shares]
            above = _text(caption, measure) + 10 if folded(caption) else 0
            return above + _AROUND_TABLE + sum(_row(row, columns) for row in (head, *rows))
        case KeyValues(rows=rows):
            return _AROUND_TABLE + sum(_row(row, [measure * _LABEL, measure * _VALUE]) for row in rows)


def _text(text: str, width: float) -> float:
    return _lines(text, width, _SIZE) * _LEADING


def _row(cells: Iterable[str], widths: Iterable[float]) -> float:
    lines = (_lines(cell, width - 2 * _CELL_PAD, _CELL) for cell, width in zip(cells, widths, strict=True))
    return max(lines) * _CELL_LEADING + 2 * _CELL_PAD


def _lines(text: str, width: float, size: int) -> int:
    return len(lines_in(folded(text), width / size))
