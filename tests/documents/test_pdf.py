"""The PDF says what the document says, to eyes and to software alike, and keeps to PDF/UA-1 and PDF/A-3a."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab import rl_config

from coi.documents.fonts import Weight, drawable
from coi.documents.pdf import Attachment, Relation, pdf_of
from coi.documents.pdf_file import PdfFile
from coi.documents.vocabulary import (
    Document,
    DocumentStatus,
    Heading,
    Paragraph,
    Run,
    Table,
    folded,
    paragraph,
    text_of,
)
from tests.documents.samples import HOSTILE, MADE, SENTENCE, document, hostile, long_table, minutes
from tests.support.pdf import read
from tests.support.pdf_checks import accessibility_findings, archive_findings

PROOF = Attachment("bevis ŵ.json", b'{"leaf": 1}', "application/json", "Proof of inclusion", Relation.DATA)

SAMPLES = [
    pytest.param(minutes, id="minutes of twelve items"),
    pytest.param(long_table, id="a table of 500 rows with a cell over several pages"),
    pytest.param(hostile, id="text that could trip a parser"),
    pytest.param(document, id="an empty document"),
    pytest.param(lambda: document(paragraph("No heading")), id="a document without headings"),
]


def made(of: Document, *attachments: Attachment) -> bytes:
    return pdf_of(of, created=MADE, attachments=attachments)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_body_of_the_pdf_says_exactly_what_the_document_says(sample):
    of = sample()
    reading = read(made(of))
    assert folded(reading.text) == folded(text_of(of))
    assert reading.loose == ""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=120), st.booleans()), max_size=6))
def test_whatever_is_typed_is_read_back(runs):
    of = document(Paragraph(tuple(Run(text, bold) for text, bold in runs)))
    assert folded(read(made(of)).text) == text_of(of)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_another_program_reads_the_same_text_in_the_same_order(tmp_path):
    of = minutes()
    (tmp_path / "minutes.pdf").write_bytes(made(of))
    body = ["-x", "0", "-y", "70", "-W", "596", "-H", "710"]  # without the head and foot of the pages
    command = ["pdftotext", "-raw", *body, "minutes.pdf", "-"]
    read_by_it = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    said, expected = folded(read_by_it.replace("• ", "")), folded(text_of(of))
    for head in {" ".join(block.head) for block in of.blocks if isinstance(block, Table)}:
        # It knows nothing of artifacts, so it reads repeated heads as well.
        assert said.count(head) >= expected.count(head)
        said, expected = said.replace(f" {head} ", " "), expected.replace(f" {head} ", " ")
    assert said == expected


def test_a_third_program_finds_the_words_whole_with_welsh_and_polish_letters():
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(made(minutes()))).pages)
    assert "Dr Ŵyn Ŷale-O’Example" in text
    assert "Łucja Żółć-Person 3" in text
    assert "of the federation which bids for the service 31, and its partner sits" in folded(text)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_accessibility_checker_finds_nothing_but_what_is_allowed(sample):
    assert accessibility_findings(made(sample(), PROOF)) == []


def test_the_accessibility_checker_notices_a_file_without_structure():
    assert accessibility_findings(pdf_of(minutes(1), created=MADE, tagged=False))


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_archive_checker_finds_nothing_but_what_is_allowed(sample):
    assert archive_findings(made(sample(), PROOF)) == []


def test_the_archive_checker_notices_a_file_that_is_not_for_archives():
    pdf = pikepdf.open(BytesIO(made(minutes(1))))
    del pdf.Root.OutputIntents
    spoilt = BytesIO()
    pdf.save(spoilt)
    assert archive_findings(spoilt.getvalue())


def test_every_stream_has_its_length_and_a_line_break_before_its_end():
    data = made(minutes(1), PROOF)
    assert data.count(b"\nendstream\n") == data.count(b"endstream")
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_headings_become_bookmarks_that_nest():
    with pikepdf.open(BytesIO(made(minutes(2)))) as pdf, pdf.open_outline() as outline:
        top = outline.root[0]
        assert top.is_closed
        assert [item.title for item in outline.root] == ["Minutes of the Primary Care Commissioning Committee"]
        assert [item.title for item in top.children] == [
            "1. A scheme for all practices",
            "2. A scheme for all practices",
        ]
        assert [item.title for item in top.children[1].children] == ["Interests declared"]


def test_every_page_is_headed_by_title_and_status_and_numbered():
    artifacts = read(made(minutes())).artifacts
    assert len(artifacts) > 5
    for number, page in enumerate(artifacts, 1):
        assert "Minutes, 14 May 2026" in page
        assert "DRAFT" in page
        assert f"Page {number} of {len(artifacts)}" in page


def test_confirmed_minutes_say_so():
    confirmed = read(made(replace(minutes(1), status=DocumentStatus.CONFIRMED)))
    assert "CONFIRMED" in confirmed.artifacts[0]
    assert "DRAFT" not in confirmed.artifacts[0]


def test_a_wide_document_lies_on_paper_turned_sideways_and_says_the_same():
    wide = replace(long_table(), is_wide=True)
    file = made(wide, PROOF)
    sizes = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pypdf.PdfReader(BytesIO(file)).pages}
    assert sizes == {(842, 595)}
    assert folded(read(file).text) == folded(text_of(wide))
    assert accessibility_findings(file) == []


def test_a_title_too_long_for_its_line_leaves_the_status_alone():
    page = read(made(replace(minutes(1), title=SENTENCE * 4))).artifacts[0]
    assert "DRAFT" in page
    assert all(len(text) < len(SENTENCE) * 1.2 for text in page)


def test_the_head_of_a_table_is_said_once_and_repeated_as_an_artifact():
    reading = read(made(long_table()))
    heads = [head for head in reading.root.all("TH") if head.attributes["/Scope"] == "/Column"]
    assert [head.text for head in heads] == ["Who", "What", "When"]
    repeated = [page for page in reading.artifacts if page.count("Who") == 1]
    assert len(repeated) == len(reading.artifacts) - 1


def test_a_cell_over_several_pages_is_one_cell():
    rows = read(made(long_table())).root.all("TR")
    cells = {len(row.kids) for row in rows}
    assert cells == {3}
    assert len(rows) == 501
    assert max(len(row.pages) for row in rows) >= 3


def test_the_first_cell_of_a_row_names_the_row_unless_the_table_says_otherwise():
    table = Table("T", ("A", "B"), (("one", "two"),))
    named, plain = (read(made(document(each))) for each in (table, replace(table, row_headers=False)))
    assert [kid.tag for kid in named.root.all("TR")[1].kids] == ["TH", "TD"]
    assert [kid.tag for kid in plain.root.all("TR")[1].kids] == ["TD", "TD"]


def test_lists_have_items_with_label_and_body():
    item = read(made(minutes(1))).root.all("L")[0].kids[0]
    assert item.tag == "LI"
    assert [kid.tag for kid in item.kids] == ["Lbl", "LBody"]


def test_markup_in_what_users_type_is_text_and_makes_no_link():
    data = made(hostile(), PROOF)
    text = folded(read(data).text)
    assert all(folded(part) in text for part in HOSTILE)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert all("/Annots" not in page for page in pdf.pages)


def test_words_are_broken_without_hyphens():
    of = document(paragraph("Incomprehensibilities " * 200), Table("T", ("A",), (("W" * 900,),)))
    reading = read(made(of))
    assert "-" not in reading.text
    assert "W" * 900 in reading.text


def test_a_letter_that_the_face_lacks_is_kept_for_reading_aloud():
    assert read(made(document(paragraph("tick ✓ done")))).root.all("P")[0].text == "tick ✓ done"


def test_a_little_picture_is_left_out_and_kept_for_reading_aloud():
    assert drawable("Fern \U0001f33f\ufe0f House", Weight.REGULAR) == "Fern  House"
    assert read(made(document(paragraph("Fern \U0001f33f House")))).root.all("P")[0].text == "Fern \U0001f33f House"


def test_a_heading_is_not_left_alone_at_the_foot_of_a_page():
    for lines in range(25, 40):
        of = document(Heading(1, "Top"), *[paragraph("line")] * lines, Heading(2, "Next"), paragraph(SENTENCE * 3))
        root = read(made(of)).root
        assert min(root.all("P")[-1].pages) in root.all("H2")[0].pages


def test_the_same_document_and_moment_give_the_same_bytes_in_every_process():
    program = (
        "import hashlib; from tests.documents.samples import *; from coi.documents.pdf import pdf_of;"
        "print(hashlib.sha256(pdf_of(minutes(3), created=MADE)).hexdigest())"
    )
    root = Path(__file__).parents[2]
    digests = set()
    for seed in ("1", "2"):
        environment = {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "1" else "UTC", "PYTHONPATH": str(root)}
        run = subprocess.run(
            [sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True
        )
        digests.add(run.stdout)
    assert len(digests) == 1


def test_another_moment_gives_another_file():
    assert made(minutes(1)) != pdf_of(minutes(1), created=MADE.replace(minute=31))


def test_documents_made_at_the_same_time_do_not_disturb_one_another():
    # Accented letters are put together from parts, which a shared cursor would look up in the wrong place.
    samples = [document(paragraph(letters)) for letters in ("ŵŷẁẃẅŴŶ", "łżźćńśęą", "éèêëáàâä", "ÓŁŻŹĆŃŚĘĄ")] * 50
    alone = [made(of) for of in samples]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(made, samples)) == alone
    finally:
        sys.setswitchinterval(interval)


def test_nothing_in_a_text_can_make_the_typesetting_library_fetch_or_open_anything():
    assert rl_config.trustedSchemes == []
    assert not rl_config.trustedHosts


def test_an_attachment_comes_out_as_it_went_in():
    with pikepdf.open(BytesIO(made(minutes(1), PROOF))) as pdf:
        assert pdf.attachments[PROOF.filename].get_file().read_bytes() == PROOF.content
        assert str(pdf.Root.AF[0].AFRelationship) == "/Data"


def test_two_attachments_of_one_name_are_refused():
    with pytest.raises(ValueError, match="same name"):
        made(minutes(1), PROOF, PROOF)


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        pdf_of(minutes(1), created=datetime(2026, 5, 14))


def test_properties_and_metadata_say_the_same():
    with pikepdf.open(BytesIO(made(hostile()))) as pdf:
        metadata = pdf.open_metadata()
        assert metadata["dc:title"] == str(pdf.docinfo.Title) == folded(hostile().title)
        assert metadata["xmp:CreateDate"] == "2026-05-14T12:30:00Z"
        assert str(pdf.docinfo.CreationDate) == "D:20260514123000+00'00'"
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_nothing_of_this_machine_is_in_the_file():
    data = made(minutes(1))
    assert b"site-packages" not in data


def test_without_tags_there_are_no_claims():
    data = pdf_of(minutes(1), created=MADE, tagged=False)
    assert b"pdfuaid:part" not in data
    with pikepdf.open(BytesIO(data)) as pdf:
        operators = {str(operator) for page in pdf.pages for _, operator in pikepdf.parse_content_stream(page)}
    assert "Tj" in operators
    assert "BDC" not in operators


def test_a_long_table_tells_how_far_it_is_row_by_row():
    told = []
    pdf_of(long_table(), created=MADE, progress=lambda done, total: told.append((done, total)))
    assert told == [(number, 500) for number in range(1, 501)]


def test_the_small_parts_of_a_file_are_packed():
    data = made(long_table())
    assert data.count(b" 0 obj\n") < 200  # of more than 2,500
    assert len(data) < 200_000


def test_what_was_promised_and_never_written_is_noticed():
    file = PdfFile()
    number = file.reserve()
    with pytest.raises(RuntimeError, match=rf"\[{number}\]"):
        file.finished({"Type": "/Catalog"}, {})
