"""What a declared text says besides the organisation: role, whose interest, whether it ended or is only hoped for."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coi.screening.ending import CLOSED, FORMER, LEAVING, LEFT, MERGED, NOT_ANY_MORE, STILL, about_it, ending_it
from coi.screening.ends_beside import apart_from_others, without_beside
from coi.screening.roles import RELATIVES, role_of, via_of
from coi.screening.vocabulary import Directness, InterestType, Role

_NIL = re.compile(
    r"^\W*(?:(?:i|we|they) (?:have|has|had) )?(?:nil(?: return| interests?| declar\w+| to declare)?(?: received| made)?(?: on)?[\s\d/.-]*|"
    r"none(?: declared| known| to declare| to my knowledge| at present)?|nothing(?: declared| known| relevant| at present)?|"
    r"n\s*/\s*a|not applicable|"
    r"no (?:known |relevant |conflicts? (?:of )?)?(?:interests?|conflicts?|"
    r"declarations?)(?: (?:to declare|declared|known|of interest|at present|at this time))*|"
    r"nothing to declare|no|-+)\W*$",
    re.IGNORECASE,
)
_PURSUING = re.compile(
    r"\b(?:appl(?:ied|ying) (?:for|to)|in negotiations?|prospective|seeking|intends? to|hop(?:es|ing) to|"
    r"due to (?:become|start|join)|about to|will (?:become|join|be joining)|considering|^\W*to (?:become|join)\b(?!.*\d{4})|"
    r"in discussions?|pursuing|bidding for|(?<=-)elect|(?<=partner )(?:elect|designate)|incoming)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:liv(?:es?|ing)|resid(?:es?|ing)|(?:home|house|flat) is)\b.{0,30}\b(?:next|near|close|opposite|beside|adjacent|behind)\b",
    re.IGNORECASE,
)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))  # a word that is none ("left 2019") is no part of a day
_DAY = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?\b(?P<month>(?i:{_MONTH}))\.?,?\s+"
    r"(?P<year>(?:19|20)\d\d)|"
    rf"\b(?P<in>(?i:{_MONTH}))\.?\s?['-](?P<short>\d\d)(?![\d'/-])|"  # Aug '24, Aug-24
    r"(?P<iso>(?:19|20)\d\d)-(?P<im>0[1-9]|1[0-2])(?:-(?P<id>\d\d))?(?!\d)|"
    r"\b(?P<first>(?:19|20)\d\d)(?=-(?:19|20)\d\d\b)|"  # from 2015-2018
    r"(?:(?P<d>\d{1,2})[/.-])?(?P<m>\d{1,2})[/.-](?P<y>(?:19|20)\d\d|\d\d)(?!\d)|"
    r"\b(?P<only>(?:19|20)\d\d)\b"
)
_CELL = re.compile(r"(?:(?P<day>\d{1,2})[\s./-]+)?(?P<month>[A-Za-z]{3,9})[\s./'’-]+(?P<year>(?:19|20)?\d\d)")
_LOOK_BACK = 200  # letters before a day, in which stands what it is the day of
_SERIAL = re.compile(r"([2-5]\d{4})(?:\.\d+)?")
_DAY_ZERO = date(1899, 12, 30)  # Excel counts days from here
_ANY_DAY = re.sub(r"\?P<\w+>", "?:", _DAY.pattern)
_ABOUT = r"(?:\s+(?:the\s+)?(?:end|start|beginning|middle)\s+of)?(?:\s+(?:early|mid|late|spring|summer|autumn|winter|about|around))?"
_UNTIL = re.compile(
    rf"(?:\b(?:until|to|up to|till|retd|ends?|ending|expir(?:es|ed|ing)|(?:{LEFT}|{LEAVING})(?:\s+(?:in|on|at|from\s+\w+))?){_ABOUT}|"
    rf"(?:{_ANY_DAY}|\?)\s*[-–])\s*[:,]?\s*$",
    re.IGNORECASE,
)
_LEFT_IN = re.compile(  # "Resigned from Quillbrook Surgery in", "partner (left the practice in"
    rf"(?:^|[,;:(–-]|\bwho)\s*(?:(?:I|he|she|(?:my\s+)?(?:{RELATIVES}))\s+)?(?:(?:am|is)\s+)?(?:have\s+|has\s+|having\s+|due\s+)?(?:{LEFT}|{LEAVING})\s[^.,;()\d]*?(?:\b(?:in|on|at){_ABOUT})?\s*$",
    re.IGNORECASE,
)
_CLOSED_IN = re.compile(rf"(?:{CLOSED})(?:\s+(?:in|on|at))?{_ABOUT}[\s,:(]*$", re.IGNORECASE)
_MERGED_IN = re.compile(rf"(?:{MERGED})(?:\s+(?:in|on|at))?{_ABOUT}[\s,:(]*$", re.IGNORECASE)
_GOING_ON = re.compile(
    r"\b(?:(?:to|and|then)\s+(?:join|become|work|move|take)|joined|joining|(?:now|current(?:ly)?)\b"
    rf"(?!{NOT_ANY_MORE}))\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b((?:19|20)\d\d)\s?([-–])\s?(\d\d)(?![\d/.-])")
_SINCE = re.compile(
    r"\b(?:since|from|(?:(?:re-?)?joined|re-?(?:appointed|elected)|returned|resumed|started)(?:\s+in)?|"
    r"as of|commencing|starting)\s*:?\s*$",
    re.IGNORECASE,
)
_TO_BEGIN = re.compile(  # "to become a partner at X in"
    rf"(?:^\W*(?:(?:I am|I'm|is|am|due)\s+)?(?:to (?:become|be|join)|becoming|joining|become|join)|\bwill (?:become|be|join))\b[^.;,()\d]*?"
    rf"(?:\b(?:in|on|from|by){_ABOUT})?\s*$",
    re.IGNORECASE,
)
_ONGOING = re.compile(  # "2010 to date"; "left 2019 - now partner at …" is none
    r"\s*(?:(?:(?:to|until|till)(?: the)?|[-–])\s*(?:date|present(?: day)?|now|current|today)|onwards?|ongoing)\b(?=\s*(?:$|[;,.)]))",
    re.IGNORECASE,
)
_SPAN = re.compile(rf"(?:{_ANY_DAY})\s*(?:-|–|to|until)\s*(?:{_ANY_DAY})")


@dataclass(frozen=True, slots=True)
class InterestReading:
    """What a text says of an interest. `type_hint` is the type that the role suggests, where nobody ticked one."""

    is_nil: bool
    role: Role
    directness: Directness
    via: str
    has_ended: bool
    is_pursuing: bool
    arose_on: date | None
    ended_on: date | None
    type_hint: InterestType

    def as_on(self, day: date) -> "InterestReading":
        """Returns what it says on a day before which it has not begun: "partner from January 2027" is hoped for. Rule: DECL-09."""
        return replace(self, is_pursuing=True) if self.arose_on and self.arose_on > day else self


def read_interest(text: str) -> InterestReading:
    """Returns what a declared text says of role, directness and time; nothing about which organisation."""
    text = text.replace("’", "'")
    own = apart_from_others(text)
    via = via_of(own)
    about = about_it(without_beside(own, indirect=bool(via)), indirect=bool(via))
    role = role_of(about, indirect=bool(via))
    time = ending_it(about, role)
    arose, ended = _dates(time)
    return InterestReading(
        is_nil=is_nil(text),
        role=role,
        directness=Directness.INDIRECT if via else Directness.DIRECT,
        via=via,
        has_ended=ended is None and bool(FORMER.search(time)) and not STILL.search(time),
        is_pursuing=_is_pursuing(text),
        arose_on=arose,
        ended_on=ended,
        type_hint=InterestType.PERSONAL if _only_lives_there(text, role) else _type_of(role),
    )


def _only_lives_there(text: str, role: Role) -> bool:
    """ "Lives next door to Burbage Surgery": whoever says no more gains no money by it."""
    return role is Role.UNKNOWN and bool(_BESIDE.search(text))


def _is_pursuing(text: str) -> bool:
    """Whether an interest is only hoped for; whoever is in post already, of a practice that bids or applies, holds theirs."""
    found = _PURSUING.search(text)
    if found is None:
        return False
    return found[0].lower() in ("elect", "designate") or role_of(text[: found.start()]) is Role.UNKNOWN


def is_nil(text: str) -> bool:
    """Whether a text declares that there is nothing to declare: "Nil", "n/a", "None known"."""
    return not text.strip() or bool(_NIL.match(text.strip()))


def _type_of(role: Role) -> InterestType:
    if role in (Role.VOLUNTEER, Role.TRUSTEE, Role.GOVERNOR, Role.PATIENT):
        return InterestType.PERSONAL
    return InterestType.PROFESSIONAL if role is Role.MEMBER else InterestType.FINANCIAL


def read_date(text: str, *, at_end: bool = False) -> date | None:
    """Returns the day in `text` ("11/2015", "June 2024", "Nov-15", "2019", "3 Jan 2020", "2020-01-03", or the number of a day, as Excel
    counts them); where only a month or year is stated, its first day, or its last with `at_end`. None where there is none, or no such
    day."""
    if serial := _SERIAL.fullmatch(text.strip()):
        return _DAY_ZERO + timedelta(days=int(serial[1]))
    cell = _CELL.fullmatch(text.strip())
    if cell and cell["month"].lower() in _MONTHS:
        return _day_in(_full(cell["year"]), _MONTHS[cell["month"].lower()], int(cell["day"] or 0), at_end=at_end)
    if cell and cell["day"]:
        return None  # a day of a month that there is not
    found = _DAY.search(text)
    return _day(found, at_end=at_end) if found and not found["first"] else None  # "2015-2018" is no day


def _full(year: str) -> int:
    """A year of two digits is one of the last or the next decades: nobody's interest began or ends further away."""
    number = int(year)
    return number if number > 99 else number + (2000 if number < 50 else 1900)


def _day(found: "re.Match[str]", *, at_end: bool) -> date | None:
    year = _full(found["year"] or found["y"] or found["iso"] or found["first"] or found["only"] or found["short"])
    named = found["month"] or found["in"]
    month = _MONTHS[named.lower()] if named else int(found["m"] or found["im"] or 0)
    day = int(found["day"] or found["d"] or found["id"] or 0)
    if month > 12:
        return None
    if not month:
        return _day_of_year(year, at_end=at_end)
    return _day_in(year, month, day, at_end=at_end)


def _day_in(year: int, month: int, day: int, *, at_end: bool) -> date | None:
    last = calendar.monthrange(year, month)[1]
    return date(year, month, day) if 0 < day <= last else None if day else date(year, month, last if at_end else 1)


def _day_of_year(year: int, *, at_end: bool) -> date:
    return date(year, 12, 31) if at_end else date(year, 1, 1)


def _dates(text: str) -> tuple[date | None, date | None]:
    """From and to, by the words before each day; a day that no such word leads dates something else."""
    text = _YEARS.sub(_in_full, text)
    arose = ended = None
    span = _SPAN.search(text)
    is_former = "merge" in text and bool(FORMER.search(text))
    for found in _DAY.finditer(text):
        before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
        if (span and found.start() == span.start()) or _ONGOING.match(text, found.end()):
            arose = _day(found, at_end=False)
        elif _UNTIL.search(before) or (_has_left(before) and not _GOING_ON.search(text)):
            ended = _day(found, at_end=True) or ended
        elif _SINCE.search(before) or _TO_BEGIN.search(before):
            arose = _day(found, at_end=False) or arose
        elif is_former and _MERGED_IN.search(before):
            ended = _day(found, at_end=True) or ended
    return arose, ended


def _has_left(before: str) -> bool:
    is_gone = _LEFT_IN.search(before) or _CLOSED_IN.search(before)
    return bool(is_gone) and not _SINCE.search(before)


def _in_full(years: "re.Match[str]") -> str:
    """Two years of which the second is cut short, "2015-18"; 2015-08 is a month, and 2015-12 may be one."""
    first, dash, last = years[1], years[2], years[3]
    is_month = dash == "-" and 0 < int(last) <= 12
    return years[0] if is_month or int(last) <= int(first[2:]) else f"{first}{dash}{first[:2]}{last}"
