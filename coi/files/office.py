"""Pure rules about DOCX, XLSX and PPTX: what may be inside the zip. Only its short lists of parts are unpacked."""

import io
import re
import stat
import zipfile
import zlib
from xml.parsers import expat

from coi.files.vocabulary import MIB, FileKind

MOST_MEMBERS = 2_000
MOST_UNPACKED = 200 * MIB
HIGHEST_RATIO = 100
_LONGEST_RELATIONSHIPS = 4 * MIB
_CENTRAL_ENTRY = b"PK\x01\x02"
_MAIN_PART = {
    FileKind.DOCX: "word/document.xml",
    FileKind.PPTX: "ppt/presentation.xml",
    FileKind.XLSX: "xl/workbook.xml",
}
_MACRO = re.compile(
    r"(^|/)(vba[^/]*\.bin|vbadata\.xml)$|\.(xlsm|docm|pptm|dotm|xltm|xlsb|xlam|ppam)$|(^|/)macrosheets/", re.IGNORECASE
)
_EMBEDDED_PROGRAM = re.compile(r"(^|/)(oleobject[^/]*|package[^/]*)\.bin$|(^|/)activex/", re.IGNORECASE)
_ENCRYPTED = 0x1
_UNREADABLE = "The selected file is damaged and cannot be opened. Save it again and select the new file"


class _TooMuch(Exception):
    """Something in the XML that an office program does not write."""


def office_fault(kind: FileKind, data: bytes) -> str:
    """Returns a sentence about the first thing in an office file that is not allowed, or nothing. Limits of SECURITY
    2.5: 2,000 members, 200 MB unpacked, ratio 100, no way out of the folder, no macros, no embedded programs, nothing
    fetched from outside (links in the text, which a reader clicks, are no such thing)."""
    if data.count(_CENTRAL_ENTRY) > 2 * MOST_MEMBERS:
        return _too_many()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return (
                _size_fault(archive.infolist(), len(data))
                or _member_fault(kind, archive.infolist())
                or _relationship_fault(archive)
            )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError, OSError):
        return _UNREADABLE
    except (expat.ExpatError, _TooMuch):
        return _UNREADABLE


def not_what_it_says(kind: FileKind) -> str:
    """Returns the sentence for a file whose content is not what its name says."""
    return f"The selected file is named .{kind}, but its content is something else. Save it as {kind.upper()} again"


def _too_many() -> str:
    return f"The selected file has more than {MOST_MEMBERS:,} parts inside it. Split it, or save it as PDF"


def _size_fault(members: list[zipfile.ZipInfo], size: int) -> str:
    """What the zip says of its own size, from its directory and without unpacking."""
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        return _too_many()
    if unpacked > MOST_UNPACKED:
        return f"The selected file opens to more than {MOST_UNPACKED // MIB} MB. Split it, or save it as PDF"
    if unpacked > HIGHEST_RATIO * size:
        return "The selected file is packed more tightly than an office program does. Save it as PDF and select that"
    return ""


def _member_fault(kind: FileKind, members: list[zipfile.ZipInfo]) -> str:
    names = [member.filename for member in members]
    if any(_leads_out(member) for member in members) or len(set(names)) < len(names):
        return _UNREADABLE
    if any(member.flag_bits & _ENCRYPTED for member in members):
        return "The selected file has a password. Save it without one"
    if any(_MACRO.search(name) for name in names):
        return f"The selected file has macros in it. Save it as {kind.upper()} without macros"
    if any(_EMBEDDED_PROGRAM.search(name) for name in names):
        return "The selected file has another file or a control embedded in it. Take it out, or save the file as PDF"
    if "[Content_Types].xml" not in names or _MAIN_PART[kind] not in names:
        return not_what_it_says(kind)
    return ""


def _leads_out(member: zipfile.ZipInfo) -> bool:
    """Whether a member's name leads out of the folder it would be unpacked in, or the member is a symbolic link."""
    name = member.orig_filename
    outside = name.startswith("/") or "\\" in name or ":" in name or "\x00" in name or ".." in name.split("/")
    return outside or stat.S_ISLNK(member.external_attr >> 16)


def _relationship_fault(archive: zipfile.ZipFile) -> str:
    for member in archive.infolist():
        name = member.filename.lower()
        if name == "[content_types].xml" and _names_macros(archive, member):
            return "The selected file has macros in it. Save it without macros"
        if name.endswith(".rels") and _fetches(archive, member):
            return "The selected file takes in content from elsewhere. Break its links to other files, or save as PDF"
    return ""


def _fetches(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a list of relationships names something outside that the program would fetch by itself."""
    return any(
        attributes.get("TargetMode", "").lower() == "external" and not attributes.get("Type", "").endswith("/hyperlink")
        for attributes in _elements(archive, member)
    )


def _names_macros(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether the list of content types says that the file has macros."""
    return any("macroenabled" in each.get("ContentType", "").lower() for each in _elements(archive, member))


def _elements(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> list[dict[str, str]]:
    """Returns the attributes of every element of a short XML part. A document type, and so every entity, is refused."""
    found: list[dict[str, str]] = []

    def start(_name: str, attributes: dict[str, str]) -> None:
        found.append(attributes)

    def refuse(*_about: object) -> None:
        raise _TooMuch

    with archive.open(member) as part:
        text = part.read(_LONGEST_RELATIONSHIPS + 1)
    if len(text) > _LONGEST_RELATIONSHIPS:
        raise _TooMuch
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(text, True)
    return found
