"""Pure rules about people: how a name is shown, ordered and shortened, and which posts can be entered. No database here."""

import re
from dataclasses import dataclass
from datetime import date

from coi.organisations.naming import folded
from coi.people.vocabulary import AppointmentDetails, PersonDetails

EARLIEST = date(1900, 1, 1)
LONGEST_INITIALS = 12
_PARTS = re.compile(r"[\s\-–.]+")
_PARTICLES = {"ap", "ab", "da", "de", "del", "della", "der", "di", "du", "ferch", "la", "le", "van", "von", "y"}


@dataclass(frozen=True)
class Verdict:
    """Whether something may be entered, and if not, why and beside which field that belongs."""

    allowed: bool
    reason: str = ""
    field: str | None = None

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def shown_name(details: PersonDetails) -> str:
    """Returns a name as it is shown, with the title: "Dr Siân Ŵyn-Jones"."""
    return " ".join(part for part in (details.title, details.given_names, details.family_name) if part)


def sort_key(details: PersonDetails) -> str:
    """Returns what orders the registers: the folded family name, then the given names. A person with one name goes by that one.
    Two spaces part them, so that "Van" comes before "Van Dyke". Source: USERS d.2."""
    family, given = folded(details.family_name), folded(details.given_names)
    return f"{family}  {given}".strip() if family else given


def initials_of(details: PersonDetails) -> str:
    """Returns the initials that minutes put in brackets: "SŴJ" of Siân Ŵyn-Jones, "ABK" of Ama Boateng-Kraus; small words such as
    "van" give none."""
    words = [word for name in (details.given_names, details.family_name) for word in _PARTS.split(name) if word]
    letters = [word.lstrip("'’‘")[:1] for word in words if word.lower() not in _PARTICLES] or [
        word[:1] for word in words
    ]
    return "".join(letters).upper()[:LONGEST_INITIALS]


def may_enter_person(details: PersonDetails) -> Verdict:
    """Whether a person's name can be kept: at least one of the two names has a letter in it."""
    if not folded(details.given_names) and not folded(details.family_name):
        return Verdict(False, "Enter a family name, or a given name for somebody who has only one", "family_name")
    return ALLOWED


def may_appoint(details: AppointmentDetails) -> Verdict:
    """Whether a post has a name and possible dates."""
    if not details.post:
        return Verdict(False, "Enter the name of the post", "post")
    if details.valid_from < EARLIEST:
        return Verdict(False, "The first day must be after 1900", "valid_from")
    if details.valid_to is not None and details.valid_to < details.valid_from:
        return Verdict(False, "The last day must be the same as or after the first day", "valid_to")
    return ALLOWED


def overlap(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Whether two spans of days have a day in common. None: open-ended."""
    return (first[1] is None or second[0] <= first[1]) and (second[1] is None or first[0] <= second[1])
