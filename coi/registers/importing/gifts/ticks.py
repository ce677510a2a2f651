"""Ticks under headings such as “Gift – Accepted”, as the words that they stand for. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coi.errors import BadInput
from coi.registers.gifts.vocabulary import Response
from coi.registers.importing.gifts import telling
from coi.registers.importing.gifts.headings import IS_KIND, find_gifts
from coi.screening.cells import is_ticked
from coi.screening.headings import RegisterColumns, Row, cell_of, rows_below

_SAID = {Response.KEPT: "Accepted", Response.DECLINED: "Declined", Response.PASSED_ON: "Accepted for the organisation"}
_ADDED = {"kind": "Gift or hospitality", "response": "Accepted or declined"}


@dataclass(frozen=True)
class _Tick:
    """What a tick in one column says: a kind, in the words of its heading, and what became of the offer, where the heading says it."""

    heading: str
    kind: str
    response: Response | None


def without_ticks(rows: list[list[str]], found: RegisterColumns, name: str) -> tuple[list[list[str]], RegisterColumns]:
    """Returns a register whose kinds, and perhaps what became of an offer, are ticked in columns of their own, with what the ticks say in
    words, in columns at its end; any other register as it is. Ticks that contradict each other say nothing, so that the row is asked about.
    Source: RULEBOOK §8."""
    ticks = _ticks(rows, found)
    columns = _columns_beside(rows, found, ticks, name) if len(ticks) > 1 else None
    if columns is None:
        return rows, found
    said = [each.response for each in ticks.values()]
    asked = ["kind", *(["response"] if all(said) or (any(said) and "response" not in columns) else [])]
    width, first = max(map(len, rows)), len(rows) - len(_below(rows, found))
    told = [list(row) for row in rows]
    for row in told[first:]:
        words = _words(row, ticks, asked)
        row[:] = [*_wide(_but(row, ticks), width), *words]
    named = ", ".join(f"“{each.heading}”" for each in ticks.values())
    headings = (
        *_wide(_but(found.headings, ticks), width),
        *(f"{_ADDED[each]}, as ticked under {named}" for each in asked),
    )
    columns |= {meaning: number for number, meaning in enumerate(asked, width)}
    return told, RegisterColumns(found.header, headings, columns)


def _columns_beside(
    rows: Sequence[Row], found: RegisterColumns, ticks: Mapping[int, _Tick], name: str
) -> dict[str, int] | None:
    """What the other columns hold; None where they are no register without those of ticks."""
    top = (found.header, found.header + 1)
    try:
        beside = find_gifts([_but(row, ticks) if number in top else row for number, row in enumerate(rows)], name)
    except BadInput:
        return None
    return dict(beside.columns) if beside.header == found.header else None


def _ticks(rows: Sequence[Row], found: RegisterColumns) -> dict[int, _Tick]:
    """The columns that hold nothing but ticks, under a heading that names a kind of offer. One that is called by the kind alone, or stands
    under it, may hold none."""
    below, ticks = _below(rows, found), {}
    for column, heading in enumerate(found.headings):
        cells = [cell for row in below if (cell := cell_of(row, column))]
        response, group = telling.response_in(heading), heading.partition(" – ")[0]
        is_bare = bool(IS_KIND.fullmatch(heading)) or (response is not None and group != heading)
        is_of_ticks = all(map(is_ticked, cells)) if cells else is_bare
        if telling.kind_in(heading, "") and is_of_ticks:
            ticks[column] = _Tick(heading, group if telling.kind_in(group, "") else heading, response)
    return ticks if any(cell_of(row, column) for row in below for column in ticks) else {}


def _below(rows: Sequence[Row], found: RegisterColumns) -> Sequence[Row]:
    """The rows under the headings, to the end of the sheet."""
    count = len(rows_below(rows, found.header))
    last = max((number for number, row in enumerate(rows) if any(cell.strip() for cell in row)), default=-1)
    return rows[last + 1 - count :] if count else ()


def _words(row: Row, ticks: Mapping[int, _Tick], asked: Sequence[str]) -> list[str]:
    """What the ticks of a row say, for each column that is added."""
    ticked = [tick for column, tick in ticks.items() if is_ticked(cell_of(row, column))]
    said = {
        "kind": {each.kind for each in ticked},
        "response": {_SAID[each.response] for each in ticked if each.response},
    }
    return [next(iter(said[each])) if len(said[each]) == 1 else "" for each in asked]


def _but(row: Row, columns: Mapping[int, _Tick]) -> list[str]:
    return ["" if column in columns else cell for column, cell in enumerate(row)]


def _wide(row: Row, width: int) -> list[str]:
    return [*row, *([""] * (width - len(row)))]
