"""The parts of a PDF file on the lowest level: numbered objects, streams, strings. Knows nothing about documents."""

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject, PDFStream

from coi.documents import fonts

_REGULAR = bytes(set(range(0x21, 0x7F)) - set(b"#%()<>[]{}/"))
_PLAIN = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})


class Part(PDFObject):  # type: ignore[misc]  # ReportLab carries no types
    """One numbered object. `ref` is how others point at it; `body` may be filled in later."""

    __slots__ = ("body", "ref")

    def __init__(self, body: bytes = b"") -> None:
        self.body = body
        self.ref = ""

    def format(self, _document: PDFDocument) -> bytes:
        return self.body


def string(text: str) -> str:
    """Returns `text` as a PDF text string."""
    if text.isascii() and text.isprintable():
        return f"({text.translate(_PLAIN)})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def name(text: str) -> str:
    """Returns `text` as a PDF name."""
    return "/" + "".join(chr(b) if b in _REGULAR else f"#{b:02X}" for b in text.encode())


def date_string(at: datetime) -> str:
    return string(at.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'"))


def dictionary(entries: Mapping[str, object]) -> str:
    """Returns a dictionary of `entries`, whose values are already PDF. Those that are None or empty are left out."""
    return "<<" + " ".join(f"/{key} {value}" for key, value in entries.items() if value not in (None, "")) + ">>"


def array(values: Iterable[object]) -> str:
    return "[" + " ".join(map(str, values)) + "]"


class PdfFile:
    """A PDF in the making. Objects are numbered as they are added, so the same calls give the same bytes."""

    def __init__(self) -> None:
        self.document: Any = PDFDocument(compression=1, invariant=1, pdfVersion=(1, 7), dummyoutline=1)
        self._digest = hashlib.sha256()

    def reserve(self) -> Part:
        """Returns an empty part with its number, so that others can point at it before it is filled."""
        part = Part()
        reference = self.document.Reference(part)
        number, generation = self.document.idToObjectNumberAndVersion[reference.name]
        part.ref = f"{number} {generation} R"
        return part

    def add(self, entries: Mapping[str, object]) -> str:
        """Adds a dictionary and returns the reference to it."""
        part = self.reserve()
        part.body = dictionary(entries).encode("ascii")
        return part.ref

    def add_stream(self, content: bytes, entries: Mapping[str, object] | None = None, *, compress: bool = True) -> str:
        """Adds a stream and returns the reference to it. PDF/A asks for the line break before `endstream`."""
        self._digest.update(content)
        packed = zlib.compress(content) if compress else content
        head = {**(entries or {}), "Filter": "/FlateDecode" if compress else None, "Length": len(packed)}
        part = self.reserve()
        part.body = dictionary(head).encode("ascii") + b"\nstream\n" + packed + b"\nendstream\n"
        return part.ref

    @property
    def fonts(self) -> str:
        """The reference to the dictionary of fonts that all pages share."""
        number, generation = self.document.idToObjectNumberAndVersion["BasicFonts"]
        return f"{number} {generation} R"

    def finished(self, catalog: Mapping[str, object], info: Mapping[str, object]) -> bytes:
        """Embeds the fonts and returns the file. Nothing can be added afterwards."""
        fonts.embed(self.document)
        self._close_streams()
        root, properties = self.reserve(), self.reserve()
        root.body = dictionary(catalog).encode("ascii")
        properties.body = dictionary(info).encode("ascii")
        self.document.Catalog, self.document.info = root, properties
        self._digest.update(root.body + properties.body)
        identifier = self._digest.hexdigest()[:32]
        self.document._ID = f"[<{identifier}> <{identifier}>]".encode("ascii")
        return bytes(self.document.format())

    def _close_streams(self) -> None:
        # ReportLab writes the streams of its fonts without a line break before `endstream`.
        for key, part in self.document.idToObject.items():
            if type(part) is PDFStream:
                body = part.format(self.document).removesuffix(b"endstream\n")
                self.document.idToObject[key] = Part(body + b"\nendstream\n")
