"""CSV in: which letters the bytes are, which character parts the cells, where a row ends."""

import codecs
import csv
import io
from collections import Counter
from itertools import islice

from coi.documents.sheets import MAX_BYTES, MAX_ROWS
from coi.errors import BadInput

# Set once for the whole process: a cell may be as long as a file may.
csv.field_size_limit(MAX_BYTES)

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 50
_SAMPLE_TEXT = 200_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _encoding_of(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:2000]
    if sample.count(0) > len(sample) // 4:  # every other byte of Western text in UTF-16
        return "utf-16-le" if sample[1:2] == b"\0" else "utf-16-be"
    return "utf-8"


def decoded(data: bytes) -> str:
    """Returns the text of a file in UTF-8, UTF-16 or, as Excel on Windows writes it, Windows-1252. Raises BadInput if it is
    in none of them, or no text at all."""
    encoding = _encoding_of(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise BadInput("The file is cut off or damaged. Save it again as CSV UTF-8") from None
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise BadInput("The file is not text that can be read. Save it as CSV UTF-8") from None
    if any(character in text for character in "\x00\x01\x02\x03\x04\x05\x06\x0e\x0f"):
        raise BadInput("The file’s name says that it is a CSV file, but its content is not text. Save it as CSV UTF-8")
    return text


def delimiter_of(text: str) -> str:
    """Returns the character that cuts the most rows into the same number of cells, two or more. A comma if none does."""
    sample = text[:_SAMPLE_TEXT]
    best, best_score = ",", (0, 0)
    for delimiter in DELIMITERS:
        rows = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE_ROWS)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if widths:
            width, times = max(widths.items(), key=lambda each: (each[1], each[0]))
            if (times, width) > best_score:
                best, best_score = delimiter, (times, width)
    return best


def rows_of_csv(data: bytes) -> list[list[str]]:
    """Returns the rows of a CSV file. Raises BadInput for one that cannot be read, naming the line where it can."""
    text = decoded(data)
    first, _, rest = text.partition("\n")
    hint = first.strip().lower()
    if hint.startswith("sep=") and len(first.strip("\r\n")) == len("sep=x"):  # what Excel writes for itself
        text, delimiter = rest, first[4]
    else:
        delimiter = delimiter_of(text)
    try:
        return _parsed(text, delimiter, strict=True)
    except csv.Error:
        # Quotation marks in the middle of a quoted cell: wrong, common, and readable.
        return _parsed(text, delimiter, strict=False)


def _parsed(text: str, delimiter: str, *, strict: bool) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    rows: list[list[str]] = []
    line = 0
    try:
        for row in reader:
            rows.append(row)
            line = reader.line_num
            if len(rows) > MAX_ROWS + 1:
                raise BadInput(f"The table has more than {MAX_ROWS:,} rows. Split it")
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise BadInput(
                "A quotation mark opens here and never closes. The file may be cut off", line=line + 1
            ) from None
        raise
    return rows
