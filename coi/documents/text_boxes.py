"""Text that runs down the page and over page ends: headings, paragraphs, list items, captions."""

from collections.abc import Sequence
from dataclasses import dataclass

from coi.documents.fonts import Weight, drawable
from coi.documents.pages import BLUE, INK, LEFT, Pages
from coi.documents.tagging import Element
from coi.documents.typesetting import Line, Style, Word, lines_of, words_of
from coi.documents.vocabulary import Run

BODY = Style(10, 14, colour=INK, space_after=6)
ITEM = Style(10, 14, colour=INK, space_after=3)
CAPTION = Style(10, 14, Weight.BOLD, INK, space_before=6, space_after=4)
HEADINGS = {
    1: Style(20, 25, Weight.BOLD, BLUE, space_after=10),
    2: Style(14, 18, Weight.BOLD, BLUE, space_before=14, space_after=5),
    3: Style(11, 15, Weight.BOLD, BLUE, space_before=8, space_after=3),
}
INDENT = 14
BULLET = (Line(((Weight.REGULAR, "•"),)),)
KEPT = 2  # lines of a paragraph that stay together at either end of a page


def spoken(words: Sequence[Word]) -> str:
    """Returns the text to be read aloud where the typeface lacks one of its letters, else nothing."""
    whole = " ".join("".join(text for _, text in word) for word in words)
    if whole.isascii() or all(drawable(text, weight) == text for word in words for weight, text in word):
        return ""
    return whole


@dataclass(frozen=True, slots=True)
class TextBox:
    """Lines of one element. `label` is the element of the list marker that stands before the first line."""

    lines: tuple[Line, ...]
    style: Style
    element: Element
    label: Element | None = None

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.leading

    @property
    def least(self) -> float:
        """The height that must be left on a page for this box to begin there."""
        return self.style.space_before + min(len(self.lines), KEPT) * self.style.leading

    def place(self, pages: Pages) -> None:
        pages.skip(self.style.space_before)
        start = 0
        while start < len(self.lines):
            count = self._fitting(pages, start)
            if count:
                self._write(pages, start, count)
                start += count
            if start < len(self.lines):
                pages.turn()
        pages.skip(self.style.space_after)

    def _fitting(self, pages: Pages, start: int) -> int:
        rest = len(self.lines) - start
        count = min(rest, int(pages.room // self.style.leading))
        if count < rest:
            count = min(count, max(rest - KEPT, 1))
            if count < KEPT and not pages.at_top:
                return 0
        return count

    def _write(self, pages: Pages, start: int, count: int) -> None:
        indent = INDENT if self.label else 0
        if self.label and not start:
            pages.write(BULLET, self.style, self.label, LEFT + 2, pages.y)
        pages.write(self.lines[start : start + count], self.style, self.element, LEFT + indent, pages.y)
        pages.y -= count * self.style.leading


@dataclass(frozen=True, slots=True)
class HeadingBox:
    """A heading, kept on one page with the beginning of what follows (`following`: the height which that needs)."""

    text: TextBox
    level: int
    title: str
    following: float

    @property
    def least(self) -> float:
        style = self.text.style
        return style.space_before + self.text.height + style.space_after + self.following

    def place(self, pages: Pages) -> None:
        if self.least > pages.room and not pages.at_top:
            pages.turn()
        pages.skip(self.text.style.space_before)
        pages.bookmark(self.level, self.title)
        TextBox(self.text.lines, self._unspaced(), self.text.element).place(pages)
        pages.skip(self.text.style.space_after)

    def _unspaced(self) -> Style:
        style = self.text.style
        return Style(style.size, style.leading, style.weight, style.colour)


def text_box(
    runs: Sequence[Run], style: Style, element: Element, measure: float, label: Element | None = None
) -> TextBox:
    """Returns `runs` set in `style` over the whole `measure` (points), less the indent where there is a label."""
    words = words_of(runs, style.weight)
    element.spoken = spoken(words)
    return TextBox(lines_of(words, style.size, measure - (INDENT if label else 0)), style, element, label)
