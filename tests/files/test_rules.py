"""Which uploads are taken in, and what is said of the others."""

import io
import zipfile
import zlib

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.files.names import clean_name, ending_of
from coi.files.rules import may_be_stored
from coi.files.vocabulary import LONGEST_NAME, MIB, FileKind
from tests.files import made_files as made

SCRIPT = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
TYPES_OF_MACROS = made.TYPES.replace("application/xml", "application/vnd.ms-word.document.macroEnabled.main+xml")


def workbook() -> bytes:
    kept = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Name", "Interest"])
    book.active["A2"].hyperlink = "https://example.org/"
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("Paper 3.pdf", made.pdf(), FileKind.PDF),
        ("packed.pdf", made.pdf(packed=True), FileKind.PDF),
        ("Paper.DOCX", made.office("docx"), FileKind.DOCX),
        ("slides.pptx", made.office("pptx"), FileKind.PPTX),
        ("register.xlsx", workbook(), FileKind.XLSX),
        ("photo.jpeg", made.JPG, FileKind.JPG),
        ("map.png", made.PNG, FileKind.PNG),
        ("utf-8.csv", "Enw,Buddiant\nSiân,Łódź\n".encode(), FileKind.CSV),
        ("excel.csv", "Name;Fee\nO’Neill;£20\n".encode("cp1252"), FileKind.CSV),
        ("unicode text.csv", "Name\tFee\nO’Neill\t£20\n".encode("utf-16"), FileKind.CSV),
    ],
)
def test_a_file_of_a_listed_kind_is_taken_in(name: str, data: bytes, kind: FileKind) -> None:
    verdict = may_be_stored(name, data)
    assert (verdict.kind, verdict.reason) == (kind, "")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("page.html", b"<html>", "must be a PDF, DOCX"),
        ("no ending", b"text", "must be a PDF, DOCX"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "must be a PDF, DOCX"),
        ("macros.docm", made.office(), "must be a PDF, DOCX"),
        ("paper.pdf", b"", "is empty"),
        ("paper.pdf", b"MZ\x90" + bytes(100), "content is something else"),
        ("paper.pdf", made.office(), "content is something else"),
        ("photo.png", made.JPG, "content is something else"),
        ("paper.docx", made.pdf(), "content is something else"),
        ("paper.docx", made.office("xlsx"), "content is something else"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "has a password or is in an old format"),
        ("page.csv", b"<!DOCTYPE html><p>", "content is something else"),
        ("paper.csv", made.pdf(), "content is something else"),
        ("paper.csv", made.office(), "content is something else"),
        ("binary.csv", b"a,b\x00c", "not readable as text"),
        ("cut.docx", made.office()[:-30], "is damaged"),
        ("cut.png", made.PNG[:60], "its end is missing"),
        ("cut.jpg", made.JPG[:400], "its end is missing"),
        ("bent.png", made.PNG[:60] + b"?" + made.PNG[61:], "is damaged"),
        ("empty.jpg", b"\xff\xd8\xff\xd9", "is damaged"),
        ("cut.pdf", made.pdf()[:-30], "its end is missing"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_a_sentence(name: str, data: bytes, words: str) -> None:
    verdict = may_be_stored(name, data)
    assert not verdict.accepted
    assert words in verdict.reason


def test_a_file_is_refused_one_byte_above_the_limit() -> None:
    data = b"a" * MIB
    assert may_be_stored("a.csv", data, largest=MIB).accepted
    assert "smaller than 1 MB" in may_be_stored("a.csv", data + b"a", largest=MIB).reason


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"word/vbaProject.bin": b"x"}, "has macros"),
        ({"word/VBAPROJECT.BIN": b"x"}, "has macros"),
        ({"word/embeddings/book.xlsm": b"x"}, "has macros"),
        ({"xl/macrosheets/sheet1.xml": b"x"}, "has macros"),
        ({"word/embeddings/oleObject1.bin": b"x"}, "embedded"),
        ({"word/activeX/activeX1.xml": b"x"}, "embedded"),
        ({"../outside.xml": b"x"}, "is damaged"),
        ({"/etc/outside.xml": b"x"}, "is damaged"),
        ({"word\\outside.xml": b"x"}, "is damaged"),
        ({"C:outside.xml": b"x"}, "is damaged"),
        ({"word/_rels/document.xml.rels": made.relationship("attachedTemplate", "https://example.org/a.dotm")}, "elsewhere"),
        ({"word/_rels/document.xml.rels": made.relationship("image", "file://server/share/a.png")}, "elsewhere"),
        (
            {"word/_rels/D.RELS": made.relationship("image", "https://example.org/a").encode("utf-16")},
            "elsewhere",
        ),
        ({"word/_rels/document.xml.rels": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "is damaged"),
        ({"word/_rels/document.xml.rels": "<a>"}, "is damaged"),
        ({f"word/part{number}.xml": b"" for number in range(2_000)}, "more than 2,000 parts"),
        ({f"word/part{number}.xml": b"" for number in range(4_100)}, "more than 2,000 parts"),
        ({"word/bomb.xml": bytes(8 * MIB)}, "packed more tightly"),
    ],
)  # fmt: skip
def test_an_office_file_with_something_dangerous_inside_is_refused(extra: dict[str, str | bytes], words: str) -> None:
    assert words in may_be_stored("paper.docx", made.office(extra=extra)).reason


@pytest.mark.parametrize(
    "extra",
    [
        {"word/_rels/document.xml.rels": made.relationship("hyperlink", "https://example.org/")},
        {"word/_rels/document.xml.rels": made.relationship("image", "media/image1.png", mode="Internal")},
        {"xl/printerSettings/printerSettings1.bin": b"x"},
        {f"word/part{number}.xml": b"" for number in range(1_998)},
    ],
)
def test_what_an_ordinary_office_file_has_inside_is_allowed(extra: dict[str, str | bytes]) -> None:
    assert may_be_stored("paper.docx", made.office(extra=extra)).reason == ""


def test_a_zip_bomb_is_seen_from_its_directory_without_unpacking() -> None:
    data = made.declaring(made.office(extra={"word/z.xml": b"short"}), 250_000_000)
    assert "opens to more than 200 MB" in may_be_stored("paper.docx", data).reason


def test_macros_named_only_among_the_content_types_are_seen() -> None:
    assert "has macros" in may_be_stored("paper.docx", made.office(types=TYPES_OF_MACROS)).reason


def test_a_symbolic_link_inside_an_office_file_is_refused() -> None:
    kept = io.BytesIO(made.office())
    with zipfile.ZipFile(kept, "a") as archive:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert "is damaged" in may_be_stored("paper.docx", kept.getvalue()).reason


def test_a_member_that_stands_in_the_zip_twice_is_refused() -> None:
    kept = io.BytesIO(made.office())
    with zipfile.ZipFile(kept, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", "<other/>")
    assert "is damaged" in may_be_stored("paper.docx", kept.getvalue()).reason


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "in object streams"])
@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"OpenAction": "<< /S /GoTo /D [0 /Fit] >>"}, "when it is opened"),
        ({"AA": f"<< /WC {SCRIPT} >>"}, "script"),
        ({"Names": f"<< /JavaScript << /Names [(a) {SCRIPT}] >> >>"}, "script"),
        ({"Names": "<< /EmbeddedFiles << /Names [] >> >>"}, "another file"),
        ({"Outlines": "<< /A << /S /Launch /F (calc.exe) >> >>"}, "starts a program"),
        ({"AcroForm": "<< /XFA (x) >>"}, "form with its own program"),
        ({"Any": "<< /Type /Filespec /EF << /F (x) >> >>"}, "another file"),
    ],
)
def test_a_pdf_that_does_something_is_refused(entries: dict[str, str], words: str, packed: bool) -> None:
    data = made.pdf(packed=packed, **entries)
    assert words in may_be_stored("paper.pdf", data).reason


def test_a_pdf_that_only_says_at_which_page_to_start_is_taken_in() -> None:
    data = made.pdf().replace(b"/Type /Catalog", b"/OpenAction [3 0 R /Fit] /Type /Catalog")
    assert b"/OpenAction" in data
    assert may_be_stored("paper.pdf", data).accepted


@pytest.mark.parametrize("name", [b"/Java#53cript", b"/#4aavaScript", b"/#4A#61#76#61#53#63#72#69#70#74"])
def test_a_name_in_a_pdf_is_seen_through_its_escapes(name: bytes) -> None:
    data = made.pdf(AA=f"<< /WC {SCRIPT} >>")
    assert data.count(b"/JavaScript") == 1
    assert "script" in may_be_stored("paper.pdf", data.replace(b"/JavaScript", name)).reason


def test_a_pdf_with_a_password_is_refused() -> None:
    assert "protected" in may_be_stored("paper.pdf", made.pdf(password="swordfish")).reason


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"/Filter /FlateDecode", b"/Filter 99 0 R"),
        (b"/Filter /FlateDecode", b"/Filter [/ASCIIHexDecode /FlateDecode]"),
        (b"/Filter /FlateDecode", b"/Filter /FlateDecode /DecodeParms 9 0 R"),
        (b"/Filter /FlateDecode", b"/Filter /LZWDecode"),
        (b"stream\nx", b"stream\n?"),
    ],
)
def test_an_object_stream_that_cannot_be_looked_into_is_refused(before: bytes, after: bytes) -> None:
    data = made.pdf(packed=True)
    start = data.index(b"/ObjStm") - 200 if data.index(b"/ObjStm") > 200 else 0
    assert before in data[start:]
    changed = data[:start] + data[start:].replace(before, after, 1)
    assert "cannot be checked" in may_be_stored("paper.pdf", changed).reason


def test_an_object_stream_packed_twice_is_refused() -> None:
    data = made.pdf(packed=True, AA=f"<< /WC {SCRIPT} >>")
    head, packed = data.split(b"stream\n", 2)[:2]
    assert b"/ObjStm" in head
    twice = zlib.compress(packed.partition(b"\nendstream")[0])
    changed = head + b"stream\n" + twice + b"\nendstream endobj\n%%EOF"
    assert "cannot be checked" in may_be_stored("paper.pdf", changed).reason


def test_a_zip_of_very_many_members_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    data = made.office(extra={f"word/part{number}.xml": b"" for number in range(4_100)})
    monkeypatch.setattr("coi.files.office.zipfile.ZipFile", None)
    assert "more than 2,000 parts" in may_be_stored("paper.docx", data).reason


def test_an_object_stream_is_found_without_its_type_and_behind_a_false_start() -> None:
    data = made.pdf(packed=True, AA=f"<< /WC {SCRIPT} >>")
    hidden = data.replace(b"/Type /ObjStm", b"/X (1 0 obj)")
    assert hidden != data
    assert "script" in may_be_stored("paper.pdf", hidden).reason


def test_a_pdf_that_holds_more_than_it_may_is_not_unpacked_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coi.files.pdf.MOST_INFLATED", 10)
    assert "cannot be checked" in may_be_stored("paper.pdf", made.pdf(packed=True)).reason


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\secretary\\Paper 3.pdf", "Paper 3.pdf"),
        ("../../etc/passwd", "passwd"),
        ("Paper\u202efdp.exe.pdf", "Paperfdp.exe.pdf"),
        ("line\r\nbreak.pdf", "linebreak.pdf"),
        ('quote".pdf', "quote.pdf"),
        ("Siân Łukasz.docx", "Siân Łukasz.docx"),
        ("", "file"),
        ("...", "file"),
        (".pdf", "pdf"),
    ],
)
def test_of_a_sent_name_only_the_harmless_part_is_kept(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept


@given(st.text(max_size=400))
def test_a_kept_name_is_never_a_path_never_empty_and_cleaning_again_changes_nothing(sent: str) -> None:
    name = clean_name(sent)
    assert 0 < len(name) <= LONGEST_NAME
    assert not set(name) & set('/\\:"\r\n\x00')
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("scan.png", made.PNG),
        ("photo.jpg", made.JPG),
        ("photo.jpg", made.picture("jpeg", progressive=True, restart_marker_blocks=1)),
        ("photo.jpg", made.picture("jpeg", exif=b"Exif\x00\x00" + made.JPG)),
    ],
)
def test_a_picture_cut_off_anywhere_is_refused_and_the_whole_one_is_taken_in(name: str, whole: bytes) -> None:
    assert may_be_stored(name, whole).accepted
    assert may_be_stored(name, whole + b"what a phone adds").accepted
    assert [end for end in range(len(whole)) if may_be_stored(name, whole[:end]).accepted] == []


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("x" * 400 + ".pdf")
    assert (len(name), ending_of(name)) == (LONGEST_NAME, "pdf")


@given(
    st.sampled_from(["a.pdf", "a.docx", "a.xlsx", "a.csv", "a.png", "a.jpg"]), st.binary(max_size=300), st.booleans()
)
def test_any_bytes_get_a_verdict(name: str, data: bytes, with_magic: bool) -> None:
    magic = (
        {"a.pdf": b"%PDF-1.7 %%EOF", "a.png": made.PNG[:33], "a.jpg": made.JPG[:20]}.get(name, b"PK\x03\x04")
        if with_magic
        else b""
    )
    verdict = may_be_stored(name, magic + data)
    assert verdict.accepted is (verdict.reason == "")


@given(st.data())
def test_an_office_file_with_any_byte_changed_gets_a_verdict(data: st.DataObject) -> None:
    content = bytearray(made.office(extra={"_rels/.rels": made.relationship("hyperlink", "https://example.org/")}))
    content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    verdict = may_be_stored("a.docx", bytes(content))
    assert verdict.accepted is (verdict.reason == "")
