"""What single cells of a register of procurement decisions say: sums, suppliers, what was decided, whose contract, which route. Pure."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from coi.registers.procurement.suppliers import supplier_of
from coi.registers.procurement.vocabulary import Arrangement, Outcome, Route, Supplier
from coi.screening.cells import OPEN
from coi.screening.interest_text import is_nil, read_date
from coi.screening.segments import mentions

MOST = Decimal(999_999_999)
_SUM = re.compile(
    r"£?\s*([0-9][0-9, ]*(?:\.[0-9]+)?)\s*(million|m|thousand|k)?(?:\s*(?:in )?total)?\s*\.?", re.IGNORECASE
)
_TIMES = {"million": 1_000_000, "m": 1_000_000, "k": 1000, "thousand": 1000}
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|\([a-z]\)|[-–—•*▪])\s+")
_OUTCOMES = (
    (Outcome.ABANDONED, r"abandon|cancelled|terminated before"),
    (Outcome.NOT_AWARDED, r"not (?:been )?award|no award|not to award|no contract"),
    (Outcome.INTENDED, r"\bintend|\bintention"),
    (Outcome.VARIED, r"\bvari(?:ation|ed)\b|\bcvn?\b|modif"),
    (Outcome.EXTENDED, r"exten(?:d|sion)|\brenew|roll(?:ed)?[ -]?over"),
    (Outcome.AWARDED, r"^\W*new\b|\bnew (?:contract|procurement|service|award)"),
)
_EITHER = re.compile(r"\bnew ?(?:/|or) ?existing|existing ?(?:/|or) ?new", re.IGNORECASE)
_BARE = re.compile(
    r"\W*(?:new|existing|extended|extension|variation|varied|renewal|abandoned|not awarded)(?: (?:contract|procurement|service|award))?\W*",
    re.IGNORECASE,
)
_ROUTES = (
    (Route.DIRECT_A, r"direct award process a\b|\bdap ?a\b"),
    (Route.DIRECT_B, r"direct award process b\b|\bdap ?b\b"),
    (Route.DIRECT_C, r"direct award process c\b|\bdap ?c\b"),
    (Route.MOST_SUITABLE, r"most suitable provider|\bmsp\b"),
    (Route.URGENT, r"urgent (?:award|modification)"),
    (Route.ANY_QUALIFIED, r"any qualified|\baqp\b"),
    (Route.FRAMEWORK, r"framework|call.?off|mini.?competition"),
    (Route.SINGLE_TENDER, r"single tender|\bst[aw]\b|tender waiver|single (?:source|action|quot)"),
    (
        Route.COMPETITIVE,
        r"competiti(?:ve|on)|(?:open|restricted) (?:tender|procedure)|(?:full|formal) (?:tender|procurement)",
    ),
)  # fmt: skip
_OWN = re.compile(
    r"^\W*(?:(?:ccg|icb|body|own|sole|single|local)(?:[’']?s)?)(?: own)?(?: (?:procurement|contract|commissioned|only))*\W*$",
    re.I,
)
_SHARED = re.compile(r"collab|\bjoint|\bshared\b|lead commission|with (?:partners|others)|on behalf", re.IGNORECASE)
_BARE_SHARED = re.compile(
    r"\W*(?:collaborative|joint|shared)(?: (?:procurement|contract)(?: with (?:partners|others))?)?\W*", re.IGNORECASE
)
_WHOLE_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\.?,?\s+(?:19|20)\d\d\b|\b\d{1,2}[/.-]\d{1,2}[/.-](?:(?:19|20)\d\d|\d\d)\b"
    r"|\b(?:19|20)\d\d-\d\d-\d\d\b"
)


def is_blank(cell: str) -> bool:
    """Whether a cell says nothing: empty, "n/a", "TBC", "not known"."""
    return is_nil(cell) or bool(OPEN.match(cell))


def sum_in(cell: str) -> Decimal | None:
    """Returns the one sum that a cell is; None for "£12,000 a year", "£4 per patient" and the like, which are not the whole value."""
    found = _SUM.fullmatch(cell.strip())
    if not found:
        return None
    amount = Decimal(re.sub(r"[, ]", "", found[1])) * _TIMES.get((found[2] or "").lower(), 1)
    amount = amount.quantize(Decimal("0.01"))
    return amount if amount <= MOST else None


def suppliers_in(cell: str, address: str = "", code: str = "") -> tuple[Supplier | None, tuple[str, ...]]:
    """Returns who has the contract by a cell, which may go on with their address, and who else is named on lines of their own."""
    if is_blank(cell) or re.match(r"\W*not (?:yet )?awarded\b", cell, re.IGNORECASE):
        return None, ()
    named: list[str] = []
    for line in (each.strip() for each in re.split(r"[\n;]", cell) if each.strip()):
        is_one = not named or _NUMBERED.match(line) or any(each.has_type for each in mentions(line))
        plain = _NUMBERED.sub("", line)
        if is_one:
            named.append(plain)
        else:
            named[-1] = f"{named[-1].rstrip(',')}, {plain}"
    first, _value = supplier_of(named[0])
    told = ", ".join(part.strip() for part in address.splitlines() if part.strip())
    first = replace(first, address=first.address or ("" if is_blank(told) else told), code=first.code or code)
    return first, tuple(named[1:])


def outcome_in(cell: str, *, has_supplier: bool) -> tuple[Outcome | None, str]:
    """Returns what was decided by the column "existing or new", and what it says besides. "Existing" alone may be an extension or a
    variation: then nothing is taken."""
    if is_blank(cell):
        return None, ""
    found = next((each for each, words in _OUTCOMES if re.search(words, cell, re.IGNORECASE)), None)
    if _EITHER.search(cell) or (found is Outcome.AWARDED and not has_supplier):
        found = None
    return found, "" if found and _BARE.fullmatch(cell) else cell


def arrangement_in(cell: str) -> tuple[Arrangement | None, str]:
    """Returns whose contract it is by the column of types, and what it says besides."""
    if is_blank(cell):
        return None, ""
    if _OWN.match(cell):
        return Arrangement.OWN, ""
    if _SHARED.search(cell):
        return Arrangement.COLLABORATIVE, "" if _BARE_SHARED.fullmatch(cell) else cell
    return None, cell


def route_in(cell: str) -> Route | None:
    """Returns the route that a cell names; None where it names none for certain, such as "direct award" alone."""
    return next((each for each, words in _ROUTES if re.search(words, cell, re.IGNORECASE)), None)


def days_in(text: str) -> set[date]:
    """Returns the whole days that a text names."""
    return {found for each in _WHOLE_DAY.findall(text) if (found := read_date(each))}


def conflicts_in(cell: str) -> str:
    """Returns the summary of conflicts that a cell gives: empty where it is blank, and "None" with its own words where it says "n/a"."""
    plain = cell.strip()
    if not any(letter.isalpha() for letter in plain):
        return ""
    if re.match(r"\W*(?:n\s*/\s*a|not applicable)\W*$", plain, re.IGNORECASE):
        return f"None. The older register says “{plain}”"
    return "" if re.match(r"\W*(?:tbc|tbd|unknown|not (?:known|stated|recorded))\W*$", plain, re.IGNORECASE) else plain
