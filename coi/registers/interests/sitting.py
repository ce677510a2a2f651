"""One sitting of declaring: what was answered so far, which question comes next, what is still missing. Pure; kept as a draft."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any

from coi.registers.interests import rules, subtypes, wording
from coi.registers.interests.redaction import FIELD_WORDS
from coi.registers.interests.vocabulary import (
    NO_ORGANISATION,
    ConfirmationDetails,
    Directness,
    InterestDetails,
    InterestRole,
    InterestSubtype,
    InterestType,
    NamedOrganisation,
    StandingAnswer,
    Still,
    Via,
)
from coi.registers.interests.wording import Stated
from coi.registers.questions import Questions

STEPS = (
    "what", "kind", "whose", "relation", "organisation", "role", "particulars", "nature", "dates", "privacy",
)  # fmt: skip
"""The questions, one page each, in their order. What it is decides which of the others are asked; `relation` is asked of somebody
else's interest only."""


ASKED_BY = {
    "What kind of thing": "what",
    wording.HEALTH: "privacy",
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
class Entry(Questions):
    """One interest as far as it was answered. Dates are ISO texts, so that the draft is plain JSON. `answered` names the steps that
    were taken: an empty answer is one too. `interest_id` and `version` say which line of the register it changes, if any."""

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
    keep_private_fields: str = ""  # names of columns, parted by spaces; empty: all that can be withheld
    interest_id: str = ""
    version: int = 0
    subtype: str = ""
    particulars: Mapping[str, str] = field(default_factory=dict, hash=False)
    reveals_health: bool = False
    has_no_organisation: bool = False
    is_suggested: bool = (
        False  # the declarant's own, in an organisation that was asked about by name: neither is asked again
    )

    @property
    def heading(self) -> str:
        """The organisation, or that there is none; empty where it was not answered yet."""
        return NO_ORGANISATION if self.has_no_organisation else self.organisation

    @property
    def is_change(self) -> bool:
        """Whether it changes an interest that is on the register."""
        return bool(self.interest_id)

    @property
    def steps(self) -> tuple[str, ...]:
        """The questions of this interest."""
        skipped = {
            "kind": subtypes.settles_type(self.subtype) is not None,
            "whose": self.is_suggested,
            "organisation": self.is_suggested,
            "relation": self.directness != Directness.INDIRECT,
            "role": self.has_no_organisation or subtypes.settles_role(self.subtype) is not None,
            "particulars": not subtypes.particulars_of(
                self.subtype, is_indirect=self.directness == Directness.INDIRECT
            ),
        }
        return tuple(step for step in STEPS if not skipped.get(step))

    def with_answers(self, step: str, answers: Mapping[str, Any]) -> "Entry":
        """Returns the entry with the answers of a step. A direct interest has no relation."""
        answered = tuple(each for each in STEPS if each in self.answered or each == step)
        entry = replace(self, **answers, answered=answered)
        if entry.directness == Directness.DIRECT and entry.via:
            entry = replace(entry, via="", answered=tuple(each for each in answered if each != "relation"))
        entry = entry._settled(self.subtype) if step == "what" else entry
        if entry.directness == Directness.INDIRECT:
            entry = replace(entry, particulars=subtypes.without_own(entry.subtype, entry.particulars))
        return entry._in_none() if entry.has_no_organisation else entry

    def _in_none(self) -> "Entry":
        """The entry of an interest in no organisation: there is no role in it, and a type that needs one is asked for it again."""
        again = {"role"} if subtypes.may_lack_organisation(self.subtype) else {"organisation"}
        left = tuple(each for each in self.answered if each not in again)
        if "organisation" in again:
            return replace(self, has_no_organisation=False, answered=left)
        return replace(self, role=subtypes.settles_role(self.subtype) or InterestRole.OTHER, answered=left)

    def _settled(self, before: str) -> "Entry":
        """The entry with what its subtype settles; what was answered for another subtype is asked again."""
        kind, role = subtypes.settles_type(self.subtype), subtypes.settles_role(self.subtype)
        again = {"particulars"} | ({"kind", "role"} if before else set()) if before != self.subtype else set()
        entry = replace(self, answered=tuple(each for each in self.answered if each not in again))
        if "particulars" in again:
            entry = replace(entry, particulars={})
        return replace(entry, type=kind or entry.type, role=role or entry.role)

    def details(self) -> InterestDetails:
        """Returns the interest, of an entry that is complete."""
        return InterestDetails(
            type=InterestType(self.type), directness=Directness(self.directness), via=Via(self.via) if self.via else None,
            role=InterestRole(self.role), nature=self.nature,
            organisations=self._named(), has_no_organisation=self.has_no_organisation,
            arose_on=as_date(self.arose_on), is_pursuing=self.is_pursuing, ended_on=as_date(self.ended_on), aware_on=as_date(self.aware_on),
            keep_private_because=self.keep_private_because, subtype=InterestSubtype(self.subtype) if self.subtype else None,
            particulars=dict(self.particulars), reveals_health=self.reveals_health,
            keep_private_fields=tuple(self.keep_private_fields.split()),
        )  # fmt: skip

    def _named(self) -> tuple[NamedOrganisation, ...]:
        if self.has_no_organisation:
            return ()
        return (
            NamedOrganisation(self.organisation, uuid.UUID(self.organisation_id) if self.organisation_id else None),
        )

    def summary(self) -> tuple[Answer, ...]:
        """Returns the answers of an entry that is complete, line by line."""
        lines = wording.lines_of(self.details())
        lines["Organisation"] += "" if self.organisation_id or self.has_no_organisation else " (in your own words)"
        lines["Reason not to publish"] = self.keep_private_because or "None"
        if self.keep_private_because and self.keep_private_fields:
            named = ", ".join(FIELD_WORDS[name] for name in self.keep_private_fields.split() if name in FIELD_WORDS)
            lines["Reason not to publish"] += f" (about: {named})"
        if subtypes.settles_type(self.subtype):
            del lines["Kind of interest"]
        if "role" not in self.steps:
            del lines["Role"]
        return tuple(Answer(label, text, ASKED_BY.get(label, "particulars")) for label, text in lines.items())

    def check(self, step: str, today: date) -> None:
        """Raises RuleBroken where what was answered in a step cannot be. Rules: DECL-06, DECL-09."""
        if step == "dates":
            rules.check_dates(
                arose_on=as_date(self.arose_on), ended_on=as_date(self.ended_on), aware_on=as_date(self.aware_on),
                is_pursuing=self.is_pursuing, today=today,
            )  # fmt: skip


def entry_of(stated: Stated, organisation_id: str, interest_id: str, version: int) -> Entry:
    """Returns the entry with which an interest on the register is changed: everything answered as it stands there."""
    named = stated.organisations[0].text if stated.organisations else ""
    answered = tuple(step for step in STEPS if stated.organisations or step != "role")
    return Entry(
        type=stated.type, directness=stated.directness, via=stated.via or "", organisation=named, organisation_id=organisation_id,
        role=stated.role, nature=stated.nature, arose_on=as_text(stated.arose_on), is_pursuing=stated.is_pursuing,
        ended_on=as_text(stated.ended_on), aware_on=as_text(stated.aware_on), answered=answered, interest_id=interest_id, version=version,
        subtype=stated.subtype or "", particulars=dict(stated.particulars or {}), reveals_health=bool(stated.reveals_health),
        has_no_organisation=not stated.organisations,
    )  # fmt: skip


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


_NAMES = frozenset(each.name for each in fields(Entry))


def from_draft(draft: Mapping[str, Any]) -> Sitting:
    """Returns the sitting that a draft keeps. Names that an older release kept and this one does not know are left out."""
    entries = [
        Entry(
            **{**{name: value for name, value in each.items() if name in _NAMES}, "answered": tuple(each["answered"])}
        )
        for each in draft.get("entries", ())
    ]
    lines = tuple(Line(**line) for line in draft.get("lines", ()))
    return Sitting(tuple(entries), str(draft.get("declared_on", "")), lines)


def as_text(on: date | None) -> str:
    """Returns a date as the draft keeps it, "" for none."""
    return on.isoformat() if on else ""


def as_date(text: str) -> date | None:
    """Returns the date of such a text, None for ""."""
    return date.fromisoformat(text) if text else None
