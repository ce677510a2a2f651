"""Pure rules of breaches: who acts, who is kept from it, whose names a text holds, what is missing before it is closed."""

import hashlib
import hmac
import re
import unicodedata
import uuid
from collections.abc import Collection, Iterable
from datetime import date

from coi.registers.breaches.vocabulary import (
    KIND_WORDS,
    BreachKind,
    Codes,
    Conclusion,
    Facts,
    NamedPerson,
    NoteKind,
    Office,
    Party,
    ReportDetails,
    Sight,
    TwinDetails,
)
from coi.screening.telling import is_named_in

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0, O, 1 and I, which people mix up
_LEAST_OF_A_NAME, _LEAST_OF_A_NUMBER = 3, 7
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", re.UNICODE)


def barred_from(
    office: Office, complained_of: Collection[uuid.UUID], *, is_about_guardian: bool
) -> frozenset[uuid.UUID]:
    """Returns the people who may not know of a suspected breach, whatever their roles: those it is about. It is written down who was
    Guardian when it was said to be about the Guardian; where nobody who ever was is named, whoever is Guardian now, whoever else it is
    about. Rule: BRE-01; RULEBOOK §18."""
    named = frozenset(complained_of)
    return named | office.guardians if is_about_guardian and not named & office.ever_guardians else named


def who_acts(office: Office, complained_of: Collection[uuid.UUID], *, is_about_guardian: bool) -> frozenset[uuid.UUID]:
    """Returns the people who act on a suspected breach: the Guardians, or, where they may not, those named in their place. Where it is
    about the Guardian, those named in their place act on, also beside a new Guardian; never anybody whom it is about. Empty: it waits
    unread until somebody is named.

    Rule: BRE-01; RULEBOOK §18; DESIGN §1 (a conflicted Guardian loses sight, a named substitute acts)."""
    barred = barred_from(office, complained_of, is_about_guardian=is_about_guardian)
    guardians, substitutes = office.guardians - barred, office.substitutes - barred
    return guardians | substitutes if is_about_guardian else guardians or substitutes


def sight_of(
    person_id: uuid.UUID | None,
    office: Office,
    complained_of: Collection[uuid.UUID],
    *,
    is_about_guardian: bool,
    is_taken_up: bool,
    is_reader: bool,
) -> Sight | None:
    """Returns what somebody may see of a suspected breach: whoever acts sees all, the reporter too; other readers the record once it is
    taken up, never the reporter; everybody else, and those it is about, nothing (None). Rule: BRE-01; RULEBOOK §18."""
    if person_id in barred_from(office, complained_of, is_about_guardian=is_about_guardian):
        return None
    if person_id is not None and person_id in who_acts(office, complained_of, is_about_guardian=is_about_guardian):
        return Sight.ACTS
    return Sight.READS if is_reader and is_taken_up else None


def digest_of_reporter(name: str, contact: str, salt: str, *codes: str) -> str:
    """Returns the digest that the ledger has of who reported a breach, and of the `codes` they come back with, from which nobody can tell
    who it was. Reports of earlier versions have none of the codes in it."""
    return hashlib.sha256("\n".join((salt, name, contact, *codes)).encode()).hexdigest()


def named_in(text: str, people: Iterable[NamedPerson]) -> tuple[NamedPerson, ...]:
    """Returns the people whose name occurs in a text: the family name, or, for whoever has one name, that. Accents and capitals do
    not matter; parts of other words do not count. It warns; a person decides. Rule: BRE-01; RULEBOOK §17.12 (anonymisation check)."""
    words = [_folded(word) for word in _WORD.findall(text)]
    parts = frozenset(words) | {part for word in words for part in re.split(r"['\-]", word)} | {
        word.removesuffix("'s") for word in words
    }  # fmt: skip
    return tuple(each for each in people if _is_named(each, parts))


def reporter_in(text: str, name: str, contact: str) -> str:
    """Returns what of the person who reported it a text tells: their name, where one of its words occurs, or how to reach them, where one
    of the addresses and numbers occurs; "" where neither does. Others read the record, and none of them may learn who it was. It warns;
    a person decides. Rule: BRE-01."""
    if contact and _tells_contact(text, contact):
        return contact
    return name if _tells_name(text, name) else ""


def _tells_name(text: str, name: str) -> bool:
    """Whether a text has the family name, however it is written, or another word of the name with a capital: "penny" is a coin."""
    first, *_aside = re.split(r"[,;(/]", name.strip(" ,;(/"), maxsplit=1)
    every = _WORD.findall(first)
    words = [each for each in every if _folded(each) not in _BESIDE_A_NAME] or every
    family = words[-1].replace("-", " ") if words else ""
    if family and named_in(text, [NamedPerson(uuid.UUID(int=0), name, "", family)]):
        return True
    written = {part for word in _WORD.findall(text) if word[0].isupper() for part in _parts(word)}
    own = {part for word in _WORD.findall(name) for part in _parts(word)} - _BESIDE_A_NAME
    own |= {_folded(each) for each in every[-1:] if each[0].isupper()}  # "Ann Lord"
    return any(len(each) >= _LEAST_OF_A_NAME for each in own & written)


def _parts(word: str) -> list[str]:
    return re.split(r"['\-]", _folded(word))


_BESIDE_A_NAME = frozenset(
    {
        "a", "admin", "administrator", "adviser", "advisor", "an", "and", "anonymous", "assistant", "at", "board", "care", "chair",
        "clinical", "colleague", "commissioner", "committee", "consultant", "contact", "contractor", "councillor", "dame", "deputy",
        "director", "doctor", "dr", "employee", "executive", "finance", "for", "former", "gp", "group", "health", "healthcare", "in",
        "is", "lady", "lay", "lead", "local", "lord", "manager", "matron", "mbe", "md", "medical", "member", "miss", "mr", "mrs", "ms",
        "mx", "nhs", "nurse", "obe", "of", "officer", "or", "partner", "patient", "pharmacist", "physiotherapist", "practice",
        "practitioner", "primary", "prof", "professor", "public", "receptionist", "resident", "retired", "rev", "revd", "rgn", "rn",
        "salaried", "secretary", "senior", "service", "services", "sir", "sister", "staff", "surgery", "team", "the", "to", "trust",
        "who",
    }
)  # fmt: skip
"""Titles, posts and letters that stand beside a name in the same field, and say nothing of who it is."""


def _tells_contact(text: str, contact: str) -> bool:
    """Whether a text has one of the addresses or numbers of a contact; of one that is neither, all of it."""
    plain = _folded(text)
    if any(each in plain for each in re.findall(r"[\w.+'\-]+@[\w.\-]*\w", _folded(contact))):
        return True
    told = [re.sub(r"\D", "", each) for each in _FIGURES.findall(text)]
    # "+44" may stand for the first 0
    ends = [each[-9:] for each in _numbers(contact) if len(each) >= _LEAST_OF_A_NUMBER]
    return any(end in each for each in told for end in ends) or _bare(contact) in _bare(text)


def _numbers(contact: str) -> Iterable[str]:
    """The figures of each telephone number of a contact: after ten of them, another 0 begins the next number."""
    for run in _FIGURES.findall(contact):
        number = ""
        for each in (re.sub(r"\D", "", group) for group in run.split()):
            if len(number) >= _MOST_BEFORE_THE_NEXT and each.startswith("0") and len(each) > 2:
                yield number
                number = ""
            number += each
        yield number


_FIGURES = re.compile(r"\d[\d\s().\-]*")
_MOST_BEFORE_THE_NEXT = 10


def _bare(text: str) -> str:
    """A text without what people put between the figures of a telephone number."""
    return re.sub(r"[\s().\-]+", "", _folded(text))


def organisations_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Returns those of the organisations `names` that a text names: by one of them a reader can tell whose interest it was. It warns; a
    person decides. Rule: BRE-01; RULEBOOK §17.12 (anonymisation check)."""
    return tuple(each for each in names if is_named_in(text, each))


def _is_named(person: NamedPerson, words: frozenset[str]) -> bool:
    name = _folded(person.family_name or person.given_names or person.name)
    own = _WORD.findall(name)
    return bool(own) and all(each in words for each in own) and len(name) >= _LEAST_OF_A_NAME


def _folded(text: str) -> str:
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return plain.casefold().replace("’", "'").translate(_LETTERS)


_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "s", "æ": "a"})


_OF_A_DECISION = frozenset({BreachKind.NOT_MANAGED, BreachKind.IRREGULAR_DECISION, BreachKind.PROCUREMENT})
"""What went wrong where something was decided, which may have to be decided again. Source: RULEBOOK §23 scenario 38."""


def missing_before_closing(facts: Facts) -> tuple[str, ...]:
    """Returns, in words, what the guidance expects before a breach is closed and the record lacks. A person may close it regardless
    and says why. Rule: BRE-01; RULEBOOK §18, §23 scenario 38."""
    kinds = {kind for kind, _ in facts.notes}
    told = {party for kind, party in facts.notes if kind is NoteKind.INFORMED}
    missing = []
    if NoteKind.FINDING not in kinds:
        missing.append("a finding of the investigation")
    if facts.conclusion is Conclusion.BREACH:
        if facts.is_material and not told & {Party.NHS_ENGLAND, Party.ICB}:
            missing.append("when NHS England or the integrated care board was informed")
        if facts.kind in _OF_A_DECISION and NoteKind.REVIEW not in kinds:
            missing.append("whether the decision stands or is taken again")
        if NoteKind.ACTION not in kinds:
            missing.append("an action")
        if NoteKind.LESSON not in kinds:
            missing.append("a lesson")
    return tuple(missing)


def suggested_twin(facts: Facts, publish_on: date) -> TwinDetails:
    """Returns a first text for the public: kind, dates, and what the record says was learned and done; nothing that it does not say.
    Those lines were written for few readers, so a person takes names out. Rule: BRE-01; RULEBOOK §17.12."""
    when = f"{facts.happened_on:%B %Y}" if facts.happened_on else facts.happened_words or "Not known"
    return TwinDetails(
        event=when, nature=f"{KIND_WORDS[facts.kind]}.", control=_CONTROLS[facts.kind], investigation=_investigated(facts),
        learning="\n".join(facts.lessons), actions="\n".join(facts.actions), publish_on=publish_on,
    )  # fmt: skip


def _investigated(facts: Facts) -> str:
    if facts.opened_on is None or facts.closed_on is None:
        return "An investigation took place."
    days = (facts.closed_on - facts.opened_on).days
    span = "on the day it was reported" if days == 0 else f"{days} day{'' if days == 1 else 's'} after it was reported"
    return f"The Conflicts of Interest Guardian had it investigated. It was concluded {span}."


_CONTROLS: dict[BreachKind, str] = {
    BreachKind.UNDECLARED: "Interests are declared within the days that the law gives, and at every item that they concern.",
    BreachKind.NOT_MANAGED: "The chair rules on each conflict before the item is discussed.",
    BreachKind.IRREGULAR_DECISION: "A decision needs a quorum without those who stand down, and a ruling on each conflict.",
    BreachKind.GIFT: "Gifts from suppliers are declined, and every offer is declared.",
    BreachKind.PROCUREMENT: "Bidders and evaluators declare their interests before bids are read.",
    BreachKind.RECORDS: "Registers and minutes are kept complete and up to date.",
    BreachKind.OTHER: "The conflicts of interest policy.",
}


def key_of(sent_with: str, details: ReportDetails) -> str:
    """Returns what makes a report one and the same, however often it is sent: what it was sent with, and what it says. Whoever comes by
    the first alone cannot ask for the codes of a report. Rule: BRE-01."""
    said = (
        details.what,
        details.happened,
        details.who,
        details.how_known,
        str(details.is_about_guardian),
        details.name,
    )
    return f"{sent_with} {hashlib.sha256(repr((*said, details.contact)).encode()).hexdigest()}"


def codes_from(secret: str, form_key: str) -> Codes:
    """Returns the reference and the private code for a report, made from the form that it was sent with: a form sent twice gets the
    same. Neither says how many reports there are. Rule: BRE-01; SECURITY §2.4."""
    digest = hmac.new(secret.encode(), f"breach report {form_key}".encode(), hashlib.sha256).digest()
    letters = _letters(int.from_bytes(digest, "big"), 28)
    return Codes(f"{letters[:4]}-{letters[4:8]}", "-".join(letters[at : at + 4] for at in range(8, 28, 4)))


def _letters(number: int, count: int) -> str:
    found = []
    for _ in range(count):
        number, rest = divmod(number, len(ALPHABET))
        found.append(ALPHABET[rest])
    return "".join(found)


def typed_code(text: str) -> str:
    """Returns a code or reference as it was issued, from what somebody typed: capitals, blanks and hyphens do not matter."""
    letters = "".join(char for char in text.upper() if char in ALPHABET)
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def year_words(year: int) -> str:
    """Returns how a year is written: "2025/26"."""
    return f"{year}/{(year + 1) % 100:02d}"
