"""Documents drawn by a process of their own."""

import subprocess
import sys

import pytest

from coi.documents.apart import DrawingFailed, pdf_apart
from coi.documents.pdf import pdf_of
from tests.documents.samples import MADE, minutes


def test_a_document_drawn_apart_is_the_same_to_the_byte() -> None:
    assert pdf_apart(minutes(), created=MADE) == pdf_of(minutes(), created=MADE)


def test_the_last_words_of_a_drawing_that_failed_are_told() -> None:
    with pytest.raises(DrawingFailed, match="time zone"):
        pdf_apart(minutes(), created=MADE.replace(tzinfo=None))


HEAVY = ("reportlab", "PIL", "xlsxwriter", "python_calamine", "cryptography")


def test_a_web_worker_loads_nothing_that_draws_reads_workbooks_or_signs() -> None:
    said = f"import sys, coi; coi.create_app(); print([one for one in {HEAVY!r} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
