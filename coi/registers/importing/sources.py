"""A file → the rows that it states, with the columns that were recognised or said. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coi.errors import BadInput
from coi.registers.importing.correcting import corrected
from coi.registers.importing.reading import stated_in
from coi.registers.importing.sheets import check_length, choose
from coi.registers.importing.vocabulary import MEANING_WORDS, Stated
from coi.screening.headings import REGISTER_MEANINGS, RegisterColumns
from coi.screening.interest_text import read_date
from coi.screening.layouts import register_lines

SAMPLES = 3
STATING = frozenset({"text", "nature", "organisation"})
"""The columns of which one is needed to state an interest."""
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
    """What was read. `missing` says which column is looked for in vain, in words; then nothing is stated. `sheets`: those that can be
    chosen, where there are several; `remarks`: what is to be known of the file as a whole."""

    columns: Mapping[str, int]
    headings: tuple[Heading, ...]
    stated: tuple[Stated, ...]
    as_at: date | None = None
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    missing: str = ""


def read_source(
    data: bytes,
    filename: str,
    *,
    today: date,
    columns: Mapping[str, int] | None = None,
    sheet: str = "",
    corrections: Mapping[str, Any] | None = None,
) -> Source:
    """Returns what a register states. `columns` says which column holds which meaning and `sheet` which sheet is read, where somebody
    corrected that, `corrections` what single rows say instead. Raises BadInput, in words, for a file that is no honest table, has too
    many rows, or none."""
    chosen = choose(data, filename, sheet)
    found, missing, rows = chosen.found, chosen.missing, chosen.sheet.rows
    if columns is not None:
        known = {each: number for each, number in columns.items() if each in REGISTER_MEANINGS}
        found = RegisterColumns(found.header, found.headings, known)
        missing = "" if STATING & known.keys() else "Say which column holds the interest"
        if not missing and not {"person", "first"} & known.keys():
            missing = "Say which column holds the name"
    if not missing:
        check_length(chosen.sheet, found)
    lines = [] if missing else list(register_lines(rows, found))
    if not missing and not lines:
        raise BadInput(NO_ROWS)
    named = {
        meaning: found.headings[number] for meaning, number in found.columns.items() if number < len(found.headings)
    }
    stated = tuple(corrected(stated_in(lines, named, today=today), corrections or {}))
    return Source(
        {each: number for each, number in found.columns.items() if each in MEANING_WORDS},
        _headings(rows, found), stated, _as_at(rows[: found.header], today),
        chosen.sheet.name, chosen.names, chosen.remarks, missing,
    )  # fmt: skip


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
