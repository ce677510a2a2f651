"""Tables on paper: rows that break over pages, heads that come again at the top of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from coi.documents.fonts import Weight
from coi.documents.pages import INK, LEFT, Pages
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


@dataclass(frozen=True, slots=True)
class Cell:
    lines: tuple[Line, ...]
    style: Style
    element: Element
    x: float


@dataclass(frozen=True, slots=True)
class Row:
    element: Element
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
    """A table with its caption and head, where it has them. `rows` are those after the first: each is set in type when its turn comes,
    so that a long table needs little memory."""

    caption: TextBox | None
    head: Row | None
    first: Row | None
    rows: Iterator[Row]

    @property
    def least(self) -> float:
        caption = self.caption.least + CAPTION.space_after if self.caption else 0
        return caption + (self.head.height if self.head else 0) + (self.first.least if self.first else 0)

    def place(self, pages: Pages) -> None:
        if self.least > pages.room and not pages.at_top:
            pages.turn()
        if self.caption:
            self.caption.place(pages)
        if self.head:
            self._place_row(pages, self.head, shaded=True)
        for row in chain([self.first] if self.first else [], self.rows):
            self._place_row(pages, row)
            pages.close_row(row.element)
        pages.skip(SPACE_AFTER)

    def _head_comes_again(self, pages: Pages) -> bool:
        return self.head is not None and self.head.height < pages.paper.full / 3

    def _turn(self, pages: Pages, row: Row) -> None:
        pages.turn()
        if self.head is not None and self._head_comes_again(pages) and row is not self.head:
            pages.shade(pages.y, self.head.height)
            _write_cells(pages, self.head, 0, self.head.lines, again=True)

    def _place_row(self, pages: Pages, row: Row, *, shaded: bool = False) -> None:
        head = self.head.height if self.head and self._head_comes_again(pages) else 0
        if row.height > pages.room and (row.height <= (pages.paper.full - head) / 3 or row.least > pages.room):
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


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the rows of one table have in common: the style and the width of each column, and how many cells at the beginning of a row
    are heads, of what."""

    styles: Sequence[Style]
    widths: Sequence[float]
    heads: int
    scope: str = ROW_HEAD

    def row(self, parent: Element, words: Sequence[Sequence[Word]]) -> Row:
        """Returns a row set in type, as an element below `parent`."""
        line = Element("TR", parent)
        cells = []
        x = LEFT
        for column, (cell, style, width) in enumerate(zip(words, self.styles, self.widths, strict=True)):
            element = Element("TH", line, self.scope) if column < self.heads else Element("TD", line)
            element.spoken = spoken(cell)
            cells.append(Cell(lines_of(cell, style.size, width - 2 * PAD), style, element, x + PAD))
            x += width
        return Row(line, tuple(cells))


def _words(cells: Sequence[str], style: Style = CELL) -> list[list[Word]]:
    return [words_of([Run(text)], style.weight) for text in cells]


def table_box(table: Table, parent: Element, measure: float) -> TableBox:
    """Returns `table` set over the whole `measure` (points), as an element below `parent`."""
    whole = Element("Table", parent)
    caption = (
        text_box([Run(table.caption)], CAPTION, Element("Caption", whole), measure) if folded(table.caption) else None
    )
    head, columns = _words(table.head, HEAD), len(table.head)
    widths = column_widths(table, chain([head], map(_words, table.rows)), CELL.size, measure, PAD)
    top = _Columns([HEAD] * columns, widths, columns, COLUMN_HEAD).row(Element("THead", whole), head)
    body, below = Element("TBody", whole), _Columns([CELL] * columns, widths, 1 if table.row_headers else 0)
    rows = (below.row(body, _words(cells)) for cells in table.rows)
    return TableBox(caption, top, next(rows, None), rows)


def key_values_box(block: KeyValues, parent: Element, measure: float) -> TableBox:
    """Returns labels and values as a table of two columns whose labels head their rows."""
    body = Element("TBody", Element("Table", parent))
    total = LABEL_SHARE + VALUE_SHARE
    widths = [measure * LABEL_SHARE / total, measure * VALUE_SHARE / total]
    columns = _Columns([HEAD, CELL], widths, 1)
    rows = (columns.row(body, [*_words([label], HEAD), *_words([value])]) for label, value in block.rows)
    return TableBox(None, None, next(rows, None), rows)
