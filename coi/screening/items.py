"""What an agenda item's wording says: whose business it is, how, and whether a whole class of practices is concerned. Pure."""

import re
from dataclasses import dataclass

from coi.screening.class_wording import blank, class_said, classless
from coi.screening.names import LINKS, TYPE_WORDS, company_key, name_words, words
from coi.screening.vocabulary import Affected

Said = tuple[str, str]  # what words say, and the words
_FUNCTIONS = (  # function → wording; the first that fits
    (
        "minutes",
        (
            r"\bminutes of\b|^minutes\b|matters arising|action log|apologies|declarations? of interest|^welcome\b|\bquora|"
            r"any other business|\bAOB\b|public questions|meeting frequency|date of (?:the )?next meeting"
        ),
    ),
    ("practice_merger", r"\bmerge|merging|merger"),
    ("list_dispersal", r"dispers\w+|hand(?:ing)? back|handed back"),
    ("list_closure", r"list closure|clos\w+ (?:of )?(?:its |the )?list"),
    ("branch_closure", r"branch (?:surgery )?clos|clos\w+ of (?:the |its )?(?:branch|[\w' ]{0,30}site)"),
    ("practice_closure", r"practice closure|closure of"),
    ("boundary_change", r"boundary"),
    ("premises_rent", r"rent review|notional rent|\brent\b|lease"),
    ("relocation", r"relocat|move to|new premises"),
    ("premises", r"premises|improvement grant|new building|extension of the building|estates"),
    ("caretaking", r"caretak"),
    ("procurement", r"procure|tender|\bbids?\b|award|APMS"),
    ("discretionary_payment", r"section 96|discretionary|additional funding|payments?"),
    ("contract_action", r"remedial|breach notice|terminat|contract action|CQC|special measures"),
    ("enhanced_service", r"\bLES\b|\bDES\b|\bLIS\b|enhanced service|improvement scheme|locally commissioned"),
    ("pms_review", r"\bPMS\b"),
    ("grant", r"\bgrants?\b"),
    ("contract", r"contract"),
)
QUIET = frozenset({"minutes"})
"""The business that concerns nobody."""
_COMPILED = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _FUNCTIONS)
_STAYING = re.compile(r"patients (?:would |will )?(?:stay|remain)", re.IGNORECASE)
_MOVING = {"list_dispersal", "list_closure", "branch_closure", "practice_closure"}
_RECEIVING = re.compile(
    r"(?:patients?|list)\s+(?:\w+\s+){0,3}?(?:go|move|transfer\w*|be (?:moved|transferred|allocated|dispersed)|allocated)\s+to\b|"
    r"neighbour\w*|nearby|would (?:take|gain|register)",
    re.IGNORECASE,
)
_STAGES = (  # stage → wording; the latest that fits
    ("monitoring", r"\bmonitoring\b|contract review|performance (?:report|concerns)|annual review"),
    ("award", r"\baward(?:s|ed|ing)?\b|preferred (?:bidder|provider)|contract signature"),
    ("evaluation", r"evaluat\w+|\bbids\b|\bbidders?\b|shortlist\w*|scoring"),
    ("specification", r"\bspecifications?\b"),
    ("design", r"\b(?:re)?design\w*|pathways?\b|model of care|service model"),
    ("strategy", r"strateg\w+|needs assessment|commissioning intentions"),
)
_COMPILED_STAGES = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _STAGES)
_RELATIONS = (
    (Affected.COMPETITOR, r"(?:unsuccessful|losing|rival|competing)[\w\s]{0,25}$"),
    (
        Affected.BIDDER,
        r"\b(?:bids?|bidders?|tenders?|proposals?|offers?|applications?) (?:\w+ )?(?:from|by|received from)[^.;]{0,120}$",
    ),
    (
        Affected.BENEFICIARY,
        r"\b(?:award(?:ed)?|grant|payments?|contract|funding|support) (?:\w+ ){0,3}?(?:to|for|with)[^.;]{0,40}$",
    ),
    (Affected.CONTRACT_HOLDER, r"\b(?:incumbent|current provider|existing provider|extension of the)[^.;]{0,40}$"),
    (Affected.PREMISES_OWNER, r"\b(?:landlord|owned by|freehold of)[^.;]{0,40}$"),
)
_COMPILED_RELATIONS = tuple((relation, re.compile(pattern, re.IGNORECASE)) for relation, pattern in _RELATIONS)
_NOTING = re.compile(
    r"\b(?:for (?:noting|information|assurance|discussion only)|to note|verbal update|update only)\b", re.IGNORECASE
)
_BUSINESS = """application applications merge merger merging proposed proposal closure closing closed temporary boundary
reduction change changes expansion extension relocation dispersal premises improvement grant grants notional rent review
local locally commissioned enhanced directed national service services scheme schemes primary medical update updates
procurement contract contracts award awards awarding variation caretaking section discretionary payment payments remedial
notice inspection extended access hours hour out winter community nursing hospice new building business case list branch
direct diagnostics exercise emergency powers practice practices surgery surgeries item items minutes report quality
finance strategy improved general patient patients public engagement preferred option options additional funding funds
pharmacy resilience development request requests approval approve future provision re-procurement incorporation
minor retirement partnership resignation termination list-size locality care quarterly annual month verbal paper"""
_CALLED_OTHERWISE = re.compile(  # "Phoenix House nursing home" is no practice; "Elm Surgery pharmacy pilot" is one's
    r"\b[A-Z][\w'’-]*(?<!Surgery)(?<!Practice)(?<!Centre)(?<!Center)(?<!Clinic)(?<!Group)(?<!Partnership)(?<!PCN)\s+"
    r"(?:(?:nursing|care|residential) homes?|pharmacy|chemists?|hospice|church|(?:(?:primary|secondary|junior|infants?|high) )?school|"
    r"academy|nursery|opticians?)\b"
)
_BUSINESS_WORDS = frozenset(_BUSINESS.split())
_ANY_WORD = re.compile(r"(?<!\w)[A-Za-z][\w'’-]*")
_LEGAL_FOLLOWS = re.compile(r"(?:\s+[A-Z&][\w'’&-]*){0,4}\s+(?:Ltd|Limited|LTD|LIMITED|CIC|LLP|plc|PLC)\b")


def quieted(text: str) -> str:
    """Returns `text` with the words of the business itself ("Application to merge …") and of whole classes ("all Stockport
    practices") blanked out, character for character, so that only names are left to be found."""
    text = classless(text)
    others = [found.span() for found in _CALLED_OTHERWISE.finditer(text)]

    def kept(found: "re.Match[str]") -> str:
        is_named = any(start <= found.start() < end for start, end in others)
        return found[0] if is_named or not _is_business(text, found) else blank(found[0])

    return _ANY_WORD.sub(kept, text)


_BETWEEN_NAMES = re.compile(r"[.,;:()]|\b(?:at|for|in|of|to|and|by|with|from)\b")


def named_in_small(text: str, title: str) -> str:
    """Returns a description without what is written small and says no type, character for character, where whoever wrote the title does
    write capitals: "two consulting rooms" is no practice of that name."""
    if not text.islower() or title == title.lower():
        return text
    kept, begin = list(text), 0
    for end in (*(found.end() for found in _BETWEEN_NAMES.finditer(text)), len(text)):
        if begin < end and TYPE_WORDS.isdisjoint(name_words(text[begin:end])):
            kept[begin:end] = blank(text[begin:end])
        begin = end
    return "".join(kept)


def _is_business(text: str, found: "re.Match[str]") -> bool:
    """Small letters, or the first word of a phrase that does not go on with a capital: "Pharmacy services", not "Pharmacy Lane"."""
    word = found[0]
    if word.islower():  # "eConsult" is a name
        return (
            word not in LINKS | {"to", "from"} and not TYPE_WORDS.intersection(name_words(word)) and not text.islower()
        )
    if word.lower() not in _BUSINESS_WORDS:
        return False
    if _LEGAL_FOLLOWS.match(text[found.end() :]):
        return False
    opens = not text[: found.start()].strip() or bool(re.search(r"[.:;,(–-]\s*$", text[: found.start()]))
    following = re.match(r"\s+([A-Za-z])", text[found.end() :])
    return opens and (
        following is None or following[1].islower() or (text.isupper() is False and _goes_on(text, found.end()))
    )


def _goes_on(text: str, end: int) -> bool:
    """Whether the next word is business too: "Local Enhanced Service"."""
    following = re.match(r"\s+([A-Za-z][\w'’-]*)", text[end:])
    return following is not None and following[1].lower() in _BUSINESS_WORDS


@dataclass(frozen=True, slots=True)
class ItemReading:
    """What the wording says. `is_class`: a class of practices is concerned; `class_words`: the words that say so."""

    function_code: str
    is_class: bool
    class_words: str
    moves_patients: bool
    for_decision: bool


def read_item(title: str, description: str = "", *, names_someone: bool = False) -> ItemReading:
    """Returns what an item's wording says. Where it `names_someone`, only "all practices" in so many words makes a class of
    it. Source: RULEBOOK §23 scenarios 7, 15 and 17; §24 F3."""
    text = f"{title}. {description}"
    function = function_of(title) or function_of(description)
    class_words = class_said(text, names_someone=names_someone)
    moves = function in _MOVING or bool(_RECEIVING.search(description))
    return ItemReading(
        function_code=function,
        is_class=bool(class_words) and function != "minutes",
        class_words=class_words,
        moves_patients=moves and not _STAYING.search(text),
        for_decision=not _NOTING.search(text) and function != "minutes",
    )


_LEAD_IN = re.compile(
    r"\s*(?:(?:urgent |late )?(?:AOB|any other business)\s*[:–-]|(?:(?:private|confidential|closed|public) (?:session|part|item|business)|"
    r"part (?:one|two|[12AB])|(?:paper|enclosure|appendix) [A-Z0-9]{1,3})\b\s*[:,–-]?)\s+(?=[A-Z])",
    re.IGNORECASE,
)
_SHORT = re.compile(r"((?:the )?[A-Z][\w'’-]*(?:\s+(?:(?:and|&)\s+)?[A-Z][\w'’-]*){0,2})\s*:\s")


def without_lead_in(title: str) -> str:
    """Returns a title without the words that only say where in the agenda it stands: "Urgent AOB: …", "PRIVATE SESSION …"."""
    return _LEAD_IN.sub("", title, count=1) if _LEAD_IN.match(title) else title


def cut_short(title: str) -> str:
    """Returns the name that a title begins with, up to a colon, where it says no type: "Mill Lane: extension" → "Mill Lane"; it is only a
    guess until somebody knows it. Empty where there is none."""
    found = _SHORT.match(title)
    return found[1] if found and not TYPE_WORDS.intersection(name_words(found[1])) else ""


def stage_said(text: str) -> Said:
    """Returns how far a matter is, as words about it say: strategy, design … award, monitoring; and the words. Empty where they do not."""
    return _first_in(text, _COMPILED_STAGES)


def function_said(text: str) -> Said:
    """Returns the kind of business that words are about, and the words that say so; both empty where none do."""
    return _first_in(text, _COMPILED)


def stage_of(text: str) -> str:
    """Returns how far a matter is, empty where words about it do not say."""
    return stage_said(text)[0]


def function_of(text: str) -> str:
    """Returns the kind of business that words are about, empty where they do not say."""
    return function_said(text)[0]


def _first_in(text: str, patterns: tuple[tuple[str, "re.Pattern[str]"], ...]) -> Said:
    found = next(((name, hit) for name, pattern in patterns if (hit := pattern.search(text))), None)
    return (found[0], found[1][0] + re.split(r"[^\w'’]", text[found[1].end() :], maxsplit=1)[0]) if found else ("", "")


def relation_at(text: str, start: int, *, in_title: bool) -> Affected:
    """Returns how the organisation named at `start` stands to the item, by the words before it."""
    before = text[:start]
    if not in_title and _RECEIVING.search(_sentence(before)):
        return Affected.NEIGHBOUR
    for relation, pattern in _COMPILED_RELATIONS:
        if pattern.search(before):
            return relation
    return Affected.SUBJECT


def place_of(text: str, name: str) -> int:
    """Returns where a matched name stands: its first telling word."""
    key = company_key(name).removeprefix("name:").split()
    for word in words(text):
        if key and word.text == key[0]:
            return word.start
    return 0


def _sentence(before: str) -> str:
    return re.split(r"[.;]\s", before)[-1]


_PLURAL = re.compile(
    r"((?:[A-Z][\w'’&-]*(?:\s+[A-Z][\w'’&-]*){0,3},\s+)*[A-Z][\w'’&-]*(?:\s+[A-Z][\w'’&-]*){0,3}\s+(?:and|&)\s+"
    r"[A-Z][\w'’&-]*(?:\s+[A-Z][\w'’&-]*){0,3}?)\s+"
    r"((?i:health cent(?:re|er)s|medical cent(?:re|er)s|surgeries|medical practices|practices|clinics|pcns|primary care networks))\b"
)
_CALLED = r"[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,3}"
_LISTED = rf"({_CALLED}(?:(?:\s*[,/+]\s*|\s+(?:and|&|with)\s+)(?:the\s+)?{_CALLED})+)"
_MERGING = (
    re.compile(rf"\b(?i:merger?|merging)\b[\s:–-]*(?:(?i:of|between|by)\s+)?(?:(?i:the)\s+)?{_LISTED}"),
    re.compile(
        rf"{_LISTED}[\s:,–-]+(?:(?i:application|proposal|request|practice|proposed)\s+){{0,2}}(?:(?i:to)\s+)?(?i:merger?)\b"
    ),
)
_APART = re.compile(r"\s*[,/+]\s*|\s+(?:and|&|with)\s+")
_ALONE = re.compile(r";\s+([A-Z][\w'’&-]*(?:\s+[A-Z][\w'’&-]*){0,3})\s*(?=[(;]|$)")
_SINGULAR = {
    "pcns": "PCN", "primary care networks": "PCN", "surgeries": "Surgery", "practices": "Practice", "clinics": "Clinic",
}  # fmt: skip


def merging(text: str) -> tuple[str, ...]:
    """Returns the practices that a merger names without saying that they are practices: "Merger of Harbour Row and Mill Lane" → "Harbour
    Row Practice" … ; each is only a guess until somebody knows it."""
    found = next((match for match in (pattern.search(text) for pattern in _MERGING) if match), None)
    pieces = (piece.strip().removeprefix("the ") for piece in _APART.split(found[1])) if found else ()
    return tuple(f"{piece} Practice" for piece in pieces if piece and not TYPE_WORDS.intersection(name_words(piece)))


def shared_types(text: str) -> tuple[str, ...]:
    """Returns the names that share a type word: "Thurrock, Commonwealth and Tilbury health centres" → "Thurrock Health
    Centre" … ; each is only a guess until somebody knows it."""
    found: list[str] = []
    for match in _PLURAL.finditer(text):
        kind = _SINGULAR.get(match[2].lower()) or match[2].lower().removesuffix("s").title()
        pieces = re.split(r",\s+|\s+(?:and|&)\s+", match[1])
        pieces += _ALONE.findall(text[match.end() :])  # "…; Purfleet (its provider)" shares the type too
        found.extend(f"{piece.strip()} {kind}" for piece in pieces if piece.strip())
    return tuple(found)
