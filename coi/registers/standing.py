"""Where a person stands with declaring: facts in, a standing with its reason, due date and rule id out. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coi.clock import months_after

SOON_DAYS = 30
"""How long before a refresh is due a person counts as due: a matter of looking ahead, not of the guidance."""


class Standing(StrEnum):
    """Where somebody stands today. Exactly one holds."""

    MISSING = "missing"  # nothing on file, and the days for it are over
    STALE = "stale"  # something on file, and it should have been renewed by now
    DUE = "due"  # something is owed, and there is still time
    ABSENT = "absent"  # away for long: nothing is asked until the return
    NIL = "nil"  # declared to have no interests, and that still holds
    CURRENT = "current"  # declared, and nothing is owed


STANDING_WORDS: Mapping[Standing, str] = {
    Standing.MISSING: "Never declared",
    Standing.STALE: "Out of date",
    Standing.DUE: "Due",
    Standing.ABSENT: "Away",
    Standing.NIL: "Nothing to declare",
    Standing.CURRENT: "Up to date",
}
"""Each standing as a page says it, the most urgent first."""

OWING = frozenset({Standing.MISSING, Standing.STALE, Standing.DUE})
OVERDUE = frozenset({Standing.MISSING, Standing.STALE})


@dataclass(frozen=True)
class Figures:
    """What the rules of the body say on the day: days to declare, months after which to declare again (None: no figure)."""

    declare_days: int
    refresh_months: int | None


@dataclass(frozen=True)
class PersonFacts:
    """What is known of a person on a day. `started_on`: the first day of the latest post or seat that they hold, `first_on` of their
    service without a break; `declared_on`: of the last declaration or nil return anywhere; `is_nil`: it was a nil return and nothing
    was declared since; `away_from` and `away_until` (None: not known) the long absence that the day falls in; `returned_on` the day
    after the last one that is over."""

    started_on: date | None
    declared_on: date | None = None
    is_nil: bool = False
    away_from: date | None = None
    away_until: date | None = None
    returned_on: date | None = None
    first_on: date | None = None
    or_before: bool = False  # of `declared_on`


@dataclass(frozen=True)
class Verdict:
    """A person's standing: why in a sentence, by when something is owed (None: nothing is), and the rule that says so."""

    standing: Standing
    reason: str
    due_on: date | None = None
    rule_id: str = "DECL-04"
    has_declared: bool = True

    @property
    def is_owing(self) -> bool:
        return self.standing in OWING

    @property
    def is_overdue(self) -> bool:
        return self.standing in OVERDUE


Span = tuple[date, date | None]
"""A post or seat: its first and its last day; None where it lasts."""
LONG_WEEKEND = timedelta(days=5)
"""What may lie between the last day of a post and the first of the next, on which nobody works."""


def first_day_of(spans: Iterable[Span], on: date) -> date | None:
    """Returns the first day of somebody's service without a break up to `on`, or of what they will hold; None where they hold nothing.
    Whoever moves from one post to the next owes a first declaration since the first of them. Rule: DECL-03; RULEBOOK §3."""
    first = until = None
    for begins, ends in sorted(spans, key=lambda span: (span[0], span[1] or date.max)):
        if until is None or begins - until > LONG_WEEKEND:
            first = begins
        until = max(until or date.min, ends or date.max)
        if until >= on:
            return first
    return None


def standing_of(facts: PersonFacts, figures: Figures, *, on: date) -> Verdict:
    """Returns where a person stands on a day. The first declaration is owed within the days for it after the start; after a new post or
    seat another; then a renewal each time the months are over. Whoever is away for long owes nothing, and has the days for it again after
    the return. Rules: DECL-03, DECL-04, REG-01; RULEBOOK §3, §6.1."""
    if facts.away_from is not None:
        until = f" until {_day(facts.away_until)}" if facts.away_until else ""
        return Verdict(Standing.ABSENT, f"Away since {_day(facts.away_from)}{until}")
    grace = timedelta(days=figures.declare_days)
    back_by = facts.returned_on + grace if facts.returned_on else None
    if facts.declared_on is None:
        return _never(facts.first_on or facts.started_on or on, back_by, grace, on)
    asked = _asked_again(facts, facts.declared_on, figures, grace)
    if asked is None:
        return _at_rest(facts, facts.declared_on, None)
    due, why, rule = asked
    due = max(due, back_by) if back_by else due
    if due < on:
        return Verdict(Standing.STALE, f"{why}, due {_day(due)}", due, rule)
    if rule == "DECL-03" or (due - on).days <= SOON_DAYS:
        return Verdict(Standing.DUE, f"{why}, due {_day(due)}", due, rule)
    return _at_rest(facts, facts.declared_on, due)


def _never(started_on: date, back_by: date | None, grace: timedelta, on: date) -> Verdict:
    due = max(started_on + grace, back_by) if back_by else started_on + grace
    began = "Starts" if started_on > on else "Started"
    standing = Standing.MISSING if due < on else Standing.DUE
    return Verdict(standing, f"{began} {_day(started_on)}, first declaration due {_day(due)}", due, "DECL-03", False)


def _asked_again(
    facts: PersonFacts, declared_on: date, figures: Figures, grace: timedelta
) -> tuple[date, str, str] | None:
    """What is owed next by somebody who has declared: by when, why and by which rule; the earlier of two. A declaration that came
    shortly before a new post or seat, on the offer of it, is good for it."""
    owed: list[tuple[date, str, str]] = []
    if facts.started_on is not None and declared_on + grace < facts.started_on:
        owed.append((facts.started_on + grace, f"New post or seat on {_day(facts.started_on)}", "DECL-03"))
    if figures.refresh_months is not None:
        last = _last(facts, declared_on)
        owed.append((months_after(declared_on, figures.refresh_months), last, "DECL-04"))
    return min(owed, default=None)


def _at_rest(facts: PersonFacts, declared_on: date, due: date | None) -> Verdict:
    standing = Standing.NIL if facts.is_nil else Standing.CURRENT
    return Verdict(standing, _last(facts, declared_on), due)


def _last(facts: PersonFacts, declared_on: date) -> str:
    """A register that was taken over does not say when: then the day is the latest that it can have been."""
    return f"Last declared {'on or before ' if facts.or_before else ''}{_day(declared_on)}"


def may_be_named(verdict: Verdict) -> bool:
    """Whether somebody may stand on a list of people who did not declare: only those whose days are over. Never who is away for long, or
    started so lately that there is still time. Rule: REG-02; RULEBOOK §6.1."""
    return verdict.is_overdue


def _day(on: date | None) -> str:
    return f"{on.day} {on:%B %Y}" if on else ""
