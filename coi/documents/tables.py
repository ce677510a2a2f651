"""Tables on paper: rows that break over pages, heads that come again at the top of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from coi.documents.fonts import Weight
from coi.documents.pages import BOTTOM, INK, LEFT, MEASURE, TOP, Pages
from coi.documents.tagging import COLUMN_HEAD, REPEATED, ROW_HEAD, Element
from coi.documents.text_boxes import CAPTION, TextBox, spoken, text_box
from coi.documents.typesetting import Line, Style, Word, column_widths, lines_of, words_of
from coi.documents.vocabulary import KeyValues, Run, Table, folded

CELL = Style(9, 12, colour=INK)
HEAD = Style(9, 12, Weight.BOLD, INK)
PAD = 4.0
SPACE_AFTER = 12
FIRST_LINES = 3  # of a row that is broken over pages
LABEL_SHARE, VALUE_SHARE = 28, 72

FULL = TOP - BOTTOM


@dataclass(frozen=True, slots=True)
class Cell:
    lines: tuple[Line, ...]
    style: Style
    element: Element
    x: float


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]

    @property
    def lines(self) -> int:
        return max(1, *(len(cell.lines) for cell in self.cells))

    @property
    def height(self) -> float:
        return self.lines * CELL.leading + 2 * PAD

    @property
    def least(self) -> float:
        return min(self.lines, FIRST_LINES) * CELL.leading + 2 * PAD


@dataclass(frozen=True, slots=True)
class TableBox:
    """A table with its caption and head, where it has them."""

    caption: TextBox | None
    head: Row | None
    rows: tuple[Row, ...]

    @property
    def least(self) -> float:
        caption = self.caption.least + CAPTION.space_after if self.caption else 0
        return caption + (self.head.height if self.head else 0) + (self.rows[0].least if self.rows else 0)

    def place(self, pages: Pages) -> None:
        if self.least > pages.room and not pages.at_top:
            pages.turn()
        if self.caption:
            self.caption.place(pages)
        if self.head:
            self._place_row(pages, self.head, shaded=True)
        for row in self.rows:
            self._place_row(pages, row)
        pages.skip(SPACE_AFTER)

    @property
    def _head_comes_again(self) -> bool:
        return self.head is not None and self.head.height < FULL / 3

    def _turn(self, pages: Pages, row: Row) -> None:
        pages.turn()
        if self.head is not None and self._head_comes_again and row is not self.head:
            pages.shade(pages.y, self.head.height)
            _write_cells(pages, self.head, 0, self.head.lines, again=True)

    def _place_row(self, pages: Pages, row: Row, *, shaded: bool = False) -> None:
        head = self.head.height if self.head and self._head_comes_again else 0
        if row.height > pages.room and (row.height <= (FULL - head) / 3 or row.least > pages.room):
            self._turn(pages, row)
        start = 0
        while start < row.lines:
            count = min(row.lines - start, max(1, int((pages.room - 2 * PAD) // CELL.leading)))
            if shaded:
                pages.shade(pages.y, count * CELL.leading + 2 * PAD)
            _write_cells(pages, row, start, count)
            start += count
            if start < row.lines:
                self._turn(pages, row)


def _write_cells(pages: Pages, row: Row, start: int, count: int, *, again: bool = False) -> None:
    for cell in row.cells:
        lines = cell.lines[start : start + count]
        pages.write(lines, cell.style, REPEATED if again else cell.element, cell.x, pages.y - PAD)
    pages.y -= count * CELL.leading + 2 * PAD
    pages.rule(pages.y)


def _row(
    words: Sequence[Sequence[Word]], styles: Sequence[Style], elements: Sequence[Element], widths: Sequence[float]
) -> Row:
    cells = []
    x = LEFT
    for cell, style, element, width in zip(words, styles, elements, widths, strict=True):
        element.spoken = spoken(cell)
        cells.append(Cell(lines_of(cell, style.size, width - 2 * PAD), style, element, x + PAD))
        x += width
    return Row(tuple(cells))


def _words(cells: Sequence[str], style: Style = CELL) -> list[list[Word]]:
    return [words_of([Run(text)], style.weight) for text in cells]


def table_box(table: Table, parent: Element) -> TableBox:
    """Returns `table` set over the whole measure, as an element below `parent`."""
    whole = Element("Table", parent)
    caption = text_box([Run(table.caption)], CAPTION, Element("Caption", whole)) if folded(table.caption) else None
    head_words = _words(table.head, HEAD)
    words = [_words(row) for row in table.rows]
    widths = column_widths(table, [head_words, *words], CELL.size, MEASURE, PAD)
    line = Element("TR", Element("THead", whole))
    heads = [Element("TH", line, COLUMN_HEAD) for _ in table.head]
    head = _row(head_words, [HEAD] * len(heads), heads, widths)
    body = Element("TBody", whole)
    styles = [CELL] * len(heads)
    rows = []
    for cells in words:
        line = Element("TR", body)
        first = Element("TH", line, ROW_HEAD) if table.row_headers else Element("TD", line)
        elements = [first, *(Element("TD", line) for _ in cells[1:])]
        rows.append(_row(cells, styles, elements, widths))
    return TableBox(caption, head, tuple(rows))


def key_values_box(block: KeyValues, parent: Element) -> TableBox:
    """Returns labels and values as a table of two columns whose labels head their rows."""
    whole = Element("Table", parent)
    body = Element("TBody", whole)
    total = LABEL_SHARE + VALUE_SHARE
    widths = [MEASURE * LABEL_SHARE / total, MEASURE * VALUE_SHARE / total]
    rows = []
    for label, value in block.rows:
        line = Element("TR", body)
        elements = [Element("TH", line, ROW_HEAD), Element("TD", line)]
        words = [*_words([label], HEAD), *_words([value])]
        rows.append(_row(words, [HEAD, CELL], elements, widths))
    return TableBox(None, None, tuple(rows))
