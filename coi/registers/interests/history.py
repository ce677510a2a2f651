"""The history of one interest: its versions in order, what changed between them, who entered each and when. Pure but for the rows
that it reads."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coi.registers.interests.models import InterestVersion
from coi.registers.interests.wording import NOT_AGREED, Difference, differences, lines_of


@dataclass(frozen=True)
class Happening:
    """One version: what happened to the interest, when, by whom, and which lines it changed. `for_somebody` says that it was entered on
    behalf of the declarant; `reference` is the declaration that it rests on where it made one."""

    number: int
    what: str
    at: datetime
    by: str
    for_somebody: bool
    reference: str
    note: str
    changes: tuple[Difference, ...]


def history_of(versions: Sequence[InterestVersion], names: Mapping[uuid.UUID, str]) -> tuple[Happening, ...]:
    """Returns what happened to an interest, the latest first. `names` says who is behind an account."""
    pairs = zip([None, *versions[:-1]], versions, strict=True)
    return tuple(reversed([_happening(before, version, names) for before, version in pairs]))


def all_lines_of(version: InterestVersion) -> dict[str, str]:
    """Returns a version line by line, with what others added: the matched organisation and the mitigation."""
    lines = lines_of(version)
    names = [each.organisation.name if each.organisation else "Not matched" for each in version.organisations]
    lines["In the reference data"] = ", ".join(names)
    lines["Action to reduce the risk"] = version.mitigation or NOT_AGREED
    return lines


def _happening(before: InterestVersion | None, version: InterestVersion, names: Mapping[uuid.UUID, str]) -> Happening:
    declared = before is None or before.declaration_id != version.declaration_id
    declaration = version.declaration if declared else None
    by = declaration.entered_by_name if declaration else names.get(version.recorded_by or uuid.UUID(int=0), "")
    changes = differences(all_lines_of(before), all_lines_of(version)) if before else ()
    return Happening(
        number=version.number, what=_what(before, version, declared), at=version.recorded_at, by=by or "The system",
        for_somebody=bool(declaration and declaration.on_behalf), reference=declaration.reference if declaration else "",
        note=version.change_note, changes=changes,
    )  # fmt: skip


def _what(before: InterestVersion | None, version: InterestVersion, declared: bool) -> str:
    if before is None:
        return "Declared"
    if declared:
        return "Ended" if version.ended_on and not before.ended_on else "Changed"
    agreed = (version.mitigation, version.mitigation_agreed_on) != (before.mitigation, before.mitigation_agreed_on)
    return "Mitigation agreed" if agreed else "Organisation matched"
