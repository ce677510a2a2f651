"""How long an entry of a register is public after its end, how long it is kept after that, and when it may be disposed of. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coi.clock import months_after
from coi.registers.vocabulary import RegisterKind


class Stage(StrEnum):
    """Where an entry stands on its way from the public register to its disposal."""

    CURRENT = "current"  # it has not ended
    PUBLIC_TAIL = "public_tail"  # it ended, and stays public for a while
    PRIVATE = "private"  # kept, and shown to nobody outside
    DUE = "due"  # its years are over: a person may dispose of it


@dataclass(frozen=True)
class Periods:
    """The figures of the rules in force on the day of an end: public months, private years. None: these rules set no figure."""

    public_months: int | None
    private_years: int | None


@dataclass(frozen=True)
class Retention:
    """What the rules say of one entry on a day. `public_until` and `private_until` are last days; None: no end is known."""

    stage: Stage
    reason: str
    rule: str
    public_until: date | None = None
    private_until: date | None = None

    @property
    def is_public(self) -> bool:
        return self.stage in (Stage.CURRENT, Stage.PUBLIC_TAIL)


def public_until(ended_on: date | None, months: int | None) -> date | None:
    """Returns the last day on which an ended entry is public; None where it has not ended. Where the rules set no figure, its last day
    is the day of its end. Rule: REG-03; RULEBOOK §7.4."""
    return None if ended_on is None else months_after(ended_on, months or 0)


def private_until(ended_on: date | None, years: int | None) -> date | None:
    """Returns the last day on which an ended entry has to be kept; None where it has not ended or the rules set no figure, so that
    nothing is disposed of on a guess. Rule: REG-04; RULEBOOK §7.4."""
    return None if ended_on is None or years is None else months_after(ended_on, 12 * years)


def retention(ended_on: date | None, *, on: date, periods: Periods) -> Retention:
    """Returns where an entry that ended on a day (None: it has not) stands on another. Both periods count from the end, by the rules
    in force on that day; an entry that is still public is never due. Rules: REG-03, REG-04; RULEBOOK §7.4, §26 no. 11."""
    if ended_on is None:
        return Retention(Stage.CURRENT, "It has not ended", "REG-02")
    public = public_until(ended_on, periods.public_months)
    private = private_until(ended_on, periods.private_years)
    assert public is not None
    if on <= public:
        return Retention(
            Stage.PUBLIC_TAIL, f"It ended and stays public until {_day(public)}", "REG-03", public, private
        )
    if private is None:
        return Retention(Stage.PRIVATE, "It is kept. The rules of its day set no limit", "REG-04", public)
    if on <= private:
        return Retention(Stage.PRIVATE, f"It is kept until {_day(private)}", "REG-04", public, private)
    return Retention(Stage.DUE, f"It had to be kept until {_day(private)}", "REG-04", public, private)


def due_since(ended_on: date, on: date, periods: Periods) -> tuple[str, date] | None:
    """Returns why what ended on a day is due for disposal on another, and since when; None where it is not. Rule: REG-04."""
    kept = retention(ended_on, on=on, periods=periods)
    if kept.stage is not Stage.DUE or kept.private_until is None or kept.public_until is None:
        return None
    return kept.reason, max(kept.private_until, kept.public_until) + timedelta(days=1)


def longest(periods: Iterable[Periods]) -> Periods:
    """Returns how long something is public and kept that belongs on the registers of several bodies: as long as any of them asks. Where
    the rules of one set no figure for keeping, there is none. Rules: REG-03, REG-04."""
    every = list(periods)
    years = [each.private_years for each in every]
    known = [each for each in years if each is not None]
    return Periods(
        max((each.public_months for each in every if each.public_months is not None), default=None),
        max(known) if known and len(known) == len(years) else None,
    )


@dataclass(frozen=True)
class _Past:
    """How a register speaks of the past: what an entry is, the day from which its time counts, and several entries."""

    entry: str
    counts_from: str
    several: str


_PAST = {
    RegisterKind.INTERESTS: _Past("An interest", "it ends", "past interests"),
    RegisterKind.GIFTS: _Past(
        "An entry", "the offer, the receipt or the declaration, whichever came last", "past offers"
    ),
    RegisterKind.PROCUREMENT: _Past(
        "A decision", "the contract ends, or, where there is none, after the decision", "procurement decisions"
    ),
    RegisterKind.BREACHES: _Past("A breach", "its record was closed", "breaches"),
}

OWN_YEARS = {
    RegisterKind.PROCUREMENT: "procurement_retention_years",
    RegisterKind.BREACHES: "breach_retention_years",
}
"""The figure of the rules for registers of which the guidance sets none. What is on them is public for as long as it is kept."""


def years_of(register: RegisterKind) -> str:
    """Returns the figure that says for how many years a register keeps what is over. Rule: REG-04; RULEBOOK §7.4."""
    return OWN_YEARS.get(register, "private_retention_years")


def statement(
    *, public_months: int, private_years: int | None, contact: str, register: RegisterKind = RegisterKind.INTERESTS
) -> str:
    """Returns what a public register says about the past, and whom to ask. Of procurement decisions and breaches the rules set no figure:
    it says that of the body's own policy, else that there is none and nothing is disposed of. Rule: REG-05; RULEBOOK §7.4."""
    past = _PAST[register]
    if register in OWN_YEARS:
        kept = (
            f"{past.entry} stays on the public register, and its record is kept, for at least {_count(private_years, 'year')} after "
            f"{past.counts_from}."
            if private_years
            else f"No limit is set for how long {past.several} are kept. None of them is disposed of."
        )
    else:
        kept = (
            f"{past.entry} stays on the public register for at least {_count(public_months, 'month')} after {past.counts_from}. A record "
            f"of {past.several} is kept for at least {_count(private_years or 0, 'year')} after that date."
        )
    return f"{kept} To ask about {past.several}, contact {contact}." if contact else kept


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
