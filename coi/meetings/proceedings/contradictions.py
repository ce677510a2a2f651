"""Pure rules: where the movements of a meeting contradict who was taken to be in the room when an item was settled, and the
handovers of the chair who presided. No database here."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from coi.clock import MINUTE, minute_of
from coi.meetings.presence import Movement, may_have_been
from coi.wording import clock_time

RULE_ID = "MTG-10"


@dataclass(frozen=True)
class Taken:
    """Who was taken to be in the room when an item was settled. `concerned` is whose presence matters to it: members, whoever was
    ruled out of it, and guests with an interest in it."""

    decision: str
    settled_at: datetime
    present: frozenset[str]
    concerned: frozenset[str]


@dataclass(frozen=True, order=True)
class Contradiction:
    """Somebody who was in the room at a decision by the movements and was taken not to be (`was_there`), or the other way round."""

    decision: str
    person: str
    was_there: bool


def contradictions(taken: Iterable[Taken], movements: Sequence[Movement]) -> tuple[Contradiction, ...]:
    """Returns everybody of whom the movements say otherwise than what was taken at a decision. Times are kept to the minute, so that what
    happened in the minute of the decision came before or after it; and where the time of a movement is not known, neither is
    this: there is no contradiction where one order of events fits. Rule: MTG-10, QUO-02; RULEBOOK §10.3."""
    return tuple(
        Contradiction(each.decision, person, person not in each.present)
        for each in taken
        for person in sorted(each.concerned)
        if (person in each.present) not in may_have_been(movements, person, each.settled_at)
    )


@dataclass(frozen=True)
class InTheChair:
    """That the chair was handed over for an item: by whom (None: nobody was in it) to whom, from when to when (None: not returned)."""

    giver: str | None
    to: str
    taken_at: datetime
    returned_at: datetime | None = None


def presided_otherwise(
    presiding: str, settled_at: datetime, present: Collection[str], handovers: Sequence[InTheChair]
) -> str | None:
    """Returns who was in the chair when an item was settled, by the handovers of it, where that is not who is recorded as presiding; None
    where the two agree, or could: what happened in the minute of the decision came before or after it, and whoever should have the
    chair back may have been out of the room (`present` are who was in it). Rule: MTG-07; RULEBOOK §10.6."""
    moment = minute_of(settled_at)
    then = [each for each in handovers if minute_of(each.taken_at) <= moment <= minute_of(each.returned_at or moment)]
    if any(each.to == presiding for each in then):
        return None
    through = [
        each
        for each in then
        if minute_of(each.taken_at) != moment != minute_of(each.returned_at or settled_at + MINUTE)
    ]
    if through:
        return through[-1].to
    gave = [each.giver for each in handovers if each.to == presiding and each.giver in present]
    return gave[-1] if gave and not then else None


def room_words(name: str, was_there: bool, settled_at: datetime) -> str:
    """Returns a contradiction about who was in the room, in words."""
    was, taken = ("in", "out of") if was_there else ("out of", "in")
    return (
        f"{name} was {was} the room at {clock_time(settled_at)} by the movements recorded, and was taken to be {taken} it when the item "
        "was settled."
    )


def chair_words(presiding: str, in_the_chair: str, settled_at: datetime) -> str:
    """Returns a contradiction about who presided, in words."""
    return (
        f"By the record of the decision {presiding} presided at {clock_time(settled_at)}. By the record of the handover {in_the_chair} was "
        "in the chair then."
    )


def room_as_moved(present: frozenset[str], found: Iterable[Contradiction]) -> frozenset[str]:
    """Returns who was in the room once the movements are believed: as taken, but for whom they contradict."""
    return present ^ {each.person for each in found}
