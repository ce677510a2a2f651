"""XLSX in: the cells of a workbook as text."""

import io
from datetime import date, datetime, time, timedelta

import python_calamine as calamine

from coi.documents.archive_checks import DAMAGED, check_workbook
from coi.documents.sheets import MAX_CELLS, Sheet, check_cells, check_size
from coi.errors import BadInput

Cell = str | float | bool | date | datetime | time | timedelta


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def text_of_cell(value: Cell) -> str:
    """Returns what a reader of the sheet would write down: 2026-01-31, 2026-01-31 10:30, 09:05, TRUE, 12, 0.3."""
    match value:
        case str():
            return value.replace("\r\n", "\n").replace("\0", "")
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            whole = float(value).is_integer()
            return f"{value + 0.0:.0f}" if whole else f"{value:.15g}"  # what is added turns -0.0 into 0
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | time():
            spec = "seconds" if value.second else "minutes"
            return value.isoformat(timespec=spec).replace("T", " ")
        case date():
            return value.isoformat()
        case timedelta():
            return _duration(value)


def _fill_merged(rows: list[list[str]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    left = MAX_CELLS
    for (top, first), (bottom, last) in ranges:
        if top >= len(rows) or first >= len(rows[top]):
            continue
        text = rows[top][first]
        for row in rows[top : bottom + 1]:
            end = min(last + 1, len(row))
            left -= max(end - first, 0) + 1
            if left < 0:
                raise BadInput(DAMAGED)
            row[first:end] = [text] * (end - first)


def _rows(sheet: calamine.CalamineSheet) -> list[list[str]]:
    rows = [[text_of_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    _fill_merged(rows, list(sheet.merged_cell_ranges or []))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def sheets_of_workbook(data: bytes) -> list[Sheet]:
    """Returns the sheets of an XLSX workbook that have any text. Raises BadInput for one that is damaged, too large, or empty."""
    check_workbook(data)
    sheets = []
    try:
        workbook = calamine.load_workbook(io.BytesIO(data))
        for about in workbook.sheets_metadata:
            if about.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            rows = _rows(workbook.get_sheet_by_name(about.name))
            if rows:
                check_size(len(rows), len(rows[0]), f"Sheet “{about.name}”")
                check_cells(rows, f"Sheet “{about.name}”")
                sheets.append(Sheet(about.name, rows, about.visible is not calamine.SheetVisibleEnum.Visible))
    except calamine.CalamineError:
        raise BadInput(DAMAGED) from None
    if not sheets:
        raise BadInput("The workbook has no text in any cell")
    return sheets
