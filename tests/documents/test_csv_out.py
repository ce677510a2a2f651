"""No cell of an export can become a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.documents.csv_out import csv_of, harmless


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+441234567890 ext",
        "-SUM(A1)",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\0=1",
        "=HYPERLINK(1)",
        "-",
        "+1-2",
        "-1+cmd|' /C calc'!A0",
        "--5",
        "-٣",
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-12.50", "+7", "-1,000,000.00", "-5%", "12", "", "O’Example", "a=b", "’=1", " =1"])
def test_plain_numbers_and_plain_text_stay_as_they_are(cell):
    assert harmless(cell) == cell


@given(st.text())
def test_no_cell_begins_with_what_starts_a_formula_unless_it_is_a_number(cell):
    written = harmless(cell)
    assert written in (cell, f"'{cell}")
    if written.startswith(("=", "@", "\t", "\r", "\0")):
        raise AssertionError(written)
    if written.startswith(("+", "-")):
        float(written.replace(",", "").rstrip("%"))


def test_rows_come_with_their_head_in_utf_8_with_a_mark_for_excel():
    data = csv_of(["Name", "Note"], [["Ŵyn Żółć", 'says "no", twice\nat least'], ["=1", "-5"]])
    assert data.startswith(b"\xef\xbb\xbfName,Note\r\n")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[1:] == [["Ŵyn Żółć", 'says "no", twice\nat least'], ["'=1", "-5"]]


def test_the_mark_can_be_left_out():
    assert csv_of(["Name"], [], bom=False) == b"Name\r\n"


def test_a_row_that_does_not_fit_its_head_is_refused():
    with pytest.raises(ValueError, match="Row 2"):
        csv_of(["a", "b"], [["1", "2"], ["3"]])
