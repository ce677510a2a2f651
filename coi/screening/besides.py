"""What a clause says of a relative behind what it declares of the person: "partner at …, as is my husband". Whose an interest is, its
beginning tells. Pure."""

import re
from collections.abc import Iterator

from coi.screening.clause_parts import Part
from coi.screening.roles import NO_RELATIVE, RELATIVES
from coi.screening.vocabulary import Role

_MENTIONED = re.compile(  # written small: "Johnson & Son Surgery" is a name
    rf"\b(?:(?:my|his|her|our)\s+(?:\w+\s+)??)?(?P<who>(?!associate){RELATIVES})\b(?!\s+{NO_RELATIVE})|"
    r"\bmy (?P<life>partner)\b(?! (?:at|in|of)\b)|\bmarried to\b"
)
_BOUNDARY = re.compile(r"\s*[,;(]\s*|\s[-–—]\s+|\s+(?:and|&|which|where|whose|when|as)\s+|\s+(?=in premises\b)")
_WHOSE = re.compile(  # "(wife)", "held by my spouse": whose the whole is
    r"\W*(?:(?:indirect|interest|of|via|through|by|held|owned|run|managed|declared|on behalf of|in the name of|for|as|my|his|her|our|the|"
    rf"late|{RELATIVES}|partner|only|employed|who|"
    r"(?:is|was|has been) (?:a |an |the )?(?:employee|owner|director|partner|shareholder|nurse))\W*)+",
    re.IGNORECASE,
)
_ALIKE = re.compile(r"\b(?:too|also|likewise|as well|(?:as|so) (?:is|are|was|does|do|has)|the same)\b", re.IGNORECASE)


def own_and_beside(clause: str) -> Iterator[str]:
    """Yields a clause that speaks of the person alone, and what it says of a relative besides; the clause as it is where it begins with the
    relative, or where nothing but a word behind it says whose it is."""
    found = _MENTIONED.search(clause)
    bounds = [each for each in _BOUNDARY.finditer(clause) if found and each.start() < found.start()]
    if not found or not bounds:
        yield clause
        return
    head, rest = clause[: bounds[-1].start()].rstrip(" ,(-–"), clause[bounds[-1].end() :].strip(" ,()")
    own = Part.of(head)
    if not own.is_whole or own.reading.via or own.reading.role is Role.UNKNOWN or _WHOSE.fullmatch(rest):
        yield clause
        return
    yield head
    yield from _beside(own, rest, found["who"] or found["life"] or "spouse")


def _beside(own: Part, rest: str, who: str) -> Iterator[str]:
    whose = "my partner" if who == "partner" else who
    said = Part.of(rest)
    if said.named:
        yield rest
    elif said.reading.role is not Role.UNKNOWN:
        yield f"{rest} ({own.where})"
    elif _ALIKE.search(rest):
        yield f"{whose}: {own.text}"
