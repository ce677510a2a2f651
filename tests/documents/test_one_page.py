"""Whether a document fits on one page, told without drawing it."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coi.documents.one_page import fits_on_one_page
from coi.documents.pdf import pdf_of
from coi.documents.vocabulary import BulletList, Document, Heading, KeyValues, Table, paragraph

AT = datetime(2026, 11, 10, tzinfo=UTC)
texts = st.text(alphabet="abc WMŵé.ijl-1", max_size=150)


def pages(document):
    with pikepdf.open(BytesIO(pdf_of(document, created=AT))) as pdf:
        return len(pdf.pages)


@settings(max_examples=40)
@given(
    st.lists(texts, max_size=12),
    st.lists(st.tuples(texts, texts, texts), max_size=12),
    st.integers(1, 9),
    st.booleans(),
)
def test_what_is_said_to_fit_has_one_page(items, rows, share, dense):
    table = Table("A table", ("One", "Two", "Three"), tuple(rows), widths=(share, 5, 2))
    document = Document(
        "A", "B", (Heading(1, "A"), paragraph(" ".join(items)), BulletList(tuple(items)), Heading(2, "T"), table),
        is_dense=dense,
    )  # fmt: skip
    assert not fits_on_one_page(document) or pages(document) == 1


LINE = "The chair asks everybody to declare interests in the business of the meeting, as items are reached. "
FILLED = {
    "paragraphs": lambda number: tuple(paragraph(LINE * 2) for _ in range(number)),
    "items": lambda number: (BulletList(tuple(LINE + LINE[:50] for _ in range(number))),),
    "values": lambda number: (KeyValues(tuple(("A label of some length", LINE * 2) for _ in range(number))),),
    "rows": lambda number: (Table("A table", ("One", "Two"), tuple((LINE, LINE) for _ in range(number)), (2.0, 3.0)),),
}


@pytest.mark.parametrize(("kind", "dense"), [*((kind, False) for kind in FILLED), ("values", True)])
def test_a_page_is_filled_nearly_to_its_end_and_not_beyond(kind, dense):
    documents = [
        Document("A", "B", (Heading(1, "A"), *FILLED[kind](number)), is_dense=dense) for number in range(1, 60)
    ]
    last = max(index for index, document in enumerate(documents) if fits_on_one_page(document))
    assert pages(documents[last]) == 1
    assert pages(documents[last + 2]) == 2
