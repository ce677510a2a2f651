"""A declared text taken apart: which phrases may name an organisation, and which words say where it is."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from coi.screening.names import (
    COMMISSIONER_WORDS,
    COMPANY_WORDS,
    FOREIGN_WORDS,
    LINKS,
    NETWORK_WORDS,
    PRACTICE_WORDS,
    TRUST_WORDS,
    TYPE_WORDS,
    WAYS,
    Word,
    words,
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
members midwife mother mothers my nature nephew niece nil no non none not now nurse nurses office officer one or our
over own owned owner owners owns paid parent part parttime partner partners patient payments pension per personal
pharmacist post premises previous previously principal private profit provider provides receive received
receives receptionist registered registrar registrars relative remunerated rent represents respect retired role
salaried salary secretary senior sessional sessions share shared shareholder shareholders shareholding shares she
since sister sisters sits social son spouse staff stepfather stepson student teacher that their them they this
through time to trainee trainer trustee trustees two under unpaid until uncle via vice volunteer volunteers was we
were where which whose wife who will works work worked worker working year years yes entry name clinical
locally elected councillor cllr ministerial cd mgr mngr asst snr jnr appraiser ret retd rtd pm hca anp gpwsi"""
_LAST_ONLY = {
    "college",
    "church",
    "school",
    "club",
    "bank",
    "parish",
    "union",
    "museum",
    "theatre",
    "society",
    "airport",
}
PLACES_TOO = frozenset(("bank", "church", "college", "club", "school", "airport", "union"))
_CLOSING = (HEADS | COMPANY_WORDS) - {
    "health",
    "medical",
    "healthcare",
    "doctor",
    "foundation",
}  # words that end a name
NOISE = frozenset(_NOISE.split()) | {
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
_CLOSE_TO = {"friend", "friends", "family", "associate", "associates", "relative", "relatives", "relation", "relations"}
_NAMES_TOO = {"close", "dean", "will", "own", "child", "son", "reader", "president"}
_MONTH_WORDS = {"may", "march", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
_LONGEST = 40  # words in one breath, address and all; whoever goes on longer names somebody else by then
_INDEFINITE = re.compile(r"\b(?:an?|another)\s+$")
_IN_LAW = re.compile(r"(?<=\w)-in-law(?:['’]s)?\b", re.IGNORECASE)  # sister-in-law
_NUMBERED = re.compile(r"\d\w?\s+$")
_CODELIKE = re.compile(r"(?=(?:.*\d){3})[a-z]\w{5}")  # an ODS code, right or wrong
_DIGITS = re.compile(r"\d+(?:st|nd|rd|th)?$")


class Mention(NamedTuple):
    """A phrase that may name one organisation. `listed`: its words without links; `tail`: words after the name proper (an
    address, as a rule); `said_the`: whether "the" came first; `role_led`: whether words such as "partner at" came before."""

    listed: tuple[str, ...]
    tail: tuple[str, ...]
    start: int
    end: int
    raw: str
    said_the: bool
    role_led: bool
    is_whole: bool
    is_numbered: bool = False  # a number stands before it: "12 High Street"
    said_a: bool = False  # "a Chelmsford practice" is no name

    @property
    def has_type(self) -> bool:
        """Whether a word says what it is: surgery, trust, network."""
        return any(word in HEADS for word in self.listed)

    @property
    def is_foreign(self) -> bool:
        """Whether the last telling word says that this is no part of the NHS: pharmacy, council, limited."""
        if self.listed[-1] in WAYS:  # Church Road
            return False
        for place, word in reversed(list(enumerate(self.listed))):
            if word in FOREIGN_WORDS and (
                word not in _LAST_ONLY or place == len(self.listed) - 1 or " of " in self.raw
            ):
                return True
            if word in SURE_TYPES and word != "medical":
                return False
        return False


def mentions(text: str) -> tuple[Mention, ...]:
    """Returns the phrases of `text` that may name an organisation or a place, in order."""
    listed = words(_IN_LAW.sub(lambda law: " " * len(law[0]), text))
    found: list[Mention] = []
    for phrase, role_led in _phrases(listed):
        for part in _split_after_type(phrase):
            mention = _mention(text, part, role_led, len(part) == len(listed))
            if mention:
                found.append(mention)
    return tuple(found)


def chunks(text: str) -> tuple[Mention, ...]:
    """Returns the parts of `text` between punctuation, whole: some practices are called "Patient First Social Enterprise"."""
    parts: list[list[Word]] = []
    for word in words(text):
        if word.hard or not parts:
            parts.append([])
        parts[-1].append(word)
    found = []
    for part in parts:
        kept = [word for word in part if word.text not in LINKS]
        if len(kept) > 1:
            start, end = kept[0].start, kept[-1].end
            listed = tuple(word.text for word in kept)
            said_the = part[0].text == "the"
            found.append(Mention(listed, (), start, end, text[start:end], said_the, False, len(parts) == 1))
    return tuple(found)


def _phrases(listed: Sequence[Word]) -> list[tuple[list[Word], bool]]:
    phrases: list[tuple[list[Word], bool]] = []
    current: list[Word] = []
    led = False
    for number, word in enumerate(listed):
        noisy = is_noise(listed, number)
        if (word.hard or noisy or len(current) >= _LONGEST) and current:
            phrases.append((current, led or (word.hard and noisy and not word.text.isdigit())))
            current, led = [], led and word.hard and not noisy
        if noisy:
            led = True
        else:
            current.append(word)
    if current:
        phrases.append((current, led))
    return phrases


def is_noise(listed: Sequence[Word], number: int) -> bool:
    """Whether the word at `number` belongs to the telling ("works as a nurse for"), not to a name."""
    word = listed[number]
    if word.text not in NOISE and word.text not in _MONTH_WORDS:
        return (bool(_DIGITS.match(word.text)) and len(word.text) >= 2) or bool(_CODELIKE.fullmatch(word.text))
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
        "private",
        "holding",
        "time",
        "share",
    ):
        named = following is not None and not following.hard and following.text in HEADS | FOREIGN_WORDS
        return not (named and (word.text == "gp" or following is None or following.text in HEADS))
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


def _are_partners(previous: Word | None, following: Word | None) -> bool:
    """ "Dr Smith & Partners" and "Thames Partners Ltd" are names; "and partner at" tells what somebody is."""
    if following is not None and following.text in COMPANY_WORDS:
        return True
    tells = following is not None and not following.hard and following.text in ("at", "in", "of")
    return previous is not None and previous.text in ("and", "care", "health", "medical", "healthcare") and not tells


def _split_after_type(phrase: list[Word]) -> list[list[Word]]:
    """Splits "X Surgery and Y Medical Centre", and "A, B and C surgeries" is left to the reader of items."""
    for number in range(1, len(phrase) - 1):
        joins = phrase[number].text in ("and", "with")
        starts = phrase[number + 1].text not in TYPE_WORDS and (
            any(word.text in HEADS | FOREIGN_WORDS for word in phrase[number + 1 :])
            or all(word.raw[:1].isupper() for word in phrase[number + 1 :] if word.text not in LINKS)
        )
        if joins and starts and phrase[number - 1].text in _CLOSING:
            return [phrase[:number], *_split_after_type(phrase[number + 1 :])]
    return [phrase]


def _mention(text: str, phrase: list[Word], role_led: bool, is_whole: bool) -> Mention | None:
    said_the = False
    shouted = text.isupper()
    if any(word.raw[:1].isupper() for word in phrase):
        phrase = _from_capital(phrase)
    while phrase and phrase[0].text in LINKS and (shouted or not _is_initials(phrase[0])):
        said_the = phrase[0].text == "the"
        phrase = phrase[1:]
    while phrase and phrase[-1].text in LINKS:
        said_the = said_the or phrase[-1].text == "the"
        phrase = phrase[:-1]
    kept = [word for word in phrase if word.text not in LINKS]
    if not kept:
        return None
    cut = _name_ends(kept)
    listed = tuple(word.text for word in kept)
    start, end = phrase[0].start, phrase[-1].end
    before = text[max(0, start - 8) : start]
    is_numbered, said_a = bool(_NUMBERED.search(before)), bool(_INDEFINITE.search(before))
    return Mention(
        listed[:cut], listed[cut:], start, end, text[start:end], said_the, role_led, is_whole, is_numbered, said_a
    )


def _from_capital(phrase: list[Word]) -> list[Word]:
    """Whatever is written small before the first capital tells what somebody does: "porter at Longfield", "practice in Maldon"."""
    for number, word in enumerate(phrase):
        if not word.raw.islower() or (
            word.text == "the" and number + 1 < len(phrase) and not phrase[number + 1].raw.islower()
        ):
            return phrase[number:]
    return phrase


def _is_initials(word: Word) -> bool:
    """ "AT Medics" is a name, "at Medics" is not."""
    return len(word.raw) > 1 and word.raw.isupper()


def _name_ends(kept: Sequence[Word]) -> int:
    """The name ends with its first run of type words that something precedes; what follows is an address."""
    for number, word in enumerate(kept):
        if word.text in HEADS and any(earlier.text not in TYPE_WORDS for earlier in kept[:number]):
            end = number + 1
            while end < len(kept) and (kept[end].text in TYPE_WORDS or kept[end].text in FOREIGN_WORDS):
                end += 1
            return len(kept) if any(later.text in HEADS | FOREIGN_WORDS for later in kept[end:]) else end
    return len(kept)
