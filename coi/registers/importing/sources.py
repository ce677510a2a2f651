"""A file → the rows that it states, with the columns that were recognised or said. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coi.errors import BadInput
from coi.registers.importing.belonging import beside_rows, with_payers
from coi.registers.importing.cell_rows import lines_of
from coi.registers.importing.correcting import corrected
from coi.registers.importing.gifts import reading as gifts
from coi.registers.importing.gifts.vocabulary import StatedGift
from coi.registers.importing.procurement import reading as procurements
from coi.registers.importing.procurement.vocabulary import StatedDecision
from coi.registers.importing.reading import stated_in
from coi.registers.importing.sheets import MEANINGS, Chosen, check_length, choose
from coi.registers.importing.vocabulary import Stated
from coi.registers.importing.words import WORDS
from coi.registers.vocabulary import RegisterKind
from coi.screening.headings import RegisterColumns, rows_below
from coi.screening.interest_text import read_date
from coi.screening.layouts import register_lines

SAMPLES = 3
STATING = frozenset({"text", "nature", "organisation"})
"""The columns of which one is needed to state an interest."""
_AS_AT = re.compile(r"\b(?:as (?:at|of|on)|dated?|updated|correct (?:at|on))\b:?(.*)", re.IGNORECASE)
_TITLE = re.compile(
    r"\b(?:regist\w*|interests?|declar\w*|procurements?|contracts?|gifts?|hospitality)\b", re.IGNORECASE
)
_OTHER_DAY = re.compile(r"\b(?:review|next|policy|approved|version|published|due)\b", re.IGNORECASE)
_BARE = 20  # characters of a cell that is a day and nothing else
_SPAN = re.compile(
    r"\b(?:Q([1-4])\W{1,3})?(?:FY\s*)?(20\d\d)\s*[/–-]\s*(?:20)?(\d\d)\b(?![/–-])(?:\W{1,3}Q([1-4])\b)?", re.IGNORECASE
)
_QUARTER_ENDS = {"1": (0, 6, 30), "2": (0, 9, 30), "3": (0, 12, 31), "4": (1, 3, 31), "": (1, 3, 31)}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NO_DAY = "The file does not say on which day it was right, so you have to say it: the day counts for every row that gives none"
NO_ROWS = "The file has a heading row but no rows under it"


AnyStated = tuple[Stated, ...] | tuple[StatedDecision, ...] | tuple[StatedGift, ...]


@dataclass(frozen=True)
class Heading:
    """A column of the file: its number, its heading, what its first cells say."""

    number: int
    text: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """What was read, of which register. `missing` says which column is looked for in vain, in words; then nothing is stated. `sheets`:
    those that can be chosen, where there are several; `remarks`: what is to be known of the file as a whole."""

    columns: Mapping[str, int]
    headings: tuple[Heading, ...]
    stated: AnyStated
    as_at: date | None = None
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    missing: str = ""
    register: RegisterKind = RegisterKind.INTERESTS


def read_source(
    data: bytes,
    filename: str,
    *,
    today: date,
    columns: Mapping[str, int] | None = None,
    sheet: str = "",
    corrections: Mapping[str, Any] | None = None,
    register: RegisterKind | None = None,
) -> Source:
    """Returns what a register states. `columns` says which column holds which meaning, `sheet` which sheet is read and `register` which
    register it is, where somebody corrected that, and `corrections` what single rows say instead. Raises BadInput, in words, for a file
    that is no honest table, has too many rows, or none."""
    chosen = choose(data, filename, sheet, register)
    found, missing, rows = chosen.found, chosen.missing, chosen.sheet.rows
    if columns is not None:
        known = {each: number for each, number in columns.items() if each in MEANINGS[chosen.register]}
        found = RegisterColumns(found.header, found.headings, known)
        missing = missing_in(chosen.register, known)
    if not missing:
        check_length(chosen.sheet, found)
    stated = () if missing else _stated(chosen, found, today, corrections or {})
    return Source(
        {each: number for each, number in found.columns.items() if each in WORDS[chosen.register].meanings},
        _headings(rows, found), stated, _as_at(rows[: found.header], today),
        chosen.sheet.name, chosen.names, chosen.remarks, missing, chosen.register,
    )  # fmt: skip


def missing_in(register: RegisterKind, columns: Collection[str]) -> str:
    """Returns, in words, which column has to be said before a register can be read; empty where none is missing."""
    if register is RegisterKind.PROCUREMENT:
        return "" if "title" in columns else "Say which column holds the title of the contract or service"
    if register is RegisterKind.GIFTS and "details" not in columns:
        return "Say which column holds what was offered"
    if register is RegisterKind.GIFTS:
        return "" if {"person", "first"} & set(columns) else "Say which column holds the name of the recipient"
    if not STATING & set(columns):
        return "Say which column holds the interest, or the organisation"
    return "" if {"person", "first"} & set(columns) else "Say which column holds the name"


def _stated(chosen: Chosen, found: RegisterColumns, today: date, corrections: Mapping[str, Any]) -> AnyStated:
    rows = chosen.sheet.rows
    named = {
        meaning: found.headings[number] for meaning, number in found.columns.items() if number < len(found.headings)
    }
    if chosen.register is not RegisterKind.INTERESTS:
        told, by_hand = list(lines_of(rows, found, corrections)), frozenset(corrections)
        _check_any(told)
        if chosen.register is RegisterKind.GIFTS:
            return tuple(gifts.stated_in(told, named, today=today, by_hand=by_hand))
        return tuple(procurements.stated_in(told, named, today=today, by_hand=by_hand))
    lines = list(register_lines(rows, found))
    _check_any(lines)
    beside = beside_rows(lines, rows, found)
    return tuple(corrected(stated_in(with_payers(lines), named, today=today, beside=beside), corrections))


def _check_any(lines: Sequence[object]) -> None:
    if not lines:
        raise BadInput(NO_ROWS)


def _headings(rows: Sequence[Sequence[str]], found: RegisterColumns) -> tuple[Heading, ...]:
    below = rows_below(rows, found.header)
    made = []
    for number, text in enumerate(found.headings):
        cells = (row[number].strip() for row in below if number < len(row))
        samples = tuple(dict.fromkeys(cell[:80] for cell in cells if cell and cell != text))[:SAMPLES]
        if text or samples:
            made.append(Heading(number, text[:200] or f"Column {number + 1}", samples))
    return tuple(made)


def _as_at(above: Sequence[Sequence[str]], today: date) -> date | None:
    """The day that a title above the table gives: "Register of interests as at 31 January 2026", "Register of interests January 2017"
    (its last day), "Register 2016/17 Q3"."""
    for row in above:
        for cell in row:
            said = _AS_AT.search(cell[:300])
            found = read_date(said[1], at_end=True) if said else None
            found = found or _in_title(cell[:300])
            if found and found <= today:
                return found
    return None


def _in_title(text: str) -> date | None:
    """The last day of the period that a title names: a day, a month, or a quarter or whole of a financial year. None for a year alone,
    several days, or a text about something else, such as when a policy is due for review."""
    if _OTHER_DAY.search(text) or not (_TITLE.search(text) or len(text.strip()) <= _BARE):
        return None
    span = _SPAN.search(text)
    if span and (int(span[2]) + 1) % 100 == int(span[3]):
        later, month, day = _QUARTER_ENDS[span[1] or span[4] or ""]
        return date(int(span[2]) + later, month, day)
    first, last = read_date(text), read_date(text, at_end=True)
    is_one = first and last and (last - first).days < 31 and len(_YEAR.findall(text)) < 2
    return last if is_one and not text.strip().isdigit() else None
