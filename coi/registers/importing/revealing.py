"""Whether what a row says reveals something about somebody's health, religion or belief. Pure."""

import re
from dataclasses import replace

from coi.registers.importing.consenting import asking
from coi.registers.importing.vocabulary import Action, KnownInterest, Proposal

REVEALS = (
    "It reveals something about somebody’s health, religion or belief. The Guardian is asked, and until that is decided the public does "
    "not see it"
)
BY_ITS_WORDS = "By its words. Untick it where it does not"
_CLOSE = r"(?:wife|husband|spouse|partner|son|daughter|child|mother|father|parent|brother|sister|relative|grand(?:son|daughter|child))"
_CONDITION = (
    r"(?:cancer|diabetes|epilepsy|dementia|alzheimer\w*|parkinson\w*|autism|asthma|copd|hiv|multiple sclerosis|depression|schizophrenia"
    r"|leuka?emia|lymphoma|arthritis|cystic fibrosis|down.?s syndrome|cerebral palsy|sickle cell|crohn\w*)\b"
    r"(?-i:(?! [A-Z]))(?! (?:services?|centres?|units?|clinics?|care|patients?|charit|research|networks?|nurses?|teams?|projects?)\b)"
)
_KIND = r"(?:(?:an?|type|stage|early|advanced|severe|chronic|terminal|incurable|breast|lung|bowel|prostate|skin|[0-9]) ){0,3}"
_HEALTH = (
    rf"\b(?:(?:has|have|had|living with|lives with|suffer(?:s|ing|ed)? (?:from|with)|{_CLOSE} with) {_KIND}{_CONDITION}"
    r"|diagnosed with|suffer(?:s|ing|ed)? from|in remission|terminally ill|receiv(?:es?|ing) (?:treatment|chemotherapy|dialysis)\b"
    r"|registered (?:as )?(?:disabled|blind)\b|(?:is|am) (?:disabled|deaf|blind|diabetic|epileptic|autistic|hiv positive)\b"
    r"|(?:has|have) an? (?:learning |physical )?disability\b|(?:has|have) an? (?:long.term|chronic|medical|(?:mental )?health) condition\b)"
)
_NO_CHURCH = r"(?!.{0,40}\b(?:school|academy|college|hall|street|road|lane|surgery|practice|trust)\b)"
_BELIEF = (
    r"\b(?:church ?warden|lay (?:preacher|reader|minister)|parochial church council|parish church council"
    r"|(?:member|elder|deacon|trustee|treasurer|minister|warden) (?:of|at|in) (?:[\w’'.-]+ ){0,5}"
    rf"(?:church|chapel|mosque|synagogue|temple|gurdwara|cathedral|congregation)\b{_NO_CHURCH}"
    r"|practi[sc]ing (?:christian|catholic|muslim|jew|hindu|sikh|buddhist)\b"
    r"|(?:is|am) an? (?:[a-z]+ )?(?:christian|catholic|muslim|jew|hindu|sikh|buddhist|humanist|atheist|quaker)\b)"
)
_PLAINLY = re.compile(f"{_HEALTH}|{_BELIEF}", re.IGNORECASE)


def plainly(text: str) -> bool:
    """Whether a text says outright that somebody has a condition, is treated, or belongs to a congregation. A name alone, such as that of a
    charity for people with cancer, says nothing of the sort. Source: RULEBOOK §5.2 (a condition that a decision may affect)."""
    return bool(_PLAINLY.search(text))


def held_back(found: Proposal, said: bool | None) -> Proposal:
    """Returns what happens with a row that is not to be published as it is: its form does not consent, or it reveals health or belief, of
    which somebody `said` whether it does. (None: nobody did; then its words count where they are new.) It is taken like any other, and
    waits for the Guardian. What stands is not asked about again by itself. Rule: REG-06; RULEBOOK §7.3."""
    stated = found.stated
    found = asking(found) if stated.keep_private_because else found
    if found.action not in (Action.NEW, Action.CHANGED):
        return found
    by_words = said is None and plainly(f"{stated.nature}. {stated.organisation}") and not _revealed(found.interest)
    if not (said or by_words):
        return found
    is_asked = (
        not by_words and found.interest is not None and found.interest.is_asked_about
    )  # of words that are new nobody was
    told = (REVEALS, BY_ITS_WORDS) if by_words else (REVEALS,)
    return replace(found, reasons=(*found.reasons, *told), asks=found.asks or not is_asked, reveals=True)


def _revealed(stands: KnownInterest | None) -> bool:
    return stands is not None and plainly(". ".join((stands.nature, *stands.organisations)))
