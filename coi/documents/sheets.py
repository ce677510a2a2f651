"""What a table may be that somebody sends: its shape and its limits."""

from dataclasses import dataclass

from coi.errors import BadInput

MAX_BYTES = 30 * 1024**2
MAX_ROWS = 200_000  # under a heading
MAX_COLUMNS = 16_384
MAX_CELLS = 10_000_000
MAX_LETTERS = 150_000  # in one cell: four times what a spreadsheet program holds


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows[0]` is its first row, whatever it holds; empty rows are kept, so that `rows[n]` is row n + 1 for people.
    `hidden` sheets are ones that whoever opens the workbook does not see."""

    name: str
    rows: list[list[str]]
    hidden: bool = False


def check_size(rows: int, columns: int, where: str = "The table") -> None:
    """Raises BadInput for a table of more rows or columns than anybody means to send."""
    if rows > MAX_ROWS + 1:
        raise BadInput(f"{where} has more than {MAX_ROWS:,} rows. Split it, or delete the rows below the table")
    if columns > MAX_COLUMNS:
        raise BadInput(f"{where} has more than {MAX_COLUMNS:,} columns. Delete the columns beside the table")
    if rows * columns > MAX_CELLS:
        raise BadInput(
            f"{where} reaches over {rows:,} rows and {columns:,} columns, which is too large to read. "
            "Look for a stray cell far from the table and delete it"
        )


def check_cells(rows: list[list[str]], where: str = "The table") -> None:
    """Raises BadInput, naming the row, for a cell of more letters than anybody wrote into one: each page that shows it would be as long."""
    for number, row in enumerate(rows, start=1):
        longest = max(map(len, row), default=0)
        if longest > MAX_LETTERS:
            raise BadInput(
                f"{where} has a cell of {longest:,} letters in row {number:,}. A cell may have {MAX_LETTERS:,} at most. "
                "Save the table again as .xlsx or .csv, or shorten the cell"
            )


def padded(rows: list[list[str]]) -> list[list[str]]:
    """Returns `rows`, each as long as the longest, without the empty rows at the end. Raises BadInput if none has any text,
    if there are too many, or if one is too long."""
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise BadInput("The file has no text in any cell")
    width = max(map(len, rows))
    check_size(len(rows), width)
    check_cells(rows)
    return [row + [""] * (width - len(row)) for row in rows]
