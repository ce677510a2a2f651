"""What the cells of a workbook do not say as text: rows that whoever opens it does not see, formulas that came to an
error or were never worked out."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

_CHUNK = 1024**2
NO_VALUE = "#NO VALUE"


@dataclass
class SheetNotes:
    """Of one sheet: the hidden rows, as people count them, and the errors ("#N/A") by the name of their cell ("B3"); a formula without
    a result, as programs write that do not work it out, is `NO_VALUE`."""

    hidden: list[int] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


def notes_of(data: bytes) -> Mapping[str, SheetNotes]:
    """Returns the notes of each sheet of a workbook that was found honest (`read_table`), by the sheet's name."""
    with zipfile.ZipFile(io.BytesIO(data)) as workbook:
        named = dict(_sheets(workbook))
        return {name: _notes(workbook, path) for name, path in named.items() if path in workbook.namelist()}


def _sheets(workbook: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet and the file that it is in."""
    targets = {}
    for local, attributes in _elements(workbook, "xl/_rels/workbook.xml.rels"):
        if local == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")
    for local, attributes in _elements(workbook, "xl/workbook.xml"):
        key = next((value for name, value in attributes.items() if name.endswith("relationships id")), "")
        if local == "sheet" and key in targets:
            yield attributes.get("name", ""), posixpath.normpath(posixpath.join("/xl", targets[key])).lstrip("/")


def _elements(workbook: zipfile.ZipFile, path: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(" ")[2], attributes))
    if path in workbook.namelist():
        parser.Parse(workbook.read(path), True)
    return found


def _notes(workbook: zipfile.ZipFile, path: str) -> SheetNotes:
    notes = SheetNotes()
    cell, kind, is_formula, is_value, parts = "", "", False, False, list[str]()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal cell, kind, is_formula, is_value
        local = name.rpartition(" ")[2]
        is_value = local == "v"  # not the formula, which can name an error too
        if local == "row" and attributes.get("hidden") in ("1", "true"):
            notes.hidden.append(int(attributes.get("r", "0")))
        elif local == "c":
            cell, kind, is_formula = attributes.get("r", ""), attributes.get("t", ""), False
            parts.clear()
        elif local == "f":
            is_formula = True

    def end(name: str) -> None:
        nonlocal cell
        if cell and name.rpartition(" ")[2] == "c":
            value = "".join(parts).strip()
            if kind == "e":
                notes.errors[cell] = value or "#ERROR"
            elif is_formula and not value and kind != "str":  # a text that came out empty is a result
                notes.errors[cell] = NO_VALUE
            cell = ""

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda text: parts.append(text) if is_value and (is_formula or kind == "e") else None
    with workbook.open(path) as sheet:
        while chunk := sheet.read(_CHUNK):
            parser.Parse(chunk)
    parser.Parse(b"", True)
    return notes
