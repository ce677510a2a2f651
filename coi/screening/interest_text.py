"""What a declared text says besides the organisation: role, whose interest, whether it ended or is only hoped for."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from coi.screening.vocabulary import Directness, InterestType, Role

_NIL = re.compile(
    r"^\W*(?:(?:i|we|they) (?:have|has|had) )?(?:nil(?: return| interests?| declar\w+| to declare)?(?: received| made)?(?: on)?[\s\d/.-]*|"
    r"none(?: declared| known| to declare| to my knowledge| at present)?|nothing|"
    r"n\s*/\s*a|not applicable|"
    r"no (?:known |relevant |conflicts? (?:of )?)?(?:interests?|conflicts?|"
    r"declarations?)(?: (?:to declare|declared|known|of interest|at present|at this time))*|"
    r"nothing to declare|no|-+)\W*$",
    re.IGNORECASE,
)
_RELATIVES = (
    "(?:sister|brother|mother|father|parents?|son|daughter)[- ]in[- ]law|wife|husband|spouse|civil partner|life partner|partner's|"
    "fianc[eé]e?|sister|brother|sibling|mother|father|parents?|"
    "son|daughter|child|children|grandson|granddaughter|grandparent|grandmother|grandfather|aunt|uncle|niece|nephew|cousin|"
    "step-?(?:mother|father|parents?|son|daughter|child|children|brother|sister|sibling|family)|close friend|friend|family member|"
    "close family|"
    "relative|business partner|close associate|associate"
)
_VIA = re.compile(
    rf"(?:^|[.;,:(]\s*|\b(?:my|his|her|their|our|is a|to|by|of|has a|"
    rf"a)\s+)({_RELATIVES})\b(?!\s+(?:practice|specialist))",
    re.IGNORECASE,
)
_VIA_ANYWHERE = re.compile(
    rf"\b({_RELATIVES})(?:['’]s)?\s+(?:is|was|works?|worked|has|owns?|holds?|runs?|employed|a |an |also|who|and)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    rf"\b(?:{_RELATIVES})\s+(?:and|&)\s+(?:I|me|myself)\b|\b(?:I|me|myself)\s+(?:and|&)\s+(?:my\s+)?(?:{_RELATIVES})\b|"
    rf"\b(?:joint(?:ly)?|together) with (?:my )?(?:{_RELATIVES})\b",
    re.IGNORECASE,
)
_PARTNER_OF = re.compile(
    r"\b(?:my partner|partner (?:is|works|has|owns|name|runs|employed)|married to)|(?:^\W*|[.;]\s+)partner\s*"
    r"\((?!\s*(?:\d|since|from|until|to |gp|equity|full|part|fixed|salaried|senior|managing|executive|profit|retired|joint|one|two|"
    r"three|four|five|six|seven|eight|nine|with|at|of))",
    re.IGNORECASE,
)
_LEFT = r"retired|resigned|left|ceased|ended|finished|(?:stepped|stood) down|gave (?:it )?up|last worked(?: there)?"
_FORMER = re.compile(
    rf"\b(?:former(?:ly)?|previous(?:ly)?|ex-|{_LEFT}|until|was (?:a|an|the|"
    r"partner|director))\b|\bno longer\b|\b(?:not|\w+n't)\b[^.;]*\bany ?(?:more|longer)\b",
    re.IGNORECASE,
)
_CALLED_BEFORE = re.compile(  # "Osterleigh Surgery (formerly The Mill)": the name ended, not the interest
    r"\((?i:formerly|previously)(?i:\s+known\s+as|\s+called)?\s+(?i:the\s+)?[A-Z][^()]*\)"
)
_BESIDES = re.compile(  # what ended, or ends, beside the interest: leave from a post, a lease, a seat on a body of the NHS
    r"\b(?i:leave|sabbatical|secondment|lease|tenancy|closed|closure|loan|suspended|suspension|course)\b[^.;,()\d]{0,20}?"
    r"\b(?i:until|till|to|up to|end(?:ed|s|ing)|expire[ds])\b|"
    r"\b(?i:left|resigned|retired|(?:stepped|stood) down)\s+(?i:from\s+|as\s+)?(?i:an?\s+|the\s+)?(?:[\w-]+\s+)?"
    r"(?:LMC|CCG|ICB|PCT|BMA|RCGP|Army|Navy|RAF|(?i:governing body|armed forces))\b[^.;,()\d]*"
)
_STILL = re.compile(r"\b(?:now|current(?:ly)?|still|remains?)\b", re.IGNORECASE)
_PURSUING = re.compile(
    r"\b(?:appl(?:ied|ying) (?:for|to)|in negotiations?|prospective|seeking|intends? to|hop(?:es|ing) to|"
    r"due to (?:become|start|join)|about to|will (?:become|join|be joining)|considering|"
    r"in discussions?|pursuing|bidding for)\b",
    re.IGNORECASE,
)
_ROLES = (  # the first that fits; the stronger stand before the weaker
    (Role.LANDLORD,
        (r"landlord|(?:owns?|owners? of|owned|ownership of|owning) (?:a |an |the |(?:part|half) of the |"
        r"(?:a |half )?share (?:of|in) the )?(?:\w+ )?(?:premises|building|freehold|property)\b"
        r"(?! (?:compan|ltd|limited|services|group|management|develop|invest|society|contract))|"
        r"(?:premises|building) (?:co-?)?owner|"
        r"(?:building|premises|property|site|freehold) (?:(?:is|are|that is|which is) )?(?:leased|let|rented)(?: out)? to|"
        r"receives? rent|lets? (?:a |out )?(?:room|space)|(?:leases?|rents?|lets?) (?:the |out the )?(?:premises|building|property) to")),
    (Role.SALARIED_GP, r"salaried|assistant gp|employed gp|associate gp|gp retainer|registrar|trainee"),
    (Role.LOCUM, r"locum|sessional|freelance gp|bank (?:nurse|staff)"),
    (Role.SHAREHOLDER,
        (r"share ?holders?|share ?holdings?|holds? (?:\w+ )?shares?|owns? (?:\w+ )?shares?|shares in|"
        r"equity|stake in|(?:practice|surgery|partnership) is (?:a |one of the )?(?:founding |full )?members? of")),
    (Role.CLINICAL_DIRECTOR, r"clinical (?:co-?)?director|pcn lead|clinical lead"),
    (Role.PARTNER,
        (r"(?:gp|senior|managing|executive|equity|junior|full|salary|practice|general practice|"
        r"principal) partner|partner (?:at|in|of)|partners? at|partnership in|principal(?: gp)?|"
        r"gp contract holder|\bpartner\b")),
    (Role.OWNER, r"owner|proprietor|owns|founder|sole trader"),
    (Role.TRUSTEE, r"trustee|governor|patron"),
    (Role.PATIENT,
        (r"patient (?:at|of|with|there)\b|registered (?:(?:as )?(?:a )?patient|with)|(?:is|am|are|remain) (?:also )?(?:a )?patients?\b")),
    (Role.VOLUNTEER, r"volunt\w+|unpaid|patient participation|ppg|patient (?:rep|representative)"),
    (Role.SPONSORED, r"sponsor\w*|honorari\w+|speaker fees?|hospitality|grant from|funded by|advisory board"),
    (Role.EMPLOYEE,
        (r"practice manager|business manager|employ\w+|works? (?:as|at|for|in)|worked|working|nurse|"
        r"pharmacist|receptionist|midwife|paramedic|consultant|registrar|manager|gp at|doctor at|staff|"
        r"medical officer|sister works|therapist|secretary|administrator|lecturer|professor|teach\w+|"
        r"chief executive|\bceo\b")),
    (Role.DIRECTOR,
        (r"director|board member|chair(?:man|woman|person)? of|\bchair\b|non-executive|\bned\b|"
        r"company secretary|member of the board")),
    (Role.UNKNOWN, r"(?:my|our) (?:own )?(?:practice|surgery)\b"),  # "my practice, Mill Lane, is a member"
    (Role.MEMBER, r"\bmember\b|fellow|councillor|cllr"),
)  # fmt: skip
_RELATIVE = re.compile(_RELATIVES, re.IGNORECASE)
_RELATIVE_WORD = re.compile(rf"\b(?:{_RELATIVES})\b(?!\s+(?:practice|specialist|governor))", re.IGNORECASE)
_VAGUE = ("associate", "close associate")
_WHOSE_PARTNER = r"(?:my|his|her|their|of|by|with|for|to) (?:the )?partner\b(?! (?:practice|at|in|of)\b)"
_LIFE_PARTNER = re.compile(rf"^\W*partner\W*$|[-–—(:/]\s*partner\W*$|\b{_WHOSE_PARTNER}", re.IGNORECASE)
_COMPILED = tuple((role, re.compile(rf"\b(?:{pattern})", re.IGNORECASE)) for role, pattern in _ROLES)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))  # a word that is none ("left 2019") is no part of a day
_DAY = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?\b(?P<month>(?i:{_MONTH}))\.?,?\s+"
    r"(?P<year>(?:19|20)\d\d)|"
    r"(?P<iso>(?:19|20)\d\d)-(?P<im>0[1-9]|1[0-2])(?:-(?P<id>\d\d))?(?!\d)|"
    r"\b(?P<first>(?:19|20)\d\d)(?=-(?:19|20)\d\d\b)|"  # from 2015-2018
    r"(?:(?P<d>\d{1,2})[/.-])?(?P<m>\d{1,2})[/.-](?P<y>(?:19|20)\d\d|\d\d)(?!\d)|"
    r"\b(?P<only>(?:19|20)\d\d)\b"
)
_CELL = re.compile(r"(?:(?P<day>\d{1,2})[\s./-]+)?(?P<month>[A-Za-z]{3,9})[\s./'’-]+(?P<year>(?:19|20)?\d\d)")
_SERIAL = re.compile(r"([2-5]\d{4})(?:\.\d+)?")
_DAY_ZERO = date(1899, 12, 30)  # Excel counts days from here
_ANY_DAY = re.sub(r"\?P<\w+>", "?:", _DAY.pattern)
_ABOUT = r"(?:\s+(?:the\s+)?(?:end|start|beginning|middle)\s+of)?(?:\s+(?:early|mid|late|spring|summer|autumn|winter|about|around))?"
_UNTIL = re.compile(
    rf"(?:\b(?:until|to|up to|till|retd|ends?|ending|expir(?:es|ed|ing)|(?:{_LEFT})(?:\s+(?:in|on|at|from\s+\w+))?){_ABOUT}|[-–])"
    r"\s*[:,]?\s*$",
    re.IGNORECASE,
)
_LEFT_IN = re.compile(  # "Resigned from Quillbrook Surgery in", "partner (left the practice in"
    rf"(?:^|[,;:(–-])\s*(?:I\s+)?(?:have\s+|has\s+)?(?:{_LEFT})\s[^.,;()\d]*\b(?:in|on|at){_ABOUT}\s*$", re.IGNORECASE
)
_GOING_ON = re.compile(
    r"\b(?:(?:to|and|then)\s+(?:join|become|work|move|take)|joined|joining|now|current(?:ly)?)\b", re.IGNORECASE
)
_YEARS = re.compile(r"\b((?:19|20)\d\d)\s?([-–])\s?(\d\d)(?![\d/.-])")
_THEIR_PARTNER = re.compile(rf"\b(?:(?:business|civil|life) partner\b|partner's|{_WHOSE_PARTNER})", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:since|from|joined(?:\s+in)?|started(?:\s+in)?|as of|commencing|starting)\s*:?\s*$", re.IGNORECASE
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


def read_interest(text: str) -> InterestReading:
    """Returns what a declared text says of role, directness and time; nothing about which organisation."""
    text = text.replace("’", "'")
    via = via_of(text)
    role = role_of(text, indirect=bool(via))
    time = _BESIDES.sub(lambda found: ";" * len(found[0]), text)
    arose, ended = _dates(time)
    return InterestReading(
        is_nil=is_nil(text),
        role=role,
        directness=Directness.INDIRECT if via else Directness.DIRECT,
        via=via,
        has_ended=bool(_FORMER.search(_CALLED_BEFORE.sub(_unless_a_role, time))) and not _STILL.search(text),
        is_pursuing=bool(_PURSUING.search(text)),
        arose_on=arose,
        ended_on=ended,
        type_hint=_type_of(role),
    )


def _unless_a_role(found: "re.Match[str]") -> str:
    return " " if role_of(found[0]) is Role.UNKNOWN else found[0]


def is_nil(text: str) -> bool:
    """Whether a text declares that there is nothing to declare: "Nil", "n/a", "None known"."""
    return not text.strip() or bool(_NIL.match(text.strip()))


def via_of(text: str) -> str:
    """Returns through whom an interest is held ("sister"), empty where it is the person's own. "Partner" is a life partner
    only where the words around it say so; what two of them hold together is the person's own."""
    if _TOGETHER.search(text):
        return ""
    found = _VIA_ANYWHERE.search(text) or _VIA.search(text)
    if found and not (found[1].lower() in ("associate", "parent") and "gp" in text.lower()):
        return found[1].lower().removesuffix("'s")
    return "partner" if _PARTNER_OF.search(text) else ""


def relation_in(text: str) -> str:
    """Returns the relation that a text names, where it is known to say whose interest it is ("Indirect – wife", "employed by her
    partner"), however it is put; empty where it names none. "Partner" beside a practice is one of its partners."""
    plain = text.replace("’", "'")
    found = [each[0].lower().removesuffix("'s") for each in _RELATIVE_WORD.finditer(plain)]
    told = next((each for each in found if each not in _VAGUE), "") or next(iter(found), "")
    return "partner" if told in ("", *_VAGUE) and _LIFE_PARTNER.search(plain) else told


def is_relation(word: str) -> bool:
    """Whether a word says how somebody is related to another ("sister")."""
    return bool(_RELATIVE.fullmatch(word))


def role_of(text: str, *, indirect: bool = False) -> Role:
    """Returns the role that a text states; for an indirect interest, the other person's."""
    if indirect:
        text = _PARTNER_OF.sub(" ", _THEIR_PARTNER.sub(" ", text))
    return next((role for role, pattern in _COMPILED if pattern.search(text)), Role.UNKNOWN)


def _type_of(role: Role) -> InterestType:
    if role in (Role.VOLUNTEER, Role.TRUSTEE, Role.PATIENT):
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
    year = _full(found["year"] or found["y"] or found["iso"] or found["first"] or found["only"])
    month = _MONTHS[found["month"].lower()] if found["month"] else int(found["m"] or found["im"] or 0)
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
    for found in _DAY.finditer(text):
        before = text[: found.start()]
        if span and found.start() == span.start():
            arose = _day(found, at_end=False)
        elif _UNTIL.search(before) or (_LEFT_IN.search(before) and not _GOING_ON.search(text)):
            ended = _day(found, at_end=True) or ended
        elif _SINCE.search(before):
            arose = _day(found, at_end=False) or arose
    return arose, ended


def _in_full(years: "re.Match[str]") -> str:
    """Two years of which the second is cut short, "2015-18"; 2015-08 is a month, and 2015-12 may be one."""
    first, dash, last = years[1], years[2], years[3]
    is_month = dash == "-" and 0 < int(last) <= 12
    return years[0] if is_month or int(last) <= int(first[2:]) else f"{first}{dash}{first[:2]}{last}"
