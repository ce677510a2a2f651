"""The logical structure of a PDF: which element each piece of content belongs to, in reading order (PDF/UA-1)."""

from coi.documents.pdf_file import PdfFile, array, dictionary, reference, string

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
    lacks a letter of it. `kids` are the elements below it and its pieces of content: the reference to the page and the number there."""

    __slots__ = ("attributes", "is_closed", "kids", "number", "parent", "spoken", "tag")

    def __init__(self, tag: str, parent: "Element | None" = None, attributes: str = "") -> None:
        self.tag = tag
        self.parent = parent
        self.attributes = attributes
        self.spoken = ""
        self.number = 0  # of its object in the file, once that is known
        self.is_closed = False
        self.kids: list[Element | tuple[str, int]] = []
        if parent is not None:
            parent.kids.append(self)


class Structure:
    """The tree of elements of one document and the marks that tie it to what is drawn on each page."""

    def __init__(self, file: PdfFile) -> None:
        self.root = Element("Document")
        self._file = file
        self._top = file.reserve()
        self._page = ""
        self._marks: list[str] = []
        self._parents: list[str] = []

    def turn(self, page: str) -> None:
        """Begins a page: marks are made on the one with that reference from now on."""
        self._end_page()
        self._page = page

    def _end_page(self) -> None:
        if self._page:
            self._parents.append(self._file.add(array(self._marks)))
            self._marks = []

    def mark(self, element: Element) -> str:
        """Returns the operator that opens a piece of content of `element` on this page."""
        number = len(self._marks)
        element.kids.append((self._page, number))
        self._marks.append(self._reference(element))
        return f"/{element.tag} <</MCID {number}>> BDC"

    def close(self, element: Element) -> None:
        """Writes `element` and all below it, and forgets what it holds: nothing can be added to it afterwards."""
        if element.is_closed:
            return
        home = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), "")
        kids: list[str] = []
        for kid in element.kids:
            if isinstance(kid, Element):
                self.close(kid)
                kids.append(self._reference(kid))
            elif kid[0] == home:
                kids.append(str(kid[1]))
            else:
                kids.append(f"<</Type /MCR /Pg {kid[0]} /MCID {kid[1]}>>")
        parent = self._reference(element.parent) if element.parent else reference(self._top)
        own = f" /Pg {home}" if home else ""
        own += f" /A {element.attributes}" if element.attributes else ""
        own += f" /ActualText {string(element.spoken)}" if element.spoken else ""
        number = self._number(element)
        self._file.put(number, f"<</Type /StructElem /S /{element.tag} /P {parent} /K [{' '.join(kids)}]{own}>>")
        element.is_closed = True
        element.kids.clear()

    def finish(self) -> str:
        """Writes the rest of the tree and returns the reference to its root."""
        self._end_page()
        self.close(self.root)
        parents = self._file.add(f"<</Nums {array(f'{index} {marks}' for index, marks in enumerate(self._parents))}>>")
        entries = {
            "Type": "/StructTreeRoot",
            "K": array([self._reference(self.root)]),
            "ParentTree": parents,
            "ParentTreeNextKey": len(self._parents),
        }
        self._file.put(self._top, dictionary(entries))
        return reference(self._top)

    def _number(self, element: Element) -> int:
        element.number = element.number or self._file.reserve()
        return element.number

    def _reference(self, element: Element) -> str:
        return reference(self._number(element))
