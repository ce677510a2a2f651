"""A document as a PDF: tagged (PDF/UA-1), archivable (PDF/A-3a), the same bytes for the same document and moment."""

from collections.abc import Callable, Sequence
from datetime import datetime

from coi.documents.bookmarks import write_bookmarks
from coi.documents.layout import lay_out
from coi.documents.pages import Pages
from coi.documents.pdf_file import PdfFile
from coi.documents.pdf_metadata import Attachment, Relation, catalog_of, properties_of
from coi.documents.tagging import Element, Structure
from coi.documents.vocabulary import Document

__all__ = ["Attachment", "Relation", "pdf_of"]


def _untold(_rows: int, _total: int) -> None:
    pass


def pdf_of(
    document: Document,
    *,
    created: datetime,
    attachments: Sequence[Attachment] = (),
    tagged: bool = True,
    progress: Callable[[int, int], object] = _untold,
) -> bytes:
    """Returns `document` as a PDF made at `created` (aware). Its body says exactly `text_of(document)`. `tagged=False`
    leaves out the structure and the claims that rest on it; it is there to measure what they cost. After each row of a
    table, `progress` is told how many stand on paper, and out of how many.
    Raises ValueError for a moment without a time zone and for two attachments of the same name."""
    if created.tzinfo is None:
        raise ValueError("The moment a PDF was created needs a time zone")
    if len({attachment.filename for attachment in attachments}) < len(attachments):
        raise ValueError("Two attachments have the same name")
    file = PdfFile()
    structure = Structure(file) if tagged else None
    pages = Pages(file, structure, document, progress)
    lay_out(document.blocks, pages, structure.root if structure else Element("Document"))
    tree = pages.finish()
    bookmarks = write_bookmarks(file, pages.bookmarks)
    catalog = {
        "Type": "/Catalog",
        "Pages": tree,
        "Outlines": bookmarks,
        "PageMode": "/UseOutlines" if bookmarks else None,
        **catalog_of(file, document, created, attachments, tagged=tagged),
    }
    if structure:
        catalog |= {"StructTreeRoot": structure.finish(), "MarkInfo": "<</Marked true>>"}
    return file.finished(catalog, properties_of(document, created))
