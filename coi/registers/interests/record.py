"""What is on record about one person, as lines of a file for whoever asks to see it: each interest, and each thing that happened to it.
Pure but for the rows that it reads."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from coi import clock
from coi.registers.interests.columns import NIL, described, hidden_with
from coi.registers.interests.history import Happening, history_of
from coi.registers.interests.models import Declaration, Interest, InterestVersion
from coi.registers.interests.redaction import FIELD_WORDS
from coi.registers.interests.vocabulary import TYPE_WORDS
from coi.registers.interests.wording import organisations_in, whose
from coi.wording import and_list

HEAD = (
    "Reference", "What happened", "Entered on the register", "Declared on", "Declared then or before", "Declared interest",
    "Type of interest", "Direct or indirect", "Nature of interest", "From", "To", "Action taken to mitigate risk", "Entered by",
    "Withheld from the public",
)  # fmt: skip
WITHHELD = "Withheld"


class Told(NamedTuple):
    """A line of the file, and the day on which the register learned of it, then its place among what it learned that day."""

    on: date
    order: tuple[str, int]
    cells: tuple[str, ...]


def lines_of_interest(
    interest: Interest, versions: Sequence[InterestVersion], names: Mapping[uuid.UUID, str], withheld: frozenset[str]
) -> list[Told]:
    """Returns a line for each thing that happened to an interest, without what the Guardian withholds now; none where the name is
    withheld, since the file says whose it is. Rules: REG-04, REG-06; RULEBOOK §23 scenario 55."""
    hidden = hidden_with(withheld)
    if "name" in hidden:
        return []
    happened = zip(versions, reversed(history_of(versions, names)), strict=True)
    return [_line(interest.reference, version, each, hidden) for version, each in happened]


def line_of_nil(said: Declaration) -> Told:
    """Returns the line of a declaration that there is nothing to declare. Rule: DECL-04."""
    on, filler = clock.local(said.submitted_at).date(), ("",) * 6
    cells = (
        said.reference, "Declared", on.isoformat(), said.declared_on.isoformat(), _yes(said.on_or_before), NIL, *filler,
        said.entered_by_name, "",
    )  # fmt: skip
    return Told(on, (said.reference, 0), cells)


def _line(reference: str, version: InterestVersion, happening: Happening, hidden: frozenset[str]) -> Told:
    on = clock.local(happening.at).date()
    said = {
        "organisation": organisations_in(version), "type": TYPE_WORDS[version.type], "directness": whose(version.directness, version.via),
        "nature": described(version.nature, version.role, is_in_one=bool(version.organisations)),
        "arose_on": _day(version.arose_on), "ended_on": _day(version.ended_on), "mitigation": version.mitigation,
    }  # fmt: skip
    shown = tuple(WITHHELD if name in hidden else text for name, text in said.items())
    kept = and_list([heading for name, heading in FIELD_WORDS.items() if name in hidden])
    cells = (
        reference, happening.what, on.isoformat(), version.declared_on.isoformat(), _yes(version.on_or_before), *shown, happening.by, kept,
    )  # fmt: skip
    return Told(on, (reference, version.number), cells)


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _yes(is_so: bool | None) -> str:
    return "Yes" if is_so else ""
