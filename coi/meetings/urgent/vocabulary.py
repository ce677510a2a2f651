"""The words of urgent decisions between meetings. Standard library, and the words of lower rooms."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from coi.meetings.conflicts.presiding import Presiding
from coi.meetings.vocabulary import PresidingBasis


@dataclass(frozen=True)
class UrgentDetails:
    """An urgent decision as it is recorded. `instead` says why somebody decided in place of the chair, `second` who decided with them,
    `explanation` why it was taken although something stood against it."""

    decided_by: uuid.UUID
    decided_at: datetime
    text: str
    power: str
    why_urgent: str
    why_no_meeting: str = ""
    instead: str = ""
    second: uuid.UUID | None = None
    consulted: tuple[uuid.UUID, ...] = ()
    said: str = ""
    explanation: str = ""
    others: tuple[tuple[str, str], ...] = ()  # (name, role) of whoever else was consulted, of whom nothing is on file


@dataclass(frozen=True)
class Screened:
    """Somebody who decided or was consulted, as compared with the item. `words` are for those who may read its flags."""

    person: str
    name: str
    is_clear: bool
    words: str
    is_independent: bool = False  # a lay or non-executive member


@dataclass(frozen=True)
class UrgentFacts:
    """What an urgent decision rests on. `presiding` is who may take it; `takes_two` where the rules ask for a second person who
    decides and for an independent member who was consulted."""

    decider: Screened
    presiding: Presiding
    second: Screened | None = None
    consulted: tuple[Screened, ...] = ()
    takes_two: bool = False
    names_nobody: bool = False
    met_since: date | None = (
        None  # when the committee met between the decision and the meeting that is asked to ratify it
    )


@dataclass(frozen=True)
class UrgentStop:
    """One reason why an urgent decision cannot stand as it is, and what can be done."""

    sentence: str
    options: tuple[str, ...] = ()
    person: str | None = None
    field: str = "decided_by"
    is_lateness: bool = False  # nothing stands against the decision itself


@dataclass(frozen=True)
class UrgentFact:
    """An urgent decision as pages, minutes and the story tell it."""

    decided_by: str
    basis: PresidingBasis
    second: str
    decided_at: datetime
    text: str
    power: str
    why_urgent: str
    why_no_meeting: str
    instead: str
    consulted: tuple[str, ...]
    said: str
    conflicted: tuple[str, ...]
    irregular_because: tuple[str, ...]
    explanation: str
    audit_reported_on: date | None
    uncompared: tuple[str, ...] = ()  # who was consulted and is no person of the register
    committee: str = ""
    is_only_late: bool = False  # `irregular_because` says that it was not reported in time, and nothing else
