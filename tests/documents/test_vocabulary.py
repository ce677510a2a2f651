"""What a document may hold, and what its canonical text is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.documents.vocabulary import (
    BulletList,
    Heading,
    KeyValues,
    Paragraph,
    Run,
    Table,
    cleaned,
    folded,
    paragraph,
    paragraphs,
    text_of,
)
from tests.documents.samples import document


def test_the_text_has_a_line_per_paragraph_item_and_row_with_cells_parted_by_tabs():
    of = document(
        Heading(1, "Minutes"),
        Paragraph((Run("Decision: ", bold=True), Run("agreed\nby all"))),
        BulletList(("first", "second")),
        Table("Who", ("Name", "Role"), (("A\tB", "Chair"),)),
        KeyValues((("Held", "today"),)),
    )
    assert text_of(of) == ("Minutes\nDecision: agreed by all\nfirst\nsecond\nWho\nName\tRole\nA B\tChair\nHeld\ttoday")


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param([Heading(2, "Second")], id="begins at level 2"),
        pytest.param([Heading(1, "First"), Heading(3, "Third")], id="skips level 2"),
        pytest.param([Heading(1, "a"), Heading(2, "b"), Heading(3, "c"), Heading(4, "d")], id="deeper than 3"),
        pytest.param([Heading(0, "None")], id="level 0"),
        pytest.param([Heading(1, " \n")], id="heading without text"),
        pytest.param([Table("T", ("A", "B"), (("one",),))], id="row too short"),
        pytest.param([Table("T", ("A",), (("one", "two"),))], id="row too long"),
        pytest.param([Table("T", (), ())], id="table without columns"),
        pytest.param([Table("T", ("A", "B"), (), widths=(1,))], id="one width for two columns"),
        pytest.param([Table("T", ("A", "B"), (), widths=(1, 0))], id="width of nothing"),
    ],
)
def test_what_no_reader_could_follow_is_refused(blocks):
    with pytest.raises(ValueError, match=r"heading|Heading|Table"):
        document(*blocks)


def test_headings_may_climb_back_up_by_several_levels():
    document(Heading(1, "a"), Heading(2, "b"), Heading(3, "c"), Heading(1, "d"), Heading(2, "e"))


def test_a_document_needs_a_title():
    with pytest.raises(ValueError, match="title"):
        document(title=" ")


def test_what_was_typed_on_several_lines_becomes_several_paragraphs():
    assert paragraphs("one\r\n\n  \ntwo") == (paragraph("one"), paragraph("two"))


def test_letters_are_composed_and_what_cannot_be_seen_is_dropped():
    assert folded("w\u200d\u0302yn\u200b  \x00\u00adO\u2019Example\ud800\u00a0end") == "ŵyn O’Example end"


@given(st.text())
def test_folding_and_cleaning_again_change_nothing(text):
    assert folded(folded(text)) == folded(text)
    assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text(), st.text())
def test_folding_is_the_same_whether_white_space_was_there_once_or_often(one, other):
    assert folded(f"{one} \t\n{other}") == folded(f"{one} {other}")
