"""What the words right beside a phrase say of it: a town, another practice, that it is a federation. Pure."""

import re
from collections.abc import Sequence

from coi.screening.names import TYPE_WORDS
from coi.screening.segments import Mention

_ADJOINING = re.compile(r"\.?[\s,:()–-]*")
_AND = re.compile(r"\s*(?:/|&|\+|\n|and)\s*(?:the\s+)?", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:/|\n)\s*(?:the\s+)?", re.IGNORECASE)
_CALLED_CODE = re.compile(r"\b(?:ods|gp|practice|code|ref|reference|no|number|is)\b", re.IGNORECASE)
_RIGHT_BEFORE = re.compile(r"[\s,:–—-]*(?:the\s+)?", re.IGNORECASE)
_ANY_WORD = re.compile(r"\w")
_SAID_TO_BE = re.compile(
    r"\s*(?:\(|,\s|[-–—]\s|\bis\s)\s*"
    r"(?:(?:a|an|the|our|its|local|gp|general practice|practice|primary care|provider|private|limited)\s+)*"
    r"(federation|confederation|alliance|collaborative|consortium|company|charity)\b(?!\s+(?-i:[A-Z]))",
    re.IGNORECASE,
)


def words_behind(phrases: Sequence[Mention], number: int, text: str) -> set[str]:
    """Returns the words that stand right behind a phrase: "Stock Surgery Halifax", "Stock Surgery (Halifax)"."""
    mention = phrases[number]
    following = phrases[number + 1] if number + 1 < len(phrases) else None
    beside = set(mention.tail)
    if following and not following.has_type and _ADJOINING.fullmatch(text[mention.end : following.start]):
        beside.update(following.listed)
    return beside


def words_before(phrases: Sequence[Mention], number: int, text: str) -> set[str]:
    """Returns the words that a text begins with where the phrase follows at once: "Salford: Mill Lane Surgery"."""
    before = phrases[number - 1] if number == 1 else None
    if before is None or before.has_type or text[: before.start].strip():
        return set()
    return set(before.listed) if _ADJOINING.fullmatch(text[before.end : phrases[number].start]) else set()


def is_adjoining(between: str) -> bool:
    """Whether what stands between two phrases is no more than a comma, a colon, a dash or a bracket."""
    return bool(_ADJOINING.fullmatch(between))


def is_beside_code(text: str, mention: Mention, code: tuple[int, int]) -> bool:
    """Whether a code stands right beside a name: "Mill Lane Surgery (ODS code X99999)", "X99999 Mill Lane Surgery"; not "Fern House
    (X99999); Mill Lane Surgery"."""
    if code[0] >= mention.end:
        return not _ANY_WORD.search(_CALLED_CODE.sub("", text[mention.end : code[0]]))
    return code[1] <= mention.start and bool(_RIGHT_BEFORE.fullmatch(text[code[1] : mention.start]))


def is_joined(text: str, before: Mention, mention: Mention) -> bool:
    """Whether nothing but "and" joins a phrase without a type word to a name before it that has one."""
    typed = before.has_type and not before.is_foreign
    return typed and not (mention.has_type or mention.tail) and bool(_AND.fullmatch(text[before.end : mention.start]))


def is_listed_with(text: str, mention: Mention, following: Mention) -> bool:
    """Whether a phrase without a type word stands in one list with a name behind it that has one: "Netherley House / The Roth Practice"."""
    typed = following.has_type and not following.is_foreign
    return typed and not mention.tail and bool(_LISTED.fullmatch(text[mention.end : following.start]))


def described(text: str, mention: Mention) -> Mention:
    """Returns a phrase with what the words behind it say that it is: "Alder & Birch Health (GP federation)" is no practice, network or
    trust."""
    said = _SAID_TO_BE.match(text, mention.end)
    if not said or mention.is_foreign or not any(word not in TYPE_WORDS for word in mention.listed):
        return mention
    return mention._replace(listed=(*mention.listed, said[1].lower()), tail=())
