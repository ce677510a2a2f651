"""How a cell says a word: plainly, or behind a negation, as something that may come, or of what was before. Pure."""

import re

_BREAK = re.compile(r"[;:()\[\]\n]|[.,](?!\d)|\s[-–—]+\s|[–—]")
_NOT = r"no|not|non|never|nor|neither|none|without|cannot|\w+n[’']t"
_DENIED = re.compile(rf"\b(?:{_NOT})\b")
_AS_IF = re.compile(
    r"\b(?:(?<!in )(?<!of )(?<!\d )may(?! \d)|might|could|would|should|if|whether|possib\w+|potential\w*|propos\w+|consider\w*|pending"
    r"|subject to|request\w*|due(?! to)|awaiting|optional|to be|planned|plans?|refus\w+|declin\w+|reject\w+|withdr[ae]w\w*|under review)\b"
)
_BESIDE = re.compile(
    rf"\b(?:{_NOT}|waiv\w+|exempt\w*|instead of|rather than|in lieu of|in place of|dispens\w+|avoid\w*|fail\w+|unsuccessful|attempt\w*"
    r"|previous\w*|former\w*|earlier|originally|follow\w*|after)\b"
)
_UNDONE = re.compile(
    r"(?:\W*\w+){0,2}?\W*\b(?:not|never|waived|exempt\w*|unnecessary|inapplicable|dispensed|failed|unsuccessful|abandoned)\b"
)


def clauses_of(cell: str) -> list[str]:
    """Returns the parts of a cell between its stops, commas, brackets and dashes, in small letters, without empty ones."""
    parts = (" ".join(each.split()) for each in _BREAK.split(cell.lower()))
    return [each for each in parts if any(letter.isalnum() for letter in each)]


def is_denied(clause: str) -> bool:
    """Whether a part of a cell says that something is not so."""
    return bool(_DENIED.search(clause))


def is_as_if(clause: str) -> bool:
    """Whether a part of a cell speaks of what may come, was asked for or refused."""
    return bool(_AS_IF.search(clause))


def names(clause: str, word: re.Pattern[str]) -> bool:
    """Whether a part of a cell names something as what it was, not as what was waived, tried in vain, or done before."""
    return any(
        not _BESIDE.search(clause[: found.start()]) and not _UNDONE.match(clause[found.end() :])
        for found in word.finditer(clause)
    )
