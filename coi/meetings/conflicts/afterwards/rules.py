"""What a late interest makes of a past decision, and who judges it. Pure."""

import re
import uuid
from collections.abc import Iterable
from datetime import date

from coi import clock
from coi.meetings.conflicts.afterwards.vocabulary import Decided, Held, Said, Stood
from coi.registers.breaches.rules import barred_from, who_acts
from coi.registers.breaches.vocabulary import Office
from coi.wording import day

_WORD = re.compile(r"[^\W\d_]{4,}", re.UNICODE)
_SAYS_NOTHING = frozenset(
    {
        "care", "centre", "clinic", "company", "director", "doctor", "general", "group", "have", "health", "interest", "limited",
        "medical", "network", "owner", "partner", "partners", "practice", "practices", "primary", "salaried", "services",
        "shareholder", "surgery", "that", "this", "trust", "with",
    }
)  # fmt: skip
"""Words that so many interests share that they tell of none."""


def was_running(arose_on: date | None, ended_on: date | None, on: date) -> bool:
    """Whether an interest was running on a day. Of one that arose nobody knows when, nothing is said about the past.
    Rule: DECL-01; RULEBOOK §6.2."""
    return arose_on is not None and arose_on <= on and (ended_on is None or ended_on >= on)


def was_known(level: str, held: Held, stood: Iterable[Stood]) -> bool:
    """Whether whoever decided knew of an interest: a flag stood on the person that was as strong, and rested on the same interest, or on
    another one in the same organisation. Rule: MTG-02; RULEBOOK §24."""
    return any(
        each.level <= level and (each.interest_id == held.interest_id or bool(each.organisations & held.organisations))
        for each in stood
    )


def was_said(held: Held, said: Iterable[Said]) -> bool:
    """Whether somebody declared an interest at the meeting itself: that entry of the register, or something new that names the same.
    About the item itself, whatever was new counts: the chair ruled on it. Rule: MTG-05; RULEBOOK §10.3."""
    return any(
        each.interest_id == held.interest_id
        or (each.interest_id is None and (each.is_about_the_item or share_a_name(each.text, held.words)))
        for each in said
    )


def share_a_name(one: str, other: str) -> bool:
    """Whether two texts have a word in common that is not one of those that every second interest has."""
    return bool(_telling(one) & _telling(other))


def _telling(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)} - _SAYS_NOTHING


def sentence_of(held: Held, decided: Decided, path: Iterable[str]) -> str:
    """Returns what came to light, in words: what was declared when, since when it runs, at what decision the person was, and how the
    interest leads there. It accuses nobody of anything."""
    since = f" since {day(held.arose_on)}" if held.arose_on else ""
    took = "voted on" if decided.voted else "were in the meeting when it decided on"
    first = f"{held.name} declared on {day(held.declared_on)} ({held.reference}): {held.nature.rstrip('.')},{since}."
    then = f"On {day(decided.held_on)} they {took} item {decided.position}, {decided.title}."
    return " ".join(
        filter(None, (first, then, f"The way from one to the other: {' → '.join(path)}.", _beside(held, decided)))
    )


def _beside(held: Held, decided: Decided) -> str:
    """What speaks for the person, where it is known."""
    if held.first_recorded_at <= decided.decided_at:
        return "The register had this interest then, but in words that were not compared with the item as they are now."
    if held.declared_on <= decided.held_on:
        recorded = day(clock.local(held.first_recorded_at).date())
        return f"The declaration is dated before the decision, and came onto the register on {recorded}."
    return ""


def may_judge(person_id: uuid.UUID | None, office: Office, about: uuid.UUID, *, is_lead: bool) -> bool:
    """Whether somebody judges a possible breach: whoever acts on suspected breaches, and the governance lead; never the person it is
    about. Rule: BRE-01; RULEBOOK §18, §9."""
    is_about_guardian = about in office.guardians
    if person_id is None or person_id in barred_from(office, [about], is_about_guardian=is_about_guardian):
        return False
    return is_lead or person_id in who_acts(office, [about], is_about_guardian=is_about_guardian)
