"""The words of a document: headings, paragraphs, lists and tables, from which the web page and the PDF are rendered."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class DocumentStatus(StrEnum):
    """What a reader may rely on. Printed in capitals at the head of every page."""

    DRAFT = "Draft"
    CONFIRMED = "Confirmed"


@dataclass(frozen=True)
class Run:
    """A stretch of text in one weight. Always plain text, never markup."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading. The first one of a document has level 1, and no level is skipped on the way down."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class BulletList:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with a caption above it. `widths` are shares of the page's width, one per column; left out, they follow
    from the content. With `row_headers` the first cell of each row names the row, and screen readers announce it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] | None = None
    row_headers: bool = True


@dataclass(frozen=True)
class KeyValues:
    """A list of label and value."""

    rows: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | BulletList | Table | KeyValues


@dataclass(frozen=True)
class Document:
    """What is printed is exactly `blocks`: a document that shows its title in the body starts with `Heading(1, title)`.
    `title` and `status` stand at the head of each page and in the file's properties. `is_wide` turns the paper: for tables of many columns.
    `is_dense` sets everything smaller: for what has to stand on one page.
    Raises ValueError for what no reader could follow: a heading without text, a skipped level, a row that does not fit its head."""

    title: str
    author: str
    blocks: tuple[Block, ...]
    subject: str = ""
    status: DocumentStatus | None = None
    language: str = "en-GB"
    is_wide: bool = False
    is_dense: bool = False

    def __post_init__(self) -> None:
        if not folded(self.title):
            raise ValueError("A document needs a title")
        level = 0
        for block in self.blocks:
            if isinstance(block, Heading):
                if not folded(block.text):
                    raise ValueError("A heading needs a text")
                if not 1 <= block.level <= min(3, level + 1):
                    raise ValueError(f"Heading “{block.text}” has level {block.level} after level {level}")
                level = block.level
            elif isinstance(block, Table):
                _check_shape(block)


def _check_shape(table: Table) -> None:
    columns = len(table.head)
    if not columns or any(len(row) != columns for row in table.rows):
        raise ValueError(f"Table “{table.caption}” has a row with more or fewer cells than its head")
    if table.widths is not None and (len(table.widths) != columns or min(table.widths) <= 0):
        raise ValueError(f"Table “{table.caption}” has widths that do not fit its head")


def paragraph(text: str, *, bold: bool = False) -> Paragraph:
    """Returns one paragraph of one weight."""
    return Paragraph((Run(text, bold),))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Returns what somebody typed into a box of several lines: one paragraph per line that is not blank."""
    return tuple(paragraph(line) for line in text.splitlines() if folded(line))


def cleaned(text: str) -> str:
    """Returns `text` in composed form (NFC) without what cannot be seen: control and format characters, halves of
    surrogate pairs. White space stays as it is."""
    if text.isascii() and text.isprintable():
        return text
    seen = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return unicodedata.normalize("NFC", seen)


def folded(text: str) -> str:
    """Returns `cleaned(text)` with each stretch of white space as one space: the form in which texts are compared."""
    return " ".join(cleaned(text).split())


def _lines(block: Block) -> Iterator[Iterable[str]]:
    match block:
        case Heading(text=text):
            yield [text]
        case Paragraph(runs=runs):
            yield ["".join(run.text for run in runs)]
        case BulletList(items=items):
            yield from ([item] for item in items)
        case Table(caption=caption, head=head, rows=rows):
            yield [caption]
            yield head
            yield from rows
        case KeyValues(rows=rows):
            yield from rows


def text_of(document: Document) -> str:
    """Returns the canonical plain text of the body: a line per heading, paragraph, list item and table row, cells
    parted by a tab. With white space folded it is the text of the PDF's body and of the web page, so that neither can
    say anything else. List markers are not text, nor is what stands at the head and foot of a page."""
    return "\n".join("\t".join(map(folded, line)) for block in document.blocks for line in _lines(block))
