"""A name as registers write it → its parts. Pure."""

import re

from coi.people.vocabulary import PersonDetails

ASIDE = re.compile(r"\s*\([^)]*\)")
"""What stands beside a name in brackets."""
_TITLES = r"dr|mr|mrs|ms|miss|mx|prof|professor|sir|dame|rev|revd|cllr|councillor|lord|lady|baroness"
_TITLE = re.compile(rf"^(?:{_TITLES})\b\.?\s*", re.IGNORECASE)
_TITLE_ASIDE = re.compile(rf"\(\s*((?:{_TITLES})\b\.?)\s*\)", re.IGNORECASE)
_AFTER = re.compile(r",?\s+\b(?:OBE|MBE|CBE|JP|QC|KC|PhD|MD|FRCGP|MRCGP|FRCP)\b\.?")
_VACANT = re.compile(r"^\W*(?:vacan(?:t|cy)|tb[acd]|to be (?:confirmed|appointed|advised|recruited))\b", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<=\w)(?:\s*&\s*|\.?\s+and\s+|\s+/\s+)(?=\w)|(?<=\.)\s*(?:&|and\b|/)\s*(?=\w)", re.IGNORECASE)
_STANDING = {
    "prof": "prof",
    "professor": "prof",
    "dr": "dr",
    "rev": "rev",
    "revd": "rev",
    "cllr": "cllr",
    "councillor": "cllr",
}
"""Titles that one person bears beside another of them."""
_ROLE = re.compile(
    r"(?:(?:lay|independent|non|executive|clinical|medical|nursing|practice|primary|care|finance|governance|deputy|vice|co|managing|assistant"
    r"|associate|senior|salaried|gp|member|chair|chairman|chairwoman|chairperson|director|officer|chief|manager|partner|nurse|doctor|pharmacist"
    r"|secretary|treasurer|lead|representative|observer|trustee|governor|accountable|advis[eo]r)\b[\W\d_]*)+",
    re.IGNORECASE,
)
"""The words of which the name of a role is made, where it has no other word."""
_LEFT = re.compile(
    r"[(\[–-]\s*((?:until|left|leaver|resigned|retired|former|stood down|to (?:\w+ )?20\d\d)\b[^)\]]*)", re.IGNORECASE
)
_PARTICLES = {"ap", "ab", "da", "de", "del", "der", "di", "du", "ferch", "la", "le", "van", "von", "st"}


def read_name(text: str) -> PersonDetails:
    """Returns the parts of a name as registers write it: "Dr Siân Ŵyn-Jones", "DE VRIES, Jan (Chair)", "Smith, Joan (Mrs)",
    "Prof. A B Crane, OBE", "Ms Sara Ahmed / Lay member"."""
    beside = _TITLE_ASIDE.search(text)
    aside = beside[1].rstrip(".") if beside else ""
    plain = _AFTER.sub("", _alone(ASIDE.sub("", " ".join(text.split())))).strip(" ,;")
    before, comma, after = (part.strip() for part in plain.partition(","))
    first, rest = _titles(after if comma else before)
    if comma:
        second, family = _titles(before)
        return PersonDetails(rest, family, title=first or second or aside)
    words = rest.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return PersonDetails(" ".join(words[:start]), " ".join(words[start:]), title=first or aside)


def names_nobody(text: str) -> bool:
    """Whether what stands in the place of a name says that there is nobody: "Vacant", "To be confirmed"."""
    return bool(_VACANT.match(text))


def names_two(text: str) -> bool:
    """Whether a name is that of two people: "Prof Jane Birch & Dr John Birch". A role or a title beside a name is nobody."""
    return bool(_BETWEEN.search(_alone(ASIDE.sub("", " ".join(text.split())))))


def _alone(text: str) -> str:
    """A name without the roles that stand beside it, and with its titles together: "Prof and Dr Jane Birch" is one person. "Dr and Mrs
    Birch" are two, and so is whoever has no given name beside two titles."""
    parts = _BETWEEN.split(text)
    named = [each for each in parts if not _ROLE.fullmatch(each)]
    if len(parts) < 2 or not named:
        return text
    first, *others = named
    bare = _STANDING.get(first.casefold().rstrip("."))
    if bare and len(others) == 1:
        title, rest = _titles(others[0])
        beside = _STANDING.get(title.casefold())
        return f"{first} {others[0]}" if beside and beside != bare and len(rest.split()) > 1 else text
    return first if not others else text


def says_they_left(text: str) -> str:
    """Returns what stands beside a name and says that its bearer is there no longer, such as "until June 2024"; empty for nothing."""
    found = _LEFT.search(text)
    return found[1].strip() if found else ""


def _titles(text: str) -> tuple[str, str]:
    found = []
    while match := _TITLE.match(text):
        found.append(match[0].strip().rstrip("."))
        text = text[match.end() :]
    return " ".join(found), text.strip()
