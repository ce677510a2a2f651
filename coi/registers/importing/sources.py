"""A file → the rows that it states, with the columns that were recognised or said. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coi.documents.spreadsheets import Sheet, read_table
from coi.errors import BadInput
from coi.registers.importing.reading import stated_in
from coi.registers.importing.vocabulary import MEANING_WORDS, MOST_ROWS, Stated
from coi.screening.interest_text import read_date
from coi.screening.layouts import REGISTER_MEANINGS, RegisterColumns, find_register, register_lines

SAMPLES = 3
_AS_AT = re.compile(r"\b(?:as (?:at|of|on)|dated?|updated|correct (?:at|on))\b:?(.*)", re.IGNORECASE)
NO_ROWS = "The file has a heading row but no rows under it"


@dataclass(frozen=True)
class Heading:
    """A column of the file: its number, its heading, what its first cells say."""

    number: int
    text: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """What was read. `missing` says which column is looked for in vain, in words; then nothing is stated. `unread`: further sheets."""

    columns: Mapping[str, int]
    headings: tuple[Heading, ...]
    stated: tuple[Stated, ...]
    as_at: date | None = None
    unread: tuple[str, ...] = ()
    missing: str = ""


def read_source(data: bytes, filename: str, *, today: date, columns: Mapping[str, int] | None = None) -> Source:
    """Returns what a register states. `columns` says which column holds which meaning, where somebody corrected that. Raises BadInput,
    in words, for a file that is no honest table, has too many rows, or none."""
    sheets = [each for each in read_table(data, filename) if not each.hidden] or read_table(data, filename)
    sheet, found, missing = _recognised(sheets, filename)
    if columns is not None:
        known = {each: number for each, number in columns.items() if each in REGISTER_MEANINGS}
        found = RegisterColumns(found.header, found.headings, known)
        missing = "" if {"text", "nature"} & known.keys() else "Say which column holds the interest"
        if not missing and not {"person", "first"} & known.keys():
            missing = "Say which column holds the name"
    unread = tuple(each.name for each in sheets if each is not sheet)
    lines = [] if missing else list(register_lines(sheet.rows, found))
    if not missing and not lines:
        raise BadInput(NO_ROWS)
    if len(lines) > MOST_ROWS:
        raise BadInput(
            f"The file has {len(lines):,} rows. At most {MOST_ROWS:,} are imported at once. Split it into several files"
        )
    return Source(
        {each: number for each, number in found.columns.items() if each in MEANING_WORDS},
        _headings(sheet.rows, found), tuple(stated_in(lines, today=today)), _as_at(sheet.rows[: found.header], today), unread, missing,
    )  # fmt: skip


def _recognised(sheets: Sequence[Sheet], filename: str) -> tuple[Sheet, RegisterColumns, str]:
    """The first sheet that is a register. Where none is, the first sheet, with what is missing."""
    missing = ""
    for sheet in sheets:
        try:
            found = find_register(sheet.rows, filename)
        except BadInput as error:
            missing = missing or str(error)
            continue
        if {"person", "first"} & found.columns.keys():
            return sheet, found, ""
        missing = f"{filename} has no column for the name (such as “Name”)"
    rows = sheets[0].rows
    header = next((n for n, row in enumerate(rows) if sum(bool(cell.strip()) for cell in row) > 1), 0)
    try:
        return sheets[0], find_register(rows, filename), missing
    except BadInput:
        return sheets[0], RegisterColumns(header, tuple(cell.strip() for cell in rows[header]), {}), missing


def _headings(rows: Sequence[Sequence[str]], found: RegisterColumns) -> tuple[Heading, ...]:
    below = rows[found.header + 1 :]
    made = []
    for number, text in enumerate(found.headings):
        cells = (row[number].strip() for row in below if number < len(row))
        samples = tuple(dict.fromkeys(cell[:80] for cell in cells if cell and cell != text))[:SAMPLES]
        if text or samples:
            made.append(Heading(number, text[:200] or f"Column {number + 1}", samples))
    return tuple(made)


def _as_at(above: Sequence[Sequence[str]], today: date) -> date | None:
    """The day that a title above the table gives: "Register of interests as at 31 January 2026"."""
    for row in above:
        for cell in row:
            said = _AS_AT.search(cell[:300])
            found = read_date(said[1], at_end=True) if said else None
            if found and found <= today:
                return found
    return None
