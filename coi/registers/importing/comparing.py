"""A row of a file beside an interest on the register: whether they are one, and what the row says differently. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from coi.organisations.naming import folded
from coi.registers.importing.vocabulary import UNKNOWN, KnownInterest, Stated
from coi.registers.interests.vocabulary import DIRECTNESS_WORDS, ROLE_WORDS, TYPE_WORDS, NamedOrganisation
from coi.screening.interest_text import is_nil
from coi.wording import day, in_sentence

_LIKE = 0.7


def identity(organisation: str, nature: str) -> tuple[str, str]:
    """What tells one interest of a person from another: its organisation and its nature, however they are spelt."""
    return folded(organisation), folded(nature)


def is_alike(one: KnownInterest, stated: Stated) -> bool:
    """Whether a row is an interest, by its words."""
    return _of(one) == identity(stated.organisation, stated.nature)


def reworded(rows: Sequence[Stated], known: Sequence[KnownInterest]) -> Iterator[tuple[str, str]]:
    """Yields the key of each row of one person, and the interest, that are one with other words: the one has changed in the file, the
    other is in it no more, and nothing else comes near either."""
    free = [each for each in rows if each.organisation and not any(is_alike(one, each) for one in known)]
    gone = [one for one in known if not any(is_alike(one, each) for each in rows)]
    near = [(each, one) for each in free for one in gone if _is_near(one, each)]
    for each, one in near:
        if sum(row is each for row, _ in near) == 1 and sum(other is one for _, other in near) == 1:
            yield each.key, one.id


def _is_near(one: KnownInterest, stated: Stated) -> bool:
    """Whether one of the two texts is the same, or both are nearly, of interests that began on the same day."""
    if one.arose_on != stated.arose_on or one.directness is not stated.directness:
        return False
    pairs = list(zip(_of(one), identity(stated.organisation, stated.nature), strict=True))
    if stated.organisation != stated.nature and any(first == second for first, second in pairs):
        return True
    return all(SequenceMatcher(None, first, second).ratio() >= _LIKE for first, second in pairs)


def twin_of(stated: Stated, named: Sequence[NamedOrganisation], known: Sequence[KnownInterest]) -> KnownInterest | None:
    """Returns the interest that a row may be in other words: one that stands, in the same organisation, however it is spelt, in the same
    role, of the same person or of somebody related in the same way; None where there is none."""
    ids = {str(each.id) for each in named if each.id}
    for one in known:
        stands = one.ended_on is None and not (stated.ended_on and one.arose_on and stated.ended_on < one.arose_on)
        there = bool(ids & one.organisation_ids) or folded(_named(one)) == folded(stated.organisation)
        related = one.directness is stated.directness and one.via is stated.via
        if stands and there and related and one.role is stated.role:
            return one
    return None


def disposed_twin(stated: Stated, known: Sequence[KnownInterest]) -> KnownInterest | None:
    """Returns the interest that a row may be of which only its holder, type and days are known, since what it said was disposed of."""
    days = (stated.arose_on, stated.ended_on)
    return next(
        (one for one in known if one.disposed_on and any(days) and (one.arose_on, one.ended_on) == days and one.type is stated.type), None
    )  # fmt: skip


def looks_like(twin: KnownInterest) -> str:
    """How a row looks like an interest, in words."""
    if twin.disposed_on:
        known = f"an interest of this person, of this type and with these days, which was disposed of on {day(twin.disposed_on)}"
        return f"It may be {twin.reference}, {known}. Leave the row out, or say that it is another"
    return f"It looks like {twin.reference}, which is on the register already: {words_of(twin)}. Say whether it is the same"


def as_known(stated: Stated, one: KnownInterest) -> Stated:
    """Returns a row that somebody took for an interest on the register, in the words that stand there; only what the row says beside
    them, such as an end, can still differ."""
    return replace(stated, organisation=_named(one), nature=one.nature)


def as_dated(stated: Stated, one: KnownInterest) -> Stated:
    """Returns a row with the day of the register, where that is one of the month or year which is all that the file gives."""
    return replace(stated, arose_on=one.arose_on, arose_by=None) if _fits(one, stated) else stated


def seats_missing(said: str, known: Sequence[str]) -> list[str]:
    """Returns the committees that a file names, by name or initials, and that are not among the posts and seats that are known."""
    names = {folded(each) for each in known} | {
        "".join(word[0] for word in folded(each).split() if word not in ("of", "and", "the")) for each in known if each
    }
    listed = (part.strip() for part in re.split(r"[;,/\n]|\band\b", said))
    return [
        each
        for each in listed
        if any(letter.isalpha() for letter in each) and not is_nil(each) and folded(each) not in names
    ]


def words_of(one: KnownInterest) -> str:
    """What an interest on the register says, in short: "Quillbrook Surgery, partner, from 1 April 2014"."""
    since = f"from {day(one.arose_on)}" if one.arose_on else "start not known"
    return ", ".join(part for part in (_named(one), in_sentence(ROLE_WORDS[one.role]), since) if part)


def differences(one: KnownInterest, stated: Stated) -> Iterator[str]:
    """Yields what a row says differently of an interest; what it leaves out changes nothing, and neither does another action than the
    one that somebody agreed here."""
    name = one.reference
    named, organisation = (folded(text) for text in (_named(one), stated.organisation))
    if named != organisation:
        yield f"{name} says “{_named(one)}”, the row “{stated.organisation}”"
    if folded(one.nature) != folded(stated.nature) and (named, organisation) != (
        folded(one.nature),
        folded(stated.nature),
    ):
        yield f"{name} says “{one.nature}”, the row “{stated.nature}”"
    if stated.arose_on and stated.arose_on != one.arose_on and not _fits(one, stated):
        yield f"{name} started on {day(stated.arose_on)}, not on {day(one.arose_on) or UNKNOWN}"
    if stated.ended_on and stated.ended_on != one.ended_on:
        yield f"{name} ended on {day(stated.ended_on)}" + (f", not on {day(one.ended_on)}" if one.ended_on else "")
    if stated.says_type and stated.type is not one.type:
        yield f"{name} is a {TYPE_WORDS[stated.type].lower()}, not a {TYPE_WORDS[one.type].lower()}"
    if stated.directness is not one.directness:
        yield f"{name} is {DIRECTNESS_WORDS[stated.directness].lower()}, not {DIRECTNESS_WORDS[one.directness].lower()}"
    if stated.mitigation and not one.is_agreed and folded(stated.mitigation) != folded(one.mitigation):
        yield f"The action taken about {name} is “{stated.mitigation}”" + (
            f", not “{one.mitigation}”" if one.mitigation else ""
        )


def _fits(one: KnownInterest, stated: Stated) -> bool:
    """Whether the register gives the day, and the file no more than its month or year."""
    return bool(
        one.arose_on and stated.arose_on and stated.arose_by and stated.arose_on <= one.arose_on <= stated.arose_by
    )


def _of(one: KnownInterest) -> tuple[str, str]:
    return identity(_named(one), one.nature)


def _named(one: KnownInterest) -> str:
    return one.organisations[0] if one.organisations else ""
