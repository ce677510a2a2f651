"""Names of organisations made comparable: words without case, accents and abbreviations; which words only say the type."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from coi.screening.abbreviations import ABBREVIATIONS

_WORD = re.compile(r"(?i:pcn|practice|surgery|centre)(?=\d)|[^\W_]+(?:['’`][^\W_]+)*")
_DOTTED = re.compile(
    r"\b(?:[A-Za-z]\.)+[A-Za-z]\b\.?|\b[MHPmhp]/(?i:c|care|ship)\b|\bM/[PG]\b|\b[Cc][Oo]\b\.?(?=\s?Durham|\s?DURHAM)"
)
# C.I.C. is one word, and so is H/C; Co Durham is no company
_HARD = re.compile(r"[,;:()\[\]/|\n•]|\s[-–—]\s|^[-–—]|(?<=[a-z\d]{2})[.](?=\s)|[-–—](?=\s)|→")

LINKS = frozenset({"a", "and", "at", "by", "for", "in", "near", "of", "on", "the", "with"})
PRACTICE_WORDS = frozenset(
    {"surgery", "medical", "centre", "practice", "health", "clinic", "healthcare", "group", "partnership", "doctor"}
)
WEAK_WORDS = frozenset(
    {
        "partners",
        "partner",
        "nhs",
        "gp",
        "gps",
        "general",
        "district",
        "limited",
        "services",
        "service",
        "associates",
        "pms",
        "gms",
        "llp",
        "plc",
        "cic",
        "cio",
    }
)
TRUST_WORDS = frozenset({"trust", "foundation", "hospital", "infirmary", "board"})
NETWORK_WORDS = frozenset({"pcn", "network"})
COMMISSIONER_WORDS = frozenset({"ccg", "icb", "commissioning", "pct"})
TYPE_WORDS = PRACTICE_WORDS | WEAK_WORDS | TRUST_WORDS | NETWORK_WORDS | COMMISSIONER_WORDS | {"nhs"}
COMPANY_WORDS = frozenset({"limited", "cic", "llp", "plc", "company", "inc", "cio"})
_FOREIGN = """academy alliance airport ambulance association bank bowls carehome charity chemist chemists church club collaborative college
confederation consortium consultancy consultants consulting council dental dentist dentists enterprise federation football golf healthwatch
hospice housing laboratories museum opticians optometrists parish pharma pharmaceutical pharmaceuticals pharmacies
pharmacy physiotherapy properties rotary school schools society solicitors theatre union university vets veterinary"""
FOREIGN_WORDS = COMPANY_WORDS | frozenset(_FOREIGN.split())  # a name that ends in one of these is no practice's
_OWNED, _OWNERS = (
    ("'s", "’s"),
    TRUST_WORDS | NETWORK_WORDS | {"surgery", "centre", "practice", "clinic", "group", "partnership"},
)
WAYS = frozenset(
    ("road", "street", "lane", "avenue", "close", "drive", "way", "house", "park", "square", "hill", "green", "gardens")
)
_CAPITALS = frozenset(("NHS", "PCN", "ICB", "CCG", "GP", "CIC", "LLP", "UK", "APMS", "PMS", "II"))


class Word(NamedTuple):
    """A word of a text: `text` as compared, `raw` as written, `start` and `end` in the text, `hard` where punctuation that
    ends a phrase stands before it."""

    text: str
    raw: str
    start: int
    end: int
    hard: bool


def plain(text: str) -> str:
    """Returns `text` in lower case without accents and apostrophes."""
    if text.isascii():
        return joined_up(text.lower())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return joined_up("".join(letter for letter in decomposed if not unicodedata.combining(letter)))


def joined_up(text: str) -> str:
    """Returns `text` without its apostrophes. Quick where it has none."""
    return text.replace("'", "").replace("’", "").replace("`", "")


@lru_cache(maxsize=64)
def words(text: str) -> tuple[Word, ...]:
    """Returns the words of `text`, abbreviations written out (so that "MC" gives two words in one place)."""
    if "." in text or "/" in text or "durham" in text.lower():
        text = _DOTTED.sub(_in_one, text)
    found: list[Word] = []
    last, owned = 0, False
    for match in _WORD.finditer(text):
        start, end = match.span()
        said, between = match[0], text[last:start]
        hard = not found or owned or (between != " " and bool(_HARD.search(text[max(0, last - 2) : start])))
        if found and between.strip() in ("&", "+"):
            found.append(Word("and", "&", last, start, False))
        owned = said.endswith(_OWNED) and _expanded(plain(said[:-2]))[-1] in _OWNERS
        expanded = _expanded(plain(said[:-2] if owned else said))
        for number, word in enumerate(expanded):
            if found and _makes_street(found[-1].text, word, hard=hard):
                found[-1] = found[-1]._replace(text="street")
            found.append(Word(word, said, start, end, hard and number == 0))
        last = end
    if len(found) > 1 and found[-1].text == "saint":
        found[-1] = found[-1]._replace(text="street")
    return tuple(found) if OF_SEVERAL.isdisjoint([word.text for word in found]) else _with_networks(found)


def _in_one(found: "re.Match[str]") -> str:
    """An abbreviation in one word and as many letters; a county's is left out."""
    short = "" if found[0].lower().startswith("co") and "." not in found[0][:2] else re.sub("[./]", "", found[0])
    return short.ljust(len(found[0]))


def _makes_street(before: str, word: str, *, hard: bool = False) -> bool:
    """ "St" before a type word or at the end of a phrase is a street: "Church St Surgery"; before a name it is a saint."""
    return before == "saint" and (hard or word in PRACTICE_WORDS or word in ("lane", "surgery"))


OPENS_SEVERAL = frozenset(
    ("health", "care", "nursing", "residential", "integrated", "clinical", "primary", "network")
)  # words that begin what is one of several
OF_SEVERAL = frozenset(
    ("board", "group", "care", "home", "homes", "network", "networks")
)  # words that end one of several
_HOMES = {"care", "nursing", "residential"}
_COMMISSIONERS = {"board": (("integrated", "care"), "icb"), "group": (("clinical", "commissioning"), "ccg")}


def _with_networks(found: list[Word]) -> tuple[Word, ...]:
    """ "Primary Care Network" is one word: PCN; so are "Integrated Care Board", "Clinical Commissioning Group" and "health care"."""
    listed: list[Word] = []
    for word in found:
        short = _COMMISSIONERS.get(word.text)
        if short and [one.text for one in listed[-2:]] == list(short[0]):
            first = listed[-2]
            listed[-2:] = [Word(short[1], short[1].upper(), first.start, word.end, first.hard)]
            continue
        if word.text == "care" and listed and listed[-1].text == "health" and not word.hard:
            first = listed[-1]
            listed[-1] = Word("healthcare", "Healthcare", first.start, word.end, first.hard)
        elif word.text in ("home", "homes") and listed and listed[-1].text in _HOMES and not word.hard:
            first = listed[-1]
            listed[-1] = Word("carehome", f"{first.raw} {word.raw}", first.start, word.end, first.hard)
        elif word.text in ("network", "networks") and [one.text for one in listed[-2:]] == ["primary", "care"]:
            first = listed[-2]
            listed[-2:] = [Word("pcn", "PCN", first.start, word.end, first.hard)]
        else:
            listed.append(word)
    return tuple(listed)


_OFTEN_MISTYPED = (
    "medical", "surgery", "surgeries", "centre", "practice", "partnership", "partners", "federation", "doctors", "limited", "health",
    "healthcare", "general",
)  # fmt: skip
_TYPED_BY_LETTER = {
    letter: tuple(word for word in _OFTEN_MISTYPED if word[0] == letter)
    for letter in {word[0] for word in _OFTEN_MISTYPED}
}
_OTHER_WORDS = frozenset(
    {"heath", "healthy", "medicas", "partnerships"}
)  # that one letter makes of a type word, and that mean themselves
_LONG = 7  # letters from which one may be another


@lru_cache(maxsize=20_000)
def _expanded(word: str) -> tuple[str, ...]:
    return ABBREVIATIONS.get(word) or (_mistyped(word) or word,)


@lru_cache(maxsize=2048)
def is_misspelt(raw: str) -> bool:
    """Whether a word of a phrase is a slip of a type word: "Ashley Surgey"."""
    said = (word for word in _RAW_WORD.findall(plain(raw)) if word not in ABBREVIATIONS)
    return any(_mistyped(word) for word in said)


def _mistyped(word: str) -> str | None:
    """The type word that `word` is a slip of: two letters swapped, one too many or one missing, in a long word one for another."""
    if word in _OTHER_WORDS:
        return None
    for meant in _TYPED_BY_LETTER.get(word[0], ()):
        if word == meant or abs(len(word) - len(meant)) > 1:
            continue
        longer, shorter = (word, meant) if len(word) > len(meant) else (meant, word)
        if len(word) == len(meant):
            differing = [n for n in range(len(word)) if word[n] != meant[n]]
            is_swapped = len(differing) == 2 and sorted(word) == sorted(meant) and differing[1] - differing[0] == 1
            if is_swapped or (len(differing) == 1 and len(word) >= _LONG):
                return ABBREVIATIONS.get(meant, (meant,))[0]
        elif any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer))):
            return ABBREVIATIONS.get(meant, (meant,))[0]
    return None


_SLASHED = re.compile(r"\b([mhp])/(care|[cs]h?i?p?)\b")  # M/C, H/C, P/SHIP
_RAW_WORD = re.compile(r"(?:pcn|practice|surgery|centre)(?=\d)|[a-z0-9]+")  # PCN2 is PCN 2


def name_words(name: str) -> tuple[str, ...]:
    """Returns the words of an organisation's name without links: ("holts", "health", "centre"). Quick: names come in
    thousands."""
    text = plain(name)
    if "/" in text:
        text = _SLASHED.sub(r"\1\2", text)
    listed: list[str] = []
    before = ""
    for word in _RAW_WORD.findall(text):
        if word in ABBREVIATIONS:
            expanded = ABBREVIATIONS[word]
            if len(listed) > 1 and _makes_street(listed[-1], expanded[0]):
                listed[-1] = "street"
            listed.extend(expanded)
        elif word == "care" and before == "health":
            listed[-1] = "healthcare"
        elif word == "home" and before in _HOMES and listed[-1] == before:
            listed[-1] = "carehome"
        elif word not in LINKS:
            if len(listed) > 1 and listed[-1] == "saint" and _makes_street("saint", word):
                listed[-1] = "street"
            listed.append(word)
        before = word
    if len(listed) > 1 and listed[-1] == "saint":
        listed[-1] = "street"
    for last, (before_it, short) in _COMMISSIONERS.items():
        if last in listed and tuple(listed[listed.index(last) - 2 : listed.index(last)]) == before_it:
            place = listed.index(last)
            listed[place - 2 : place + 1] = [short]
    if "primary" in listed and listed[-1:] == ["network"]:
        listed = [word for word in listed if word not in ("primary", "care", "network")] + ["pcn"]
    return tuple(listed)


def spoken(name: str) -> str:
    """Returns a name of the reference data, which shouts, as people write it: "THE DENSHAM SURGERY" → "The Densham Surgery"."""
    if not name.isupper():
        return name
    return " ".join(word if word in _CAPITALS else word.capitalize() for word in name.split())


def core(listed: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the words that tell one organisation from another; for a name of type words alone, nothing."""
    return tuple(
        word
        for word in listed
        if word not in TYPE_WORDS and not (len(word) == 1 and word.isalpha() and len(listed) > 3)
    )


def company_key(name: str) -> str:
    """Returns what two spellings of an organisation without an ODS code have in common: "AT Medics Ltd" → "name:at medics".
    Legal forms do not count."""
    listed = tuple(word.text for word in words(name) if word.text not in LINKS)
    legal_free = tuple(word for word in listed if word not in COMPANY_WORDS)
    while len(legal_free) > 2 and legal_free[-2:] == ("community", "interest"):
        legal_free = legal_free[:-2]
    return "name:" + " ".join(legal_free or listed)
