"""Organisations that have no ODS code, read from the words around them: companies, federations, charities, councils."""

import re
from collections.abc import Iterable

from coi.screening.names import (
    COMMISSIONER_WORDS,
    COMPANY_WORDS,
    FOREIGN_WORDS,
    LINKS,
    NETWORK_WORDS,
    TYPE_WORDS,
    name_words,
    plain,
    words,
)
from coi.screening.noise import NOISE, POSTCODE
from coi.screening.segments import Mention

_PROFESSIONAL = """abpi bda bma bmj cipfa cqc cso faculty gmc gphc gpc hfma lmc lmcs mddus mdu mps nice nmc nhsprofessionals
pda rcgp rcm rcn rcog rcp rcpch rcpsych rcs rpsgb unison unite"""
PROFESSIONAL_BODIES = frozenset(_PROFESSIONAL.split())
_PROFESSIONAL_NAMES = re.compile(
    r"british medical association|local medical committee|defence (?:union|society)|medical protection|"
    r"royal college|general medical council|pharmaceutical society|nursing and midwifery council"
)
_PROFESSIONAL_WORDS = PROFESSIONAL_BODIES | {
    "association", "committee", "union", "society", "protection", "college", "council",
}  # fmt: skip
_FIGURE = (  # in a name: "Primary Care 24", and no day, sum or measure
    r"(?:(?<=[a-z])\s+\d{1,3}(?=\s*(?:$|[,;:.)(]|\s(?:Ltd|Limited|CIC|LLP|Plc|PLC)\b|\s(?:since|from|until|and|out|in|for|on|to|as)\b)))"
)
_CAPITAL = r"(?:[A-Z]|[ei](?=[A-Z]))"  # a brand may have it behind one small letter: eConsult, iPlato
_LED = re.compile(
    r"\b(?i:advisory board|shareholders?|shareholding|shares|stake|owner|co-owner|director(?:ship)?s?|board member|trustee|employee|"
    r"head of (?:[a-z]+ )?[a-z]+|volunteers? (?:in|at) (?:a|the) [a-z]+|"
    r"employed|works?|working|worked|consultant|adviser|advisor|volunteers?|governor|member of the board|chair(?:man|woman)?|"
    r"company|business|firm|paid|funded|sponsored|honorari(?:um|a)|pharmacist|accountant|solicitor|lawyer|barrister|dentist|"
    r"optician|optometrist|architect|engineer|representative|analyst|actuary|auditor|chief exec|ceo|"
    r"(?:sales|account|regional|area|national|project|programme|product|marketing|finance|commercial|operations|territory)"
    r"(?: sales| account)? (?:manager|executive|rep|lead|officer)|auditor|"
    r"surveyor|osteopath|appraiser|assessor|examiner|inspector|payments?|fees?|funding|grants?|sponsorship|contract)\b"
    r"(?:\s+(?i:and|director|chair|shareholder|owner|executive|manager))*"
    r"\s*(?i:of|in|for|at|by|with|to|from|on the board of|,|:|-)\s+(?i:the\s+)?"
    rf"((?:{_CAPITAL}[\w&'’.-]*)(?:\s+(?:(?:of|and|for|the|&)\s+)?{_CAPITAL}[\w&'’.-]*|{_FIGURE})*)"
)
_LED_AFTER = re.compile(
    r"(?:^|[.;]\s+|^(?i:spouse|wife|husband|partner|son|daughter|brother|sister|self)\s*[:–-]\s+)(?i:the\s+)?((?:\d*[A-Z][\w&'’.-]*)(?:\s+(?:(?:of|and|for|the|&)\s+)?[A-Z][\w&'’.-]*)*)\s*(?:[-–,:]|\()\s*"
    r"(?i:non-exec\w*|director|managing director|share ?holder|trustee|owner|co-owner|board member|chair\w*|employee|"
    r"consultant|adviser|advisor|appraiser|chief executive|volunteer|"
    r"governor|sessional|locum|salaried|honorary|lecturer|professor|reader)\b"
)
_ALONE = re.compile(
    r"^((?!\w*(?:ing|ships?|ments?|ions?|anc(?:y|ies)|als?|ity|ies|work|es)\s*:)[A-Z][a-z]{3,}\w*)\s*:\s"
    r"(?=.*\b(?:I (?:do|work|am|provide)|paid|shifts?|sessions?|sessional|fees?|locums?|salaried|employed|director|shareholder)\b)"
)  # "Dennodoc: I do evening shifts"; "Teaching: paid" is a heading
_HEADINGS = """additional business charity comments declared detail details direct family financial gifts income indirect
interests land loyalty mitigation nature note notes other outside person political private research secondary type voluntary"""
_NO_COMPANY = """nursing public finance quality primary clinical medical operations governors education strategy
commissioning nhs governing practice gp general health care surgery hospital parish ppg i dr mr mrs ms professor prof"""
_PRACTICE = NETWORK_WORDS | COMMISSIONER_WORDS | {"surgery", "practice", "medical"}
_CENTRE = {"health", "centre"}
_NOT_NAMES = frozenset(_NO_COMPANY.split())
_CAPITALS = re.compile(
    r"(?:(?:[ei](?=[A-Z]))?[^\W\d_a-z][\w'’.&-]*|\d+(?:[A-Z][\w'’.&-]*)?|&)(?:\s+(?:plc|llp|cic|ltd)\b|\s+(?:(?:of|and|for|the|in|at|&|on)\s+)*(?:[^\W\d_a-z][\w'’.&-]*|&|\d+))*"
)
_SMALL_TYPE = re.compile(  # "St Agnes's primary school" is called no less
    r"(?:\s+(?:primary|secondary|junior|infants?|high|grammar|special|nursery|parish|first|middle|community|catholic|sixth|form))*"
    r"\s+(?:schools?|academy|college|nursery|church|hospice|university)\b"
)
_BEFORE_GP = re.compile(
    r"(?:^\W*|[,:;(]\s*|\b(?:of|in|for|at|by|with|to|and)\s+)(?:the\s+)?((?:[A-Z][\w'’&-]*\s+){0,3}GPs?\s+)$"
)
_CAPITAL_WITHIN = re.compile(r"\S\s+[ei]?[A-Z]")  # without one, nobody else is named after a role
_CODE = re.compile(r"[a-z]\d{5}")  # an ODS code, right or wrong, is no name
_OF_NHS = {"trust", "foundation", "infirmary"}
_NHS_HOSPITAL = re.compile(
    r"\b(?:general|university|district|royal|county|cottage|community)\s+(?:\w+\s+)?hospitals?\b", re.IGNORECASE
)
_LONGEST_FIGURE = 3
_AND = re.compile(r"\s+and\s+(?:the\s+)?")
_BRAND = re.compile(r"[A-Z]{2,6}|[A-Z][a-z]+[A-Z][A-Za-z]+")
_WHERE = re.compile(r"\s+(?:in|at|near)\s+(?!Home\b)(?:[A-Z][\w'’-]+\s*)+$")
_TRAILING = re.compile(r"[\s.,;:&-]+$")


def is_professional_body(raw: str) -> bool:
    """Whether a phrase names a body of the profession, whose routine membership is no interest. Source: RULEBOOK §5.2."""
    said = plain(raw)
    listed = [word.text for word in words(raw)] if "." in raw else re.findall(r"\w+", said)  # R.C.G.P. is one word
    return not PROFESSIONAL_BODIES.isdisjoint(listed) or bool(_PROFESSIONAL_NAMES.search(said))


def is_of_profession(mention: Mention) -> bool:
    """Whether a phrase names a body of the profession. Quick where none of its words may be part of one's name."""
    is_one = not (_PROFESSIONAL_WORDS.isdisjoint(mention.listed) and _PROFESSIONAL_WORDS.isdisjoint(mention.tail))
    return is_one and is_professional_body(mention.raw)


def uncoded_names(text: str, phrases: Iterable[Mention], taken: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Returns the organisations without an ODS code that `text` names, leaving alone the spans that are `taken`."""
    spans = list(taken)
    found: dict[str, None] = {}
    for mention in phrases:
        if mention.is_foreign and _is_free(mention.start, mention.end, spans) and _tells(mention):
            start = _with_gp(text, mention.start)
            spans.append((start, mention.end))
            found[tidy(_without_place(as_written(text[start : mention.end])))] = None
    left = _blanked(text, spans)
    if left != left.lower() and not text.isupper():  # whoever is named has a capital
        text = POSTCODE.sub(lambda code: " " * len(code[0]), text)
        led = _LED.finditer(text) if _CAPITAL_WITHIN.search(_blanked(text, spans)) else ()
        for match in [*led, *_LED_AFTER.finditer(text)]:
            start, end = match.span(1)
            if _is_free(start, end, spans) and _is_name(match[1]):
                spans.append((start, end))
                found |= {tidy(name): None for name in _apart(match[1])}
        if not found and not spans and (alone := _ALONE.match(text)) and _is_no_heading(alone[1]):
            found[alone[1]] = None
    if not found:
        return ()
    initials = {"".join(word[0] for word in name.split()) for name in found}
    return tuple(
        name
        for name in found
        if not is_professional_body(name)
        and not _is_of_nhs(name)
        and not any(name in (one, one[:-1]) and len(name) > 2 for one in initials)
    )


def _apart(name: str) -> list[str]:
    """ "AstraZeneca and GSK" are two: initials, and a brand with a capital within it, are whole names. Marks and Spencer is one."""
    pieces = _AND.split(name)
    return pieces if len(pieces) > 1 and any(_BRAND.fullmatch(piece) for piece in pieces) else [name]


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def tidy(name: str) -> str:
    """Returns an organisation's name as it is printed: "College Health Limited" → "College Health Ltd"."""
    short = re.sub(r"\bLimited\b", "Ltd", re.sub(r"\bLIMITED\b", "LTD", name))
    short = re.sub(r"\bC\.I\.C\.?", "CIC", short)
    return _TRAILING.sub("", re.sub(r"^(?i:the)\s+", "", short)).strip()


def _is_free(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return all(end <= taken_start or taken_end <= start for taken_start, taken_end in spans)


def _without_place(name: str) -> str:
    """ "Longfield Pharmacy in Maldon" is called Longfield Pharmacy; the School of Pharmacy in London keeps nothing but its name."""
    short = _WHERE.sub("", name)
    return short if short != name and FOREIGN_WORDS.intersection(name_words(short)[-1:]) else name


def _is_of_nhs(name: str) -> bool:
    """Whether a name is one of an NHS trust or hospital: whoever is called so has a code, or is unknown."""
    return bool(_OF_NHS.intersection(name_words(name)) and "nhs" in name_words(name)) or bool(
        _NHS_HOSPITAL.search(name)
    )


def _tells(mention: Mention) -> bool:
    """A type alone ("a local pharmacy", "the council") names nobody; nor do words that nobody wrote as a name."""
    listed = [word.text for word in words(as_written(mention.raw)) if word.text not in LINKS]
    telling = [word for word in listed if word not in TYPE_WORDS | FOREIGN_WORDS | {"local", "care", "community"}]
    legal = [word for word in listed if word in COMPANY_WORDS]
    described = mention.listed[-1] not in (
        word.text for word in words(mention.raw)
    )  # the words after it say what it is
    return (described or not FOREIGN_WORDS.isdisjoint(listed)) and (bool(telling) or (bool(legal) and len(listed) > 2))


def as_written(raw: str) -> str:
    """A name ends where small letters begin: "Longfield Pharmacy would move" names Longfield Pharmacy."""
    found = _CAPITALS.match(raw)
    typed = _SMALL_TYPE.match(raw, found.end()) if found else None
    return raw[: typed.end()] if typed else found[0] if found else ""


def _is_name(raw: str) -> bool:
    listed = [word.text for word in words(raw)]
    if listed == ["nhs", "england"]:
        return True
    is_numbered = len(listed) > 2 and listed[-1].isdigit() and listed[:1] == ["primary"]  # "Primary Care 24"
    if not listed or (listed[0] in _NOT_NAMES - {"gp"} and not is_numbered) or len("".join(listed)) < 3:
        return False
    if _PRACTICE.intersection(listed) or set(listed) >= _CENTRE:  # whoever is called so has a code, or is unknown
        return bool(FOREIGN_WORDS.intersection(listed))
    telling = [word for word in listed if word not in TYPE_WORDS | NOISE | LINKS]
    return not all(word.isdigit() for word in telling) and not any(map(_is_no_word, listed))


def _is_no_word(word: str) -> bool:
    return (word.isdigit() and len(word) > _LONGEST_FIGURE) or bool(_CODE.fullmatch(word))


def _is_no_heading(word: str) -> bool:
    return _is_name(word) and word.lower() not in NOISE and word.lower() not in _HEADINGS.split()


def _with_gp(text: str, start: int) -> int:
    """ "in GP Primary Choice Ltd", and where it opens the text: there "GP" belongs to the name."""
    led = _BEFORE_GP.search(text[:start])
    return start - len(led[1]) if led and not NOISE.intersection(name_words(led[1])) - {"gp", "gps"} else start
