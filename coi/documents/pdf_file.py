"""The parts of a PDF file on the lowest level: numbered objects, streams, strings. Knows nothing about documents. An object is written
as soon as it is known and not kept, so that a long document needs little memory."""

import hashlib
import struct
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfdoc

from coi.documents import fonts

_REGULAR = bytes(set(range(0x21, 0x7F)) - set(b"#%()<>[]{}/"))
_PLAIN = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})

_BEGINNING = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PLACE = struct.Struct(">BIH")
"""Where an object is, as the table at the end of the file has it: its kind, then an offset, or a pack and the place in it."""

_FREE, _ALONE, _PACKED = range(3)
_PACK = 200
"""So many small objects are compressed together."""


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


def reference(number: int) -> str:
    """Returns how others point at the object of that number."""
    return f"{number} 0 R"


class PdfFile:
    """A PDF in the making. Objects are numbered in the order in which they are asked for, so the same calls give the same bytes."""

    def __init__(self) -> None:
        # ReportLab's own document has the fonts, and hands out the numbers; our objects never enter it.
        self.document: Any = pdfdoc.PDFDocument(compression=1, invariant=1, pdfVersion=(1, 7), dummyoutline=1)
        self._out = BytesIO()
        self._digest = hashlib.sha256()
        self._places = bytearray(_PLACE.pack(_FREE, 0, 65535))
        self._waiting: list[tuple[int, bytes]] = []
        self._write(_BEGINNING)

    def reserve(self) -> int:
        """Returns the number of an object that is `put` later, so that others can point at it before."""
        self.document.objectcounter += 1
        return int(self.document.objectcounter)

    def put(self, number: int, body: str) -> None:
        """Writes the object of a number that was reserved. It cannot be changed afterwards."""
        self._waiting.append((number, body.encode("ascii")))
        if len(self._waiting) == _PACK:
            self._pack()

    def add(self, body: str) -> str:
        """Writes an object and returns the reference to it."""
        number = self.reserve()
        self.put(number, body)
        return reference(number)

    def add_stream(self, content: bytes, entries: Mapping[str, object] | None = None, *, compress: bool = True) -> str:
        """Writes a stream and returns the reference to it."""
        number = self.reserve()
        self.put_stream(number, content, entries, compress=compress)
        return reference(number)

    def put_stream(
        self, number: int, content: bytes, entries: Mapping[str, object] | None = None, *, compress: bool = True
    ) -> None:
        """Writes the stream of a number that was reserved. PDF/A asks for the line break before `endstream`."""
        packed = zlib.compress(content) if compress else content
        head = {**(entries or {}), "Filter": "/FlateDecode" if compress else None, "Length": len(packed)}
        self._write_alone(number, dictionary(head).encode("ascii") + b"\nstream\n" + packed + b"\nendstream\n")

    @property
    def fonts(self) -> str:
        """The reference to the dictionary of fonts that all pages share."""
        number, _ = self.document.idToObjectNumberAndVersion["BasicFonts"]
        return reference(number)

    def finished(self, catalog: Mapping[str, object], info: Mapping[str, object]) -> bytes:
        """Embeds the fonts and returns the file. Nothing can be added afterwards."""
        self._write_fonts()
        root, properties = self.add(dictionary(catalog)), self.add(dictionary(info))
        self._pack()
        table, start = self.reserve(), self._out.tell()
        self._place(table, _ALONE, start)
        size = len(self._places) // _PLACE.size
        missing = [n for n in range(1, size) if self._places[n * _PLACE.size] == _FREE]
        if missing:
            raise RuntimeError(f"Reserved but never written: objects {missing}")
        identifier = self._digest.hexdigest()[:32]
        trailer = {
            "Type": "/XRef", "Size": size, "W": "[1 4 2]", "Root": root, "Info": properties, "ID": f"[<{identifier}> <{identifier}>]",
        }  # fmt: skip
        self.put_stream(table, bytes(self._places), trailer)
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)
        return self._out.getvalue()

    def _write_fonts(self) -> None:
        fonts.embed(self.document)
        for number, name in sorted(self.document.numberToId.items()):
            part = self.document.idToObject[name]
            body = bytes(pdfdoc.format(part, self.document, toplevel=1))
            if isinstance(part, pdfdoc.PDFStream):
                # ReportLab writes the streams of its fonts without a line break before `endstream`.
                self._write_alone(number, body.removesuffix(b"endstream\n") + b"\nendstream\n")
            else:
                self.put(number, body.decode("ascii"))

    def _pack(self) -> None:
        """Writes the small objects that wait as one stream."""
        if not self._waiting:
            return
        pack, at = self.reserve(), 0
        heads = []
        for index, (number, body) in enumerate(self._waiting):
            self._place(number, _PACKED, pack, index)
            heads.append(f"{number} {at}")
            at += len(body) + 1
        head = (" ".join(heads) + "\n").encode("ascii")
        content = head + b"\n".join(body for _, body in self._waiting)
        self.put_stream(pack, content, {"Type": "/ObjStm", "N": len(heads), "First": len(head)})
        self._waiting.clear()

    def _write_alone(self, number: int, body: bytes) -> None:
        self._place(number, _ALONE, self._out.tell())
        self._write(b"%d 0 obj\n%sendobj\n" % (number, body))

    def _write(self, content: bytes) -> None:
        self._digest.update(content)
        self._out.write(content)

    def _place(self, number: int, kind: int, where: int, index: int = 0) -> None:
        end = (number + 1) * _PLACE.size
        self._places.extend(bytes(max(0, end - len(self._places))))
        _PLACE.pack_into(self._places, end - _PLACE.size, kind, where, index)
