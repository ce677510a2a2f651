"""What wording says of a whole class of practices: the words that speak of one, and the place or the network that they name. Pure."""

import re
from collections.abc import Callable

from coi.screening.names import TYPE_WORDS, words

_MONEY = r"(?:schemes?|payments?|funding|funds?|money|monies|allocations?|uplifts?|premium|reinvestment|incentives?|equali[sz]ation)"
_PRACTICES = r"(?:general practices?|practices|GP surgeries|surgeries)"
_NETWORKS = r"(?:PCNs?|primary care networks?)"
_OFFERED = r"(?:(?:offered|open|available|extended|payable|paid)\s+)?(?:for|to|in|with|across|by|of)"
_RUN = r"[A-Z][\w'’-]*(?:(?:\s+(?:of|upon|on|the|le|by|under)){0,2}\s+[A-Z][\w'’-]*)*"  # "Bury St Edmunds", "Isle of Wight"
_EVERY = r"(?:all|every|each)\s+(?:of\s+)?(?:the\s+|our\s+)?"
_EVERY_NETWORK = rf"{_EVERY}(?:(?:[\w'’&-]+\s+){{0,3}}?(?:PCNs|primary care networks)|(?:PCN|primary care network))\b"
_CLASS = re.compile(
    rf"(?i:\b{_MONEY}\s+{_OFFERED}\s+(?:the\s+)?(?:[\w-]+\s+){{0,2}}?{_PRACTICES}\b)|"
    rf"(?i:\b(?:general practice|GP practices?|practices?)[\s-](?:[\w-]+\s+){{0,3}}?{_MONEY}\b)|"
    rf"(?i:\b{_MONEY}\s+{_OFFERED}\s+(?:the\s+|our\s+)?{_NETWORKS}\b)|"
    rf"(?i:\b{_NETWORKS}\s+(?:[\w-]+\s+){{0,3}}?{_MONEY}\b)|"
    rf"(?i:\b(?:for|offers? to|offered to|open to|available to|extended to)\s+(?:the\s+)?(?:GP\s+|general\s+|local\s+)?{_PRACTICES}"
    r"\s+(?:in|of|across|within|throughout)\s+)(?:the\s+)?"
    rf"{_RUN}|"
    r"(?i:\benhanced services?\b|\bpersonal medical services\b|\blocal (?:\w+ ){0,3}(?:incentive|improvement|outcomes) framework\b)|"
    r"(?i:\bacross\s+(?:all\s+)?(?:\w+\s+){0,3}practices\b)|"
    r"(?i:\b(?:local(?:ly)?|directed|national)\s+(?:commissioned\s+|enhanced\s+|improvement\s+|incentive\s+)+(?:services?|schemes?)\b)|"
    r"\b(?:LES|LESs|DES|DESs|LIS|LCS|QOF|PMS|ARRS|IIF)\b|"
    r"(?i:\badditional roles reimbursement\b|\b(?:investment and impact|impact and investment) fund\b)|"
    r"(?i:\bcapacity and access (?:improvement |support )?payments?\b|\b(?:general practice|GP) resilience programme\b)|"
    r"(?i:\bGP (?!federations?\b)(?:[\w-]+\s+){0,2}?(?:payments?|funding|allocations?)\b|\bproviders of primary medical services\b)|"
    rf"(?i:\b(?:(?:{_MONEY}|fees?|tariffs?) {_OFFERED}|offer(?:s|ed)? to) (?:the |our |all |local )?(?:{_PRACTICES}|GPs)\b)|"
    r"(?i:\bprimary care (?:offer|quality scheme|investment scheme|incentive scheme)\b)|"
    r"(?i:\bprescribing (?:\w+ )?scheme\b|\bquality and outcomes framework\b|\bglobal sum\b)|"
    r"(?i:\b(?:GP|GMS|PMS|core) (?:contract|pay|funding) (?:uplift|award|changes)\b)|"
    rf"(?i:\b{_EVERY_NETWORK})|"
    r"(?i:\b(?:practice|GP) (?:incentive|engagement|transformation|improvement|quality) (?:scheme|premium|framework)\b)"
)
_EXPLICIT = re.compile(
    rf"\b{_EVERY}(?:[\w'’&-]+\s+){{0,5}}?(?:practices?|surgery|surgeries|gps)\b",
    re.IGNORECASE,
)
_EACH_NETWORK = re.compile(rf"\b{_EVERY}networks?\b", re.IGNORECASE)
_OF_NETWORKS = re.compile(rf"\b{_NETWORKS}\b|\bnetwork contract\b|\b{_MONEY}\b|\boffer(?:ed)?\b", re.IGNORECASE)
_NETWORKS_TOO = re.compile(
    rf"\b(?:{_EVERY_NETWORK}|{_EVERY}networks?\b|{_MONEY}\s+{_OFFERED}\s+(?:the\s+|our\s+)?{_NETWORKS}\b|"
    rf"{_NETWORKS}\s+(?:[\w-]+\s+){{0,3}}?(?:{_MONEY}|DES)\b|network contract\b|ARRS\b|IIF\b|additional roles reimbursement\b|"
    r"(?:investment and impact|impact and investment) fund\b|capacity and access (?:improvement |support )?payments?\b)",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    rf"(?:^|[,;:–-]\s*)(?i:(?:the\s+)?(?:GP\s+|local\s+)?(?:practices|surgeries|GPs))\s+(?i:in|of|across|within)\s+{_RUN}"
)
_PAID = re.compile(rf"(?i:\b{_MONEY}\b|\boffer\b)")
_PLAIN_GROUP = re.compile(r"(?i:neighbouring|nearby|other|local)\s+(?:\w+\s+){0,3}(?i:practices|surgeries)")
_AREA = rf"{_RUN}(?:(?:\s*,\s*{_RUN})*\s*(?:\band\b|&)\s*(?:the\s+)?{_RUN})?"
_IN = r"\s+(?i:in|of|across|within|throughout|round|around)\s+(?:the\s+)?"
_THERE = re.compile(rf"\b(?i:practices|surgeries|gps|PCNs?|(?:primary care )?networks?){_IN}({_AREA})")
_EACH_NETWORK_THERE = re.compile(rf"\b(?i:{_EVERY}networks?){_IN}{_RUN}")
_EVERY_THERE = re.compile(
    rf"(?i:\b{_EVERY}(?:[\w'’&-]+\s+){{0,5}}?(?:practices?|surgery|surgeries|gps)\b|{_EVERY_NETWORK}|\b{_EVERY}networks?\b)({_IN}{_AREA})?"
)
_BEFORE = re.compile(r"\b((?:[A-Z][\w'’-]+\s+|&\s+|and\s+){1,5})(?:practices|surgeries|GPs)\b")
_NETWORK = r"((?:[A-Z0-9][\w'’&-]*\s+|(?:and|&|of)\s+){1,7}(?:PCN|Primary Care Network))"
_OF_NETWORK = (
    re.compile(rf"\b(?i:practices?|surgeries|gps)\s+(?i:of|in|within|across)\s+(?i:the\s+)?{_NETWORK}\b"),
    re.compile(
        rf"(?i:\b(?:all|every|each)\s+(?:of\s+)?(?:the\s+)?){_NETWORK}(?:['’]s)?\s+(?i:member\s+)?(?i:practices?|surgeries|gps)\b"
    ),
    re.compile(
        rf"(?i:\b(?:to|for|across)\s+(?:the\s+)?){_NETWORK}(?:['’]s)?\s+(?i:member\s+)?(?i:practices|surgeries|gps)\b"
    ),
)
_LEFT_OUT = re.compile(  # up to a stop, or to small words that go on about something else
    r"\b(?:practices?|surgery|surgeries|GPs|networks?|PCNs?)\b[^.;:()\n]{0,60}?"
    r"(?P<out>[\s,(]+(?:except(?:ing)?(?:\s+for)?|with\s+the\s+exception\s+of|other\s+than|excluding|apart\s+from|aside\s+from|save\s+for|"
    r"but\s+not)\s+(?P<who>(?:(?<=\bSt)\.|[^.;:()\n])+?))(?=\s*(?:(?<!\bSt)[.]|[;:()\n]|$|\s[-–—]\s|,\s*(?:and\s+)?(?!and\b|the\s+(?-i:[A-Z]))(?-i:[a-z])|"
    r"\s+and\s+(?!the\s+(?-i:[A-Z]))(?-i:[a-z])|\b(?:is|are|was|were|will|to|from|for|with|which|who|as|on|during|until|when|where|because)\b))",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*,\s*|\s+and\s+(?:the\s+)?|\s*&\s*(?:the\s+)?")


def class_said(text: str, *, names_someone: bool) -> str:
    """Returns the words that make a class of practices of those whom a text concerns, empty where none do. Where it `names_someone`, only
    "all practices" in so many words does. Source: RULEBOOK §23 scenarios 7 and 15; §24 F3."""
    found = _EXPLICIT.search(text)
    if found is None and not names_someone:
        found = _CLASS.search(text)
        found = (
            found
            or _EACH_NETWORK_THERE.search(text)
            or (_EACH_NETWORK.search(text) if _OF_NETWORKS.search(text) else None)
        )
        found = found or (_LOCAL.search(text) if _PAID.search(text) else None)
    return found[0].strip(" ,;:–-") if found else ""


def networks_said(text: str) -> bool:
    """Whether words that make a class of practices speak of their primary care networks, or of money that is theirs. Source: RULEBOOK
    §24 F4."""
    return bool(_NETWORKS_TOO.search(text))


def network_named(text: str) -> str:
    """Returns the primary care network whose practices, all of them, words speak of: "all practices of the Dengie PCN". Empty where they
    speak of none."""
    found = next((match for match in (pattern.search(text) for pattern in _OF_NETWORK) if match), None)
    return found[1].strip() if found else ""


def places_said(text: str) -> tuple[str, ...]:
    """Returns what the practices of a class are said to be of, as it is written and then part by part: "all practices in Wells and Street"
    → "Wells and Street", "Wells", "Street"; "the Ketts Oak practices" → "Ketts Oak". Empty where the words do not say."""
    found = _THERE.search(text)
    told = found[1] if found else next((each[1] for each in _BEFORE.finditer(text) if not _is_typed(each[1])), "")
    return _parts(_untyped(told.strip(" ,&")))


def left_out_of(text: str) -> tuple[str, tuple[str, ...]]:
    """Returns `text` with what is left out of a class of practices blanked out, letter for letter, and the words that say who that is:
    "offered to every practice except Elm Surgery" → "Elm Surgery". As it is, and none, where it speaks of no class."""
    if not class_said(_blanked_out(text), names_someone=False):
        return text, ()
    return _blanked_out(text), tuple(found["who"].strip() for found in _LEFT_OUT.finditer(text))


def _blanked_out(text: str) -> str:
    return _LEFT_OUT.sub(lambda found: found[0][: found.start("out") - found.start()] + blank(found["out"]), text)


def without_places(text: str, are_places: Callable[[tuple[str, ...]], object]) -> str:
    """Returns `text` with "practices in Wells and Street" blanked out, letter for letter, where `are_places` knows Wells and Street."""
    return _THERE.sub(
        lambda found: blank(found[0]) if not _is_typed(found[1]) and are_places(_parts(found[1])) else found[0], text
    )


def classless(text: str) -> str:
    """Returns `text` with whole classes ("all Norfolk and Waveney practices", "all practices in Norwich") blanked out, character for
    character."""
    text = _EVERY_THERE.sub(lambda found: _blanked_class(found[0], found[1] or ""), text)
    return _PLAIN_GROUP.sub(lambda found: blank(found[0]), text)


def blank(text: str) -> str:
    """Returns as many spaces as `text` has letters, after a stop."""
    return ";" + " " * (len(text) - 1)


def _blanked_class(whole: str, place: str) -> str:
    """A place that goes on to a name with a type is somebody's: "all practices in Norwich and Lakenham Surgery"."""
    kept = place[len(_untyped(place)) :]
    return blank(whole[: len(whole) - len(kept)]) + kept


def _untyped(place: str) -> str:
    """The words of a place up to the first part that says a type of organisation."""
    end = 0
    for part in re.finditer(r"(?:^|\s*,\s*|\s+and\s+|\s*&\s*)((?:(?!\s*,\s*|\s+and\s+|\s*&\s*).)+)", place):
        if _is_typed(part[1]):
            break
        end = part.end()
    return place[:end]


def _parts(whole: str) -> tuple[str, ...]:
    parts = tuple(part for part in _AND.split(whole) if part)
    return () if not whole else (whole, *parts) if len(parts) > 1 else (whole,)


def _is_typed(text: str) -> bool:
    return any(word.text in TYPE_WORDS for word in words(text))
