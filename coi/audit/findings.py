"""What a verification finds: problems with the place where each of them is, and the report over all of them."""

import dataclasses
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Whether something was changed, or something is missing."""

    INTEGRITY = "integrity"
    COMPLETENESS = "completeness"


def shown_key(key: Any) -> str:
    """Returns a key as the ledger writes it, so that it can be looked for there."""
    try:
        return str(uuid.UUID(str(key)))
    except ValueError:
        return str(key)


@dataclass(frozen=True)
class Problem:
    """One inconsistency and where it is. `seq` is the ledger entry, `row_id` and `column` the place in the table.
    Values are left out: a report is passed on to people who may not see them."""

    seq: int | None
    table: str
    row_id: str | None
    column: str | None
    what: str
    kind: Kind = Kind.INTEGRITY

    def __str__(self) -> str:
        where = [self.table.replace("_", " ")]
        if self.seq is not None:
            where.insert(0, f"entry {self.seq}")
        if self.row_id is not None:
            where.append(f"row {self.row_id}")
        if self.column is not None:
            where.append(f"column {self.column}")
        said = f"{', '.join(where)}: {self.what}"
        return (said[0].upper() + said[1:]).encode(errors="backslashreplace").decode()


@dataclass(frozen=True)
class Erased:
    """A section whose content is gone. `by` is the entry that says so; None is a problem too."""

    seq: int
    section: int
    table: str
    row_id: str
    by: int | None = None


@dataclass
class Report:
    """The outcome of a verification. Integrity and completeness are separate verdicts."""

    problems: list[Problem] = field(default_factory=list)
    erased: list[Erased] = field(default_factory=list)
    entries: int = 0
    checkpoints: int = 0
    rows: int = 0
    readings: int = 0
    unsealed_readings: int = 0
    signed_entries: int = 0
    outside_entries: int = 0

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)

    def missing(self, seq: int | None, table: str, row_id: str | None, what: str) -> None:
        self.problems.append(Problem(seq, table, row_id, None, what, Kind.COMPLETENESS))

    def extend(self, problems: Iterable[Problem]) -> None:
        self.problems.extend(problems)

    @property
    def is_intact(self) -> bool:
        """Whether nothing that is there was found to be changed."""
        return all(problem.kind is not Kind.INTEGRITY for problem in self.problems)

    @property
    def is_complete(self) -> bool:
        """Whether nothing was found to be missing. Beyond the newest checkpoint from outside, nobody can tell."""
        return all(problem.kind is not Kind.COMPLETENESS for problem in self.problems)

    @property
    def summary(self) -> str:
        """The verdict in a few short sentences."""
        counted = f"{self.entries} entries, {self.rows} rows, {self.checkpoints} checkpoints, {self.readings} readings"
        verdict = "Nothing was changed." if self.is_intact else "Something was changed."
        said = [f"Checked {counted}: {len(self.problems)} problems.", verdict]
        if not self.is_complete:
            said.append("Something is missing.")
        elif self.outside_entries:
            said.append(
                f"Nothing is missing of the first {self.outside_entries} entries, as a copy from outside shows."
            )
        else:
            said.append(
                "Nothing is seen to be missing. Only a checkpoint kept outside can show that no end was cut off."
            )
        if self.erased:
            said.append(f"{len(self.erased)} sections were erased and cannot be checked.")
        return " ".join(said)

    def as_data(self) -> dict[str, Any]:
        """Returns the report as plain data for JSON."""
        return {
            **dataclasses.asdict(self),
            "integrity": self.is_intact,
            "completeness": self.is_complete,
            "summary": self.summary,
        }
