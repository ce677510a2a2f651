"""What the headings of registers, agendas and lists of texts are called: meanings, and the patterns of their headings. Pure data."""

_PLACE = r"(?:other )?(?:gp )?(?:practice|surgery|organi[sz]ation|business|company|employer|body|firm)"
_BOTH = r"(?:non.?)?personal ?(?:/|or|and|-) ?(?:non.?)?pecuniary|(?:non.?)?pecuniary ?(?:/|or|and|-) ?(?:non.?)?(?:personal|pecuniary)"
_CODED = r"(?:ods|(?:gp )?practice|org(?:ani[sz]ation)?s?|provider)(?:[ /-]+(?:ods|practice|organi[sz]ation))?[ _]?code(?:s|\(s\))?"
_PUBLIC = r"(?:publi(?:sh|cation|c\b)|disclos|releas)"
_NO_DAY = r"(?!.*\b(?:reasons?|why|grounds|dates?|day|by whom|when)\b)"
_YES_NO = r"(?: ?[(\[]?(?:y|yes) ?(?:/|or) ?(?:n|no)[)\]]?)?[ ?]*$"
_WHAT = r"(?: (?:this|my|the))?(?: (?:interest|declaration|entry|row|details|name|record))?"
_WHERE = r"(?: (?:on|in|to)(?: (?:the|our|a))?(?: public)? ?(?:web ?site|internet|register|public|online)?| online)?"
_NOT_PUBLIC = (  # a column that keeps back what it marks
    rf"^{_NO_DAY}.*\b(?:withh(?:o|e)ld|redact|anonymi[sz]|suppress)",
    rf"^{_NO_DAY}.*\b(?:do not|don.?t|not|never|no|exempt\w*|object\w*|opt(?:s|ed)?.out|against)\b.*\b{_PUBLIC}",
    rf"^(?:is |to be |(?:keep|kept) (?:it )?|held |mark(?:ed)? (?:as )?)*{_WHAT} ?(?:private|confidential){_WHAT}{_YES_NO}",
)
_MAY_BE = r"(?:(?:is|to|be|can|may|should|will|ok|okay|happy|permission|we|it|this|for) )*"
_IS_PUBLIC = (rf"^{_MAY_BE}publi(?:sh(?:ed|able)?|c|cation){_WHAT}{_WHERE}{_YES_NO}",)
REGISTER = {  # meaning → what its heading says, the most telling first
    "person": (
        r"^(?:full |staff |member'?s? |declarant'?s? )?name$",
        r"^(?:name of (?:person|member|individual|declarant|employee).*|member|declarant|person|employee|surname|who)$",
        r"^(?:last|family) ?name$",
        r"^name\b(?!.*(?:organi[sz]ation|business|practice|employer))",
    ),
    "title": (r"^(?:title|salutation)$",),
    "first": (r"^(?:first ?name|forename|given name)s?$",),
    "position": (
        r"position",
        r"job title",
        r"current post|post held",
        r"^role(?: (?:in|within|at) .*)?$",
    ),
    "committees": (r"^(?!.*(?:interest|position|role)).*committees?\b",),
    "text": (
        r"^(?:interest.?text|declared.?text|text)$",
        r"declared interest|interest declared",
        r"interest.*organi[sz]ation|organi[sz]ation.*interest",
        r"details? of (?:the )?interest|description of (?:the )?interest|interest details?|^interests?$",
        r"^declarations?(?: of interests?)?$",
        r"third party",
        r"description|^summary$|^details?\b|nature of business|name of (?:the )?organi[sz]ation|^organi[sz]ation$",
    ),
    "nature": (
        r"nature of (?:the )?interest",
        r"nature\b",
        r"relationship",
        r"further details",
        r"^declaration details$",
        r"^description$",
        r"^(?:your )?(?:role|capacity)(?: held)?$",
    ),
    "organisation": (
        r"^(?:name of (?:the )?)?(?:gp )?practice(?: name)?$",
        rf"^(?:name of (?:the )?)?{_PLACE}(?:(?: ?/ ?| or |, | and ){_PLACE})*(?: name)?$",
        r"^(?:payer|donor|funder|sponsor|client|organi[sz]ation)(?:'s)? ?name$|^name of (?:the )?(?:payer|donor|funder|sponsor|client)$",
    ),
    "id": (r"^(?:interest )?id$",),
    "parent": (r"^parent\b.*\bid$",),
    "code": (rf"^(?:interest[ _])?{_CODED}$|^ods$",),
    "types": (
        r"type of interest|interest type|^interest_type$",
        r"^type$|^category|declaration type|type of declaration",
    ),
    "fin": (r"^financial(?: interests?)?$", r"direct pecuniary"),
    "nfp": (r"non.?financial.? ?professional", r"^professional"),
    "nfpers": (r"non.?financial.? ?personal", r"^personal(?: interests?)?$"),
    "direct": (r"direct.*indirect", r"self or other", r"^direct(?: interests?)?$"),
    "indirect": (r"^indirect(?: interests?)?$",),
    "from": (r"^(?:date )?from$", r"date from|start date|^start|from date", r"date.*from|arose"),
    "to": (r"^(?:date )?to$", r"date to|end date|^end|to date", r"until|date.*\bto\b|ended"),
    "date": (r"^dates? of interest$|^dates?$|^period$|^from ?[-–/] ?to$",),
    "area": (r"^(?:register.?)?area$",),
    "pecuniary": (rf"^(?:whether )?(?:{_BOTH})\b", r"^pecuniary(?: interests?)?$"),
    "mitigation": (r"mitigat", r"^actions?(?: taken| agreed)?$|how .*managed"),
    "declared": (
        r"^(?:date )?(?:declared|registered)(?: on)?$|^date (?:of declaration|submitted)$|^declaration date$",
    ),
    "consent": (r"\bconsent\b(?!.*(?:fraud|verif))|agree.*\bpubli|\bok to publi", *_NOT_PUBLIC, *_IS_PUBLIC),
    "withheld": (r"reasons?\b.*(?:consent|publi|redact|withh)|(?:consent|publi|redact|withh).*\breasons?\b",),
    "statement": (
        r"^(?:tick )?statement$|^declaration statement$|^nil (?:return|declaration)$",
        r"^(?!.*(?:associat|relati|famil|aware)).*\b(?:no|nil)\b.{0,20}\binterests?\b.*$|nothing to declare",
    ),
    "email": (r"^e-?mail(?: address)?$",),
}
REGISTER_MEANINGS = tuple(REGISTER)
"""What a column of a register may hold."""
AGENDA = {
    "title": (
        r"^(?:item.?)?title$",
        r"^(?:agenda )?item(?: name| description)?$|^subject$|^topic",
        r"^agenda item",
        r"heading|title",
    ),
    "reference": (
        r"^(?:agenda )?(?:item )?(?:no\.?|number|ref(?:erence)?|#)$",
        r"^item[_ ](?:no|number|ref|id)",
        r"^ref",
        r"^(?:agenda )?item$",  # beside a title
    ),
    "description": (r"description", r"detail|summary|recommendation", r"^notes?$"),
    "date": (r"^(?:meeting.?)?date$|date of (?:the )?meeting|^on$",),
    "decision": (r"^for.?decision$", r"^action", r"^purpose$|decision$"),
    "area": (r"^(?:register.?)?area$",),
    "codes": (rf"^(?:affected |item[ _])?{_CODED}(?: affected| concerned)?$|^ods$",),
    "class": (r"^(?:item[ _])?class(?:[ _]scope)?$|^(?:offered|open) to$|^class of practices$",),
    "organisation": (r"^(?:affected |name of )?org(?:ani[sz]ation)?s?(?:[ _]names?| affected| concerned)?$",),
    "practice": (r"^(?:affected |name of )?practices?(?: names?| affected| concerned)?$",),
    "provider": (r"^(?:affected |name of |current |incumbent )?providers?(?: names?| affected| concerned)?$",),
    "supplier": (r"^(?:affected |name of )?suppliers?(?: names?| affected| concerned)?$",),
    "contractor": (r"^(?:affected |name of )?contractors?(?: names?| affected| concerned)?$",),
}
NAMES = {
    "code": (r"^(?:ods.?)?code$|^organi[sz]ation.?code$",),
    "text": (r"^(?:text|name|alias)$",),
}
TEXTS = {
    "text": (r"^(?:text|declared.?text)$", r"^interest(?:.?text)?$|declared interest"),
    "area": (r"^(?:register.?)?area$",),
}
REGISTER_SIGNS = (
    r"\bname\b", r"position|job title|post\b", r"interest", r"declar", r"^non.?financial|^financial", r"^(?:date )?(?:from|to)$",
    r"direct", r"mitigat|action taken",
)  # fmt: skip
AGENDA_SIGNS = (
    r"\bitem\b|^item_", r"^title$|^subject$|^topic", r"^(?:no\.?|number|ref(?:erence)?|#)$", r"^purpose$|decision|^action$",
    r"\btime\b|^lead$|present",
    r"\bpapers?\b|enclosure|attachment",
)  # fmt: skip
GIFT_SIGNS = (
    r"gift|hospitality", r"\boffer", r"declined|accepted", r"\bvalue|\bworth\b", r"receipt|received|recipient",
    r"donor|offeror|supplier|provider",
    r"^reason",
)  # fmt: skip
"""What headings of a register, of an agenda, and of a register of gifts and hospitality, speak of."""
NO_GIFT_SIGNS = (r"interest|categor|declaration|^pecuniary|^(?:in)?direct\b",)
"""What a register of gifts has no heading for, and one of interests has."""
