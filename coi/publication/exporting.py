"""A published register as files: CSV and JSON with a data package that describes them, rows for a workbook, a document for print. Pure
but for what it is given."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from coi.documents.csv_out import harmless
from coi.documents.vocabulary import Document, Heading, Table, paragraph
from coi.publication.content import cell_text
from coi.publication.vocabulary import PUBLICATION_COLUMNS, ShownRow
from coi.registers.columns import Column, ColumnKind, RegisterShape

AT_ONCE = 500
_FRICTIONLESS = {
    ColumnKind.TEXT: "string", ColumnKind.DATE: "date", ColumnKind.MONEY: "number", ColumnKind.NUMBER: "integer",
    ColumnKind.BOOLEAN: "boolean", ColumnKind.LIST: "string",
}  # fmt: skip


_RELEASES = {
    "name": "procurement-releases", "type": "file", "path": "releases.json", "format": "json", "mediatype": "application/json",
    "encoding": "utf-8", "description": "The decisions as a release package of the Open Contracting Data Standard 1.1.",
}  # fmt: skip


@dataclass(frozen=True)
class About:
    """What a file says of itself: whose register it is, which edition, as at which day, where it is, and how long things stay."""

    body: str
    slug: str
    title: str
    kind: str
    edition: int
    as_at: date
    address: str
    statement: str


@dataclass(frozen=True)
class Line:
    """A record for a file: its values as JSON has them, and the first edition that has it."""

    values: Mapping[str, Any]
    known_since: int


def columns_of(shape: RegisterShape) -> tuple[Column, ...]:
    """Returns the columns of files: the register's own, then those of publication."""
    return (*shape.columns, *PUBLICATION_COLUMNS)


def csv_of(shape: RegisterShape, lines: Iterable[Line], days: Mapping[int, date], latest: int) -> Iterator[str]:
    """Yields a CSV file piece by piece: a head of column names, then a row for each record. No cell can become a formula: where one
    begins like one, an apostrophe stands before it (ASVS 1.2.10)."""
    cells_of = _cells_of(shape)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in columns_of(shape)])
    ends: dict[int, list[str]] = {}
    for number, line in enumerate(lines, start=1):
        end = ends.get(line.known_since)
        if end is None:
            end = ends[line.known_since] = [days[line.known_since].isoformat(), str(line.known_since), str(latest)]
        writer.writerow(cells_of(line.values) + end)
        if number % AT_ONCE == 0:
            yield _taken(out)
    yield _taken(out)


_STARTS = frozenset("=+-@\t\r\0")
_TRUTH = {True: "true", False: "false", None: None}


def _cells_of(shape: RegisterShape) -> Callable[[Mapping[str, Any]], list[Any]]:
    """Returns what makes the cells of a row. What a column holds is known, so that most cells cost no call."""
    names = shape.names
    pick, kinds = itemgetter(*names), [column.kind for column in shape.columns]
    truths = [at for at, kind in enumerate(kinds) if kind is ColumnKind.BOOLEAN]
    texts = [at for at, kind in enumerate(kinds) if kind in (ColumnKind.TEXT, ColumnKind.DATE)]
    others = [at for at in range(len(kinds)) if at not in truths and at not in texts]

    def cells_of(values: Mapping[str, Any]) -> list[Any]:
        try:
            cells = list(pick(values))
            for at in truths:
                cells[at] = _TRUTH[cells[at]]
            for at in texts:
                if (text := cells[at]) and text[:1] in _STARTS:
                    cells[at] = harmless(text)
        except (KeyError, TypeError):  # an edition of a time when a column was not there, or held something else
            return [None if (value := values.get(name)) is None else _csv_cell(value) for name in names]
        for at in others:
            if (value := cells[at]) is not None:
                cells[at] = _csv_cell(value)
        return cells

    return cells_of


def _csv_cell(value: Any) -> str:
    if value is True:
        return "true"
    if value is False:
        return "false"
    text = "; ".join(value) if value.__class__ is list else str(value)
    return harmless(text) if text[:1] in _STARTS else text


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def json_of(shape: RegisterShape, lines: Iterable[Line], days: Mapping[int, date], latest: int) -> Iterator[str]:
    """Yields a JSON file piece by piece: an array with an object for each record, values as they are."""
    pieces: list[str] = []
    begun = False
    for line in lines:
        since = line.known_since
        whole = {name: line.values.get(name) for name in shape.names} | {
            "date_published": days[since].isoformat(), "first_register": since, "last_register": latest,
        }  # fmt: skip
        pieces.append(("," if begun else "[") + "\n" + json.dumps(whole, ensure_ascii=False))
        begun = True
        if len(pieces) == AT_ONCE:
            yield "".join(pieces)
            pieces.clear()
    yield "".join(pieces) + ("\n]\n" if begun else "[]\n")


def package_of(shape: RegisterShape, about: About, *, has_releases: bool) -> dict[str, Any]:
    """Returns the data package (Frictionless) that describes both files: what each column is, in words and types. It names the file of
    releases where there is one."""
    return {
        "profile": "data-package", "name": f"{about.slug}-{about.kind}", "title": f"{about.title}, {about.body}",
        "description": f"As at {about.as_at.isoformat()}, edition {about.edition}. {about.statement}", "homepage": about.address,
        "created": f"{about.as_at.isoformat()}T00:00:00Z", "version": str(about.edition),
        "licenses": [{
            "name": "OGL-UK-3.0", "title": "Open Government Licence v3.0",
            "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        }],
        "resources": [
            {"name": about.kind, "path": "register.csv", "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv",
             "encoding": "utf-8", "dialect": {"delimiter": ",", "lineTerminator": "\r\n"}, "schema": _schema(shape)},
            {"name": f"{about.kind}-json", "type": "file", "path": "register.json", "format": "json", "mediatype": "application/json",
             "encoding": "utf-8", "description": "The same records as an array of objects. Lists are arrays, nothing is escaped."},
            *([_RELEASES] if has_releases else []),
        ],
    }  # fmt: skip


def _schema(shape: RegisterShape) -> dict[str, Any]:
    fields = []
    for column in columns_of(shape):
        said = column.description
        if column.kind is ColumnKind.LIST:
            said = f"{said}. Several are parted by semicolons".lstrip(". ")
        described = {
            "name": column.name,
            "type": _FRICTIONLESS[column.kind],
            "title": column.heading,
            "description": said,
        }
        fields.append({name: text for name, text in described.items() if text})
    return {"fields": fields, "missingValues": [""]}


def workbook_rows(
    shape: RegisterShape, lines: Iterable[Line], days: Mapping[int, date], latest: int
) -> Iterator[list[str]]:
    """Yields the rows of a workbook, whose head are the columns' headings."""
    for line in lines:
        end = (days[line.known_since].isoformat(), str(line.known_since), str(latest))
        yield [*[_plain(line.values.get(name)) for name in shape.names], *end]


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "Yes" if value else "No"
        case list():
            return "; ".join(value)
        case _:
            return str(value)


def document_of(shape: RegisterShape, rows: Iterable[ShownRow], about: About) -> Document:
    """Returns the register as a document for print: what people read of each record, a column for each, on paper turned sideways."""
    columns = [column for column in shape.columns if column.is_shown]
    table = tuple(tuple(_printed(row, column) or "–" for column in columns) for row in rows)
    title = f"{about.title} as at {about.as_at.day} {about.as_at:%B %Y}"
    blocks = (
        Heading(1, title),
        paragraph(f"{about.body}, edition {about.edition}. {about.address}"),
        *(
            (Table(f"{len(table):,} entries", tuple(column.heading for column in columns), table, row_headers=False),)
            if table
            else (paragraph("There are no entries."),)
        ),
        paragraph(about.statement),
    )
    return Document(title, about.body, blocks, subject=about.title, is_wide=True)


def _printed(row: ShownRow, column: Column) -> str:
    """What stands for a value on paper, as on the page: an interest that has begun and not ended is ongoing."""
    if row.is_withheld(column.name):
        return "Withheld"
    if column.name == "ended_on" and not row.values.get("ended_on") and row.values.get("arose_on"):
        return "Ongoing"
    return "; ".join(cell_text(row.values.get(column.name), column.kind).splitlines())
