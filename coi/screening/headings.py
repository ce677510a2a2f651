"""Which column of a sheet holds what, by what its heading means: registers, agendas, lists of texts. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coi.errors import BadInput
from coi.screening.heading_groups import groups_of, is_of_groups, joined, names_groups
from coi.screening.heading_words import AGENDA, NAMES, REGISTER, TEXTS
from coi.wording import shortened

Row = Sequence[str]
_LISTED = 30  # headings that a sentence names
_SEARCHED_ROWS = 25  # titles and notes may stand above the header row


@dataclass(frozen=True, slots=True)
class RegisterColumns:
    """Where the heading row of a register is, what its headings say, and which column holds which meaning (its index)."""

    header: int
    headings: tuple[str, ...]
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AgendaColumns:
    """Where the heading row of an agenda is, what its headings say, and which column holds which meaning (its index)."""

    header: int
    headings: tuple[str, ...]
    columns: Mapping[str, int]


_SUBSTITUTES = {  # what stands in for a missing meaning, where its heading says so
    "text": (("nature", "organisation"), re.compile("")),
    "title": (("description",), re.compile("description|detail|summary")),
}
_NO_OTHER: tuple[tuple[str, ...], re.Pattern[str]] = ((), re.compile(""))
_SAID_BELOW = re.compile(  # of interests, and of contracts: their days, values and suppliers
    r"from|to|(?:non-?)?financial.*|direct|indirect|.*interests?|professional|personal|"
    r"(?:start|end)(?: date)?|total(?: value)?(?: ?\(?£\)?)?|(?:value )?(?:to|for) (?:the )?(?:ccg|icb|body)(?: ?\(?£\)?)?|"
    r"(?:supplier|provider)(?: name)?|(?:registered )?address"
)
_REASONS = re.compile(r"\b(?:reasons?|why|if (?:not?|refused|withheld)|explain|explanation)\b", re.IGNORECASE)
_FROM_AND_TO = re.compile(r"\bfrom\s*(?:&|and|/|-|–|to)\s*(?:date )?to\b|\bfrom to\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?=\S*\d)\S{1,12}|\W*[a-z]{0,3}\W*", re.IGNORECASE)


def find_register(rows: Sequence[Row], name: str) -> RegisterColumns:
    """Returns the columns of a register called `name` by what their headings mean. Raises BadInput, naming what was looked for and
    what was found, where no column holds the interest."""
    header, columns = _columns(rows, REGISTER, ("text",), name)
    below = rows[header + 1] if header + 1 < len(rows) else ()
    headings = _shown(rows[header], below if is_subheading(below, rows[header]) else ())
    return RegisterColumns(header, headings, _beside(columns, headings, rows[header + 1 :]))


def _beside(columns: Mapping[str, int], headings: Sequence[str], below: Sequence[Row]) -> Mapping[str, int]:
    """The columns, with what they hold by the one before them: the reasons, after that of consent; the end, after one headed "From and
    to". Such a column with none beside it holds both days."""
    found = dict(columns)
    after = columns.get("consent", len(headings)) + 1
    if "withheld" not in columns and _REASONS.search(_heading(headings, after)) and after not in columns.values():
        found["withheld"] = after
    since = columns.get("from", len(headings))
    if _FROM_AND_TO.search(_heading(headings, since)) and not {"to", "date"} & columns.keys():
        if not _heading(headings, since + 1) and any(cell_of(row, since + 1) for row in below):
            found["to"] = since + 1
        else:
            found["date"] = found.pop("from")
    return found


def _heading(headings: Sequence[str], column: int) -> str:
    return headings[column] if column < len(headings) else ""


def find_columns(
    rows: Sequence[Row], meanings: "_Meanings", essential: Mapping[str, str], name: str
) -> RegisterColumns:
    """Returns the columns of a table called `name` by `meanings`, and where its heading row is. A heading that says nothing by itself is
    read with the group above it ("Conflicts – Managed"). Raises BadInput where one of `essential` is missing, by the words that they
    have there."""
    try:
        header, columns = _columns(rows, meanings, essential, name)
    except BadInput as missing:
        raise BadInput(missing_words(rows, essential, name, essential)) from missing
    above, below = _two_rows(rows, header)
    groups = groups_of(above, below)
    headings = [joined(group, cell_of(below, number)) for number, group in enumerate(groups)]
    cells = [group or cell_of(above, number) for number, group in enumerate(groups)]
    return RegisterColumns(header, _shown(cells, below), {**columns, **_in_groups(columns, groups, headings, meanings)})


def _two_rows(rows: Sequence[Row], header: int) -> tuple[Row, Row]:
    """The row of groups and the row of what stands under them; the second is empty where the headings are a single row."""
    following = rows[header + 1] if header + 1 < len(rows) else ()
    if is_subheading(following, rows[header]):
        return rows[header], following
    before = rows[header - 1] if header else ()
    if is_of_groups(before) and any(groups := groups_of(before, rows[header])):
        return groups, rows[header]
    return rows[header], ()


def _in_groups(
    columns: Mapping[str, int], groups: Sequence[str], headings: Sequence[str], meanings: "_Meanings"
) -> dict[str, int]:
    """The columns that only their group tells, by meanings that no other column has."""
    left = {meaning: patterns for meaning, patterns in meanings.items() if meaning not in columns}
    free = [text if groups[number] and number not in columns.values() else "" for number, text in enumerate(headings)]
    return {meaning: number for meaning, number in _meanings(_headings(free, ()), left).items() if free[number]}


def says_only_nature(found: RegisterColumns) -> bool:
    """Whether the column read as the interest is one of its nature ("GP partner"), for lack of one that is headed as the interest."""
    heading = found.headings[found.columns["text"]].strip(" *:?").lower()
    return any(re.search(pattern, heading) for pattern in REGISTER["nature"]) and not is_headed_as_interest(found)


def is_headed_as_interest(found: RegisterColumns) -> bool:
    """Whether the column read as the interest is headed as one; another may stand in for it."""
    heading = found.headings[found.columns["text"]].strip(" *:?").lower()
    return any(re.search(pattern, heading) for pattern in REGISTER["text"])


def is_missing_name(found: RegisterColumns) -> bool:
    """Whether a register has no column for the name. A list of texts needs none, nor the form of one person, with its statement."""
    heading = found.headings[found.columns["text"]].strip(" *:?").lower()
    listed = re.search(REGISTER["text"][0], heading) or any("statement" in each.lower() for each in found.headings)
    return not listed and not {"person", "first"} & found.columns.keys()


def _shown(row: Row, below: Row) -> tuple[str, ...]:
    """The headings as people read them: what stands above a merged cell, then what stands under it."""
    both = [(cell_of(row, column), cell_of(below, column)) for column in range(max(len(row), len(below)))]
    return tuple(" – ".join(dict.fromkeys(part for part in pair if part)) for pair in both)


def find_agenda(rows: Sequence[Row], name: str) -> AgendaColumns:
    """Returns the columns of an agenda called `name` by what their headings mean; one that holds nothing but numbers is no title.
    Raises BadInput, naming what was looked for and what was found, where no column holds the title or the description."""
    header, columns = _columns(rows, AGENDA, ("title",), name)
    headings = _shown(rows[header], ())
    title = columns["title"]
    told = [cell for row in rows_below(rows, header) if (cell := cell_of(row, title))]
    if not told or not all(_NUMBERED.fullmatch(cell) for cell in told):
        return AgendaColumns(header, headings, columns)
    numbered = list(rows)
    numbered[header] = [cell if column != title else "No." for column, cell in enumerate(rows[header])]
    try:
        again, columns = _columns(numbered, AGENDA, ("title",), name)
    except BadInput:
        again = -1
    if again != header:
        raise BadInput(missing_words(rows, ("title",), name))
    return AgendaColumns(header, headings, columns)


def find_texts(rows: Sequence[Row], name: str) -> tuple[tuple[str, str], ...]:
    """Returns (text, area) of each row of a file of declared texts: columns `text` or `declared_text`, and perhaps `area`."""
    header, columns = _columns(rows, TEXTS, ("text",), name)
    return tuple((cell_of(row, columns["text"]), cell_of(row, columns.get("area"))) for row in rows_below(rows, header))


def find_names(rows: Sequence[Row], name: str) -> tuple[tuple[str, str], ...]:
    """Returns (text, code) of each row of a file of names that were taught. Raises BadInput where it has no such columns."""
    header, columns = _columns(rows, NAMES, ("text", "code"), name)
    return tuple((cell_of(row, columns["text"]), cell_of(row, columns["code"])) for row in rows_below(rows, header))


def signs_in(rows: Sequence[Row], signs: Sequence[str]) -> int:
    """Returns how many of `signs` the headings of a sheet show, in the row that shows most; what stands under its groups counts with it."""
    rows = [row for row in rows[:_SEARCHED_ROWS] if sum(bool(cell.strip()) for cell in row) > 1][:3]
    shown = [
        [*_headings(row, ()), *(_headings(below, ()) if names_groups(below, row) else ())]
        for row, below in zip(rows, [*rows[1:], ()], strict=False)
    ]
    return max((sum(any(re.search(sign, cell) for cell in row) for sign in signs) for row in shown), default=0)


_Meanings = Mapping[str, tuple[str, ...]]


def _columns(
    rows: Sequence[Row], meanings: _Meanings, essential: Iterable[str], name: str
) -> tuple[int, dict[str, int]]:
    """Finds the header row: the one whose cells, with sub-headings under merged cells, answer to most meanings."""
    best: tuple[int, int, dict[str, int]] = (0, 0, {})
    for number, row in enumerate(rows[:_SEARCHED_ROWS]):
        below = rows[number + 1] if number + 1 < len(rows) else ()
        headings = _headings(row, below if is_subheading(below, row) else ())
        found = _meanings(headings, meanings)
        for meaning in essential:
            others, says = _SUBSTITUTES.get(meaning, _NO_OTHER)
            other = next((each for each in others if each in found and says.search(headings[found[each]])), None)
            if meaning not in found and other is not None and len(found) > 1:
                found[meaning] = found.pop(other)
        if all(meaning in found for meaning in essential) and len(found) > best[0]:
            best = (len(found), number, found)
    if not best[2]:
        raise BadInput(missing_words(rows, essential, name))
    return best[1], best[2]


def _headings(row: Row, below: Row) -> list[str]:
    width = max(len(row), len(below))
    cells = [cell_of(below, column) or cell_of(row, column) for column in range(width)]
    return [re.sub(r"\s+", " ", cell).strip(" *:?").lower() for cell in cells]


def _meanings(headings: Sequence[str], meanings: _Meanings) -> dict[str, int]:
    found: dict[str, int] = {}
    for meaning, patterns in meanings.items():
        for pattern in patterns:
            free = (n for n, text in enumerate(headings) if n not in found.values() and re.search(pattern, text))
            column = next(free, None)
            if column is not None:
                found[meaning] = column
                break
    return found


def missing_words(
    rows: Sequence[Row], essential: Iterable[str], name: str, called: Mapping[str, str] | None = None
) -> str:
    """Returns the sentence that names the columns looked for in vain, and those that were found."""
    wanted = called or {
        "person": "the name (such as “Name” or “Member”)",
        "text": "the declared interest (such as “Declared interest” or “Interest”)",
        "code": "the code (“Code”; “none” where a name means nobody)",
        "title": "the item’s title or description (such as “Title” or “Description”)",
    }
    header = next((row for row in rows if sum(bool(cell.strip()) for cell in row) > 1), rows[0] if rows else ())
    named = [f"“{shortened(cell.strip())}”" for cell in header if cell.strip()]
    seen = (
        ", ".join(named[:_LISTED]) + (f" and {len(named) - _LISTED} more" if len(named) > _LISTED else "")
        or "no headings"
    )
    looked = " and ".join(wanted.get(meaning, meaning) for meaning in essential)
    return f"{name} has no column for {looked}. The columns found are {seen}"


def rows_below(rows: Sequence[Row], header: int) -> Sequence[Row]:
    """Returns what stands under the header row; the row of sub-headings of merged cells is none of it."""
    following = list(rows[header + 1 :])
    if following and is_subheading(following[0], rows[header]):
        following = following[1:]
    while following and not any(cell.strip() for cell in following[-1]):
        following.pop()
    return following


def is_subheading(row: Row, above: Row) -> bool:
    """Whether a row only says more of the headings above it. A cell that repeats the heading above is one merged downwards."""
    told = [
        cell.strip().lower()
        for column, cell in enumerate(row)
        if cell.strip() and cell.strip().lower() != cell_of(above, column).lower()
    ]
    return bool(told) and (all(_SAID_BELOW.fullmatch(cell) for cell in told) or names_groups(row, above))


def cell_of(row: Row, column: int | None) -> str:
    """Returns what stands in a column of a row, empty where the row is shorter or there is no such column."""
    return row[column].strip() if column is not None and column < len(row) else ""
