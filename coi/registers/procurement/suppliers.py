"""Suppliers as people type them, one on a line: a name, a code in brackets, the address, what they get. Pure."""

import re
from decimal import Decimal

from coi.registers.procurement.vocabulary import Supplier

_CODE = re.compile(r"\s*\(([A-Z][0-9]{5}|[A-Z][A-Z0-9]{2})\)")
_NAME = re.compile(r"(?:\([^()]*\)|[^,])*")  # up to the first comma that stands in no brackets
_SUM = re.compile(r"[,;:]?\s*£([0-9][0-9,]*(?:\.[0-9]{1,2})?)\s*$")
_MENTIONED = re.compile(
    r"£\s?([0-9][0-9,]*(?:\.[0-9]+)?)\s*(million|m\b|k\b|thousand)?(\s*(?:a|per|each|every|p\.?a\.?)\b)?", re.IGNORECASE
)
_TIMES = {"million": 1_000_000, "m": 1_000_000, "k": 1000, "thousand": 1000}


def supplier_of(line: str) -> tuple[Supplier, Decimal | None]:
    """Returns who a line is about, and what they get where it ends with a sum: "Elm Surgery (F81022), 1 High Street, £12,000.50"."""
    found = _SUM.search(line)
    value = Decimal(found[1].replace(",", "")) if found else None
    rest = line[: found.start()] if found else line
    code = _CODE.search(rest)
    words = _CODE.sub("", rest, count=1) if code else rest
    first = _NAME.match(words)
    name = first[0] if first else ""
    address = words[len(name) + 1 :]
    return Supplier(name.strip() or line.strip(), code=code[1] if code else "", address=address.strip()), value


def value_in(*texts: str) -> Decimal | None:
    """Returns the one sum that texts name; None where they name none or several, or so much a year: then it is not the whole value."""
    sums = {_sum(each) for text in texts for each in _MENTIONED.finditer(text)}
    return sums.pop() if len(sums) == 1 else None


def _sum(found: re.Match[str]) -> Decimal | None:
    if found[3]:
        return None
    return Decimal(found[1].replace(",", "")) * _TIMES.get((found[2] or "").lower(), 1)
