"""Whose an interest is and as what: the words for relations and for roles in a declared text. Pure."""

import re

from coi.screening.vocabulary import Role

RELATIVES = (
    "(?:sister|brother|mother|father|parents?|son|daughter)[- ]in[- ]law|wife|husband|spouse|civil partner|life partner|partner's|"
    "fianc[eé]e?|sister|brother|sibling|mother|father|parents?|"
    "son|daughter|child|children|grandson|granddaughter|grandparent|grandmother|grandfather|aunt|uncle|niece|nephew|cousin|"
    "step-?(?:mother|father|parents?|son|daughter|child|children|brother|sister|sibling|family)|close friend|friend|family member|"
    "close family|boyfriend|girlfriend|godson|goddaughter|godchild|godparent|godmother|godfather|in-laws|flatmate|housemate|"
    "relative|business partner|close associate|associate"
)
NO_RELATIVE = (
    r"(?:practice(?! (?:manager|nurse|partner|pharmacist|receptionist|paramedic))|specialist|health|protection|"
    r"safeguarding|care|development|and adolescent|psych\w+|immuni\w+|death|governor|company|"
    r"council|teacher|carer|and baby)\b"
)
_COLLEAGUE = re.compile(
    r"^\W*(?:(?:my|a|an|the|former|ex|old|close|work|previous)[\s-]+)*(colleague|acquaintance|neighbour)\b|\b(friend)s with\b",
    re.IGNORECASE,
)
_ASSOCIATE = re.compile(  # what somebody is, and nobody's friend
    r"\b(?:physician|nurs\w+|research|clinical|an(?:a)?esthe\w+)['’]?s? associate\b|"
    r"\bassociate (?=partner|gp|director|medical|dean|professor|specialist|practitioner|lecturer|non|member|nurse|doctor|clinical)",
    re.IGNORECASE,
)
_FELLOW = re.compile(  # "my fellow partner Dr Pell owns", and no "fellow partner at …" of somebody's own
    r"^\W*(?:(?:my|our|a|one)\s+)?fellow\s+(?:gp\s+)?partner\b[^.;]*?\s(?:is|was|owns?|has|holds|runs|works)\b",
    re.IGNORECASE,
)
_RELATED = re.compile(r"\brelated to (?:a|an|the|one)\b", re.IGNORECASE)
_LIKE = re.compile(rf",?\s*\blike (?:my|his|her) (?:{RELATIVES})\b,?", re.IGNORECASE)
_VIA = re.compile(
    rf"(?:^|[.;,:(]\s*|\s[-–—]\s+|\b(?:my|his|her|their|our|is a|to|by|of|has a|"
    rf"a)\s+)(?:(?:ex|former|late|elder|eldest|older|younger|youngest|twin)[\s-]+)?({RELATIVES})\b(?!\s+{NO_RELATIVE})",
    re.IGNORECASE,
)
_VIA_ANYWHERE = re.compile(
    rf"\b({RELATIVES})(?:['’]s)?\s+(?:is|was|works?|worked|has|owns?|holds?|runs?|employed|a |an |also|who|and)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    rf"\b(?:{RELATIVES})\s*(?:\band\b|&|/|\+)\s*(?:I|me|myself|self)\b|\b(?:I|me|myself|self)\s*(?:\band\b|&|/|\+)\s*(?:my\s+)?(?:{RELATIVES})\b|"
    rf"\b(?:joint(?:ly)?|together|(?:co-?)?own\w*,?) with (?:my )?(?:{RELATIVES})\b|"
    rf"(?:with|as well as|like) (?:my |our )?(?:\w+[\s-])?(?:{RELATIVES}),? I\b",
    re.IGNORECASE,
)
_WITH = re.compile(
    rf"(?:,?\s+|\s*\()(?:(?:together|jointly|along)\s+)?(?:with|alongside|as well as)\s+(?:"
    rf"(?:my|his|her|their|our)\s+(?:\w+[\s-]+)?(?:{RELATIVES}|partner)|{RELATIVES})\b(?!['’]s)",
    re.IGNORECASE,
)
_PARTNER_OF = re.compile(
    r"\b(?:my partner|partner (?:is|works|has|owns|name|runs|employed)|married to|in a relationship with)|(?:^\W*|[.;]\s+)partner\s*"
    r"\((?!\s*(?:\d|since|from|until|to |gp|equity|full|part|fixed|salaried|senior|managing|executive|profit|retired|joint|one|two|"
    r"three|four|five|six|seven|eight|nine|with|at|of))",
    re.IGNORECASE,
)
_PRACTICE = re.compile(
    r"^\W*[A-Z].*\b(?i:surgery|surgeries|practice|medical|health ?care|health cent(?:re|er)|partnership|clinic|pcn)\b"
)
_ROLES = (  # the first that fits; the stronger stand before the weaker
    (Role.LANDLORD,
        (r"landlord|co-?owns? (?:\w+ ){0,5}?(?:premises|building|freehold)\b|"
        r"(?:owns?|owners? of|owned|ownership of|owning) (?:a |an |the |(?:part|half) of the |"
        r"(?:a |half )?share (?:of|in) the )?(?:\w+ )?(?:premises|building|freehold|property)\b"
        r"(?! (?:compan|ltd|limited|services|group|management|develop|invest|society|contract))|"
        r"(?:premises|building) (?:(?:(?:is|are) )?owned by (?:me|us|my|our|the partners|self|both)\b|(?:co-?)?owner)|"
        r"(?:co-?)?own\w*,? with (?:my )?\w+,? (?:of )?the (?:premises|building|freehold|property)|"
        r"(?:building|premises|property|site|freehold) (?:(?:is|are|that is|which is) )?(?:leased|let|rented)(?: out)? to|"
        r"receives? rent|lets? (?:a |out )?(?:room|space)|(?:leases?|rents?|lets?) (?:the |out the )?(?:premises|building|property) to")),
    (Role.SALARIED_GP,
        (r"salaried\b(?! (?:gp|doctor)s\b)|assistant gp|employed gp|associate gp|gp retainer|retain(?:er|ed) gp|"
        r"registrar\b(?! (?:train|superv))|trainee\b")),
    (Role.LOCUM, r"locum|sessional|freelance gp|bank (?:nurse|staff)"),
    (Role.SHAREHOLDER,
        (r"share ?holders?|share ?holdings?|holds? (?:\w+ )?shares?|owns? (?:\w+ )?shares?|shares in|"
        r"equity|stake in|(?:practice|surgery|partnership) is (?:a |one of the )?(?:founding |full )?members? of"
        r"(?![^.;,]*\b(?:pcn|network)\b)")),
    (Role.PARTNER, r"(?:gp|senior|managing|executive|equity) partner\b(?=.*\bclinical (?:co-?)?(?:director|lead))"),
    (Role.CLINICAL_DIRECTOR, r"clinical (?:co-?)?director|pcn lead|clinical lead"),
    (Role.PARTNER,
        (r"(?:gp|senior|managing|executive|equity|junior|full|salary|practice|general practice|"
        r"principal) partner|partner (?:at|in|of)|partners? at|partnership (?:at|in)|principal(?: gp)?|"
        r"gp contract holder|\bpartner\b")),
    (Role.OWNER, r"owner|proprietor|owns|founder|sole trader"),
    (Role.TRUSTEE, r"trustee|patron"),
    (Role.GOVERNOR, r"governor"),
    (Role.PATIENT,
        (r"(?:my|'s) (?:gp|doctor) (?:is|at)\b|"
        r"patient (?:at|of|with|there)\b|patient\b(?=\s*(?:$|[),.;:]|(?:since|from|for|only|here|until)\b))|"
        r"registered (?:(?:as )?(?:a )?patient|with)|"
        r"(?<!company )(?<!company is )(?<!office )(?<!charity )(?<!business )(?<!ltd )registered (?:at|there)\b|"
        r"(?:is|am|are|remain) (?:also )?(?:a )?patients?\b")),
    (Role.VOLUNTEER, r"volunt\w+|unpaid|patient participation|ppg|patient (?:rep|representative)"),
    (Role.SPONSORED, r"sponsor\w*|honorari\w+|speaker fees?|hospitality|grant from|funded by|advisory board"),
    (Role.PRACTICE_MANAGER, r"practice (?:business )?manager|(?-i:PM)(?= (?:at|of)\b)"),
    (Role.CHIEF_EXECUTIVE, r"(?<!\bto )(?<!\bto the )(?<!deputy )(?<!assistant )(?:chief exec(?:utive)?|ceo)\b(?! officer's)"),
    (Role.EMPLOYEE,
        (r"anp\b|hca\b|gpst\d?\b|f[12] doctor|co-?ordinator|physician associate|(?:gp|clinical|research) fellow|business manager|"
        r"employ\w+|works? (?:as|at|for|in|there|here)|i work\b|worked|working|nurse|"
        r"pharmacist|receptionist|midwife|paramedic|consultant|registrar|manager|gp at|doctor at|staff|"
        r"medical officer|sister works|therapist|secretary|administrator|lecturer|professor|teach\w+|"
        r"chief executive|\bceo\b")),
    (Role.DIRECTOR,
        (r"director|board member|chair(?:man|woman|person)? of|\bchair\b|non-?\s?exec\w*|"
        r"(?:sits?|sitting|seat) on (?:the |its )?(?:\w+ )?board|\bned\b|"
        r"company secretary|member of the board")),
    (Role.ADVISER, r"advis[eo]r\b"),
    (Role.EMPLOYEE,
        (r"(?:cpn|r[mg]n|odp|sho|hca)\b|physio\b|physiotherapist|psychiatrist|psychologist|radiograph\w+|radiologist|surgeon|"
        r"an(?:a)?esthetist|p(?:a)?ediatrician|dieti[ct]ian|podiatrist|phlebotomist|health visitor|support worker")),
    (Role.SPONSORED,  # what somebody was given once
        (r"(?:received|accepted|given|taken to|treated to|attended)\b[^.;]*\b(?:gifts?|lunch(?:eon)?|dinner|meals?|tickets?|hamper)\b|"
        r"(?:gifts?|lunch(?:eon)?|dinner|meals?|tickets?|hamper|conference (?:fee|place|travel)s?)\b(?! (?:shop|club))[^.;]*"
        r"\b(?:from|by|courtesy of)\b")),
    (Role.UNKNOWN,  # "my practice, Mill Lane, is a member"
        r"(?:my|our) (?:own )?(?:practice|surgery)\b|(?:practice|surgery|partnership) is (?:a |one of the )?members? of"),
    (Role.MEMBER, r"\bmember\b|fellow|councillor|cllr"),
)  # fmt: skip
_RELATIVE = re.compile(RELATIVES, re.IGNORECASE)
_RELATIVE_WORD = re.compile(rf"\b(?:{RELATIVES})\b(?!\s+(?:practice|specialist|governor))", re.IGNORECASE)
_VAGUE = ("associate", "close associate")
_WHOSE_PARTNER = r"(?:my|his|her|their|of|by|with|for|to) (?:the )?partner\b(?! (?:practice|at|in|of)\b)"
_LIFE_PARTNER = re.compile(rf"^\W*partner\W*$|[-–—(:/]\s*partner\W*$|\b{_WHOSE_PARTNER}", re.IGNORECASE)
_COMPILED = tuple((role, re.compile(rf"\b(?:{pattern})", re.IGNORECASE)) for role, pattern in _ROLES)
_THEIR_PARTNER = re.compile(
    rf"\b(?:(?:business|civil|life|fellow(?: gp)?) partner\b|partner's|{_WHOSE_PARTNER})", re.IGNORECASE
)


def via_of(text: str) -> str:
    """Returns through whom an interest is held ("sister"), empty where it is the person's own. "Partner" is a life partner
    only where the words around it say so; what two of them hold together is the person's own."""
    if _TOGETHER.search(text):
        return ""
    if _FELLOW.search(text):
        return "fellow partner"
    text = _ASSOCIATE.sub(" ", _LIKE.sub(" ", text))
    beside = _WITH.search(text)
    if beside and role_of(text[: beside.start()]) is not Role.UNKNOWN:  # "partner at … with my wife"
        return via_of(text[: beside.start()])
    found = _VIA_ANYWHERE.search(text) or _VIA.search(text)
    if found and not (found[1].lower() in ("associate", "parent") and "gp" in text.lower()):
        return found[1].lower().removesuffix("'s")
    if known := _COLLEAGUE.search(text):
        return (known[1] or known[2]).lower()
    if _RELATED.search(text):
        return "relative"
    life = _PARTNER_OF.search(text)
    return "partner" if life and not _is_at_practice(text, life.end()) else ""


def _is_at_practice(text: str, begin: int) -> bool:
    """ "Partner (Mill Lane Surgery)" is a post; "partner (nurse at Mill Lane Surgery)" is somebody."""
    inside = text[begin:].split(")")[0] if text[begin - 1 : begin] == "(" else ""
    return bool(_PRACTICE.search(inside)) and role_of(inside) is Role.UNKNOWN


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


def role_starts(text: str, begin: int) -> int | None:
    """Returns where the role ends that `text` states right at `begin`, or a word or two behind; None where there is none."""
    found = [
        each.end()
        for _, pattern in _COMPILED
        if (each := pattern.search(text, begin, begin + 60)) and _soon(text, begin, each)
    ]
    return max(found, default=None)


def _soon(text: str, begin: int, found: "re.Match[str]") -> bool:
    between = text[begin : found.start()]
    return len(between.split()) <= _MOST_BEFORE and not re.search(r"[A-Z][a-z]|\b(?:at|of|in|for|with)\b", between)


_MOST_BEFORE = 2  # "practice nurse manager"
