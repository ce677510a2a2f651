"""All the words that the file of a table holds, wherever they stand."""

import io

import pytest
import xlsxwriter

from coi.documents.file_words import words_in
from coi.errors import BadInput


def test_a_csv_file_says_what_it_says_in_whatever_letters() -> None:
    assert "Dr Siân Ŵyn" in words_in("Name;Post\r\nDr Siân Ŵyn;GP".encode("utf-16"))


def test_a_workbook_says_what_stands_in_cells_notes_hidden_sheets_and_names_of_sheets() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet, hidden = book.add_worksheet("Dr Cedar"), book.add_worksheet("Old")
        hidden.hide()
        hidden.write(0, 0, "Birch & Co")
        sheet.write(0, 0, "Ash")
        sheet.write(0, 1, "down")
        sheet.write_rich_string(1, 0, "Elm", book.add_format({"bold": True}), "hurst")
        sheet.write_comment(0, 0, "Ask Fennimore")
        sheet.write_formula(2, 0, '="Haz"&"el"', None, "Hazel")
    words = words_in(made.getvalue())
    for each in ("Dr Cedar", "Birch & Co", "Elmhurst", "Fennimore", "Hazel"):
        assert each in words, each
    assert "Ashdown" not in words, "two cells are two words"


def test_what_is_no_table_is_refused() -> None:
    for data in (b"PK\x03\x04 broken", b"\x00\x01\x02"):
        with pytest.raises(BadInput):
            words_in(data)
