"""What the public register of breaches looks like: its columns, and a row from the facts. Pure."""

from dataclasses import dataclass
from datetime import date

from coi.registers.breaches.rules import year_words
from coi.registers.columns import Column, ColumnKind, PublicRow, RegisterShape, Value
from coi.registers.vocabulary import REGISTER_TITLES, RegisterKind

SHAPE = RegisterShape(
    RegisterKind.BREACHES,
    REGISTER_TITLES[RegisterKind.BREACHES],
    (
        Column("reference", "Reference", description="The number of the entry in the public register"),
        Column("year", "Year", description="The financial year of the event, like 2025/26"),
        Column("event", "Date of the event", description="When it happened, in words"),
        Column("nature", "Nature of the breach", description="What went wrong, without names"),
        Column("control", "Decision or control concerned", description="The decision, or the rule that was not kept"),
        Column("investigation", "Investigation", description="That it was investigated, by whom and how fast"),
        Column("learning", "What was learned"),
        Column("actions", "Action taken"),
        Column("published_on", "Published on", ColumnKind.DATE),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class TwinFacts:
    """A text for the public."""

    reference: str
    year: int
    event: str
    nature: str
    control: str
    investigation: str
    learning: str
    actions: str
    published_on: date


def public_row(facts: TwinFacts) -> PublicRow:
    """Returns the row of a breach, the latest year first. Rule: BRE-01; RULEBOOK §17.12."""
    values: dict[str, Value] = {
        "reference": facts.reference, "year": year_words(facts.year), "event": facts.event, "nature": facts.nature,
        "control": facts.control, "investigation": facts.investigation, "learning": facts.learning, "actions": facts.actions,
        "published_on": facts.published_on,
    }  # fmt: skip
    return PublicRow(facts.reference, _sort_key(facts.year, facts.reference), values)


def year_row(reference: str, year: int, stated_on: date) -> PublicRow:
    """Returns the row of a year that had no breaches. Rule: BRE-01; RULEBOOK §18."""
    values: dict[str, Value] = {
        "reference": reference, "year": year_words(year), "event": "", "nature": f"No breaches in {year_words(year)}",
        "control": "", "investigation": "", "learning": "", "actions": "", "published_on": stated_on,
    }  # fmt: skip
    return PublicRow(reference, _sort_key(year, reference), values)


def _sort_key(year: int, reference: str) -> str:
    return f"{9999 - year:04d} {reference}"
