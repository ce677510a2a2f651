"""What people send is read as they see it, and what is not an honest table is refused in words that help."""

import io
import random
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.documents.csv_in import rows_of_csv
from coi.documents.csv_out import csv_of
from coi.documents.sheets import MAX_ROWS, check_size
from coi.documents.spreadsheets import read_table
from coi.errors import BadInput

SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: list, change: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Register"
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, changes: dict[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """The archive with members changed, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = changes.pop(name, None)
            content = old.read(name)
            new.writestr(name, change(content) if callable(change) else content)
        for name, content in changes.items():
            new.writestr(name, content)
    return out.getvalue()


GOOD = workbook(["Name", "Interest"], ["Dr Ŵyn O’Example", "Partner"])


def test_every_kind_of_cell_is_read_as_people_see_it():
    row = [1, 2.5, -3, 0.1 + 0.2, True, False, date(2026, 1, 31), datetime(2026, 1, 31, 10, 30), datetime(2026, 1, 31)]
    row += [time(9, 5), timedelta(hours=30, minutes=5), "007", None, "two\nlines", 12345678901234, -0.0, "Łódź"]
    texts = ["1", "2.5", "-3", "0.3", "TRUE", "FALSE", "2026-01-31", "2026-01-31 10:30", "2026-01-31"]
    texts += ["09:05", "30:05", "007", "", "two\nlines", "12345678901234", "0", "Łódź"]
    (sheet,) = read_table(workbook(row, [None, "x"]), "register.xlsx")
    assert sheet.name == "Register"
    assert sheet.rows == [texts, ["", "x"] + [""] * 15]


def test_a_formula_is_read_as_what_it_last_came_to():
    data = workbook(["Sum"], ["=1+1"])
    calculated = repacked(
        data, {SHEET: lambda xml: xml.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")}
    )
    assert read_table(calculated, "sum.xlsx")[0].rows == [["Sum"], ["2"]]


def test_merged_cells_each_have_the_text_of_the_whole():
    def merge(book: openpyxl.Workbook) -> None:
        book.active.merge_cells("A1:B1")
        book.active.merge_cells("A2:A3")

    data = workbook(["Who", None, "What"], ["Dr One", "a", "b"], [None, "c", "d"], change=merge)
    assert read_table(data, "m.xlsx")[0].rows == [["Who", "Who", "What"], ["Dr One", "a", "b"], ["Dr One", "c", "d"]]


def test_rows_and_columns_keep_their_place():
    def far(book: openpyxl.Workbook) -> None:
        book.active["C4"] = "here"

    (sheet,) = read_table(workbook(change=far), "f.xlsx")
    assert sheet.rows == [["", "", ""]] * 3 + [["", "", "here"]]


def test_sheets_without_text_are_left_out_and_hidden_ones_are_marked():
    def more(book: openpyxl.Workbook) -> None:
        book.create_sheet("Empty")
        hidden = book.create_sheet("Old")
        hidden["A1"] = "x"
        hidden.sheet_state = "hidden"

    sheets = read_table(workbook(["a"], change=more), "s.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("Register", False), ("Old", True)]


def test_a_cell_of_a_hundred_thousand_letters_is_fine_in_csv():
    cell = "long, " * 17_000
    (sheet,) = read_table(csv_of(["Name", "Interest"], [["Dr One", cell]]), "long.csv")
    assert sheet.rows[1] == ["Dr One", cell]


@pytest.mark.parametrize("table", [f"Name,{'a' * 150_001}\nAnn,x\n", "a" * 3_000_000])
def test_a_cell_longer_than_anybody_writes_one_is_refused_with_its_row(table):
    with pytest.raises(BadInput, match=r"has a cell of [\d,]+ letters in row 1\. A cell may have 150,000 at most"):
        read_table(table.encode(), "register.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_is_read_in_whatever_way_it_was_saved(encoding, delimiter):
    letters = "Siân O’Example" if encoding == "cp1252" else "Ŵyn Żółć O’Example"
    rows = [
        ["Name", "Interest", "Since"],
        [letters, "Partner, since; always", "2026"],
        ["x", 'a "quote"\r\nover lines', ""],
    ]
    text = "\r\n".join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    (sheet,) = read_table(text.encode(encoding), r"C:\Users\me\Register 2026.CSV")
    assert sheet.name == "Register 2026"
    assert sheet.rows == rows


def test_a_delimiter_is_found_although_the_texts_are_full_of_commas():
    text = "Name;Interest\nA;shares, money, loans\nB;house, garden\nC;none\n"
    assert read_table(text.encode(), "x.csv")[0].rows[1] == ["A", "shares, money, loans"]


def test_the_hint_that_excel_writes_for_itself_is_no_row():
    assert read_table(b"sep=;\r\na;b,c\r\n", "x.csv")[0].rows == [["a", "b,c"]]


def test_short_rows_are_filled_and_empty_rows_at_the_end_dropped():
    assert read_table(b"a,b,c\n\nd\n,,\n\n", "x.csv")[0].rows == [["a", "b", "c"], ["", "", ""], ["d", "", ""]]


def test_a_quotation_mark_within_a_quoted_cell_is_forgiven():
    assert read_table(b'a,b\n"Smith" Ltd,c\n', "x.csv")[0].rows[1] == ["Smith Ltd", "c"]


def test_a_quotation_mark_that_never_closes_is_named_with_its_line():
    with pytest.raises(BadInput, match="never closes") as refused:
        read_table(b'a,b\nc,d\n"cut off here,e\nf,g\n', "x.csv")
    assert refused.value.line == 3


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=4), min_size=1))
def test_what_is_written_is_read_back_but_for_the_apostrophes(rows):
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    head = [f"Column {number}" for number in range(width)]
    (sheet,) = read_table(csv_of(head, rows), "x.csv")
    read = [[cell.removeprefix("'") for cell in row] for row in sheet.rows[1:]]
    wrote = [[cell.removeprefix("'") for cell in row] for row in rows]
    while wrote and not any(cell.strip() for cell in wrote[-1]):
        wrote.pop()
    assert read == wrote


def bomb(size: int) -> bytes:
    return repacked(GOOD, {"xl/media/big.bin": bytes(size)})


def lying(data: bytes) -> bytes:
    """The same archive, whose directory and headers say that each member is shorter than it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(SHEET)
    true, false = struct.pack("<L", info.file_size), struct.pack("<L", info.file_size - 10)
    assert data.count(true) >= 2
    return data.replace(true, false)


def stray(cell: str) -> bytes:
    return repacked(GOOD, {SHEET: lambda xml: xml.replace(b'r="B2"', f'r="{cell}"'.encode())})


MACROS = repacked(GOOD, {"xl/vbaProject.bin": b"x"})
DOCTYPE = repacked(GOOD, {SHEET: lambda xml: b'<!DOCTYPE worksheet [<!ENTITY a "b">]>' + xml})
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PROTECTED = OLD + "EncryptedPackage".encode("utf-16-le") + bytes(600)
PLAIN_ZIP = repacked(b"PK\x05\x06" + bytes(18), {"readme.txt": b"x"})

REFUSED = [
    pytest.param(b"", "x.xlsx", "empty", id="an empty workbook"),
    pytest.param(b"\r\n \n", "x.csv", "empty", id="an empty csv"),
    pytest.param(b",,\n,,\n", "x.csv", "no text", id="a csv of commas"),
    pytest.param(workbook(), "x.xlsx", "no text", id="a workbook without text"),
    pytest.param(GOOD, "x.csv", "name that ends in .xlsx", id="a workbook named csv"),
    pytest.param(b"Name,Interest\n", "x.xlsx", "but it is not", id="a csv named workbook"),
    pytest.param(b"%PDF-1.7", "x.xlsx", "but it is not", id="a pdf named workbook"),
    pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "x.csv", "it is a picture", id="a picture named csv"),
    pytest.param(b"%PDF-1.7 x", "x.csv", "it is a PDF", id="a pdf named csv"),
    pytest.param(PLAIN_ZIP, "x.xlsx", "holds none", id="a zip that is no workbook"),
    pytest.param(OLD, "x.xls", "old Excel file", id="an old workbook"),
    pytest.param(OLD, "x.xlsx", "old Excel file", id="an old workbook named new"),
    pytest.param(PROTECTED, "x.xlsx", "password", id="a workbook with a password"),
    pytest.param(b"x", "x.ods", r"\.ods", id="an OpenDocument spreadsheet"),
    pytest.param(b"x", "x.exe", r"\.xlsx or \.csv", id="something else"),
    pytest.param(b"x", "", r"\.xlsx or \.csv", id="no name"),
    pytest.param(MACROS, "x.xlsx", "macros", id="macros"),
    pytest.param(DOCTYPE, "x.xlsx", "damaged", id="entities"),
    pytest.param(GOOD[:-200], "x.xlsx", "cut off", id="a workbook cut off at the end"),
    pytest.param(GOOD[:2000], "x.xlsx", "cut off", id="a workbook cut off in the middle"),
    pytest.param(b"a," * 16_500 + b"b", "x.csv", "columns", id="too many columns in a csv"),
    pytest.param(b"a,b\n" * 200_002, "x.csv", "200,000 rows", id="too many rows in a csv"),
    pytest.param(stray("XFD200000"), "x.xlsx", "stray cell", id="a stray cell in the far corner"),
    pytest.param(stray("B1048576"), "x.xlsx", "200,000 rows", id="a stray cell far down"),
    pytest.param(stray("ZZZZZ1"), "x.xlsx", "columns", id="a column that cannot be"),
    pytest.param(lying(GOOD), "x.xlsx", "unpacks", id="an archive that lies about its size"),
    pytest.param("é".encode("utf-16") + b"\xd8", "x.csv", "cut off", id="utf-16 cut off"),
]


@pytest.mark.parametrize(("data", "filename", "sentence"), REFUSED)
def test_what_is_not_an_honest_table_is_refused_in_words(data, filename, sentence):
    with pytest.raises(BadInput, match=sentence):
        read_table(data, filename)


def test_a_file_over_thirty_megabytes_is_refused():
    with pytest.raises(BadInput, match="30 MB"):
        read_table(b"a" * (30 * 1024**2 + 1), "x.csv")


def test_an_archive_that_unpacks_to_two_hundred_megabytes_is_refused_unopened():
    with pytest.raises(BadInput, match="unpacks"):
        read_table(bomb(201 * 1024**2), "x.xlsx")


def test_an_archive_packed_more_than_a_hundredfold_is_refused():
    with pytest.raises(BadInput, match="unpacks"):
        read_table(bomb(20 * 1024**2), "x.xlsx")


def test_an_archive_of_thousands_of_members_is_refused():
    with pytest.raises(BadInput, match="unpacks"):
        read_table(repacked(GOOD, {f"xl/{number}": b"" for number in range(2001)}), "x.xlsx")


def is_read_or_refused(data: bytes) -> bool:
    try:
        return bool(read_table(data, "x.xlsx"))
    except BadInput as refused:
        return bool(str(refused))


def test_whatever_is_damaged_is_read_or_refused_but_never_falls_over():
    chance = random.Random(7)
    for _ in range(300):
        data = bytearray(GOOD)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert is_read_or_refused(bytes(data))


def test_damaged_xml_is_read_or_refused_but_never_falls_over():
    chance = random.Random(11)

    def damage(xml: bytes) -> bytes:
        changed = bytearray(xml)
        for _ in range(chance.randint(1, 8)):
            changed[chance.randrange(len(changed))] = chance.choice(b'<>/"=09AZ&; rtsv')
        return bytes(changed)

    for name in zipfile.ZipFile(io.BytesIO(GOOD)).namelist():
        for _ in range(60):
            assert is_read_or_refused(repacked(GOOD, {name: damage}))


def test_a_heading_over_as_many_rows_as_a_table_may_have_is_no_row_too_many() -> None:
    assert len(rows_of_csv(b"a\n" * (MAX_ROWS + 1))) == MAX_ROWS + 1
    check_size(MAX_ROWS + 1, 2)
