"""One sitting of declaring: what was answered so far, which question comes next, what is still missing. Pure; kept as a draft."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from coi.registers.interests import rules, wording
from coi.registers.interests.vocabulary import (
    Directness,
    InterestDetails,
    InterestRole,
    InterestType,
    NamedOrganisation,
    Via,
)

STEPS = ("kind", "whose", "relation", "organisation", "role", "nature", "dates", "privacy")
"""The questions, one page each, in their order. `relation` is asked of somebody else's interest only."""


ASKED_BY = {
    "Kind of interest": "kind",
    "Whose interest": "whose",
    "Organisation": "organisation",
    "Role": "role",
    "What it is": "nature",
    "Started": "dates",
    "Ended": "dates",
    "Became aware": "dates",
    "Reason not to publish": "privacy",
}
"""The question behind each line of the summary."""


@dataclass(frozen=True)
class Answer:
    """A line of the summary to check, and the question that changes it."""

    label: str
    text: str
    step: str


@dataclass(frozen=True)
class Entry:
    """One interest as far as it was answered. Dates are ISO texts, so that the draft is plain JSON. `answered` names the steps that
    were taken: an empty answer is one too."""

    type: str = ""
    directness: str = ""
    via: str = ""
    organisation: str = ""
    organisation_id: str = ""
    role: str = ""
    nature: str = ""
    arose_on: str = ""
    is_pursuing: bool = False
    ended_on: str = ""
    aware_on: str = ""
    keep_private_because: str = ""
    answered: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """The questions of this interest."""
        return tuple(step for step in STEPS if step != "relation" or self.directness == Directness.INDIRECT)

    @property
    def missing(self) -> str | None:
        """The first question that was not answered yet; None where the interest is complete."""
        return next((step for step in self.steps if step not in self.answered), None)

    def with_answers(self, step: str, answers: Mapping[str, Any]) -> "Entry":
        """Returns the entry with the answers of a step. A direct interest has no relation."""
        answered = tuple(each for each in STEPS if each in self.answered or each == step)
        entry = replace(self, **answers, answered=answered)
        if entry.directness == Directness.DIRECT and entry.via:
            entry = replace(entry, via="", answered=tuple(each for each in answered if each != "relation"))
        return entry

    def after(self, step: str) -> str | None:
        """Returns the question after `step`; None after the last."""
        steps = self.steps
        return next((each for each in steps[steps.index(step) + 1 :]), None) if step in steps else self.missing

    def before(self, step: str) -> str | None:
        """Returns the question before `step`; None before the first."""
        earlier = self.steps[: self.steps.index(step)] if step in self.steps else ()
        return earlier[-1] if earlier else None

    def details(self) -> InterestDetails:
        """Returns the interest, of an entry that is complete."""
        return InterestDetails(
            type=InterestType(self.type), directness=Directness(self.directness), via=Via(self.via) if self.via else None,
            role=InterestRole(self.role), nature=self.nature,
            organisations=(NamedOrganisation(self.organisation, uuid.UUID(self.organisation_id) if self.organisation_id else None),),
            arose_on=_date(self.arose_on), is_pursuing=self.is_pursuing, ended_on=_date(self.ended_on), aware_on=_date(self.aware_on),
            keep_private_because=self.keep_private_because,
        )  # fmt: skip

    def summary(self) -> tuple[Answer, ...]:
        """Returns the answers of an entry that is complete, line by line."""
        lines = wording.lines_of(self.details())
        lines["Organisation"] += "" if self.organisation_id else " (in your own words)"
        lines["Reason not to publish"] = self.keep_private_because or "None"
        return tuple(Answer(label, text, ASKED_BY[label]) for label, text in lines.items())

    def check(self, step: str, today: date) -> None:
        """Raises RuleBroken where what was answered in a step cannot be. Rules: DECL-06, DECL-09."""
        if step == "dates":
            rules.check_dates(
                arose_on=_date(self.arose_on), ended_on=_date(self.ended_on), aware_on=_date(self.aware_on),
                is_pursuing=self.is_pursuing, today=today,
            )  # fmt: skip


@dataclass(frozen=True)
class Sitting:
    """Everything that somebody is about to declare. `declared_on` is the date on a paper that somebody else enters."""

    entries: tuple[Entry, ...] = ()
    declared_on: str = ""

    @property
    def on_paper(self) -> date | None:
        """The date on the paper."""
        return _date(self.declared_on)

    @property
    def missing(self) -> tuple[int, str] | None:
        """The first interest, counted from 1, and the question of it that was not answered yet."""
        found = ((number, entry.missing) for number, entry in enumerate(self.entries, start=1))
        return next(((number, step) for number, step in found if step), None)

    @property
    def is_complete(self) -> bool:
        return bool(self.entries) and self.missing is None

    def entry(self, number: int) -> Entry | None:
        """Returns the interest of a number; a new one for the number after the last; None for any other."""
        if number == len(self.entries) + 1:
            return Entry()
        return self.entries[number - 1] if 1 <= number <= len(self.entries) else None

    def with_entry(self, number: int, entry: Entry) -> "Sitting":
        return replace(self, entries=(*self.entries[: number - 1], entry, *self.entries[number:]))

    def without(self, number: int) -> "Sitting":
        return replace(self, entries=(*self.entries[: number - 1], *self.entries[number:]))

    def details(self) -> Sequence[InterestDetails]:
        """Returns the interests that are complete."""
        return [entry.details() for entry in self.entries if entry.missing is None]

    def as_draft(self) -> dict[str, Any]:
        """Returns the sitting as plain JSON values."""
        entries = [{**asdict(entry), "answered": list(entry.answered)} for entry in self.entries]
        return {"entries": entries, "declared_on": self.declared_on}


_NAMES = frozenset(each.name for each in fields(Entry))


def from_draft(draft: Mapping[str, Any]) -> Sitting:
    """Returns the sitting that a draft keeps. Names that an older release kept and this one does not know are left out."""
    entries = [
        Entry(
            **{**{name: value for name, value in each.items() if name in _NAMES}, "answered": tuple(each["answered"])}
        )
        for each in draft.get("entries", ())
    ]
    return Sitting(tuple(entries), str(draft.get("declared_on", "")))


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
