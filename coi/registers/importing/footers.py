"""The foot of a form under its table: where it is signed and dated, what it states, and where it speaks of consent. Pure."""

import re
from collections.abc import Mapping, Sequence

from coi.screening.cells import dates_of, type_in
from coi.screening.headings import cell_of
from coi.screening.interest_text import read_date

Row = Sequence[str]
_LABEL = (
    r"(?:[\s(,/&-]+(?:by|of|on|for|the|and|behalf|date|dated|name|signed|signature|declarant|employee|individual|member|applicant|staff|line"
    r"|manager|officer|register))*"
)
_SIGNED = re.compile(
    rf"^\W*(?:(?:counter-?)?signed|signature|(?:line|senior) manager|received|entered on)\b(?:[^:]{{0,40}}:|{_LABEL}\W*$)"
    r"|^\W*(?:for office use|please return|return (?:this|to))\b[^:]{0,40}(?::|\W*$)"
    r"|^\W*date(?: signed| received)?\s*:|^\W*print(?:ed)? name\b",
    re.IGNORECASE,
)
"""What is signed ends with a colon or stands alone: an interest in "Signature Care Ltd" does neither."""
_BESIDE = re.compile(r"^\W*(?:name|position|date|role|job title)\s*:", re.IGNORECASE)  # once somebody has signed
_STATES = re.compile(
    r"\bI (?:confirm|acknowledge|understand|declare|certify|am aware)\b|\binformation (?:submitted|provided|given)\b|\bdata protection\b"
    r"|\bdecision.making staff should\b|^\W*this is where an individual\b|^\W*(?:please )?see (?:the )?(?:reverse|over|guidance|notes?)\b",
    re.IGNORECASE,
)
_STATES_NIL = re.compile(r"\b(?:no|nil|any)(?: \w+){0,2} interests?\b|nothing to declare", re.IGNORECASE)
_NO_OTHER_CONSENT = r"(?![^.]*(?:fraud|verif))"
CONSENT = re.compile(
    rf"^\W*(?:give |no )?consent\b{_NO_OTHER_CONSENT}|\bI\b[^.]{{0,60}}\b(?:do|not|give|giving)\b[^.]*\bconsent\b{_NO_OTHER_CONSENT}"
    rf"|\bI (?:\w+ly |hereby )?consent\b{_NO_OTHER_CONSENT}|\bmy consent\b{_NO_OTHER_CONSENT}"
    rf"|\bdoes not (?:give )?consent\b{_NO_OTHER_CONSENT}"
    rf"|\b(?:do you|tick)\b[^.]*\bconsent\b{_NO_OTHER_CONSENT}"
    r"|\bI\b[^.]*\b(?:agree|happy|content|wish|want|object|permission)\b[^.]*\bpubli|\b(?:do|are|may|can) (?:you|we)\b[^.]*\bpubli"
    r"|^\W*(?:permission|agree|happy|ok(?:ay)?)\b[^.:?]{0,60}\bpubli[^.:?]{0,60}[:?]"
    r"|\b(?:do not|don.t|(?:is|are|be|was|were) not|not (?:to )?be|not to have|never)\b[^.:?]{0,40}"
    r"\b(?:publi\w+|disclos\w+|(?:on|to) the (?:website|internet))"
    r"|\bnot for (?:general |public )?(?:publication|disclosure|release)\b|\bpublication (?:is |was )?(?:refused|declined|withheld)\b"
    r"|\bI (?:refuse|decline|oppose)\b[^.:?]{0,30}\b(?:publi\w+|disclos\w+)"
    r"|\b(?:please|kindly)\b[^.:?]{0,30}\b(?:withhold|redact|anonymi[sz]e)\b"
    r"|\b(?:please|kindly)\b[^.:?]{0,20}\b(?:keep|leave|remove|omit|take)\b[^.:?]{0,40}\b(?:private|confidential|secret|off|out|from the)\b"
    r"|\b(?:name|address|details|entry|interests?)\b[^.:?]{0,20}\b(?:to|must|should) be (?:withheld|redacted|kept)\b"
    r"|\bmy (?:details|name|interests?)\b[^.:?]{0,30}\bwithheld\b"
    r"|^\W*publication\s*(?::|\?)|^\W*(?:may|can|should|shall) (?:this|these|it|my|the)\b[^.:?]{0,60}\bpubli[^.:?]{0,40}\?"
    r"|^\W*published\s*\?|^\W*publish\b(?![^:?]*\b(?:date|by|from|until)\b)[^.:?]{0,60}[:?]",
    re.IGNORECASE,
)
"""Where a cell speaks of consent to publication, from the sentence on that does."""
REASONS = re.compile(r"(?:\bif\b[^.:]*)?(?:\bplease\b[^.:]*)?\breasons?\b[^.:]*:", re.IGNORECASE)
"""Where a cell asks why consent is not given."""
_REASONS_ALONE = re.compile(
    r"^\W*(?:if\b[^.:]*|please\b[^.:]*|the |my )?reasons?(?:\s+(?:for|why|if|not|consent\w*|refus\w+|giv\w+|withh\w+|publi\w+|to|is|no|any"
    r"|the|below|here))*\s*:?\W*$|^\W*reasons?\b[^.:]{0,60}:",
    re.IGNORECASE,
)


def speaks_of_consent(text: str) -> bool:
    """Whether a cell says something of consent to publication, or of the reasons against it: it is no interest."""
    return bool(CONSENT.search(text) or asks_reasons(text))


def asks_reasons(text: str) -> bool:
    """Whether a cell only asks for reasons: "Reasons:", "If not, please give reasons"."""
    return bool(_REASONS_ALONE.match(text))


def is_of_foot(text: str) -> bool:
    """Whether a row that begins so belongs to the foot of a form, and answers nothing that stands above it."""
    return bool(_SIGNED.match(text) or _BESIDE.match(text) or states(text))


def states(text: str) -> bool:
    """Whether a text is what a form states for everybody, such as its notice of data protection. That nothing is declared is no such."""
    return bool(_STATES.search(text)) and not _STATES_NIL.search(text)


def foot_of(rows: Sequence[Row], header: int, columns: Mapping[str, int] | None = None) -> dict[int, str]:
    """Returns the rows under a table that are the foot of its form, with how each begins: the last ones, of which each is signed, dated, a
    statement or about consent. A row that says anything else ends the foot upwards: it is an interest. In the form of one person
    (`columns`, without names) a label with what was entered beside it is none, and all below where its foot begins belongs to it."""
    filled = {
        number: [cell.strip() for cell in rows[number] if cell.strip()] for number in range(header + 1, len(rows))
    }
    found: dict[int, str] = {}
    for number in reversed([each for each in filled if filled[each]]):
        if len(set(filled[number])) > 6 or not _belongs(filled[number]):
            break
        found[number] = filled[number][0]
    if columns is not None and not {"person", "first"} & columns.keys():
        last = max((each for each in filled if filled[each] and _is_row(rows[each], columns)), default=header + 1)
        below = [each for each in filled if each > last and filled[each]]
        begins = next(
            (each for each in below if _begins(filled[each]) or any(map(CONSENT.search, filled[each]))), len(rows)
        )
        found |= {each: filled[each][0] for each in filled if each >= begins and filled[each]}
    begun = any(_begins([text]) or any(map(CONSENT.search, filled[each])) for each, text in found.items())
    return dict(sorted(found.items())) if begun else {}


def _begins(filled: Sequence[str]) -> bool:
    """Whether a foot can begin with a row: nothing else of a form looks so."""
    is_statement = len(set(filled)) == 1 and states(filled[0])
    return bool(_SIGNED.match(filled[0]) or CONSENT.search(filled[0])) or is_statement


def _belongs(filled: Sequence[str]) -> bool:
    return _begins(filled) or bool(_BESIDE.match(filled[0])) or asks_reasons(filled[0])


def _is_row(row: Row, columns: Mapping[str, int]) -> bool:
    """Whether a row looks like one of the table: it says a type and an interest, or a day in the column of days."""
    cells = {meaning: cell_of(row, column) for meaning, column in columns.items()}
    first = next((cell.strip() for cell in row if cell.strip()), "")
    if is_of_foot(first) or speaks_of_consent(first) or states(cells.get("text", "")):
        return False
    if not (cells.get("text") or cells.get("nature")):
        return False
    return type_in(cells) is not None or any(read_date(each) for each in dates_of(cells) if each)
