"""Whether a document fits on one page, told without drawing it."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
from hypothesis import given, settings
from hypothesis import strategies as st

from coi.documents.one_page import fits_on_one_page
from coi.documents.pdf import pdf_of
from coi.documents.vocabulary import BulletList, Document, Heading, Table, paragraph

AT = datetime(2026, 11, 10, tzinfo=UTC)
texts = st.text(alphabet="abc WMŵé.ijl-1", max_size=150)


def pages(document):
    with pikepdf.open(BytesIO(pdf_of(document, created=AT))) as pdf:
        return len(pdf.pages)


@settings(max_examples=40)
@given(st.lists(texts, max_size=12), st.lists(st.tuples(texts, texts, texts), max_size=12), st.integers(1, 9))
def test_what_is_said_to_fit_has_one_page(items, rows, share):
    table = Table("A table", ("One", "Two", "Three"), tuple(rows), widths=(share, 5, 2))
    document = Document(
        "A", "B", (Heading(1, "A"), paragraph(" ".join(items)), BulletList(tuple(items)), Heading(2, "T"), table)
    )
    assert not fits_on_one_page(document) or pages(document) == 1


def test_a_page_that_is_nearly_full_still_fits():
    """Careful, but not so careful that half of the page stays empty."""
    line = (
        "The chair asks everybody to declare interests in the business of the meeting, now and as items are reached. "
    )
    document = Document("A", "B", (Heading(1, "A"), *(paragraph(line) for _ in range(18))))
    assert fits_on_one_page(document)
    assert pages(document) == 1
    assert not fits_on_one_page(Document("A", "B", (*document.blocks, *document.blocks[1:])))
