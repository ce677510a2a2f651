"""CSV out, safe to open in a spreadsheet: no cell can become a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?%?", re.ASCII)


def harmless(cell: str) -> str:
    """Returns `cell` so that a spreadsheet shows it and does not run it: an apostrophe goes before a leading = + - @, tab,
    carriage return or NUL (ASVS 1.2.10). A plain number such as -12.50 stays as it is."""
    if cell.startswith(_DANGEROUS) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def csv_of(head: Sequence[str], rows: Iterable[Sequence[str]], *, bom: bool = True) -> bytes:
    """Returns a CSV file in UTF-8. With `bom`, Excel knows the encoding without being told; without it, so do programs.
    Raises ValueError for a row that has more or fewer cells than `head`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(harmless, head))
    for number, row in enumerate(rows, 1):
        if len(row) != len(head):
            raise ValueError(f"Row {number} has {len(row)} cells where the head has {len(head)}")
        writer.writerow(map(harmless, row))
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8", errors="replace")
