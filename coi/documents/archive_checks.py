"""What is looked at before a workbook is unpacked: that it is whole, honest about its size, and holds nothing but a table."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from coi.documents.sheets import check_size
from coi.errors import BadInput

MAX_MEMBERS = 2_000
MAX_UNPACKED = 200 * 1024**2
MAX_RATIO = 100
_RATIO_MATTERS = 10 * 1024**2  # a small sheet of empty rows packs better than 1:100, and does no harm
_CHUNK = 1024**2

DAMAGED = "The workbook is cut off or damaged. Open it in Excel and save it again as .xlsx"
TOO_LARGE = "The workbook unpacks to far more than its size. Copy the table into a new workbook and save that"


def _directory(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError):
        raise BadInput(DAMAGED) from None
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
        raise BadInput(TOO_LARGE)
    if unpacked > _RATIO_MATTERS and unpacked > MAX_RATIO * len(data):
        raise BadInput(TOO_LARGE)
    return members


def _unpacked(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yields the content of `member`. Raises BadInput unless it is exactly as long as the directory says: other programs unpack
    until the data ends, whatever was declared."""
    header = data[member.header_offset : member.header_offset + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04") or member.flag_bits & 1:
        raise BadInput(DAMAGED)
    start = member.header_offset + 30 + sum(struct.unpack("<HH", header[26:30]))
    packed = data[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED and len(packed) == member.file_size:
        yield packed
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise BadInput(DAMAGED)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    length = 0
    try:
        while not unpacker.eof:
            chunk = unpacker.decompress(packed, _CHUNK)
            packed = unpacker.unconsumed_tail
            length += len(chunk)
            if length > member.file_size:
                raise BadInput(TOO_LARGE)
            if not chunk and not unpacker.eof:
                raise BadInput(DAMAGED)
            yield chunk
    except zlib.error:
        raise BadInput(DAMAGED) from None
    if length != member.file_size:
        raise BadInput(DAMAGED)


class _Measure:
    """Measures a worksheet as it streams by: how far its cells with content reach. Other parts of a workbook are let pass."""

    def __init__(self) -> None:
        self.row = self.column = self.rows = self.columns = 0
        self._is_sheet: bool | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, chunk: bytes, *, final: bool = False) -> None:
        if self._is_sheet is False:
            return
        try:
            self._parser.Parse(chunk, final)
        except expat.ExpatError:
            if self._is_sheet:
                raise BadInput(DAMAGED) from None
            self._is_sheet = False  # no XML, so no sheet: a picture, say

    def _refuse(self, *_: object) -> None:
        raise BadInput(DAMAGED)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if self._is_sheet is None:
            self._is_sheet = local == "worksheet"
        elif not self._is_sheet:
            return
        elif local == "row":
            self.row = _number(attributes.get("r", ""), self.row + 1)
            self.column = 0
        elif local == "c":
            self._place(attributes.get("r", ""))
        elif local in ("v", "is"):
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
            check_size(self.rows, self.columns, "A sheet of the workbook")

    def _place(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        if not letters:
            self.column += 1
            return
        self.column = 0
        for letter in letters.replace("$", "").upper()[:6]:
            self.column = self.column * 26 + ord(letter) - ord("A") + 1
        self.row = _number(reference[len(letters) :], self.row)


def _number(digits: str, otherwise: int) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else otherwise


def check_workbook(data: bytes) -> None:
    """Raises BadInput unless `data` is a whole XLSX workbook, without macros, whose parts are as large as declared and whose
    sheets are of a size that can be read."""
    members = _directory(data)
    names = {member.filename.lower().replace("\\", "/") for member in members}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise BadInput("The workbook holds macros. Save it as .xlsx, without macros")
    if "xl/workbook.xml" not in names:
        raise BadInput("The file is packed like a workbook but holds none. Save the table as .xlsx again")
    for member in members:
        measure = _Measure()
        for chunk in _unpacked(data, member):
            measure.feed(chunk)
        measure.feed(b"", final=True)
