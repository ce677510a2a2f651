"""Pure rules about presence: who is in the meeting at a moment, and which movement can follow which. No database here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coi.clock import MINUTE, minute_of
from coi.meetings.vocabulary import PresenceKind, PresenceReason

RULE_ID = "MTG-10"


@dataclass(frozen=True)
class Movement:
    """A movement as it was recorded. `number` is the order of recording; `at` is None where nobody knows the time;
    `not_before` then is what is known: when the item began. `corrects` is the number of the movement it replaces."""

    person: str
    kind: PresenceKind
    number: int
    at: datetime | None = None
    not_before: datetime | None = None
    reason: PresenceReason = PresenceReason.OTHER
    item: str | None = None
    corrects: int | None = None


@dataclass(frozen=True)
class MovementVerdict:
    """Whether a movement can have happened, and if not, why and beside which field."""

    allowed: bool
    reason: str = ""
    field: str | None = None
    rule_id: str = RULE_ID

    def __bool__(self) -> bool:
        return self.allowed


def standing(movements: Iterable[Movement]) -> tuple[Movement, ...]:
    """Returns the movements that stand, without those that a later one corrects, in the order of recording. A correction
    takes the place of what it corrects."""
    every = {movement.number: movement for movement in movements}
    replaced = {movement.corrects for movement in every.values() if movement.corrects is not None}
    kept = [movement for number, movement in every.items() if number not in replaced]
    return tuple(sorted(kept, key=lambda movement: _first_number(movement, every)))


def in_order(movements: Iterable[Movement], person: str) -> tuple[tuple[datetime | None, Movement], ...]:
    """Returns one person's standing movements in the order in which they happened, each with the time that it counts from.
    A movement of unknown time counts from the beginning of its item, or else from the movement recorded before it."""
    timed: list[tuple[datetime | None, Movement]] = []
    previous: datetime | None = None
    for movement in (each for each in standing(movements) if each.person == person):
        counts_from = movement.at or _later(movement.not_before, previous)
        timed.append((counts_from, movement))
        previous = counts_from
    known = [stamp for stamp, _ in timed if stamp is not None]
    if not known:
        return tuple(timed)
    start = min(known)
    return tuple(sorted(timed, key=lambda pair: pair[0] or start))  # the sort is stable: equal times keep their order


def as_it_happened(movements: Sequence[Movement]) -> tuple[Movement, ...]:
    """Returns everybody's standing movements in the order in which they happened, those of one time in the order of recording."""
    stood = {movement.number: place for place, movement in enumerate(standing(movements))}
    people = dict.fromkeys(movement.person for movement in movements)
    timed = [(stamp, stood[move.number], move) for person in people for stamp, move in in_order(movements, person)]
    start = min((stamp for stamp, _, _ in timed if stamp is not None), default=None)
    if start is None:
        return standing(movements)
    return tuple(move for _, _, move in sorted(timed, key=lambda each: (each[0] or start, each[1])))


def last_movement(movements: Iterable[Movement], person: str, at: datetime | None = None) -> Movement | None:
    """Returns the last movement of a person up to `at` (None: so far), or None where there is none."""
    happened = [move for stamp, move in in_order(movements, person) if at is None or stamp is None or stamp <= at]
    return happened[-1] if happened else None


def in_the_meeting(movements: Sequence[Movement], at: datetime | None = None) -> frozenset[str]:
    """Returns who is in the meeting at a moment (None: now). Whoever left, was removed or sits in the gallery is not.

    Rule: MTG-10, QUO-02; RULEBOOK §10.3, §23 scenarios 24, 32 to 34."""
    people = {movement.person for movement in movements}
    last = {person: last_movement(movements, person, at) for person in people}
    return frozenset(person for person, move in last.items() if move is not None and move.kind.is_in_the_meeting)


def was_out(movements: Sequence[Movement], person: str, moment: datetime) -> bool:
    """Whether the movements recorded of somebody say that they were out of the room at a moment, and no order of events within its minute
    has them in it; of whom no movement is recorded, they say nothing. Rule: MTG-10."""
    recorded = any(movement.person == person for movement in movements)
    return recorded and True not in may_have_been(movements, person, moment)


def may_have_been(movements: Sequence[Movement], person: str, moment: datetime) -> frozenset[bool]:
    """Whether somebody was in the room at a moment: both, where nobody can say."""
    start = minute_of(moment)
    timed = in_order(movements, person)
    before = [move for stamp, move in timed if stamp is None or stamp < start]
    within = [move for stamp, move in timed if stamp is not None and start <= stamp < start + MINUTE]
    if any(move.at is None for move in (*before[-1:], *within)):
        return frozenset({True, False})
    states = [move.kind.is_in_the_meeting for move in (*before[-1:], *within)]
    return frozenset(states if before else (False, *states))


def may_follow(movements: Sequence[Movement], movement: Movement, names: Mapping[str, str]) -> MovementVerdict:
    """Whether `movement` fits what was recorded of that person: nobody leaves who is not there, nobody returns who is. A leaving that
    was forgotten fits before the end of the meeting, which ends it for everybody."""
    name = names.get(movement.person, "This person")
    previous: PresenceKind | None = None
    for _, each in in_order((*movements, movement), movement.person):
        if each.reason is PresenceReason.END and previous is not None:
            continue  # the meeting ended for them, wherever they were by then
        problem = _problem(previous, each.kind, name)
        if problem:
            return MovementVerdict(False, problem, "kind")
        previous = each.kind
    return MovementVerdict(True)


def still_in(movements: Sequence[Movement]) -> tuple[str, ...]:
    """Returns who has not left when the meeting ends, in the order in which they came."""
    here = in_the_meeting(movements)
    return tuple(dict.fromkeys(move.person for move in standing(movements) if move.person in here))


def _problem(previous: PresenceKind | None, kind: PresenceKind, name: str) -> str:
    if previous is None:
        return (
            "" if kind is PresenceKind.JOINED else f"{name} has not joined the meeting. Record when they joined first"
        )
    is_in = previous.is_in_the_meeting
    if kind is PresenceKind.JOINED:
        return f"{name} has already joined the meeting. Record a return instead"
    if kind is PresenceKind.RETURNED:
        return f"{name} is in the meeting. Record that they left first" if is_in else ""
    if is_in:
        return ""
    moved_on = {previous, kind} != {previous} and PresenceKind.GALLERY in (previous, kind)
    return "" if moved_on else f"{name} is not in the meeting. Record their return first"


def _first_number(movement: Movement, every: Mapping[int, Movement]) -> int:
    while movement.corrects is not None and movement.corrects in every and movement.corrects < movement.number:
        movement = every[movement.corrects]
    return movement.number


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((each for each in (one, other) if each is not None), default=None)
