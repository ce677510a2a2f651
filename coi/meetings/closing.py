"""Reads what would be left open if a meeting closed now, for whoever closes it."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from coi.meetings.conflicts.movement_queries import movements_of
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import SETTLED, conflicts_at
from coi.meetings.conflicts.seats import attendance_of
from coi.meetings.minutes.commands import compose_now
from coi.meetings.minutes.vocabulary import Element
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.vocabulary import ItemState, Part
from coi.organisations.models import Body


@dataclass(frozen=True)
class Unresolved:
    """What is left open when a meeting closes, in a sentence, with the item that it belongs to, and the person where a ruling is
    missing (`needs_ruling`) or not confirmed. `item_id` None: the item is kept from the reader."""

    sentence: str
    item_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    needs_ruling: bool = False
    committee_id: uuid.UUID | None = None
    did_not_come: bool = False


def unresolved(
    meeting: Meeting, body: Body, items: Sequence[AgendaItem], seen: Sequence[AgendaItem], *, known_at: datetime
) -> list[Unresolved]:
    """Returns what would be left open if the meeting closed now, for each of its committees: those of its `items` that are not settled,
    rulings not confirmed or not made, people who were expected and neither came nor sent apologies, people who were to stand down and
    are not recorded as leaving, or as coming back. Of an item that the reader has not `seen`, only that something is open.
    Rule: MIN-01, MTG-10; RULEBOOK §15."""
    conflicts = conflicts_at(meeting, known_at=known_at, items=items)
    kept = {item.id for item in items} - {item.id for item in seen}
    found: list[Unresolved] = []
    for item in items:
        if item.id in kept:
            if item.state not in SETTLED:
                found.append(Unresolved(f"Item {item.position}, {_why(item)}, is not settled."))
            continue
        if item.state not in SETTLED and item.standing is None:
            found.append(Unresolved(f"Item {item.position}, {item.title}, is not settled.", item.id))
        found += _rulings(item, conflicts)
    by_name = {f"Item {number}": item.id for number, item in enumerate(items, start=1)}
    gaps = compose_now(meeting, body, items=items, seats=conflicts.seats)[0].gaps
    evidence = [(gap.sentence, by_name.get(gap.item)) for gap in gaps if gap.element == Element.EVIDENCE]
    found += _absent(meeting)
    return found + [Unresolved(f"{sentence}.", item) for sentence, item in evidence if item not in kept]


def not_taken(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Returns the standing items that nobody has taken so far: the minutes will say of each that it was not taken."""
    return [item for item in items if item.standing is not None and item.state is ItemState.PLANNED]


def to_put_off(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Returns the items that nobody began, but for the standing ones: a meeting that closes can put them off in one step."""
    return [item for item in items if item.standing is None and item.state is ItemState.PLANNED]


def _absent(meeting: Meeting) -> Iterator[Unresolved]:
    """Whoever was expected, and is recorded neither as having come nor with apologies. Rule: MIN-01; RULEBOOK §15."""
    came = {move.person for move in movements_of(meeting.id)}
    for row in sorted(attendance_of(meeting.id), key=lambda each: each.person.sort_key):
        if not row.apologies and str(row.person_id) not in came:
            sentence = f"{row.person.name} was expected, and is recorded neither as having come nor with apologies."
            yield Unresolved(sentence, None, row.person_id, committee_id=row.committee_id, did_not_come=True)


def _why(item: AgendaItem) -> str:
    return "which is private" if item.part is Part.PRIVATE else "which is kept from you"


def _rulings(item: AgendaItem, conflicts: MeetingConflicts) -> Iterator[Unresolved]:
    """What waits on an item for somebody to confirm it, or to rule."""
    for committee_id, committee in conflicts.seats.items():
        several = len(conflicts.seats) > 1
        where, named = (
            f"item {item.position}" + (f", {committee.name}" if several else ""),
            committee_id if several else None,
        )
        for ruling in conflicts.rulings_on(item.id, committee_id):
            if not ruling.is_confirmed:
                sentence = f"{ruling.decided_by_name} has not confirmed the ruling on {ruling.name} for {where}."
                yield Unresolved(sentence, item.id, ruling.person_id, committee_id=named)
        if item.state is ItemState.OPEN:
            for each in conflicts.waiting(item.id, committee_id):
                sentence = f"Nobody has ruled on {each.name} for {where}."
                yield Unresolved(sentence, item.id, each.person_id, True, named)
