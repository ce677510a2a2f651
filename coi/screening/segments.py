"""A declared text taken apart: which phrases may name an organisation, and which words say where it is."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from coi.screening.names import COMPANY_WORDS, FOREIGN_WORDS, LINKS, OF_SEVERAL, TYPE_WORDS, WAYS, Word, words
from coi.screening.noise import HEADS, POSTS, SURE_TYPES, WEEKDAYS, is_measured, is_noise

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
_LONGEST = 40  # words in one breath, address and all; whoever goes on longer names somebody else by then
_INDEFINITE = re.compile(r"\b(?:an?|another)\s+$")
_IN_LAW = re.compile(r"(?<=\w)-in-law(?:['’]s)?\b", re.IGNORECASE)  # sister-in-law
_NUMBERED = re.compile(r"\d\w?\s+$")
_BRACKETS = re.compile(r"(?<=\w )\([^()]{2,60}\)")
_UNTOLD = LINKS | {"street"} | OF_SEVERAL  # words that may be others beside a bracket than within: "(Church St) Annes"
_LEADING = {"at", "by", "for", "from", "of", "with"}


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
        return not HEADS.isdisjoint(self.listed)

    @property
    def is_person(self) -> bool:
        """Whether it is what one doctor is called, and a practice only where one is called so: "Dr Preston", not "Dr Preston's Surgery"."""
        titled = self.listed[0] == "doctor" and self.raw[:2].lower() == "dr" and self.raw[2:3] in (" ", ".")
        return titled and len(self.listed) > 1 and TYPE_WORDS.isdisjoint(self.listed[1:])

    @property
    def is_foreign(self) -> bool:
        """Whether the last telling word says that this is no part of the NHS: pharmacy, council, limited."""
        if FOREIGN_WORDS.isdisjoint(self.listed) or self.listed[-1] in WAYS:  # Church Road
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
    listed = words(_IN_LAW.sub(lambda law: " " * len(law[0]), text) if "-" in text else text)
    found: list[Mention] = []
    for phrase, role_led in _phrases(listed):
        for part in _split_after_type(phrase):
            mention = _mention(text, part, role_led, len(part) == len(listed))
            if mention:
                found.append(mention)
    return tuple(found)


def chunks(text: str) -> tuple[Mention, ...]:
    """Returns the parts of `text` between punctuation, whole, and what follows "at" or "for" in them: some practices are called "Patient
    First Social Enterprise", or "My Health Group"."""
    parts: list[list[Word]] = []
    for word in words(text):
        if word.hard or not parts:
            parts.append([])
        parts[-1].append(word)
    behind = [part[number + 1 :] for part in parts for number, word in enumerate(part) if word.text in _LEADING]
    found = []
    for part in (*parts, *behind):
        kept = [word for word in part if word.text not in LINKS]
        if len(kept) > 1:
            start, end = kept[0].start, kept[-1].end
            listed = tuple(word.text for word in kept)
            said_the = part[0].text == "the"
            found.append(
                Mention(listed, (), start, end, text[start:end], said_the, False, part is parts[0] and len(parts) == 1)
            )
    return tuple(found)


def bracketed(text: str, known: Callable[[str], bool]) -> Iterator[Mention]:
    """Yields the parts of `text` around each of its brackets as if they were none, with what follows them and without: some practices are
    called "Holder Health (Church View Surgery)". Leaves out a bracket with a word that is not `known` of any name: "(2 sessions)"."""
    for found in _BRACKETS.finditer(text) if "(" in text else ():
        start, end = found.span()
        inside = text[start + 1 : end - 1]
        if not all(word.text in _UNTOLD or known(word.text) for word in words(inside)):
            continue
        open_text = f"{text[:start]} {inside} "
        for each in (*chunks(open_text + text[end:]), *chunks(open_text)):
            if each.start < start < each.end:
                yield each._replace(raw=text[each.start : each.end], is_whole=False)


def _phrases(listed: Sequence[Word]) -> list[tuple[list[Word], bool]]:
    """The phrases, each with whether a role leads or follows it: "partner, Mill Lane", "Mill Lane, Fenby: partner", "Mill Lane Mondays"."""
    phrases: list[tuple[list[Word], bool]] = []
    current: list[Word] = []
    led, waiting = False, 0  # phrases right before this one, apart by no more than a comma
    for number, word in enumerate(listed):
        noisy = is_noise(listed, number)
        if (word.hard or noisy or len(current) >= _LONGEST) and current:
            dated = word.text.isdigit() and not is_measured(listed, number)
            followed = noisy and ((word.hard and not dated) or word.text in WEEKDAYS)
            phrases.append((current, led or followed))
            tells = followed or (noisy and not word.hard and word.text in POSTS)  # "Mersey Vale (Community Nurse)"
            for place in range(len(phrases) - 1 - waiting, len(phrases) - 1) if tells else ():
                phrases[place] = (phrases[place][0], True)
            waiting = 0 if noisy else waiting + 1
            current, led = [], led and word.hard and not noisy
        if noisy:
            led = True
        else:
            current.append(word)
    if current:
        phrases.append((current, led))
    return phrases


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
    if len(kept) > 1 and kept[-1].text == "saint":
        kept[-1] = kept[-1]._replace(text="street")  # "Luther St" before whatever else is told
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
