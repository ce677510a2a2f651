"""What the form of an old register says of consent to publication → why somebody asks not to be published. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace

from coi.registers.importing.vocabulary import Action, Proposal
from coi.screening.cells import is_ticked

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
_YES = re.compile(
    r"^\W*(?:yes|y|true|ok(?:ay)?|agreed?|(?:yes\W+)?i (?:do )?(?:consent|agree|give (?:my )?consent)|(?:i )?do(?: so)?(?=\W*$)"
    r"|consent(?:s|ed)?(?: given)?|given|granted)\b"
    r"(?!.*\b(?:but|except\w*|not|no|never|only|unless|until|if|without|\w+n.t|withh\w+|withdr\w+|refus\w+|declin\w+|den(?:y|ie[ds])"
    r"|object\w*|anonym\w+|internal\w*|reluctan\w+|remov\w+|keep|redact\w*|hid(?:e|ing|den)|confidential\w*|private\w*|exclu\w+|other than"
    r"|apart from|(?:in )?part(?:ly|ial\w*)?|subject|restrict\w*|pending|exempt\w*|separate\w*|/\s*n)\b).*$",
    re.IGNORECASE,
)
"""A yes, and nothing beside it that takes any of it back: what was refused and read as a yes would be published."""
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
_ASIDE = re.compile(
    r"\([^)]*\)|\by(?:es)?\s*(?:/|or)\s*no?\b|(?<!tick )(?<!tick here )\bif\b.*", re.IGNORECASE
)  # in a heading: how to fill it in


def refusal_in(cells: Mapping[str, str], headings: Mapping[str, str]) -> str:
    """Returns why a row is not to be published, where its column of consent says anything but yes, or gives a reason beside a yes; empty
    where it consents or does not say. It goes to the Guardian, and blocks nothing. Rule: REG-06; RULEBOOK §6.4, §26 no. 15."""
    said, why = " ".join(cells.get("consent", "").split()), " ".join(cells.get("withheld", "").split())
    said = _BOXED.sub(r"\1", said) if _BOXED.fullmatch(said) else said
    if _CROSS.fullmatch(said):
        return _reason(why) or NO_REASON
    given = (_reason(why) or NO_REASON) if not _IS_NONE.match(why) and not agrees(why) else ""
    if is_ticked(said):
        refuses = bool(_SAYS_NOT.search(_ASIDE.sub(" ", headings.get("consent", ""))))
        return (_reason(why) or NO_REASON) if refuses else given
    if _NOT_ASKED.match(said) or agrees(said):
        return given
    return ". ".join(dict.fromkeys(part for part in (_reason(said), _reason(why)) if part)) or NO_REASON


def agrees(said: str) -> bool:
    """Whether a text is plainly a yes, and takes none of it back."""
    return bool(_YES.match(_NOTHING_AGAINST.sub("", said)))


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
