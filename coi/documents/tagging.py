"""The logical structure of a PDF: which element each piece of content belongs to, in reading order (PDF/UA-1)."""

from collections.abc import Sequence

from coi.documents.pdf_file import PdfFile, array, dictionary, string

COLUMN_HEAD = "<</O /Table /Scope /Column>>"
ROW_HEAD = "<</O /Table /Scope /Row>>"
BULLETS = "<</O /List /ListNumbering /Disc>>"

# What is no content of its own: furniture of the page, rules, table heads said once already.
LAYOUT = "/Artifact <</Type /Layout>> BDC"
HEADER = "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC"
FOOTER = "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC"
REPEATED = "/Artifact <</Type /Pagination>> BDC"


class Element:
    """One element of the structure. `spoken` is what is read aloud or copied in place of its text, where the typeface
    lacks a letter of it."""

    __slots__ = ("attributes", "kids", "spoken", "tag")

    def __init__(self, tag: str, parent: "Element | None" = None, attributes: str = "") -> None:
        self.tag = tag
        self.attributes = attributes
        self.spoken = ""
        self.kids: list[Element | tuple[int, int]] = []
        if parent is not None:
            parent.kids.append(self)


class Structure:
    """The tree of elements of one document and the marks that tie it to what is drawn on each page."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self._marks: list[list[Element]] = []

    def mark(self, element: Element, page: int) -> str:
        """Returns the operator that opens a piece of content of `element` on page number `page` (counted from 0)."""
        while len(self._marks) <= page:
            self._marks.append([])
        marks = self._marks[page]
        element.kids.append((page, len(marks)))
        marks.append(element)
        return f"/{element.tag} <</MCID {len(marks) - 1}>> BDC"

    def write(self, file: PdfFile, pages: Sequence[str]) -> str:
        """Adds the tree to `file` and returns the reference to its root. `pages` are the references to the pages."""
        top = file.reserve()
        refs: dict[Element, str] = {}
        root = self._write_element(file, self.root, top.ref, pages, refs)
        numbers: list[str] = []
        for index in range(len(pages)):
            marks = self._marks[index] if index < len(self._marks) else []
            numbers.append(f"{index} {array(refs[element] for element in marks)}")
        parents = file.add({"Nums": array(numbers)})
        top.body = dictionary(
            {"Type": "/StructTreeRoot", "K": array([root]), "ParentTree": parents, "ParentTreeNextKey": len(pages)}
        ).encode("ascii")
        return top.ref

    def _write_element(
        self, file: PdfFile, element: Element, parent: str, pages: Sequence[str], refs: dict[Element, str]
    ) -> str:
        part = file.reserve()
        refs[element] = part.ref
        home = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), None)
        kids: list[str] = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(self._write_element(file, kid, part.ref, pages, refs))
            elif kid[0] == home:
                kids.append(str(kid[1]))
            else:
                kids.append(f"<</Type /MCR /Pg {pages[kid[0]]} /MCID {kid[1]}>>")
        own = f" /Pg {pages[home]}" if home is not None else ""
        own += f" /A {element.attributes}" if element.attributes else ""
        own += f" /ActualText {string(element.spoken)}" if element.spoken else ""
        part.body = f"<</Type /StructElem /S /{element.tag} /P {parent} /K [{' '.join(kids)}]{own}>>".encode("ascii")
        return part.ref
