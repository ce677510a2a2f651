"""Registers and agendas in the layouts that bodies use: rows of cells → declared interests and items. Columns by meaning."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coi.errors import BadInput
from coi.screening.interest_text import is_nil, read_date
from coi.screening.vocabulary import Directness, InterestType

Row = Sequence[str]
_SEARCHED_ROWS = 25  # titles and notes may stand above the header row
_OPEN = re.compile(
    r"^\W*(?:ongoing|on-going|current|(?:to )?present(?: day)?|to date|continuing|n/?[ak]|nil|none|not (?:known|stated|recorded)|"
    r"unknown|tbc|-+|no end date|until further notice)?\W*$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:dr|mr|mrs|ms|miss|mx|prof|professor|rev|cllr|sir|dame)\.?$", re.IGNORECASE)
_TICK = re.compile(r"^\s*(?:[xyp✓✔√☑☒•ü*]|yes|true|1)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One declared interest as it stands in a register. `number` counts data rows from 1."""

    number: int
    person: str
    position: str
    text: str
    interest_type: InterestType | None
    directness: Directness | None
    arose_on: date | None
    ended_on: date | None
    area: str


@dataclass(frozen=True, slots=True)
class RegisterColumns:
    """Where the heading row of a register is, what its headings say, and which column holds which meaning (its index)."""

    header: int
    headings: tuple[str, ...]
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A row of a register as it was read, and its cells by meaning. `line` counts all rows of the sheet from 1, as people see them;
    `unread_dates` are texts that should be dates and are none, `dates` those of from and to as they stand."""

    line: int
    row: RegisterRow
    cells: Mapping[str, str]
    unread_dates: tuple[str, ...] = ()
    dates: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One item as it stands in an agenda. `number` counts data rows from 1; `reference` is the agenda's own number,
    `organisations` what columns of their own say of whom it affects."""

    number: int
    reference: str
    title: str
    description: str
    on: date | None
    for_decision: bool | None
    area: str
    organisations: str = ""


@dataclass(frozen=True, slots=True)
class AgendaColumns:
    """Where the heading row of an agenda is, what its headings say, and which column holds which meaning (its index)."""

    header: int
    headings: tuple[str, ...]
    columns: Mapping[str, int]


_PLACE = r"(?:other )?(?:gp )?(?:practice|surgery|organi[sz]ation|business|company|employer|body|firm)"
_BOTH = r"(?:non.?)?personal ?(?:/|or|and|-) ?(?:non.?)?pecuniary|(?:non.?)?pecuniary ?(?:/|or|and|-) ?(?:non.?)?(?:personal|pecuniary)"
_REGISTER = {  # meaning → what its heading says, the most telling first
    "person": (
        r"^(?:full |staff |member'?s? |declarant'?s? )?name$",
        r"^(?:name of (?:person|member|individual|declarant|employee).*|member|declarant|person|employee|surname|who)$",
        r"^(?:last|family) ?name$",
        r"^name\b(?!.*(?:organi[sz]ation|business|practice|employer))",
    ),
    "title": (r"^(?:title|salutation)$",),
    "first": (r"^(?:first ?name|forename|given name)s?$",),
    "position": (
        r"position",
        r"job title",
        r"current post|post held",
        r"^role(?: (?:in|within|at) .*)?$",
        r"committee",
    ),
    "text": (
        r"^(?:interest.?text|declared.?text|text)$",
        r"declared interest|interest declared",
        r"interest.*organi[sz]ation|organi[sz]ation.*interest",
        r"details? of (?:the )?interest|description of (?:the )?interest|interest details?|^interests?$",
        r"^declarations?(?: of interests?)?$",
        r"third party",
        r"description|^summary$|^details?\b|nature of business|name of (?:the )?organi[sz]ation|^organi[sz]ation$",
    ),
    "nature": (
        r"nature of (?:the )?interest",
        r"nature\b",
        r"relationship",
        r"further details",
        r"^declaration details$",
        r"^(?:your )?(?:role|capacity)(?: held)?$",
    ),
    "organisation": (
        r"^(?:name of (?:the )?)?(?:gp )?practice(?: name)?$",
        rf"^(?:name of (?:the )?)?{_PLACE}(?:(?: ?/ ?| or |, | and ){_PLACE})*(?: name)?$",
    ),
    "types": (
        r"type of interest|interest type|^interest_type$",
        r"^type$|^category|declaration type|type of declaration",
    ),
    "fin": (r"^financial(?: interests?)?$", r"direct pecuniary"),
    "nfp": (r"non.?financial.? ?professional", r"^professional"),
    "nfpers": (r"non.?financial.? ?personal", r"^personal(?: interests?)?$"),
    "direct": (r"direct.*indirect", r"^indirect(?: interest)?$", r"self or other"),
    "from": (r"^(?:date )?from$", r"date from|start date|^start|from date", r"date.*from|arose"),
    "to": (r"^(?:date )?to$", r"date to|end date|^end|to date", r"until|date.*\bto\b|ended"),
    "date": (r"^dates? of interest$|^dates?$|^period$|^from ?[-–/] ?to$",),
    "area": (r"^(?:register.?)?area$",),
    "pecuniary": (rf"^(?:whether )?(?:{_BOTH})\b", r"^pecuniary(?: interests?)?$"),
    "mitigation": (r"mitigat", r"^actions?(?: taken| agreed)?$|how .*managed"),
    "declared": (
        r"^(?:date )?(?:declared|registered)(?: on)?$|^date (?:of declaration|submitted)$|^declaration date$",
    ),
    "statement": (r"^(?:tick )?statement$|^declaration statement$|^nil (?:return|declaration)$",),
    "email": (r"^e-?mail(?: address)?$",),
}
REGISTER_MEANINGS = tuple(_REGISTER)
"""What a column of a register may hold."""
_AGENDA = {
    "title": (
        r"^(?:item.?)?title$",
        r"^(?:agenda )?item(?: name| description)?$|^subject$|^topic",
        r"^agenda item",
        r"heading|title",
    ),
    "reference": (
        r"^(?:agenda )?(?:item )?(?:no\.?|number|ref(?:erence)?|#)$",
        r"^item[_ ](?:no|number|ref|id)",
        r"^ref",
        r"^(?:agenda )?item$",  # beside a title
    ),
    "description": (r"description", r"detail|summary|recommendation", r"^notes?$"),
    "date": (r"^(?:meeting.?)?date$|date of (?:the )?meeting|^on$",),
    "decision": (r"^for.?decision$", r"^action", r"^purpose$|decision$"),
    "area": (r"^(?:register.?)?area$",),
    "organisation": (r"^(?:affected |name of )?organi[sz]ations?(?: names?| affected| concerned)?$",),
    "practice": (r"^(?:affected |name of )?practices?(?: names?| affected| concerned)?$",),
    "provider": (r"^(?:affected |name of |current |incumbent )?providers?(?: names?| affected| concerned)?$",),
    "supplier": (r"^(?:affected |name of )?suppliers?(?: names?| affected| concerned)?$",),
    "contractor": (r"^(?:affected |name of )?contractors?(?: names?| affected| concerned)?$",),
}
_AFFECTED = ("organisation", "practice", "provider", "supplier", "contractor")
_SUBSTITUTES = {  # what stands in for a missing meaning, where its heading says so
    "text": (("nature", "organisation"), re.compile("")),
    "title": (("description",), re.compile("description|detail|summary")),
}
_NUMBERED = re.compile(r"(?=\S*\d)\S{1,12}|\W*[a-z]{0,3}\W*", re.IGNORECASE)
_TEXTS = {
    "text": (r"^(?:text|declared.?text)$", r"^interest(?:.?text)?$|declared interest"),
    "area": (r"^(?:register.?)?area$",),
}


def read_register(rows: Sequence[Row], name: str) -> tuple[RegisterRow, ...]:
    """Returns the interests in the rows of a register called `name`. A row without a name belongs to the person above.
    Raises BadInput naming the columns looked for and found where the essential one, the interest, is not there."""
    return tuple(line.row for line in register_lines(rows, find_register(rows, name)))


def find_register(rows: Sequence[Row], name: str) -> RegisterColumns:
    """Returns the columns of a register called `name` by what their headings mean. Raises BadInput, naming what was looked for and
    what was found, where no column holds the interest."""
    header, columns = _columns(rows, _REGISTER, ("text",), name)
    below = rows[header + 1] if header + 1 < len(rows) else ()
    headings = _shown_headings(rows[header], below if _is_subheading(below, rows[header]) else ())
    return RegisterColumns(header, headings, columns)


def says_only_nature(found: RegisterColumns) -> bool:
    """Whether the column read as the interest is one of its nature ("GP partner"), for lack of one that is headed as the interest."""
    heading = found.headings[found.columns["text"]].strip(" *:?").lower()
    natures = any(re.search(pattern, heading) for pattern in _REGISTER["nature"])
    return natures and not any(re.search(pattern, heading) for pattern in _REGISTER["text"])


def is_missing_name(found: RegisterColumns) -> bool:
    """Whether a register has no column for the name. A list of texts needs none, nor the form of one person, with its statement."""
    heading = found.headings[found.columns["text"]].strip(" *:?").lower()
    listed = re.search(_REGISTER["text"][0], heading) or any("statement" in each.lower() for each in found.headings)
    return not listed and not {"person", "first"} & found.columns.keys()


def register_lines(rows: Sequence[Row], found: RegisterColumns) -> Iterator[RegisterLine]:
    """Yields the rows under the heading row that hold anything. A row without a name belongs to the person above."""
    person = position = ""
    data = _data(rows, found.header)
    first = (
        found.header + 2 + (found.header + 1 < len(rows) and _is_subheading(rows[found.header + 1], rows[found.header]))
    )
    for number, row in enumerate(data, 1):
        cells = {meaning: _cell(row, column) for meaning, column in found.columns.items()}
        title = cells.get("title", "") if _TITLE.match(cells.get("title", "")) else ""  # or that of a job
        full = " ".join(part for part in (title, cells.get("first", ""), cells.get("person", "")) if part)
        if full and full != person:
            person, position = full, ""
        position = cells.get("position") or position
        if any(cell.strip() for cell in row):
            read = _register_row(number, person, position, cells)
            yield RegisterLine(first + number - 1, read, cells, _unread_dates(cells, read), _dates_of(cells))


def _shown_headings(row: Row, below: Row) -> tuple[str, ...]:
    """The headings as people read them: what stands above a merged cell, then what stands under it."""
    both = [(_cell(row, column), _cell(below, column)) for column in range(max(len(row), len(below)))]
    return tuple(" – ".join(dict.fromkeys(part for part in pair if part)) for pair in both)


def _unread_dates(cells: Mapping[str, str], read: RegisterRow) -> tuple[str, ...]:
    first, last = _dates_of(cells)
    pairs = ((first, read.arose_on), (last, read.ended_on))
    return tuple(text for text, day in pairs if day is None and not _OPEN.match(text))


def read_agenda(rows: Sequence[Row], name: str) -> tuple[AgendaRow, ...]:
    """Returns the items in the rows of an agenda called `name`. Raises BadInput where it has no column of titles."""
    return agenda_rows(rows, find_agenda(rows, name), name)


def find_agenda(rows: Sequence[Row], name: str) -> AgendaColumns:
    """Returns the columns of an agenda called `name` by what their headings mean; one that holds nothing but numbers is no title.
    Raises BadInput, naming what was looked for and what was found, where no column holds the title or the description."""
    header, columns = _columns(rows, _AGENDA, ("title",), name)
    headings = _shown_headings(rows[header], ())
    title = columns["title"]
    told = [cell for row in _data(rows, header) if (cell := _cell(row, title))]
    if not told or not all(_NUMBERED.fullmatch(cell) for cell in told):
        return AgendaColumns(header, headings, columns)
    numbered = list(rows)
    numbered[header] = [cell if column != title else "No." for column, cell in enumerate(rows[header])]
    try:
        again, columns = _columns(numbered, _AGENDA, ("title",), name)
    except BadInput:
        again = -1
    if again != header:
        raise BadInput(missing_words(rows, ("title",), name))
    return AgendaColumns(header, headings, columns)


def agenda_rows(rows: Sequence[Row], read: AgendaColumns, name: str) -> tuple[AgendaRow, ...]:
    """Returns the items under the heading row of an agenda. Raises BadInput, naming the line, for a date that is none."""
    found = []
    for number, row in enumerate(_data(rows, read.header), 1):
        cells = {meaning: _cell(row, column) for meaning, column in read.columns.items()}
        if cells["title"]:
            found.append(
                AgendaRow(
                    number=number,
                    reference=cells.get("reference", "") or str(number),
                    title=cells["title"],
                    description=cells.get("description", ""),
                    on=_date(cells.get("date", ""), name, read.header + number + 1),
                    for_decision=_decides(cells.get("decision", "")),
                    area=cells.get("area", ""),
                    organisations="; ".join(cells[each] for each in _AFFECTED if cells.get(each)),
                )
            )
    return tuple(found)


def find_texts(rows: Sequence[Row], name: str) -> tuple[tuple[str, str], ...]:
    """Returns (text, area) of each row of a file of declared texts: columns `text` or `declared_text`, and perhaps `area`."""
    header, columns = _columns(rows, _TEXTS, ("text",), name)
    return tuple((_cell(row, columns["text"]), _cell(row, columns.get("area"))) for row in _data(rows, header))


REGISTER_SIGNS = (
    r"\bname\b", r"position|job title|post\b", r"interest", r"declar", r"^non.?financial|^financial", r"^(?:date )?(?:from|to)$",
    r"direct", r"mitigat|action taken",
)  # fmt: skip
AGENDA_SIGNS = (
    r"\bitem\b|^item_", r"^title$|^subject$|^topic", r"^(?:no\.?|number|ref(?:erence)?|#)$", r"^purpose$|decision|^action$",
    r"\btime\b|^lead$|present",
    r"\bpapers?\b|enclosure|attachment",
)  # fmt: skip
"""What headings of a register, and of an agenda, speak of."""


def signs_in(rows: Sequence[Row], signs: Sequence[str]) -> int:
    """Returns how many of `signs` the headings of a sheet show, in the row that shows most."""
    rows = [_headings(row, ()) for row in rows[:_SEARCHED_ROWS] if sum(bool(cell.strip()) for cell in row) > 1][:3]
    return max((sum(any(re.search(sign, cell) for cell in row) for sign in signs) for row in rows), default=0)


_Meanings = Mapping[str, tuple[str, ...]]


def _columns(
    rows: Sequence[Row], meanings: _Meanings, essential: Iterable[str], name: str
) -> tuple[int, dict[str, int]]:
    """Finds the header row: the one whose cells, with sub-headings under merged cells, answer to most meanings."""
    best: tuple[int, int, dict[str, int]] = (0, 0, {})
    for number, row in enumerate(rows[:_SEARCHED_ROWS]):
        below = rows[number + 1] if number + 1 < len(rows) else ()
        headings = _headings(row, below if _is_subheading(below, row) else ())
        found = _meanings(headings, meanings)
        for meaning in essential:
            others, says = _SUBSTITUTES[meaning]
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
    cells = [_cell(below, column) or _cell(row, column) for column in range(width)]
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


def missing_words(rows: Sequence[Row], essential: Iterable[str], name: str) -> str:
    """Returns the sentence that names the columns looked for in vain, and those that were found."""
    wanted = {
        "person": "the name (such as “Name” or “Member”)",
        "text": "the declared interest (such as “Declared interest” or “Interest”)",
        "title": "the item’s title or description (such as “Title” or “Description”)",
    }
    header = next((row for row in rows if sum(bool(cell.strip()) for cell in row) > 1), rows[0] if rows else ())
    seen = ", ".join(f"“{cell.strip()}”" for cell in header if cell.strip()) or "no headings"
    looked = " and ".join(wanted.get(meaning, meaning) for meaning in essential)
    return f"{name} has no column for {looked}. The columns found are {seen}"


def _data(rows: Sequence[Row], header: int) -> Sequence[Row]:
    """What stands under the header row; the row of sub-headings of merged cells is none of it."""
    following = list(rows[header + 1 :])
    if following and _is_subheading(following[0], rows[header]):
        following = following[1:]
    while following and not any(cell.strip() for cell in following[-1]):
        following.pop()
    return following


_SUBHEADING = re.compile(
    r"(?:date )?from|(?:date )?to|(?:non.?)?financial[\w -]*|(?:in)?direct|professional|personal|[\w -]*personal interests?"
)


def _is_subheading(row: Row, above: Row) -> bool:
    """Whether a row only says more of the headings above it. A cell that repeats the heading above is one merged downwards."""
    told = [
        cell.strip().lower()
        for column, cell in enumerate(row)
        if cell.strip() and cell.strip().lower() != _cell(above, column).lower()
    ]
    return bool(told) and all(
        re.fullmatch(r"from|to|(?:non-?)?financial.*|direct|indirect|.*interests?|professional|personal", cell)
        for cell in told
    )


def _cell(row: Row, column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


def _register_row(number: int, person: str, position: str, cells: Mapping[str, str]) -> RegisterRow:
    text, nature = cells.get("text", ""), cells.get("nature", "")
    if nature and not is_nil(nature) and nature.lower() not in text.lower():
        text = f"{nature} - {text}" if text and not is_nil(text) else nature
    where = cells.get("organisation", "")
    if where and text and not is_nil(text) and not is_nil(where) and where.lower() not in text.lower():
        text = f"{where} - {text}"
    arose, ended = _dates_of(cells)
    return RegisterRow(
        number=number,
        person=person,
        position=position,
        text=text,
        interest_type=_type(cells),
        directness=_directness(cells),
        arose_on=None if _OPEN.match(arose) else read_date(arose),
        ended_on=None if _OPEN.match(ended) else read_date(ended, at_end=True),
        area=cells.get("area", ""),
    )


def _dates_of(cells: Mapping[str, str]) -> tuple[str, str]:
    """What the columns of dates say of from and to; one column may say both."""
    first, _, last = re.sub(r"\s+(?:to|-|–|until)\s+", "→", cells.get("date", "")).partition("→")
    return cells.get("from", "") or first, cells.get("to", "") or last


def _type(cells: Mapping[str, str]) -> InterestType | None:
    told = (_told_type(cells.get(column, "").lower()) for column in ("types", "pecuniary"))
    return next((meaning for meaning in (*ticks_in(cells), *told) if meaning is not None), None)


def unclear_type(cells: Mapping[str, str]) -> str:
    """Returns the meaning of the column in which a row says no more of its type than "personal": registers before 2017 mean somebody's
    own money by it, or the opposite of pecuniary. Empty where a row says it plainly, or not at all."""
    if ticks_in(cells):
        return ""
    for column in ("types", "pecuniary"):
        told = cells.get(column, "").strip().lower()
        if _told_type(told) is not None:
            return ""
        if _ONLY_PERSONAL.fullmatch(told):
            return column
    return ""


def ticks_in(cells: Mapping[str, str]) -> tuple[InterestType, ...]:
    """Returns the types whose columns a row ticks."""
    known = (InterestType.FINANCIAL, InterestType.PROFESSIONAL, InterestType.PERSONAL)
    return tuple(each for each in known if is_ticked(cells.get(each.value, "")))


def is_ticked(cell: str) -> bool:
    """Whether a cell holds a tick, as people type them: ✓, x, Y, yes."""
    return bool(_TICK.match(cell))


_ONLY_PERSONAL = re.compile(r"(?:non.?)?personal(?: interests?)?")


def _told_type(told: str) -> InterestType | None:
    if _ONLY_PERSONAL.fullmatch(told.strip()):
        return None
    if re.search(r"non.?pecuniary", told) or ("non" in told and "personal" in told and "pecuniary" not in told):
        return InterestType.PERSONAL
    if ("non" in told and "prof" in told) or "patent" in told:
        return InterestType.PROFESSIONAL
    says = ("financial", "pecuniary", "employment", "shareholding", "private practice")
    return InterestType.FINANCIAL if any(word in told for word in says) else None


def _directness(cells: Mapping[str, str]) -> Directness | None:
    told = f"{cells.get('direct', '')} {cells.get('types', '')}".lower()
    if "indirect" in told or "other" in cells.get("direct", "").lower():
        return Directness.INDIRECT
    return Directness.DIRECT if "direct" in told or "self" in told else None


def _date(text: str, name: str, row: int) -> date | None:
    if not text:
        return None
    found = read_date(text)
    if found is None:
        raise BadInput(f"{name}: “{text}” is not a date. Enter dates such as 31/01/2024", line=row)
    return found


_FOR_INFORMATION = re.compile(
    r"^(?:n|no|false)$|\bnot(?:e|ing|ed)\b|information|assurance|\breceive|^discussion$|verbal"
)


def _decides(text: str) -> bool | None:
    told = text.strip().lower()
    if not told:
        return None
    return not _FOR_INFORMATION.search(told)
