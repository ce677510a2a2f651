"""The PDF checkers that exist as packages, and the findings of theirs that are not faults: each with its reason."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import outloud
import pikepdf
import pytest

# Rules of the accessibility checker that guess from how a page looks.
GUESSES = {
    "LNK-010": "wants printed addresses to be links; what users type is never made a link, since it could lure a reader away",
    "PAG-001": "takes rows of a register that are alike but for their number, at the top of pages, for a running header",
    "TBL-010": "wants more cells than heads; a small table whose rows and columns are both headed has more heads, rightly",
}

# Messages of the archive checker, which knows only level B of PDF/A-3 and none of its extensions.
NOT_KNOWN = {
    "XMP namespace pdfaExtension=http://www.aiim.org/pdfa/ns/extension/ is not permitted": "PDF/A's own way to describe "
    "pdfuaid:part, which it demands",
    "XMP namespace pdfaSchema=http://www.aiim.org/pdfa/ns/schema# is not permitted": "part of the same",
    "XMP namespace pdfaProperty=http://www.aiim.org/pdfa/ns/property# is not permitted": "part of the same",
    "XMP property pdfaExtension:schemas is not permitted": "part of the same",
    "XMP property pdfuaid:part is not permitted": "the claim of PDF/UA-1",
    "pdfaid:conformance is 'A', expected 'B'": "level A contains level B",
}


def accessibility_findings(data: bytes) -> list[str]:
    """Returns what the accessibility checker (PDF/UA-1 and more) finds in a PDF, but for its guesses."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "checked.pdf"
        path.write_bytes(data)
        result = outloud.check(str(path))
    return [f"{found.rule} {found.message}" for found in result.findings if found.rule not in GUESSES]


def archive_findings(data: bytes) -> list[str]:
    """Returns what the archive checker (PDF/A-3) finds in a PDF, but for what it does not know. Skips the test where the
    checker's own packages are missing."""
    pdfa = pytest.importorskip(
        "pikepdf.pdfa", reason="PDF/A checker: pikepdf[pdfa] is not installed", exc_type=ImportError
    )
    with pikepdf.open(BytesIO(data)) as pdf:
        return [found.message for found in pdfa.check(pdf, "3b").findings if found.message not in NOT_KNOWN]
