"""From an agenda and what is known about its conflicts to the places that a running order is made of. Pure, once read."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from coi.guidance.actions import effects_of
from coi.meetings.conflicts.order.vocabulary import Offer, Slot
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.rules import actions_if_followed
from coi.meetings.models import AgendaItem
from coi.meetings.vocabulary import ItemState


@dataclass(frozen=True)
class Fixing:
    """What whoever plans says beyond what the agenda says itself, by today's numbers: items that stay in their place, such as one with
    a time of its own, and items that follow the one before them."""

    stay: frozenset[int] = frozenset()
    follow: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Line:
    """An item in one of the two orders: its number today, its title ("" where it is kept from the reader), who is out of the room for
    it, why it cannot move, whether it moved, and whether nobody could be compared with it."""

    number: int
    title: str
    out: tuple[str, ...] = ()
    why_fixed: str = ""
    has_moved: bool = False
    is_unscreened: bool = False  # it names nobody, so it is placed as if nobody leaves


def slots_of(
    items: Sequence[AgendaItem], conflicts: MeetingConflicts, kept: Collection[int], fixing: Fixing
) -> tuple[Slot, ...]:
    """Returns the places of an agenda, by today's numbers. `kept` are the numbers of the items that the reader may not read: they
    stay, and nothing is told of who leaves. Items of one matter that follow one another stay together. Who is expected, and would be out
    by ruling, and else by suggestion, counts."""
    before = [None, *items[:-1]] if items else []
    return tuple(
        Slot(
            key=str(item.position),
            part=item.part.value,
            out_for_discussion=_out(item, conflicts, kept, of_discussion=True),
            out_for_decision=_out(item, conflicts, kept, of_discussion=False),
            is_fixed=bool(why_fixed(item, kept, fixing)),
            bound=item.position in fixing.follow or _is_one_matter(item, earlier),
        )
        for item, earlier in zip(items, before, strict=True)
    )


def why_fixed(item: AgendaItem, kept: Collection[int], fixing: Fixing) -> str:
    """Returns why an item stays in its place, "" where it may move."""
    if item.standing is not None:
        return "a standing item"
    if item.state is not ItemState.PLANNED:
        return "already taken"
    if item.position in kept:
        return "kept from you"
    return "as you ask" if item.position in fixing.stay else ""


def lines_of(
    order: Iterable[str], items: Sequence[AgendaItem], slots: Sequence[Slot], conflicts: MeetingConflicts,
    kept: Collection[int], fixing: Fixing,
) -> Iterator[Line]:  # fmt: skip
    """Returns the items in an order, each with who is out of the room for it."""
    found = {slot.key: (item, slot) for item, slot in zip(items, slots, strict=True)}
    for place, key in enumerate(order, start=1):
        item, slot = found[key]
        names = sorted(conflicts.people[person] for person in conflicts.people if str(person) in slot.out_for_decision)
        title = "" if item.position in kept else item.title
        unscreened = item.standing is None and item.names_nobody and item.position not in kept
        yield Line(
            item.position, title, tuple(names), why_fixed(item, kept, fixing), place != item.position, unscreened
        )


def numbers_of(offer: Offer) -> tuple[int, ...]:
    """Returns the offered order as today's numbers."""
    return tuple(int(key) for key in offer.order)


def _is_one_matter(item: AgendaItem, earlier: AgendaItem | None) -> bool:
    return earlier is not None and item.matter_id is not None and item.matter_id == earlier.matter_id


def _out(
    item: AgendaItem, conflicts: MeetingConflicts, kept: Collection[int], *, of_discussion: bool
) -> frozenset[str]:
    if item.standing is not None or item.position in kept:
        return frozenset()
    away = {str(person) for person in conflicts.away}
    found: set[str] = set()
    for committee in conflicts.seats:
        for person, codes in actions_if_followed(conflicts.conflicts(item.id, committee)).items():
            effects = effects_of(codes)
            if not (effects.discuss if of_discussion else effects.room):
                found.add(person)
    return frozenset(found - away)
