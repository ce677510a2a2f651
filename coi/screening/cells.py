"""What a cell of a register or an agenda says: ticks, types of interest, days, decisions. Pure."""

import re
from collections.abc import Mapping
from datetime import date

from coi.errors import BadInput
from coi.screening.interest_text import read_date
from coi.screening.roles import relation_in
from coi.screening.vocabulary import Directness, InterestType

OPEN = re.compile(
    r"^\W*(?:ongoing|on-going|current|(?:to )?present(?: day)?|to date|continuing|n/?[ak]|nil|none|not (?:known|stated|recorded)|"
    r"unknown|tbc|-+|no end date|until further notice)?\W*$",
    re.IGNORECASE,
)
_NO_TICK = re.compile(r"^[\s☐□.–—-]*(?:n|no|false|0|n\s?/?\s?a|nil|none|not applicable)?[\s.–—-]*$", re.IGNORECASE)
_TICK = re.compile(r"^\s*(?:[xyp✓✔√☑☒•üþý*]|yes|true|1)\s*$", re.IGNORECASE)


def dates_of(cells: Mapping[str, str]) -> tuple[str, str]:
    """Returns what the columns of dates say of from and to; one column may say both."""
    first, _, last = re.sub(r"\s+(?:to|-|–|until)\s+", "→", cells.get("date", "")).partition("→")
    return cells.get("from", "") or first, cells.get("to", "") or last


def type_in(cells: Mapping[str, str]) -> InterestType | None:
    """Returns the type of interest that a row states by ticks or words; None where it states none."""
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


def contradicting_type(cells: Mapping[str, str]) -> str:
    """Returns what a row says of money that its type contradicts: "Personal" or "Non-pecuniary" beside "Employment", or the other way
    round. Empty where the two agree, or one says nothing."""
    told = cells.get("pecuniary", "").strip()
    stated = next(iter(ticks_in(cells)), None) or _told_type(cells.get("types", "").lower())
    if not told or stated is None or is_ticked(told):
        return ""
    money = None if _ONLY_PERSONAL.fullmatch(told.lower()) else _told_type(told.lower())
    says_none = money is InterestType.PERSONAL or bool(_ONLY_PERSONAL.fullmatch(told.lower()))
    is_paid = stated is InterestType.FINANCIAL
    return told if (is_paid and says_none) or (not is_paid and money is InterestType.FINANCIAL) else ""


def ticks_in(cells: Mapping[str, str]) -> tuple[InterestType, ...]:
    """Returns the types whose columns a row ticks."""
    known = (InterestType.FINANCIAL, InterestType.PROFESSIONAL, InterestType.PERSONAL)
    return tuple(each for each in known if _marks(cells.get(each.value, "")))


def unread_ticks(cells: Mapping[str, str]) -> Mapping[str, str]:
    """Returns what stands in the columns of ticks for the types and is neither a tick nor a no, by meaning."""
    told = {each.value: cells.get(each.value, "") for each in InterestType}
    return {meaning: cell for meaning, cell in told.items() if not (_marks(cell) or _NO_TICK.match(cell))}


def _marks(cell: str) -> bool:
    """Whether a cell that can hold nothing but a tick does: also the letters that are ticks in the fonts of symbols."""
    return is_ticked(cell) or cell.strip() in ("a", "R")


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


def directness_in(cells: Mapping[str, str]) -> Directness | None:
    """Returns whose interest a row says it is, by words or ticks; None where it does not say."""
    own, other = cells.get("direct", "").lower(), cells.get("indirect", "").lower()
    told = f"{own} {other} {cells.get('types', '')}".lower()
    if "indirect" in told or "other" in own or is_ticked(other) or related_as(cells):
        return Directness.INDIRECT
    is_own = "direct" in told or "self" in told or ("indirect" in cells and is_ticked(own))
    return Directness.DIRECT if is_own else None


def related_as(cells: Mapping[str, str]) -> str:
    """Returns the relation that a row names where it says whose interest it is, or of which type: "Indirect – wife", "Other (husband)".
    Empty where it names none."""
    for column, speaks in _WHOSE.items():
        told = cells.get(column, "")
        if speaks.search(told) and (found := relation_in(told)):
            return found
    return ""


_WHOSE = {  # by column: what a cell says that speaks of somebody else's interest
    "indirect": re.compile(""),
    "direct": re.compile(r"indirect|^(?!\W*(?:direct|self)\b)", re.IGNORECASE),
    "types": re.compile(r"indirect|^\W*other\b", re.IGNORECASE),
}


def date_in(text: str, name: str, row: int) -> date | None:
    """Returns the day in a cell, None where it is empty. Raises BadInput, naming the line, for what is no day."""
    if not text:
        return None
    found = read_date(text)
    if found is None:
        raise BadInput(f"{name}: “{text}” is not a date. Enter dates such as 31/01/2024", line=row)
    return found


_FOR_INFORMATION = re.compile(
    r"^(?:n|no|false)$|\bnot(?:e|ing|ed)\b|information|assurance|\breceive|^discussion$|verbal"
)


def decides(text: str) -> bool | None:
    """Returns whether an item is for decision, by the words of its column; None where they do not say."""
    told = text.strip().lower()
    if not told:
        return None
    return not _FOR_INFORMATION.search(told)
