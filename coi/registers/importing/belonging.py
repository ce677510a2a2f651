"""A published list whose entries belong to one another, each category with columns of its own: what stands beside each row. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coi.screening.headings import RegisterColumns, cell_of
from coi.screening.layouts import RegisterLine

_LONGEST = 120
_UNTOLD = re.compile(r"address|postcode|phone|^(?:published|updated|rectified)\b|\bid$|link$|^url", re.IGNORECASE)
"""Headings of columns that say nothing of an interest, or more than a register does."""


def beside_rows(
    lines: Sequence[RegisterLine], rows: Sequence[Sequence[str]], found: RegisterColumns
) -> Mapping[int, tuple[str, ...]]:
    """Returns by its line what is to be said beside a row of a list with a column of parents: the entry to which it belongs, and what
    stands in the columns that only its category has. Nothing for any other layout. Rule: REG-01."""
    if "parent" not in found.columns:
        return {}
    own = {number for number in range(len(found.headings)) if _is_own(number, found)}
    by_id = {line.cells.get("id", ""): line for line in lines if line.cells.get("id")}
    return {line.line: tuple(_told(line, rows[line.line - 1], found, own, by_id)) for line in lines}


def with_payers(lines: Sequence[RegisterLine]) -> list[RegisterLine]:
    """Returns the rows, each that names no organisation with that of the entry to which it belongs: a payment comes from whoever pays for
    the post under which it stands. Rule: REG-01."""
    by_id = {line.cells.get("id", ""): line for line in lines if line.cells.get("id")}
    return [_with_payer(line, by_id) for line in lines]


def _with_payer(line: RegisterLine, by_id: Mapping[str, RegisterLine]) -> RegisterLine:
    if line.cells.get("organisation") or not line.cells.get("parent"):
        return line
    above, seen = by_id.get(line.cells["parent"]), {line.line}
    while above and above.line not in seen:
        if payer := above.cells.get("organisation") or (
            "" if above.cells.get("parent") else above.cells.get("text", "")
        ):
            return replace(line, cells={**line.cells, "organisation": payer})
        seen.add(above.line)
        above = by_id.get(above.cells.get("parent", ""))
    return line


def _is_own(number: int, found: RegisterColumns) -> bool:
    heading = found.headings[number]
    return bool(heading) and number not in found.columns.values() and not _UNTOLD.search(heading)


def _told(
    line: RegisterLine,
    row: Sequence[str],
    found: RegisterColumns,
    own: set[int],
    by_id: Mapping[str, RegisterLine],
) -> list[str]:
    told = []
    if parent := line.cells.get("parent", ""):
        above = by_id.get(parent)
        where = f"row {above.line}, {above.row.text[:_LONGEST]}" if above else "which is not in the file"
        if above and not line.cells.get("organisation"):
            where += ", whose organisation is taken for it"
        told.append(f"It belongs to {parent}: {where}" if above else f"It belongs to {parent}, {where}")
    said = [f"{found.headings[number]}: {cell[:_LONGEST]}" for number in sorted(own) if (cell := cell_of(row, number))]
    return [*told, f"The file also says: {'; '.join(said)}"] if said else told
