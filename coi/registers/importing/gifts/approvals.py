"""What a row of an older register of gifts and hospitality says of an approval, where it says it plainly. Pure."""

import re
from datetime import date

from coi.registers.gifts.vocabulary import Approval
from coi.registers.importing.cell_rows import WHOLE_DAY, days_in
from coi.screening.cells import is_ticked

MOST = 120
_ASKS = re.compile(r"\b(?:approv|authori[sz]|agreed|sign(?:ed)?[ -]?off)", re.IGNORECASE)
_REVIEWS = re.compile(r"\breview", re.IGNORECASE)
_YES = re.compile(r"\W*(?:yes|y|approved|authori[sz]ed|agreed|granted|approval (?:given|granted))\b", re.IGNORECASE)
_SAYS_SO = re.compile(r"approv|authori[sz]", re.IGNORECASE)
_NO = re.compile(
    r"\W*(?:no|n|not (?:approved|authori[sz]ed|agreed|granted)|(?:approval )?(?:refused|rejected|declined))\b",
    re.IGNORECASE,
)
_BETWEEN = frozenset(
    {"on", "by", "dated", "date", "the", "of", "and", "for", "my", "his", "her", "their", "our", "as", "was", "given"}
)
_ROLES = frozenset({
    "accountable", "acting", "associate", "assistant", "board", "body", "ccg", "chair", "chairman", "chief", "clinical", "commissioning",
    "committee", "corporate", "deputy", "director", "executive", "finance", "financial", "governance", "governing", "guardian", "head",
    "icb", "lead", "line", "manager", "managing", "medical", "nurse", "officer", "operating", "president", "secretary", "senior",
    "services", "team", "vice",
})  # fmt: skip
"""The words of which roles are made that approve."""
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_OTHER = frozenset({
    "email", "emailed", "see", "verbal", "verbally", "pending", "awaiting", "outstanding", "retrospective", "retrospectively", "unknown",
    "none", "nil", "not", "no", "never", "subject", "if", "unless", "required", "needed", "requested", "asked", "sought", "under",
    "review", "reviewed", "only", "partly", "but", "except", "without", "unclear", "to", "be", "tbc", "tba", "na",
})  # fmt: skip
"""Words that leave open whether it was approved, though a capital stands before them."""


def approval_in(cell: str, heading: str, today: date) -> Approval | None:
    """Returns what a cell says of an approval: a yes or a no, the words “Approved” or “Not approved”, or who gave it, under a heading that
    asks for an approval; each perhaps with who it was and a day. None where it says anything else, such as a condition, or a name under
    a heading that asks who reviewed it. Rules: HOSP-01, HOSP-02; RULEBOOK §8."""
    told, asks = " ".join(cell.split()), bool(_ASKS.search(heading)) and not _REVIEWS.search(heading)
    days = days_in(told)
    on = min(days, default=None)
    if not told or "?" in told or len(told) > MOST or len(days) > 1 or (on and on > today):
        return None
    bare = WHOLE_DAY.sub(" ", told)
    if is_ticked(bare.strip(" .,;")):
        return Approval(True, on, told) if asks else None
    for words, is_approved in ((_NO, False), (_YES, True)):
        if found := words.match(bare):
            rest, says_so = bare[found.end() :], asks or _SAYS_SO.search(found[0])
            return Approval(is_approved, on, told) if says_so and (_is_who(rest) or not _words(rest)) else None
    return Approval(True, on, told) if asks and (_is_who(bare) or (on and not _words(bare))) else None


def _is_who(text: str) -> bool:
    """Whether a text is a name or a role, and nothing else: one word alone is a name only with a role or initials."""
    words = _words(text)
    if not words or any(each.casefold().strip(".") in _OTHER for each in words):
        return False
    roles = [each for each in words if each.casefold() in _ROLES]
    is_whole = all(each[0].isupper() or each in roles for each in words)
    return is_whole and (bool(roles) or len(words) > 1 or words[0].isupper())


def _words(text: str) -> list[str]:
    return [each for each in _WORD.findall(text) if each.casefold() not in _BETWEEN]
