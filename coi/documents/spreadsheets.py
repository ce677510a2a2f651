"""Tables that people send: XLSX and CSV to rows of text. Nothing here knows what the columns mean."""

from pathlib import PurePath

from coi.documents.csv_in import rows_of_csv
from coi.documents.sheets import MAX_BYTES, Sheet, padded
from coi.documents.workbooks import OLD_OFFICE, ZIP, refuse_old_office, sheets_of_workbook
from coi.errors import BadInput

__all__ = ["Sheet", "read_table"]

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
        refuse_old_office(data)
    if ending in OTHERS:
        raise BadInput(OTHERS[ending])
    if ending in WORKBOOKS:
        if not data.startswith(ZIP):
            raise BadInput("The file’s name says that it is an Excel workbook, but it is not. Save it as .xlsx again")
        return sheets_of_workbook(data)
    if ending in TEXTS:
        if data.startswith(ZIP):
            raise BadInput(
                "The file’s name says that it is a CSV file, but it is a workbook. Give it a name that ends in .xlsx"
            )
        if data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
            raise BadInput("The file is a web page, not a table. Open it in Excel and save it as .xlsx")
        return [Sheet(name.stem, padded(rows_of_csv(data)))]
    raise BadInput("Choose a file whose name ends in .xlsx or .csv")
