"""Which sheet of a file is the register, with what stands above its table, and what is to be known of the file as a whole. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from coi.documents.sheets import Sheet
from coi.documents.spreadsheets import read_table
from coi.documents.workbook_notes import SheetNotes, notes_of
from coi.errors import BadInput
from coi.registers.importing.footers import foot_of
from coi.registers.importing.form_consent import Consent, consent_in
from coi.registers.importing.gifts.headings import GIFT_MEANINGS, find_gifts, is_of_gifts, may_be_of_gifts
from coi.registers.importing.gifts.ticks import without_ticks
from coi.registers.importing.procurement import headings as procurements
from coi.registers.importing.procurement.headings import as_table
from coi.registers.importing.vocabulary import MOST_ROWS
from coi.registers.vocabulary import RegisterKind
from coi.screening.heading_words import REGISTER_MEANINGS
from coi.screening.headings import RegisterColumns, Row, find_register
from coi.screening.layouts import register_lines

_LABELS = {
    "person": re.compile(
        r"^(?:full )?name(?: of (?:person|member|individual|declarant|employee))?\s*:?$", re.IGNORECASE
    ),
    "position": re.compile(r"^(?:position|role|job title)\b(?:.{0,80}|.{0,200}:)$", re.IGNORECASE),
}
_ABOVE = {"person": "Name", "position": "Position"}
_SHOWN = 5
_FORM = (
    "The headings stand in the first column, so that each further column is read as a row: row 2 is the second column"
)
_MAY_BE_GIFTS = "It may be a register of gifts and hospitality. If it is one, say so"
MEANINGS = {
    RegisterKind.INTERESTS: REGISTER_MEANINGS, RegisterKind.GIFTS: GIFT_MEANINGS, RegisterKind.PROCUREMENT: procurements.MEANINGS,
}  # fmt: skip
"""What a column of each register may hold."""
_OTHERS: Mapping[
    RegisterKind, tuple[Callable[[Sequence[Row]], bool], Callable[[Sequence[Row], str], RegisterColumns]]
] = {
    RegisterKind.PROCUREMENT: (procurements.is_of_procurements, procurements.find_procurements),
    RegisterKind.GIFTS: (is_of_gifts, find_gifts),
}
"""The registers besides that of interests: whether a sheet is one, and what its columns are."""


@dataclass(frozen=True)
class Chosen:
    """The sheet that is read, which register it is, its columns, what is missing (in words; empty: nothing), all sheets that can be chosen,
    and remarks."""

    sheet: Sheet
    found: RegisterColumns
    missing: str
    names: tuple[str, ...]
    remarks: tuple[str, ...]
    register: RegisterKind = RegisterKind.INTERESTS


def choose(data: bytes, filename: str, wanted: str = "", register: RegisterKind | None = None) -> Chosen:
    """Returns the sheet called `wanted`, or else the first visible one that is a register (`register`, where somebody said which); where
    none is, the first, with what is missing. Raises BadInput for a file that is no honest table."""
    every, forms = _forms_as_tables(read_table(data, filename), register)
    seen = [each for each in every if not each.hidden] or every
    named = wanted and not filename.lower().endswith(".csv")  # the one sheet of a CSV file is called like the file
    sheets = [each for each in every if each.name == wanted] if named else seen
    if not sheets:
        raise BadInput(f"There is no sheet “{wanted}”. The sheets are {_listed([f'“{each.name}”' for each in seen])}")
    kind, (sheet, found, missing, foot) = _recognised(sheets, filename, register)
    is_form = sheet.name in forms
    notes = notes_of(data).get(sheet.name) if filename.lower().endswith(".xlsx") and not is_form else None
    if notes:
        _write_errors(sheet, notes)
    names = tuple(each.name for each in seen)
    remarks = (
        *_of_sheets(every, sheet),
        *_of_rows(sheet, found, notes),
        *foot,
        *_of_headings(found),
        *((_FORM,) if is_form else ()),
    )
    return Chosen(sheet, found, missing, names if len(names) > 1 else (), remarks, kind)


def _forms_as_tables(every: Sequence[Sheet], register: RegisterKind | None) -> tuple[list[Sheet], frozenset[str]]:
    """The sheets, those that are a form of a procurement as the table that it would be, and the names of these."""
    turned = {each.name: as_table(each.rows) for each in every} if register in (None, RegisterKind.PROCUREMENT) else {}
    found = [replace(each, rows=rows) if (rows := turned.get(each.name)) else each for each in every]
    return found, frozenset(name for name, rows in turned.items() if rows)


def check_length(sheet: Sheet, found: RegisterColumns) -> None:
    """Raises BadInput for more rows than one import takes."""
    below = found.header + 1 + _has_subheadings(sheet, found)
    rows = sum(any(cell.strip() for cell in row) for row in sheet.rows[below:])
    if rows > MOST_ROWS:
        raise BadInput(
            f"The file has {rows:,} rows. At most {MOST_ROWS:,} are imported at once. Split it into several files"
        )


def _has_subheadings(sheet: Sheet, found: RegisterColumns) -> bool:
    first = next(register_lines(sheet.rows[: found.header + 3], found), None)
    return first is not None and first.line == found.header + 3


_Found = tuple[Sheet, RegisterColumns, str, tuple[str, ...]]


def _recognised(sheets: Sequence[Sheet], filename: str, register: RegisterKind | None) -> tuple[RegisterKind, _Found]:
    """Which register the sheets are, and what was found of it: the first of them that is one says it, unless somebody did."""
    if register is not None and register in _OTHERS:
        return register, _of(register, sheets, filename)
    for number, sheet in enumerate(sheets if register is None else ()):
        kind = next((each for each, (is_one, _find) in _OTHERS.items() if is_one(sheet.rows)), None)
        if kind is not None:
            if sheets[:number] and not (found := _of_interests(sheets[:number], filename))[2]:
                return RegisterKind.INTERESTS, found
            return kind, _of(kind, sheets[number:], filename)
    return RegisterKind.INTERESTS, _of_interests(sheets, filename)


def _of(register: RegisterKind, sheets: Sequence[Sheet], filename: str) -> _Found:
    """The first of the sheets that is such a register, which is not one of interests."""
    missing = ""
    for sheet in sheets:
        try:
            found = _OTHERS[register][1](sheet.rows, filename)
        except BadInput as error:
            missing = missing or str(error)
            continue
        if register is RegisterKind.GIFTS:
            rows, found = without_ticks(sheet.rows, found, filename)
            sheet = replace(sheet, rows=rows)
        return sheet, found, "", ()
    return sheets[0], _headings_alone(sheets[0]), missing, ()


def _headings_alone(sheet: Sheet) -> RegisterColumns:
    header = next((n for n, row in enumerate(sheet.rows) if sum(bool(cell.strip()) for cell in row) > 1), 0)
    return RegisterColumns(header, tuple(cell.strip() for cell in sheet.rows[header]), {})


def _of_interests(sheets: Sequence[Sheet], filename: str) -> _Found:
    """The first of the sheets that is a register of interests."""
    missing = ""
    for sheet in sheets:
        try:
            found = find_register(sheet.rows, filename)
        except BadInput as error:
            missing = missing or str(error)
            continue
        sheet, found, foot = without_foot(sheet, found)
        sheet, found = with_name_above(sheet, found)
        if {"person", "first"} & found.columns.keys():
            return sheet, found, "", foot
        missing = f"{filename} has no column for the name (such as “Name”)"
    if any(may_be_of_gifts(sheet.rows) for sheet in sheets):
        missing = f"{missing}. {_MAY_BE_GIFTS}"
    try:
        return sheets[0], find_register(sheets[0].rows, filename), missing, ()  # the columns can be said
    except BadInput:
        return sheets[0], _headings_alone(sheets[0]), missing, ()


def with_name_above(sheet: Sheet, found: RegisterColumns) -> tuple[Sheet, RegisterColumns]:
    """The form of one person, as a table: the name and position that stand above it, in columns of their own."""
    above = {meaning: _said_above(sheet.rows[: found.header], label) for meaning, label in _LABELS.items()}
    if "person" in found.columns or "first" in found.columns or not above["person"]:
        return sheet, found
    added = {meaning: text for meaning, text in above.items() if text and meaning not in found.columns}
    return _with_columns(sheet, found, added, {meaning: f"{_ABOVE[meaning]} above the table" for meaning in added})


def _with_columns(
    sheet: Sheet, found: RegisterColumns, added: Mapping[str, str], called: Mapping[str, str]
) -> tuple[Sheet, RegisterColumns]:
    """A sheet with further columns at its end, which say the same in every row."""
    width = max(map(len, sheet.rows))
    first = next((line.line - 1 for line in register_lines(sheet.rows, found)), len(sheet.rows))
    rows = [[*row, *([""] * (width - len(row))), *([""] * len(added))] for row in sheet.rows]
    for column, text in enumerate(added.values(), width):
        for row in rows[first:]:
            if any(cell.strip() for cell in row[:width]):
                row[column] = text
    headings = (
        *found.headings,
        *([""] * (width - len(found.headings))),
        *(called[meaning] for meaning in added),
    )
    columns = {**found.columns, **{meaning: number for number, meaning in enumerate(added, width)}}
    return replace(sheet, rows=rows), RegisterColumns(found.header, headings, columns)


def without_foot(sheet: Sheet, found: RegisterColumns) -> tuple[Sheet, RegisterColumns, tuple[str, ...]]:
    """A sheet without the foot of its form, and a remark that says what is not read. What the form says of consent, above or under its
    table, is a column of its own: it counts for every row."""
    foot = foot_of(sheet.rows, found.header, found.columns)
    told = consent_in([sheet.rows[number] for number in foot], sheet.rows[: found.header])
    if foot:
        sheet = replace(sheet, rows=[[] if number in foot else row for number, row in enumerate(sheet.rows)])
    if told.said or told.why:
        sheet, found = _with_consent(sheet, found, told)
    if not foot:
        return sheet, found, ()
    shown = _listed([f"{number + 1} (“{text[:40]}”)" for number, text in foot.items()])
    rows = f"Row {shown} is" if len(foot) == 1 else f"Rows {shown} are"
    return sheet, found, (f"{rows} the foot of the form, and no interest",)


def _with_consent(sheet: Sheet, found: RegisterColumns, told: Consent) -> tuple[Sheet, RegisterColumns]:
    """A sheet with what its form says of consent in every row that says nothing of its own."""
    column = found.columns.get("consent")
    if column is None:
        said = {
            "consent": told.said,
            **({"withheld": told.why} if told.why and "withheld" not in found.columns else {}),
        }
        return _with_columns(sheet, found, said, {"consent": told.label, "withheld": "Reason not to publish"})
    words = ". ".join(part for part in (told.said, told.why) if part)
    blank = {line.line - 1 for line in register_lines(sheet.rows, found) if not line.cells.get("consent")}
    rows = [list(row) for row in sheet.rows]
    for number in blank:
        rows[number] += [""] * (column + 1 - len(rows[number]))
        rows[number][column] = words
    return replace(sheet, rows=rows), found


def _said_above(rows: Sequence[Sequence[str]], label: re.Pattern[str]) -> str:
    for row in rows:
        for number, cell in enumerate(row):
            if label.match(cell.strip()):
                said = next((each.strip() for each in row[number + 1 :] if each.strip() and each != cell), "")
                if said:
                    return said
    return ""


def _write_errors(sheet: Sheet, notes: SheetNotes) -> None:
    """Formulas that came to an error say so in their cells, which reading leaves empty: a name must not be taken from the row above."""
    for place, error in notes.errors.items():
        letters = place.rstrip("0123456789")
        column = 0
        for letter in letters.upper():
            column = column * 26 + ord(letter) - ord("A") + 1
        row = int(place[len(letters) :] or 0)
        if 0 < row <= len(sheet.rows) and 0 < column <= len(sheet.rows[row - 1]):
            sheet.rows[row - 1][column - 1] = error


def _of_sheets(every: Sequence[Sheet], sheet: Sheet) -> tuple[str, ...]:
    others = [f"“{each.name}”{' (hidden)' if each.hidden else ''}" for each in every if each.name != sheet.name]
    if not others:
        return ()
    return (f"Only the sheet “{sheet.name}” is read. Not read: {_listed(others)}",)


def _of_rows(sheet: Sheet, found: RegisterColumns, notes: SheetNotes | None) -> tuple[str, ...]:
    hidden = [str(row) for row in (notes.hidden if notes else ()) if found.header + 1 < row <= len(sheet.rows)]
    if not hidden:
        return ()
    rows = f"Row {hidden[0]} is" if len(hidden) == 1 else f"Rows {_listed(hidden)} are"
    return (f"{rows} hidden in the workbook, and read like the others",)


def _of_headings(found: RegisterColumns) -> tuple[str, ...]:
    """Two columns of one heading, of which only the first can be read."""
    named = {number: text.casefold() for number, text in enumerate(found.headings) if text}
    counts, read = Counter(named.values()), set(found.columns.values())
    doubled = dict.fromkeys(
        found.headings[number] for number, text in named.items() if counts[text] > 1 and number in read
    )
    return tuple(f"Two columns are called “{text}”. Check which of them is read" for text in doubled)


def _listed(texts: Sequence[str]) -> str:
    more = len(texts) - _SHOWN
    return ", ".join(texts[:_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
