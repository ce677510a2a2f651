"""Registers and agendas in the layouts that bodies use: rows of cells → declared interests and items."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coi.screening.cells import OPEN, date_in, dates_of, decides, directness_in, type_in
from coi.screening.columned import NOTHING, Said
from coi.screening.headings import (
    AgendaColumns,
    RegisterColumns,
    Row,
    cell_of,
    find_agenda,
    find_register,
    is_subheading,
    rows_below,
)
from coi.screening.interest_text import is_nil, read_date
from coi.screening.vocabulary import Directness, InterestType

AS_ABOVE = re.compile(r"^\W*(?:(?:same )?as above|ditto|same)\W*$", re.IGNORECASE)
_TITLE = re.compile(r"(?:dr|mr|mrs|ms|miss|mx|prof|professor|rev|cllr|sir|dame)\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One declared interest as it stands in a register. `number` counts data rows from 1, `line` all rows of the sheet, as people see
    them; 0 where it has none. `codes` are those in a column of their own."""

    number: int
    person: str
    position: str
    text: str
    interest_type: InterestType | None
    directness: Directness | None
    arose_on: date | None
    ended_on: date | None
    area: str
    line: int = 0
    codes: Said = NOTHING


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A row of a register as it was read, and its cells by meaning. `line` counts all rows of the sheet from 1, as people see them;
    `unread_dates` are texts that should be dates and are none, `dates` those of from and to as they stand, `from_above` the meanings of
    cells that say "as above" and were read as what stands there."""

    line: int
    row: RegisterRow
    cells: Mapping[str, str]
    unread_dates: tuple[str, ...] = ()
    from_above: tuple[str, ...] = ()
    dates: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One item as it stands in an agenda. `number` counts data rows from 1, `line` all rows of the sheet; `reference` is the agenda's own
    number, `organisations` what columns of their own say of whom it affects, `codes` the same by codes, `offered` by class."""

    number: int
    reference: str
    title: str
    description: str
    on: date | None
    for_decision: bool | None
    area: str
    organisations: str = ""
    codes: Said = NOTHING
    offered: Said = NOTHING
    line: int = 0


_OTHER_DAY = re.compile(
    r"\b(?:printed|papers|deadline|version|published|issued|previous|last meeting|next meeting|minutes of)\b",
    re.IGNORECASE,
)
_OF_MEETING = re.compile(r"\b(?:meeting|date|held|day)\b", re.IGNORECASE)
_WHOLE_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\.?,?\s+20\d\d\b|\b\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d\b|\b20\d\d-\d\d-\d\d\b"
)
_AFFECTED = ("organisation", "practice", "provider", "supplier", "contractor")


def read_register(rows: Sequence[Row], name: str) -> tuple[RegisterRow, ...]:
    """Returns the interests in the rows of a register called `name`. A row without a name belongs to the person above.
    Raises BadInput naming the columns looked for and found where the essential one, the interest, is not there."""
    return tuple(line.row for line in register_lines(rows, find_register(rows, name)))


def register_lines(rows: Sequence[Row], found: RegisterColumns) -> Iterator[RegisterLine]:
    """Yields the rows under the heading row that hold anything. A row without a name belongs to the person above."""
    person = position = ""
    data = rows_below(rows, found.header)
    first = (
        found.header + 2 + (found.header + 1 < len(rows) and is_subheading(rows[found.header + 1], rows[found.header]))
    )
    above: Mapping[str, str] = {}
    for number, row in enumerate(data, 1):
        said = {meaning: cell_of(row, column) for meaning, column in found.columns.items()}
        cells = {meaning: _as_above(meaning, cell, above) for meaning, cell in said.items()}
        title = cells.get("title", "") if _TITLE.match(cells.get("title", "")) else ""  # or that of a job
        full = " ".join(part for part in (title, cells.get("first", ""), cells.get("person", "")) if part)
        if full and full != person:
            person, position = full, ""
        position = cells.get("position") or position
        if any(cell.strip() for cell in row):
            read = _register_row(number, person, position, cells)
            read = replace(read, line=first + number - 1, codes=_said(cells, found, "code"))
            yield RegisterLine(
                first + number - 1,
                read,
                cells,
                _unread_dates(cells, read),
                tuple(each for each in cells if cells[each] != said[each]),
                dates_of(cells),
            )
            above = cells


def _as_above(meaning: str, cell: str, above: Mapping[str, str]) -> str:
    """What a cell says that only points to the one above it. An interest itself is never read so: nobody declares another's."""
    if meaning == "text" or not AS_ABOVE.match(cell):
        return cell
    return "" if meaning in ("person", "first") else above.get(meaning) or cell


def _unread_dates(cells: Mapping[str, str], read: RegisterRow) -> tuple[str, ...]:
    first, last = dates_of(cells)
    pairs = ((first, read.arose_on), (last, read.ended_on))
    return tuple(text for text, day in pairs if day is None and not OPEN.match(text))


def read_agenda(rows: Sequence[Row], name: str) -> tuple[AgendaRow, ...]:
    """Returns the items in the rows of an agenda called `name`. Raises BadInput where it has no column of titles."""
    return agenda_rows(rows, find_agenda(rows, name), name)


def agenda_rows(rows: Sequence[Row], read: AgendaColumns, name: str) -> tuple[AgendaRow, ...]:
    """Returns the items under the heading row of an agenda; a day above it is that of the meeting. A row without a title is called by its
    description, or by whom it names. Raises BadInput, naming the line, for a date that is none."""
    found = []
    day = _day_above(rows[: read.header])
    for number, row in enumerate(rows_below(rows, read.header), 1):
        cells = {meaning: cell_of(row, column) for meaning, column in read.columns.items()}
        named = "; ".join(cells[each] for each in _AFFECTED if cells.get(each))
        if title := cells["title"] or cells.get("description", "") or named:
            found.append(
                AgendaRow(
                    number=number,
                    reference=cells.get("reference", "") or str(number),
                    title=title,
                    description=cells.get("description", "") if cells["title"] else "",
                    on=date_in(cells.get("date", ""), name, read.header + number + 1) or day,
                    for_decision=decides(cells.get("decision", "")),
                    area=cells.get("area", ""),
                    organisations=named,
                    codes=_said(cells, read, "codes"),
                    offered=_said(cells, read, "class"),
                    line=read.header + number + 1,
                )
            )
    return tuple(found)


def _day_above(rows: Sequence[Row]) -> date | None:
    """The day that stands above the headings of an agenda, but for one of its printing or of its papers: the one that is said to be the
    meeting's, else the only one."""
    told = [" ".join(cell.strip() for cell in row if cell.strip()) for row in rows]
    days = [(text, read_date(text)) for text in told if not _OTHER_DAY.search(text) and _WHOLE_DAY.search(text)]
    meant = {day for text, day in days if day and _OF_MEETING.search(text)} or {day for _text, day in days if day}
    return meant.pop() if len(meant) == 1 else None


def _said(cells: Mapping[str, str], read: AgendaColumns | RegisterColumns, meaning: str) -> Said:
    cell = cells.get(meaning, "")
    return NOTHING if is_nil(cell) else Said(cell, " ".join(read.headings[read.columns[meaning]].split()))


def _register_row(number: int, person: str, position: str, cells: Mapping[str, str]) -> RegisterRow:
    text, nature = cells.get("text", ""), cells.get("nature", "")
    if nature and not is_nil(nature) and nature.lower() not in text.lower():
        text = f"{nature} - {text}" if text and not is_nil(text) else nature
    where = cells.get("organisation", "")
    if where and text and not is_nil(text) and not is_nil(where) and where.lower() not in text.lower():
        text = f"{where} - {text}"
    arose, ended = dates_of(cells)
    return RegisterRow(
        number=number,
        person=person,
        position=position,
        text=text,
        interest_type=type_in(cells),
        directness=directness_in(cells),
        arose_on=None if OPEN.match(arose) else read_date(arose),
        ended_on=None if OPEN.match(ended) else read_date(ended, at_end=True),
        area=cells.get("area", ""),
    )
