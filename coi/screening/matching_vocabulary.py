"""The words of matching: organisations as the reference data knows them, and what a text may mean. Standard library only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Dated:
    """A code that holds from a day to a day, open-ended where None."""

    code: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class ReferenceOrganisation:
    """An organisation as the reference data knows it. `kind`: practice, pcn, trust, commissioner, prescribing …;
    `areas`: the commissioners it belonged to; `geography`: the higher-level area (an ICB's code)."""

    code: str
    name: str
    kind: str
    former_names: tuple[str, ...] = ()
    status: str = "active"
    opened_on: date | None = None
    closed_on: date | None = None
    town: str = ""
    postcode: str = ""
    address: tuple[str, ...] = ()
    areas: tuple[Dated, ...] = ()
    pcns: tuple[Dated, ...] = ()
    successors: tuple[str, ...] = ()
    geography: str = ""


@dataclass(frozen=True, slots=True)
class MatchCandidate:
    """An organisation that a text may mean. `code` is None without an ODS code; `why` is a phrase for people."""

    code: str | None
    name: str
    score: float
    why: str


class Decision(StrEnum):
    """What the matcher makes of a text. *Ambiguous*: it may mean any of several, and nobody guesses."""

    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MatchResult:
    """The matcher's answer: every organisation named where matched, every possible one where ambiguous."""

    text: str
    decision: Decision
    organisations: tuple[MatchCandidate, ...] = ()
