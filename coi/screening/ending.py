"""What in a clause speaks of an end, and of whose: a post is left, a holding is sold, and a colleague's retirement ends nothing. Pure."""

import re
from itertools import islice

from coi.screening.roles import RELATIVES, role_of
from coi.screening.vocabulary import Role

_OF_A_POST = r"retired|resigned|left|(?:stepped|stood) down|gave (?:it )?up"
_OF_A_HOLDING = r"sold|disposed of|divested(?: of)?|relinquished|surrendered|transferred (?:my |the |all |our )*(?:shares?|sharehold)"
LEFT = rf"{_OF_A_POST}|{_OF_A_HOLDING}|ceased|ended|finished|dissolved|wound up|struck off|terminated|last worked(?: there)?"
LEAVING = (  # on a day that is stated; without one, nobody knows that it ended
    r"(?:retir|leav|resign|finish)(?:es|ing)|(?:step|stand)(?:s|ping|ing) down|retirement|"
    r"(?:to|will|shall|should) (?:retire|leave|resign|finish|(?:step|stand) down)"
)
NOT_ANY_MORE = rf"(?:\s+(?:a |an |the )?(?:{LEFT}|former|closed|no longer|known|called|renamed|merged|part of))"
_OTHERS = rf"(?:(?:gp |business )?partners|colleagues?|{RELATIVES})\b"  # a former wife's interest is no former one
FORMER = re.compile(
    rf"\b(?:former(?:ly)?(?! {_OTHERS})|previous(?:ly)?|ex-(?!{_OTHERS})|(?<!not )(?<!never )(?:{LEFT})|"
    r"until(?! (?:further|now|date|today|(?:the )?present)\b)|used to|was (?:a|an|the|"
    r"partner|director))\b|\bno longer\b|\b(?:not|\w+n't)\b[^.;]*\bany ?(?:more|longer)\b",
    re.IGNORECASE,
)
STILL = re.compile(
    rf"\b(?:(?:now|current(?:ly)?|presently|still)\b(?!{NOT_ANY_MORE})|remains?\b|continu(?:es?|ing)\b)", re.IGNORECASE
)
_HOUSE = (
    r"(?:(?<!branch )(?:practice|surgery|partnership|(?:health|medical) centre|clinic|company|business|charity|service)|which|it)"
    r"\s+(?:(?:was|has|had|then|itself|since|finally|is|been)\s+)*"
)
_SHUT = r"(?:clos(?:ed|ing)(?:\s+down)?|shut(?:\s+down)?|wound\s+up)"
CLOSED = (
    rf"(?:\b{_HOUSE}|[(,;:–-]\s*(?:(?:now|since|then)\s+)*)\b{_SHUT}|"
    r"\b(?:until|upon|on|till)\s+(?:(?:the|its|my|our)\s+)?(?:(?:practice|surgery)(?:'s)?\s+)?clos(?:ure|ing)(?:\s+of\s+[^.;,()\d]{0,60}?)?"
)
"""That a practice closed, right before the day: whoever was in it is there no more. A branch or a list that closes ends nothing."""
_INTO = r"(?:\s+(?:with|into)\s+[^.;,()\d]{0,60}?)?"
MERGED = rf"(?:\b{_HOUSE}|[(,;:–-]\s*)\bmerged{_INTO}|\b(?:until|upon|on|till)\s+(?:(?:the|its)\s+)?merger"
"""That it merged, which ends what is said to be over."""
_WAS_CLOSED = re.compile(rf"(?:{CLOSED})[^.;,()]*", re.IGNORECASE)
_HOLDINGS = (Role.LANDLORD, Role.SHAREHOLDER)
_EITHER = (Role.UNKNOWN, Role.OWNER)  # who owns a pharmacy may retire from it or sell it
_POST_LEFT = re.compile(
    rf"(?<!until )(?<!until I )\b(?:{_OF_A_POST})\b(?!\s+(?:landlord|owner|shareholder))[^.;,()]*", re.IGNORECASE
)
_HOLDING_SOLD = re.compile(rf"\b(?:{_OF_A_HOLDING})[^.;,()]*", re.IGNORECASE)
TITLED = r"(?:Drs?|Mrs?|Ms|Miss|Prof(?:essor)?|Sir|Dame)\b\.?(?:\s+[A-Z][\w'-]*){1,3}"
COLLEAGUE = r"(?:predecessors?|colleagues?|(?:senior |gp |other |former )*partners?|gps?|doctors?|principals?)"
_HAVE = r"(?:,?\s+who)?(?:\s+(?:has|have|had|is|are|was|then|since|also|recently|due)\b)*"
_GONE = rf"{_HAVE}\s+(?:{_OF_A_POST}|{LEAVING})\b[^.;,()]*"
_SOMEBODY_LEFT = re.compile(
    rf"(?:{TITLED}|\b(?i:(?:my|our|the|a|an|one|two|three|another|other)\s+{COLLEAGUE}))(?i:{_GONE})"
)
_RELATIVE = re.compile(rf"\b(?:{RELATIVES})\b", re.IGNORECASE)
_RELATIVE_LEFT = re.compile(rf"\b(?:(?:my\s+)?(?:{RELATIVES})|he|she){_GONE}", re.IGNORECASE)
_ANOTHER_ROLE = re.compile(
    rf"\b(?:(?:{_OF_A_POST})\s+(?:as|from)|former(?:ly)?|previous(?:ly)?|ex-)\b\s*[^.;,()]*", re.IGNORECASE
)
_PARTNERSHIP = re.compile(r"\b(the|my|our) partnership\b(?!\s+[A-Z])")
_CALLED_BEFORE = re.compile(  # "Osterleigh Surgery (formerly The Mill)": the name ended, not the interest
    r"\((?i:formerly|previously)(?i:\s+known\s+as|\s+called)?\s+(?i:the\s+)?[A-Z][^()]*\)"
)
_BESIDES = re.compile(  # what ended, or ends, beside the interest: leave from a post, a lease, a seat on a body of the NHS
    r"\b(?i:leave|sabbatical|secondment|lease|tenancy|closed|closure|loan|suspended|suspension|course)\b[^.;,()\d]{0,20}?"
    r"\b(?i:until|till|to|up to|end(?:ed|s|ing)|expire[ds])\b|"
    r"\b(?i:left|resigned|retired|(?:stepped|stood) down)\s+(?i:from\s+|as\s+)?(?i:an?\s+|the\s+)?(?:[\w-]+\s+)?"
    r"(?:LMC|CCG|ICB|PCT|BMA|RCGP|Army|Navy|RAF|(?i:governing body|armed forces))\b[^.;,()\d]*"
)
_PART = (
    r"(?:part(?:ly|ially)?|partial|some|half|most|several|a (?:part|portion|half|third|quarter|minority|majority|few)|"
    r"\b\d?\d(?:\.\d+)?\s*(?:%|per ?cent)|\d+ of (?:my|the|our|his|her|their)|one of (?:my|the|our))"
)
_NO_END = re.compile(  # "sold 10%", "not yet retired", "semi-retired": some is kept, or all of it
    rf"\b{_PART}(?:\s+of (?:it|this|these|them|(?:my|the|our) \w+))?(?:\s+(?:was|were|has been|have been))?"
    rf"\s+(?:{_OF_A_HOLDING})\b[^.;,()]*|"
    rf"\b(?:{_OF_A_HOLDING})\s+(?:a\s+|my\s+)?{_PART}(?:\b|(?<=%))[^.;,()]*|"
    rf"\b(?:not|never|nor|\w+n't)\s+(?:(?:yet|been|fully|formally|actually|quite|completely|entirely)\s+)*(?:{LEFT}|former(?:ly)?)\b|"
    r"\b(?:semi|part(?:ly|ially)?)[\s-]*retire(?:d|ment)\b|\b(?:24|twenty[\s-]four)[\s-]*h(?:ou)?rs?'?[\s-]*retirement\b",
    re.IGNORECASE,
)
_BACK = (
    r"re-?(?:appointed|elected|joined|instated|engaged)|resumed|(?:renewed|extended|rolled over)(?=\W*(?:$|to|until|till|for|by|annual|"
    r"year|every|each|in|again|since|\d))|(?:returned|(?:came|come|went|now|is|am) back)(?=\W*(?:$|\d+|as|in|from|on|since|again|there|"
    r"to (?:it|(?:the|my|this|that|its)?\s*(?:same |old |former )?"
    r"(?:practice|surgery|partnership|post|role|job|board|company|team)))\b|\W*$)|"
    r"again (?=from|since|in|as|to\b|\d)"
)
_AGAIN = re.compile(rf"\b(?:{_BACK})", re.IGNORECASE)
_UNDONE = re.compile(  # "until 2019 but have since returned", "contract ends 31 March 2024, renewed"
    rf"\b(?:{LEFT}|{LEAVING}|former(?:ly)?|previous(?:ly)?|used to|was (?:a|an|the|partner|director)|until|till|up to|ends?|ending|"
    r"expir(?:es|ed|ing|y))\b",
    re.IGNORECASE,
)
_ATOM = re.compile(r"[,;(]\s*([^.,;()]+)")
TO_A_DAY = re.compile(r"\b(?:until|till|to|end(?:ed|s|ing))\b[^.;]*\d|\d{4}\s*[-–]\s*\d", re.IGNORECASE)
_MOST_POSTS = 10  # in one clause
_WORKED = re.compile(r"\b(?:work(?:s|ed|ing)?|employed|served|staff)\b", re.IGNORECASE)
_ACTIVITY = re.compile(  # "PPE lead until 2021", "sits on CCG board until 2024"; "Marlow Acute Hospitals board" is somebody's
    r"(?:(?:[A-Z]{2,6}|[a-z][\w-]*|Clinical|Governing|Locality)\s+)*(?i:lead|board|committee|body|rep|representative|member|trainer|"
    r"appraiser|mentor|advis[eo]r|tutor|treasurer|secretary|course|project|programme)\b"
)


def about_it(text: str, *, indirect: bool) -> str:
    """Returns `text` without what says that somebody else left, or that the person left another role than the one they state:
    "partner (Dr Jones retired 2018)", "practice manager, retired as partner 2015"."""
    text = _BESIDES.sub(lambda found: ";" * len(found[0]), _CALLED_BEFORE.sub(_unless_a_role, text))
    text = _SOMEBODY_LEFT.sub(" ", text)
    if not indirect and _RELATIVE.search(text):  # "with my wife, who left", "my brother (he resigned in 2019)"
        text = _RELATIVE_LEFT.sub(" ", text)
    text = _without_other_posts(text, indirect=indirect)
    for found in _ANOTHER_ROLE.finditer(text):
        other = role_of(_PARTNERSHIP.sub(r"\1 partner", found[0]), indirect=indirect)
        kept = f"{text[: found.start()]} {text[found.end() :]}"
        stated = role_of(kept, indirect=indirect)
        if Role.UNKNOWN not in (other, stated) and other is not stated:
            return kept
    return text


def _without_other_posts(text: str, *, indirect: bool) -> str:
    """ "Partner at …, PPE lead until 2021", "partner (salaried until 2015)": that day is the other post's."""
    told = (found for found in _ATOM.finditer(text) if TO_A_DAY.search(found[1]) and not _WORKED.search(found[1]))
    for found in islice(told, _MOST_POSTS):
        kept = text.replace(found[0], " ", 1)
        stated, other = role_of(kept, indirect=indirect), role_of(found[1], indirect=indirect)
        if stated is not Role.UNKNOWN and ((other not in (Role.UNKNOWN, stated)) or _ACTIVITY.match(found[1])):
            text = kept
    return text


def _unless_a_role(found: "re.Match[str]") -> str:
    return " " if role_of(found[0]) is Role.UNKNOWN else found[0]


def ending_it(text: str, role: Role) -> str:
    """Returns `text` without the ends that are none, or none of such a role: part of a holding is sold, somebody returned, whoever retires
    still owns the building and the shares, and whoever sells something is still in post."""
    text = _until_back(_NO_END.sub(" ", text))
    if role in _HOLDINGS:
        return _POST_LEFT.sub(" ", _WAS_CLOSED.sub(" ", text))
    return text if role in _EITHER else _HOLDING_SOLD.sub(" ", text)


def _until_back(text: str) -> str:
    """A text without whatever ended before somebody came back, or something was renewed, for the last time."""
    back = max((found.start() for found in _AGAIN.finditer(text)), default=0)
    undone = _UNDONE.search(text, 0, back) if back else None
    return f"{text[: undone.start()]} {text[back:]}" if undone else text
