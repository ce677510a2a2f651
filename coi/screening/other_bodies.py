"""Posts in churches, parties, councils, schools and clubs: whoever has one means no practice by a name without a type. Pure."""

import re

_CHURCH = (
    r"church\s?wardens?|vicars?|curates?|rector|vergers?|sacristans?|deacons?|clergy|(?:church )?organist|bell-?ringers?|parishioners?|"
    r"parochial|congregation|dioces\w+|deanery|lay (?:reader|preacher)|priests?|pastor|synod|choir\w*|"
    r"(?:parish|church|PCC) (?:council|clerk|"
    r"committee|members?|leader|hall|treasurer|secretary|elder|warden)|(?:member|treasurer|secretary) of (?:the )?(?:parish|church|PCC)"
)
_POLITICS = (
    r"(?:labour|conservative|green|liberal democrats?|lib ?dem|reform(?: uk)?|plaid(?: cymru)?|co-operative|political|workers|socialist)"
    r"(?: party)? (?:party|members?|branch|candidate|association|councillor|group|agent)|UKIP|(?:labour|green|conservative) party|"
    r"party (?:member|branch|agent|candidate|activist)|councillors?|cllr|mayor(?:ess)?|alderm[ae]n|constituency|MPs? (?:for|of)|"
    r"members? of parliament|election|parliamentary|(?:parish|town|county|district|borough|city) council"
)
_SCHOOL = (
    r"governors?|head\s?(?:teacher|master|mistress)|(?<!gp )(?<!clinical )(?<!practice )teach(?:er|es|ing assistant)|pupils?|PTA|"
    r"(?:primary|secondary|junior|infants?|high|grammar|prep|nursery|sunday) school|school (?:governor|board|council|association)"
)
_CLUB = (
    r"rotary|rotarian|lions club|round table|inner wheel|freemasons?|masonic|scouts?|scouting|girlguiding|"
    r"(?:guides?|cubs?|beavers?|brownies?|cadets?) (?:leader|group|unit|pack)|women['’]?s institute|(?-i:WI\b)|"
    r"(?:football|cricket|rugby|golf|tennis|bowls|hockey|rowing|sailing|swimming|athletics?|social|sports?|youth|running|bridge)"
    r" (?:club|team|coach|group|captain)|allotments?|residents['’]? association|village hall|neighbourhood watch|almshouses?"
)
_OTHER = rf"\b(?:{_CHURCH}|{_POLITICS}|{_SCHOOL}|{_CLUB}|trustees?|patron)\b"
_ANY = re.compile(_OTHER, re.IGNORECASE)
_IN_EACH = """warden vicar curate rector verger sacrist deacon clergy organist ringer paroch parish congreg dioces deanery reader
preacher priest pastor synod choir church party branch member candidate assoc agent group ukip council cllr mayor alderm constituen mp
parliament election govern head teach pupil pta school rotar lions table wheel mason scout leader unit pack institute wi club team coach
captain allotment hall watch almshouse trustee patron girlguiding"""
_STEMS = tuple(_IN_EACH.split())  # one stands in each of these posts: quick to look for, where most texts have none
_OF_PRACTICE = (
    r"\b(?:GPs?|salaried|locum|partners?|partnership|principal|patients?|PPG|practices?|surger(?:y|ies)|medical|doctors?|nurse|"
    r"landlord|premises|receptionist|pharmacist|employee|employed|clinical director|trust)\b"
)
_POST = re.compile(rf"(?P<other>{_OTHER})|{_OF_PRACTICE}", re.IGNORECASE)
_APART = re.compile(r"[;\n•]|(?<!\bSt)(?<!\bDr)\.\s+(?=[A-Z])")
_PCC = re.compile(r"\bPCC$")
_HELD = r"(?:member|treasurer|secretary)"
_HOLDS, _IS_HELD = (
    re.compile(rf"\b{_HELD}[\s,:–-]*(?:of\s+|for\s+)?(?:the\s+)?$", re.IGNORECASE),
    re.compile(rf"[\s,:(–-]*{_HELD}\b", re.IGNORECASE),
)
_BEHIND = re.compile(r"\s*(?:[(:–]|-\s)")


def names_one(text: str) -> bool:
    """Whether a text names such a post at all."""
    small = text.lower()
    return (any(stem in small for stem in _STEMS) and bool(_ANY.search(text))) or "PCC" in text


def is_parochial(raw: str) -> bool:
    """Whether a phrase ends as the names of parochial church councils do: "St John's PCC" may be a primary care centre too."""
    return bool(_PCC.search(raw))


def is_of_one(text: str, start: int, end: int) -> bool:
    """Whether the post beside what stands from `start` to `end` is one of these: the one in brackets or behind a dash, else the nearest
    before it, else the first behind it, of the same sentence."""
    breaks = [0, *(found.end() for found in _APART.finditer(text)), len(text)]
    first = max(place for place in breaks if place <= start)
    last = min(place for place in breaks if place >= end)
    if is_parochial(text[start:end]) and (_HOLDS.search(text, first, start) or _IS_HELD.match(text, end)):
        return True
    before = list(_POST.finditer(text, first, start))
    behind = _POST.search(text, end, last)
    if behind and (not before or _BEHIND.fullmatch(text[end : behind.start()])):
        return behind["other"] is not None
    return bool(before) and before[-1]["other"] is not None
