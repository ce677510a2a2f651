"""What a PDF says to software that reads it by its structure, as a screen reader does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf


@dataclass
class Node:
    """One element of the structure. `text` is what it says with all that is below it, list markers left out."""

    tag: str
    text: str
    kids: list["Node"] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    pages: set[int] = field(default_factory=set)

    def all(self, tag: str) -> list["Node"]:
        """All elements of a kind at and below this one, in order."""
        own = [self] if self.tag == tag else []
        return own + [node for kid in self.kids for node in kid.all(tag)]


@dataclass
class Reading:
    """`artifacts` are the texts of each page's furniture; `loose` is text that is neither content nor artifact."""

    root: Node
    artifacts: list[list[str]]
    loose: str

    @property
    def text(self) -> str:
        return self.root.text


def _letters(font: pikepdf.Object) -> dict[int, str]:
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    letters: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, value in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            letters[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for first, last, value, values in re.findall(r"<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[(.*?)\])", block, re.S):
            listed = re.findall(r"<(\w+)>", values)
            for offset, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                letter = int(listed[offset], 16) if listed else int(value, 16) + offset
                letters[code] = chr(letter)
    return letters


def _marked(page: pikepdf.Page) -> Iterator[tuple[int | str | None, str]]:
    """Yields each shown string with its MCID, "artifact", or None."""
    fonts = {name: _letters(font) for name, font in page.Resources.Font.items()}
    current: dict[int, str] = {}
    mark: int | str | None = None
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                assert mark is None, "marked content within marked content"
                mark = "artifact" if operands[0] == "/Artifact" else int(operands[1].MCID)
            case "EMC":
                mark = None
            case "Tf":
                current = fonts[str(operands[0])]
            case "Tj":
                yield mark, "".join(current[code] for code in bytes(operands[0]))


def _attributes(element: pikepdf.Object) -> dict[str, str]:
    return {str(key): str(value) for key, value in element.A.items()} if "/A" in element else {}


def read(data: bytes) -> Reading:
    """Reads a tagged PDF by its structure tree."""
    pdf = pikepdf.open(BytesIO(data))
    said: dict[tuple[int, int], str] = {}
    artifacts: list[list[str]] = []
    loose = ""
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
    for number, page in enumerate(pdf.pages):
        artifacts.append([])
        for mark, text in _marked(page):
            if isinstance(mark, int):
                said[number, mark] = said.get((number, mark), "") + text
            elif mark:
                artifacts[-1].append(text)
            else:
                loose += text

    def node(element: pikepdf.Object) -> Node:
        made = Node(str(element.S)[1:], "", attributes=_attributes(element))
        inner = ""
        for kid in element.K:
            if isinstance(kid, int):
                place, mcid = numbers[element.Pg.objgen], int(kid)
            elif "/MCID" in kid:
                place, mcid = numbers[kid.Pg.objgen], int(kid.MCID)
            else:
                made.kids.append(node(kid))
                made.pages |= made.kids[-1].pages
                inner += made.kids[-1].text + "\n"
                continue
            inner += said.pop((place, mcid))
            made.pages.add(place)
        made.text = str(element.ActualText) if "/ActualText" in element else inner
        if made.tag == "Lbl":
            made.text = ""
        return made

    root = node(pdf.Root.StructTreeRoot.K[0])
    assert not said, f"marked content that no element holds: {said}"
    return Reading(root, artifacts, loose)
