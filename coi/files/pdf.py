"""Pure rules about PDF: a cautious scan of the bytes for what a paper never needs: scripts, programs, files inside.

The scan does not follow the file's own table of contents, which a hostile file can bend: it reads the names that stand
anywhere in the bytes, with their #-escapes undone, and in every compressed stream that can hold objects. What it cannot
look into (a password, an unusual compression) it refuses. It may refuse a harmless file whose uncompressed text has
such a name in it."""

import re
import zlib

from coi.files.vocabulary import MIB

MOST_INFLATED = 64 * MIB
_BLOCK = 64 * 1024
_PRINT_IT = "Print it to PDF and select the new file"
_OPENS = b"OpenAction"
_FORBIDDEN = {
    b"JavaScript": f"The selected PDF has a script in it. {_PRINT_IT}",
    b"Launch": f"The selected PDF starts a program. {_PRINT_IT}",
    b"EmbeddedFile": f"The selected PDF has another file inside it. {_PRINT_IT}",
    b"EmbeddedFiles": f"The selected PDF has another file inside it. {_PRINT_IT}",
    _OPENS: f"The selected PDF does something by itself when it is opened. {_PRINT_IT}",
    b"RichMedia": f"The selected PDF has a film or a program inside it. {_PRINT_IT}",
    b"XFA": f"The selected PDF is a form with its own program. {_PRINT_IT}",
    b"Encrypt": "The selected PDF has a password or is protected. Save it without protection",
}
_NOT_CHECKED = f"The selected PDF is packed in a way that cannot be checked. {_PRINT_IT}"
_NAME = re.compile(rb"/((?:[^\x00\t\n\x0c\r ()<>\[\]{}/%#]|#[0-9A-Fa-f]{2}){1,127})")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ATTACHED = re.compile(rb"/(?:E|#45)(?:F|#46)\s*(?:<<|\d+\s+\d+\s+R)")
_DESTINATION = re.compile(rb"[\x00\t\n\x0c\r ]*\[")
_STREAM = re.compile(rb"(?<!end)stream[ \t]*(?:\r\n|\n|\r)?")
_PLAIN_FILTERS = {b"FlateDecode", b"Fl"}
_OTHER_PACKING = {
    b"A85", b"AHx", b"ASCII85Decode", b"ASCIIHexDecode", b"Crypt", b"DP", b"DecodeParms",
    b"LZW", b"LZWDecode", b"RL", b"RunLengthDecode",
}  # fmt: skip


def pdf_fault(data: bytes) -> str:
    """Returns a sentence about the first thing in a PDF that is not allowed, or nothing. Rule: SECURITY 2.5
    (uploads)."""
    if b"%%EOF" not in data:
        return "The selected PDF is damaged: its end is missing. Save it again and select the new file"
    return _name_fault(data) or _packed_fault(data)


def names_in(data: bytes) -> set[bytes]:
    """Returns every PDF name that stands in `data`, with its #-escapes undone and without its slash. An OpenAction that
    is only the page to start at, as office programs write it, is left out."""
    return {
        name
        for found in _NAME.finditer(data)
        if (name := _plain(found[1])) != _OPENS or not _DESTINATION.match(data, found.end())
    }


def _plain(name: bytes) -> bytes:
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), name)


def _name_fault(data: bytes) -> str:
    names = names_in(data)
    if _ATTACHED.search(data):
        names.add(b"EmbeddedFile")
    return next((reason for name, reason in _FORBIDDEN.items() if name in names), "")


def _packed_fault(data: bytes) -> str:
    """Looks into every stream that a reader could take objects from: those that say so, or have the two entries it
    needs for it. The names before a stream are read back to the stream before, since its own dictionary's start cannot
    be told for certain."""
    view = memoryview(data)
    left = MOST_INFLATED
    before = 0
    for mark in _STREAM.finditer(data):
        names = names_in(data[before : mark.start()])
        before = mark.end()
        if b"ObjStm" not in names and not {b"First", b"N"} <= names:
            continue
        if not names & {b"Filter", b"F"}:
            continue  # not packed: its bytes were read with the rest
        if names & _OTHER_PACKING or not names & _PLAIN_FILTERS:
            return _NOT_CHECKED
        text = _inflated(view[mark.end() :], left)
        if text is None or _is_packed(text):
            return _NOT_CHECKED
        left -= len(text)
        fault = _name_fault(text)
        if fault:
            return fault
    return ""


def _inflated(packed: memoryview, most: int) -> bytes | None:
    """Returns what the stream at the start of `packed` holds; None when it cannot be read, or holds more than `most`
    bytes."""
    inflater = zlib.decompressobj()
    text = bytearray()
    try:
        for start in range(0, len(packed), _BLOCK):
            text += inflater.decompress(packed[start : start + _BLOCK], most - len(text) + 1)
            if len(text) > most or inflater.unconsumed_tail:
                return None
            if inflater.eof:
                return bytes(text)
    except zlib.error:
        return None
    return None


def _is_packed(text: bytes) -> bool:
    """Whether what was unpacked is itself packed, so that nobody has read it yet."""
    try:
        return text[:1] == b"x" or bool(zlib.decompressobj().decompress(text[:64]))
    except zlib.error:
        return False
