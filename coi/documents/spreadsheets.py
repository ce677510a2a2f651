"""Tables that people send: XLSX and CSV to rows of text. Nothing here knows what the columns mean."""

import importlib
from pathlib import PurePath
from typing import NoReturn

from coi.documents.csv_in import rows_of_csv
from coi.documents.sheets import MAX_BYTES, Sheet, padded
from coi.errors import BadInput

__all__ = ["Sheet", "read_table"]

ZIP = b"PK"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

WORKBOOKS = {".xlsx"}
TEXTS = {".csv", ".tsv", ".txt"}
OTHERS = {
    ".xls": "This is an old Excel file (.xls). Open it in Excel and save it as .xlsx",
    ".xlsm": "This workbook may hold macros (.xlsm). Save it as .xlsx",
    ".xlsb": "This is a binary workbook (.xlsb). Save it as .xlsx",
    ".ods": "This is an OpenDocument spreadsheet (.ods). Save it as .xlsx",
    ".numbers": "This is a Numbers file. Export it as .xlsx",
    ".pdf": "A PDF holds no rows that can be read. Ask for the spreadsheet it was made from",
}
OTHER_CONTENTS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "a text document",
}
"""What a file begins with that is no table, whatever it is called."""


def read_table(data: bytes, filename: str) -> list[Sheet]:
    """Returns the sheets of a file that have any text, every cell as text: dates as 2026-01-31, whole numbers without a decimal
    point, formulas as what they last came to, and merged cells each with the text of the whole. A CSV file is one sheet, named
    like the file. Rows are as long as the longest.
    Raises BadInput, with a sentence that says what to do, for whatever is not an honest table of a sensible size."""
    name = PurePath(filename.replace("\\", "/"))
    ending = name.suffix.lower()
    if len(data) > MAX_BYTES:
        raise BadInput(
            f"The file is larger than {MAX_BYTES // 1024**2} MB. Split it, or delete what is not part of the table"
        )
    if not data.strip():
        raise BadInput("The file is empty")
    if data.startswith(OLD_OFFICE):
        _refuse_old_office(data)
    if ending in OTHERS:
        raise BadInput(OTHERS[ending])
    if ending in WORKBOOKS:
        if not data.startswith(ZIP):
            raise BadInput("The file’s name says that it is an Excel workbook, but it is not. Save it as .xlsx again")
        return _sheets_of_workbook(data)
    if ending in TEXTS:
        if data.startswith(ZIP):
            raise BadInput(
                "The file’s name says that it is a CSV file, but it is a workbook. Give it a name that ends in .xlsx"
            )
        if kind := next((words for mark, words in OTHER_CONTENTS.items() if data.startswith(mark)), ""):
            raise BadInput(
                f"The file’s name says that it is a CSV file, but it is {kind}. Save the table as .xlsx or .csv"
            )
        if data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
            raise BadInput("The file is a web page, not a table. Open it in Excel and save it as .xlsx")
        return [Sheet(name.stem, padded(rows_of_csv(data)))]
    raise BadInput("Choose a file whose name ends in .xlsx or .csv")


def _refuse_old_office(data: bytes) -> NoReturn:
    """Raises BadInput for a file in Microsoft's older container, which is either an old workbook or one with a password."""
    if _ENCRYPTED in data:
        raise BadInput("The workbook is protected with a password. Save a copy without the password")
    raise BadInput("This is an old Excel file (.xls). Open it in Excel and save it as .xlsx")


def _sheets_of_workbook(data: bytes) -> list[Sheet]:
    """Loads what reads workbooks when the first one comes: few of the web's workers ever see one, and all would keep it."""
    sheets: list[Sheet] = importlib.import_module("coi.documents.workbooks").sheets_of_workbook(data)
    return sheets
