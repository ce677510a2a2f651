"""Headings in two rows: a group above, and what stands under it in each of its columns. Pure."""

import re
from collections.abc import Sequence

_LONGEST = 40  # characters of a heading under a group
_NO_HEADING = re.compile(r"\d|^.?$")


def groups_of(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Returns for each column the group under which it stands, empty where there is none. A group is one text over several columns, each
    of which the row below names; a file repeats that text (merged cells) or leaves the further cells empty."""
    width = max(len(above), len(below))
    tops = [_cell(above, column) for column in range(width)]
    groups, start = [""] * width, 0
    while start < width:
        end = start + 1
        while end < width and tops[start] and tops[end] in ("", tops[start]) and _cell(below, end):
            end += 1
        if end - start > 1 and _cell(below, start) and tops[start] != _cell(below, start):
            groups[start:end] = [tops[start]] * (end - start)
        start = end
    return groups


def is_of_groups(above: Sequence[str]) -> bool:
    """Whether a row can be one of groups: a title over the whole table is none, nor are its day and version beside it."""
    told = {cell.strip() for cell in above if cell.strip()}
    return len(told) > 1 and all(map(_is_heading, told))


def names_groups(row: Sequence[str], above: Sequence[str]) -> bool:
    """Whether a row does nothing but name the columns under the groups above it: at least two in one of them, and beside the groups a
    heading that stands alone."""
    groups = groups_of(above, row)
    own = [number for number, cell in enumerate(row) if cell.strip() and cell.strip() != _cell(above, number)]
    alone = [number for number, cell in enumerate(above) if cell.strip() and not groups[number]]
    under = [groups[number] for number in own]
    is_named = all(_is_heading(row[number]) and groups[number] for number in own)
    return is_named and len(alone) > 1 and any(under.count(each) > 1 for each in set(under))


def joined(group: str, heading: str) -> str:
    """Returns a heading as it reads with its group: "Conflicts", "Noted" → "Conflicts noted"."""
    return f"{group} {heading}" if group and heading and heading != group else heading or group


def _is_heading(cell: str) -> bool:
    return len(cell.strip()) <= _LONGEST and not _NO_HEADING.search(cell.strip())


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""
