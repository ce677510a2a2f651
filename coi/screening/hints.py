"""What a text says as a whole, whatever phrase of it is looked at. Each is asked only where it matters, and once. Pure."""

import re
from functools import cached_property

from coi.screening.noise import POSTCODE
from coi.screening.other_bodies import is_of_one, names_one

DWELLING = re.compile(
    r"\b(?:liv(?:es?|ing)|resid(?:es?|ing|ent)|home|(?:house|flats?|apartment|cottage) in|buy.to.let|born|grew up)\b",
    re.IGNORECASE,
)
_NETWORK_ROLE = (
    r"(?i:clinical (?:co-?)?director|"
    r"(?:PCN|primary care network|network) (?:clinical )?(?:director|lead|manager|co-?ordinator|chair))|\bCD"
)
_LEADS = re.compile(rf"(?:{_NETWORK_ROLE})\b[\s,:(–-]*(?:(?:of|for|at)\s+)?(?:the\s+)?$")
_LED = re.compile(rf"[\s,:(–-]*(?:{_NETWORK_ROLE})\b")
_OF_HOSPITAL = re.compile(
    r"\b(?:consultant|surgeon|physician|an(?:a?)esthetist|junior doctor|registrar|midwife|radiologist|p(?:a?)ediatrician|cardiologist|"
    r"obstetrician|oncologist|pathologist|staff nurse|ward|matron|radiographer)\b",
    re.IGNORECASE,
)
_OF_PRACTICE = re.compile(
    r"\b(?:GPs?|salaried|locum|practice (?:manager|nurse|pharmacist|paramedic)|partners? (?:at|in|of)|"
    r"(?:senior|executive|managing|equity) partner|PPG|"
    r"patient participation group)\b|, partner\b|^partner[,:]",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?:nurse|paramedic|receptionist|pharmacist|doctor|landlord|premises|practice|surgery|sessions?|shifts?|partner(?!\s+(?:is|was|works|owns)\b))\b",
    re.IGNORECASE,
)
_IN = re.compile(r"\b(?:in|near|around|across)\s+(?:the\s+)?$", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:former(?:ly)?|ex|previous(?:ly)?|past|was|were|until|till|retired|left|resigned|ended|ceased|to \w+ \d{4})\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CLOSED = re.compile(
    r"\b(?:now|until|till|since|before|when|after)\b[^.;,()]{0,20}\b(?:closed|clos(?:ure|ing)|merged|merger)\b|"
    r"\((?:closed|merged)\b|\bclosed (?:in|on|down)\b",
    re.IGNORECASE,
)


class Hints:
    """What a text says of whoever it names, wherever in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.postcodes = frozenset((first + second).upper() for first, second in POSTCODE.findall(text))
        """The postcodes, without a space."""
        self.says_closed = ("clos" in text or "merge" in text) and bool(_CLOSED.search(text))
        """Whether a practice closed."""

    @cached_property
    def is_shouted(self) -> bool:
        """Whether it is all in capitals, which then say nothing."""
        return self._text.isupper()

    @cached_property
    def is_whispered(self) -> bool:
        """Whether it is all in small letters."""
        return self._text.islower()

    @cached_property
    def is_dwelling(self) -> bool:
        """Whether it is about where somebody lives."""
        return bool(DWELLING.search(self._text))

    @cached_property
    def is_past(self) -> bool:
        """Whether something ended."""
        return self.says_closed or bool(_PAST.search(self._text))

    @cached_property
    def last_year(self) -> int:
        """The last year that it names of what ended, 0 where nothing did."""
        return max(map(int, _YEAR.findall(self._text)), default=0) if self.is_past else 0

    @cached_property
    def of_hospital(self) -> bool:
        """Whether it names a post that hospitals have."""
        return bool(_OF_HOSPITAL.search(self._text))

    @cached_property
    def says_work(self) -> bool:
        """Whether it says that somebody works in a practice, so that an address may be what the practice is called."""
        return self._names_practice_post or bool(_WORK.search(self._text))

    def of_other_body(self, start: int, end: int) -> bool:
        """Whether the post beside a phrase is one in a church, a party, a school, a club."""
        return self._names_other_body and is_of_one(self._text, start, end)

    @cached_property
    def _names_other_body(self) -> bool:
        return names_one(self._text)

    def of_practice(self, start: int) -> bool:
        """Whether it names a post that practices have, and a phrase that begins at `start` is not only where somebody is."""
        return self._names_practice_post and not _IN.search(self._text[:start])

    @cached_property
    def _names_practice_post(self) -> bool:
        return bool(_OF_PRACTICE.search(self._text))

    def leads_network(self, start: int, end: int) -> bool:
        """Whether the words beside a phrase are a role that only networks have."""
        return bool(_LEADS.search(self._text[:start]) or _LED.match(self._text[end:]))
