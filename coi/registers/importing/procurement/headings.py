"""What the headings of a register of procurement decisions are called, and whether a sheet is one. Pure."""

import re
from collections.abc import Mapping, Sequence

from coi.screening.headings import RegisterColumns, Row, cell_of, find_columns, signs_in

_WHAT = r"(?:contract|service|procurement|scheme|project)"
_WHO = r"(?:suppliers?|providers?|contractors?|bidders?|company|organi[sz]ations?)"
_OURS = r"(?:ccgs?|icbs?|body|trust|commissioners?|your organi[sz]ation|us)"
PROCUREMENT: Mapping[str, tuple[str, ...]] = {  # field of the register → what its heading says; the narrower meanings first
    "reference": (
        rf"^(?:(?:{_WHAT}|decision|register|tender|unique|entry) )*(?:ref(?:erence)?|no|number|id)\b\.?(?: ?(?:no|number|code|id)\.?)?$",
    ),
    "notice": (r"\bnotice\b|find a tender|contracts finder",),
    "cpv": (r"\bcpv\b",),
    "decided": (
        r"^date (?:of |contract |was |when )*(?:the )?(?:decision|decided|approv|award|agreed|committee|meeting)",
        r"\b(?:decision|approval|award|awarded|approved|decided|agreed|meeting) (?:date|on)$",
        r"^date$",
    ),
    "starts": (r"^from$|^date from|\bstart|commenc",),
    "ends": (r"^to$|^date to|\bend(?:s|ing)?\b(?: date| on)?$|expir|terminat",),
    "period": (rf"^(?:{_WHAT} )?(?:period|term|duration|length|dates?)\b",),
    "value_body": (
        rf"^(?!.*\btotal).*(?:value|cost|share|£|amount).*\b(?:to|for|of)\b.*\b{_OURS}\b",
        rf"^(?!.*\btotal).*\b{_OURS}\b.*\b(?:value|share|cost)|^(?:to|for) (?:the )?{_OURS}\b",
    ),
    "value_total": (
        r"(?:total|whole|full|lifetime|overall).*\b(?:value|cost|spend)|(?:value|cost).*\btotal|^total\b",
        r"^(?!.*(?:annual|per annum|yearly|p\.?a\.?\b)).*(?:\bvalue|\bcost\b|^amount|^price|\bspend\b)",
    ),
    "justification": (r"justif|^reasons? for (?:the )?actions?",),
    "mitigations": (
        r"^(?:actions?|steps|measures)\b(?!.*award)",
        r"^(?!.*(?:summary|declared|noted)).*mitigat",
        r"^(?!.*\b(?:summary|noted|declared|and how)\b).*\bconflicts?\b.*\bmanage(?:d|ment)\b",
        r"^management of|^(?!.*\b(?:summary|and how)\b).*\bhow\b.*\bmanaged",
    ),
    "conflicts": (r"conflict", r"interests? (?:declared|noted)|declared interests?|declarations? of interests?"),
    "involved": (r"decision.?makers?|involved|\bpanel\b|evaluators?",),
    "committee": (
        r"^(?:name of )?(?:the )?(?:decision.?making |approving |deciding )?(?:committee|board|meeting|group)(?: name)?$",
        r"^(?:approved|decided|agreed) (?:by|at)$|^decision (?:made |taken )?by$",
    ),
    "process": (r"decision.?making|decision process|(?:governance|approval) (?:route|process)|committee",),
    "existing": (r"existing|\bnew\b|^(?!.*(?:options?|period|duration)).*extension|variation",),
    "supplier": (
        rf"contracts? awarded|awarded (?:to|{_WHO})|award to",
        rf"^(?:name of )?(?:the )?(?:successful |winning |chosen |selected |awarded )*{_WHO}\b(?!.*(?:address|code))",
    ),
    "address": (r"address",),
    "code": (r"^(?:supplier|provider|ods|organi[sz]ation)(?:'?s)? (?:ods )?code$|^ods$",),
    "route": (
        rf"\broute\b|(?:{_WHAT}|tender|award|selection|sourcing) (?:process|method|procedure)|^(?:process|procedure|method)$",
        rf"how (?:the )?{_WHO} (?:was|were) (?:chosen|selected)|direct award",
    ),
    "reasons": (r"^reasons?\b|rationale|^why\b",),
    "type": (rf"^(?:{_WHAT} )?type\b|collaborative|^type of {_WHAT}",),
    "lead": (r"clinical lead|lead clinician|^clinical\b",),
    "manager": (rf"(?:{_WHAT}|commissioning|senior) (?:manager|lead|owner|officer)|^manager|^lead\b|responsible (?:officer|manager)",),
    "title": (
        r"title",
        rf"^name of (?:the )?{_WHAT}|^{_WHAT}(?: ?/ ?{_WHAT})?(?: name)?$",
        r"details? of (?:the )?(?:procurement )?decision|^(?:procurement )?decision$",
    ),
    "description": (r"description|^details?\b|summary|^scope|^purpose", r"^decision\b"),
    "representations": (r"representation",),
    "comments": (r"comment|^notes?\b|remark|other information",),
}  # fmt: skip
MEANINGS = tuple(PROCUREMENT)
"""What a column of a register of procurement decisions may hold."""
ESSENTIAL = "the title of the contract or service (such as “Contract/service title”)"
_SIGNS = (
    rf"{_WHAT}.*title|^title", r"procurement", r"decision.?mak|committee|decision$|involved", r"conflict", r"mitigat|managed|justif",
    rf"contracts? awarded|award|^{_WHO}\b", r"value|£", r"clinical lead|contract manager", r"existing", rf"^{_WHAT}\b",
)  # fmt: skip
_OF_PEOPLE = (
    r"declared interest$|(?<!conflicts of )(?<!conflict of )interest declared$|direct or indirect|non.?financial",
    r"(?:nature|type|details?) of (?:the )?interest",
    r"gifts?\b|hospitality|\boffer(?:ed)?\b|offeror|declined",
)
_ENOUGH = 3
_MOST_LINES, _MOST_BESIDE = 60, 30  # of a form


def is_of_procurements(rows: Sequence[Row]) -> bool:
    """Whether a sheet is a register of procurement decisions, by what its headings speak of; one of people's interests or gifts is none."""
    return signs_in(rows, _SIGNS) >= _ENOUGH and not signs_in(rows, _OF_PEOPLE)


def as_table(rows: Sequence[Row]) -> list[list[str]] | None:
    """Returns a form whose headings stand in its first column, as a notice is filled in, as the table that it would be; None for any
    other sheet."""
    width = max(map(len, rows), default=0)
    if not 2 <= width <= _MOST_BESIDE or not 3 <= len(rows) <= _MOST_LINES or is_of_procurements(rows):
        return None
    turned = [[cell_of(row, column) for row in rows] for column in range(width)]
    return turned if is_of_procurements(turned[:1]) else None


def find_procurements(rows: Sequence[Row], name: str) -> RegisterColumns:
    """Returns the columns of a register of procurement decisions. Raises BadInput, naming what was looked for and what was found."""
    return find_columns(rows, PROCUREMENT, {"title": ESSENTIAL}, name)


def asks_whether_existing(heading: str) -> bool:
    """Whether a heading asks whether the provider is the existing one, as the notices of 2024 do."""
    return bool(re.search(rf"existing {_WHO}", heading, re.IGNORECASE))
