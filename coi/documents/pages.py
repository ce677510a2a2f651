"""The paper: pages, what is drawn where on them, and their furniture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coi.documents.bookmarks import Bookmark
from coi.documents.fonts import Weight, drawable, shown, width_of
from coi.documents.pdf_file import PdfFile, array, reference
from coi.documents.tagging import FOOTER, HEADER, LAYOUT, Element, Structure
from coi.documents.typesetting import Line, Style, lines_of, words_of
from coi.documents.vocabulary import Document, KeyValues, Run, Table

MM = 72 / 25.4
LEFT, BOTTOM = 22 * MM, 25 * MM

BLUE = "0 0.188 0.529 rg"  # NHS dark blue, #003087
INK = "0.129 0.169 0.196 rg"  # #212b32
GREY = "0.298 0.384 0.447 rg"  # #4c6272
RULE = "0.682 0.718 0.741 RG"  # #aeb7bd
SHADE = "0.910 0.929 0.933 rg"  # #e8edee

_FURNITURE = Style(8, 10, colour=GREY)


@dataclass(frozen=True, slots=True)
class Paper:
    """The size of a page in points, and what its margins leave for text: `measure` is the width of a line, `top` where text begins. Where
    there is a `scale`, everything on the page is drawn that much smaller, so that the paper itself is smaller than it says."""

    width: float
    height: float
    scale: float = 1.0

    @property
    def right(self) -> float:
        return self.width - LEFT

    @property
    def measure(self) -> float:
        return self.right - LEFT

    @property
    def top(self) -> float:
        return self.height - 30 * MM

    @property
    def full(self) -> float:
        """The height that text may take on one page."""
        return self.top - BOTTOM


DENSITY = 0.86
"""Text of 10 points is set in 8.6 where a document is dense, what stands in tables in 7.7: small print that is still read on paper."""
UPRIGHT = Paper(210 * MM, 297 * MM)
SIDEWAYS = Paper(297 * MM, 210 * MM)
DENSE = Paper(UPRIGHT.width / DENSITY, UPRIGHT.height / DENSITY, DENSITY)


class Pages:
    """The pages of one document, filled from top to bottom. `y` is where the next thing goes on the last page. A page is written to the
    file as soon as the next one begins, but for its foot. Without a structure, nothing is tagged."""

    def __init__(
        self, file: PdfFile, structure: Structure | None, document: Document, progress: Callable[[int, int], object]
    ) -> None:
        self.file = file
        self.structure = structure
        self.bookmarks: list[Bookmark] = []
        self.paper = SIDEWAYS if document.is_wide else DENSE if document.is_dense else UPRIGHT
        self._document = document
        self._progress = progress
        self._rows = 0
        self._all_rows = sum(len(block.rows) for block in document.blocks if isinstance(block, Table | KeyValues))
        self._tree = file.reserve()
        self._refs: list[str] = []
        self._feet: list[int] = []
        self._code: list[str] = []
        self.turn()

    def turn(self) -> None:
        """Begins a new page."""
        if self._refs:
            self._write_page()
        self._page = self.file.reserve()
        self._refs.append(reference(self._page))
        if self.structure:
            self.structure.turn(self._refs[-1])
        if self.paper.scale != 1:
            self._code.append(f"{self.paper.scale:g} 0 0 {self.paper.scale:g} 0 0 cm")
        self._write_head()
        self.y = self.paper.top

    @property
    def room(self) -> float:
        """The height left on this page, with a hair's breadth for rounding."""
        return self.y - BOTTOM + 0.01

    @property
    def at_top(self) -> bool:
        return self.y >= self.paper.top

    def skip(self, height: float) -> None:
        """Leaves a gap, but none at the top of a page."""
        if not self.at_top:
            self.y -= height

    def opening(self, mark: Element | str) -> str | None:
        """Returns the operator that opens marked content: of an element, or an artifact's own."""
        if self.structure is None:
            return None
        return mark if isinstance(mark, str) else self.structure.mark(mark)

    def write(self, lines: Sequence[Line], style: Style, mark: Element | str, x: float, top: float) -> None:
        """Writes `lines` below one another, the first one's upper edge at `top`."""
        if not any(line.pieces for line in lines):
            return
        opening = self.opening(mark)
        baseline = top - (style.leading - style.size) / 2 - style.size * 0.8
        code = [f"BT {style.colour} 1 0 0 1 {x:.2f} {baseline:.2f} Tm {style.leading:g} TL"]
        face = ""
        for index, line in enumerate(lines):
            if index:
                code.append("T*")
            for weight, text in line.pieces:
                for resource, escaped in shown(drawable(text, weight), weight, self.file.document):
                    if resource != face:
                        face = resource
                        code.append(f"{face} {style.size:g} Tf")
                    code.append(f"({escaped}) Tj")
        code.append("ET")
        self._append(opening, code)

    def rule(self, y: float) -> None:
        """Draws a thin line over the whole measure."""
        line = f"{RULE} 0.5 w {LEFT:.2f} {y:.2f} m {self.paper.right:.2f} {y:.2f} l S"
        self._append(self.opening(LAYOUT), [line])

    def shade(self, top: float, height: float) -> None:
        """Fills a band over the whole measure."""
        band = f"{SHADE} {LEFT:.2f} {top - height:.2f} {self.paper.measure:.2f} {height:.2f} re f"
        self._append(self.opening(LAYOUT), [band])

    def _append(self, opening: str | None, code: list[str]) -> None:
        if opening is not None:
            code = [opening, *code, "EMC"]
        self._code.extend(code)

    def close_row(self, row: Element) -> None:
        """Notes that a row of a table stands on paper: nothing comes to it any more."""
        if self.structure:
            self.structure.close(row)
        self._rows += 1
        self._progress(self._rows, self._all_rows)

    def bookmark(self, level: int, text: str) -> None:
        """Remembers that a heading stands here."""
        x, y = LEFT * self.paper.scale, self.y * self.paper.scale
        self.bookmarks.append(Bookmark(level, text, f"{self._refs[-1]} /XYZ {x:.2f} {y:.2f} null"))

    def finish(self) -> str:
        """Writes the last page, and the feet of all, now that their number is known. Returns the reference to their tree."""
        self._write_page()
        for number, foot in enumerate(self._feet, 1):
            text = f"Page {number} of {len(self._feet)}"
            wide = width_of(text, Weight.REGULAR) * _FURNITURE.size / 1000
            self.write([Line(((Weight.REGULAR, text),))], _FURNITURE, FOOTER, self.paper.right - wide, 15 * MM)
            self.file.put_stream(foot, self._taken())
        self.file.put(self._tree, f"<</Type /Pages /Kids {array(self._refs)} /Count {len(self._refs)}>>")
        return reference(self._tree)

    def _write_head(self) -> None:
        document, paper = self._document, self.paper
        status = document.status.upper() if document.status else ""
        taken = width_of(status, Weight.BOLD) * _FURNITURE.size / 1000
        title = lines_of(words_of([Run(document.title)]), _FURNITURE.size, paper.measure - taken - 20)[:2]
        self.write(title, _FURNITURE, HEADER, LEFT, paper.height - 14 * MM)
        if status:
            bold = Style(_FURNITURE.size, _FURNITURE.leading, Weight.BOLD, BLUE)
            self.write([Line(((Weight.BOLD, status),))], bold, HEADER, paper.right - taken, paper.height - 14 * MM)
        self.rule(paper.height - 22 * MM)

    def _write_page(self) -> None:
        body, foot = self.file.add_stream(self._taken()), self.file.reserve()
        keys = f" /StructParents {len(self._feet)} /Tabs /S" if self.structure else ""
        self._feet.append(foot)
        wide, high = self.paper.width * self.paper.scale, self.paper.height * self.paper.scale
        self.file.put(
            self._page,
            f"<</Type /Page /Parent {reference(self._tree)} /MediaBox [0 0 {wide:.2f} {high:.2f}] "
            f"/Contents [{body} {reference(foot)}] /Resources <</Font {self.file.fonts} /ProcSet [/PDF /Text]>>{keys}>>",
        )

    def _taken(self) -> bytes:
        code, self._code = self._code, []
        return "\n".join(code).encode("latin-1")
