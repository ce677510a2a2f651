"""Pure rule: where the movements of a meeting contradict who was taken to be in the room when an item was settled. No database here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coi.meetings.presence import Movement, in_order

RULE_ID = "MTG-10"
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Taken:
    """Who was taken to be in the room when an item was settled. `concerned` is whose presence matters to it: members, and whoever was
    ruled out of it."""

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
        if (person in each.present) not in _may_have_been(movements, person, each.settled_at)
    )


def room_as_moved(present: frozenset[str], found: Iterable[Contradiction]) -> frozenset[str]:
    """Returns who was in the room once the movements are believed: as taken, but for whom they contradict."""
    return present ^ {each.person for each in found}


def _may_have_been(movements: Sequence[Movement], person: str, moment: datetime) -> frozenset[bool]:
    """Whether somebody was in the room at a moment: both, where nobody can say."""
    start = moment.replace(second=0, microsecond=0)
    timed = in_order(movements, person)
    before = [move for stamp, move in timed if stamp is None or stamp < start]
    within = [move for stamp, move in timed if stamp is not None and start <= stamp < start + MINUTE]
    if any(move.at is None for move in (*before[-1:], *within)):
        return frozenset({True, False})
    states = [move.kind.is_in_the_meeting for move in (*before[-1:], *within)]
    return frozenset(states if before else (False, *states))
