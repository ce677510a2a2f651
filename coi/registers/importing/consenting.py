"""What the form of an old register says of consent to publication → why somebody asks not to be published. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from coi.registers.importing.vocabulary import Action, Proposal
from coi.screening.cells import is_ticked
from coi.screening.interest_text import read_date

ASKS = (
    "The form does not consent to publication. The Guardian is asked, with the reason that it gives, and until that is decided the public "
    "does not see it"
)
ASKS_WITHOUT = (
    "The form does not consent to publication, and no column that is read gives a reason. The Guardian is asked without one, and until "
    "that is decided the public does not see it"
)
ASKS_IN_VAIN = "The form does not consent to publication, but there is no interest to keep back"
NO_REASON = "The form does not consent to publication, and gives no reason"
_NOT_ASKED = re.compile(r"^\W*(?:n\s*/\s*a|not (?:applicable|asked|stated))?\W*$", re.IGNORECASE)
_IS_NONE = re.compile(
    r"^\W*(?:n\s*/\s*a|not (?:applicable|asked|stated)|none(?: given)?|nil|no(?: reasons?)?)?\W*$", re.IGNORECASE
)
_YES = frozenset({
    "yes", "y", "true", "ok", "okay", "agree", "agrees", "agreed", "consent", "consents", "consented", "given", "granted", "do",
    "happy", "content"
})  # fmt: skip
_BESIDE = _YES | frozenset({
    "i", "we", "my", "our", "the", "all", "any", "both", "everything", "full", "to", "for", "that", "this", "these", "it", "so",
    "and", "also", "in", "on", "of", "be", "being", "is", "are", "am", "hereby", "freely", "fully", "happily", "gladly", "give",
    "gives", "giving", "permission", "agreement", "please", "thanks", "thank", "you", "can", "certainly", "absolutely",
    "definitely", "course", "sure", "fine", "good", "right", "confirm", "confirmed", "verbally", "verbal", "writing", "written",
    "by", "email", "phone", "telephone", "signed", "dated", "information", "details", "declaration", "declarations",
    "interest", "interests", "entry", "entries", "form", "public", "publicly", "publication", "publish", "published", "publishing",
    "disclose", "disclosed", "disclosing", "disclosure", "website", "online", "internet"
})  # fmt: skip
"""All that may stand beside a yes so that it is still a plain one. Any other word may take some of it back, and what was refused and
read as a yes would be published: so it is asked."""
_OF_BEING_PUBLIC = frozenset({
    "a", "an", "its", "as", "with", "at", "will", "may", "made", "which", "has", "been", "above", "below", "provided", "supplied",
    "submitted", "declared", "recorded", "entered", "data", "everybody", "everyone", "available", "websites", "web", "domain",
    "annual", "report", "transparency", "required", "law", "accordance", "act", "protection", "gdpr", "regulation", "policy",
    "guidance", "statutory", "purpose", "purposes", "register", "registers", "hold", "holds", "held", "organisation", "body",
    "board", "group", "clinical", "commissioning", "integrated", "care", "ccg", "ccgs", "icb", "icbs", "nhs", "england"
})  # fmt: skip
"""What may stand beside it too, but only where it says that it is made public: “yes, in the register” may mean the body's own alone."""
_MADE_PUBLIC = re.compile(r"\b(?:publi\w+|disclos\w+)\b", re.IGNORECASE)
_NAME = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Sir|Dame|Revd?)\b\.?(?: [A-Z]\.?)* [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?"
    r"|\b(?:[B-HJ-Z]|[A-Z]\.)(?: ?[A-Z]\.?)? ?(?<=[ .])[A-Z][a-z][\w’'-]+"
)
"""Somebody beside a title or initials: “Yes (J Smith)”. Two words with capitals may be anything."""
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DAY = re.compile(
    rf"(?<!by )\b(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH} \d{{2,4}}|20\d\d)\b",
    re.IGNORECASE,
)
_GIVING = r"(?:giv(?:e|en|ing)|grant(?:ed)?|confirm(?:ed)?|sign(?:ed)?|agreed?|obtained?|consent(?:ed)?|approved?)"
_TO_COME = re.compile(
    rf"\b(?:to be|be|being|will|shall|may|might|should|would|yet to|(?<!happy )(?<!content )to) (?:\w+ly )?(?:be )?{_GIVING}\b",
    re.IGNORECASE,
)
"""A yes that nobody said yet: “consent to be given”. Who is “happy to give consent” said it."""
_GIVEN_HOW = frozenset({
    "given", "granted", "by", "on", "in", "and", "consent", "permission", "freely", "fully", "hereby", "verbally", "verbal", "writing",
    "written", "email", "phone", "telephone", "signed", "dated"
})  # fmt: skip
"""What may follow where a yes begins with “given”: “given the public interest” is none."""
_WORDS = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_BESIDE_WORDS = re.compile(r"[\s,;:.!()\[\]\"“”‘’–—✓✔☑-]*")
_CROSS = re.compile(r"\W*[✗✘✕✖❌]\W*")
_BOXED = re.compile(r"[\[(]\s*(\S)\s*[\])]")
_NOTHING_AGAINST = re.compile(r"\bno (?:objections?|concerns?|problems?|issues?|reservations?)\b", re.IGNORECASE)
_NO = re.compile(
    r"^\W*(?:(?:no|n|false|✗|✘|refused|declined|none given|not given|withheld|objects?)\b|(?:no\W+)?i (?:do not|don.t) (?:consent|agree)\b"
    r"|(?:i )?(?:do not|don.t)(?: (?:give|consent|agree)(?: (?:my )?consent)?)?(?=\W*$|\s*[.,:;–—-])"
    r"|do not publish\b|does not consent\b)[\s,:;.–—-]*(?:(?:because|as|since)\b\s*)?",
    re.IGNORECASE,
)
_SAYS_NOT = re.compile(r"\b(?:not|don.t|no|withh\w+|refus\w+|declin\w+|objects?|opts?.out)\b", re.IGNORECASE)
_KEEPS_BACK = re.compile(
    r"withh|redact|anonymi|suppress|exempt|private|confidential|object|opt.?\w*.out|against|\b(?:not|don.?t|never|no)\b",
    re.IGNORECASE,
)
"""A heading, other than one of consent, under which a yes is a refusal and a no is none: “Redact?”, “Do not publish”."""
_NOTHING_KEPT = re.compile(
    r"\W*(?:no|n|false|0|none|nil|publi\w+"
    r"|(?:not |no need to (?:be )?)(?:redact|withh[eo]ld|exempt|private|confidential|required)\w*)\W*",
    re.IGNORECASE,
)
_IS_PUBLIC = re.compile(r"\W*(?:is |already |to be )?(?:publi(?:c|shed|sh)|on (?:the )?website)\W*", re.IGNORECASE)
_ASIDE = re.compile(
    r"\([^)]*\)|\by(?:es)?\s*(?:/|or)\s*no?\b|(?<!tick )(?<!tick here )\bif\b.*", re.IGNORECASE
)  # in a heading: how to fill it in


def refusal_in(cells: Mapping[str, str], headings: Mapping[str, str], today: date) -> str:
    """Returns why a row is not to be published, where its column of consent says anything but yes, or gives a reason beside a yes; empty
    where it consents or does not say. A consent for a day after `today` is none yet. It goes to the Guardian, and blocks nothing.
    Rule: REG-06; RULEBOOK §6.4, §26 no. 15."""
    said, why = " ".join(cells.get("consent", "").split()), " ".join(cells.get("withheld", "").split())
    said = _BOXED.sub(r"\1", said) if _BOXED.fullmatch(said) else said
    reason = "" if is_ticked(why) else _reason(why)
    if _CROSS.fullmatch(said):
        return reason or NO_REASON
    is_yes = is_ticked(said) or agrees(said, today)
    is_given = _IS_NONE.match(why) or (agrees(why, today) and (is_yes or not is_ticked(why)))
    given = "" if is_given else reason or NO_REASON
    heading = _ASIDE.sub(" ", headings.get("consent", ""))
    if "consent" not in heading.lower() and _KEEPS_BACK.search(heading):
        is_kept, is_yes = is_yes, bool(_NOTHING_KEPT.fullmatch(said))
    else:
        is_kept = is_ticked(said) and bool(_SAYS_NOT.search(heading))
        is_yes = is_yes or bool(_MADE_PUBLIC.search(heading) and _was_published(said, today))
    if is_kept:
        return reason or NO_REASON
    if _NOT_ASKED.match(said) or is_yes:
        return given
    return ". ".join(dict.fromkeys(part for part in (_reason(said), reason) if part)) or NO_REASON


def _was_published(said: str, today: date) -> bool:
    """Whether a cell under “Published?” says that it was, or on which day."""
    if _DAY.search(said) and not _is_after(said, today):
        said = _DAY.sub(" ", said).strip() or "published"
    return bool(_IS_PUBLIC.fullmatch(said))


def agrees(said: str, today: date | None = None) -> bool:
    """Whether a text is plainly a yes: it begins with one that was said already, and all that stands beside it is known to take none of
    it back. Whatever else somebody wrote is for the Guardian to read. Rule: REG-06; RULEBOOK §7.3, §26 no. 15."""
    if _TO_COME.search(said) or (today is not None and _is_after(said, today)):
        return False
    rest = said
    for harmless in (_NOTHING_AGAINST, _DAY, _NAME):
        rest = harmless.sub(" ", rest)
    words = [re.sub(r"[’'][sm]$", "", word.casefold()) for word in _WORDS.findall(rest)]
    known = _BESIDE | _OF_BEING_PUBLIC if _MADE_PUBLIC.search(rest) else _BESIDE
    if not words or words[0] not in _YES | {"i", "we"} or _YES.isdisjoint(words) or not known.issuperset(words):
        return False
    if words[0] in ("given", "granted") and not _GIVEN_HOW.issuperset(words):
        return False
    return bool(_BESIDE_WORDS.fullmatch(_WORDS.sub(" ", rest)))


def _is_after(said: str, today: date) -> bool:
    return any(day > today for each in _DAY.findall(said) if (day := read_date(each)))


def _reason(said: str) -> str:
    return "" if _NOT_ASKED.match(said) else _NO.sub("", said, count=1).strip()


def asking(found: Proposal) -> Proposal:
    """Returns what happens with a row whose form does not consent to publication: the Guardian is asked, once, and the interest is taken
    like any other. Rule: REG-06; RULEBOOK §26 no. 15."""
    if found.action is Action.NIL:
        return replace(found, reasons=(*found.reasons, ASKS_IN_VAIN))
    is_known = found.action is Action.ALREADY and found.interest is not None
    if not (is_known or found.action in (Action.NEW, Action.CHANGED)):
        return found
    if found.interest is not None and found.interest.is_asked_about:
        return found
    action = Action.ASKED if is_known else found.action
    told = ASKS_WITHOUT if found.stated.keep_private_because == NO_REASON else ASKS
    return replace(found, action=action, reasons=(*found.reasons, told), asks=True)
