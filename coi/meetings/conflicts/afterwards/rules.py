"""What a late interest makes of a past decision, and who judges it. Pure."""

import uuid
from collections.abc import Iterable
from datetime import date

from coi import clock
from coi.meetings.conflicts.afterwards.vocabulary import Decided, Held, Resting, Said, Stood
from coi.registers.breaches.rules import barred_from, who_acts
from coi.registers.breaches.vocabulary import Office
from coi.screening.telling import is_named_in
from coi.wording import day


def was_running(arose_on: date | None, ended_on: date | None, on: date) -> bool:
    """Whether an interest was running on a day. Of one that arose nobody knows when, nothing is said about the past.
    Rule: DECL-01; RULEBOOK §6.2."""
    return arose_on is not None and arose_on <= on and (ended_on is None or ended_on >= on)


def was_known(level: str, held: Held, stood: Iterable[Stood]) -> bool:
    """Whether whoever decided knew of an interest: a flag stood on the person that was as strong, and rested on the same interest, or on
    another one in the same organisation. A flag that somebody dismissed tells only of the interest for which it was dismissed.
    Rule: MTG-02; RULEBOOK §24."""
    return any(each.level <= level and _tells_of(each, held) for each in stood)


def _tells_of(stood: Stood, held: Held) -> bool:
    if stood.interest_id == held.interest_id:
        return True
    return not stood.is_dismissed and bool(stood.organisations & held.organisations)


def was_said(held: Held, said: Iterable[Said]) -> bool:
    """Whether somebody declared an interest at the meeting itself: that entry of the register, or something new that names its
    organisation. About the item itself, whatever was new counts: the chair ruled on it. Rule: MTG-05; RULEBOOK §10.3."""
    return any(
        each.interest_id == held.interest_id
        or (each.interest_id is None and (each.is_about_the_item or names_what_is_held(each.text, held)))
        for each in said
    )


def names_what_is_held(text: str, held: Held) -> bool:
    """Whether words that somebody said name an organisation of an interest. In doubt they do not: then a person looks."""
    return any(is_named_in(text, name) for name in held.names)


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


_PARTS = {"role": "Role", "nature": "What it is", "since": "Since", "level": "How strong", "path": "The way"}


def what_changed(before: Resting, now: Resting) -> str:
    """Returns in words what a correction of the register changed in what a possible breach rests on; empty where nothing of it did: a
    confirmation, or the day on which an interest ended since, is no news. Rule: BRE-01, DECL-01."""
    found = [
        f"{words}: {is_now or 'not stated'} (before: {was or 'not stated'})"
        for part, words in _PARTS.items()
        if (was := getattr(before, part)).strip().casefold() != (is_now := getattr(now, part)).strip().casefold()
    ]
    return f"The register was corrected after this was found. {'. '.join(found)}." if found else ""


def may_judge(person_id: uuid.UUID | None, office: Office, about: uuid.UUID, *, is_lead: bool) -> bool:
    """Whether somebody judges a possible breach: whoever acts on suspected breaches, and the governance lead; never the person it is
    about. Rule: BRE-01; RULEBOOK §18, §9."""
    is_about_guardian = about in office.guardians
    if person_id is None or person_id in barred_from(office, [about], is_about_guardian=is_about_guardian):
        return False
    return is_lead or person_id in who_acts(office, [about], is_about_guardian=is_about_guardian)
