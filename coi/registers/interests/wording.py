"""An interest in words, line by line: what a page, a comparison of two versions and an edit conflict all say alike. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from coi.registers.interests.subtypes import SUBTYPES, is_once, lines_of_particulars
from coi.registers.interests.vocabulary import (
    NO_ORGANISATION,
    ROLE_WORDS,
    TYPE_WORDS,
    VIA_WORDS,
    Directness,
    InterestRole,
    InterestSubtype,
    InterestType,
    Via,
)

NOT_AGREED = "Not agreed yet"
HEALTH = "Reveals health or belief"


class Named(Protocol):
    """An organisation as somebody wrote it."""

    @property
    def text(self) -> str: ...


class Stated(Protocol):
    """What is stated of an interest: the details of a declaration, or a version on the register."""

    @property
    def type(self) -> InterestType: ...
    @property
    def directness(self) -> Directness: ...
    @property
    def via(self) -> Via | None: ...
    @property
    def role(self) -> InterestRole: ...
    @property
    def nature(self) -> str: ...
    @property
    def arose_on(self) -> date | None: ...
    @property
    def aware_on(self) -> date | None: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def is_pursuing(self) -> bool: ...
    @property
    def organisations(self) -> Sequence[Named]: ...
    @property
    def subtype(self) -> str | None: ...
    @property
    def particulars(self) -> Mapping[str, str] | None: ...
    @property
    def reveals_health(self) -> bool | None: ...


@dataclass(frozen=True)
class Difference:
    """One line that two versions say differently."""

    label: str
    before: str
    after: str


def lines_of(stated: Stated) -> dict[str, str]:
    """Returns an interest line by line, label → words, in the order of the questions."""
    what = {"What kind of thing": SUBTYPES[InterestSubtype(stated.subtype)].words} if stated.subtype else {}
    health = {HEALTH: "Yes: it waits for the Guardian"} if stated.reveals_health else {}
    return {
        **what,
        "Kind of interest": TYPE_WORDS[stated.type],
        "Whose interest": whose(stated.directness, stated.via),
        "Organisation": organisations_in(stated),
        "Role": role_in(stated) or "None",
        **lines_of_particulars(stated.subtype, stated.particulars or {}),
        "What it is": stated.nature,
        **({"When": day(stated.arose_on)} if is_one_day(stated) else _from_and_to(stated)),
        "Became aware": day(stated.aware_on) or "When it started",
        **health,
    }


def is_one_day(stated: Stated) -> bool:
    """Returns whether what is stated happened once, on a day that is known. Rule: DECL-06."""
    return is_once(stated.subtype) and stated.arose_on is not None and stated.arose_on == stated.ended_on


def _from_and_to(stated: Stated) -> dict[str, str]:
    return {"Started": started(stated), "Ended": day(stated.ended_on) or "Has not ended"}


def differences(before: dict[str, str], after: dict[str, str]) -> tuple[Difference, ...]:
    """Returns the lines that differ between two versions, in the order of the lines; a line that only one has counts."""
    labels = dict.fromkeys([*before, *after])
    pairs = ((label, before.get(label, ""), after.get(label, "")) for label in labels)
    return tuple(Difference(label, was, now) for label, was, now in pairs if was != now)


def whose(directness: Directness, via: Via | None) -> str:
    """Returns whose interest it is: the declarant's own, or through which relation. Rule: DECL-05."""
    if directness is Directness.DIRECT or via is None:
        return "Own interest (direct)"
    return f"{VIA_WORDS[via]} (indirect)"


def organisations_in(stated: Stated) -> str:
    """Returns the organisations of an interest, or that there is none."""
    return ", ".join(each.text for each in stated.organisations) or NO_ORGANISATION


def role_in(stated: Stated) -> str:
    """Returns the role in the organisation; empty where the interest is in none."""
    return ROLE_WORDS[stated.role] if stated.organisations else ""


def started(stated: Stated) -> str:
    """Returns when an interest began, or that it is still being pursued. Rule: DECL-09."""
    if stated.is_pursuing:
        return f"Being pursued, expected on {day(stated.arose_on)}" if stated.arose_on else "Being pursued"
    return day(stated.arose_on) or "Not known"


def dates_of(stated: Stated) -> str:
    """Returns from when to when an interest was held, in a line. Rules: DECL-06, DECL-09."""
    if stated.is_pursuing:
        return started(stated)
    if is_one_day(stated):
        return f"On {day(stated.arose_on)}" + (f", known since {day(stated.aware_on)}" if stated.aware_on else "")
    ended = f"ended {day(stated.ended_on)}" if stated.ended_on else "has not ended"
    aware = f", known since {day(stated.aware_on)}" if stated.aware_on else ""
    return f"Started {day(stated.arose_on)}, {ended}{aware}" if stated.arose_on else f"Start not known, {ended}{aware}"


def day(on: date | None) -> str:
    return f"{on.day} {on:%B %Y}" if on else ""
