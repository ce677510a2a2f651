"""What the Provider Selection Regime asks to be told: the record and the notices, composed from a row of the register. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from coi.registers.procurement.columns import FREE_TEXTS
from coi.registers.procurement.rules import BEFORE_PSR, PSR, STANDSTILL, award_notice_due, standstill_ends
from coi.registers.procurement.vocabulary import ROUTE_WORDS, DecisionDetails, Facts, Outcome, Route

MISSING = "Not recorded yet"
WITHHELD = "Withheld from publication"
Lines = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Notice:
    """A notice, or the record: a title, lines, each a heading and what stands under it, and by when it is published."""

    title: str
    lines: Lines
    when: str = ""

    @property
    def text(self) -> str:
        """Returns the notice as plain text, to paste where notices are published."""
        return "\n\n".join([self.title, *(f"{heading}\n{words}" for heading, words in self.lines)])


def notices_of(facts: Facts, body_name: str, *, withheld: Collection[str] = ()) -> tuple[Notice, ...]:
    """Returns the notices that the process asks for in their order, and the record of the decision; under other rules, their record.
    Each says what conflicts there were and how they were managed, and who decided; what is published, without what is `withheld`.
    Rule: PROC-01, PROC-04; SI 2023/1348 regs 7 to 15, 24; SI 2013/500 regs 6, 9."""
    whole, facts = facts, _without(facts, withheld)
    if facts.regime is None or facts.details.outcome is None:
        return ()
    if facts.regime != PSR:
        return (Notice(_record_title(facts), _earlier(facts, body_name)),)
    ahead = _days(facts.approach_notice_days)
    before = {
        Route.MOST_SUITABLE: ("Notice of the intended approach", f"At least {ahead} before providers are assessed"),
        Route.COMPETITIVE: ("Notice of the competition, inviting offers", "Before offers are made"),
    }  # fmt: skip
    found, outcome, route = [], facts.details.outcome, facts.details.route
    if outcome is Outcome.GO_TO_PROCUREMENT and route in before:
        title, when = before[route]
        found.append(Notice(title, _approach(facts, body_name), when))
    if outcome in (Outcome.AWARDED, Outcome.INTENDED) and route in STANDSTILL:
        found.append(
            Notice("Notice of the intention to award a contract", _intention(facts, body_name), "Before the contract")
        )
    if outcome.is_award:
        found.append(Notice(_award_title(facts), _award(facts, body_name), _award_when(facts)))
    if outcome is Outcome.ABANDONED:
        reasons = (*_what(facts, body_name), ("Reasons", facts.details.route_reasons or MISSING))
        found.append(Notice("Notice that the process is abandoned", reasons, _award_when(facts)))
    return (*found, Notice("Record of the decision", _record(whole, body_name), "Kept, not published"))


_RECORDS = {
    "pcr_2015": "Report on the procurement: conflicts of interest",
    "procurement_act_2023": "Conflicts assessment",
}


def _without(facts: Facts, withheld: Collection[str]) -> Facts:
    """The facts as they may be published: a notice must not say what the register does not. Rule: REG-06."""
    hidden: dict[str, Any] = {name: WITHHELD for name in FREE_TEXTS if name in withheld}
    return replace(facts, details=replace(facts.details, **hidden)) if hidden else facts


def _record_title(facts: Facts) -> str:
    is_award = facts.regime == BEFORE_PSR and facts.details.is_award
    plain = "Record of the contract awarded" if is_award else "Record of the procurement"
    return _RECORDS.get(facts.regime or "", plain)


def _award_title(facts: Facts) -> str:
    is_urgent, is_new = facts.details.route is Route.URGENT, facts.details.outcome is Outcome.AWARDED
    if is_new:
        return "Notice of an urgent award" if is_urgent else "Notice of the award of a contract"
    return "Notice of an urgent modification" if is_urgent else "Notice of a contract modification"


def _award_when(facts: Facts) -> str:
    due, days = award_notice_due(facts), facts.award_notice_days
    if due is None:
        return f"Within {_days(days)} of the award, once the standstill is over"
    earliest = standstill_ends(facts)
    if earliest is not None and facts.details.outcome is Outcome.AWARDED:
        return f"Within {_days(days)} of the award, which can be made after {_day(earliest)}: by {_day(due)} at the earliest award"
    return f"Within {_days(days)}: by {_day(due)}"


def _days(number: int | None) -> str:
    return f"{number} days" if number else "the days that the rules set"


def _earlier(facts: Facts, body_name: str) -> Lines:
    """What the rules before, and beside, the Provider Selection Regime ask to be kept: provider, what, how much, when, how chosen, and
    each conflict with how it was managed. Rule: PROC-01."""
    details = facts.details
    return (
        *_what(facts, body_name), *_provider(facts), ("Decided on", _day(details.decided_on)),
        ("How the provider was selected", " ".join(each for each in (details.process, details.route_reasons) if each) or MISSING),
        *_integrity(facts),
        ("Does a conflict affect the integrity of the award, or appear to?", details.justification or MISSING),
    )  # fmt: skip


def _approach(facts: Facts, body_name: str) -> Lines:
    details = facts.details
    return (
        *_what(facts, body_name), *_terms(details),
        ("How the provider will be chosen", details.route_reasons or MISSING), *_integrity(facts),
    )  # fmt: skip


def _what(facts: Facts, body_name: str) -> Lines:
    details = facts.details
    return (
        ("Relevant authority", body_name),
        ("Contract", f"{details.title} ({facts.reference})"),
        ("Service", details.description or details.title),
        *((("CPV code", details.cpv or MISSING),) if details.cpv or facts.regime == PSR else ()),
        ("Process", ROUTE_WORDS[details.route] if details.route else MISSING),
    )


def _integrity(facts: Facts) -> Lines:
    details = facts.details
    return (
        ("Who made the decision", "; ".join(each for each in (details.committee, details.involved) if each) or MISSING),
        ("Declared conflicts of interest", details.conflicts or MISSING),
        (
            "How they were managed",
            details.mitigations
            or ("Nothing had to be managed." if details.conflicts and not details.had_conflicts else MISSING),
        ),
    )


def _provider(facts: Facts) -> Lines:
    """Who has the contract, or is to have it, with its value and days: nothing of that once it came to nothing."""
    details, told = facts.details, []
    if details.names_supplier:
        first = [each for each in (details.supplier.name, details.supplier.address) if each] if details.supplier else []
        everybody = "; ".join(each for each in (", ".join(first), *details.other_suppliers) if each)
        told.append(("Provider and registered address", everybody or MISSING))
    return (*told, *_terms(details)) if details.has_terms else ()


def _terms(details: DecisionDetails) -> Lines:
    return (
        ("Value over the whole term", money(details.value_total) or MISSING),
        ("Services begin and end", _span(details.starts_on, details.ends_on)),
    )


def _intention(facts: Facts, body_name: str) -> Lines:
    ends = standstill_ends(facts)
    told = f"Until midnight at the end of {_day(ends)}" if ends else "Counted from the day of this notice"
    reasons = ("Why this provider, by the key criteria", facts.details.route_reasons or MISSING)
    return (
        *_what(facts, body_name),
        *_provider(facts),
        reasons,
        *_integrity(facts),
        ("Standstill: representations can be made", told),
    )


def _award(facts: Facts, body_name: str) -> Lines:
    urgent = (
        (("Why it is urgent", facts.details.route_reasons or MISSING),) if facts.details.route is Route.URGENT else ()
    )
    return (
        *_what(facts, body_name),
        *_provider(facts),
        *urgent,
        ("Decided on", _day(facts.details.decided_on)),
        *_integrity(facts),
    )


def _record(facts: Facts, body_name: str) -> Lines:
    details = facts.details
    return (
        *_what(facts, body_name), *_provider(facts), ("Decided on", _day(details.decided_on)),
        ("How it was decided", details.process or MISSING), ("Reasons", details.route_reasons or MISSING), *_integrity(facts),
        ("Representations and what was done", details.representations or "None"),
    )  # fmt: skip


def money(value: Decimal | None) -> str:
    """Returns pounds as people read them: "£125,000", "£99.50"; nothing for None."""
    if value is None:
        return ""
    return f"£{value:,.0f}" if value == value.to_integral_value() else f"£{value:,.2f}"


def _span(first: date | None, last: date | None) -> str:
    if first is None:
        return MISSING
    return f"{_day(first)} to {_day(last)}" if last else f"From {_day(first)}"


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
