"""What a clause tells beside the interest that it declares, and what ends nothing of it: a post in another body that is over, what a
house was called, a promotion, since when somebody else is gone. In doubt the person's own interest stands. Pure."""

import re

from coi.screening.ending import COLLEAGUE, FORMER, LEAVING, LEFT, TITLED, TO_A_DAY
from coi.screening.roles import RELATIVES, role_of
from coi.screening.vocabulary import Role

_SOMEBODY = rf"(?:(?:ex|former|late|then|senior|last|other|gp)[\s-]+)*(?:{RELATIVES}|{COLLEAGUE})"
_SINCE_SOMEBODY_LEFT = re.compile(  # "since my brother retired", "when former partner Dr Elm resigned"
    rf"\b(?i:since|after|when|following|because|as)\s+(?:(?i:(?:(?:my|our|his|her|the|a|an|one)\s+)?{_SOMEBODY})\b(?:\s+{TITLED})?|{TITLED})"
    rf"(?i:,?\s+(?:(?:has|have|had|who|then|was|is)\s+)*(?:{LEFT}|{LEAVING}|died)\b)"
)
_EMPLOYS = re.compile(rf"\b(?:I|we)\s+(?:also\s+)?employ\s+(?:my|our)\s+(?:{RELATIVES})\b", re.IGNORECASE)
_CALLED = re.compile(r"\b(?:formerly|previously)\s+(?:known\s+as|called|named|trading\s+as)\b[^.;,()]*", re.IGNORECASE)
_HOUSE_NO_LONGER = re.compile(
    r"\b(?:which|that)\s+(?:(?:is|are|has)\s+)?no\s+longer\s+(?!exist|trad|oper|open)[^.;,()]*"
)
_NO_LONGER = re.compile(r"(?<=[.;,(–-])\s*\bno\s+longer\s+(?:(?:a|an|the)\s+)?([^.;,()]*)", re.IGNORECASE)
_SMALL_DUTY = re.compile(  # whoever left the rota is still in post
    rf"\b(?:{LEFT})\s+(?:from\s+|doing\s+)?(?:the\s+|my\s+|its\s+)?(?:[\w-]+\s+)?(?:rota|on[\s-]call|out[\s-]of[\s-]hours)\b[^.;,()]*",
    re.IGNORECASE,
)
_UNTIL_THEY_GO = re.compile(  # a day to come that nobody knows: "until I retire"
    r"\buntil\s+(?:I|we|he|she|they)\s+(?:retire|leave|resign|die|finish|(?:step|stand)\s+down)s?\b(?![^.;,()]*\d)",
    re.IGNORECASE,
)
_BECAME = re.compile(
    r"\b(?:on|upon|when|until|to|before|then|and)\s+(?:I\s+)?(?:becoming|became|become)\b", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"\b(?:at|in|of|with)\s+(?!(?:the\s+)?(?:same|there|here)\b)(?:the\s+)?[A-Z]")
_BODIES = r"\b(?:CCG|ICB|ICS|PCN|PCT|PCG|LMC|LPC|BMA|RCGP|GPC|NHSE|HEE|CQC|GMC|(?i:deanery|federation))s?\b"
_BODY = re.compile(_BODIES)
_WORD = r"(?:(?!\s(?:and|&)\s)[^.;,()])*"
_POST_BESIDE = re.compile(
    rf"(?:\s+(?:and|&|plus|but)\s+|\s*[;,.(]\s*|\s+[-–—]\s+)(?P<post>{_WORD}?{_BODIES}{_WORD}(?:\([^()]*\))?)"
)
_DUTY = re.compile(
    r"\b(?:contract|role|post|seat|days?|sessions?|work|lead|tutor|trainer|appraiser|mentor)\b", re.IGNORECASE
)
_HOUSE = re.compile(r"\b(?:partner|practice|surgery)", re.IGNORECASE)
_PLACED = re.compile(r"(?:\b(?:at|of|in|for|with)\s+(?:the\s+)?|[,:–-]\s*)[A-Z]")


def apart_from_others(text: str) -> str:
    """Returns `text` without what it tells of somebody else who is gone, or whom the person employs."""
    text = _SINCE_SOMEBODY_LEFT.sub(" ", text)
    return _EMPLOYS.sub(" ", text) if "employ" in text else text


def without_beside(text: str, *, indirect: bool) -> str:
    """Returns `text` without the ends that belong to something beside the interest that it declares."""
    text = _UNTIL_THEY_GO.sub(" ", _SMALL_DUTY.sub(" ", text))
    text = _CALLED.sub(" ", text)
    if "longer" in text:
        text = _NO_LONGER.sub(lambda found: _unless_it(found, text, indirect=indirect), _HOUSE_NO_LONGER.sub(" ", text))
    text = _since_promoted(text, indirect=indirect)
    if _BODY.search(text):
        return _POST_BESIDE.sub(lambda found: _unless_current(found, indirect=indirect), text)
    return text


def _unless_it(found: "re.Match[str]", text: str, *, indirect: bool) -> str:
    """ "No longer GP tutor" ends that; "no longer working there" ends what was said before."""
    other = role_of(found[1], indirect=indirect)
    stated = role_of(text[: found.start()], indirect=indirect)
    is_another = other not in (Role.UNKNOWN, Role.EMPLOYEE, stated) or bool(_DUTY.search(found[1]))
    return " " if stated is not Role.UNKNOWN and is_another else found[0]


def _since_promoted(text: str, *, indirect: bool) -> str:
    """ "Ceased to be salaried at X on becoming partner there in 2020": what somebody became there counts."""
    found = _BECAME.search(text)
    if found is None or _ELSEWHERE.search(text, found.end()) or not FORMER.search(text[: found.end()]):
        return text
    was, now = role_of(text[: found.start()], indirect=indirect), role_of(text[found.end() :], indirect=indirect)
    return text[found.end() :] if Role.UNKNOWN not in (was, now) and was is not now else text


def _unless_current(found: "re.Match[str]", *, indirect: bool) -> str:
    """ "Partner at X & CCG clinical lead (ended 2022)": that is over in the other body."""
    post, head = found["post"], found.string[: found.start()]
    is_over = FORMER.search(post) or TO_A_DAY.search(post)
    is_post = role_of(post, indirect=indirect) is not Role.UNKNOWN or _DUTY.search(post)
    is_same = bool(_named_in(post) & _named_in(head))  # "director of Elm Federation, federation role ended"
    if not (is_over and is_post) or is_same or _HOUSE.search(post) or not _PLACED.search(head):
        return found[0]
    return " " if role_of(head, indirect=indirect) is not Role.UNKNOWN else found[0]


def _named_in(text: str) -> set[str]:
    return {body.lower().removesuffix("s") for body in _BODY.findall(text)}
