"""Pure: whether the register had what somebody declared at the meeting when they declared it; minutes and story both ask here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from coi.wording import and_list, day


@dataclass(frozen=True)
class Entry:
    """An interest or an offer on a register: its reference, and since when it is there."""

    reference: str
    since: datetime


@dataclass(frozen=True)
class Registration:
    """Whether the register had something when it was declared; of what came `later`, in words, when and as what."""

    had: bool
    later: str = ""


def registration(entries: Iterable[Entry], said_at: datetime) -> Registration:
    """Returns whether all that was declared at an instant was on a register then, and else what came later. Nothing entered: it was not.
    Rule: MTG-05; RULEBOOK §15."""
    found = list(entries)
    came = sorted((each for each in found if each.since > said_at), key=lambda each: (each.since, each.reference))
    later = and_list([f"{each.reference} on {day(each.since)}" for each in came])
    return Registration(bool(found) and not came, later)


def registration_words(had: bool, later: str, due_on: date | None) -> str:
    """Returns the sentence on the register that follows what was declared."""
    if had:
        return "The interest was already on the register."
    if later:
        return f"The interest was not on the register then. It was registered as {later}."
    due = f" It is to be declared for the register by {day(due_on)}." if due_on else ""
    return f"The interest was not on the register.{due}"


def silence_words(had: bool, later: str) -> tuple[str, str]:
    """Returns what is added to “did not declare” of what was on the register then, and the sentence of what came later."""
    return ", although it was on the register" if had else "", f" It was registered as {later}." if later else ""
