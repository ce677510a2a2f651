"""One sitting of declaring: every interest that somebody answers for, what is said of the lines of the register, what is still missing.
Pure; kept as a draft."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from coi.registers.interests.entries import PRIVACY, Entry
from coi.registers.interests.vocabulary import (
    ConfirmationDetails,
    InterestDetails,
    StandingAnswer,
    Still,
)
from coi.registers.questions import as_date


@dataclass(frozen=True)
class Line:
    """A line of the register that is to be confirmed, and what was said of it so far (empty: nothing yet)."""

    interest_id: str
    version: int
    still: str = ""
    ended_on: str = ""


@dataclass(frozen=True)
class Sitting:
    """Everything that somebody is about to declare. `declared_on` is the date on a paper that somebody else enters, `lines` are those
    of the register that are confirmed with it; without any it is not a confirmation."""

    entries: tuple[Entry, ...] = ()
    declared_on: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def is_confirming(self) -> bool:
        return bool(self.lines)

    @property
    def open_line(self) -> int | None:
        """The first line, counted from 1, that nothing was said of yet."""
        return next((number for number, line in enumerate(self.lines, start=1) if not line.still), None)

    @property
    def new_entries(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if not entry.is_change)

    def change_of(self, line: Line) -> int | None:
        """The number of the entry that changes a line."""
        found = (number for number, entry in enumerate(self.entries, start=1) if entry.interest_id == line.interest_id)
        return next(found, None)

    def with_lines(self, standing: Mapping[str, int]) -> "Sitting":
        """Returns the sitting with a line for each interest that stands on the register (its version by key): what was said of one stays
        where it still says the same."""
        said = {(line.interest_id, line.version): line for line in self.lines}
        lines = tuple(said.get(key, Line(*key)) for key in standing.items())
        kept = tuple(
            each for each in self.entries if not each.is_change or standing.get(each.interest_id) == each.version
        )
        return replace(self, lines=lines, entries=kept)

    def saying(self, number: int, still: str, ended_on: str, change: Entry) -> "Sitting":
        """Returns the sitting with what was said of a line. A line that has changed brings the entry that changes it."""
        line = replace(self.lines[number - 1], still=still, ended_on=ended_on)
        changing, has_one = still == Still.CHANGED, self.change_of(line) is not None
        entries = tuple(each for each in self.entries if changing or each.interest_id != line.interest_id)
        entries += (change,) if changing and not has_one else ()
        return replace(self, lines=(*self.lines[: number - 1], line, *self.lines[number:]), entries=entries)

    def confirmation(self, statement: str) -> ConfirmationDetails:
        """Returns the confirmation, of a sitting that is complete."""
        changes = {entry.interest_id: entry.details() for entry in self.entries if entry.is_change}
        standing = tuple(
            StandingAnswer(
                uuid.UUID(line.interest_id),
                line.version,
                Still(line.still),
                as_date(line.ended_on),
                changes.get(line.interest_id),
            )
            for line in self.lines
        )
        return ConfirmationDetails(statement, standing, tuple(entry.details() for entry in self.new_entries))

    @property
    def on_paper(self) -> date | None:
        """The date on the paper."""
        return as_date(self.declared_on)

    @property
    def missing(self) -> tuple[int, str] | None:
        """The first interest, counted from 1, and the question of it that was not answered yet."""
        found = ((number, entry.missing) for number, entry in enumerate(self.entries, start=1))
        return next(((number, step) for number, step in found if step), None)

    @property
    def unsaid(self) -> tuple[int, str] | None:
        """The first interest for which there is said to be a reason not to publish it, and nobody told which, with its question."""
        wanting = (number for number, entry in enumerate(self.entries, start=1) if entry.wants_privacy)
        return next(((number, PRIVACY) for number in wanting), None)

    def wanting_privacy(self, numbers: Collection[int]) -> "Sitting":
        """Returns the sitting with the interests of these numbers to be asked for the reason not to publish them, and no others."""
        entries = (replace(each, wants_privacy=number in numbers) for number, each in enumerate(self.entries, start=1))
        return replace(self, entries=tuple(entries))

    @property
    def is_complete(self) -> bool:
        return bool(self.entries or self.lines) and self.missing is None and self.open_line is None

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
        entries = [
            {**asdict(entry), "answered": list(entry.answered), "particulars": dict(entry.particulars)}
            for entry in self.entries
        ]
        return {"entries": entries, "declared_on": self.declared_on, "lines": [asdict(line) for line in self.lines]}


def _taken(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """The questions that a draft says were answered. One of an older release asked for more pages: whose it is, and what now is `about`."""
    taken = tuple(entry["answered"])
    if not entry.get("directness"):
        return tuple(step for step in taken if step != "what")
    return taken if "dates" not in taken or "nature" not in taken else (*taken, "about")


_NAMES = frozenset(each.name for each in fields(Entry))


def from_draft(draft: Mapping[str, Any]) -> Sitting:
    """Returns the sitting that a draft keeps. Names that an older release kept and this one does not know are left out."""
    entries = [
        Entry(**{**{name: value for name, value in each.items() if name in _NAMES}, "answered": _taken(each)})
        for each in draft.get("entries", ())
    ]
    lines = tuple(Line(**line) for line in draft.get("lines", ()))
    return Sitting(tuple(entries), str(draft.get("declared_on", "")), lines)
