"""The grid of a meeting, from what is known about its conflicts. Pure, once read."""

import uuid
from collections.abc import Iterator, Sequence

from coi.committees.vocabulary import Capacity, Office, Seat
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.pictures.marks import is_weak, mark_of, reasons_of, summary_of, with_lost
from coi.meetings.conflicts.pictures.names import short_names
from coi.meetings.conflicts.pictures.vocabulary import Column, Grid, Mark, Row, Shape
from coi.meetings.models import AgendaItem
from coi.meetings.vocabulary import ItemState


def grid_of(
    conflicts: MeetingConflicts,
    items: Sequence[AgendaItem],
    committee_id: uuid.UUID,
    *,
    shows_weak: bool,
    everybody: bool,
) -> Grid:
    """Returns `items` against the people who are at the meeting for a committee: whoever has a flag first, so that none is out of sight
    where the grid is wider than the screen, and each half in the order in which they sit: chair, vice chair, the other members, whoever
    else takes part. Weak flags are only hinted at unless `shows_weak`; people without any flag are only named unless `everybody`. Source:
    USERS W1."""
    found: dict[uuid.UUID, dict[uuid.UUID, Mark]] = {}
    folded = 0
    for item in items:
        about = conflicts.conflicts(item.id, committee_id)
        found[item.id] = {
            each.person_id: mark_of(each, shows_weak=shows_weak)._replace(reasons=reasons_of(each)) for each in about
        }
        for each in conflicts.unreached_for(item.id, committee_id):
            before = found[item.id].get(each.person_id)
            said = f"{before.lost} {each.said}" if before and before.lost else each.said
            found[item.id][each.person_id] = with_lost(before, said)
        folded += 0 if shows_weak else sum(is_weak(each) for each in about)
    flagged = {person for marks in found.values() for person in marks}
    people = sorted(
        _people(conflicts, committee_id, flagged), key=lambda each: each[0] not in flagged
    )  # the sort is stable
    shown = people if everybody else [each for each in people if each[0] in flagged]
    shorts = short_names(tuple(name for _, name, _ in shown))
    columns = tuple(Column(who, name, short, note) for (who, name, note), short in zip(shown, shorts, strict=True))
    rows = tuple(_row(conflicts, item, committee_id, columns, found[item.id]) for item in items)
    return Grid(columns, rows, folded, tuple(name for _, name, _ in people[len(shown) :]))


def _row(
    conflicts: MeetingConflicts,
    item: AgendaItem,
    committee_id: uuid.UUID,
    columns: Sequence[Column],
    own: dict[uuid.UUID, Mark],
) -> Row:
    marks = tuple(own.get(column.person_id) for column in columns)
    asks = item.purpose.asks_for_a_decision and item.state in (ItemState.PLANNED, ItemState.OPEN)
    is_inquorate = asks and not conflicts.keeps_its_quorum(item.id, committee_id)
    said = summary_of(marks)
    if item.names_nobody and all(mark.shape is Shape.LOST for mark in own.values()):
        said = f"not screened: names no organisation{f', {said}' if own else ''}"
    return Row(item.id, item.position, item.title, marks, said, is_inquorate, is_compared=not item.names_nobody)


def _people(
    conflicts: MeetingConflicts, committee_id: uuid.UUID, flagged: set[uuid.UUID]
) -> Iterator[tuple[uuid.UUID, str, str]]:
    """Everybody at the meeting for a committee, with their part."""
    names = {seat.person: seat.name for seat in conflicts.seats[committee_id].seats}
    seats = sorted(conflicts.seats[committee_id].seats, key=_place)
    seated = {uuid.UUID(seat.person): seat for seat in reversed(seats)}  # the first of several seats counts
    for seat in dict.fromkeys(seats):
        person = uuid.UUID(seat.person)
        if seated.get(person) is seat:
            yield person, seat.name, "apologies" if person in conflicts.away else _part(seat, names)
    for person, name in conflicts.people.items():
        here = committee_id in conflicts.places.get(person, {conflicts.convening}) or person in flagged
        if person not in seated and here:
            yield person, name, "apologies" if person in conflicts.away else "attends"


def _place(seat: Seat) -> int:
    return 0 if Office.CHAIR in seat.offices else 1 if Office.VICE_CHAIR in seat.offices else 2


def _part(seat: Seat, names: dict[str, str]) -> str:
    if seat.capacity is Capacity.DEPUTY:
        return f"for {names.get(seat.stands_for or '', 'a member')}"
    if seat.capacity is Capacity.TEMPORARY:
        return "temporary member"
    if Office.CHAIR in seat.offices:
        return "chair"
    return "vice chair" if Office.VICE_CHAIR in seat.offices else "" if seat.voting else "no vote"
