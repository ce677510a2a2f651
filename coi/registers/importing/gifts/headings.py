"""What the headings of a register of gifts and hospitality are called, and whether a sheet is one. Pure."""

import re
from collections.abc import Mapping, Sequence

from coi.errors import BadInput
from coi.screening.heading_words import GIFT_SIGNS, NO_GIFT_SIGNS, REGISTER
from coi.screening.headings import RegisterColumns, Row, cell_of, find_columns, rows_below, signs_in
from coi.screening.interest_text import is_nil

_WHO = r"(?:suppliers?|offerors?|donors?|givers?|providers?|contractors?|sponsors?|hosts?|compan(?:y|ies)|firms?|organi[sz]ations?)"
_IT = r"(?:the )?(?:gifts?|hospitality|offers?|items?|sponsorship)"
_IT = rf"{_IT}(?:(?: ?/ ?| or | and |, ){_IT})*"
_KIND = (
    rf"^(?:type|kind|category|nature)(?: of)?(?: {_IT})?(?: offered| received)?$",
    r"^gifts? ?(?:/|or|and) ?hospitality(?: ?(?:/|or|and) ?sponsorship)?\??$",
)
GIFTS: Mapping[str, tuple[str, ...]] = {  # field of the register → what its heading says; the narrower meanings first
    "previous": (r"\bprevious|\bearlier|\bprior offers?",),
    "offered": (
        r"\bdate\b.*\boffer(?!or|ed by)|\boffer(?:ed)?\b.*\b(?:date|on)$",
        r"^date(?: ?\(.*\))?$|^date of (?:the )?(?:gift|hospitality|event|occasion)|^event date$",
        r"^when(?: (?:it )?(?:was|were) (?:it )?offered| offered)?$",
    ),
    "received": (r"\bdates?\b.*\b(?:recei|accept)|\b(?:recei(?:ved|pt)|accepted)\b.*\b(?:date|on)$|^receipt$",),
    "declared": (
        r"\bdate\b.*(?:declar|register|record|report|submit|entered|notif)|(?:declar\w*|register\w*|record\w*) (?:date|on)$|^declared$",
    ),
    "approved_on": (r"\bdate\b.*(?:approv|authori[sz])|(?:approv\w*|authori[sz]\w*) (?:date|on)$",),
    "reason": (r"\breasons?\b(?!.*(?:publi|consent|withh))|\bwhy\b|justif|rationale",),
    "consent": REGISTER["consent"],
    "withheld": REGISTER["withheld"],
    "value": (r"\bvalue|\bcost\b|\bamount|\bworth\b|^£|\bprice\b",),
    "source": (rf"(?:type|kind|category) of {_WHO}|{_WHO} (?:type|category)$|relationship",),
    "code": (r"^(?:supplier|offeror|donor|provider|ods|organi[sz]ation)(?:'?s)? (?:ods )?code$|^ods$",),
    "offeror": (
        r"\boffered by\b|\b(?:received|given) (?:from|by)\b|^(?:from|by) (?:whom|who)\b|^by whom\b|^from$",
        rf"\b{_WHO}\b(?!.*(?:\bbusiness\b)).*|^source\b",
        rf"\b{_WHO}\b",
    ),
    "business": (r"\bbusiness\b",),
    "first": REGISTER["first"],
    "person": (
        r"\brecipient|\brecei(?:ved|ving) by\b|\boffered to\b|^to whom\b",
        *REGISTER["person"][:3],
        r"\bname\b",
        r"^(?:staff|officer|individual)\b",
    ),
    "position": (*REGISTER["position"], r"^(?:role|post|team|department|directorate)\b"),
    "email": REGISTER["email"],
    "declined": (r"^(?:declined|refused|rejected|returned)\??$",),
    "response": (r"accept|declin|refus|\boutcome\b|^response|^action|^decision|^status$|what (?:happened|became)",),
    "approved": (r"approv|authori[sz]|review|(?:line )?manager",),
    "kind": _KIND,
    "details": (
        r"details?\b|description|^what\b",
        rf"^(?:name of )?{_IT}(?: offered| received| given)*(?: ?/ ?(?:offered|received))?$",
        r"\bgifts?\b|hospitality",
    ),
    "comments": (r"comment|^notes?\b|remark|other information|circumstances",),
}  # fmt: skip
GIFT_MEANINGS = tuple(GIFTS)
"""What a column of a register of gifts and hospitality may hold."""
_ESSENTIAL = {
    "person": "the name of the recipient (such as “Name”)",
    "details": "what was offered (such as “Details of gift or hospitality”)",
}
_KINDS = (
    r"(?:gifts?|hospitality|sponsorship|donations?|cash|vouchers?|meals?|travel|accommodation|promotional(?: items?)?)"
)
IS_KIND = re.compile(rf"\W*{_KINDS}(?:(?: ?[/&,] ?| or | and ){_KINDS})*\W*", re.IGNORECASE)
_GIFT_OR_HOSPITALITY = re.compile(r"gift|hospitality", re.IGNORECASE)
_NAMED = (r"\bgifts?\b|hospitality",)
_OF_INTERESTS = (r"interest|^pecuniary|^(?:in)?direct\b",)
_ENOUGH = 4


def is_of_gifts(rows: Sequence[Row]) -> bool:
    """Whether a sheet is a register of gifts and hospitality, by what its headings speak of, or its column of kinds; one of interests is
    none."""
    signs = signs_in(rows, GIFT_SIGNS)
    is_named = bool(signs_in(rows, _NAMED))
    if signs_in(rows, _OF_INTERESTS):
        return False
    if signs_in(rows, NO_GIFT_SIGNS) and not (is_named and signs >= _ENOUGH):
        return _says_kinds(rows)
    return signs >= (_ENOUGH - 1 if is_named else _ENOUGH) or _says_kinds(rows)


def may_be_of_gifts(rows: Sequence[Row]) -> bool:
    """Whether some headings of a sheet that is no register of interests speak of gifts or offers."""
    return signs_in(rows, GIFT_SIGNS) >= _ENOUGH - 2 and not signs_in(rows, _OF_INTERESTS)


def _says_kinds(rows: Sequence[Row]) -> bool:
    """Whether a sheet has the columns of gifts and hospitality, and most rows say of their kind that they are such."""
    try:
        found = find_columns(rows, GIFTS, {**_ESSENTIAL, "kind": "the kind"}, "")
    except BadInput:
        return False
    cells = (cell_of(row, found.columns["kind"]) for row in rows_below(rows, found.header))
    told = [cell for cell in cells if not is_nil(cell)]
    kinds = list(filter(IS_KIND.fullmatch, told))
    return 2 * len(kinds) > len(told) and any(map(_GIFT_OR_HOSPITALITY.search, kinds))


def find_gifts(rows: Sequence[Row], name: str) -> RegisterColumns:
    """Returns the columns of a register of gifts and hospitality; where only a column of kinds says what was offered, that is what it
    holds. Raises BadInput, naming what was looked for and what was found."""
    try:
        return find_columns(rows, GIFTS, _ESSENTIAL, name)
    except BadInput:
        bare = {meaning: patterns for meaning, patterns in GIFTS.items() if meaning != "kind"}
        return find_columns(rows, {**bare, "details": (*GIFTS["details"], *_KIND)}, _ESSENTIAL, name)
