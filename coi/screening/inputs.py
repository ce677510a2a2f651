"""What a screening takes from a sheet: its rows, refused where an essential column is missing, and what was left unread. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coi.errors import BadInput
from coi.screening.columned import UnknownCode
from coi.screening.headings import (
    AgendaColumns,
    RegisterColumns,
    Row,
    find_agenda,
    is_headed_as_interest,
    is_missing_name,
    missing_words,
    says_only_nature,
)
from coi.screening.interest_text import is_nil
from coi.screening.layouts import AgendaRow, RegisterLine, RegisterRow, agenda_rows, register_lines
from coi.screening.segments import mentions

_UNUSED = {
    "position",
    "committees",
    "id",
    "parent",
    "mitigation",
    "declared",
    "statement",
    "email",
    "consent",
    "withheld",
}  # meanings of a register that decide no flag
_DATES = ("from", "to", "date")


@dataclass(frozen=True, slots=True)
class UnreadDate:
    """A text that should be a date of an interest and is none, or one that the other date contradicts: its row, counted as in flags, its
    column, what it says, and its line in the sheet."""

    row: int
    column: str
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """What the files of a screening say that nobody read: columns and sheets, in words, dates that are none, and codes that nobody has."""

    not_read: tuple[str, ...] = ()
    dates: tuple[UnreadDate, ...] = ()
    codes: tuple[UnknownCode, ...] = ()

    def __add__(self, other: "Unread") -> "Unread":
        """Returns both."""
        return Unread(self.not_read + other.not_read, self.dates + other.dates, self.codes + other.codes)


@dataclass(frozen=True, slots=True)
class RegisterInput:
    """The interests of one sheet, the headings that nothing was read under, the dates that are none."""

    rows: tuple[RegisterRow, ...]
    not_read: tuple[str, ...]
    unread_dates: tuple[UnreadDate, ...]


@dataclass(frozen=True, slots=True)
class AgendaInput:
    """The items of one sheet, and the headings that nothing was read under."""

    rows: tuple[AgendaRow, ...]
    not_read: tuple[str, ...]


def register_input(rows: Sequence[Row], found: RegisterColumns, name: str) -> RegisterInput:
    """Returns what a sheet with the columns `found` says. Raises BadInput, naming what was looked for and what was found, where there is
    no column for the name, or only one for the nature of interests in organisations that it does not name."""
    if is_missing_name(found):
        raise BadInput(missing_words(rows, ("person",) if is_headed_as_interest(found) else ("person", "text"), name))
    read = list(register_lines(rows, found))
    lines = [_without_contradiction(line) for line in read]
    if says_only_nature(found) and not _name_organisations(lines):
        raise BadInput(missing_words(rows, ("text",), name))
    used = {column for meaning, column in found.columns.items() if meaning not in _UNUSED}
    return RegisterInput(
        tuple(line.row for line in lines),
        not_read(rows, found.header, found.headings, used),
        tuple(date for line in read for date in (*_unread_dates(line, found), *_contradictory_dates(line, found))),
    )


def agenda_input(rows: Sequence[Row], name: str) -> AgendaInput:
    """Returns what the sheet of an agenda says. Raises BadInput where no column holds the title or the description of its items."""
    found: AgendaColumns = find_agenda(rows, name)
    return AgendaInput(
        agenda_rows(rows, found, name), not_read(rows, found.header, found.headings, set(found.columns.values()))
    )


def unread_of(read: RegisterInput, name: str, before: int) -> Unread:
    """Returns what was left unread of the sheet `name`, whose first row follows `before` others."""
    dates = tuple(replace(each, row=each.row + before) for each in read.unread_dates)
    return Unread(tuple(f"“{each}” ({name})" for each in read.not_read), dates)


def not_read(rows: Sequence[Row], header: int, headings: Sequence[str], used: set[int]) -> tuple[str, ...]:
    """Returns the headings of the columns that are not `used`; one without a heading counts where it holds anything."""
    below = rows[header + 1 :]
    found = []
    for number in range(max((len(row) for row in rows[header:]), default=0)):
        heading = headings[number] if number < len(headings) else ""
        filled = any(number < len(row) and row[number].strip() for row in below)
        if number not in used and (heading or filled):
            found.append(" ".join(heading.split()) or f"column {number + 1}, which has no heading")
    return tuple(found)


def _name_organisations(lines: Sequence[RegisterLine]) -> bool:
    """Whether at least half of the texts name somebody: "GP partner" alone says what, and not where."""
    told = [line.row.text for line in lines if not is_nil(line.row.text)]
    naming = [text for text in told if any(mention.raw[:1].isupper() for mention in mentions(text))]
    return not told or 2 * len(naming) >= len(told)


def _is_contradictory(row: RegisterRow) -> bool:
    return bool(row.arose_on and row.ended_on and row.ended_on < row.arose_on)


def _without_contradiction(line: RegisterLine) -> RegisterLine:
    """An interest that ends before it starts counts as running until somebody says which of its dates is wrong."""
    return replace(line, row=replace(line.row, arose_on=None, ended_on=None)) if _is_contradictory(line.row) else line


def _contradictory_dates(line: RegisterLine, found: RegisterColumns) -> Iterator[UnreadDate]:
    if _is_contradictory(line.row):
        meaning = "to" if line.cells.get("to") else "date"
        first, last = line.dates
        said = f"{last}, before it starts on {first}"
        yield UnreadDate(line.row.number, found.headings[found.columns[meaning]], said, line.row.line)


def _unread_dates(line: RegisterLine, found: RegisterColumns) -> Iterator[UnreadDate]:
    left: Mapping[str, str] = {meaning: line.cells.get(meaning, "") for meaning in _DATES}
    for text in line.unread_dates:
        meaning = next((each for each in _DATES if text in left[each]), "")
        left = {each: cell if each != meaning or each == "date" else "" for each, cell in left.items()}
        heading = found.headings[found.columns[meaning]] if meaning else "date"
        yield UnreadDate(line.row.number, heading, text, line.row.line)
