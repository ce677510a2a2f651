"""Words that tell what somebody does or is ("works as a nurse for"), and are no part of a name; and when they are one all the same."""

import re
from collections.abc import Sequence

from coi.screening.names import (
    COMMISSIONER_WORDS,
    COMPANY_WORDS,
    FOREIGN_WORDS,
    LINKS,
    NETWORK_WORDS,
    PRACTICE_WORDS,
    TRUST_WORDS,
    Word,
)

HEADS = PRACTICE_WORDS | TRUST_WORDS | NETWORK_WORDS | COMMISSIONER_WORDS
SURE_TYPES = HEADS - {"health", "group", "healthcare", "partnership", "foundation"}
_NOISE = """accountant barrister carer ceo chief cleaner dean dentists engineer journalist lecturer paramedic
physiotherapist president professor psychologist reader researcher solicitor
acts adviser advisor agency aged all am an annual any appointed are as aunt be been being behalf board both
brother business but chair chairman chairperson chairwoman child children close committee consultant
contract contracts contractor cousin current currently daughter declaration declarations declared declares deputy
did direct director directors directorship do does due during each employed employee employer employment ended ex
executive father former formerly founder friend from full fulltime funded gave governor granddaughter
grandson gp gps had has have he held her his holder holding holds hours husband i ics indirect interest interests is
it its job joined landlord lead left lives locum locums manager managers managing married me medically member
members midwife mother mothers my nature ned nephew niece nil no non none not now nurse nurses office officer one or our
over own owned owner owners owns paid parent part parttime partner partners patient payments pension per personal
pharmacist post premises previous previously principal private profit provider provides receive received
receives receptionist registered registrar registrars relative remunerated rent represents respect retired role
salaried salary secretary senior sessional sessions share shared shareholder shareholders shareholding shares she
since sister sisters sits social son spouse staff stepfather stepson student teacher that their them they this
through time to trainee trainer trustee trustees two under unpaid until uncle via vice volunteer volunteers was we
were where which whose wife who will works work worked worker working year years yes entry name clinical
locally elected councillor cllr ministerial cd mgr mngr asst snr jnr appraiser ret retd rtd pm hca anp gpwsi
equity portfolio bookkeeper session days shift shifts ppg vppg prg participation treasurer wte fte"""
_POSTS = """acp ahp amhp anaesthetist analyst anp assistant audiologist cardiologist caretaker cfo chaplain chiropodist
clerk cno coo coordinator counsellor cpn dermatologist dietician dietitian ecp enp gastroenterologist geriatrician
gpwer gynaecologist hca mhp neurologist obstetrician odp oncologist ophthalmologist orthoptist paediatrician
pathologist phlebotomist physician physio podiatrist practitioner psychiatrist pwp radiographer radiologist rgn
rheumatologist rmn sho slt sonographer spr srn surgeon technician therapist urologist visitor"""
POSTS = frozenset(_POSTS.split()) | {"manager", "nurse", "pharmacist", "secretary", "worker"}
"""What somebody is, with what they are for before it: "Community Nurse"."""
NOISE = (
    frozenset(_NOISE.split())
    | POSTS
    | {
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    }
)
WEEKDAYS = {"mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri"}
WEEKDAYS |= {f"{day}day{s}" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun") for s in ("", "s")}
NOISE |= WEEKDAYS
_POSTS_TOO = frozenset(
    ("cns", "cook", "doctor", "hv", "matron", "optometrist", "ot", "pa", "porter", "warden")
)  # names bear these too
_SPELLED_IN_CAPITALS = frozenset(("cns", "hv", "ot", "pa"))
_GROUPS = frozenset(("forum", "group", "panel"))
_MAY_BE_POSTS = _GROUPS | _POSTS_TOO
_OF_PATIENTS = frozenset(("liaison", "participation", "patient", "patients", "reference"))
_GRADE = re.compile(r"(?:fy|f|st|ct|gpst)[1-8]")  # of a doctor in training
_SHORTENED = re.compile(r"[A-Z]{2,5}")
_ARTICLES, _PREPOSITIONS = ("a", "an", "as", "is"), ("at", "for", "in", "with")
_MEASURES = {"session", "sessions", "shift", "shifts", "days", "hours", "wte", "fte"}
_CLOSE_TO = {"friend", "friends", "family", "associate", "associates", "relative", "relatives", "relation", "relations"}
_NAMES_TOO = {"close", "dean", "will", "own", "child", "son", "reader", "president"}
_MONTH_WORDS = {"may", "march", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
_CODELIKE = re.compile(r"(?=(?:.*\d){3})[a-z]\w{5}")  # an ODS code, right or wrong
POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+(?:st|nd|rd|th)?$")


def is_noise(listed: Sequence[Word], number: int) -> bool:
    """Whether the word at `number` belongs to the telling ("works as a nurse for"), not to a name."""
    word = listed[number]
    if word.text in NOISE and _is_joined(listed, number):
        return False
    if word.text not in NOISE and word.text not in _MONTH_WORDS:
        is_figure = bool(_DIGITS.match(word.text)) and (len(word.text) >= 2 or is_measured(listed, number))
        return is_figure or bool(_CODELIKE.fullmatch(word.text)) or _is_post(listed, number)
    following = listed[number + 1] if number + 1 < len(listed) else None
    previous = listed[number - 1] if number and not word.hard else None
    if word.text in _MONTH_WORDS:
        return any(near is not None and near.text.isdigit() for near in (following, previous))
    if word.text in (
        "gp",
        "gps",
        "clinical",
        "medically",
        "post",
        "lead",
        "one",
        "two",
        "private",
        "holding",
        "time",
        "share",
    ):
        named = following is not None and not following.hard and following.text in HEADS | FOREIGN_WORDS
        written = word.text in ("one", "two") and word.raw.istitle()
        return not (named and (word.text == "gp" or written or following is None or following.text in HEADS))
    if word.text == "social" and following is not None and following.text == "care" and word.raw.istitle():
        return False  # "Health and Social Care NHS FT"
    if following is not None and following.text in COMPANY_WORDS and word.raw.istitle() and previous is not None:
        return False  # "Acme Locums Ltd"
    if following is not None and not following.hard and following.text in SURE_TYPES:
        joined = previous is not None and previous.text not in NOISE | LINKS and previous.raw.istitle()
        if word.text in _NAMES_TOO or (joined and word.raw.istitle() and not word.text.startswith("partner")):
            return False  # "Houghton Close Surgery", "Leeds Student Medical Practice"
    if word.text == "close":  # "Sir John Kirk Close" is a street
        named = previous is not None and previous.raw[:1].isupper() and previous.text not in NOISE
        return not (named and word.raw[:1].isupper() and (following is None or following.text not in _CLOSE_TO))
    if word.text == "board":  # "Betsi Cadwaladr University Health Board" is a name
        return not (previous is not None and previous.text in HEADS)
    if word.text in ("partners", "partner"):
        return not _are_partners(previous, following)
    return True


def _is_post(listed: Sequence[Word], number: int) -> bool:
    """Whether a word that may be part of a name tells a post here: "Doctor at …", "a CPN for …", "ST3", "Patient Group, …"."""
    word = listed[number]
    if word.text not in _MAY_BE_POSTS and not word.raw.isupper() and not word.text[-1].isdigit():
        return False  # most words
    following = listed[number + 1] if number + 1 < len(listed) else None
    previous = listed[number - 1] if number and not word.hard else None
    if word.text in _GROUPS:
        return previous is not None and previous.text in _OF_PATIENTS
    is_led = following is not None and not following.hard and following.text in _PREPOSITIONS
    if word.text in _POSTS_TOO:
        is_alone = previous is None or previous.text in NOISE or previous.text in LINKS
        is_written = word.raw.isupper() if word.text in _SPELLED_IN_CAPITALS else word.raw.lower() == word.text
        return is_alone and is_written and (is_led or following is None or following.hard)
    if word.text[-1].isdigit() and _GRADE.fullmatch(word.text):
        return True
    if not (is_led and word.raw.isupper()):
        return False
    is_said = previous is not None and previous.text in _ARTICLES
    return is_said and bool(_SHORTENED.fullmatch(word.raw)) and word.text not in HEADS | FOREIGN_WORDS


def _is_joined(listed: Sequence[Word], number: int) -> bool:
    """Whether a word is initials that an "&" without spaces joins to others: "CD&E Ltd"."""
    beside = [listed[place] for place in (number - 1, number + 1) if 0 <= place < len(listed)]
    return listed[number].raw.isupper() and any(each.raw == "&" and each.end - each.start == 1 for each in beside)


def is_measured(listed: Sequence[Word], number: int) -> bool:
    """Whether the figure at `number` counts something that is no name: "6 sessions", "0.5 WTE"."""
    after = number + 1
    if after < len(listed) and listed[after].text.isdigit() and not listed[after].hard:
        after += 1
    return after < len(listed) and listed[after].text in _MEASURES


def _are_partners(previous: Word | None, following: Word | None) -> bool:
    """ "Dr Smith & Partners" and "Thames Partners Ltd" are names; "and partner at" tells what somebody is."""
    if following is not None and following.text in COMPANY_WORDS:
        return True
    tells = following is not None and not following.hard and following.text in ("at", "in", "of")
    return previous is not None and previous.text in ("and", "care", "health", "medical", "healthcare") and not tells
