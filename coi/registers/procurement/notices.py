"""What the Provider Selection Regime asks to be told: the record and the notices, composed from a row of the register. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coi.registers.procurement.rules import PSR, STANDSTILL, standstill_ends
from coi.registers.procurement.vocabulary import ROUTE_WORDS, Facts, Outcome

MISSING = "Not recorded yet"


@dataclass(frozen=True)
class Notice:
    """A notice, or the record: a title and lines, each a heading and what stands under it."""

    title: str
    lines: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """Returns the notice as plain text, to paste where notices are published."""
        return "\n\n".join([self.title, *(f"{heading}\n{words}" for heading, words in self.lines)])


def notices_of(facts: Facts, body_name: str) -> tuple[Notice, ...]:
    """Returns the notices that the process asks for, and the record of the decision; none under other rules. Each says what conflicts
    there were and how they were managed, and who decided. Rule: PROC-04; SI 2023/1348 (notices, record)."""
    if facts.regime != PSR:
        return ()
    found = []
    outcome = facts.details.outcome
    if outcome is Outcome.AWARDED and facts.details.route in STANDSTILL:
        found.append(Notice("Notice of the intention to award a contract", _intention(facts, body_name)))
    if outcome.is_award:
        changed = outcome is not Outcome.AWARDED
        found.append(
            Notice(
                "Notice of a contract modification" if changed else "Notice of the award of a contract",
                _award(facts, body_name),
            )
        )
    if outcome is Outcome.ABANDONED:
        found.append(
            Notice(
                "Notice that the process is abandoned",
                (*_what(facts, body_name), ("Reasons", facts.details.route_reasons or MISSING)),
            )
        )
    found.append(Notice("Record of the decision", _record(facts, body_name)))
    return tuple(found)


def _what(facts: Facts, body_name: str) -> tuple[tuple[str, str], ...]:
    details = facts.details
    return (
        ("Relevant authority", body_name),
        ("Contract", f"{details.title} ({facts.reference})"),
        ("Service", details.description or MISSING),
        ("Process", ROUTE_WORDS[details.route] if details.route else MISSING),
    )


def _integrity(facts: Facts) -> tuple[tuple[str, str], ...]:
    details = facts.details
    return (
        ("Who made the decision", "; ".join(each for each in (details.committee, details.involved) if each) or MISSING),
        ("Declared conflicts of interest", details.conflicts or MISSING),
        (
            "How they were managed",
            details.mitigations or ("Nothing had to be managed." if details.conflicts else MISSING),
        ),
    )


def _provider(facts: Facts) -> tuple[tuple[str, str], ...]:
    details = facts.details
    first = (
        ", ".join(each for each in (details.supplier.name, details.supplier.address) if each)
        if details.supplier
        else ""
    )
    everybody = "; ".join(each for each in (first, *details.other_suppliers) if each)
    return (
        ("Provider and registered address", everybody or MISSING),
        ("Value over the whole term", money(details.value_total) or MISSING),
        ("Services begin and end", _span(details.starts_on, details.ends_on)),
    )


def _intention(facts: Facts, body_name: str) -> tuple[tuple[str, str], ...]:
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


def _award(facts: Facts, body_name: str) -> tuple[tuple[str, str], ...]:
    return (
        *_what(facts, body_name),
        *_provider(facts),
        ("Decided on", _day(facts.details.decided_on)),
        *_integrity(facts),
    )


def _record(facts: Facts, body_name: str) -> tuple[tuple[str, str], ...]:
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
