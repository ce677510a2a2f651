"""Pure rules of the roster: whether an independent clinician is free of flags for an item, when they can be listed. No database here."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from coi.errors import RuleBroken
from coi.meetings.conflicts.vocabulary import ItemFlag
from coi.meetings.conflicts.voices.vocabulary import CLINICIAN_WORDS, Candidate, ClinicianKind
from coi.registers.interests.rules import is_stale


def candidate_of(
    person_id: uuid.UUID,
    name: str,
    kind: ClinicianKind,
    area: str,
    *,
    flags: Sequence[ItemFlag],
    interests: int,
    loose: int,
    declared_on: date | None,
    on: date,
    refresh_months: int,
    is_unscreened: bool = False,
    worked: Sequence[str] = (),
) -> Candidate:
    """Returns somebody on the roster as compared with one item. Whoever has not declared, or too long ago, is not free: nothing was there
    to compare. `loose` interests name no organisation that is known. `is_unscreened`: the item names nobody.
    `worked` says what they did on its matter: whoever did is not independent of it.

    Rule: DECL-04; RULEBOOK §11.1, §23 scenarios 40 and 42, §24 F0."""
    whys = (*(flag.why for flag in flags), *(f"{name} {each}" for each in worked))
    if flags:
        verdict = f"Flagged: {flags[0].level_words.lower()}"
    elif worked:
        verdict = "Flagged: worked on the matter"
    elif is_unscreened:
        verdict = "Not compared: the item names no organisation"
    elif declared_on is None:
        verdict = "Has declared nothing yet: ask for a declaration first"
    elif is_stale(declared_on, on=on, refresh_months=refresh_months):
        verdict = "Free of flags, but the declaration is out of date: ask for a new one first"
    else:
        verdict = _free(interests, loose)
    is_free = verdict.startswith("Free of flags:")
    return Candidate(person_id, name, CLINICIAN_WORDS[kind], area, is_free, verdict, whys, is_flagged=bool(whys))


def _free(interests: int, loose: int) -> str:
    """The verdict on somebody whose interests were compared, and what of them only people can read."""
    what = f"{interests} interest{'' if interests == 1 else 's'}" if interests else "a declaration of no interests"
    verdict = f"Free of flags: {what} compared"
    if not loose:
        return verdict
    one, more = (
        "names no organisation that is known: read what it says",
        "name no organisation that is known: read what they say",
    )
    return f"{verdict}. Of these, {loose} {one if loose == 1 else more}"


def not_compared(person_id: uuid.UUID, name: str, kind: ClinicianKind, area: str) -> Candidate:
    """Returns somebody on the roster who belongs to another body alone: what they declared there is that body's to read, so that not
    even whether there is a flag is told here."""
    verdict = "Not compared: what they declared to another body is read there alone. Ask for a declaration first"
    return Candidate(person_id, name, CLINICIAN_WORDS[kind], area, False, verdict)


def for_reader(
    found: Mapping[uuid.UUID, Sequence[Candidate]], *, sees_paths: bool
) -> Mapping[uuid.UUID, Sequence[Candidate]]:
    """Returns the roster as compared with items, for whoever reads it: without the ways by which interests lead to an item, unless they
    keep the roster or preside."""
    if sees_paths:
        return found
    return {item: [replace(each, whys=()) for each in candidates] for item, candidates in found.items()}


def check_dates(valid_from: date, valid_to: date | None) -> None:
    """Raises RuleBroken where somebody would leave the roster before they joined it."""
    if valid_to is not None and valid_to < valid_from:
        raise RuleBroken("The last day must be the same as or after the first day", field="valid_to")


def check_not_listed(
    person_id: uuid.UUID, valid_from: date, valid_to: date | None, listed: Sequence[tuple[uuid.UUID, date, date | None]]
) -> None:
    """Raises RuleBroken where somebody is on the roster already in some of that time."""
    for other, since, until in listed:
        apart = (until is not None and until < valid_from) or (valid_to is not None and valid_to < since)
        if other == person_id and not apart:
            raise RuleBroken(
                "This person is on the roster in that time", field="person", options=("Change what it says of them",)
            )
