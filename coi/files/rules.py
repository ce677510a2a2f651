"""Pure rules about uploads: which files are taken in, and why not the others. office.py, pdf.py and pictures.py look inside."""

from dataclasses import dataclass

from coi.files.names import ending_of
from coi.files.office import not_what_it_says, office_fault
from coi.files.pdf import pdf_fault
from coi.files.pictures import jpg_fault, png_fault
from coi.files.vocabulary import EXTENSIONS, MIB, FileKind

_OFFICE = (FileKind.DOCX, FileKind.PPTX, FileKind.XLSX)
_MAGIC = {
    FileKind.DOCX: b"PK\x03\x04",
    FileKind.JPG: b"\xff\xd8\xff",
    FileKind.PDF: b"%PDF-",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
    FileKind.PPTX: b"PK\x03\x04",
    FileKind.XLSX: b"PK\x03\x04",
}
_LOOKS_INSIDE = {FileKind.JPG: jpg_fault, FileKind.PDF: pdf_fault, FileKind.PNG: png_fault}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_IN_TEXT = bytes(set(range(32)) - {9, 10, 12, 13})
_NOT_A_TABLE = (
    b"%pdf-", b"pk\x03\x04", b"\xff\xd8\xff", b"\x89png", _OLD_OFFICE,
    b"<!doctype", b"<html", b"<?xml", b"<svg", b"<script", b"{\\rtf",
)  # fmt: skip


@dataclass(frozen=True)
class UploadVerdict:
    """Whether a file is taken in: as what kind, or the reason why not, which says what to do instead."""

    kind: FileKind | None
    reason: str = ""

    @property
    def accepted(self) -> bool:
        return self.kind is not None


def may_be_stored(name: str, data: bytes, *, largest: int = 30 * MIB) -> UploadVerdict:
    """Returns whether an upload is taken in. `name` is its cleaned name, `largest` the most bytes that the installation
    takes. Rule: SECURITY 2.5 (uploads)."""
    fault = _fault(name, data, largest)
    return UploadVerdict(None, fault) if fault else UploadVerdict(EXTENSIONS[ending_of(name)])


def _fault(name: str, data: bytes, largest: int) -> str:
    """Returns a sentence about the first thing that is wrong, or nothing."""
    kind = EXTENSIONS.get(ending_of(name))
    if kind is None:
        return "The selected file must be a PDF, DOCX, XLSX, PPTX, PNG, JPG or CSV"
    if not data:
        return "The selected file is empty"
    if len(data) > largest:
        return f"The selected file must be smaller than {largest // MIB} MB"
    if kind is FileKind.CSV:
        return _text_fault(data)
    if not data.startswith(_MAGIC[kind]):
        return _mismatch(kind, data)
    if kind in _OFFICE:
        return office_fault(kind, data)
    return _LOOKS_INSIDE[kind](data)


def _mismatch(kind: FileKind, data: bytes) -> str:
    if kind in _OFFICE and data.startswith(_OLD_OFFICE):
        return f"The selected file has a password or is in an old format. Save it as {kind.upper()} without a password"
    return not_what_it_says(kind)


def _text_fault(data: bytes) -> str:
    """A CSV has no magic number: it is text, in one of the encodings that Excel writes, and not the start of something
    else."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:10].lower()
    if start.startswith(_NOT_A_TABLE):
        return _mismatch(FileKind.CSV, data)
    try:
        data.decode("utf-16" if wide else "cp1252" if not _is_utf8(data) else "utf-8")
    except UnicodeDecodeError:
        return "The selected file is not readable as text. Save it as CSV UTF-8"
    if not wide and data.translate(None, _NOT_IN_TEXT) != data:
        return "The selected file is not readable as text. Save it as CSV UTF-8"
    return ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
