"""What single cells of a register of procurement decisions say: sums, suppliers, whose contract, which route. Pure."""

import re
from dataclasses import replace
from decimal import Decimal

from coi.registers.importing.procurement.clauses import clauses_of, names
from coi.registers.procurement.suppliers import supplier_of
from coi.registers.procurement.vocabulary import Arrangement, Route, Supplier
from coi.screening.cells import OPEN
from coi.screening.interest_text import is_nil
from coi.screening.segments import mentions

MOST = Decimal(999_999_999)
_SUM = re.compile(
    r"£?\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(\.[0-9]+)?\s*(million|m|thousand|k)?(?:\s*(?:in )?total)?\s*\.?",
    re.IGNORECASE,
)
_PENCE = len(".00")
_TIMES = {"million": 1_000_000, "m": 1_000_000, "k": 1000, "thousand": 1000}
_LINE = re.compile(r"[\n;]")
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|\([a-z]\)|[-–—•*▪])\s+")
_ROUTES = tuple((route, re.compile(words)) for route, words in (
    (Route.DIRECT_A, r"\b(?:direct award process|dap) ?a\b"),
    (Route.DIRECT_B, r"\b(?:direct award process|dap) ?b\b"),
    (Route.DIRECT_C, r"\b(?:direct award process|dap) ?c\b"),
    (Route.MOST_SUITABLE, r"\bmost suitable provider|\bmsp\b"),
    (Route.URGENT, r"\burgent (?:award|modification)"),
    (Route.ANY_QUALIFIED, r"\bany qualified|\baqp\b"),
    (Route.FRAMEWORK, r"\bframework|\bcall.?off|\bmini.?competition|\bfurther competition"),
    (Route.SINGLE_TENDER, r"\bsingle tender|\bst[aw]\b|\btender waiver|\bsingle (?:source|action|quot)"),
    (Route.COMPETITIVE, r"\bcompetiti(?:ve|on)|\b(?:open|restricted) (?:tender|procedure)|\b(?:full|formal) (?:tender|procurement)"),
))  # fmt: skip
_OWN = re.compile(
    r"^\W*(?:(?:ccg|icb|body|own|sole|single|local)(?:[’']?s)?)(?: own)?(?: (?:procurement|contract|commissioned|only))*\W*$",
    re.I,
)
_SHARED = re.compile(
    r"\bcollab|\bjoint(?! venture)|\bshared\b|\blead commission|\bwith (?:partners|others)|\bon behalf"
)
_BARE_SHARED = re.compile(
    r"\W*(?:collaborative|joint|shared)(?: (?:procurement|contract)(?: with (?:partners|others))?)?\W*", re.IGNORECASE
)
_OF_AN_AWARD = r"(?:award|contract|supplier|provider|bid|procure|tender|appoint|select|chos|decid|decision|known|stated|applicable|yet)\w*"
_NOBODY = re.compile(
    rf"(?:no|none|nil|not|no[ -]?one|nobody|nothing)(?:\W+(?!\d)(?:\w+\W+)?{_OF_AN_AWARD}\b.*)?|none of .*|(?:please )?(?:see|refer to)\b.*"
    r"|as (?:above|below)|to be \w+|awaiting\b.*"
    r"|(?:(?:the|this|our) )?(?:(?:procurement|tender|process|competition|award|contract|decision) "
    r"(?:(?:is|was|has been|currently|still) )*)?(?:abandoned|withdrawn|cancelled|stopped|paused|pending|ongoing|deferred|under review"
    r"|in progress|awaited|terminated|delayed)(?: (?:in|on|by|at|due|as|after|following|because|for|until|to|from|since)\b.*)?"
)
"""What the first words of a supplier’s cell say of there being none."""
_NUMBER_ONE = re.compile(r"\W*no\.?\s*\d", re.IGNORECASE)


def is_blank(cell: str) -> bool:
    """Whether a cell says nothing: empty, "n/a", "TBC", "not known"."""
    return is_nil(cell) or bool(OPEN.match(cell))


def sum_in(cell: str) -> Decimal | None:
    """Returns the one sum that a cell is; None for "£12,000 a year", "£4 per patient" and the like, which are not the whole value."""
    found = _SUM.fullmatch(cell.strip())
    if not found or (found[2] and not found[3] and len(found[2]) > _PENCE):
        return None
    amount = Decimal(re.sub(r"[, ]", "", found[1]) + (found[2] or "")) * _TIMES.get((found[3] or "").lower(), 1)
    amount = amount.quantize(Decimal("0.01"))
    return amount if amount <= MOST else None


def names_nobody(line: str) -> bool:
    """Whether a line says, where a supplier would stand, that there is none, or where else to look."""
    first = next(iter(clauses_of(line)), "")
    return is_blank(line) or (not _NUMBER_ONE.match(line) and bool(_NOBODY.fullmatch(first)))


def of_nobody(cell: str) -> list[str]:
    """Returns the lines of a supplier's cell that say, in words, why nobody stands there."""
    return [line for each in _LINE.split(cell) if not is_blank(line := " ".join(each.split())) and names_nobody(line)]


def suppliers_in(cell: str, address: str = "", code: str = "") -> tuple[Supplier | None, tuple[str, ...]]:
    """Returns who has the contract by a cell, which may go on with their address, and who else is named on lines of their own."""
    named: list[str] = []
    for line in (each.strip() for each in _LINE.split(cell) if not names_nobody(each)):
        is_one = not named or _NUMBERED.match(line) or any(each.has_type for each in mentions(line))
        plain = _NUMBERED.sub("", line)
        if is_one:
            named.append(plain)
        else:
            named[-1] = f"{named[-1].rstrip(',')}, {plain}"
    if not named:
        return None, ()
    first, _value = supplier_of(named[0])
    told = ", ".join(part.strip() for part in address.splitlines() if part.strip())
    first = replace(first, address=first.address or ("" if is_blank(told) else told), code=first.code or code)
    return first, tuple(named[1:])


def arrangement_in(cell: str) -> tuple[Arrangement | None, str]:
    """Returns whose contract it is by the column of types, and what it says besides."""
    if is_blank(cell):
        return None, ""
    clauses = clauses_of(cell)
    if any(names(each, _SHARED) for each in clauses):
        return Arrangement.COLLABORATIVE, "" if _BARE_SHARED.fullmatch(cell) else cell
    denied = [each for each in clauses if _SHARED.search(each)]
    others = [each for each in clauses if each not in denied]
    if _OWN.match(cell) or (others and all(map(_OWN.match, others))):
        return Arrangement.OWN, cell if denied else ""
    return None, cell


def route_in(cell: str) -> Route | None:
    """Returns the route that a cell names; None where it names none for certain, such as "direct award" alone, or only one that was not
    taken. Competition within a framework is a call-off from it."""
    found = set()
    for clause in clauses_of(cell):
        for route, words in _ROUTES:
            if names(clause, words):
                found.add(route)
            clause = words.sub("·", clause)  # "mini-competition" is no competition besides
    if Route.FRAMEWORK in found:
        found.discard(Route.COMPETITIVE)
    return found.pop() if len(found) == 1 else None


def conflicts_in(cell: str) -> str:
    """Returns the summary of conflicts that a cell gives: empty where it is blank, and "None" with its own words where it says "n/a"."""
    plain = cell.strip()
    if not any(letter.isalpha() for letter in plain):
        return ""
    if re.match(r"\W*(?:n\s*/\s*a|not applicable)\W*$", plain, re.IGNORECASE):
        return f"None. The older register says “{plain}”"
    return "" if re.match(r"\W*(?:tbc|tbd|unknown|not (?:known|stated|recorded))\W*$", plain, re.IGNORECASE) else plain
