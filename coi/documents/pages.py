"""The paper: pages, what is drawn where on them, their furniture and the bookmarks that lead to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from coi.documents.fonts import Weight, drawable, shown, width_of
from coi.documents.pdf_file import Part, PdfFile, array, string
from coi.documents.tagging import FOOTER, HEADER, LAYOUT, Element, Structure
from coi.documents.typesetting import Line, Style, lines_of, words_of
from coi.documents.vocabulary import Document, Run, folded

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
LEFT, RIGHT = 22 * MM, WIDTH - 22 * MM
TOP, BOTTOM = HEIGHT - 30 * MM, 25 * MM
MEASURE = RIGHT - LEFT

BLUE = "0 0.188 0.529 rg"  # NHS dark blue, #003087
INK = "0.129 0.169 0.196 rg"  # #212b32
GREY = "0.298 0.384 0.447 rg"  # #4c6272
RULE = "0.682 0.718 0.741 RG"  # #aeb7bd
SHADE = "0.910 0.929 0.933 rg"  # #e8edee

_FURNITURE = Style(8, 10, colour=GREY)


@dataclass(frozen=True, slots=True)
class Bookmark:
    level: int
    text: str
    page: int
    top: float


class Pages:
    """The pages of one document, filled from top to bottom. `y` is where the next thing goes on the last page.
    Without a structure, nothing is tagged."""

    def __init__(self, file: PdfFile, structure: Structure | None) -> None:
        self.file = file
        self.structure = structure
        self.bookmarks: list[Bookmark] = []
        self._code: list[list[str]] = []
        self.turn()

    def turn(self) -> None:
        """Begins a new page."""
        self._code.append([])
        self.y = TOP

    @property
    def room(self) -> float:
        """The height left on this page, with a hair's breadth for rounding."""
        return self.y - BOTTOM + 0.01

    @property
    def at_top(self) -> bool:
        return self.y >= TOP

    def skip(self, height: float) -> None:
        """Leaves a gap, but none at the top of a page."""
        if not self.at_top:
            self.y -= height

    def opening(self, mark: Element | str) -> str | None:
        """Returns the operator that opens marked content: of an element, or an artifact's own."""
        if self.structure is None:
            return None
        return mark if isinstance(mark, str) else self.structure.mark(mark, len(self._code) - 1)

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
        line = f"{RULE} 0.5 w {LEFT:.2f} {y:.2f} m {RIGHT:.2f} {y:.2f} l S"
        self._append(self.opening(LAYOUT), [line])

    def shade(self, top: float, height: float) -> None:
        """Fills a band over the whole measure."""
        band = f"{SHADE} {LEFT:.2f} {top - height:.2f} {MEASURE:.2f} {height:.2f} re f"
        self._append(self.opening(LAYOUT), [band])

    def _append(self, opening: str | None, code: list[str]) -> None:
        if opening is not None:
            code = [opening, *code, "EMC"]
        self._code[-1].extend(code)

    def write_furniture(self, document: Document) -> None:
        """Writes the head and the foot of every page, now that their number is known."""
        status = document.status.upper() if document.status else ""
        taken = width_of(status, Weight.BOLD) * _FURNITURE.size / 1000
        title = lines_of(words_of([Run(document.title)]), _FURNITURE.size, MEASURE - taken - 20)[:2]
        bold = Style(_FURNITURE.size, _FURNITURE.leading, Weight.BOLD, BLUE)
        pages, self._code = self._code, []
        for number, code in enumerate(pages, 1):
            self._code.append([])
            self.write(title, _FURNITURE, HEADER, LEFT, HEIGHT - 14 * MM)
            if status:
                self.write([Line(((Weight.BOLD, status),))], bold, HEADER, RIGHT - taken, HEIGHT - 14 * MM)
            self.rule(HEIGHT - 22 * MM)
            self._code[-1].extend(code)
            foot = f"Page {number} of {len(pages)}"
            wide = width_of(foot, Weight.REGULAR) * _FURNITURE.size / 1000
            self.write([Line(((Weight.REGULAR, foot),))], _FURNITURE, FOOTER, RIGHT - wide, 15 * MM)

    def write_out(self) -> tuple[str, list[str]]:
        """Adds the pages to the file. Returns the reference to their tree and those to the pages."""
        tree = self.file.reserve()
        parts = [self.file.reserve() for _ in self._code]
        for index, (part, code) in enumerate(zip(parts, self._code, strict=True)):
            content = self.file.add_stream("\n".join(code).encode("latin-1"))
            keys = f" /StructParents {index} /Tabs /S" if self.structure else ""
            part.body = (
                f"<</Type /Page /Parent {tree.ref} /MediaBox [0 0 {WIDTH:.2f} {HEIGHT:.2f}] /Contents {content} "
                f"/Resources <</Font {self.file.fonts} /ProcSet [/PDF /Text]>>{keys}>>"
            ).encode("ascii")
        refs = [part.ref for part in parts]
        tree.body = f"<</Type /Pages /Kids {array(refs)} /Count {len(refs)}>>".encode("ascii")
        return tree.ref, refs

    def write_bookmarks(self, pages: Sequence[str]) -> str | None:
        """Adds the bookmarks to the file and returns the reference to their root, or None where there are none."""
        if not self.bookmarks:
            return None
        root = self.file.reserve()
        parts = [self.file.reserve() for _ in self.bookmarks]
        kids: dict[int, list[int]] = {}  # bookmark (-1: the root) to those right below it
        above: list[int] = []
        for index, bookmark in enumerate(self.bookmarks):
            del above[bookmark.level - 1 :]
            kids.setdefault(above[-1] if above else -1, []).append(index)
            above.append(index)
        for parent, family in kids.items():
            self._write_family(family, parts[parent] if parent >= 0 else root, parts, kids, pages)
        first, last = parts[kids[-1][0]].ref, parts[kids[-1][-1]].ref
        root.body = f"<</Type /Outlines /First {first} /Last {last} /Count {len(kids[-1])}>>".encode("ascii")
        return root.ref

    def _write_family(
        self, family: list[int], parent: Part, parts: list[Part], kids: dict[int, list[int]], pages: Sequence[str]
    ) -> None:
        for position, index in enumerate(family):
            bookmark = self.bookmarks[index]
            below = kids.get(index, [])
            entries = f"/Title {string(folded(bookmark.text))} /Parent {parent.ref}"
            entries += f" /Dest [{pages[bookmark.page]} /XYZ {LEFT:.2f} {bookmark.top:.2f} null]"
            entries += f" /Prev {parts[family[position - 1]].ref}" if position else ""
            entries += f" /Next {parts[family[position + 1]].ref}" if position + 1 < len(family) else ""
            if below:
                # Closed: the count is negative.
                entries += f" /First {parts[below[0]].ref} /Last {parts[below[-1]].ref} /Count {-len(below)}"
            parts[index].body = f"<<{entries}>>".encode("ascii")

    def bookmark(self, level: int, text: str) -> None:
        """Remembers that a heading stands here."""
        self.bookmarks.append(Bookmark(level, text, len(self._code) - 1, self.y))
