"""The words of files: the kinds that are taken in, their media types, and how much of everything is allowed."""

from enum import StrEnum

MIB = 1024 * 1024
CHUNK_BYTES = 256 * 1024
LONGEST_NAME = 150


class FileKind(StrEnum):
    """The kinds of file that may be uploaded, by their extension."""

    CSV = "csv"
    DOCX = "docx"
    JPG = "jpg"
    PDF = "pdf"
    PNG = "png"
    PPTX = "pptx"
    XLSX = "xlsx"


OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES = {
    FileKind.CSV: "text/csv",
    FileKind.DOCX: OFFICE + "wordprocessingml.document",
    FileKind.JPG: "image/jpeg",
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.PPTX: OFFICE + "presentationml.presentation",
    FileKind.XLSX: OFFICE + "spreadsheetml.sheet",
}
EXTENSIONS = {**{kind.value: kind for kind in FileKind}, "jpeg": FileKind.JPG}
